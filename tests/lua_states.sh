#!/bin/sh
# SPDX-License-Identifier: MIT
# The module holds when memory fails, after a fork and in several threads, in
# every Lua that can be linked.
src=${top_srcdir:-.}
pkg=${PKG_CONFIG:-pkg-config}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
test "${KPI_WRAPPED-}" != 1 || skip "the interpreter is not ours to examine"
test -f kpi.la || skip "built without Lua"
test -f .libs/libkpi.so || skip "built without shared libraries"

wrap=-pthread
for name in malloc calloc realloc free kpi_store_open kpi_query_new \
    kpi_definition_new kpi_definition_parse kpi_result_load; do
	wrap="$wrap -Wl,--wrap=$name"
done
echo 'int main(void) { return 0; }' >"$tmp/none.c"
${CC:-cc} "$tmp/none.c" -o "$tmp/none" -Wl,--wrap=malloc 2>"$tmp/said" ||
    skip "the linker has no --wrap"

unset LUA_INIT
LUA_PATH=$src/bindings/lua/?.lua
export LUA_PATH

# All lines of one Lua's tests, and one more: that they came to their end.
try() {
	if ${CC:-cc} ${CFLAGS-} -std=c11 -D_POSIX_C_SOURCE=200809L \
	    -I"$src/include" $($pkg --cflags "$1") \
	    "$src"/bindings/lua/*.c "$src/tests/lua_memory.c" \
	    "$src/tests/lua_states.c" -o "$tmp/states" -L.libs -lkpi \
	    $($pkg --libs "$1") -lm $wrap >"$tmp/said" 2>&1 &&
	    ./libtool --mode=execute -dlopen libkpi.la "$tmp/states" \
		"$src/bindings/lua/test_states.lua" >"$tmp/tap" 2>"$tmp/said"
	then
		sed "/^1\.\./d; s/^\(.*ok\) [0-9]* - /\1 - $1: /" "$tmp/tap"
		result=ok
	else
		result='not ok'
	fi
	sed 's/^/# /' "$tmp/said"
	echo "$result - $1: the interpreter is made and its tests end"
}

for lua in lua5.1 lua5.2 lua5.3 lua5.4 luajit; do
	$pkg --exists "$lua" && try "$lua"
done >"$tmp/all"

test -s "$tmp/all" || skip "no Lua to link is installed"
cat "$tmp/all"
echo "1..$(grep -c '^\(not \)\{0,1\}ok' "$tmp/all")"
