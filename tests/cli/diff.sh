#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# What differs between recordings: usage, exit statuses, what could not be read, and what means harm.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
passthrough=$here/../machines/arm64-6.1-xen4.17-smmuv3-passthrough/bundle.tar.zst
plain=$work/recorded
"$here/../machines/plain" "$recorded" "$plain"

expect 2 'takes two recordings' "$tool" diff
expect 2 'takes two recordings' "$tool" diff a b c
expect 2 'none: No such file' "$tool" diff "$work/none" "$recorded"
expect 2 'none: No such file' "$tool" diff "$recorded" "$work/none"
expect 2 'not a bundle' "$tool" diff "$recorded" "$0"
for option in --from=x --root=x --dtb=x --assume=xen=4.17 -o=x --fail-on=error; do
	expect 2 'no such option' "$tool" diff "$option" "$recorded" "$recorded"
done
expect 2 'No space left' sh -c "exec '$tool' diff '$recorded' '$passthrough' >/dev/full"

# As diff(1): nothing and 0; 1 where something differs.
expect 0 '' "$tool" diff "$recorded" "$recorded"
if [ -s "$work/said" ]; then fail 'something is said of no difference'; else pass; fi
expect 0 '"devices": \[\]' "$tool" diff --format=json "$recorded" "$recorded"
expect 1 '^9 differences: 1 of the host, 4 devices, 4 findings\.$' "$tool" diff "$recorded" "$passthrough"
expect 1 '+ iommu.passthrough=1' "$tool" diff "$recorded" "$passthrough"
expect 1 'command line  *- iommu.passthrough=1' "$tool" diff "$passthrough" "$recorded"
expect 1 'verdict  *ok -> broken' "$tool" diff "$passthrough" "$recorded"

# This machine is the other side where one file is named; twice in a row it is the same.
expect 1 '^after   this machine, now' "$tool" diff --observe=never "$recorded"
expect 1 '"file": null' "$tool" diff --observe=never --format=json "$recorded"

# rewrite FROM TO PROGRAM: the recording with the records as the awk program leaves key, status and data (one record
# at a time, its data in one string). Only for records without NULs or tabs in keys.
rewrite() {
	/usr/bin/python3 - "$@" <<'PYTHON'
import sys
source, target, program = sys.argv[1:]
text = open(source, 'rb').read()
at = text.index(b'\n') + 1
out, count = text[:at], 0
while not text.startswith(b'end\t', at):
    end = text.index(b'\n', at)
    key, status, origin, detail, size = text[at:end].split(b'\t')
    data = text[end + 1:end + 1 + int(size)]
    at = end + 2 + int(size)
    record = {'key': key, 'status': status, 'data': data}
    exec(program, record)
    if record['key']:
        out += b'\t'.join([record['key'], record['status'], origin, detail, b'%d' % len(record['data'])])
        out += b'\n' + record['data'] + b'\n'
        count += 1
open(target, 'wb').write(out + b'end\t%d\n' % count)
PYTHON
}

# Groups with other numbers and the same members are the same groups.
rewrite "$plain" "$work/renumbered" "
if key.startswith(b'device:'): data = data.replace(b'iommu_group=', b'iommu_group=7')
if key == b'iommu-groups': data = b''.join(b'7' + line + b'\n' for line in data.split(b'\n') if line)"
expect 0 '' "$tool" diff "$recorded" "$work/renumbered"
# And one that moved to another's is a difference.
rewrite "$plain" "$work/moved" "
if key.endswith(b'0000:00:03.0'): data = data.replace(b'iommu_group=1', b'iommu_group=2')"
expect 1 'in the group of  *0000:00:04.0 -> 0000:00:03.0' "$tool" diff "$recorded" "$work/moved"

# What one side could not read is no difference that is known.
rewrite "$plain" "$work/denied" "
if key.endswith(b'/features') or key in (b'dma', b'kmsg', b'xen', b'xenstore'): status, data = b'denied', b''
if key.startswith((b'dma:', b'xen:')): key = None"
expect 1 'may be none, marked (?)' "$tool" diff "$recorded" "$work/denied"
expect 1 'mapped 1:1  *yes -> unknown (?) file:.*features could not be read after' "$tool" diff "$recorded" "$work/denied"
expect 1 'mapped 1:1  *unknown -> yes (?) file:.*features could not be read before' "$tool" diff "$work/denied" "$recorded"
expect 1 'ok -> denied: dma, file:/sys/hypervisor/properties/features, kmsg, xen' "$tool" diff "$recorded" "$work/denied"
"$tool" diff --format=json "$recorded" "$work/denied" >"$work/json"
if /usr/bin/python3 - "$work/json" <<'PYTHON'
import json, sys
diff = json.load(open(sys.argv[1]))
features = 'file:/sys/hypervisor/properties/features'
assert diff['host']['direct_mapped'] == {'before': True, 'after': None, 'not_read': {'side': 'after', 'key': features}}
gone = [f for f in diff['findings'] if f['id'] == 'XDC-SWIOTLB-OVER-IOMMU']
assert len(gone) == 3 and all(f['change'] == 'gone' and f['not_read'] for f in gone)
PYTHON
then pass; else fail 'what could not be read, in JSON'; fi
# A path that only one read from the kernel, and that the rules give both, is none either.
"$here/../machines/plain" "$passthrough" "$work/passthrough"
rewrite "$work/passthrough" "$work/unobserved" "
if key.startswith(b'dma:'): key = None
if key == b'dma': status = b'denied'"
expect 1 'ok -> denied: dma$' "$tool" diff "$passthrough" "$work/unobserved"

# Names and values with what a terminal acts on, in both.
rewrite "$plain" "$work/evil-a" "
if key.startswith(b'device:'): data = data.replace(b'driver=virtio-pci', b'driver=\\\\x1b[2J\xc2\x9b')
if key == b'file:/proc/cmdline': data = b'a\x1b[2J \xff b'
if key == b'uname': data = b'release=6.1\\\\x1b[31m\nmachine=aarch64\n'
if key == b'kernel-config': status, data = b'ok', b'CONFIG_\x1b[2J=y\nCONFIG_XEN_BACKEND=\x1b]0;\n'"
rewrite "$plain" "$work/evil-b" "
key = key.replace(b'0000:00:04.0', b'\\\\x1b[2Jnew')
if key == b'file:/proc/cmdline': data = b'c\x1b[2J \x9b b'
if key == b'kernel-config': status, data = b'ok', b'CONFIG_\x07=y\n'
if key == b'iommu-groups': data = data.replace(b'DMA', b'\\\\x1b[2J')"
for format in table json; do
	expect 1 'x1b.2J' "$tool" diff --all --format=$format "$work/evil-a" "$work/evil-b"
	expect 1 'x1b.2J' "$tool" diff --all --format=$format "$work/evil-b" "$work/evil-a"
done
finish
