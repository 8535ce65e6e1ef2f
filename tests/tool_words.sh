#!/bin/sh
# SPDX-License-Identifier: MIT
# A wrong word gets one line that says what was expected and the nearest one.
. "${top_srcdir:-.}/tests/tool_claims.sh"

"$kpi" import "$store" "$log" >"$tmp/out" || exit 99

wrong() {
	what="kpi $(echo "$*" | sed "s|$tmp/||g; s|^[^ ]* ||") is refused"
	claim refuses 2 "$@"
}

what="without a command it says how it is used"
usage() {
	ends 2 && has err '^usage: kpi COMMAND'
}
claim usage

wrong 'no command "measur"; the nearest is "measure"' measur "$store"
wrong 'no command "xyz"; expected is import' xyz
wrong 'no metric "servce_level"; the nearest is "service_level"' \
    measure "$store" servce_level
wrong 'no option --bye; the nearest is --by' measure "$store" contacts --bye x
wrong 'no option -x' measure "$store" contacts -x
wrong 'no option --preset' import "$store" "$log" --preset icmi1
wrong 'no dimension "agnet"; the nearest is "agent"' \
    measure "$store" contacts --by agnet
wrong '--by names agent twice' measure "$store" contacts --by agent,agent
wrong 'no bucket "monthly"; the nearest is "month"' \
    measure "$store" contacts --every monthly
wrong 'no day "munday"; the nearest is monday' \
    measure "$store" contacts --week-start munday
wrong 'threads are expected to be 1 to 64' \
    measure "$store" contacts --threads 65
wrong 'threads are expected to be 1 to 64' report "$store" --threads two
wrong 'time zone Europe/Berln' measure "$store" contacts --zone Europe/Berln
wrong '--from: expected a time such as' measure "$store" contacts --from today
wrong '--from: there is no day "2026-11-31"' \
    measure "$store" contacts --from 2026-11-31
wrong '--until is before --from' \
    measure "$store" contacts --from 2026-11-01 --until 2026-10-01
wrong '--from is given twice' \
    measure "$store" contacts --from 2026-11-01 --from 2026-10-01
wrong '--from expects a TIME' measure "$store" contacts --from
wrong '--where expects DIMENSION=VALUE' measure "$store" contacts --where queue
wrong 'no dimension "quue"; the nearest is "queue"' \
    measure "$store" contacts --where quue=support
wrong 'no direction "inbond"; the nearest is "inbound"' \
    measure "$store" contacts --where-not direction=inbond
wrong 'no outcome "answerd"; the nearest is "answered"' \
    measure "$store" contacts --outcome answerd
wrong 'no field "wiat"; the nearest is "wait"' \
    measure "$store" contacts --least wiat=20s
wrong 'wait is a whole number with its unit' \
    measure "$store" contacts --least wait=20
wrong 'csat is a whole number, not "good"' \
    measure "$store" contacts --most csat=good
wrong 'started_at is of the kind instant; expected a field' \
    measure "$store" contacts --most started_at=1
wrong 'no preset "icmi9"; the nearest is "icmi' \
    measure "$store" service_level --preset icmi9
wrong 'icmi1 says nothing of what is measured; it is of service_level' \
    measure "$store" contacts --preset icmi1
wrong 'expected a STORE and one METRIC' spread "$store"
wrong 'expected one METRIC' spread "$store" csat,nps
wrong 'spread has no option --preset' spread "$store" csat --preset icmi1
wrong 'by the preset default the classes of service_level_numerator' \
    spread "$store" service_level \
    --set service_level_numerator=answered_in,callback_in
wrong 'no parameter "csat_scal"; the nearest is "csat_scale"' \
    measure "$store" csat --set csat_scal=7
wrong 'csat_scale is not read by what is measured; it is of csat, csat_mean' \
    measure "$store" contacts --set csat_scale=7
wrong 'not "20"' measure "$store" service_level \
    --set service_level_threshold=20
wrong '--set expects PARAMETER=VALUE' measure "$store" csat --set csat_scale
wrong 'by queue or by channel' measure "$store" service_level \
    --set 'service_level_threshold[agent=amira]=1s'
wrong 'kpi repeats' measure "$store" repeat_contacts
wrong 'expected a METRIC' measure "$store"
wrong 'expected a STORE and a METRIC' measure
wrong 'no format "jsn"; the nearest is "json"' \
    measure "$store" contacts --format jsn
wrong 'expected is table, csv or json' repeats "$store" --format xml
wrong 'csat_scale is not read by what is measured' repeats "$store" --set csat_scale=7
wrong 'expected one STORE' repeats
wrong 'expected a STORE and a FILE' import "$store"
wrong '--source: source is longer than 1024 bytes' \
    import "$tmp/new.kpi" "$log" --source "$(printf '%01025d' 0)"
wrong '--channel: channel is not valid UTF-8' \
    import "$tmp/new.kpi" "$log" --channel "$(printf '\377')"
wrong 'not that of a file' import "$tmp" "$log"
wrong 'is a queue_log and no store; kpi import STORE' measure "$log" contacts
wrong 'is a queue_log and no store' import "$log" "$log"
wrong 'expected one STORE' check
wrong 'expected one STORE' info "$store" "$store"
wrong '--reseal takes no value' check "$store" --reseal=yes
wrong 'no table or name "metric"; the nearest is "metrics"' catalogue metric
wrong 'no table or name "abandonned"; the nearest is "abandoned"' \
    catalogue abandonned
wrong 'no table "quite_another_thing" and no such name' \
    catalogue quite_another_thing
wrong 'no metric "aht"; it is called average_handle_time' \
    measure "$store" contacts,aht
wrong 'no metric "service level"; it is called service_level' \
    measure "$store" 'service level'
wrong 'hour is no dimension but a time: --every hour' \
    measure "$store" contacts --by hour
wrong 'no time zone Berlin; the nearest is Europe/Berlin' \
    measure "$store" contacts --zone Berlin
wrong 'no metric "csatt"; the nearest is "csat"' catalogue metrics csatt
wrong 'no command "mesure"; the nearest is "measure"' help mesure
echo "1..$n"
