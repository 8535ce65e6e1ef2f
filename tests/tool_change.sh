#!/bin/sh
# SPDX-License-Identifier: MIT
# What the tool says of two weeks of the example log.
. "${top_srcdir:-.}/tests/tool_claims.sh"
ends 0 import "$store" "$log" || exit 99

change() {
	ends 0 change "$store" "$@" --from 2026-10-19 --until 2026-10-26 \
	    --zone Europe/Berlin
}
measured() {
	"$kpi" measure "$store" "$1" --from "$2" --until "$3" \
	    --zone Europe/Berlin --format csv | tail -n +2 | cut -d , -f 4
}

what="both periods are told, and begin at midnight where clocks changed"
periods() {
	change service_level --by queue &&
	    has out '^now     2026-10-19T00:00:00+02:00 to 2026-10-26T00:00:00+01:00$' &&
	    has out '^before  2026-10-12T00:00:00+02:00 to 2026-10-19T00:00:00+02:00$'
}
claim periods
what="each group has its change, and all together"
groups() {
	has out '^  *before  *now  *points  *95 % by day  *within  *mix$' &&
	    for name in billing oncall sales support all; do
		    has out "^$name  .* %  .* %  .* to .*  within noise  " ||
			return 1
	    done && has out '^within: ' && has out '^more than noise: '
}
claim groups
what="its table fits a terminal"
narrow() {
	! awk 'length > 80' "$tmp/out" | grep -m 3 .
}
claim narrow
what="its values are those that measure prints"
values() {
	change service_level --format csv && has out '^all,service_level' &&
	    test "$(tail -n 1 "$tmp/out" | cut -d , -f 4,5)" = \
		"$(measured service_level 2026-10-12 2026-10-19),$(
		    measured service_level 2026-10-19 2026-10-26)"
}
claim values
what="within and mix add up to the change, in csv and json"
adds_up() {
	change service_level --by queue --format csv &&
	    grep '^all,' "$tmp/out" | tr -d '\r' | awk -F , '{
		d = $7 - $14 - $15
		exit !(d < 1e-15 && d > -1e-15 && $7 != 0)
	    }' && change service_level --by queue --format json &&
	    has out '^{"of":"group","queue":"billing","metric":"service_level"' &&
	    has out '"of":"all","queue":null,.*"verdict":"within noise"'
}
claim adds_up
what="another period may be given, or a year's weekdays"
others() {
	change contacts --to 2026-10-05..2026-10-12 &&
	    has out '^before  2026-10-05T00:00:00+02:00 to 2026-10-12T' &&
	    change contacts --to weekdays-year &&
	    has out '^before  2025-10-20T00:00:00+02:00 to 2025-10-27T' &&
	    has out '^  *0 '
}
claim others
what="fewer than five days say nothing of noise"
few() {
	ends 0 change "$store" service_level --from 2026-10-20 \
	    --until 2026-10-22 && has out 'fewer than 5 days'
}
claim few
what="what is wrong with a question is said in one line"
wrong() {
	refuses 2 'expected --from and --until' change "$store" contacts &&
	    refuses 2 'no period "prev".*TIME..TIME' change "$store" \
		contacts --from 2026-10-19 --until 2026-10-26 --to prev &&
	    refuses 2 'expected a STORE and a METRIC' change "$store" &&
	    refuses 2 '' change "$store" contacts --from 2026-10-19 \
		--until 2026-10-26 --to 2026-10-01..later &&
	    refuses 2 '' change "$store" contacts --from 2026-10-19 \
		--until 2026-10-26 --every day
}
claim wrong
what="a name of a queue does not move the terminal"
strange() {
	printf 'started_at,queue,wait (s),outcome\n2026-10-20T10:00:00Z,\033[2J,5,answered\n' \
	    >"$tmp/odd.csv" && ends 0 import "$tmp/odd.kpi" "$tmp/odd.csv" &&
	    ends 0 change "$tmp/odd.kpi" contacts --by queue \
		--from 2026-10-19 --until 2026-10-26 &&
	    ! grep -q "$(printf '\033')" "$tmp/out"
}
claim strange
echo "1..$n"
