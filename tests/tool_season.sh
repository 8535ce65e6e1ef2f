#!/bin/sh
# SPDX-License-Identifier: MIT
# When in the week how much comes, of the example log.
. "${top_srcdir:-.}/tests/tool_claims.sh"
ends 0 import "$store" "$log" || exit 99

season() {
	ends 0 season "$store" "$@" --zone Europe/Berlin
}

what="a table has a line an hour and a column a weekday"
table() {
	season && has out '^contacts, 5 whole weeks$' &&
	    has out '^2026-10-05T00:00:00+02:00 to 2026-11-09T00:00:00+01:00$' &&
	    has out '^1.00 is 3.433 in 60 min$' &&
	    has out '^  *Mon  *Tue  *Wed  *Thu  *Fri  *Sat  *Sun$' &&
	    has out '^09:00  *\*8.27  *5.07  *\*6.29 .* 1.46  *\.$' &&
	    has out '^04:00  *\.  *\.  *\.  *\.  *\.  *\.  *\.$' &&
	    has out 'busiest tenth'
}
claim table
what="it fits a terminal"
narrow() {
	season visits --every 15min --by queue,channel &&
	    ! awk 'length > 80' "$tmp/out" | grep -m 3 .
}
claim narrow
what="intervals in which nothing comes are left out at both ends"
trimmed() {
	season --where queue=billing --every 30min && has out '^08:00' &&
	    ! grep -E '^(00|07|21):' "$tmp/out"
}
claim trimmed
what="weeks begin on the day that is asked for"
sunday() {
	season --week-start sunday && has out '^  *Sun  *Mon .*Sat$' &&
	    has out '^2026-10-04T00:00:00+02:00 to 2026-11-08T00:00:00+01:00$'
}
claim sunday
what="csv has what measure counts, and the mean of the indices is 1"
counts() {
	season --format csv --from 2026-10-05 --until 2026-11-09 &&
	    has out '^weekday,time,index,mean,count,times' &&
	    has out '^sunday,02:00,0.388[0-9]*,1.333[0-9]*,8,6' &&
	    tr -d '\r' <"$tmp/out" | awk -F , -v all="$(
		"$kpi" measure "$store" contacts --from 2026-10-05 \
		    --until 2026-11-09 --zone Europe/Berlin --format csv |
		    tail -n 1 | cut -d , -f 4)" '
		NR > 1 { index_sum += $3; count += $5; cells++ }
		END {
			off = index_sum / cells - 1
			exit !(cells == 168 && count == all && off < 1e-12 &&
			    off > -1e-12)
		}'
}
claim counts
what="json and csv have the groups"
groups() {
	season visits --by queue --format json &&
	    has out '^{"queue":"billing","weekday":"monday","time":"00:00","index":0,"mean":0,"count":0,"times":5}$' &&
	    season visits --by queue --format csv &&
	    has out '^queue,weekday,time,index' && has out '^support,friday,14:00,'
}
claim groups
what="what has no season is refused in one line"
wrong() {
	refuses 2 'a season is of a count.*not of service_level' season \
	    "$store" service_level &&
	    refuses 2 'expected is 15min, 30min or hour' season "$store" \
		--every day &&
	    refuses 2 'expected one METRIC' season "$store" visits,contacts &&
	    refuses 2 'one METRIC or none' season "$store" visits contacts &&
	    refuses 1 'no whole week.*of which 4 days are missing' season \
		"$store" --from 2026-10-06 --until 2026-10-15
}
claim wrong
echo "1..$n"
