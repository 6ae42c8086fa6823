# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A dom0 in which others stop, die and take devices away while xen-dmacheck reads; what it changes, and what it leaves.
# shellcheck source=tests/lab/dom0/common.sh
. /lab/common.sh

asked=$results/asked
mkdir -p "$asked"
# What the tool is told to end within.
limit=$((10 * patience))
echo "$limit" >"$results/seconds"
send seconds

# ask NAME COMMAND [BEFORE...]: what it answers is in asked/NAME: .out, .err, .trace and the files that it writes; .ended has
# its exit status and when it began and ended, in hundredths of a second; .left is a helper that is still there then.
ask() (
	name=$1 command=$2
	shift 2
	mkdir -p "$asked/$name"
	cd "$asked/$name" || exit
	case $command in
	report) set -- "$@" xen-dmacheck report --format=json --all ;;
	bundle) set -- "$@" xen-dmacheck bundle -o out ;;
	preflight) set -- "$@" xen-dmacheck preflight --format=json /lab/guest.cfg ;;
	explain) set -- "$@" xen-dmacheck explain 0000:00:02.0 ;;
	watch) set -- "$@" xen-dmacheck watch 1 ;;
	esac
	set -- "$@" --timeout "$limit"
	began=$(uptime_cs)
	timeout -s KILL $((120 * patience)) "$@" >.out 2>.err </dev/null
	echo "$? $began $(uptime_cs)" >.ended
)

# hand_over STAGE: what was asked so far.
hand_over() {
	echo "lab: at $(cut -d ' ' -f 1 /proc/uptime) s: $1"
	tar -C "$asked" -cf "$results/asked-$1.tar" .
	send "asked-$1.tar"
	rm -r "$asked" "$results/asked-$1.tar"
	mkdir "$asked"
}

# None that was killed, when that has had a moment to happen.
helpers_gone() { ! pidof xdc-xen xdc-xlcfg; }
ask_alone() {
	ask "$@"
	left=20
	until helpers_gone >"$asked/$1/.left" || [ "$left" -eq 0 ]; do
		left=$((left - 1))
		sleep 0.1
	done
}

# Disks of guests, for xenstore to be read for a while.
grow_xenstore() {
	for domid in $(seq 101 105); do
		set --
		for disk in $(seq 20); do
			path=/local/domain/0/backend/vbd/$domid/$disk
			set -- "$@" "$path/state" 4 "$path/params" /dev/nvme0n1 "$path/frontend-id" "$domid"
		done
		xenstore-write "$@"
	done
}

# How often xenstored has read something, twice for each message, is in $reads.
count_reads() {
	while read -r key reads; do
		[ "$key" != syscr: ] || return
	done <"/proc/$xenstored/io"
}

# disturbed NAME COMMAND READS SIGNAL: the signal reaches xenstored when it has read so often for that command.
disturbed() {
	xenstored=$(pidof xenstored)
	count_reads
	goal=$((reads + $3))
	[ "$3" -gt 0 ] || kill "-$4" "$xenstored"
	ask_alone "$1" "$2" &
	until [ "$reads" -ge "$goal" ] || [ -e "$asked/$1/.ended" ]; do
		count_reads
	done
	[ "$3" -eq 0 ] || kill "-$4" "$xenstored"
	wait $!
}
stopped() {
	disturbed "stopped-$1-$2" "$1" "$2" STOP
	kill -CONT "$xenstored"
}
killed() {
	disturbed "killed-$1-$2" "$1" "$2" KILL
	timeout 30 xenstored
	timeout 30 xen-init-dom0
	grow_xenstore
}

# until_told COMMAND...: over and over, and a line each time.
until_told() {
	until [ -e /run/told ]; do
		"$@"
		echo
		sleep 0.2
	done >>"$results/rounds" 2>/dev/null
}
rebind() { # DRIVER NAME
	echo "$2" >"$1/unbind"
	echo "$2" >"$1/bind"
}
replug() { # PCI-FUNCTION
	echo 1 >"/sys/bus/pci/devices/$1/remove"
	echo 1 >/sys/bus/pci/rescan
}

