#!/bin/sh
# SPDX-License-Identifier: MIT
# Data flows one way: a folder includes only itself and those it may know,
# and no folder goes without its line here.
src=${top_srcdir:-.}/libkpi
n=0
known=
may() {
	folder=$1
	shift
	n=$((n + 1))
	known="$known $folder"
	bad=$(grep -n '^#include "' /dev/null "$src/$folder"/*.[ch] |
	    while IFS= read -r line; do
		to=${line#*\"}
		to=${to%%/*}
		case " $folder $* " in
		*" $to "*) ;;
		*) echo "$line" ;;
		esac
	    done)
	if test -z "$bad"; then
		echo "ok $n - $folder includes only what it may know: $*"
	else
		echo "$bad" | sed 's/^/# /'
		echo "not ok $n - $folder includes only what it may know: $*"
	fi
}
may base
may time base
may stats base
may store base
may ingest base time store
may query base time store
may result base time stats
may metric base time stats store query result

n=$((n + 1))
strange=$(for folder in "$src"/*/; do
	folder=${folder%/}
	folder=${folder##*/}
	case " $known " in
	*" $folder "*) ;;
	*) echo "$folder" ;;
	esac
done)
if test -z "$strange"; then
	echo "ok $n - every folder has its place in the flow"
else
	echo "$strange" | sed 's/^/# /'
	echo "not ok $n - every folder has its place in the flow"
fi
echo "1..$n"
