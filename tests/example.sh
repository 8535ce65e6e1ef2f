#!/bin/sh
# SPDX-License-Identifier: MIT
# The example log is what its script writes, its true figures are what the
# independent script finds, and the tool finds the same.
src=${top_srcdir:-.}
example=$src/examples/queue_log
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null
then
	echo "1..0 # SKIP no python3 of 3.9 or later"
	exit 0
fi

n=0
same() {
	n=$((n + 1))
	if cmp "$1" "$2" >"$tmp/cmp" 2>&1; then
		echo "ok $n - $3"
	else
		sed 's/^/# /' "$tmp/cmp"
		echo "not ok $n - $3"
	fi
}

python3 "$example/generate.py" "$tmp/queue_log"
same "$example/queue_log" "$tmp/queue_log" \
    "the script writes the checked-in log byte for byte"
python3 "$example/truth.py" --expected "$tmp/expected.tsv" "$example/queue_log"
same "$example/expected.tsv" "$tmp/expected.tsv" \
    "the checked-in figures are those of the independent script"

if test -x tools/kpi; then
	python3 "$src/tests/example_compare.py" tools/kpi \
	    "$example/expected.tsv" "$example/queue_log" $((n + 1))
elif test -f "$src/tools/kpi.c"; then
	n=$((n + 1))
	echo "not ok $n - tools/kpi is built"
	echo "1..$n"
else
	n=$((n + 1))
	echo "ok $n # SKIP the tool is not in the tree"
	echo "1..$n"
fi
