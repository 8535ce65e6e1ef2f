#!/bin/sh
# SPDX-License-Identifier: MIT
# No source file is over 500 lines, and every one states its licence.
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

for part in include libkpi tools tests bindings examples bench; do
	find "$src/$part" -type f \( -name '*.[ch]' -o -name '*.py' \
	    -o -name '*.pyi' -o -name '*.lua' -o -name '*.sh' \)
done >"$tmp/files"
find "$src/build-aux" -name update.sh -o -name version.sh >>"$tmp/files"

while IFS= read -r file; do
	lines=$(wc -l <"$file")
	test "$lines" -le 500 || echo "$file: $lines lines" >>"$tmp/long"
	head -n 3 "$file" | grep -q 'SPDX-License-Identifier: MIT' ||
	    echo "$file" >>"$tmp/bare"
done <"$tmp/files"

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
echo 1..3
if test "$(wc -l <"$tmp/files")" -gt 50; then
	n=1
	echo "ok 1 - the source files are found"
else
	n=1
	echo "not ok 1 - the source files are found"
fi
none long "no source file is over 500 lines"
none bare "every source file states its licence"
