# SPDX-License-Identifier: MIT
"""What every engine is asked, as libkpi defines it and as SQL.

A contact is an interaction of any direction. An abandon of less than 5 s is
none. A mark that was not given, a resolution that is not known, are left out
of their means and shares. An agent's panel is of the contacts that an agent
answered.
"""

MINUTE = 60_000
DAY = 86_400_000
MAY = 1714521600000    # 2024-05-01T00:00:00Z
JUNE = 1717200000000
TUESDAY = 1715040000000  # 2024-05-07T00:00:00Z
AGENT = "agent0123"
WEEK = 7 * DAY

DIRECTIONS = "directions=inbound,outbound,internal,unknown"
LONG = "short_abandon_threshold=4999ms"
WHOLE = "unit=interaction"
OUTCOMES = ("answered,abandoned,before_queue,self_served,overflowed,"
            "timed_out,exited,voicemail,emptied,callback,turned_away,failed,"
            "waiting")

# By METRICS, and the same from sums that a group by gives.
PANEL = (
    (f"contacts {DIRECTIONS}", "1.0 * n"),
    (f"service_level {DIRECTIONS} {LONG} {WHOLE}", "sl * 1.0 / (a + b)"),
    (f"abandonment_rate {DIRECTIONS} {LONG} {WHOLE}", "b * 1.0 / (a + b)"),
    (f"answer_rate {DIRECTIONS} {LONG} {WHOLE}", "a * 1.0 / (a + b)"),
    (f"average_speed_of_answer {DIRECTIONS} {WHOLE}", "w * 1.0 / a"),
    (f"average_handle_time {DIRECTIONS} {WHOLE}", "h * 1.0 / a"),
    (f"average_handle_time {DIRECTIONS} handle_parts=after_call {WHOLE}",
     "ac * 1.0 / a"),
    (f"resolution_rate {DIRECTIONS} resolution_population=answered "
     "resolution_unknown=excluded", "y * 1.0 / yn"),
    (f"csat {DIRECTIONS}", "c4 * 1.0 / c"),
    (f"csat_mean {DIRECTIONS}", "cs * 1.0 / c"),
    (f"nps {DIRECTIONS}", "100.0 * (p9 - p6) / p"),
    (f"ces {DIRECTIONS}", "es * 1.0 / e"),
    (f"transfer_rate {DIRECTIONS} unit=leg", "tr * 1.0 / a"),
)

EVERY = (f"{DIRECTIONS} repeat_counted_outcomes={OUTCOMES} "
         "repeat_directions=inbound,outbound,internal,unknown "
         f"repeat_earlier_outcomes={OUTCOMES} repeat_edge=include "
         f"repeat_later_outcomes={OUTCOMES}")

def window_of(question, turn):
    """A repeat window in ms, of each turn and question another; what is asked
    again has one."""
    if "again" in question:
        return WEEK
    return WEEK + turn * MINUTE + (2 if "agent" in question else 1)


def repeat_definitions(window):
    own = "" if window == WEEK else f" repeat_window={window}ms"
    return (f"repeat_rate {EVERY}{own}",
            f"first_contact_resolution {EVERY}{own}")


CUSTOMERS = (f"customers {DIRECTIONS}",)
# Of who was answered; the ceil(q n)-th smallest.
PER_CENT = (50, 90, 99)
QUANTILES = tuple(f"{time}_p{part} {DIRECTIONS} {WHOLE}"
                  for time in ("speed_of_answer", "handle_time")
                  for part in PER_CENT)
HANDLE = "talk + hold + after_call"

# A row that no other is, as it is added alone: by field, in CSV's order.
COLUMNS = ("id", "customer", "agent", "queue", "channel", "direction",
           "reason", "started_at", "wait", "talk", "hold", "after_call",
           "outcome", "resolved", "transfer", "csat", "nps", "ces", "cost")


CATEGORIES = ("agent", "queue", "channel", "direction", "reason", "outcome",
              "resolved", "transfer")


def row(number):
    return dict(zip(COLUMNS, (
        f"new{number:08d}", f"c{number % 7919:07d}", AGENT, "sales",
        "voice", "inbound", "router", JUNE + number, 12_000, 240_000, 0,
        30_000, "answered", "yes", "none", 5, 9, 6, 499), strict=True))


def columns(numbers):
    """Such rows by column: names as categories, all else as integers."""
    import pandas
    frame = pandas.DataFrame([row(number) for number in numbers])
    for name in CATEGORIES:
        frame[name] = frame[name].astype("category")
    return frame


def written(number):
    """The id that write.c gives the n-th row, from 1."""
    return f"{number:09d}"

# The sums of which a panel is made; a user who knows the engine asks for
# these and divides at the end.
SUMS = """count(*) n, sum(a) a, sum(b) b, sum(a*y) y, sum(a*x) yn,
 sum(a*wait) w, sum(a*(talk+hold+after_call)) h, sum(a*after_call) ac,
 sum(a*(wait<=20000){int}) sl, count(csat) c, sum(csat) cs,
 sum((csat>=4){int}) c4, count(nps) p, sum((nps>=9){int}) p9,
 sum((nps<=6){int}) p6, count(ces) e, sum(ces) es, sum(a*t) tr"""
FLAGS = """(outcome='answered'){int} a,
 (outcome='abandoned' AND wait>=5000){int} b, (resolved='yes'){int} y,
 (resolved IS NOT NULL){int} x, (transfer<>'none'){int} t, wait, talk, hold,
 after_call, csat, nps, ces"""


def guarded(expression):
    """Nothing, where there is nothing to divide by."""
    head, _, by = expression.rpartition(" / ")
    return f"{head} / nullif({by}, 0)" if head else expression


def panel(keys, where, integer, source="contact"):
    """`keys`: names to expressions; `integer`: a cast of a truth."""
    named = "".join(f"{expression} {name}, "
                    for name, expression in keys.items())
    names = "".join(f"{name}, " for name in keys)
    group = f" GROUP BY {names[:-2]}" if keys else ""
    final = ", ".join(guarded(expression) for _, expression in PANEL)
    return (f"SELECT {names}{final} FROM (SELECT {names}"
            f"{SUMS.format(int=integer)} FROM (SELECT {named}"
            f"{FLAGS.format(int=integer)} FROM {source}{where}) q{group}) s")


def repeats(keys, window, gaps):
    """`gaps`: what has the keys, `gp` and `gn`."""
    names = "".join(f"{name}, " for name in keys)
    group = f" GROUP BY {names[:-2]}" if keys else ""
    first = f"gp IS NULL OR gp > {window}"
    # A customer who is not named repeats nothing; here all are.
    return (f"SELECT {names}"
            f"1.0 * sum(CASE WHEN gp <= {window} THEN 1 ELSE 0 END) / count(*),"
            f" 1.0 * sum(CASE WHEN ({first}) AND (gn IS NULL OR gn > {window})"
            f" THEN 1 ELSE 0 END)"
            f" / nullif(sum(CASE WHEN {first} THEN 1 ELSE 0 END), 0)"
            f" FROM {gaps}{group}")


def gaps_of(keys, customer="customer", at="started_at"):
    """The time from the contact before and to the one after, in ms."""
    named = "".join(f"{expression} {name}, "
                    for name, expression in keys.items())
    return (f"(SELECT {named}started_at - lag({at}) OVER w gp,"
            f" lead({at}) OVER w - started_at gn FROM contact"
            f" WINDOW w AS (PARTITION BY {customer}"
            " ORDER BY started_at, id)) g")
