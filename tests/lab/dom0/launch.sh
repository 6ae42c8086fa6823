# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 that only starts a guest, whose disk is the nvme: what the guest sends over its console goes out over dom0's.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

load nvme xen-blkback
await 60 "/dev/nvme0n1" test -b /dev/nvme0n1
physical_disks
xenconsoled --log=guest
cat >/lab/guest.cfg <<END
name = "guest"
type = "$(cat /lab/guest.type)"
kernel = "/lab/guest.kernel"
ramdisk = "/lab/guest.cpio.gz"
extra = "console=hvc0"
memory = 384
disk = ["phy:/dev/nvme0n1,xvda,r"]
on_reboot = "destroy"
END
run xl-create.txt 120 xl create /lab/guest.cfg
log=/var/log/xen/console/guest-guest.log
touch "$log"
tail -f -n +1 "$log" | tr -d '\r' &
await 400 "the guest's script came to its end" grep -q '^@@done' "$log"
