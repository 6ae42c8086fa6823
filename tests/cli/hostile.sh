#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Trees and recordings that mean harm: a clear error or a status, never a crash, a hang or an escape.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"

# A root with nothing right in it.
root=$work/root
devices=$root/sys/devices
mkdir -p "$devices" "$root/sys/bus/pci/devices" "$root/sys/bus/platform/devices" "$root/sys/hypervisor/properties" \
	"$root/proc/xen" "$root/sys/firmware" "$root/sys/class/iommu" "$root/boot"
secret=$work/secret
echo 'swordfish' >"$secret"

# device NAME: one of the platform bus, with its link.
device() {
	mkdir -p "$devices/$1" && ln -s "../../../devices/$1" "$root/sys/bus/platform/devices/$1"
}

expect 0 'Not on Xen' "$tool" --root "$root"

# Links that leave the tree, by .. and by absolute paths, as file, as directory, as device.
ln -s ../../../../../../../../../../../../.."$secret" "$root/proc/cmdline"
ln -s "$secret" "$root/sys/hypervisor/type"
ln -s ../../../../../../../../.. "$root/sys/bus/pci/devices/0000:00:00.0"
ln -s "$work" "$root/sys/class/iommu/away"
expect 3 'Not on Xen' "$tool" --root "$root"
if "$tool" bundle --root "$root" -o - | zstd -dc | grep -q swordfish; then fail 'a link leads out of --root'; else pass; fi
rm "$root/proc/cmdline" "$root/sys/hypervisor/type" "$root/sys/bus/pci/devices/0000:00:00.0" "$root/sys/class/iommu/away"

# A FIFO where a file is expected, a directory, a file without an end, one without a bound.
mkfifo "$root/sys/hypervisor/type" "$root/sys/firmware/fdt"
expect 3 'unknown' "$tool" --root "$root"
rm "$root/sys/hypervisor/type" "$root/sys/firmware/fdt"
mkdir "$root/sys/hypervisor/type"
expect 3 'unknown' "$tool" --root "$root"
rmdir "$root/sys/hypervisor/type"
echo xen >"$root/sys/hypervisor/type"
truncate -s 4G "$root/proc/cmdline"
truncate -s 1T "$root/boot/config-6.1" 2>/dev/null || truncate -s 4G "$root/boot/config-6.1"
mkdir -p "$root/proc/sys/kernel" && echo 6.1 >"$root/proc/sys/kernel/osrelease"
truncate -s 1G "$root/sys/firmware/fdt"
expect 3 'Xen of unknown version' "$tool" --root "$root"
if [ "$(id -u)" = 0 ] && mknod "$root/proc/xen/capabilities" c 1 5 2>/dev/null; then
	expect 3 'Xen of unknown version' "$tool" --root "$root"
	rm "$root/proc/xen/capabilities"
fi
rm "$root/proc/cmdline" "$root/boot/config-6.1" "$root/sys/firmware/fdt"

# Device trees that are none.
for blob in '' 'not a device tree' "$(printf '\320\015\376\355')"; do
	printf '%s' "$blob" >"$root/sys/firmware/fdt"
	expect 3 'Xen of unknown version' "$tool" --root "$root"
done
printf '/dts-v1/; / { a { iommus = <1 2 3>; }; b { #iommu-cells = <1>; phandle = <1>; }; };' |
	dtc -q -O dtb -o "$root/sys/firmware/fdt" -
expect 3 'Xen of unknown version' "$tool" --root "$root"
# Every byte of a good one turned over, a few at a time.
size=$(stat -c %s "$root/sys/firmware/fdt")
cp "$root/sys/firmware/fdt" "$work/good.dtb"
at=0
while [ "$at" -lt "$size" ]; do
	cp "$work/good.dtb" "$root/sys/firmware/fdt"
	printf '\377\377\377\377' | dd of="$root/sys/firmware/fdt" bs=1 seek="$at" conv=notrunc 2>/dev/null
	expect 3 'Xen of unknown version' "$tool" --root "$root"
	at=$((at + 7))
done
rm "$root/sys/firmware/fdt"

# Names and values with what a terminal acts on.
device "$(printf 'new\nline')"
device "$(printf 'clear\033[2J')"
device "$(printf 'c1\302\233cursor')"
device 'bad-utf8-'"$(printf '\377\376')"
ln -s "$(printf '../../bus/platform/drivers/\033]0;title\007')" "$devices/$(printf 'clear\033[2J')/driver"
expect 3 'new.x0aline' "$tool" --root "$root" --all
expect 3 'x1b.2J' "$tool" --root "$root" --all -o NAME,DRIVER,DEVPATH
expect 3 'new..x0aline' "$tool" --root "$root" --format=json
"$tool" bundle --root "$root" -o "$work/hostile.tar.zst" && expect 3 'new.x0aline' "$tool" --from "$work/hostile.tar.zst" --all

# Recordings that are none; tests/bundle/hostile has those that nearly are.
expect 2 'not a bundle' "$tool" --from "$0"
expect 2 'regular file' "$tool" --from /dev/zero
expect 2 'regular file' "$tool" explain --from "$work" x
mkfifo "$work/fifo"
expect 2 'regular file' "$tool" --from "$work/fifo"
expect 2 'No such file' "$tool" --from "$work/none"
expect 2 'not a bundle' sh -c "'$tool' --from - </dev/null"

# Records alone: whatever is wrong with them is told with its place.
records() {
	{ echo 'xen-dmacheck-records 1' && printf '%b' "$1"; } >"$work/records"
}
records 'a\tok\t\t\t1\n1'
expect 2 'record 1' "$tool" --from "$work/records"
records 'a\tok\t\t\t0\n\na\tok\t\t\t0\n\nend\t2\n'
expect 2 'stands there twice' "$tool" --from "$work/records"
records 'a\tok\t\t\t-1\n\nend\t1\n'
expect 2 'size is no number' "$tool" --from "$work/records"
records 'a\tok\t\t\t99999999999\n\nend\t1\n'
expect 2 'does not end where' "$tool" --from "$work/records"
records 'a\tfine\t\t\t0\n\nend\t1\n'
expect 2 'status' "$tool" --from "$work/records"
records ''
truncate -s 100M "$work/records"
expect 2 'larger than' "$tool" --from "$work/records"
expect 2 'No such file' "$tool" bundle --from "$recorded" -o "$work/no/where"
finish
