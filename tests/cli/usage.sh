#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Options, exit statuses and documents: what the program takes, says of itself, and what the man page says of it.
set -u
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
man=$here/../../man/xen-dmacheck.8

expect 0 '^xen-dmacheck [0-9]' "$tool" --version
expect 0 '^Usage: xen-dmacheck \[report\]' "$tool" --help
expect 0 '^Usage: xen-dmacheck bundle' "$tool" bundle --help
expect 0 'NAME  the device' "$tool" --list-columns
expect 2 'no such option' "$tool" --nonsense
expect 2 'no such option' "$tool" report -x
expect 2 'an argument is missing' "$tool" --from
expect 2 "'sometimes' is none of its values" "$tool" --observe=sometimes
expect 2 "'xml' is none of its values" "$tool" --format=xml
expect 2 "'fatal' is none of its values" "$tool" --fail-on=fatal
expect 2 'exclude each other' "$tool" --from a --root b
expect 2 "no column 'NONE'" "$tool" -o NAME,NONE --from "$recorded"
expect 2 "no column ''" "$tool" -o '' --from "$recorded"
expect 2 'no such device' "$tool" --from "$recorded" nodevice
expect 2 'x1b.2Jevil.*no such device' "$tool" --from "$recorded" "$(printf '\033[2Jevil')"
expect 2 "takes no 'x'" "$tool" bundle x
expect 2 "'x' is no number of seconds" "$tool" watch x
expect 2 "'0' is no number of seconds" "$tool" watch 0
expect 2 "'99999999999999999999' is no number" "$tool" watch 99999999999999999999
expect 2 'takes one number' "$tool" watch 1 2
expect 2 "interval: '0' is no number" "$tool" watch --interval 0
expect 2 'no such option' "$tool" watch --from "$recorded"
expect 2 'there are no pseudonyms' "$tool" bundle --no-redact --keep-map x
expect 2 'no number of seconds' env SOURCE_DATE_EPOCH=soon "$tool" bundle --from "$recorded" -o "$work/none"
# The guest of a recorded machine, under a name again.
guest=$work/guest
"$here/../machines/plain" "$here/../machines/arm64-6.12-xen4.20-smmuv3-guest/bundle.tar.zst" "$guest"
sed -i 's|^\([0-9]*/name=\)domain-1$|\1nightjar|' "$guest"
expect 0 'is not masked' "$tool" bundle --from "$guest" --no-redact -o "$work/shown"
if zstd -dcq "$work/shown" | grep -q '/name=nightjar'; then pass; else fail '--no-redact masks'; fi
expect 0 '' "$tool" bundle --from "$guest" --keep-map "$work/map" -o "$work/masked"
if zstd -dcq "$work/masked" | grep -q 'nightjar'; then fail "a guest's name is in a bundle"; else pass; fi
if [ "$(stat -c %a "$work/map")" = 600 ] && grep -q 'domain-1.nightjar$' "$work/map"; then pass; else fail 'the map is wrong'; fi
expect 2 'No space left' sh -c "exec '$tool' --from '$recorded' >/dev/full"
expect 2 'No space left' sh -c "exec '$tool' bundle --from '$recorded' -o - >/dev/full"
expect 2 '' sh -c "exec '$tool' --from '$recorded' >&-"

# Exit statuses: an error there; a remedied machine; one whose worst is a notice; evidence missing.
passthrough=$here/../machines/arm64-6.1-xen4.17-smmuv3-passthrough/bundle.tar.zst
expect 1 'XDC-SWIOTLB-OVER-IOMMU' "$tool" --from "$recorded"
expect 0 'XDC-IOMMU-IN-DOM0' "$tool" --from "$passthrough"
expect 1 'XDC-IOMMU-IN-DOM0' "$tool" --fail-on=notice --from "$passthrough"
mkdir "$work/empty"
expect 3 'unknown' "$tool" --root "$work/empty"

# Columns as lsblk has them.
expect 1 '^NAME *PATH$' "$tool" --from "$recorded" -o name,path
expect 1 '^NAME .*WHY *PROBE$' "$tool" --from "$recorded" -o +PROBE
expect 1 '^0000:00:03.0 .*broken' "$tool" --from "$recorded" 0000:00:03.0
if [ "$("$tool" --from "$recorded" -o NAME /sys/devices/platform/4010000000.pcie/pci0000:00/0000:00:03.0 |
	grep -c '^0000:')" = 1 ]; then pass; else fail 'a device by its path'; fi

# Colour only where it is asked for.
if "$tool" --from "$recorded" --color=always | grep -q "$(printf '\033')"; then pass; else fail 'no colour'; fi
if NO_COLOR=1 "$tool" --from "$recorded" --color | grep -q "$(printf '\033')"; then pass; else fail '--color beats NO_COLOR'; fi

# Help fits a terminal, and names what the man page names.
for command in report explain preflight known bundle diff watch; do
	"$tool" "$command" --help >"$work/help"
	if awk 'length > 80 { exit 1 }' "$work/help"; then pass; else fail "$command --help: wider than 80"; fi
	grep -o -e '--[a-z-]*' "$work/help" | sort -u >"$work/options"
	while read -r option; do
		if grep -q -e "Fl -${option#--}\\b" -e " , -${option#--}\\b" "$man"; then pass; else fail "$option is not in the man page"; fi
	done <"$work/options"
done
sed -n '/^\.Ss The options/,/^\.Ss/s/^\.It .*Fl -\([a-z-]*\).*/\1/p; s/^\.It Fl [a-zA-Z] , -\([a-z-]*\).*/\1/p' "$man" >"$work/options"
for command in report explain preflight known bundle diff watch; do
	"$tool" "$command" --help
done >"$work/help"
while read -r option; do
	if grep -q -e "--$option" "$work/help"; then pass; else fail "--$option of the man page is none"; fi
done <"$work/options"
for word in $("$tool" --from "$recorded" --all -o PATH,VERDICT | sed '1,/^PATH/d;/^Not\|^$/,$d' | tr ' ' '\n' | sort -u); do
	if grep -q "Cm $word\$" "$man"; then pass; else fail "$word is not in the man page"; fi
done
# What bundles mask is in their man page, word by word.
masks=$here/../../man/xen-dmacheck-bundle.5
grep -o 'FILE_OF("[^"]*")\|{ { "[^"]*"' "$here/../../lib/bundle/policy.c" |
	sed 's/FILE_OF("/file:/; s/.*{ "//; s/")*$//' >"$work/policy"
[ "$(wc -l <"$work/policy")" -gt 20 ] || fail 'no policies found'
while read -r key; do
	if grep -qxF -e ".It Li $key" -e ".It Li $key*" "$masks"; then pass; else fail "$key is not in xen-dmacheck-bundle(5)"; fi
done <"$work/policy"
finish
