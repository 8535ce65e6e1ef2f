#!/bin/sh
# SPDX-License-Identifier: MIT
# The public headers are clean C99 and C++, each alone, hold no padding on
# any machine, and what has shipped stays where it shipped.
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
warnings='-pedantic-errors -Wall -Wextra -Wundef -Werror'

awk '/^#define KPI_[A-Z_]*_INIT/ {
	name = tolower($2)
	sub(/_init$/, "", name)
	print "static const " name " made_" name " = " $2 ";"
	print "const void *take_" name "(void) { return &made_" name "; }"
}' "$src"/include/kpi/*.h >"$tmp/made"
for header in "$src"/include/kpi/*.h; do
	echo "#include <kpi/${header##*/}>"
done >"$tmp/alone"
{
	echo '#include <kpi.h>'
	echo '#ifdef __cplusplus'
	echo 'extern "C" {'
	echo '#endif'
	sed -n 's/^const void \*\(take_[a-z_]*\).*/const void *\1(void);/p' \
	    "$tmp/made"
	cat "$tmp/made"
	echo '#ifdef __cplusplus'
	echo '}'
	echo '#endif'
} >"$tmp/all.c"
cp "$tmp/all.c" "$tmp/all.cc"

n=0
try() {
	claim=$1
	shift
	n=$((n + 1))
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $n - $claim"
	else
		sed 's/^/# /' "$tmp/said"
		echo "not ok $n - $claim"
	fi
}
skip() {
	n=$((n + 1))
	echo "ok $n # SKIP $1"
}
# $(CC) may carry options of its own.
each_alone() {
	while IFS= read -r line; do
		echo "$line" >"$tmp/one.c"
		echo 'typedef int not_empty;' >>"$tmp/one.c"
		${CC:-cc} -std=c99 $warnings -I"$src/include" -fsyntax-only \
		    "$tmp/one.c" || return 1
	done <"$tmp/alone"
}

try "they are C99" ${CC:-cc} -std=c99 $warnings -I"$src/include" \
    -fsyntax-only "$tmp/all.c"
try "each can be included alone" each_alone
if command -v c++ >/dev/null 2>&1; then
	try "they are C++" c++ -std=c++11 $warnings -I"$src/include" \
	    -fsyntax-only "$tmp/all.cc"
else
	skip "no C++ compiler"
fi
try "every field is where it shipped" ${CC:-cc} -std=c11 \
    -I"$src/include" -fsyntax-only "$src/tests/layout.c"
# The structs of Arrow's interface are not ours, and are left out.
guards='-DARROW_C_DATA_INTERFACE -DARROW_C_STREAM_INTERFACE'
for target in x86_64-linux-gnu i386-linux-gnu arm-linux-gnueabihf; do
	if test -n "$CLANG"; then
		try "no struct has padding on $target" "$CLANG" \
		    --target=$target -ffreestanding -std=c99 -Wpadded -Werror $guards \
		    -I"$src/include" -fsyntax-only "$tmp/all.c"
	else
		skip "no clang"
	fi
done
echo "1..$n"
