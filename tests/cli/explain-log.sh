#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# explain on logs, known, and an administrator's own entries: answers, exit statuses, and files that mean harm.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
corpus=$here/../corpus
denied=$corpus/015-create-eacces-arm32.log

# What an argument is.
expect 1 'XDC-TOOLS-MISMATCH' "$tool" explain "$denied"
expect 0 'libxl__domain_make' "$tool" explain XDC-TOOLS-MISMATCH
expect 0 '^error: XDC-NO-BRIDGE' "$tool" explain xdc-no-bridge
expect 2 'no such device' "$tool" explain "$work/none.log"
expect 2 'only devices, only IDs or only logs' "$tool" explain XDC-NO-BRIDGE "$denied"
expect 1 'XDC-TOOLS-MISMATCH' sh -c "'$tool' explain - <'$denied'"
expect 1 '015-create-eacces-arm32.log:9: libxl' "$tool" explain "$denied" "$corpus/109-superpage-1g-fallback.log"

# Exit statuses.
expect 0 'Nothing known' "$tool" explain "$corpus/203-dom0-arm64-1to1.log"
expect 0 'XDC-MEMORY-FRAGMENTED' "$tool" explain "$corpus/108-superpages-refused-low-memory.log"
expect 1 'XDC-MEMORY-FRAGMENTED' "$tool" explain --fail-on=warning "$corpus/108-superpages-refused-low-memory.log"
expect 2 'No space left' sh -c "exec '$tool' explain '$denied' >/dev/full"
expect 2 'table or json\|for people only' "$tool" explain --format=json 0000:00:02.0 --from "$recorded"

# A recorded machine decides: an SMMU was left to dom0 there.
expect 1 'confirmed: In a Xen dom0' "$tool" explain --from "$recorded"
echo 'libxl: error: libxl_pci.c:1:f: PCI device 0000:03:00.0 cannot be assigned - no IOMMU?' >"$work/pci.log"
expect 1 "confirmed: Xen has no driver for this IOMMU" "$tool" explain --from "$recorded" "$work/pci.log"

# known.
expect 0 '^ID  *SEVERITY' "$tool" known
expect 0 'Causes, the likeliest first' "$tool" known xdc-swiotlb-full
expect 2 'is it XDC-NO-BRIDGE?' "$tool" known no-brigde
expect 2 'lists them' "$tool" known "$(printf 'quite\033[2J else')"
expect 2 'takes one ID' "$tool" known XDC-NO-BRIDGE XDC-DISK-PATH

# An administrator's own entries: a good one counts, a bad one is told by file and line and left out.
own=$work/root/etc/xen-dmacheck/catalogue.d
mkdir -p "$own"
cat >"$own/san.entry" <<-END
	id: XDC-LOCAL-SAN
	severity: error
	title: The storage path {path} has failed
	where: any
	pattern: multipathd: (?<path>[a-z0-9]+): remaining active paths: 0
	cause: The switch in rack 4 was restarted.
	do: Call the storage team.
	sample: multipathd: mpatha: remaining active paths: 0
	from: our host
	no-sample: multipathd: mpatha: remaining active paths: 2
