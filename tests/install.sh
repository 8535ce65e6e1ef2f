#!/bin/sh
# SPDX-License-Identifier: MIT
# A program finds the installed library by pkg-config alone, shared and
# static, and what was installed is taken away again.
src=${top_srcdir:-.}
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
unset MAKEFLAGS MFLAGS MAKELEVEL DESTDIR
pkg=${PKG_CONFIG:-pkg-config}
cc="${CC:-cc} ${CFLAGS-}"

echo 1..7
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

try "make install" "${MAKE:-make}" install DESTDIR="$tmp/root"
libdir=$(dirname "$(find "$tmp/root" -name 'libkpi.la')")
include=$(dirname "$(find "$tmp/root" -name kpi.h)")
PKG_CONFIG_PATH=$libdir/pkgconfig
export PKG_CONFIG_PATH

# What stands in the root that it was installed to, as if that were /.
flags() {
	$pkg --define-variable=libdir="$libdir" \
	    --define-variable=includedir="$include" "$@" libkpi
}
shared() {
	$cc -o "$tmp/shared" "$src/tests/installed.c" \
	    $(flags --cflags --libs) &&
	    LD_LIBRARY_PATH=$libdir "$tmp/shared"
}
archive() {
	mkdir "$tmp/archive" &&
	    cp "$libdir/libkpi.a" "$tmp/archive" &&
	    $cc -o "$tmp/static" "$src/tests/installed.c" -L"$tmp/archive" \
		$(flags --static --cflags --libs | sed "s|-L$libdir||") &&
	    "$tmp/static"
}
private() {
	for library in $(flags --libs); do
		case $library in
		-L*|-lkpi) ;;
		*) echo "$library is nothing to a shared library's user"
		   return 1 ;;
		esac
	done
}
# The interpreter that make was configured with, of the default path or not.
imported() {
	module=$(find "$tmp/root" -name _kpi.abi3.so)
	LD_LIBRARY_PATH=$libdir PYTHONPATH=$(dirname "${module%/*}") \
	    PYTHONDONTWRITEBYTECODE=1 "$PYTHON" -c '
import kpi, os, sys
assert os.path.dirname(kpi.__file__) == sys.argv[1], kpi.__file__
kpi.open().close()' "${module%/*}"
}
uninstalled() {
	"${MAKE:-make}" uninstall DESTDIR="$tmp/root" &&
	    ! find "$tmp/root" ! -type d | grep .
}

if test -f .libs/libkpi.so; then
	try "a program is linked to the shared library and runs" shared
	try "and is told to link nothing else" private
else
	echo "ok 2 # SKIP no shared library was built"
	echo "ok 3 # SKIP no shared library was built"
	n=3
fi
if test -f .libs/libkpi.a; then
	try "a program is linked to the archive and runs" archive
else
	n=$((n + 1))
	echo "ok $n # SKIP no archive was built"
fi
try "pkg-config tells the version" \
    $pkg --exact-version="$(cd "$src" && sh build-aux/version.sh)" libkpi
if test -n "${KPI_WRAPPED-}" ||
    test -z "$(find "$tmp/root" -name _kpi.abi3.so)" ||
    ! "${PYTHON:-python3}" -c '' 2>/dev/null; then
	n=$((n + 1))
	echo "ok $n # SKIP no module for an interpreter of ours"
else
	try "Python imports the module" imported
fi
try "make uninstall leaves nothing" uninstalled
