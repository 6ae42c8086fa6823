# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 whose toolstack comes up step by step, and goes down again: a report at each step. init has started nothing.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

# at STEP: the report there, within the time that it has for it.
at() { run "$1.json" 15 xen-dmacheck report --format=json --all; }

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
at no-privcmd
modprobe xen-privcmd
at no-xenfs
modprobe xenfs
at unmounted
mount -t xenfs xenfs /proc/xen
for module in xen-evtchn xen-gntdev xen-gntalloc; do
	modprobe "$module"
done
at no-xenstored
timeout 30 xenstored
at no-init-dom0
timeout 30 xen-init-dom0
# All is up, and xl works.
facts
reports
read_disks
echo 'nobody:x:65534:65534::/:/bin/sh' >>/etc/passwd
run user.json 15 su nobody -s /bin/sh -c 'xen-dmacheck report --format=json --all'
kill -STOP "$(pidof xenstored)"
at stopped
kill -KILL "$(pidof xenstored)"
at killed