END
echo 'Jan  2 03:04:05 host multipathd: mpathb: remaining active paths: 0' >"$work/san.log"
expect 1 'The storage path mpathb has failed' "$tool" explain --root "$work/root" "$work/san.log"
expect 0 'Defined in' "$tool" known XDC-LOCAL-SAN --root "$work/root"
sed 's/SAN/OTHER/; s/severity: error/severity: CRITCAL/' "$own/san.entry" >"$own/zz.entry"
expect 2 'catalogue.d/zz.entry:2: severity: a severity is' "$tool" known --root "$work/root"
expect 2 'The storage path mpathb has failed' "$tool" explain --root "$work/root" "$work/san.log"
# The report looks for them in the machine's own logs; its exit status is about the machine.
mkdir -p "$work/root/sys/hypervisor" "$work/root/var/log"
echo xen >"$work/root/sys/hypervisor/type"
echo 'Jan  2 03:04:05 host kernel: [    1.5] multipathd: mpathb: remaining active paths: 0' >"$work/root/var/log/kern.log"
expect 3 '^notice .*storage path mpathb has failed' "$tool" report --root "$work/root"
expect 3 'catalogue.d/zz.entry:2: severity: a severity is' "$tool" report --root "$work/root"
rm "$own/zz.entry"
# They go with a bundle, whose report is the same wherever it is made; whose they are is said.
expect 3 "of this machine's own, /etc/xen-dmacheck/catalogue.d/san.entry" "$tool" report --root "$work/root" --observe=never
expect 0 '' "$tool" bundle --root "$work/root" --observe=never -o "$work/own.tar.zst"
expect 3 '^notice .*storage path mpathb has failed' "$tool" report --from "$work/own.tar.zst"
expect 1 'XDC-LOCAL-SAN, of the machine.s own' "$tool" explain --from "$work/own.tar.zst" "$work/san.log"
# What the toolstack wrote is read too; guests' names stand in the files' names, so it stays at home.
mkdir -p "$work/root/var/log/xen"
cp "$denied" "$work/root/var/log/xen/xl-secretguest.log"
expect 1 'xl-secretguest.log:9: libxl' "$tool" explain --root "$work/root"
expect 3 'Perhaps in an earlier boot: Permission denied' "$tool" report --root "$work/root" --observe=never
expect 0 '' "$tool" bundle --root "$work/root" --observe=never -o "$work/home.tar.zst"
expect 3 'storage path mpathb has failed' "$tool" report --from "$work/home.tar.zst"
expect 1 '' sh -c "'$tool' report --format=json --from '$work/home.tar.zst' | grep secretguest"
rm -r "$work/root/sys" "$work/root/var"
cp "$own/san.entry" "$own/zz.entry"
expect 2 'catalogue.d/zz.entry:1: the id XDC-LOCAL-SAN is taken' "$tool" known --root "$work/root"
sed 's/SAN/SLOW/; s/^pattern: .*/pattern: multipathd: ((a+)+b)*[a-z]*: remaining active paths: 0/' "$own/san.entry" >"$own/zz.entry"
expect 2 'catalogue.d/zz.entry:5: pattern: it backtracks' "$tool" known --root "$work/root"
head -c 100000 /dev/urandom >"$own/zz.entry"
expect 2 'catalogue.d/zz.entry' "$tool" known --root "$work/root"
rm "$own/zz.entry"
mkfifo "$own/zz.entry"
expect 2 'catalogue.d/zz.entry' "$tool" known --root "$work/root"

# Logs that mean harm.
head -c 3000000 /dev/urandom >"$work/binary.log"
expect 0 'Nothing known' "$tool" explain "$work/binary.log"
: >"$work/empty.log"
expect 0 'Nothing known was found in 0 lines' "$tool" explain "$work/empty.log"
{
	head -c 3000000 /dev/zero | tr '\0' 'x'
	cat "$denied"
} >"$work/long.log"
expect 1 'XDC-TOOLS-MISMATCH' "$tool" explain "$work/long.log"
printf '\033]0;evil\007script: Could not find bridge device \033[2J\233\342\200\256x\n' >"$work/escape.log"
expect 1 'XDC-NO-BRIDGE' "$tool" explain "$work/escape.log"
yes 'HSR=0x9 d1v1 HSR=0x9 pc=' | head -100000 | tr -d '\n' >"$work/nearly.log"
expect 0 'Nothing known' "$tool" explain "$work/nearly.log"
expect 2 'no such device' "$tool" explain "$work"
expect 0 'Nothing known' sh -c "yes | timeout 5 '$tool' explain --timeout 3 -"
mkfifo "$work/fifo"
expect 0 'Nothing known' "$tool" explain "$work/fifo"
if [ "$(id -u)" != 0 ]; then
	chmod 0 "$work/empty.log"
	expect 2 'Permission denied' "$tool" explain "$work/empty.log"
fi

# JSON.
"$tool" explain --format=json "$denied" >"$work/json"
if grep -q '"schema": "xen-dmacheck-log/1"' "$work/json"; then pass; else fail 'no schema in the JSON of a log'; fi
finish
