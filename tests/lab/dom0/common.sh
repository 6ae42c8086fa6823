# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by the scripts that run in a lab machine.
results=/run/results
mkdir -p "$results"
# What every deadline below is multiplied with.
patience=$(cat /lab/patience)

# The kernel's messages would break the lines that send() writes. The hypervisor's may too: the host takes those out.
dmesg -n 1

# send FILE...: give files in $results to the host. Over the console, as no disk may work here, and each file as soon
# as it is there, as what comes next may hang: "@@begin NAME BYTES MD5", lines "@@ BASE64" of the gzipped file, "@@end NAME".
send() {
	for file; do
		echo "@@begin $file $(wc -c <"$results/$file") $(md5sum <"$results/$file" | cut -d ' ' -f 1)"
		gzip -c "$results/$file" | base64 -w 120 | sed 's/^/@@ /'
		echo "@@end $file"
	done
}

# run NAME SECONDS COMMAND...: keep and send its output, its messages and its exit status; 137: killed by the deadline,
# 255: could not be killed, as it waits in the kernel for what never comes. The script goes on without it.
run() {
	name=$1 seconds=$(($2 * patience))
	shift 2
	{
		timeout -s KILL "$seconds" "$@" >"$results/$name" 2>"$results/$name.err" </dev/null
		echo $? >"$results/$name.ended"
	} &
	left=$((seconds * 5 + 10))
	until [ -s "$results/$name.ended" ] || [ "$left" -eq 0 ]; do
		left=$((left - 1))
		sleep 0.2
	done
	cat "$results/$name.ended" >"$results/$name.status" 2>/dev/null || echo 255 >"$results/$name.status"
	send "$name" "$name.status"
	[ ! -s "$results/$name.err" ] || send "$name.err"
}

# load MODULE...: in the background, as a probe may take a minute, or never end and keep its device locked.
load() {
	for module; do
		modprobe "$module" &
	done
}

# await SECONDS WHAT COMMAND...: until the command succeeds. The host counts what never happened as a failure.
await() {
	left=$(($1 * patience)) what=$2
	shift 2
	until "$@" >/dev/null 2>&1; do
		if [ "$left" -eq 0 ]; then
			echo "$what" >>"$results/in-vain"
			send in-vain
			return
		fi
		left=$((left - 1))
		sleep 1
	done
	echo "lab: at $(cut -d ' ' -f 1 /proc/uptime) s: $what"
}
in_log() { dmesg | grep -q -e "$1"; }

# The disks that should work here: wait for them, read them.
disks=$(cat /lab/disks)
await_disks() {
	for disk in $disks; do
		await 60 "/dev/$disk" test -b "/dev/$disk"
	done
}
read_disks() {
	# shellcheck disable=SC2086  # a list
	run disks.md5 60 sh -c 'cd /dev && md5sum "$@"' - $disks
}

# All that xl needs of the script that sets up a guest's disk which is a block device already.
physical_disks() {
	cat >/etc/xen/scripts/block <<-'END'
		#!/bin/sh
		[ "$1" = add ] || exit 0
		device=$(stat -L -c %t:%T "$(xenstore-read "$XENBUS_PATH/params")")
		xenstore-write "$XENBUS_PATH/physical-device" "$device" "$XENBUS_PATH/hotplug-status" connected
	END
	chmod +x /etc/xen/scripts/block
}

# What somebody who looked into the kernel may have left there.
left_behind() {
	cat /sys/kernel/debug/kprobes/list /sys/kernel/tracing/kprobe_events
	# Loaded programs and trampolines are functions of a module named bpf.
	sed -n 's/.* \(.*\[bpf\]\)$/\1/p' /proc/kallsyms
	cut -d ' ' -f 1 /proc/modules
}
nothing_left_behind() { left_behind | cmp -s - "$results/before"; }

# What a kernel must have been built with, to be observed; on 32-bit Arm nothing particular.
observable() { [ -e /sys/kernel/btf/vmlinux ] || [ "$(uname -m)" = armv7l ]; }

