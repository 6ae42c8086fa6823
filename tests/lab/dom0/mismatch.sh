# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 whose Xen tools are of another release than its hypervisor: no guest can be made; and then, where there is one,
# xl is upgraded to the hypervisor's release, and nothing else.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
# That of 4.20 makes a control call, and fails of it under 4.17: what is said then, and on a machine where it had been
# run before the tools were upgraded.
run xen-init-dom0.txt 30 xen-init-dom0
if ! xenstore-read /local/domain/0/name; then
	create unnamed </dev/null
	report_at unnamed
	xenstore-write /local/domain/0/name Domain-0 /local/domain/0/domid 0 /local/pool/0/name Pool-0
fi
facts
reports
read_disks
create refused </dev/null
failure vcpu-list 30 xl vcpu-list
failure list-long 30 xl list -l
new=$(echo /usr/lib/xen-*/bin/xl)
if [ -e "$new" ]; then
	xenconsoled
	mv "$new" /usr/sbin/xl
	once half-upgraded </dev/null
	failure half-upgraded-again 60 xl create /lab/half-upgraded.cfg
	report_at half-upgraded
fi
