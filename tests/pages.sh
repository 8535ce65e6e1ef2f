#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs in the manual pages compile without a warning, run, and print
# what the pages say they print.
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
LD_LIBRARY_PATH=$PWD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
export LD_LIBRARY_PATH
warnings='-Wall -Wextra -Wshadow -Werror'

if ! test -f .libs/libkpi.so; then
	echo "1..0 # SKIP no shared library was built"
	exit 0
fi
# The literal blocks of EXAMPLES: one that includes a header is a program, the
# one after it is its output.
split() {
	awk -v path="$tmp/$2" '
		/^\.Sh / { in_examples = $2 == "EXAMPLES" }
		/^\.Ed/ { open = 0 }
		open {
			gsub(/\\e/, "\\")
			gsub(/\\-/, "-")
			gsub(/\\&/, "")
			if ($0 ~ /^#include/ && file == "") {
				count++
				file = path "." count ".c"
			}
			if (file != "")
				print >file
		}
		in_examples && /^\.Bd -literal/ {
			open = 1
			file = file ~ /\.c$/ ? path "." count ".out" : ""
		}' "$1"
}

n=0
for page in "$src"/man/*.3; do
	name=${page##*/}
	name=${name%.3}
	split "$page" "$name"
	for program in "$tmp/$name".*.c; do
		test -f "$program" || continue
		n=$((n + 1))
		out=${program%.c}.out
		if ${CC:-cc} ${CFLAGS-} -std=c99 $warnings -I"$src/include" \
		    -o "$tmp/$name" "$program" -L.libs -lkpi \
		    >"$tmp/said" 2>&1 &&
		    "$tmp/$name" >"$tmp/printed" 2>>"$tmp/said" &&
		    { ! test -f "$out" ||
			diff -u "$out" "$tmp/printed" >>"$tmp/said"; }; then
			echo "ok $n - $name does what its page says"
		else
			sed 's/^/# /' "$tmp/said"
			echo "not ok $n - $name does what its page says"
		fi
	done
done
echo "1..$n"
