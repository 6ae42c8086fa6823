# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 on which xl fails of one thing after another, and what is said of each: init has started nothing.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
# The kernel tells after so many seconds who waits for a xenstored that was never started.
echo 10 >/proc/sys/kernel/hung_task_timeout_secs
printf 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/sh\n' >/etc/passwd

# What the toolstack needs, brought up piece by piece.
create no-privcmd </dev/null
report_at no-privcmd
modprobe xen-privcmd
failure no-gntdev 20 xenstored
for module in xen-evtchn xen-gntdev xen-gntalloc; do
	modprobe "$module"
done
failure no-xenfs-module 20 sh -c 'mount -t xenfs xenfs /proc/xen; xenstored'
report_at no-xenfs-module
modprobe xenfs
failure no-xenfs 20 xenstored
hanging no-xenfs-create </dev/null
report_at no-xenfs
mount -t xenfs xenfs /proc/xen
hanging no-xenstored </dev/null
failure no-xenstored-list 5 xl list
await 40 "the kernel tells of who waits for xenstored" in_log 'INFO: task .* blocked for more than'
failure no-xenstored-dmesg 20 dmesg
explained no-xenstored-live
report_at no-xenstored
echo 120 >/proc/sys/kernel/hung_task_timeout_secs
timeout 30 xenstored
create no-init-dom0 </dev/null
report_at no-init-dom0
timeout 30 xen-init-dom0
once no-xenconsoled </dev/null
xenconsoled

# All is up.
facts
reports
read_disks
configuration not-root </dev/null
failure not-root 20 su nobody -s /bin/sh -c 'xl create /lab/not-root.cfg'
quick || failure not-root-vvv 20 su nobody -s /bin/sh -c 'xl -vvv create /lab/not-root.cfg'
run not-root.report.json 30 su nobody -s /bin/sh -c 'xen-dmacheck report --format=json --all'

# The configuration, and what it names.
echo 'vcpus is 2' | create syntax
failure no-configuration 20 xl create /lab/none.cfg
echo 'memory = 8192' | create memory-much '^memory'
echo 'memory = 16' | create memory-little '^memory'
echo 'kernel = "/lab/none"' | create kernel-missing '^kernel'
echo 'ramdisk = "/lab/none"' | create ramdisk-missing '^ramdisk'
echo 'kernel = "/lab/guest.cpio.gz"' | create kernel-ramdisk '^kernel'
echo 'type = "hvm"' | create hvm
echo 'disk = ["/lab/none.img,raw,xvda,w"]' | create disk-missing
echo 'disk = ["phy:/dev/none,xvda,w"]' | create disk-device-missing
printf 'QFI\373\0\0\0\3' >/lab/disk.qcow2
echo 'disk = ["/lab/disk.qcow2,qcow2,xvda,w"]' | create disk-qcow2
echo 'pci = ["00:02.0"]' | create pci
echo 'dtdev = ["/pl011@9000000"]' | create dtdev
echo 'passthrough = "enabled"' | create passthrough

# The backends, and what they need.
truncate -s 8M /lab/file.img
echo 'disk = ["/dev/nvme0n1,raw,xvda,r"]' | once no-blkback
quick || echo 'vif = ["bridge=none"]' | once no-netback
load xen-blkback xen-netback loop bridge
await 30 "loop" test -e /dev/loop-control
await 30 "netback" test -e /sys/bus/xen-backend/drivers/vif
await 30 "blkback" test -e /sys/bus/xen-backend/drivers/vbd
echo 'vif = ["bridge=none"]' | create bridge
quick || echo 'vif = [""]' | once bridge-usual
mv /usr/bin/bash /usr/bin/bash.away
echo 'disk = ["/lab/file.img,raw,xvda,w"]' | once no-bash
mv /usr/bin/bash.away /usr/bin/bash

# What somebody else has.
configuration holder </dev/null
run holder.txt 100 xl create -p /lab/holder.cfg
echo 'name = "holder"' | create name '^name'

# An assertion of libxl's own on Arm, seen with 4.17.
[ "$(cat /sys/hypervisor/version/minor)" != 17 ] || failure mem-set 20 xl mem-set 0 1400

# For good.
kill -KILL "$(pidof xenstored)"
hanging killed </dev/null
report_at killed
