#!/bin/sh
# SPDX-License-Identifier: MIT
# What kpi report shows, in a pipe and on terminals of several widths.
. "${top_srcdir:-.}/tests/tool_claims.sh"

"$kpi" import "$store" "$log" >/dev/null || exit 99

what="the totals are those that measure prints, with their bounds"
totals() {
	ends 0 report "$store" --zone Europe/Berlin || return 1
	cp "$tmp/out" "$tmp/report"
	ends 0 measure "$store" service_level average_handle_time repeat_rate ||
	    return 1
	grep -E '^(service_level|average_handle|repeat_rate)' "$tmp/out" |
	    while read -r metric value rest; do
		grep "^$metric  *$value" "$tmp/report" || return 1
	done &&
	    grep '^service_level  *85.1 %  83.7–86.4 %  2376 of 2792' \
		"$tmp/report"
}
claim totals
what="it has all parts, and names what there is no data of"
parts() {
	for part in '^In all' '^By queue' '^By agent' '^By day' \
	    '^Who came again' '^no data: .*csat.*nps' \
	    '^What the figures are'; do
		has report "$part" || return 1
	done
	! has report '^By channel' >/dev/null
}
claim parts
what="it says what its figures are, as they are defined"
legend() {
	sed -n '/^What the figures/,$p' "$tmp/report" | tr -s ' \n' '  ' |
	    sed 's/; /;/g' >"$tmp/legend"
	grep 'service_level The share .*T: service_level_threshold=20s' \
	    "$tmp/legend" &&
	    grep 'visits How many visits to queues there are' "$tmp/legend" &&
	    grep 'h:min:s. Bounds are of confidence 0.95 and take each contact' \
		"$tmp/legend" &&
	    ! grep 'csat' "$tmp/legend" &&
	    prints 'the value, its 90 % bounds' report "$store" \
		--set confidence=0.9 --set service_level_threshold=9s &&
	    sed -n '/^What the figures/,$p' "$tmp/out" | tr -s ' \n' '  ' |
	    grep 'after more than S); S: .*service_level_threshold=9s'
}
claim legend
what="its head says what was asked for, as it was"
asked() {
	ends 0 report "$store" --where queue=sales --set repeat_window=3d \
	    --from 2026-10-12 --least wait=5s || return 1
	sed -n 3,4p "$tmp/out" >"$tmp/head"
	cat "$tmp/head"
	grep -x 'shown: --where queue=sales --from 2026-10-12 --least wait=5s' \
	    "$tmp/head" &&
	    grep -x 'defined: --set repeat_window=3d' "$tmp/head" &&
	    ! sed -n '1,/^$/p' "$tmp/report" | grep 'shown\|defined'
}
claim asked
what="what a short time cannot tell yet is no missing data"
early() {
	prints '^too early: first_contact_resolution, repeat_rate, contacts' \
	    report "$store" --until 2026-10-08 &&
	    ! grep '^no data.*repeat_rate' "$tmp/out" &&
	    grep -A 2 '^too early' "$tmp/out" | tr -s ' \n' '  ' |
	    grep 'within 7d (repeat_window).*--set repeat_edge=include' &&
	    prints '^repeat_rate  *[0-9]' report "$store" --until 2026-10-08 \
		--set repeat_edge=include && ! has out '^too early' >/dev/null
}
claim early
what="queues stand by their size, the unknown last; days in their order"
ordered() {
	test "$(sed -n '/^By queue/,/^$/p' "$tmp/report" |
	    awk '/█/ { print $1 }' | tr '\n' ' ')" = \
	    "support sales billing oncall " &&
	    sed -n '/^By agent/,/^$/p' "$tmp/report" | grep -v '^$' |
	    tail -n 1 | grep '^(no agent)' &&
	    grep '^2026-' "$tmp/report" | sed 1d |
	    awk '$1 ~ /^20/ { print $1 }' | sort -c
}
claim ordered
# fits COLUMNS FILE: no line has more characters; awk may count bytes.
fits() {
	sed "s/$(printf '\033')\[[0-9;]*m//g; s/[^ -~]/x/g" "$2" |
	    awk -v most="$1" 'length > most { print; bad = 1 }
		END { exit bad }'
}
what="in a pipe it fits 80 columns, without colours or ends of blanks"
plain() {
	fits 80 "$tmp/report" &&
	    ! grep "$(printf '\033')" "$tmp/report" &&
	    ! grep ' $' "$tmp/report"
}
claim plain
what="it is of the rows that are asked for"
selected() {
	ends 0 report "$store" --where queue=sales --from 2026-10-12 \
	    --until 2026-10-19 &&
	    ! grep -q 'billing\|2026-10-19 *[0-9]' "$tmp/out" &&
	    has out '^2026-10-12' &&
	    ends 0 report "$store" --every week --zone Europe/Berlin &&
	    has out '^By week' && has out '^2026-10-05' &&
	    ! grep -q '^2026-10-06' "$tmp/out"
}
claim selected
what="definitions are those that are set"
defined() {
	ends 0 report "$store" --set service_level_threshold=60s || return 1
	line=$(grep -m 1 '^service_level' "$tmp/out")
	ends 0 measure "$store" service_level \
	    --set service_level_threshold=60s || return 1
	value=$(sed -n 's/^service_level.*//; s/^ *\([0-9.]* %\).*/\1/p' \
	    "$tmp/out" | head -n 1)
	echo "$line, $value"
	test -n "$value" && echo "$line" | grep -qF "$value" &&
	    ! grep -qF "$line" "$tmp/report"
}
claim defined
what="figures outside of their targets come first, those beyond noise before"
aimed() {
	ends 0 report "$store" --zone Europe/Berlin --target \
	    abandonment_rate=3% --target service_level=0.8 || return 1
	cat "$tmp/out"
	test "$(grep -n '^Outside its target' "$tmp/out" | cut -d: -f1)" -lt \
	    "$(grep -n '^In all' "$tmp/out" | cut -d: -f1)" &&
	    has out '^abandonment_rate  queue oncall .* 3.0 %  missed$' &&
	    has out '^service_level  *queue billing .* 80.0 %  missed within' &&
	    ! grep '^service_level  *queue support .* missed' "$tmp/out" &&
	    sed -n '/^Outside its target/,/^$/p' "$tmp/out" |
	    awk '/missed within noise$/ { within = 1 }
		/missed$/ && within { bad = 1 }
		END { exit bad }' &&
	    fits 80 "$tmp/out"
}
claim aimed
what="each target that is given is shown, also one that is met"
met() {
	sed -n '/^Other targets/,/^$/p' "$tmp/out" |
	    grep '^service_level  *in all  85.1 % .* 80.0 %  met$' &&
	    prints '^All targets are met$' report "$store" --target \
		service_level=50% --target average_speed_of_answer=5min &&
	    has out '^average_speed_of_answer  in all .* 5:00  met$' &&
	    prints '^average_handle_time  in all .* 6:00–8:20  met$' \
		report "$store" --target average_handle_time=6min..500s
}
claim met
what="and one that too few days do not judge"
unjudged() {
	prints '^Targets$' report "$store" --target service_level=90% \
	    --until 2026-10-07 &&
	    has out '86.9 %  90.0 %  not judged: fewer than 5 days$' &&
	    prints '90.0 %  not judged: fewer than 5 days  185 of 213' \
		measure "$store" service_level --target service_level=90% \
		--until 2026-10-07
}
claim unjudged
what="no target is judged that nobody set"
silent() {
	! grep -i 'target' "$tmp/report"
}
claim silent
what="a target judges its own metric; --set verdict_by those that have one"
one() {
	prints '^\[1\] service_level target_goal=0.8 verdict_by=customer$' \
	    measure "$store" service_level abandonment_rate --target \
	    service_level=80% --set verdict_by=customer &&
	    test "$(grep -c '^\[' "$tmp/out")" -eq 1 &&
	    prints '^average_speed_of_answer  in all .* 20.0 s  met$' \
		report "$store" --set verdict_by=day
}
claim one
what="a group's own target judges its row, and is shown with its figure"
own() {
	prints '^billing .* 90.0 % .* missed  *306 of 391' measure "$store" \
	    service_level --by queue --target 'service_level[queue=billing]=90%' &&
	    has out '^oncall  *84.2 %  *79.1–88.3 %  *77.5–90.9 %  *203 of' &&
	    has out '^\[1\] service_level target_goal\[queue=billing\]=0.9 verd' &&
	    prints 'target_ceiling=9min target_ceiling\[queue=oncall\]=none ' \
		measure "$store" average_handle_time --by queue --format csv \
		--target 'average_handle_time[queue=oncall]=6min' \
		--target average_handle_time=7min..9min &&
	    has out '^oncall,.*,ok,360000,,met within noise,' &&
	    has out '^support,.*,ok,420000,540000,met,' || return 1
	prints '^All targets are met$' report "$store" --target \
	    'service_level[queue=billing]=50%' &&
	    has out '^service_level  queue billing .* 50.0 %  met$' &&
	    ! grep '^service_level  in all.* met' "$tmp/out" &&
	    prints '^Outside its target' report "$store" --target \
		'service_level[queue=billing]=80%..90%' --target \
		service_level=70% &&
	    has out '^service_level  queue billing .* 80.0–90.0 %  missed wi' &&
	    has out '^service_level  in all  85.1 % .* 70.0 %  met$' &&
	    prints '^Targets$' report "$store" --until 2026-10-07 --target \
		'service_level[queue=billing]=50%' &&
	    has out 'queue billing .* 50.0 %  not judged: fewer than 5 days$' &&
	    prints '^Targets$' report "$store" --target service_level=50% \
		--target 'repeat_rate[queue=sales]=1%' --target \
		'service_level[queue=Sales]=99%' &&
	    has out '^service_level  in all  *85.1 % .* 50.0 %  met$' &&
	    has out '^repeat_rate  *queue sales  *1%  no figure here$' &&
	    has out '^service_level  queue Sales  *99%  no figure here$' &&
	    prints '^service_level  queue billing .* 95.0 %  missed$' report \
		"$store" --where queue=billing --target \
		'service_level[queue=billing]=95%' &&
	    refuses 2 'differ by one dimension, and here do by queue' measure \
		"$store" service_level --target \
		'service_level[queue=billing]=90%' --target \
		'service_level[agent=amira]=90%' &&
	    refuses 2 'there is no dimension' measure "$store" service_level \
		--target 'service_level[quue=billing]=90%' &&
	    prints '^billing .* 306 of 391' measure "$store" service_level \
		--by queue --target 'service_level[queue=billing]=none' &&
	    refuses 2 'is judged by days, and what is shared out' measure \
		"$store" cost_per_contact --set cost_allocation=contacts \
		--target cost_per_contact=500
}
claim own
# weeks WAIT...: a store $tmp/weeks.kpi of weeks from Monday, 2026-01-05 on in
# which ten callers wait so many seconds; - is a week without calls.
weeks() {
	echo "$@" | awk '{
		for (week = 1; week <= NF; week++)
			for (call = 0; call < 10 && $week != "-"; call++) {
				at = 1766966400 + 604800 * week + 3600 * call
				id = at "." call
				line = "%d|" id "|q|amira|%s\n"
				printf line, at, "ENTERQUEUE||0" call
				printf line, at + $week, \
				    "CONNECT|" $week "|" id "|1"
				printf line, at + $week + 60, \
				    "COMPLETEAGENT|" $week "|60|1"
			}
	}' >"$tmp/weeks.log"
	rm -f "$tmp/weeks.kpi"
	ends 0 import "$tmp/weeks.kpi" "$tmp/weeks.log" &&
	    ends 0 report "$tmp/weeks.kpi" &&
	    sed -n '1,/^In all/p' "$tmp/out" >"$tmp/head" && cat "$tmp/head"
}
speed='^average_speed_of_answer  *'
what="a week outside of its limits comes first, with the limits"
outside() {
	weeks 20 21 20 22 20 21 90 20 21 20 22 20 &&
	    grep '^Outside its limits (median of weeks +- 3.145' "$tmp/head" &&
	    grep "${speed}2026-02-16  *1:30  16.3–25.7 s\$" "$tmp/head" &&
	    test "$(grep -c "$speed" "$tmp/head")" -eq 1 &&
	    grep -x 'No eight weeks in a row are on one side of the median.' \
		"$tmp/head" && fits 80 "$tmp/head"
}
claim outside
what="eight weeks in a row on one side of the median are said to have moved"
moved() {
	weeks 20 21 22 20 21 22 20 21 22 20 25 26 25 26 25 26 25 26 20 &&
	    grep '^Moved (eight weeks or more in a row on one side of the med' \
		"$tmp/head" &&
	    sed -n '/^Moved/,$p' "$tmp/head" |
	    grep "${speed}2026-03-16  2026-05-04  8 above  22.0 s\$" &&
	    test "$(sed -n '/^Moved/,$p' "$tmp/head" |
		grep -c "$speed")" -eq 1 && fits 80 "$tmp/head"
}
claim moved
what="so are two runs that touch, one below and one above"
touching() {
	weeks 20 21 20 21 20 21 20 21 27 26 27 26 27 26 27 26 30 &&
	    grep "${speed}2026-01-05  2026-02-23  8 below  23.5 s\$" \
		"$tmp/head" &&
	    grep "${speed}2026-03-02  2026-04-20  8 above  23.5 s\$" \
		"$tmp/head"
}
claim touching
what="seven weeks, or eight with one between without calls, have not moved"
still() {
	for last in '25 26 25 26 25 26 25 20' '25 26 25 26 - 25 26 25 26'; do
		weeks 20 21 22 20 21 22 20 21 22 20 $last &&
		    grep -x 'No eight weeks in a row are on one side .*' \
			"$tmp/head" && ! grep '^Moved' "$tmp/head" || return 1
	done
}
claim still
what="fewer than eight whole weeks are not judged"
few() {
	weeks 20 20 20 20 20 20 20 90 &&
	    ! grep 'limits\|Moved\|eight' "$tmp/head" &&
	    weeks 20 20 20 20 20 20 20 20 90 &&
	    grep -x 'No week is outside its limits.' "$tmp/head"
}
claim few
what="no name moves the terminal, nor turns its text round"
hostile() {
	evil=$(printf 'q\302\23331m\342\200\256\302\205X')
	for queue in "$evil" plain; do
		printf '1790000000|%s|%s|NONE|ENTERQUEUE||030\n' \
		    "$queue" "$queue"
		printf '1790000004|%s|%s|amira|CONNECT|4||1\n' \
		    "$queue" "$queue"
		printf '1790000100|%s|%s|amira|COMPLETEAGENT|4|96|1\n' \
		    "$queue" "$queue"
	done >"$tmp/evil.log"
	mv "$tmp/evil.log" "$tmp/$evil.log" &&
	    ends 0 import "$tmp/evil.kpi" "$tmp/$evil.log" || return 1
	cat "$tmp/out" >"$tmp/all"
	for words in 'report @' 'measure @ visits --by queue' \
	    "info @.$evil"; do
		"$kpi" $(echo "$words" | sed "s|@|$tmp/evil.kpi|")
	done >>"$tmp/all" 2>&1
	cat "$tmp/all"
	test "$(grep -c 'q�31m��X' "$tmp/all")" -eq 4 &&
	    ! LC_ALL=C grep -q \
		"$(printf '\302[\200-\237]\|\342\200\256')" "$tmp/all"
}
claim hostile
what="an empty store is said to be empty"
empty() {
	: >"$tmp/nothing"
	ends 0 import "$tmp/empty.kpi" "$tmp/nothing" &&
	    prints ': 0 interactions' report "$tmp/empty.kpi"
}
claim empty
what="wrong words are refused in a line"
wrong() {
	refuses 2 'expected one STORE' report &&
	    refuses 1 'no store' report "$tmp/none.kpi" &&
	    refuses 2 'nearest is --zone' report "$store" --zon=UTC &&
	    refuses 2 'there is no parameter' report "$store" --set what=1 &&
	    refuses 2 '--target.*nearest is "service_level"' report "$store" \
		--target service_levl=80% &&
	    refuses 2 '--target.*METRIC=VALUE' report "$store" --target 80% &&
	    refuses 2 '--target.*none of the metrics' report "$store" \
		--target average_wait=20s &&
	    refuses 2 'contacts takes no target' report "$store" \
		--target contacts=80% &&
	    refuses 2 'its target is a band' report "$store" \
		--target occupancy=80% &&
	    refuses 2 'verdict_by needs a target' measure "$store" \
		service_level --set verdict_by=day &&
	    refuses 2 '--target.*target_goal' report "$store" \
		--target service_level=soon &&
	    refuses 2 '--target.*target_ceiling' report "$store" \
		--target service_level=80%..soon
}
claim wrong

