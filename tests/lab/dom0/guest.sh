# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 with a running guest, whose disk is the nvme: guest/disk.sh reads it.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net xen-blkback
await_disks

# All that xl needs of the script that sets up a disk which is a block device already.
cat >/etc/xen/scripts/block <<'END'
#!/bin/sh
[ "$1" = add ] || exit 0
device=$(stat -L -c %t:%T "$(xenstore-read "$XENBUS_PATH/params")")
xenstore-write "$XENBUS_PATH/physical-device" "$device" "$XENBUS_PATH/hotplug-status" connected
END
chmod +x /etc/xen/scripts/block
cat >/lab/guest.cfg <<'END'
name = "reader"
kernel = "/lab/guest.kernel"
ramdisk = "/lab/guest.cpio.gz"
extra = "console=hvc0"
memory = 256
disk = ["phy:/dev/nvme0n1,xvda,r"]
END
xenconsoled --log=guest
run xl-create.txt 120 xl create /lab/guest.cfg
# It may never end, where the device writes into whatever memory is at a wrong address: once seen, the guest hung.
left=90
until grep -q 'guest: has read' /var/log/xen/console/guest-reader.log || [ "$left" -eq 0 ]; do
	left=$((left - 1))
	sleep 1
done
facts
reports
cp /var/log/xen/console/guest-reader.log "$results/guest.txt"
send guest.txt
read_disks
