#!/bin/sh
# SPDX-License-Identifier: MIT
# count.sh LOG: prints "PASSED FAILED", summed over the test summaries in a
# log of `make check`; fails if there is none.
sed 's/\x1b\[[0-9;]*m//g' "$1" | awk '
	/^# PASS: / { passed += $3; found = 1 }
	/^# (FAIL|XPASS|ERROR): / { failed += $3 }
	END { print passed + 0, failed + 0; exit !found }'
