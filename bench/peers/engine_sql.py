# SPDX-License-Identifier: MIT
"""What engines that speak SQL have in common."""

from question import (AGENT, DAY, JUNE, MAY, MINUTE, TUESDAY, panel, repeats)

QUARTER = 15 * MINUTE


class Asked:
    """The questions in a dialect.

    month: an expression of an instant in ms, the beginning of its month in
    ms; quarter: likewise of its quarter of an hour; integer: a cast.
    """

    def __init__(self, month, quarter, integer="", customer="customer"):
        by_agent = {"agent": "agent", "m": month}
        known = " WHERE agent IS NOT NULL"
        self.sql = {
            "W2": panel({}, "", integer),
            "W3": panel(by_agent, known, integer),
            "W4": panel({"queue": "queue", "m": quarter},
                        f" WHERE started_at >= {MAY} AND started_at < {JUNE}",
                        integer),
            "W5": panel({}, f" WHERE agent = '{AGENT}' AND started_at >= "
                        f"{TUESDAY} AND started_at < {TUESDAY + DAY}",
                        integer),
            "W6": repeats({}, customer),
            "W6 by agent and month": repeats(by_agent, customer),
            "W8": f"SELECT {month} m, 1.0 * count(DISTINCT {customer}) "
                  "FROM contact GROUP BY m",
        }

    keys = {"W2": 0, "W3": 2, "W4": 2, "W5": 0, "W6": 0,
            "W6 by agent and month": 2, "W8": 1}

    def split(self, question, rows):
        keys = self.keys[question]
        return [(list(row[:keys]), [None if value is None else float(value)
                                    for value in row[keys:]])
                for row in rows]
