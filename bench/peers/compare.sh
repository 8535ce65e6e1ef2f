#!/bin/sh
# SPDX-License-Identifier: MIT
# compare.sh ROWS [OPTION of compare.py...]: libkpi beside its peers, from the
# build tree. They are installed into a virtual environment of their own,
# bench/venv in the build; without the network, libkpi and SQLite alone.
here=${top_srcdir:-.}/bench/peers
python=${PYTHON:-python3}
rows=${1:-1000000}
seed=20230101
csv=bench/rows-$rows.csv
module=bindings/python/.libs/_kpi.abi3.so
test $# -gt 0 && shift

if ! test -f "$module"; then
	echo "compare.sh: libkpi is asked through its Python module, and this" \
	    "build has none (configure --with-python)" >&2
	exit 1
fi
if ! test -x bench/venv/bin/python; then
	"$python" -m venv bench/venv || exit
fi
if ! cmp -s "$here/requirements.txt" bench/venv/installed; then
	lacking=
	while read -r peer; do
		bench/venv/bin/pip install -q "$peer" ||
		    lacking="$lacking ${peer%%=*}"
	done <"$here/requirements.txt"
	if test -z "$lacking"; then
		cp "$here/requirements.txt" bench/venv/installed
	else
		echo "these cannot be installed:$lacking; without them" >&2
	fi
fi
if ! test -f "$csv"; then
	bench/write "$rows" "$seed" "$csv" || exit
fi
rm -rf bench/venv/package
mkdir -p bench/venv/package/kpi || exit
cp "${top_srcdir:-.}"/bindings/python/kpi/*.py bench/venv/package/kpi ||
    exit
ln -s "$PWD/$module" bench/venv/package/kpi/_kpi.abi3.so
PYTHONPATH=$PWD/bench/venv/package
export PYTHONPATH
exec bench/venv/bin/python "$here/compare.py" "$csv" \
    --report bench/bench.json "$@"