# The state of the machine, without our tool: what the checks compare its answers with.
facts() {
	timeout 2 cat /dev/kmsg >"$results/kmsg.txt" 2>/dev/null
	for device in /sys/bus/pci/devices/*; do
		[ -e "$device" ] || continue
		driver=$(readlink "$device/driver")
		echo "${device##*/},${driver##*/},$(cat "$device/iommu_group/type" 2>/dev/null),$(cat "$device/class")"
	done >"$results/pci.txt"
	# Who waits in the kernel, and for what.
	for process in /proc/[0-9]*; do
		if grep -q '^State:.D' "$process/status" 2>/dev/null; then
			tr '\0' ' ' <"$process/cmdline"
			echo
			cat "$process/stack"
		fi
	done >"$results/waiting.txt"
	if observable; then echo yes; else echo no; fi >"$results/observable"
	cat /sys/hypervisor/type >"$results/hypervisor" 2>/dev/null
	send kmsg.txt pci.txt waiting.txt observable hypervisor
	if [ -d /proc/xen ] && [ -x /usr/sbin/xl ]; then
		run xl-info.txt 30 xl info
		run xl-dmesg.txt 30 xl dmesg
		run xl-list.txt 30 xl list
	fi
}

reports() {
	left_behind >"$results/before"
	run report.txt 60 xen-dmacheck report
	run report.json 60 xen-dmacheck report --format=json --all
	run inferred.json 60 xen-dmacheck report --format=json --all --observe=never
	run bundle.txt 60 xen-dmacheck bundle -o "$results/bundle.tar.zst"
	[ ! -e "$results/bundle.tar.zst" ] || send bundle.tar.zst
	! observable || run bench.txt 120 bench-observe
	[ ! -e /usr/bin/compare-observation ] || run compare.txt 60 compare-observation
	# The kernel takes BPF programs away some time after the last user has gone.
	await 10 "nothing left behind in the kernel" nothing_left_behind
	left_behind >"$results/after"
	send before after
}

# configuration NAME [DROP]: write /lab/NAME.cfg, a usual one without its lines that match DROP, and what standard input has.
configuration() {
	{
		grep -v -e "${2:-^nothing}" <<-END
			name = "$1"
			kernel = "/lab/guest.kernel"
			ramdisk = "/lab/guest.cpio.gz"
			memory = 128
			extra = "console=hvc0"
		END
		cat
	} >"/lab/$1.cfg"
}

# try NAME [DROP]: what pre-flight says of that configuration(), and what xl create does with it. The guests stay paused: that
# they start is all that is asked. For each, NAME.cfg, NAME.json and NAME.xl, and a line in "order"; sent as archives, as each
# file by itself takes longer than what it is the answer to.
try() {
	configuration "$@"
	cp "/lab/$1.cfg" "$results/"
	{
		timeout -s KILL 60 xen-dmacheck preflight --observe=never --format=json "$results/$1.cfg" >"$results/$1.json" 2>"$results/$1.err"
		echo $? >"$results/$1.json.status"
		timeout -s KILL 100 xl create -p "$results/$1.cfg" >"$results/$1.xl" 2>&1
		echo $? >"$results/$1.xl.status"
		timeout -s KILL 30 xl destroy "$1"
	} </dev/null >/dev/null 2>&1
	echo "$1" >>"$results/order"
	for what in cfg json json.status xl xl.status err; do
		echo "$1.$what"
	done >>"$results/untold"
	[ "$(wc -l <"$results/untold")" -lt 120 ] || tell
}

# What has not been sent yet: some at a time, so that a machine that hangs has told most.
tell() {
	archive=agreement-$(wc -l <"$results/order").tar
	# shellcheck disable=SC2046  # a list
	tar -C "$results" -cf "$results/$archive" order $(cat "$results/untold")
	send "$archive"
	: >"$results/untold"
}

# Whether dom0_args ask for each failure only once, as it comes.
quick() { grep -qw lab.quick /proc/cmdline; }

