#!/bin/sh
# SPDX-License-Identifier: MIT
# What the tool ends with: stores that are damaged or not to be written, output
# that nobody takes, signals.
. "${top_srcdir:-.}/tests/tool_claims.sh"

"$kpi" import "$store" "$log" >"$tmp/out" || exit 99

what="a store that is not there is none for those who read"
not_there() {
	for command in 'measure @ contacts' 'repeats @' 'check @' 'info @'; do
		refuses 1 'there is no store .*; kpi import makes one' \
		    $(echo "$command" | sed "s|@|$tmp/nothing.kpi|") ||
		    return 1
	done
	! test -e "$tmp/nothing.kpi"
}
claim not_there
what="a file that is no store is told so"
echo "no log" >"$tmp/text"
claim refuses 3 "$tmp/text: " measure "$tmp/text" contacts
what="whatever a log says, the command was not wrong"
far() {
	printf '%s|7|q|NONE|%s|1|1|%s\n' 1 ENTERQUEUE 1 \
	    3455760000 ABANDON 3455760000 >"$tmp/far.log"
	"$kpi" import "$tmp/far.kpi" "$tmp/far.log" >"$tmp/out" 2>&1
	rc=$?
	echo "it ended with $rc"
	cat "$tmp/out"
	test $rc -ne 2 && has out far.log
}
claim far
what="a whole store is ok"
claim prints '^ok: 2887 interactions, 3283 visits, ' check "$store"
what="kpi info says how much there is, from when to when"
informed() {
	prints '^known from  *2026-10-04T23:58:47+02:00$' info "$store" \
	    --zone Europe/Berlin && has out '^visits  *3283$'
}
claim informed
what="damage is found, and nothing is measured of it"
damaged() {
	cp "$store" "$tmp/bad.kpi" && chmod u+w "$tmp/bad.kpi" &&
	    printf 'XXXXXXXX' | dd of="$tmp/bad.kpi" bs=1 seek=26000 \
		conv=notrunc 2>/dev/null &&
	    refuses 3 'damaged: page 7' check "$tmp/bad.kpi" &&
	    refuses 3 'damaged' measure "$tmp/bad.kpi" contacts
}
claim damaged
what="what another program wrote is refused until it is accepted"
if command -v sqlite3 >/dev/null; then
	resealed() {
		cp "$store" "$tmp/sql.kpi" && sqlite3 "$tmp/sql.kpi" \
		    'create table t (x); drop table t;' &&
		    refuses 3 'damaged' check "$tmp/sql.kpi" &&
		    prints '^ok: 2887 ' check "$tmp/sql.kpi" --reseal &&
		    prints '^ok: 2887 ' check "$tmp/sql.kpi"
	}
	claim resealed
else
	skip "$what" "no sqlite3"
fi
what="an erased customer is told of in no figure, and is in no file"
erased() {
	cp "$store" "$tmp/erased.kpi" && chmod u+w "$tmp/erased.kpi" &&
	    prints . measure "$tmp/erased.kpi" contacts --by customer \
		--format csv &&
	    who=$(sed -n '3s/,.*//p' "$tmp/out") && test -n "$who" &&
	    prints 'the name is erased; its contacts stay' \
		erase "$tmp/erased.kpi" "$who" &&
	    ! grep -aqF -e "$who" "$tmp"/erased.kpi* &&
	    prints '^(erased),' measure "$tmp/erased.kpi" contacts \
		--by customer --format csv &&
	    refuses 1 'knows no such customer' erase "$tmp/erased.kpi" \
		"$who" && prints '^ok: 2887 ' check "$tmp/erased.kpi"
}
claim erased
what="reading changes no byte of a store, and needs no right to write it"
unchanged() {
	mkdir "$tmp/only" && cp "$store" "$tmp/only/calls.kpi" &&
	    chmod 444 "$tmp/only/calls.kpi" &&
	    prints '2887' measure "$tmp/only/calls.kpi" contacts &&
	    prints '^ok' check "$tmp/only/calls.kpi" &&
	    ends 0 repeats "$tmp/only/calls.kpi" &&
	    cmp "$store" "$tmp/only/calls.kpi"
}
claim unchanged
what="a store that may not be written is not imported into"
if test "$(id -u)" -ne 0; then
	head -n 100 "$log" >"$tmp/more"
	claim refuses 1 'cannot be written' import "$tmp/only/calls.kpi" \
	    "$tmp/more" --source another
