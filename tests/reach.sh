#!/bin/sh
# SPDX-License-Identifier: MIT
# Every public function is called from Python and from Lua; a metric's own
# function stands for kpi_measure() with the metric's name.
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

sed -n 's/^.*\(kpi_[a-z0-9_]*\)(kpi_result \*\*out,$/\1/p' \
    "$src/include/kpi/metric.h" | sort >"$tmp/metrics"
sed -n 's/^	\(kpi_[a-z0-9_]*\);$/\1/p' "$src/libkpi/libkpi.map" |
    sort | comm -23 - "$tmp/metrics" >"$tmp/functions"

# The words of a binding's code, without its comments.
words() {
	sed 's|/\*.*\*/||; /\/\*/,/\*\//d' "$src/bindings/$1"/*.c |
	    grep -o 'kpi_[a-z0-9_]*' | sort -u
}

n=0
reached() {
	n=$((n + 1))
	words "$1" | comm -23 "$tmp/functions" - >"$tmp/missed"
	if test -s "$tmp/functions" && ! test -s "$tmp/missed"; then
		echo "ok $n - every public function is called from $1"
	else
		sed 's/^/# /' "$tmp/missed"
		echo "not ok $n - every public function is called from $1"
	fi
}

reached python
reached lua
n=$((n + 1))
if test "$(wc -l <"$tmp/metrics")" -ge 15 &&
    words python | grep -x kpi_measure >"$tmp/said" &&
    words lua | grep -x kpi_measure >"$tmp/said"; then
	echo "ok $n - and kpi_measure stands for the metrics' own"
else
	echo "not ok $n - and kpi_measure stands for the metrics' own"
fi
echo "1..$n"
