#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# completion.bash TOOL SCRIPT: what bash offers, as somebody types.
set -u
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$(realpath "$1")" "$work/xen-dmacheck"
PATH=$work:$PATH
# shellcheck disable=SC1091  # bash-completion's own
. /usr/share/bash-completion/bash_completion
# shellcheck source=packaging/bash-completion/xen-dmacheck
. "$(realpath "$2")"
# Outside of completion it refuses.
compopt() { :; }
mkdir "$work/here"
cd "$work/here" || exit 2
touch guest.cfg xl.log
failed=0

# offers LINE: what is offered at its end, sorted, in one line.
offers() {
	COMP_LINE=$1 COMP_POINT=${#1} COMP_TYPE=9 COMP_KEY=9 COMPREPLY=()
	# As readline does, words end at COMP_WORDBREAKS, too.
	mapfile -t COMP_WORDS < <(sed 's/[=:]/ & /g; s/  */ /g' <<<"$1" | tr ' ' '\n')
	COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
	_xen_dmacheck xen-dmacheck "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
	printf '%s\n' "${COMPREPLY[@]}" | sort | xargs
}

# expect LINE WORDS: all that is offered.
expect() {
	local got
	got=$(offers "$1")
	[ "$got" = "$2" ] || { echo "FAIL '$1': expected '$2', got '$got'"; failed=1; }
}
# expect_among LINE WORD
expect_among() {
	local got
	got=$(offers "$1")
	[[ " $got " == *" $2 "* ]] || { echo "FAIL '$1': expected '$2' among '$got'"; failed=1; }
}

# The program's own commands and options, each of them.
mapfile -t commands < <(xen-dmacheck --help | awk '/^Commands:/ { on = 1; next } /^$/ { on = 0 } on { print $1 }')
[ ${#commands[@]} -ge 7 ] || { echo "FAIL only ${#commands[@]} commands in --help"; failed=1; }
for command in "${commands[@]}"; do
	expect_among "xen-dmacheck " "$command"
	for option in $(xen-dmacheck "$command" --help | grep -o -- '--[a-z][a-z-]*' | sort -u); do
		expect_among "xen-dmacheck $command --" "$option"
	done
done
expect "xen-dmacheck pre" preflight
expect "xen-dmacheck bundle --k" --keep-map
expect "xen-dmacheck --keep" ""
expect "xen-dmacheck --observe " "always auto never"
expect "xen-dmacheck --observe=al" always
expect "xen-dmacheck --format j" "json jsonl"
expect "xen-dmacheck diff --format j" json
expect "xen-dmacheck -o +DES" +DESCRIPTION
expect "xen-dmacheck -o NAME,DRI" NAME,DRIVER
expect "xen-dmacheck known XDC-TOOLS-M" XDC-TOOLS-MISMATCH
expect "xen-dmacheck preflight g" guest.cfg
expect "xen-dmacheck explain x" xl.log
expect "xen-dmacheck --timeout " ""
exit $failed
