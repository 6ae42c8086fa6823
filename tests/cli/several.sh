#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Many recordings at once: all that can be read are told, in their order, and what is wrong with others.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
machines=$here/../machines
fleet=$work/fleet
mkdir "$fleet"
for recording in "$machines"/*/bundle.tar.zst; do
	name=${recording%/*}
	cp "$recording" "$fleet/${name##*/}.tar.zst"
done
count=$(find "$fleet" -name '*.tar.zst' | wc -l)
healthy=$fleet/arm64-6.1-xen4.17.tar.zst

# same WHAT A B: two files that must be equal, and not empty.
same() {
	if [ -s "$2" ] && cmp -s "$2" "$3"; then pass; else fail "$1: $(diff "$2" "$3" | head -5)"; fi
}

# The gravest exit status of all.
expect 1 "^$count machines; [1-9][0-9]* with devices" "$tool" --from "$fleet"
expect 0 '^2 machines; 0 with' "$tool" --from "$healthy" --from "$fleet/arm64-6.1-linux.tar.zst"
expect 1 '^1 machine; 0 with' "$tool" --fail-on=info --from "$healthy" --from "$healthy"
expect 0 '"record":"device"' "$tool" --from "$healthy" --format=jsonl
# Columns fit a terminal: none is cut, lists are folded.
expect 1 '3 broken, *4 errors, ' script -qec "stty cols 80 -onlcr; '$tool' --from '$fleet'" /dev/null
if awk 'length > 80 { exit 1 }' "$work/said"; then pass; else fail 'a line wider than the terminal'; fi

# As one by one, whatever the order of their ends.
for recording in "$fleet"/*; do
	"$tool" --from "$recording" --format=jsonl
done >"$work/one-by-one"
"$tool" --from "$fleet" --format=jsonl >"$work/together"
same 'lines one by one and together' "$work/one-by-one" "$work/together"
"$tool" --from "$fleet/" --from "$healthy" --format=jsonl >"$work/twice"
same 'what is named twice' "$work/together" "$work/twice"
for recording in "$fleet"/*; do
	"$tool" --from "$recording" --format=openmetrics
done | grep -v '^#' | sort >"$work/one-by-one"
"$tool" --from "$fleet" --format=openmetrics >"$work/metrics"
grep -v '^#' "$work/metrics" | sort >"$work/together"
same 'samples one by one and together' "$work/one-by-one" "$work/together"
# A family's samples stand together.
if grep -v '^#' "$work/metrics" | sed 's/[{ ].*//' | uniq | sort | uniq -d | grep .; then fail 'families torn'; else pass; fi

# What cannot be chosen.
expect 2 'take --format=jsonl' "$tool" --from "$fleet" --format=json
expect 2 'no devices or columns' "$tool" --from "$fleet" 0000:00:02.0
expect 2 'no devices or columns' "$tool" --from "$fleet" -o NAME
expect 2 'only report takes several' "$tool" explain --from "$healthy" --from "$healthy" x
expect 2 'only report takes several' "$tool" bundle --from "$healthy" --from "$healthy"
expect 2 'exclude each other' "$tool" --from "$fleet" --root /

# What cannot be read is told by name, the others are told all the same, in a file too.
echo 'not a recording' >"$fleet/b-broken"
mkfifo "$fleet/c-fifo"
mkdir "$fleet/directory"
echo hidden >"$fleet/.hidden"
expect 2 'b-broken: not a bundle' "$tool" --from "$fleet"
expect 2 'c-fifo: not a regular file' "$tool" --from "$fleet"
expect 2 "^$count machines; [1-9][0-9]* with" "$tool" --from "$fleet"
expect 2 'none: No such file' "$tool" --from "$healthy" --from "$work/none"
expect 2 '^1 machine;' "$tool" --from "$healthy" --from "$work/none"
"$tool" --from "$fleet" --format=jsonl --to "$work/lines" 2>/dev/null
if [ "$(grep -c '"record":"host"' "$work/lines")" = "$count" ]; then pass; else fail 'a file lacks machines'; fi
expect 2 'no recording is in this directory' "$tool" --from "$fleet/directory"
expect 2 'No space left' sh -c "exec '$tool' --from '$fleet' --format=jsonl >/dev/full"

