#!/bin/sh
# SPDX-License-Identifier: MIT
# The headers, the export map and the library name the same functions.
LC_ALL=C
export LC_ALL
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

cat "$src"/include/kpi/*.h | awk '
	/^KPI_API / { text = ""; open = 1 }
	open { text = text $0 }
	open && match(text, /kpi_[a-z0-9_]+\(/) {
		print substr(text, RSTART, RLENGTH - 1)
		open = 0
	}' | sort >"$tmp/headers"
sed -n 's/^	\(kpi_[a-z0-9_]*\);$/\1/p' "$src/libkpi/libkpi.map" |
    sort >"$tmp/map"
${NM:-nm} -D --defined-only .libs/libkpi.so 2>/dev/null |
    sed -n 's/^[0-9a-f]* [A-Z] \([^@]*\).*/\1/p' | grep -v '^KPI_[0-9.]*$' |
    sort >"$tmp/library"

n=0
same() {
	n=$((n + 1))
	if diff -u "$tmp/$1" "$tmp/$2" >"$tmp/diff"; then
		echo "ok $n - $1 and $2 name the same functions"
	else
		sed 's/^/# /' "$tmp/diff"
		echo "not ok $n - $1 and $2 name the same functions"
	fi
}
echo 1..3
if test "$(wc -l <"$tmp/headers")" -gt 0; then
	echo "ok 1 - the headers declare functions"
else
	echo "not ok 1 - the headers declare functions"
fi
n=1
same headers map
if test -f .libs/libkpi.so; then
	same map library
else
	echo "ok 3 # SKIP no shared library was built"
fi
