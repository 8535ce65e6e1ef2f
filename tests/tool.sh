#!/bin/sh
# SPDX-License-Identifier: MIT
# What the tool prints of the example log, in each command and format.
. "${top_srcdir:-.}/tests/tool_claims.sh"

what="an import reports what was read"
reported() {
	prints 'lines *10838$' import "$store" "$log" &&
	    has out 'visits *3283$' && has out 'interactions *2887$' &&
	    has out 'open  *5  calls' && has out 'damaged  *18  lines' &&
	    has out '6  not a number of seconds.*: lines' && has out '1902' &&
	    has out 'other .* lines' && has out 'RINGNOANSWER='
}
claim reported
what="its report fits a terminal"
narrow() {
	! awk 'length > 80' "$tmp/out" | grep -m 3 .
}
claim narrow
what="importing again adds nothing"
claim prints 'lines *0  nothing new' import "$store" "$log"
what="a pipe is imported too, and adds nothing twice"
piped() {
	"$kpi" import "$store" - <"$log" >/dev/null &&
	    cat "$log" | "$kpi" import "$tmp/pipe.kpi" - >"$tmp/out" &&
	    has out 'interactions *2887$' &&
	    prints 'interactions *2887$' info "$store"
}
claim piped
what="rotated logs are put in order, and come to what the whole log does"
rotated() {
	head -n 4000 "$log" >"$tmp/queue_log.2" &&
	    head -n 8000 "$log" | tail -n +4001 >"$tmp/queue_log.1" &&
	    tail -n +8001 "$log" >"$tmp/queue_log" &&
	    ends 0 import "$tmp/rotated.kpi" "$tmp"/queue_log* &&
	    ! has out 'behind' >"$tmp/none" &&
	    ends 0 measure "$tmp/rotated.kpi" occupancy utilisation contacts \
		service_level average_handle_time --by agent --format csv &&
	    mv "$tmp/out" "$tmp/rotated" &&
	    ends 0 measure "$store" occupancy utilisation contacts \
		service_level average_handle_time --by agent --format csv &&
	    diff "$tmp/out" "$tmp/rotated"
}
claim rotated
what="a log that is read out of order is told"
behind() {
	ends 0 import "$tmp/behind.kpi" "$tmp/queue_log.1" &&
	    prints 'behind .*:.*  it begins so long before' \
		import "$tmp/behind.kpi" "$tmp/queue_log.2"
}
claim behind
what="an empty log is read as such"
empty() {
	: >"$tmp/empty"
	prints 'lines *0' import "$tmp/empty.kpi" "$tmp/empty" &&
	    prints '0 of 0\|no data' measure "$tmp/empty.kpi" service_level
}
claim empty
what="a source and a channel are those of the contacts"
given() {
	ends 0 import "$tmp/given.kpi" "$log" --source pbx2 --channel=phone &&
	    prints '"source":"pbx2","channel":"phone"},.*"value":2887' \
		measure "$tmp/given.kpi" contacts --by source,channel \
		--format json
}
claim given
what="files that cannot be imported make no store"
none_made() {
	echo "no log" >"$tmp/text"
	refuses 2 'expected is a queue_log' import "$tmp/new.kpi" "$log" \
	    "$tmp/text" &&
	    refuses 1 'No such file' import "$tmp/new.kpi" "$tmp/nothing" &&
	    refuses 2 'directory' import "$tmp/new.kpi" "$tmp" &&
	    ! test -e "$tmp/new.kpi"
}
claim none_made
what="a compressed log is told how to be read"
compressed() {
	printf '\037\213\010' >"$tmp/log.gz"
	refuses 2 'zcat' import "$tmp/new.kpi" "$tmp/log.gz"
}
claim compressed

