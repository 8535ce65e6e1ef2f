#!/bin/sh
# SPDX-License-Identifier: MIT
# The programs in examples/ do what they say, and README shows them as they are.
src=$(cd "${top_srcdir:-.}" && pwd)
tmp=$(mktemp -d) || exit 99
trap 'rm -rf "$tmp"' EXIT
top=$PWD
log=$src/examples/queue_log/queue_log
LD_LIBRARY_PATH=$PWD/.libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
PYTHONDONTWRITEBYTECODE=1
export LD_LIBRARY_PATH PYTHONDONTWRITEBYTECODE

n=0
claim() {
	n=$((n + 1))
	if "$@" >"$tmp/said" 2>&1; then
		echo "ok $n - $what"
	else
		sed 's/^/# /' "$tmp/said"
		echo "not ok $n - $what"
	fi
}
skip() {
	n=$((n + 1))
	echo "ok $n - $what # SKIP $1"
}
is() {
	test "$1" = "$2" && return
	printf 'expected:\n%s\ngot:\n%s\n' "$2" "$1"
	return 1
}

# All but the line of the licence and that of the interpreter, as README has
# it: behind four blanks, without tabs.
quoted() {
	sed '/SPDX-License-Identifier/d; /^#!/d' "$src/examples/$1" |
	    expand | sed 's/^./    &/'
}
shown() {
	case $(cat "$src/README") in
	*"$(quoted "$1")"*) ;;
	*)
		quoted "$1"
		return 1
		;;
	esac
}
for example in helpdesk.c day.py hangup.lua; do
	what="README shows $example as it is"
	claim shown $example
done

what="a helpdesk adds tickets and asks for their CSAT"
helpdesk() {
	${CC:-cc} ${CFLAGS-} -std=c99 -Wall -Wextra -Werror \
	    -I"$src/include" -o "$tmp/helpdesk" "$src/examples/helpdesk.c" \
	    -L"$top/.libs" -lkpi || return 1
	add() {
		(cd "$tmp" && ./helpdesk "$1" 2>&1)
	}
	is "$(add 1)" "CSAT 100.0 % of 1 answers" &&
	    is "$(add 2)" "CSAT 100.0 % of 2 answers" &&
	    is "$(add 2)" \
		'the store has an interaction with the id "2" already' &&
	    ! add 2
}
if test -f .libs/libkpi.so; then
	claim helpdesk
else
	skip "no shared library was built"
fi

module=$PWD/bindings/python/.libs/_kpi.abi3.so
what="a day's log is a table in Python"
day() {
	mkdir "$tmp/kpi" && cp "$src"/bindings/python/kpi/*.py "$tmp/kpi" &&
	    ln -s "$module" "$tmp/kpi/_kpi.abi3.so" || return 1
	PYTHONPATH=$tmp "${PYTHON:-python3}" "$src/examples/day.py" "$log" \
	    2026-10-05 >"$tmp/day" || return 1
	cat "$tmp/day"
	"$top/tools/kpi" import "$tmp/day.kpi" "$log" >/dev/null &&
	    "$top/tools/kpi" measure "$tmp/day.kpi" visits service_level \
		--by queue --zone Europe/Berlin \
		--from 2026-10-05 --until 2026-10-06 >"$tmp/same" &&
	    is "$(cat "$tmp/day")" "$(cat "$tmp/same")" &&
	    grep -q '^support  *[1-9]' "$tmp/day"
}
if test -n "$KPI_WRAPPED" || ! test -f "$module"; then
	skip "Python's module is not built, or runs under a checker of memory"
else
	claim day
fi

what="incidents of an event log come to what Python finds"
incidents() {
	cat >"$tmp/events.csv" <<-'EOF'
	case,event_index,timestamp,activity,lifecycle,org_group
	1,0,2010-03-31T16:00:00+02:00,Accepted,In Progress,V30
	1,1,2010-03-31T17:00:00+02:00,Completed,In Call,V30
	2,1,2010-04-02T16:00:00+02:00,Completed,Resolved,V5 3rd
	2,0,2010-04-01T16:00:00+02:00,Accepted,In Progress,V30
	2,2,2010-04-03T16:00:00+02:00,Accepted,In Progress,V5 3rd
	2,3,2010-04-03T17:00:00+02:00,Completed,Closed,V5 3rd
	EOF
	cat >"$tmp/cases.csv" <<-'EOF'
	incident_id,open_time,reopen_time,close_time,x_reassignments,handle_time_hours
	a,2013-02-13 12:00:00,,2013-02-13 13:00:00,0,0.5
	b,2013-02-13 12:00:00,2013-02-14 12:00:00,2013-02-15 13:00:00,,3.25
	c,2013-02-13 12:00:00,,2013-02-13 14:00:00,4,1
	EOF
	PYTHONPATH=$tmp "${PYTHON:-python3}" \
	    "$src/examples/published_incidents.py" "$tmp/events.csv" \
	    "$tmp/cases.csv" >"$tmp/incidents" || return 1
	cat "$tmp/incidents"
	is "$(grep -c ' same$' "$tmp/incidents")" 12 &&
	    grep -q '^first line only  *0\.5 ' "$tmp/incidents" &&
	    grep -q '^neither reassigned .* 0\.333333333333333 ' "$tmp/incidents"
}
if test -n "$KPI_WRAPPED" || ! test -f "$module"; then
	skip "Python's module is not built, or runs under a checker of memory"
else
	claim incidents
fi
echo "1..$n"
