# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 whose Xen tools are of another release than its hypervisor: no guest can be made.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
# Refused before its kernel is looked at.
printf 'name = "never"\nkernel = "/lab/script.sh"\nmemory = 256\n' >/lab/guest.cfg
# That of 4.20 makes a control call, and fails of it under 4.17: what is said then, and on a machine where it had been
# run before the tools were upgraded.
run xen-init-dom0.txt 30 xen-init-dom0
if ! xenstore-read /local/domain/0/name; then
	run unnamed.json 60 xen-dmacheck report --format=json --all
	run xl-create-unnamed.txt 60 xl create /lab/guest.cfg
	xenstore-write /local/domain/0/name Domain-0 /local/domain/0/domid 0 /local/pool/0/name Pool-0
fi
facts
reports
read_disks
run xl-create.txt 60 xl create /lab/guest.cfg
