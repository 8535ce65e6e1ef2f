#!/bin/sh
# SPDX-License-Identifier: MIT
# How many agents a load needs, from the command line.
. "${top_srcdir:-.}/tests/tool_claims.sh"

staff() {
	expected=$1
	shift
	ends "$expected" staff --contacts 100 --per 30min --handle-time 180s "$@"
}

what="the fewest agents that reach the target are told, and the positions"
fewest() {
	staff 0 --shrinkage 30% --max-occupancy 85% &&
	    has out '^agents  *14$' && has out '^positions  *20$' &&
	    has out '^load  *10.00 erlangs$' &&
	    has out '^service level  *88.8 % within 20.0 s$' &&
	    has out '^have to wait  *17.4 %$' &&
	    has out '^speed of answer  *7.8 s$' &&
	    has out '^occupancy  *71.4 %$' && ! grep abandonment "$tmp/out"
}
claim fewest
what="each target is asked by its name"
targets() {
	for pair in 90%/20s:15 service_level=0.9:15 80%/500ms:14 \
	    wait_probability=17.5%:14 speed_of_answer=8s:14 occupancy=80%:13
	do
		staff 0 --target "${pair%:*}" &&
		    has out "^agents  *${pair#*:}\$" || return
	done
	staff 0 --target abandonment=1.4% --patience 5min &&
	    has out '^agents  *14$' && has out '^abandonment  *1.4 %$'
}
claim targets
what="agents are given, in every format"
given() {
	staff 0 --agents 14 --format csv &&
	    has out '^agents,positions,load,service_level,wait_prob' &&
	    has out '^14,14,10,0.88835001917946[0-9]*,0.1741319335950[0-9]*,' &&
	    staff 0 --agents 14 --format json &&
	    has out '^{"agents":14,"positions":14,"load":10,"service_level"' &&
	    has out '"abandonment":0,"occupancy":0.71428571428571[0-9]*}$'
}
claim given
what="without contacts nobody is needed, and there is no figure"
none() {
	prints '^agents  *0$' staff --contacts 0 --per 1h --handle-time 3min &&
	    has out '^service level  *no data$' &&
	    prints '^0,0,0,,,,,,$' staff --contacts 0 --per 1h \
		--handle-time 3min --format csv &&
	    prints '"service_level":null' staff --contacts 0 --per 1h \
		--handle-time 3min --format json
}
claim none

wrong() {
	text=$1
	shift
	what="kpi staff $* is refused"
	claim refuses 2 "$text" staff --contacts 100 --per 30min \
	    --handle-time 180s "$@"
}
wrong 'expected is 11 at least, or a patience' --agents 10
wrong '--agents is a whole number above 0, not "x"' --agents x
wrong '--agents is a whole number above 0, not "0"' --agents 0
wrong '--contacts is measured from the STORE, and not given' calls.kpi
wrong 'target_value is 80: expected is more than 0' --target 80
wrong '--target is more than 0, not "0%"' --target 0%
wrong '--target is a whole number with its unit' --target 80%/20
wrong 'the nearest is "occupancy"' --target ocupancy=3%
wrong 'expected is service_level, wait_prob' --target xyz=3%
wrong 'nobody abandons without a patience' --target abandonment=3%
wrong 'staff takes one --target' --target 80% --target 90%
wrong '--patience is more than 0' --patience 0s
wrong 'shrinkage is 1: expected is 0 to 0.999' --shrinkage 100%
wrong '--shrinkage is a share, such as 85%, not "."' --shrinkage .
wrong 'max_occupancy is 85: expected is 0 to 1' --max-occupancy 85
wrong 'the nearest is --agents' --agentz 3
wrong '--per is given twice' --per 1h
what="what it needs is told"
claim refuses 2 'contacts, --per and --handle-time: --per is not given' \
    staff --contacts 100
what="a number is no word"
claim refuses 2 '--contacts is a number' staff --contacts 1e5 --per 1h
what="more agents than there may be are not found"
claim refuses 1 'more than 10000000 agents would be needed' staff \
    --contacts 1000 --per 30min --handle-time 180s --max-occupancy 0.0001%


# The plans of five weeks of the example log.
ends 0 import "$store" "$log" || exit 99
plan() {
	ends 0 staff "$store" --zone Europe/Berlin "$@"
}

