#!/bin/sh
# SPDX-License-Identifier: MIT
# The Lua module that was built does what it says.
src=${top_srcdir:-.}

skip() {
	echo "1..0 # SKIP $1"
	exit 0
}
test "${KPI_WRAPPED-}" != 1 || skip "the interpreter is not ours to examine"
test -f kpi.la || skip "built without Lua"
test -f .libs/kpi.so || skip "built without shared libraries"
command -v "$LUA_PROGRAM" >/dev/null || skip "no $LUA_PROGRAM to run it"

unset LUA_INIT
LUA_CPATH=$PWD/.libs/?.so
LUA_PATH=$src/bindings/lua/?.lua
KPI_INCLUDE=$src/include
KPI_LOG=$src/examples/queue_log/queue_log
KPI_HOOK=$src/examples/hangup.lua
KPI_PAGE=$src/man/kpi-lua.3
export LUA_CPATH LUA_PATH KPI_INCLUDE KPI_LOG KPI_HOOK KPI_PAGE
exec ./libtool --mode=execute -dlopen libkpi.la \
    "$LUA_PROGRAM" "$src/bindings/lua/test_kpi.lua"