# What a run could change. Memory that the kernel only keeps for later is given back before.
kernel_state() {
	left_behind
	for kind in prog map link; do
		bpftool "$kind" show
	done
	cat /proc/self/mountinfo
	xenstore-ls -fp
	sed -n 's/.*xen-dyn/xen-dyn/p' /proc/interrupts
	find /dev /run /tmp /var /sys/fs/bpf ! -path "$results/*"
}
same_state() { kernel_state | cmp -s - "$results/state-before"; }
memory() {
	echo 3 >/proc/sys/vm/drop_caches
	sleep 1
	grep -E '^(MemFree|SUnreclaim|VmallocUsed|Percpu|KernelStack):' /proc/meminfo
}

modprobe virtio_pci
load nvme virtio_blk virtio_net xen-blkback
await_disks
# The head of an arm64 Image is what pre-flight looks at.
{ head -c 56 /dev/zero && printf 'ARMd' && head -c 4 /dev/zero; } >/lab/guest.kernel
physical_disks
configuration guest ramdisk <<-END
	disk = ["phy:/dev/nvme0n1,xvda,r"]
END
grow_xenstore
facts
reports
read_disks
for command in report bundle preflight explain watch; do
	ask_alone "alone-$command" "$command"
done
hand_over alone

# xenstored stops before it is asked, or in the midst of it; or dies.
for reads in 0 10 100 300; do
	stopped report "$reads"
done
stopped bundle 100
stopped preflight 100
stopped watch 100
killed report 100
killed bundle 300
killed preflight 100
hand_over disturbed

# Devices come and go.
virtio=$(basename /sys/bus/pci/devices/0000:00:03.0/virtio*)
until_told rebind /sys/bus/pci/drivers/nvme 0000:00:02.0 &
until_told rebind /sys/bus/virtio/drivers/virtio_blk "$virtio" &
until_told replug 0000:00:04.0 &
for round in $(seq 20); do
	ask "moving-$round" report
done
touch /run/told
wait
await_disks
ask_alone settled report
send rounds
hand_over moving

# Calls that change nothing, and are most of them, are let through without stopping at each.
harmless=read,pread64,readlinkat,close,fstat,newfstatat,faccessat,getdents64,lseek,mmap,munmap,mprotect,brk,fcntl
harmless=$harmless,clock_gettime,clock_nanosleep,ppoll,rt_sigaction,rt_sigprocmask,futex,getpid
# Tracing takes its time: that of all of it, not what is waited for.
limit=120
for command in report bundle preflight explain watch; do
	ask "traced-$command" "$command" strace -f --seccomp-bpf -qq -y -s 256 -e "trace=!$harmless" -o .trace
done
limit=$(cat "$results/seconds")
hand_over traced

# Two at once.
for other in report bundle watch; do
	ask "with-$other" report &
	ask "beside-$other" "$other"
	wait $!
done
hand_over together

# Many in a row.
kernel_state >"$results/state-before"
memory >"$results/memory-before"
for round in $(seq 13); do
	for command in report bundle preflight watch; do
		ask row "$command"
		echo "$command $(cat "$asked/row/.ended")" >>"$results/row"
		rm -r "$asked/row"
	done
done
await 20 "the kernel is as it was before" same_state
kernel_state >"$results/state-after"
memory >"$results/memory-after"
send row state-before state-after memory-before memory-after

# Both helpers wait in the kernel, where no signal reaches them.
kill -KILL "$(pidof xenstored)"
stuck_helper
for command in report bundle preflight; do
	XDC_HELPER=/lab/stuck XDC_CONFIG_HELPER=/lab/stuck ask "stuck-$command" "$command"
done

hand_over stuck
