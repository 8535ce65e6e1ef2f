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
wrong '--agents is a whole number, not "x"' --agents x
wrong 'agents are 0: expected is 1' --agents 0
wrong 'staff takes options alone, not "calls.kpi"' calls.kpi
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

echo "1..$n"
