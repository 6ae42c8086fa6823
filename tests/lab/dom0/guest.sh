# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 with a running guest, whose disk is the nvme: guest/disk.sh reads it. Before it, one whose disk is a loop device
# on the nvme. Pre-flight is asked of each before it is started.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net xen-blkback loop
await_disks

physical_disks
# guest NAME DISK: what pre-flight says, and what that guest reads. It may never end, where the device writes into
# whatever memory is at a wrong address: once seen, the guest hung.
guest() {
	cat >"/lab/$1.cfg" <<-END
		name = "$1"
		kernel = "/lab/guest.kernel"
		ramdisk = "/lab/guest.cpio.gz"
		extra = "console=hvc0"
		memory = 256
		disk = ["$2"]
	END
	run "preflight-$1.txt" 60 xen-dmacheck preflight "/lab/$1.cfg"
	run "preflight-$1.json" 60 xen-dmacheck preflight --format=json "/lab/$1.cfg"
	run "xl-create-$1.txt" 120 xl create "/lab/$1.cfg"
	left=90
	until grep -q 'guest: has read' "/var/log/xen/console/guest-$1.log" || [ "$left" -eq 0 ]; do
		left=$((left - 1))
		sleep 1
	done
	cp "/var/log/xen/console/guest-$1.log" "$results/guest-$1.txt"
	send "guest-$1.txt"
}

xenconsoled --log=guest
await 30 "loop" test -e /dev/loop-control
losetup -r /dev/loop0 /dev/nvme0n1
guest copied phy:/dev/loop0,xvda,r
run destroy.txt 60 xl destroy copied
guest reader phy:/dev/nvme0n1,xvda,r
facts
reports
read_disks