what="a store is planned by weekday and half hour"
week() {
	plan && has out '^2026-10-05T.* to 2026-11-09T.*, 5 whole weeks$' &&
	    has out '^80.0 % within 20.0 s; nobody leaves (Erlang C)$' &&
	    has out '^handle time 6:19 to 9:44 (35 intervals have their own)$' &&
	    has out '^  *Mon  *Tue  *Wed  *Thu  *Fri  *Sat  *Sun$' &&
	    has out '^09:00  *7  *5  *8  *6  *6  *2  *\.$' &&
	    has out '^655.933 contacts, 235 hours of agents a week$' &&
	    ! awk 'length > 80' "$tmp/out" | grep -m 3 .
}
claim week
what="each line of csv is what the same load without a store needs"
lines() {
	plan --by queue --shrinkage 30% --max-occupancy 85% --format csv &&
	    tr -d '\r' <"$tmp/out" >"$tmp/plan" &&
	    test "$(wc -l <"$tmp/plan")" -eq 1345 &&
	    awk -F , '$1 == "support" && $6 > 0 && NR % 5 == 0 {
		print $6, int($7 + 0.5), $11, $12
	    }' "$tmp/plan" >"$tmp/loads" && test -s "$tmp/loads" &&
	    while read -r contacts handle_time agents positions; do
		ends 0 staff --contacts "$contacts" --per 30min \
		    --handle-time "${handle_time}ms" --shrinkage 30% \
		    --max-occupancy 85% --format csv &&
		    has out "^$agents,$positions," || return
	    done <"$tmp/loads"
}
claim lines
what="its arrivals are the visits that measure counts"
arrivals() {
	visits=$("$kpi" measure "$store" 'visits anchor=queued' \
	    --from 2026-10-05 --until 2026-11-09 --zone Europe/Berlin \
	    --format csv | tail -n 1 | cut -d , -f 4)
	plan --format csv && test "$visits" -gt 3000 &&
	    test "$visits" -eq "$(awk -F , 'NR > 1 { n += $3 }
		END { print n }' "$tmp/out")"
}
claim arrivals
what="a day is planned interval by interval, with a patience that is measured"
day() {
	plan --day 2026-10-12 --patience measured --shrinkage 30% &&
	    has out '^2026-10-12T00:00:00+02:00 to 2026-10-13T00:00:00+02:00$' &&
	    has out 'who waits may leave (Erlang A)$' &&
	    has out '^handle time 6:55, patience 30:54$' &&
	    has out '^09:30  *28  *6:55  *6.45  *10  *15  *88.6 %  *64 %$' &&
	    has out '^151 contacts, 41.5 hours of agents, 63.5 paid in the day$'
}
claim day
what="the day on which clocks are put back has an hour twice, and its mean"
autumn() {
	plan --day 2026-10-25 --every hour --format csv &&
	    test "$(wc -l <"$tmp/out")" -eq 25 &&
	    has out '^,02:00,[0-9]*,2,'
}
claim autumn
what="so many agents are judged, or the interval named where they are too few"
judged() {
	plan --agents 12 && has out '^12 agents in every interval; ' &&
	    has out '^answered in time, per cent:$' &&
	    refuses 2 'monday 09:00: 3 agents never catch up with' staff \
		"$store" --zone Europe/Berlin --agents 3
}
claim judged
what="json has the groups, and where a handle time is from"
json() {
	plan --by queue --handle-time 5min --format json &&
	    has out '^{"queue":"billing","weekday":"monday","time":"00:00","arrived":0,"times":5,"contacts":0,"handle_time_ms":300000,"handled":0,"handled_of":"given","patience_ms":null,"agents":0,'
}
claim json
what="what a store cannot be planned with is refused in one line"
refused() {
	refuses 2 '--contacts is measured from the STORE' staff "$store" \
	    --contacts 5 &&
	    refuses 2 '--from is of a STORE, which is not named' staff \
		--from 2026-10-01 &&
	    refuses 2 'needs a STORE, or --contacts' staff &&
	    refuses 2 '--day is a range by itself' staff "$store" \
		--day 2026-10-12 --until 2026-10-13 &&
	    refuses 2 '--day is a date' staff "$store" --day monday &&
	    refuses 2 '--day: ' staff "$store" --day 2026-13-12 &&
	    refuses 2 'one STORE' staff "$store" visits &&
	    refuses 2 '--agents is a whole number above 0' staff "$store" \
		--agents 0 &&
	    refuses 2 'expected is 15min, 30min or hour' staff "$store" \
		--every day &&
	    refuses 1 'no whole week' staff "$store" --from 2026-10-12 \
		--until 2026-10-16 &&
	    refuses 2 'nobody abandons without a patience' staff "$store" \
		--target abandonment=3% &&
	    refuses 2 'not by agent' staff "$store" --by agent &&
	    printf 'started_at,queue,outcome\n2026-10-20T10:00:00Z,q,answered\n' \
		>"$tmp/bare.csv" && ends 0 import "$tmp/bare.kpi" \
		"$tmp/bare.csv" &&
	    refuses 1 'no handle time is known' staff "$tmp/bare.kpi" \
		--day 2026-10-20
}
claim refused
echo "1..$n"