# One that brings its reader down is an error of that one.
{
	echo 'xen-dmacheck-records 1'
	awk 'BEGIN { for (i = 0; i < 3000000; i++) printf "%d\tok\t\t\t0\n\n", i; printf "end\t%d\n", i }'
} >"$fleet/a-heavy"
expect 2 'a-heavy: reading it ended with signal' sh -c "ulimit -t 1; exec '$tool' --from '$fleet'"
expect 2 "^$count machines; [1-9][0-9]* with" sh -c "ulimit -t 1; exec '$tool' --from '$fleet'"
rm "$fleet/a-heavy"

# A file appears whole or not at all, for those whom the umask lets read it.
rm "$fleet/b-broken" "$fleet/c-fifo"
expect 0 '' "$tool" --from "$healthy" --format=openmetrics --to "$work/a.prom"
"$tool" --from "$healthy" --format=openmetrics >"$work/b.prom"
same '--to and standard output' "$work/a.prom" "$work/b.prom"
for mask in 022 077; do
	(umask $mask && "$tool" --from "$healthy" --to "$work/mode-$mask")
done
if [ "$(stat -c %a "$work/mode-022" "$work/mode-077" | tr '\n' ' ')" = '644 600 ' ]; then pass; else fail 'other modes than by umask'; fi
expect 2 'no such device' "$tool" --from "$healthy" --format=openmetrics --to "$work/a.prom" nodevice
expect 2 'not a bundle' "$tool" --from "$0" --to "$work/a.prom"
same '--to in trouble' "$work/a.prom" "$work/b.prom"
expect 1 '' "$tool" --from "$recorded" --format=openmetrics --to "$work/a.prom"
"$tool" --from "$recorded" --format=openmetrics >"$work/b.prom"
same '--to over another' "$work/a.prom" "$work/b.prom"
expect 2 'No such file' "$tool" --from "$healthy" --to "$work/no/where"
mkdir "$work/full"
expect 2 'no regular file' "$tool" --from "$healthy" --to /dev/null
expect 2 'no regular file' "$tool" --from "$healthy" --to "$work/full"
if [ -z "$(find "$work" -name '.xen-dmacheck*')" ]; then pass; else fail 'a file is left behind'; fi

# Names that a terminal or a format would act on.
evil=$work/$(printf 'evil\033[2J"\\\n}')
cp "$healthy" "$evil"
expect 0 'evil..x1b' "$tool" --from "$evil" --format=openmetrics
expect 0 'evil.*x1b' "$tool" --from "$evil" --format=jsonl
expect 0 'evil.x1b' "$tool" --from "$evil" --from "$fleet/arm64-6.1-linux.tar.zst"
expect 2 'evil.x1b' "$tool" --from "$evil.none" --from "$evil"

# When it was recorded, and of which host, goes with it; what is assumed leaves both.
SOURCE_DATE_EPOCH=1700000000 "$tool" bundle --observe=never -o "$work/now.tar.zst"
expect 0 '"time":"2023-11-14T22:13:20Z"' "$tool" --from "$work/now.tar.zst" --format=jsonl
expect 0 '"recorded": "2023-11-14T22:13:20Z"' "$tool" --from "$work/now.tar.zst" --format=json
expect 0 '"time":"2023-11-14T22:13:20Z"' "$tool" --from "$work/now.tar.zst" --format=jsonl --assume kernel=6.6
"$tool" --from "$work/now.tar.zst" --format=jsonl | sed -n '1s/.*"host":\("[^"]*"\).*/\1/p' >"$work/host"
"$tool" --from "$work/now.tar.zst" --format=jsonl --assume kernel=6.6 | sed -n '1s/.*"host":\("[^"]*"\).*/\1/p' >"$work/assumed"
same 'the name of the host' "$work/host" "$work/assumed"
expect 2 "SOURCE_DATE_EPOCH: 'today' is no number" env SOURCE_DATE_EPOCH=today "$tool" --observe=never
expect 0 '"time":"1970-01-01T00:00:00Z"' env SOURCE_DATE_EPOCH=0 "$tool" --observe=never --format=jsonl
expect 0 '_last_run_timestamp_seconds 17' sh -c "SOURCE_DATE_EPOCH=1700000000 '$tool' --observe=never --format=openmetrics"
expect 0 '"source":"live"' "$tool" --observe=never --format=jsonl
expect 0 '_build_info{version="[^"]*"} 1' "$tool" --observe=never --format=openmetrics
expect 3 '"time":null' "$tool" --root "$fleet/directory" --format=jsonl
finish
