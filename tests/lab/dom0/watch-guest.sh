# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 whose guest reads its disk, the nvme, while xen-dmacheck watches.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

guest_reads() {
	count_sectors 1 before
	run xl-create.txt 120 xl create /lab/guest.cfg
	await 200 "the guest has read its disk" grep -q 'guest: has read' /var/log/xen/console/guest-guest.log
	count_sectors 1 after
}

load nvme xen-blkback
await_disks
facts
reports
physical_disks
xenconsoled --log=guest
configuration guest <<-END
	disk = ["phy:/dev/nvme0n1,xvda,r"]
END
watched watched-1.jsonl guest_reads
cp /var/log/xen/console/guest-guest.log "$results/guest.txt"
send sectors.txt guest.txt
read_disks