# failure NAME SECONDS COMMAND...: what it says is kept in NAME.log, and explained as it comes (NAME.pipe.json) and from
# that file (NAME.json). How the machine maps DMA has no part in it.
failure() {
	failure=$1 seconds=$2
	shift 2
	timeout -s KILL "$seconds" "$@" </dev/null 2>&1 | tee "$results/$failure.log" |
		xen-dmacheck explain --observe=never --format=json - >"$results/$failure.pipe.json"
	send "$failure.log" "$failure.pipe.json"
	quick || explained "$failure" "$results/$failure.log"
	echo "$failure" >>"$results/failures"
	send failures
}
explained() { run "$1.json" 60 xen-dmacheck explain --observe=never --format=json ${2:+"$2"}; }

# The machine's own logs, and the kernel's alone.
explained_logs() {
	dmesg >"$results/dmesg.txt"
	send dmesg.txt
	explained explained-live
	explained explained-dmesg "$results/dmesg.txt"
}

# The ways to start a guest of that configuration: see configuration().
create() {
	once "$@"
	quick || failure "$1-vvv" 60 xl -vvv create "/lab/$1.cfg"
}
once() {
	configuration "$@"
	failure "$1" 60 xl create "/lab/$1.cfg"
}
# One that waits for ever.
hanging() {
	configuration "$@"
	failure "$1" 5 xl create "/lab/$1.cfg"
	quick || failure "$1-vvv" 5 xl -vvv create "/lab/$1.cfg"
}
report_at() { run "$1.report.json" 30 xen-dmacheck report --observe=never --format=json --all; }

# known_to_udev BUS:NAME VENDOR MODEL: an entry of the udev database, as udevd writes it.
known_to_udev() {
	mkdir -p /run/udev/data
	printf 'I:1\nE:ID_VENDOR_FROM_DATABASE=%s\nE:ID_MODEL_FROM_DATABASE=%s\nV:1\n' "$2" "$3" >"/run/udev/data/+$1"
}

# What a kernel or a user may refuse to observation, each with the report that says so.
refusals() {
	echo 'nobody:x:65534:65534::/:/bin/sh' >>/etc/passwd
	run user.json 60 su nobody -s /bin/sh -c 'xen-dmacheck report --format=json'
	echo 2 >/proc/sys/kernel/kptr_restrict
	run kptr.json 60 xen-dmacheck report --format=json
	echo 0 >/proc/sys/kernel/kptr_restrict
	echo 0 >/sys/kernel/debug/kprobes/enabled
	run kprobes.json 60 xen-dmacheck report --format=json
	echo 1 >/sys/kernel/debug/kprobes/enabled
	run always.txt 60 su nobody -s /bin/sh -c 'xen-dmacheck report --observe=always'
	# For good, so the last: nothing may read the kernel's memory any more.
	echo confidentiality >/sys/kernel/security/lockdown
	run lockdown.json 60 xen-dmacheck report --format=json
}

uptime_cs() { cut -d ' ' -f 1 /proc/uptime | tr -d .; } # in hundredths of a second

# A helper that waits for ever: without xenstored, who sets a watch through the kernel waits for its answer without
# listening to any signal.
stuck_helper() {
	printf '#!/bin/sh\nexec xenconsoled -i\n' >/lab/stuck
	chmod +x /lab/stuck
}

# Lines "ROUND WHEN DISK SYSFS-PATH SECTORS-READ".
count_sectors() {
	for disk in $disks; do
		read -r _ _ sectors _ <"/sys/block/$disk/stat"
		echo "$1 $2 $disk $(readlink -f "/sys/block/$disk") $sectors" >>"$results/sectors.txt"
	done
}

# watched NAME COMMAND...: runs it while watch runs, and writes to NAME.
watched() {
	watched=$1
	shift
	# Quick to begin, as nothing of the report but the paths is looked at.
	xen-dmacheck watch --observe=never --timeout 3 3600 >"$results/$watched" 2>&1 &
	watching=$!
	await 60 "watch has begun" test -s "$results/$watched"
	"$@"
	# What was done last is in the interval that is not over yet.
	sleep 2
	kill "$watching"
	wait "$watching"
	send "$watched"
}
