#!/bin/sh
# SPDX-License-Identifier: MIT
# Installs what the build needs, builds in build/demo, imports the example
# log into a new store, and prints its KPIs.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/tools/debian.sh"

packages $build_packages
cd "$top"
echo "building in build/demo" >&2
quietly build/autoreconf.log autoreconf -fi
configured demo --without-python --without-lua
cd build/demo
quietly make.log make -j"$jobs"

show() {
	echo
	echo "\$ kpi $*"
	./tools/kpi "$@" </dev/null
}
show import calls.kpi "$top/examples/queue_log/queue_log"
show report calls.kpi --zone Europe/Berlin
show measure calls.kpi contacts customers service_level abandonment_rate \
    average_speed_of_answer average_handle_time repeat_rate \
    first_contact_resolution
show measure calls.kpi service_level --preset icmi1
show measure calls.kpi visits service_level --by queue --every month \
    --zone Europe/Berlin
show measure calls.kpi average_handle_time --by agent
