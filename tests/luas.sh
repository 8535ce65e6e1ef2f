#!/bin/sh
# SPDX-License-Identifier: MIT
# The same source makes a module for every other Lua that is installed.
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

unset LUA_INIT
LUA_CPATH=$tmp/?.so
LUA_PATH=$src/bindings/lua/?.lua
KPI_INCLUDE=$src/include
KPI_LOG=$src/examples/queue_log/queue_log
KPI_HOOK=$src/examples/hangup.lua
KPI_PAGE=$src/man/kpi-lua.3
export LUA_CPATH LUA_PATH KPI_INCLUDE KPI_LOG KPI_HOOK KPI_PAGE

# All lines of one Lua's tests, and one more: that they came to their end.
try() {
	if ${CC:-cc} ${CFLAGS-} -std=c11 -shared -fPIC -fvisibility=hidden \
	    -I"$src/include" $($pkg --cflags "$1") "$src"/bindings/lua/*.c \
	    -o "$tmp/kpi.so" -L.libs -lkpi -lm >"$tmp/said" 2>&1 &&
	    ./libtool --mode=execute -dlopen libkpi.la \
		"$1" "$src/bindings/lua/test_kpi.lua" >"$tmp/tap" 2>"$tmp/said"
	then
		sed "/^1\.\./d; s/^\(.*ok\) [0-9]* - /\1 - $1: /" "$tmp/tap"
		result=ok
	else
		result='not ok'
	fi
	sed 's/^/# /' "$tmp/said"
	echo "$result - $1: the module is made and its tests end"
}

for lua in lua5.1 lua5.2 lua5.3 lua5.4 luajit; do
	if test "$lua" != "${LUA_PROGRAM-}" && $pkg --exists "$lua" &&
	    command -v "$lua" >/dev/null; then
		try "$lua"
	fi
done >"$tmp/all"

test -s "$tmp/all" || skip "no other Lua is installed"
cat "$tmp/all"
echo "1..$(grep -c '^\(not \)\{0,1\}ok' "$tmp/all")"
