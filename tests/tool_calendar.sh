#!/bin/sh
# SPDX-License-Identifier: MIT
# Business hours, set and listed from the command line.
. "${top_srcdir:-.}/tests/tool_claims.sh"

what="a store is made"
claim ends 0 import "$store" "$log"
what="there are none at first"
claim prints '^There are no business hours' calendar "$store"
what="hours of a queue and of all others are set and listed"
listed() {
	ends 0 calendar "$store" --queue support --zone Europe/Berlin \
	    'mo-fr 8:00-18:00; Dec 25,26 off' &&
	    ends 0 calendar "$store" 24/7 &&
	    prints '^(all others)  *UTC  *24/7$' calendar "$store" &&
	    has out '^support  *Europe/Berlin  *Mo-Fr 08:00-18:00; Dec 25,De'
}
claim listed
what="they are listed as CSV and as JSON"
formats() {
	prints '^,UTC,24/7' calendar "$store" --format csv &&
	    has out '^support,Europe/Berlin,"Mo-Fr 08:00-18:00; Dec 25,Dec 2' &&
	    prints '^{"queue":null,"time_zone":"UTC","hours":"24/7"}$' \
		calendar "$store" --format json
}
claim formats
what="setting them again replaces them, and an empty text takes them back"
replaced() {
	ends 0 calendar "$store" --queue support 'Mo 08:00-09:00' &&
	    prints '^support  *UTC  *Mo 08:00-09:00$' calendar "$store" &&
	    ends 0 calendar "$store" '' &&
	    ends 0 calendar "$store" && ! grep others "$tmp/out" &&
	    ends 0 info "$store" && has out '^calendars  *1$'
}
claim replaced
what="times are measured in them"
claim prints first_response_time measure "$store" first_response_time \
    --set business_hours=calendar
what="hours that are not understood are told with the column"
claim refuses 2 'column 7: expected a time from 00:00 to 23:59, as in' \
    calendar "$store" 'Mo-Fr 8-17'
what="so is a date in another form, with the right one"
claim refuses 2 'expected the date as 2026 Dec 24, not "2026-12-24"' \
    calendar "$store" '24/7; 2026-12-24 off'
what="a zone that leaves its directory is refused"
claim refuses 2 'leaves its directory' calendar "$store" 24/7 --zone ../x
what="a zone that is not there is told where it is needed, with its queue"
no_zone() {
	ends 0 calendar "$store" --zone Europe/Atlantis 24/7 &&
	    refuses 1 'hours of all queues: there is no time zone Europe/Atl' \
		measure "$store" first_response_time \
		--set business_hours=calendar
}
claim no_zone
what="a queue without hours is refused"
claim refuses 2 'expected HOURS' calendar "$store" --queue support
what="a store that is not there is told"
claim refuses 1 'there is no store' calendar "$tmp/none.kpi" 24/7
what="hours are one word"
claim refuses 2 'as one word' calendar "$store" Mo 08:00-09:00
echo "1..$n"
