# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A machine whose disks are read while xen-dmacheck watches: what it counts, what it costs, and what it says where it may not.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

# timed_read DISK: all of it, four times, from the device; prints how long that took, in hundredths of a second.
timed_read() {
	from=$(uptime_cs)
	for _ in 1 2 3 4; do
		echo 3 >/proc/sys/vm/drop_caches
		dd if="/dev/$1" of=/dev/null bs=1M 2>/dev/null
	done
	echo $(($(uptime_cs) - from))
}
uptime_cs() { cut -d ' ' -f 1 /proc/uptime | tr -d .; }

# Lines "DISK WHEN HUNDREDTHS": each disk read several times.
time_disks() {
	for _ in 1 2 3; do
		for disk in $disks; do
			echo "$disk $1 $(timed_read "$disk")" >>"$results/times.txt"
		done
	done
}

# Lines "WHEN DISK SYSFS-PATH SECTORS-READ".
count_sectors() {
	for disk in $disks; do
		read -r _ _ sectors _ <"/sys/block/$disk/stat"
		echo "$1 $disk $(readlink -f "/sys/block/$disk") $sectors" >>"$results/sectors.txt"
	done
}

has_begun() { [ -s "$results/watch.jsonl" ]; }

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
facts
reports
read_disks

# Warm, without, with, without again.
time_disks warm
time_disks without
run watch.jsonl 300 xen-dmacheck watch --interval 2 60 &
watching=$!
await 60 "watch has begun" has_begun
count_sectors before
time_disks with
count_sectors after
wait $watching
time_disks without
send times.txt sectors.txt

# On a terminal: the console is one, and the host sees what was drawn.
echo "@@table"
timeout 60 xen-dmacheck watch 3 >/dev/console 2>&1 </dev/console
echo "@@table ends: $?"

await 10 "nothing left behind in the kernel" nothing_left_behind
left_behind >"$results/after"
send after
ls /sys/kernel/tracing/events/dma >"$results/events.txt" 2>&1
send events.txt

echo 'nobody:x:65534:65534::/:/bin/sh' >>/etc/passwd
run watch-user.txt 60 su nobody -s /bin/sh -c 'xen-dmacheck watch 1'
echo 2 >/proc/sys/kernel/kptr_restrict
run watch-kptr.jsonl 60 xen-dmacheck watch 1
echo 0 >/sys/kernel/debug/kprobes/enabled
run watch-kprobes.txt 60 xen-dmacheck watch 1
echo 1 >/sys/kernel/debug/kprobes/enabled
echo confidentiality >/sys/kernel/security/lockdown
run watch-lockdown.txt 60 xen-dmacheck watch 1