what="a table holds 80 columns, and definitions of one's own stand below"
table() {
	prints '^billing ' measure "$store" contacts service_level \
	    --by queue --preset asterisk-sl2 && has out '^\[1\] service_level' &&
	    ! sed '/^$/,$d' "$tmp/out" | awk 'length > 80' | grep .
}
claim table
what="json is one object a line, as it is documented"
json() {
	prints '^{"group":{"agent":"amira"},"time":"2026-10-01T00:00:00+02:00","metric":"service_level","fingerprint":"4e3a33b9d6f177e9","value":0\.[0-9]*,"numerator":[0-9]*,"denominator":[0-9]*,"excluded":{.*},"lower":0\.[0-9]*,"upper":0\.[0-9]*,"state":"ok"}$' \
	    measure "$store" service_level --by agent --every month \
	    --zone Europe/Berlin --format json
}
claim json
what="--explain says in words what a figure is"
explained() {
	prints '^  fingerprint 44f6edef17ac04a2$' measure "$store" contacts \
	    service_level --set service_level_threshold=30s --explain &&
	    has out '^service_level service_level_threshold=30s$' &&
	    has out 'number of visits answered within 30 s, divided by' &&
	    has out '(service_level_threshold=30s)' && has out '^contacts service_level_threshold=30s$' &&
	    ! awk 'length > 80' "$tmp/out" | grep . &&
	    refuses 2 'explain is for people' measure "$store" contacts \
		--explain --format json
}
claim explained
what="spread shows who counts how, from the lowest to the highest"
spread() {
	prints 'lowest 72\.5 %, highest 88\.3 %: 15\.7 points apart' \
	    spread "$store" service_level &&
	    has out '^85\.1 %  83\.7–86\.4 %  2376 of 2792  default, icmi3' &&
	    has out '^72\.5 %  *2376 of 3275  cisco-icm-negative$' &&
	    sed 1d "$tmp/out" | sed -n '/^[0-9]/s/ .*//p' >"$tmp/values" &&
	    sort -n -c "$tmp/values" && test -s "$tmp/values" &&
	    prints 'no preset counts it otherwise' spread "$store" contacts
}
claim spread
what="spread takes a selection, groups and settings, and prints csv and json"
spread_of() {
	prints '^queue billing$' spread "$store" service_level --by queue \
	    --set service_level_threshold=30s &&
	    prints '^2026-10-' spread "$store" service_level --every month \
		--where queue=sales --zone Europe/Berlin &&
	    ends 0 spread "$store" service_level --until 2001-01-01 &&
	    has out '^no preset has a figure here$' || return
	prints '"presets":\["icmi1","cisco-positive"\]' \
	    spread "$store" service_level --format json &&
	    prints ',"icmi1, cisco-positive",' spread "$store" service_level \
		--format csv
}
claim spread_of
what="csv has a header and a row a figure"
csv() {
	prints '^agent,time,metric,' measure "$store" contacts visits \
	    --by agent --every month --format csv &&
	    test "$(grep -c '^amira,' "$tmp/out")" -eq 4
}
claim csv
# value ARGUMENT...: the one figure's value.
value() {
	"$kpi" measure "$store" "$@" --format json |
	    sed 's/.*"value":\([^,]*\),.*/\1/'
}
sums() {
	test $(($(value contacts "$1") + $(value contacts "$2"))) -eq 2887 && return
	echo "$1: $(value contacts "$1"), $2: $(value contacts "$2")"
	return 1
}
what="--where and --where-not part the contacts"
claim sums --where=queue=support,sales --where-not=queue=support,sales
what="--from and --until part the contacts"
claim sums --until=2026-10-20T10:00Z --from=2026-10-20T12:00+02:00
what="times without an offset are of the zone, wherever it stands"
zoned() {
	test "$(value contacts --from 2026-10-20 --zone Europe/Berlin)" -eq \
	    "$(value contacts --from 2026-10-19T22:00Z)"
}
claim zoned
what="--least and --most part the answered by their waits"
limited() {
	test $(($(value visits --least wait=20001ms) + \
	    $(value visits --most 'wait=20s'))) -eq "$(value visits)" &&
	    test "$(value visits --least wait=20s --most wait=20s)" -gt 0
}
claim limited
what="--outcome keeps what came of it"
outcomes() {
	test "$(value visits --outcome answered)" -lt \
	    "$(value visits --outcome answered,abandoned)" &&
	    test "$(value visits --outcome answered --outcome abandoned)" -eq \
		"$(value visits --outcome answered,abandoned)"
}
claim outcomes
what="an empty value is the unknown one, and a comma may be in a name"
unknown() {
	test "$(value visits --where agent=)" -gt 0 &&
	    test "$(value visits --where 'queue=support\,sales')" -eq 0
}
claim unknown
what="a choice that nothing meets is told, with the nearest, and measured"
unmet() {
	told() {
		text=$1
		shift
		ends 0 measure "$store" visits "$@" && has err "$text" &&
		    test "$(wc -l <"$tmp/err")" -eq 1 && test -s "$tmp/out"
	}
	told 'no queue "Suport"; the nearest is "support"' \
	    --where queue=sales,Suport &&
	    told 'no agent "MIR"; the nearest is "amira"' --where agent=MIR &&
	    told 'no customer "nobody"$' --where-not customer=nobody &&
	    told 'has 2026-10-04T.* to 2026-11-08T' --from 2027-01-01 &&
	    told 'has 2026-10-04T.* to 2026-11-08T' --until 2026-10-04 &&
	    told 'same instant' --from 2026-10-10 --until 2026-10-10 &&
	    ends 0 measure "$store" visits --where queue=sales,support \
		--where-not agent=amira --from 2026-10-10 &&
	    ! test -s "$tmp/err" && ends 0 report "$store" --where queue=x &&
	    has err 'no queue "x"' && ends 0 repeats "$store" \
		--where queue=x && has err 'no queue "x"'
}
claim unmet
what="weeks begin on the day that is asked for"
weeks() {
	prints '^2026-10-11 ' measure "$store" contacts --every week \
	    --week-start sunday --zone Europe/Berlin &&
	    prints '^2026-10-12 ' measure "$store" contacts --every week \
		--zone Europe/Berlin
}
claim weeks
what="several threads print what one does"
several() {
	"$kpi" measure "$store" contacts service_level repeat_rate \
	    --by queue --every hour >"$tmp/one" &&
	    "$kpi" measure "$store" contacts service_level repeat_rate \
		--by queue --every hour --threads 2 >"$tmp/two" &&
	    cmp "$tmp/one" "$tmp/two" &&
	    "$kpi" report "$store" >"$tmp/one" &&
	    "$kpi" report "$store" --threads 2 >"$tmp/two" &&
	    cmp "$tmp/one" "$tmp/two"
}
claim several
what="--set is of every metric that reads it, --preset comes before it"
set_after() {
	prints 'service_level_denominator=.* service_level_threshold=30s' \
	    measure "$store" service_level contacts --format json \
	    --set service_level_threshold=30s --preset icmi2 &&
	    has out '"contacts service_level_threshold=30s"'
}
claim set_after
what="a threshold may be of one queue"
of_queue() {
	prints 'service_level_threshold\[queue=sales\]=1min' measure "$store" \
	    service_level --by queue --format json \
	    --set 'service_level_threshold[queue=sales]=60s'
}
claim of_queue
what="a definition in full is measured as it is"
in_full() {
	prints '"service_level service_level_threshold=45s"' measure "$store" \
	    'service_level service_level_threshold=45s' service_level \
	    --preset icmi2 --format json
}
claim in_full

