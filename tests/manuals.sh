#!/bin/sh
# SPDX-License-Identifier: MIT
# Every function has a manual under its own name, the manuals' links are
# what the pages name, and every page passes mandoc's lint.
LC_ALL=C
export LC_ALL
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

sed -n 's/^	\(kpi_[a-z0-9_]*\);$/\1/p' "$src/libkpi/libkpi.map" |
    sort >"$tmp/functions"
# "name page" for every name in a page's NAME, and for what is installed.
for page in "$src"/man/*.3; do
	file=${page##*/}
	sed -n 's/^\.Nm \([a-z0-9_-]*\).*/\1/p' "$page" | sort -u |
	    sed "s/\$/ ${file%.3}/"
done | sort >"$tmp/named"
{
	for page in "$src"/man/*.3; do
		file=${page##*/}
		echo "${file%.3} ${file%.3}"
	done
	sed -n 's/^	\([a-z0-9_]*\):\(kpi_[a-z0-9_]*\)\( \\\)\{0,1\}$/\2 \1/p' \
	    "$src/man/man.am"
} | sort >"$tmp/installed"

n=0
none() {
	n=$((n + 1))
	if test -s "$tmp/$1"; then
		sed 's/^/# /' "$tmp/$1"
		echo "not ok $n - $2"
	else
		echo "ok $n - $2"
	fi
}
echo 1..8
cut -d ' ' -f 1 "$tmp/named" | sort -u >"$tmp/documented"
comm -23 "$tmp/functions" "$tmp/documented" >"$tmp/missing"
none missing "every function is documented"
diff "$tmp/named" "$tmp/installed" >"$tmp/links"
none links "a page is installed under every name that it documents"
for page in "$src"/man/*.[1-9]; do
	grep -qF "man/${page##*/}" "$src/man/man.am" || echo "$page"
done >"$tmp/unlisted"
none unlisted "every page is installed"
sed -n 's/.*\.Xr \([a-z0-9_-]*\) \([1357]\).*/\1 \2/p' "$src"/man/*.[1-9] |
    sort -u | while read -r name section; do
	case $name in
	kpi*|libkpi*)
		test -f "$src/man/$name.$section" ||
		    grep -q "^$name " "$tmp/installed" ||
		    echo "$name($section)" ;;
	esac
done >"$tmp/lost"
none lost "every page that is referred to is there"
if test -x tools/kpi; then
	for table in metrics parameters presets; do
		./tools/kpi catalogue $table | sed -n 's/^\([a-z][^ ]*\).*/\1/p'
	done | sort -u | while read -r name; do
		cat "$src/man/kpi-metrics.7" "$src"/man/kpi_*.3 |
		    grep -qE "^\.(It Ar|It Cm|Nm|Nm kpi)[ _]$name( ,)?\$" ||
		    echo "$name"
	done >"$tmp/untold"
	none untold "kpi-metrics(7) names all that the catalogue has"
else
	n=$((n + 1))
	echo "ok $n # SKIP the tool was not built"
fi
sed -n 's/^	{ "\([a-z]*\)", KPI_FIELD_.*/\1/p' \
    "$src/libkpi/ingest/csv_name.c" | while read -r name; do
	grep -qE "^$name( \(seconds\))?,?$" "$src/man/kpi-csv.5" ||
	    echo "$name"
done >"$tmp/unusual"
none unusual "kpi-csv(5) names all usual names of columns"
# A quantile by the time that it is of: an example may make its name.
sed -n 's/^KPI_API kpi_status \(kpi_[a-z0-9_]*\)(.*/\1/p' \
    "$src/include/kpi/metric.h" | while read -r function; do
	page=$(sed -n "s/^$function //p" "$tmp/installed")
	name=${function#kpi_}
	name=$(echo "$name" | sed 's/_p[0-9][0-9]$/_/; s/_quantile$/_/')
	sed -n '/^\.Sh EXAMPLES/,/^\.Sh SEE/p' "$src/man/$page.3" |
	    grep -qE "(^|[^a-z])(kpi_)?$name([^a-z]|\$)" || echo "$function"
done >"$tmp/unexampled"
none unexampled "every metric is in an example of its page"
if test -z "$MANDOC"; then
	echo "ok 8 # SKIP no mandoc"
else
	"$MANDOC" -T lint -W warning "$src"/man/*.[1-9] >"$tmp/lint" 2>&1
	none lint "the pages pass mandoc's lint"
fi
