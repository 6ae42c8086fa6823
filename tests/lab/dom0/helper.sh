# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 whose hypervisor and xenstore are asked by the helper itself, and a helper that waits in the kernel for ever.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
backend=/local/domain/0/backend
xenstore-write $backend/vbd/1/51712/params /dev/nvme0n1 $backend/vbd/1/51712/state 4 $backend/vfb/1/0/vncpasswd hunter2
facts
reports
read_disks
run hypervisor.txt 10 /usr/libexec/xen-dmacheck/xdc-xen hypervisor
run hypervisor-again.txt 10 /usr/libexec/xen-dmacheck/xdc-xen hypervisor
run xenstore.txt 10 /usr/libexec/xen-dmacheck/xdc-xen xenstore

kill -KILL "$(pidof xenstored)"
stuck_helper
# To its reader's end, as what is left behind must not hold the pipe; and the clock before and after.
cat >/lab/stuck-run <<'END'
cut -d ' ' -f 1 /proc/uptime >"$1"
xen-dmacheck bundle --observe=never -o - | cat >"$2"
cut -d ' ' -f 1 /proc/uptime >>"$1"
END
XDC_HELPER=/lab/stuck run stuck.txt 30 sh /lab/stuck-run "$results/stuck.times" "$results/stuck.tar.zst"
for process in $(pidof xenconsoled); do
	grep State "/proc/$process/status"
done >"$results/stuck.states"
send stuck.times stuck.states stuck.tar.zst
