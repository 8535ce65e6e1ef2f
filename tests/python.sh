#!/bin/sh
# SPDX-License-Identifier: MIT
# The Python module as a script sees it, from the build tree.
python=${PYTHON:-python3}
source=${top_srcdir:-.}/bindings/python
module=bindings/python/.libs/_kpi.abi3.so

if test -n "$KPI_WRAPPED"; then
	echo "1..0 # SKIP Python does not run under a checker of memory"
	exit 0
fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
    2>/dev/null; then
	echo "1..0 # SKIP no Python of 3.11 or later"
	exit 0
fi
package=$(mktemp -d) || exit 99
trap 'rm -rf "$package"' EXIT
mkdir "$package/kpi"
cp "$source"/kpi/*.py "$source"/kpi/*.pyi "$package/kpi" || exit 99
cp "$source"/*.py "$package" || exit 99
ln -s "$PWD/$module" "$package/kpi/_kpi.abi3.so"
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE
"$python" -X dev "$package/tap.py"
