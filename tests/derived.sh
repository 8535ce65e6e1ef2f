#!/bin/sh
# SPDX-License-Identifier: MIT
# What `make update` writes is what is checked in.
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

n=0
claim() {
	n=$((n + 1))
	if "$@" >"$tmp/out" 2>&1; then
		echo "ok $n - $what"
	else
		sed 's/^/# /' "$tmp/out"
		echo "not ok $n - $what"
	fi
}

what="the derived files can be written"
claim sh "$src/build-aux/update.sh" "$src" "$tmp/new"
made='include/kpi/metric.h libkpi/metric/declarations.h
    libkpi/metric/functions.c libkpi/metric/readers.c libkpi/libkpi.map
    bindings/python/kpi/_metric.pyi'
for file in $made libkpi/metric/metric.am; do
	what="$file is not stale"
	claim diff -u "$src/$file" "$tmp/new/$file"
done

# A metric more in the table must be seen in each of them.
mkdir -p "$tmp/old/include/kpi" "$tmp/old/libkpi/metric" \
    "$tmp/old/libkpi/store"
cp "$src"/include/kpi/*.h "$tmp/old/include/kpi"
cp "$src/libkpi/metric/parameter.c" "$src/libkpi/metric/quantile_table.c" \
    "$src/libkpi/metric/table_work.c" "$tmp/old/libkpi/metric"
cp "$src/libkpi/store/field.c" "$tmp/old/libkpi/store"
awk '
	{ print }
	/^const kpi__metric kpi__metrics/ {
		print "\t{"
		print "\t\t.number = 9999,"
		print "\t\t.name = \"of_a_test\","
		print "\t\t.declare = kpi__declare_of_a_test,"
		print "\t\t.reads = READS(KPI__ANCHOR),"
		print "\t},"
	}' "$src/libkpi/metric/table.c" >"$tmp/old/libkpi/metric/table.c"
sh "$src/build-aux/update.sh" "$tmp/old" "$tmp/old"
for file in $made; do
	what="a new metric reaches $file"
	claim grep of_a_test "$tmp/old/$file"
done
echo "1..$n"
