# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A machine whose devices work: the disks can be read.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
for disk in nvme0n1 vda vdb; do
	await 60 "/dev/$disk" test -b "/dev/$disk"
done
facts
reports
run disks.md5 60 md5sum /dev/nvme0n1 /dev/vda /dev/vdb
refusals
