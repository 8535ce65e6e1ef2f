#!/bin/sh
# SPDX-License-Identifier: MIT
# A figure opened, from the command line.
. "${top_srcdir:-.}/tests/tool_claims.sh"

what="the example is imported"
claim ends 0 import "$store" "$log"
explain() {
	expected=$1
	shift
	ends "$expected" explain "$store" "$@"
}

what="the figure stands first, then who is in it, then where it goes on"
figure() {
	explain 0 service_level --limit 3 &&
	    sed -n 1p "$tmp/out" | grep -q '^service_level: 85.1 %;' &&
	    has out '; numerator 2376, denominator 2792$' &&
	    sed -n 2p "$tmp/out" | grep -q '^left out: 491 not_counted$' &&
	    sed -n 3p "$tmp/out" | grep -q '^time .* row  role  *class$' &&
	    test "$(wc -l <"$tmp/out")" -eq 7 &&
	    sed -n 4p "$tmp/out" | grep -q ' numerator  *answered_in$' &&
	    tail -n 1 "$tmp/out" | grep -qx '3 of 3283, next: --offset 3'
}
claim figure
what="pages put together are the whole, and twenty lines are a table's"
pages() {
	explain 0 service_level --format csv && cp "$tmp/out" "$tmp/whole" &&
	    test "$(wc -l <"$tmp/whole")" -eq 3284 &&
	    head -n 1 "$tmp/whole" >"$tmp/pages" || return
	for offset in 0 1000 2000 3000; do
		explain 0 service_level --format csv --limit 1000 \
		    --offset $offset && sed 1d "$tmp/out" >>"$tmp/pages" ||
		    return
	done
	cmp "$tmp/whole" "$tmp/pages" && explain 0 service_level &&
	    test "$(wc -l <"$tmp/out")" -eq 24
}
claim pages
what="roles are as many as the figure says"
roles() {
	for pair in numerator:2376 denominator:416 excluded:491 \
	    numerator,not_counted:2867 unknown:0; do
		explain 0 service_level --role "${pair%:*}" --limit 1 &&
		    tail -n 1 "$tmp/out" | grep -q " of ${pair#*:}\\b" ||
		    return
	done
	explain 0 contacts_per_issue --role truncated --role numerator \
	    --format json && ! grep -v '"role":"\(numerator\|truncated\)"' \
	    "$tmp/out"
}
claim roles
what="of the longest wait and of a quantile who waited so long is told"
values() {
	explain 0 longest_wait --role numerator &&
	    has out ' numerator  waiting_out  3d 2h$' &&
	    explain 0 wait_p90 --role numerator && has out '  37s$' &&
	    has out '^6 of 6$'
}
claim values
what="a group of a mix is a part of its whole"
mix() {
	explain 0 channel_mix --where channel=voice --limit 1 &&
	    has out '^channel_mix: 100.0 %; numerator 2887, denominator 2887$'
}
claim mix
what="JSON has what is not known as null, and a line a unit"
json() {
	explain 0 backlog --role numerator --format json &&
	    test "$(wc -l <"$tmp/out")" -eq 5 &&
	    has out '"row":null,"role":"numerator","left_out":null,' &&
	    has out '"outcome_class":null,"value":null,"numerator":1,' &&
	    has out '"denominator":1,"excluded":0,"parts":1}$'
}
claim json
what="beyond the end nobody is left, and it says so"
beyond() {
	explain 0 contacts --offset 9000 &&
	    has out '^0 of 2887, from --offset 9000 on$' &&
	    explain 0 csat && has out '^csat: no data; ' && has out '^0 of 0$'
}
claim beyond

wrong() {
	code=$1
	text=$2
	shift 2
	what="kpi explain $* is refused"
	claim refuses "$code" "$text" explain "$store" "$@"
}
wrong 2 'expected a STORE and one METRIC'
wrong 2 'one figure is opened at a time' contacts,visits
wrong 2 'there is no role "numertor"; the nearest is "numerator"' contacts \
    --role numertor
wrong 2 '--limit: expected a whole number from 1 on, and not "0"' contacts \
    --limit 0
wrong 2 '--offset: expected a whole number from 0 on, and not "-1"' contacts \
    --offset -1
wrong 2 'explain has no option --by' contacts --by queue
wrong 2 'a mix has a row for each channel' channel_mix
wrong 2 "occupancy is of agents' time" occupancy
wrong 1 'nothing of "fax" is counted' channel_mix --where channel=fax
what="kpi explain of no store is refused"
claim refuses 1 'there is no store' explain "$tmp/none" contacts

echo "1..$n"
rm -rf "$tmp"