what="a repeat is a line with its contact, the one before and the first"
listed() {
	prints '^  1792735544\.3620  2026-10-23 08:05  1792500581\.3187  2d 17h  *1792135939\.2577$' \
	    repeats "$store" --zone Europe/Berlin &&
	    ! awk 'length > 80' "$tmp/out" | grep -m 3 .
}
claim listed
what="there are as many repeats as repeat_rate counts"
counted() {
	lines=$("$kpi" repeats "$store" "$@" --format json | wc -l)
	rate=$("$kpi" measure "$store" repeat_rate "$@" --format json |
	    sed 's/.*"numerator":\([0-9]*\),.*/\1/')
	test "$lines" -gt 0 && test "$lines" -eq "$rate" && return
	echo "$lines repeats, $rate counted"
	return 1
}
claim counted
what="and within another window, of one queue, from an instant"
claim counted --set repeat_window=1d --where queue=support --from 2026-10-15
what="repeats in csv and json say the same"
formats() {
	"$kpi" repeats "$store" --format csv >"$tmp/csv" &&
	    "$kpi" repeats "$store" --format json >"$tmp/json" &&
	    test "$(wc -l <"$tmp/csv")" -eq $(($(wc -l <"$tmp/json") + 1)) &&
	    grep -q '^customer,source,id,time,' "$tmp/csv" &&
	    grep -q ',1792735544.3620,2026-10-23T06:05:47+00:00,,1792500581.3187,2026-10-20T12:49:43+00:00,234964000,,1792135939.2577,' \
		"$tmp/csv" &&
	    grep -q '"id":"1792735544.3620","time":"2026-10-23T06:05:47+00:00","earlier_source":null,"earlier_id":"1792500581.3187","earlier_time":"2026-10-20T12:49:43+00:00","gap_ms":234964000,' \
		"$tmp/json"
}
claim formats

for table in metrics fields dimensions parameters presets outcomes buckets \
    states directions transfers activities; do
	what="the catalogue's $table fit a terminal and are told in each format"
	catalogued() {
		prints '  ' catalogue "$table" &&
		    ! awk 'length > 80' "$tmp/out" | grep . &&
		    ends 0 catalogue "$table" --format json &&
		    lines=$(wc -l <"$tmp/out") &&
		    ends 0 catalogue "$table" --format csv &&
		    test "$(wc -l <"$tmp/out")" -eq $((lines + 1)) &&
		    prints "^$table  *$lines  " catalogue
	}
	claim catalogued
done
what="a metric is told with its parameters and presets"
in_detail() {
	prints '^formula .*answered within T' catalogue metrics service_level &&
	    has out ' service_level_threshold=20s$' &&
	    has out '^presets  *default, icmi1'
}
claim in_detail
what="a metric is found by what others call it"
synonyms() {
	for word in aht:average_handle_time ASA:average_speed_of_answer \
	    fcr:first_contact_resolution 'Service Level:service_level'; do
		prints "^${word#*:}\$" catalogue "${word%:*}" || return 1
	done
}
claim synonyms
what="a name is found in whichever tables have it"
claim prints '^sets  *service_level_numerator=' catalogue icmi1
for command in import measure change repeats catalogue check info; do
	what="kpi help $command and kpi $command --help are the same page"
	helped() {
		prints "^usage: kpi $command" help "$command" &&
		    ! awk 'length > 80' "$tmp/out" | grep . &&
		    mv "$tmp/out" "$tmp/help" && ends 0 "$command" --help &&
		    cmp "$tmp/help" "$tmp/out"
	}
	claim helped
done
what="kpi help names every command and the exit codes"
claim prints '^  measure ' help
what="kpi --version names the version"
claim prints '^kpi [0-9]*\.[0-9]*\.[0-9]*$' --version
echo "1..$n"
