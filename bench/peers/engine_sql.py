# SPDX-License-Identifier: MIT
"""What engines that speak SQL have in common."""

from question import (AGENT, COLUMNS, DAY, JUNE, MAY, MINUTE, TUESDAY,
                      gaps_of, panel, repeats, row, window_of, written)

QUARTER = 15 * MINUTE


class Asked:
    """The questions in a dialect.

    month: an expression of an instant in ms, the beginning of its month in
    ms; quarter: likewise of its quarter of an hour; quantiles: W7, whole;
    integer: a cast; at: the instant as a window has to have it.
    """

    def __init__(self, month, quarter, quantiles, integer="",
                 customer="customer", at="started_at"):
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
            "W7": quantiles,
            "W8": f"SELECT {month} m, 1.0 * count(DISTINCT {customer}) "
                  "FROM contact GROUP BY m",
        }
        self.by_agent, self.customer, self.at = by_agent, customer, at
        gaps = gaps_of(by_agent, customer, at)
        self.keep_gaps = f"SELECT * FROM {gaps}"

    def statement(self, question, turn=0):
        """Of repeats anew, in another window each turn; of those again, from
        the gaps that `keep_gaps` gave, in a table of that name."""
        if not question.startswith("W6"):
            return self.sql[question]
        keys = self.by_agent if self.keys[question] else {}
        if "again" in question:
            return repeats(keys, window_of(question, turn), "gap")
        return repeats(keys, window_of(question, turn),
                       gaps_of(keys, self.customer, self.at))

    keys = {"W2": 0, "W3": 2, "W4": 2, "W5": 0, "W6": 0,
            "W6 by agent and month": 2, "W6 again": 0,
            "W6 again by agent and month": 2, "W7": 1, "W8": 1}

    def split(self, question, rows):
        keys = self.keys[question]
        return [(list(row[:keys]), [None if value is None else float(value)
                                    for value in row[keys:]])
                for row in rows]


class Writing:
    """The durable path of a database whose `db` has execute(sql, values);
    `kept` makes a row's value of one that libkpi takes."""

    INSERT = f"INSERT INTO contact VALUES({', '.join('?' * len(COLUMNS))})"

    @staticmethod
    def kept(name, value):
        return value

    def add(self, numbers):
        """Each on its own: without a transaction that is open."""
        for number in numbers:
            self.db.execute(self.INSERT, [self.kept(name, value) for
                                          name, value in row(number).items()])

    def prepare_updates(self):
        self.db.execute("CREATE UNIQUE INDEX by_id ON contact(id)")

    def update(self, numbers):
        for number in numbers:
            self.db.execute("UPDATE contact SET csat = 3 WHERE id = ?",
                            [written(number)])

    def begin(self):
        self.db.execute("BEGIN")

    def commit(self):
        self.db.execute("COMMIT")
