#!/bin/sh
# SPDX-License-Identifier: MIT
# kpi import reads a CSV by its header and what is said of it.
. "${top_srcdir:-.}/tests/tool_claims.sh"

cat >"$tmp/calls.csv" <<'CSV'
Call,Date,Time,Speed of answer,Talk time (s),Taken,Queue,Notes
1,01/10/2026,09:30,8,190,Y,Q1,"said ""no"", twice"
2,01/10/2026,09:31,30,,N,Q1,
3,32/10/2026,09:31,30,,N,Q1,
4,01/10/2026,09:32,4,80,Y,Q2,
CSV
said() {
	"$kpi" import "$store" "$@" --zone Europe/Berlin --map Call=id \
	    --map 'Date+Time=started_at:%d/%m/%Y %H:%M' \
	    --map 'Speed of answer=wait:s' --map Taken=outcome \
	    --value Y=answered --value N=abandoned --value queue:Q1=support \
	    >"$tmp/out" 2>"$tmp/err"
}

what="a CSV is recognised, and what was read of it reported"
read_it() {
	said "$tmp/calls.csv" &&
	    has out 'rows *4$' && has out 'interactions *3$' &&
	    has out 'local times *3  without an offset, taken as of Europe' &&
	    has out 'refused *1  rows' && has out 'started_at is not a time as the pattern has it: line' &&
	    has out '"32/10/2026 09:31"' &&
	    has out 'Talk time (s)=talk' && has out 'not read *1 ' &&
	    has out 'Notes'
}
claim read_it

what="its figures are right"
figures() {
	prints '^support *2 *50.0 %' measure "$store" contacts answer_rate \
	    --by queue &&
	    prints '^2026-10-01 09:00 +02:00 *3 *14.0 s' measure "$store" \
		contacts average_wait --every hour --zone Europe/Berlin
}
claim figures

what="importing it again adds nothing, and so does standard input"
again() {
	said "$tmp/calls.csv" && has out 'interactions *0$' &&
	    has out 'updated *3 ' && said - <"$tmp/calls.csv" &&
	    has out 'interactions *0$' && has out 'updated *3 '
}
claim again

what="a strict import adds nothing if a row is wrong"
strict() {
	! said "$tmp/calls.csv" --strict --source other &&
	    has err 'line 4: "Date" is not a time as the pattern has it' &&
	    prints '^ *3$' measure "$store" contacts
}
claim strict

what="columns that may be one field are told"
printf 'id,start,created\n' >"$tmp/two.csv"
claim refuses 1 'may both be started_at' import "$store" "$tmp/two.csv"
what="a table without a start is told"
printf 'a,b\n1,2\n' >"$tmp/none.csv"
claim refuses 1 'no column is started_at' import "$store" "$tmp/none.csv"
what="that no row could be used is a failure"
unused() {
	printf 'id,started_at\n1,soon\n' >"$tmp/none.csv"
	ends 1 import "$store" "$tmp/none.csv" &&
	    has err 'none of the 1 rows' && has out 'is not a time: line 2'
}
claim unused
what="a wrong column is told, with the nearest"
claim refuses 2 '^kpi: --map: there is no column "Cal"; the nearest is "Call"' \
    import "$store" "$tmp/calls.csv" --map Cal=id
what="a wrong field is told, with the nearest"
claim refuses 2 '^kpi: --map: there is no field "wiat"; the nearest is "wait"' \
    import "$store" "$tmp/calls.csv" --map Call=wiat
what="a wrong value is told"
claim refuses 2 '^kpi: --value: "maybe" is a word of none' \
    import "$store" "$tmp/calls.csv" --map Call=id --value Y=maybe
what="a wrong fill is told"
claim refuses 2 '^kpi: --fill: csat_scale cannot be filled with "x"' \
    import "$store" "$tmp/calls.csv" --map Call=id --fill csat_scale=x
what="options of CSV are not for a queue_log"
claim refuses 2 'is a queue_log: --map' import "$store" "$log" --strict

what="visits of one call stand together"
visits() {
	printf 'id,started_at,queue\n1,2026-10-01,a\n1,2026-10-01,b\n' \
	    >"$tmp/visits.csv"
	prints 'interactions *1$' import "$tmp/visits.kpi" "$tmp/visits.csv" \
	    --visits --channel chat &&
	    prints '^ *1$' measure "$tmp/visits.kpi" contacts &&
	    prints '^ *2$' measure "$tmp/visits.kpi" visits &&
	    prints '^chat *1$' measure "$tmp/visits.kpi" contacts --by channel
}
claim visits
what="two threads import what one does"
threads() {
	"$kpi" import "$tmp/one.kpi" "$tmp/visits.csv" --csv >"$tmp/one" &&
	    "$kpi" import "$tmp/two.kpi" "$tmp/visits.csv" --csv --threads 2 \
		>"$tmp/two" &&
	    cmp "$tmp/one" "$tmp/two" && cmp "$tmp/one.kpi" "$tmp/two.kpi"
}
claim threads
what="the roster and expenses are read from tables of their own"
printf 'agent,hired_at,left_at\namira,2026-01-01,\nben,2026-01-01,2026-02-01\n' \
    >"$tmp/roster.csv"
printf 'started_at,ended_at,amount,by,of\n2026-01-01,2027-01-01,5,team,night\n' \
    >"$tmp/expenses.csv"
ledgers() {
	prints '^employments *2$' import "$tmp/small.kpi" \
	    --roster "$tmp/roster.csv" --expenses "$tmp/expenses.csv" &&
	    has out '^expenses *1$' &&
	    prints '^employments *2$' info "$tmp/small.kpi" &&
	    has out '^expenses *1$'
}
claim ledgers

what="several files of a kind are read, one after the other"
printf 'agent,hired_at\nzoe,2026-01-01\n' >"$tmp/later.csv"
both() {
	rm -f "$tmp/both.kpi"
	prints 'later.csv$' import "$tmp/both.kpi" "$tmp/visits.csv" \
	    --csv --roster "$tmp/roster.csv" --roster "$tmp/later.csv" &&
	    prints '^employments *3$' info "$tmp/both.kpi"
}
claim both

what="a row of them that is wrong is told with its line, and nothing added"
printf 'agent,hired_at\nzoe,2026-01-01\n,2026-01-01\n' >"$tmp/wrong.csv"
wrong() {
	refuses 1 'line 3: agent is required' import "$tmp/small.kpi" \
	    --roster "$tmp/wrong.csv" &&
	    prints '^employments *2$' info "$tmp/small.kpi"
}
claim wrong

echo "1..$n"