# on COLUMNS: the report as a terminal of that width gets it, in $tmp/screen.
on() {
	"${PYTHON:-python3}" - "$1" "$kpi" report "$store" >"$tmp/screen" <<'END'
import fcntl, os, pty, struct, sys, termios
columns, command = int(sys.argv[1]), sys.argv[2:]
child, fd = pty.fork()
if child == 0:
    os.environ["TERM"] = "xterm"
    os.environ.pop("NO_COLOR", None)
    fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    os.execv(command[0], command)
text = b""
while True:
    try:
        more = os.read(fd, 65536)
    except OSError:
        break
    if not more:
        break
    text += more
sys.stdout.buffer.write(text.replace(b"\r\n", b"\n"))
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
END
}
if python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
	what="a terminal has colours, and lines as long as it is wide"
	wide() {
		for columns in 100 80 60 40; do
			on "$columns" || return 1
			grep -q "$(printf '\033')" "$tmp/screen" || return 1
			sed '1,3d; /In all/d; /^no data/d' "$tmp/screen" \
			    >"$tmp/tables"
			fits "$columns" "$tmp/tables" || return 1
		done
	}
	claim wide
	what="on a narrow one each figure has a line"
	narrow() {
		on 30 && grep -x '    85.1 %' "$tmp/screen" &&
		    grep -x 'service_level' "$tmp/screen"
	}
	claim narrow
else
	skip "colours and widths" "no python3, or no terminals to be had"
fi
echo "1..$n"
