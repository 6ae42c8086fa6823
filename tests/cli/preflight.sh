#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# preflight TOOL HELPER: configurations as files, read by xl's own parser, on a recorded machine and a constructed one.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
XDC_CONFIG_HELPER=$2
export XDC_CONFIG_HELPER
recorded=$here/../machines/arm64-6.12-xen4.20-smmuv3-guest/bundle.tar.zst

# config NAME: standard input as a file.
config() { cat >"$work/$1.cfg"; }

# Usage, and files that are none.
expect 2 'preflight of which configuration' "$tool" preflight
expect 2 'No such file' "$tool" preflight "$work/none.cfg"
expect 2 'regular file' "$tool" preflight "$work"
expect 2 'regular file' "$tool" preflight /dev/zero
mkfifo "$work/fifo"
expect 2 'regular file' "$tool" preflight "$work/fifo"
truncate -s 100M "$work/large.cfg"
expect 2 'larger than 256 KiB' "$tool" preflight "$work/large.cfg"
config usual <<-END
	name = "usual"
	kernel = "/k"
	memory = 128
END
expect 2 'No such file' "$tool" preflight --from "$work/none" "$work/usual.cfg"
expect 2 'No such file' "$tool" preflight "$work/usual.cfg" "$work/none.cfg"
expect 2 'No space left' sh -c "exec '$tool' preflight --from '$recorded' '$work/usual.cfg' >/dev/full"

# Without the parser nothing is guessed.
expect 3 'helper could not be started' env XDC_CONFIG_HELPER="$work/none" "$tool" preflight --from "$recorded" "$work/usual.cfg"

# Text that means harm.
printf 'name = "a\\0"\n\000\n' | config nul
expect 1 'does not parse' "$tool" preflight --from "$recorded" "$work/nul.cfg"
printf 'name = "a\033[2J\n"\n' | config escape
expect 1 'does not parse' "$tool" preflight --from "$recorded" "$work/escape.cfg"
printf 'name = "a\033[2Jb\302\233c"\nkernel="/k\377"\nmemory=64\n\n' | config control
expect 3 'x1b.2Jb' "$tool" preflight --from "$recorded" "$work/control.cfg"
expect 3 'x1b.2Jb' "$tool" preflight --from "$recorded" --format=json "$work/control.cfg"
name=$(printf '%s/evil\033[2J.cfg' "$work")
cp "$work/usual.cfg" "$name"
expect 3 'x1b.2J.cfg' "$tool" preflight --from "$recorded" "$name"
{ printf 'a = ' && head -c 100000 /dev/zero | tr '\0' '[' && echo; } | config nested
expect 1 'does not parse' "$tool" preflight --from "$recorded" "$work/nested.cfg"
{ printf 'a = ' && head -c 3000 /dev/zero | tr '\0' '[' && head -c 3000 /dev/zero | tr '\0' ']' && echo; } | config deep
expect 1 'config-name' "$tool" preflight --from "$recorded" "$work/deep.cfg"
{ printf 'name="g"\nkernel="/k"\nmemory=64\ndisk=["a' && head -c 1000 /dev/zero | tr '\0' ',' && echo '"]'; } | config commas
expect 1 'too many positional' "$tool" preflight --from "$recorded" "$work/commas.cfg"
{ printf 'name="g"\nkernel="/k"\nmemory=64\nvif=[' && seq -f '"bridge=b%g",' 3000 && echo ']'; } | config many
expect 1 'more in it than is looked at' "$tool" preflight --from "$recorded" "$work/many.cfg"
seq -f 'key%g = "x"' 5000 | config keys
expect 1 'more in it than is looked at' "$tool" preflight --from "$recorded" "$work/keys.cfg"
: | config empty
expect 1 'config-name' "$tool" preflight --from "$recorded" "$work/empty.cfg"
head -c 200000 /dev/urandom | config noise
expect 1 'does not parse' "$tool" preflight --from "$recorded" "$work/noise.cfg"

# A machine made of files: all that can be told of it is right, but for whom nobody can ask.
root=$work/root
mkdir -p "$root/sys/hypervisor/properties" "$root/proc/xen" "$root/proc/sys/kernel" "$root/proc/self" "$root/etc/xen/scripts" \
	"$root/sys/class/block" "$root/sys/class/net" "$root/sys/devices/virtual/net/br0/bridge" "$root/var/lib/xen" "$root/var/log/xen"
echo xen >"$root/sys/hypervisor/type"
echo 00022801 >"$root/sys/hypervisor/properties/features"
echo control_d >"$root/proc/xen/capabilities"
echo 6.12.0 >"$root/proc/sys/kernel/osrelease"
echo aarch64 >"$root/proc/sys/kernel/arch"
echo '21 20 0:5 / /dev/pts rw - devpts devpts rw' >"$root/proc/self/mountinfo"
echo 0x1003 >"$root/sys/devices/virtual/net/br0/flags"
ln -s ../../devices/virtual/net/br0 "$root/sys/class/net/br0"
printf '\177ELF' >"$root/k"
truncate -s 1M "$root/disk.img"
printf '#!/bin/sh\n' >"$root/etc/xen/scripts/block"
chmod +x "$root/etc/xen/scripts/block"
config tree <<-END
	name = "tree"
	kernel = "/k"
	memory = 128
	disk = [ "/disk.img,raw,xvda,w" ]
END
expect 1 'What /etc/xen/scripts/block is written for is missing' "$tool" preflight --root "$root" "$work/tree.cfg"
mkdir "$root/bin" && : >"$root/bin/sh"
expect 1 'no loop devices' "$tool" preflight --root "$root" "$work/tree.cfg"
expect 1 'the page cache (loop) copies them: safe' "$tool" preflight --root "$root" "$work/tree.cfg"
ln -s /etc/passwd "$root/away"
sed 's|/k|/away|' "$work/tree.cfg" | config away
expect 1 'There is no /away' "$tool" preflight --root "$root" "$work/away.cfg"

# Several are held against each other; --strict makes a warning fail.
cp "$work/usual.cfg" "$work/again.cfg"
expect 1 'Two guests are to be named' "$tool" preflight --from "$recorded" "$work/usual.cfg" "$work/again.cfg"
printf 'name = "w"\nkernel = "/k"\nmemory = 64\nmemroy = 1\n' | config warned
expect 3 "Did you mean 'memory'" "$tool" preflight --from "$recorded" "$work/warned.cfg"
expect 1 "Did you mean 'memory'" "$tool" preflight --from "$recorded" --strict "$work/warned.cfg"
finish
