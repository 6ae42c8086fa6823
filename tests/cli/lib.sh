# shellcheck shell=sh
# SPDX-License-Identifier: LGPL-2.1-or-later
# Sourced by the tests of the command. $1 of each is the command.
# shellcheck disable=SC2034 # for the tests
tool=$1
here=$(dirname "$0")
# shellcheck disable=SC2034
recorded=$here/../machines/arm64-6.1-xen4.17-smmuv3/bundle.tar.zst
work=$(mktemp -d)
trap 'chmod -R u+rwx "$work"; rm -rf "$work"' EXIT
passed=0 failed=0

pass() {
	passed=$((passed + 1))
}
fail() {
	failed=$((failed + 1))
	echo "FAIL $*"
}

# expect STATUS WORDS COMMAND...: that exit status, and WORDS (a basic regular expression) in what it says, which may be
# nothing where WORDS is empty; within ten seconds, and with nothing in it that a terminal would act on.
expect() {
	status=$1 words=$2
	shift 2
	timeout -s KILL 10 "$@" >"$work/said" 2>&1 </dev/null
	got=$?
	if [ "$got" != "$status" ]; then
		fail "$*: exit status $got, not $status: $(head -3 "$work/said")"
	elif [ -n "$words" ] && ! grep -q -e "$words" "$work/said"; then
		fail "$*: does not say '$words': $(head -3 "$work/said")"
	elif LC_ALL=C grep -q '[[:cntrl:]]' "$work/said"; then
		fail "$*: control characters in its output"
	else
		pass
	fi
}

finish() {
	echo "$passed passed, $failed failed"
	[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
}
