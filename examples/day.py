#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A day's queue_log as a table: day.py /var/log/asterisk/queue_log 2026-10-05"""
import datetime
import sys

import kpi

log, day = sys.argv[1], datetime.date.fromisoformat(sys.argv[2])
with kpi.open() as store:
    store.import_queue_log(log)
    print(store.measure("visits", "service_level", by="queue",
                        zone="Europe/Berlin", since=day,
                        until=day + datetime.timedelta(days=1)))
