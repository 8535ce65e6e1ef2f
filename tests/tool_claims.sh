# SPDX-License-Identifier: MIT
# tool_claims.sh - what the tests of the tool share: how it is run and looked at.
LC_ALL=C.UTF-8
export LC_ALL
src=${top_srcdir:-.}
log=$src/examples/queue_log/queue_log
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
kpi=$PWD/tools/kpi
store=$tmp/calls.kpi

if ! test -x "$kpi"; then
	echo "1..1"
	echo "not ok 1 - tools/kpi is built"
	exit 1
fi

n=0
claim() {
	n=$((n + 1))
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $n - $what"
	else
		sed 's/^/# /' "$tmp/said"
		echo "not ok $n - $what"
	fi
}
skip() {
	n=$((n + 1))
	echo "ok $n - $1 # SKIP $2"
}

# ends RC ARGUMENT...: the tool ends with RC; $tmp/out and $tmp/err are what
# it said.
ends() {
	expected=$1
	shift
	"$kpi" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	rc=$?
	test "$rc" -eq "$expected" && return
	echo "kpi $* ended with $rc, not $expected:"
	cat "$tmp/out" "$tmp/err"
	return 1
}
has() {
	grep -q -- "$2" "$tmp/$1" && return
	echo "expected: $2"
	cat "$tmp/$1"
	return 1
}
# prints TEXT ARGUMENT...: it succeeds, and a line of its output has TEXT.
prints() {
	text=$1
	shift
	ends 0 "$@" && has out "$text" && ! test -s "$tmp/err"
}
# refuses RC TEXT ARGUMENT...: one line on stderr that has TEXT, nothing else.
refuses() {
	code=$1
	text=$2
	shift 2
	ends "$code" "$@" && has err "$text" && ! test -s "$tmp/out" &&
	    test "$(wc -l <"$tmp/err")" -eq 1
}
