#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the build and its tests need, builds in build/test, runs all
# tests, and ends with a line "N passed, N failed".
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tools/debian.sh"

finish() {
	echo "$1 passed, $2 failed"
	test "$2" -eq 0
	exit
}

packages $build_packages $test_packages || finish 0 1
cd "$top"
echo "building in build/test" >&2
quietly build/autoreconf.log autoreconf -fi || finish 0 1
configured test || finish 0 1
cd build/test
quietly make.log make -j"$jobs" || finish 0 1
echo "testing" >&2
# The tests may fail, which is counted; what does not build is one failure.
make -k -j"$jobs" check >check.log 2>&1 </dev/null || true
grep -E '^(FAIL|ERROR|XPASS|SKIP): ' check.log || true
counted=$(sh "$top/tools/count.sh" check.log) || {
	tail -n 60 check.log >&2
	finish 0 1
}
finish $counted