else
	skip "$what" "root may write everything"
fi

what="output that cannot be written is noticed"
full() {
	for words in "measure $store contacts" "repeats $store" "catalogue" \
	    "help measure" "info $store"; do
		"$kpi" $words >/dev/full 2>"$tmp/err"
		test $? -eq 1 && has err 'cannot be written: No space' ||
		    return 1
	done
}
if test -c /dev/full; then
	claim full
else
	skip "$what" "no /dev/full"
fi
what="a closed output is noticed, and the store is not written to for it"
closed() {
	cp "$store" "$tmp/closed.kpi"
	"$kpi" import "$tmp/closed.kpi" "$log" >&- 2>"$tmp/err"
	test $? -eq 1 && has err 'cannot be written' &&
	    prints '^ok: 2887 ' check "$tmp/closed.kpi"
}
claim closed
what="a pipe that nobody reads is noticed"
broken() {
	: >"$tmp/rc"
	(
		trap '' PIPE
		"$kpi" repeats "$store" 2>"$tmp/err"
		echo $? >"$tmp/rc"
	) | sleep 0
	while ! test -s "$tmp/rc"; do
		sleep 0.1
	done
	test "$(cat "$tmp/rc")" -eq 1 && has err 'cannot be written'
}
claim broken

# So long that it is committed in several batches.
awk -F '|' -v OFS='|' '
	{ line[NR] = $0 }
	END {
		for (i = 0; i < 10; i++)
			for (k = 1; k < NR; k++) {
				$0 = line[k]
				if ($1 !~ /^17[0-9]*$/ || length($1) != 10)
					continue
				$1 += i * 3110400 - 31104000
				if ($2 ~ /^17[0-9]*\./)
					$2 = (substr($2, 1, 10) + i * 3110400 \
					    - 31104000) substr($2, 11)
				print
			}
	}' "$log" >"$tmp/long"
whole=$("$kpi" import "$tmp/whole.kpi" "$tmp/long" |
    sed -n 's/^  interactions *//p')
default=
for signal in INT TERM HUP; do
	env --default-signal=$signal true 2>/dev/null &&
	    default="$default --default-signal=$signal"
done
# interrupted SIGNAL NUMBER: the log comes by a pipe that says no more until
# the signal is sent.
interrupted() {
	rm -rf "$tmp/stop"
	mkdir "$tmp/stop" && mkfifo "$tmp/stop/log" || return 1
	{
		cat "$tmp/long"
		kill -"$1" "$(cat "$tmp/stop/pid")"
		cat "$log"
	} >"$tmp/stop/log" 2>/dev/null &
	feeder=$!
	env $default sh -c 'echo $$ >"$1/pid"; exec "$0" import "$1/kpi" "$1/log"' \
	    "$kpi" "$tmp/stop" >"$tmp/out" 2>"$tmp/err"
	rc=$?
	wait "$feeder"
	echo "ended with $rc of $whole"
	cat "$tmp/out" "$tmp/err"
	test "$rc" -eq $((128 + $2)) && ! test -s "$tmp/out" &&
	    has err '^kpi: interrupted: [1-9][0-9]* interactions' &&
	    kept=$(sed 's/[^0-9]*\([0-9]*\).*/\1/' "$tmp/err") &&
	    test "$kept" -gt 0 && test "$kept" -lt "$whole" &&
	    prints "^ok: $kept interactions" check "$tmp/stop/kpi" &&
	    ends 0 import "$tmp/stop/kpi" "$tmp/long" &&
	    prints "^ok: $whole interactions" check "$tmp/stop/kpi"
}
what="an import that is interrupted leaves the store whole, and is resumed"
claim interrupted INT 2
what="and one that is terminated"
claim interrupted TERM 15
what="progress is shown on a terminal and nowhere else"
if python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
	terminal() {
		python3 "$src/tests/tool_terminal.py" "$kpi" \
		    "$tmp/terminal.kpi" "$log"
	}
	claim terminal
else
	skip "$what" "no python3, or no terminals to be had"
fi
echo "1..$n"
