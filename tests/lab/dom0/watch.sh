# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A machine whose disks are read while xen-dmacheck watches: what it counts, what it costs, and what it says where it may not.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

# timed_read DISK TIMES: all of it, from the device, so many times; prints how long that took, in hundredths of a second.
timed_read() {
	from=$(uptime_cs)
	for _ in $(seq "$2"); do
		echo 3 >/proc/sys/vm/drop_caches
		dd if="/dev/$1" of=/dev/null bs=1M 2>/dev/null
	done
	echo $(($(uptime_cs) - from))
}

# Once a device's path is known the tables' functions are left alone, which takes the kernel some seconds here; and QEMU
# translates anew what has been patched for a probe, or back. What is read in that time is not timed.
warm_up() {
	least=$(($(uptime_cs) + 300)) most=$(($(uptime_cs) + 3000))
	while [ "$(uptime_cs)" -lt "$least" ] || { tables_probed && [ "$(uptime_cs)" -lt "$most" ]; }; do
		for disk in $disks; do
			timed_read "$disk" 2 >/dev/null
		done
	done
}
tables_probed() { grep -q -e xen_swiotlb_ -e iommu_ -e arm_dma_ -e arm_coherent_ /sys/kernel/debug/kprobes/list; }

# Lines "DISK WHEN HUNDREDTHS", of so many reads that a clock that counts hundredths tells a percent.
time_disks() {
	warm_up
	for disk in $disks; do
		echo "$disk $1 $(timed_read "$disk" 16)" >>"$results/times.txt"
	done
}

# What the programs did meanwhile, as the kernel counts it: lines "WHEN UPTIME RUNS NANOSECONDS", of all that watch holds.
count_runs() {
	cat "/proc/$watching/fdinfo/"* | awk -v when="$1" -v now="$(uptime_cs)" '
		/^run_cnt:/ { runs += $2 }
		/^run_time_ns:/ { ns += $2 }
		END { printf "%s %d %.0f %.0f\n", when, now, runs, ns }' >>"$results/runs.txt"
}

# Not timed: to count runs costs more than they do.
read_disks_counted() {
	warm_up
	cat /sys/kernel/debug/kprobes/list >"$results/probes.txt"
	echo 1 >/proc/sys/kernel/bpf_stats_enabled
	count_runs before
	for disk in $disks; do
		timed_read "$disk" 8 >/dev/null
	done
	count_runs after
	echo 0 >/proc/sys/kernel/bpf_stats_enabled
}

read_disks_once() {
	count_sectors "$1" before
	time_disks with
	count_sectors "$1" after
}

# The nvme goes, and comes again, maybe elsewhere in the kernel's memory.
replug() {
	echo 1 >/sys/bus/pci/devices/0000:00:02.0/remove
	sleep 2
	echo 1 >/sys/bus/pci/rescan
	await 30 "/dev/nvme0n1 has come again" test -b /dev/nvme0n1
	dd if=/dev/nvme0n1 of=/dev/null bs=1M 2>/dev/null
}

modprobe virtio_pci
load nvme virtio_blk virtio_net
await_disks
facts
reports
read_disks

# By turns, as the host's other work slows down one or the other.
for round in 1 2 3; do
	time_disks without
	watched "watched-$round.jsonl" read_disks_once "$round"
done
time_disks without
send times.txt sectors.txt
# A disk that waited for a lost interrupt says so here.
dmesg | grep -i -e timeout -e polled >"$results/timeouts.txt"
send timeouts.txt
watched counted.jsonl read_disks_counted
send runs.txt probes.txt
watched replugged.jsonl replug

read_on() {
	while :; do
		for disk in $disks; do
			timed_read "$disk" 1 >/dev/null
		done
	done
}
read_on &
reading=$!
run report-watched.json 60 xen-dmacheck report --format=json --watch 4
kill "$reading"
wait "$reading"

run watch.jsonl 60 xen-dmacheck watch --interval 2 5

# On a terminal: the console is one, and the host sees what was drawn.
echo "@@table"
timeout 60 xen-dmacheck watch --timeout 3 3 >/dev/console 2>&1 </dev/console
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
