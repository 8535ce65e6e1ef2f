#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the example's queue_log: five weeks of a small call centre.

    generate.py [FILE]      (default: queue_log beside this script; - is stdout)

The centre is in Berlin: support, sales and billing by day, oncall at night and
at the weekend.  Its exchange is an old one until it crashes on 21 October 2026
and comes back as a new release, so the log has the old and the new forms of
its lines.  The clocks go back on 25 October.  Only integers are used, so that
every machine writes the same bytes.
"""
import os
import sys

sys.dont_write_bytecode = True

import scenes  # noqa: E402
from exchange import Centre  # noqa: E402
from journal import LAST_ENTRY  # noqa: E402


def main():
    centre = Centre()
    scenes.begin_of_file(centre)
    days = [(10, d) for d in range(5, 32)] + [(11, d) for d in range(1, 9)]
    for n, (month, day) in enumerate(days):
        if n % 7 < 6:
            centre.office_day(month, day, n % 7)
        centre.night(month, day, n % 7)
    scenes.settings(centre)
    for scene in (scenes.repeats, scenes.borders, scenes.endings, scenes.crash,
                  scenes.end_of_file):
        scene(centre)
    for n, (month, day) in enumerate(days):
        centre.arrivals(month, day, n % 7)
    centre.run()
    centre.log.lose()
    lines = [x[3] for x in sorted(centre.log.lines, key=lambda x: x[:2])
             if x[0] <= LAST_ENTRY]
    scenes.damage(lines)
    data = b"".join(lines)
    where = sys.argv[1] if len(sys.argv) > 1 else os.path.join(
        os.path.dirname(os.path.abspath(__file__)), "queue_log")
    if where == "-":
        sys.stdout.buffer.write(data)
        return
    with open(where, "wb") as f:
        f.write(data)


main()
