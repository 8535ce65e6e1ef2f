#!/bin/sh
# SPDX-License-Identifier: MIT
# Every time zone of the system is what Python takes it for.
python=${PYTHON:-python3}
if ! "$python" -c '' 2>/dev/null; then
	echo "1..0 # SKIP no Python"
	exit 0
fi
exec "$python" "${top_srcdir:-.}/tests/zones.py" ./tests/zone_offsets
