#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# A ring that has lost its beginning, on a recorded machine: kern.log, written of the very messages that the ring had, must
# give the report that the whole ring gives, and one of another boot nothing.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
golden=$(dirname "$recorded")/report.txt
plain=$work/recorded
"$here/../machines/plain" "$recorded" "$plain"

# make NAME KIND: the recording with only the end of the ring; KIND is what kern.log is of: "this" boot behind an "earlier"
# one, the earlier one only, or "none".
make() {
	/usr/bin/python3 - "$plain" "$work/$1.xdc" "$2" <<'PYTHON'
import re, sys
source, target, kind = sys.argv[1:]
data = open(source, "rb").read()
at, records = data.index(b"\n") + 1, []
while not data[at:].startswith(b"end\t"):
    header, _, rest = data[at:].partition(b"\n")
    fields = header.split(b"\t")
    records.append((fields, rest[:int(fields[4])]))
    at += len(header) + int(fields[4]) + 2
key = {fields[0]: body.decode(errors="replace") for fields, body in records}
messages = re.split(r"\n(?! )", key[b"kmsg"].rstrip("\n"))
release = re.search(r"release=(.*)", key[b"uname"])[1]

def line(time, text):
    return "2026-03-01T12:00:00.123456+00:00 host kernel: [%5d.%06d] %s\n" % (time // 1000000, time % 1000000, text)

log = line(0, f"Linux version {release} (gcc)") + line(2000000, "foo: probe of 0000:00:03.0 failed with error -99")
if kind == "this":
    for message in messages:
        prefix, _, text = message.split("\n")[0].partition(";")
        # As syslogd has a tab.
        log += line(int(prefix.split(",")[2]), text.replace("\\x09", "#011"))
written = [b"xen-dmacheck-records 1\n"]
for fields, body in records:
    if fields[0] == b"kmsg":
        body = "\n".join(messages[-20:]).encode() + b"\n"
    if fields[0] == b"logs":
        body = body.replace(b"ring=whole", b"ring=lost")
    written.append(b"\t".join(fields[:4] + [b"%d" % len(body)]) + b"\n" + body + b"\n")
    if fields[0] == b"logs" and kind != "none":
        written.append(b"log:/var/log/kern.log\tok\t/var/log/kern.log\t\t%d\n%s\n" % (len(log), log.encode()))
written.append(b"end\t%d\n" % (len(written) - 1))
open(target, "wb").write(b"".join(written))
PYTHON
	"$tool" report --all --from "$work/$1.xdc" >"$work/$1.txt"
}
make this this
make earlier earlier
make none none
if cmp -s "$golden" "$work/this.txt"; then pass; else fail "kern.log: $(diff "$golden" "$work/this.txt" | head -5)"; fi
if cmp -s "$golden" "$work/none.txt"; then fail "the ring has lost nothing"; else pass; fi
if cmp -s "$work/none.txt" "$work/earlier.txt"; then pass; else fail "an earlier boot's failure is told"; fi
expect 1 'Removing after probe failure' "$tool" explain 0000:00:02.0 --from "$work/this.xdc"
expect 1 '/var/log/kern.log' "$tool" report --format=json --from "$work/this.xdc"
finish
