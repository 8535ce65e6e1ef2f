# SPDX-License-Identifier: MIT
"""The store, and the questions that it answers."""

from contextlib import contextmanager

from . import _kpi
from ._change import Change
from ._column import columns_of, dated, plain
from ._definition import PARAMETERS, READERS, definitions_of
from ._explanation import Explanation, roles_of
from ._metric import Metrics
from ._plan import Plan, plan_of
from ._query import bound_of, parted, query_of
from ._result import Result
from ._row import Repeat
from ._word import nearest, quoted, unknown_word

IF_EXISTS = {
    "refuse": _kpi.IF_EXISTS_REFUSE,
    "update": _kpi.IF_EXISTS_UPDATE,
}

PERIODS = {
    "previous": _kpi.CHANGE_PREVIOUS,
    "weekdays_year": _kpi.CHANGE_WEEKDAYS_YEAR,
}

REPEATS = [name for name, metrics in READERS.items()
           if "repeat_rate" in metrics]

QUESTION = """
    by           a dimension or several: "agent", ["queue", "channel"]
    every        a bucket of local time: "hour", "day", "week", "month", ...
    since, until the range [since, until): datetimes with a time zone,
                 milliseconds since 1970 UTC, or dates and ISO 8601 texts,
                 which without an offset are wall time in the zone
    zone         the IANA name of the zone of buckets, "UTC" if not given
    week_start   1 Monday (if not given) to 7 Sunday
    where        {dimension: value or several}; None is unknown; also
                 {"outcome": ...}
    where_not    the same, for what is left out
    between      {field: (least, most)} for durations, counts, marks and
                 money, both inclusive, None for open; a duration is a
                 timedelta or a text: {"wait": ("5s", None)}
    preset       the name of the system whose figures are wanted
    partition    how the data was parted before: "customer", "case", "agent",
                 "day"
    group_limit  more groups are an error; 0: 1,000,000
    progress     called with (done, total) now and then; True, or an
                 exception, ends the call
"""


def _texts(settings):
    """A dict, or texts, as the texts of the kpi command."""
    if hasattr(settings, "items"):
        return tuple(f"{name}={'' if value is None else value}"
                     for name, value in settings.items())
    if isinstance(settings, str):
        return (settings,)
    return tuple(settings)


class Store(Metrics, _kpi.Store):
    """Keeps interactions, in memory or in a file; see kpi.open().

    A store may be used from several threads, and is closed at the end of a
    `with` block. After close() its methods raise ValueError; results,
    iterators and lists that came of it stay. After a fork() the child's calls
    are kpi.Error EFORK: it opens its own. Iterating gives the interactions.
    """

    __slots__ = ("_path", "__weakref__")

    def __new__(cls, path=None, *, read_only=False, must_exist=False,
                must_create=False, memory=0, busy_ms=5000,
                permissions=0o600, if_exists="refuse"):
        if if_exists not in IF_EXISTS:
            raise unknown_word("open()", "if_exists", if_exists, IF_EXISTS)
        flags = ((_kpi.OPEN_READ_ONLY if read_only else 0) |
                 (_kpi.OPEN_MUST_EXIST if must_exist else 0) |
                 (_kpi.OPEN_MUST_CREATE if must_create else 0))
        store = super().__new__(cls, path, flags, memory, busy_ms,
                                permissions, IF_EXISTS[if_exists])
        store._path = path
        return store

    def __getattr__(self, name):
        near = nearest(name, [known for known in dir(type(self))
                              if known[0] != "_"])
        raise AttributeError(f"a store has no {name!r}" + (
            f"; the nearest is {quoted(near)}" if near else ""))

    def __enter__(self):
        if self.closed:
            raise ValueError("the store is closed")
        return self

    def __exit__(self, *_):
        self.close()

    def __repr__(self):
        place = "in memory" if self._path is None else repr(str(self._path))
        try:
            about = f"{self.info()['interactions']:,} interactions"
        except ValueError:
            about = "closed"
        except _kpi.Error as error:
            about = error.status
        return f"<kpi.Store {place}: {about}>"

    def __reduce__(self):
        raise TypeError("a store cannot be pickled or copied: open its file "
                        "again, or send results")

    def add_columns(self, table=None, /, **columns):
        """Adds many interactions of one visit each, field by field: at once,
        or none of them.

            store.add_columns(started_at=starts, queue=queues, wait=waits)
            store.add_columns(frame[["started_at", "queue", "wait"]])

        Columns are keywords, or come in a table: a mapping, a DataFrame of
        pandas or polars, a Table of pyarrow. All are of one length; what is
        not given, or None, is unknown. A column is

            a one-dimensional array of numpy, a column of pandas, polars or
                pyarrow, or any buffer (array.array, memoryview), of integers,
                floats, truth values, texts or objects; int64 and int32 are
                read where they are
            a sequence of what add() takes
            for a field of texts or codes, a pair of places (a buffer of
                integers; negative: unknown) and texts: a categorical column
                of pandas is taken so by itself

        Unknown are None, a float that is not a number, NaT, NA, what a mask
        of numpy hides, and the least value of int32 and int64. Floats must
        be whole; instants and durations are rounded to the millisecond.
        Instants are milliseconds since 1970 UTC, datetimes with a time zone
        or numpy's datetime64, which is in UTC; a column of pandas, polars or
        pyarrow must have a time zone. In a field of texts an integer is its
        digits.

        kpi.Error has the row in `line`, from 1, and the column in `field`.
        """
        if table is not None:
            columns = {**columns_of(table), **columns}
        super().add_columns(dated(columns), **plain(columns))

    def add_arrow(self, table, *, zone=None, progress=None):
        """Adds the rows of a table that Arrow's C stream interface gives:
        at once, or none of them.

            store.add_arrow(polars_frame)
            store.add_arrow(pyarrow.dataset.dataset("calls/").scanner()
                            .to_reader())

        The table is any object with __arrow_c_stream__, as DataFrames of
        polars and pandas (2.2), Tables and readers of pyarrow have it; it is
        read batch by batch and never whole. Its columns have the names of
        kpi.catalogue("fields") and become interactions of one visit each.
        Instants are timestamps or integers of milliseconds since 1970 UTC;
        `zone` is the time zone of timestamps that have none, which are
        refused without it. Durations are durations or milliseconds. What is
        no whole number of milliseconds is refused. Codes are their names or
        numbers, texts may be categorical, in a field of texts an integer is
        its digits. progress(done, 0) is in rows.

        kpi.Error has the row in `line`, from 1 over all batches, the column
        in `field`, and says the batch and, of a number, the value. While the
        table is read it may read this store and not write to it."""
        super().add_arrow(table, zone, progress)

    @contextmanager
    def batch(self):
        """With this block, what is added, updated and deleted is kept
        together at its end, or not at all if it raises. It belongs to the
        store: the calls of all threads go into it. kpi.Error EORDER if one
        is open."""
        self.begin()
        try:
            yield self
        except BaseException:
            if not self.closed:
                self.rollback()
            raise
        self.commit()

    def add_activity(self, *, agent, state, started_at, ended_at=None,
                     source=None):
        """Keeps what an agent did from one instant to another.

        `state` is a name of kpi.catalogue("activities"); instants are
        datetimes with a time zone or milliseconds since 1970 UTC; one that
        goes on has no end. One that begins at the same instant, of the same
        agent, state and source, replaces the former. kpi.Error names the
        field that is out of its range."""
        super().add_activity(agent, state, started_at, ended_at, source)

    def add_employment(self, *, agent, hired_at, left_at=None, source=None):
        """Keeps that an agent was employed, the roster.

        Instants are as in add_activity(); left_at is the first one at which
        the agent is no longer employed, and unknown of who is still there.
        One of the same agent, hiring and source replaces the former; one that
        ends as it begins takes it back. A rehire is another employment.
        kpi.Error names the field that is out of its range."""
        super().add_employment(agent, hired_at, left_at, source)

    def add_expense(self, *, started_at, ended_at, amount, by=None, of=None,
                    id=None, source=None, note=None):
        """Keeps what was spent, evenly from one instant to another.

        `amount` is in minor units of the one currency that interactions'
        costs are in, and below 0 of a credit note. `by` is "queue", "team",
        "agent" or "channel" and `of` the name of the one whose expense it
        is; without them it is nobody's alone. One of the same id and source
        replaces the former; one that ends as it begins takes it back. One
        without an id is added however often it comes. kpi.Error names the
        field that is out of its range."""
        super().add_expense(
            started_at, ended_at, amount, by, of, id, source, note)

    def add_calendar(self, *, hours, queue=None, time_zone=None):
        """Keeps the business hours of a queue; without one, of all queues
        that have none of their own.

        `hours` are a text such as "Mo-Fr 08:00-12:30,13:30-18:00; Dec 25-26
        off", on the clock of an IANA zone, UTC by default: see
        kpi_store_add_calendar(3). They replace those it had; None takes them
        back. kpi.Error EPARSE says where they are not understood (its
        column), and what was expected there. Definitions read them with
        business_hours="calendar"."""
        super().add_calendar(queue, time_zone, hours)

    def _asked(self, metrics, caller, preset, keywords):
        """The query and the definitions that keywords ask for."""
        if not metrics:
            raise TypeError(f"{caller} takes at least one metric")
        question, parameters = parted(
            keywords, PARAMETERS, caller,
            lambda: [name for name, readers in READERS.items()
                     if any(isinstance(metric, str) and metric in readers
                            for metric in metrics)])
        definitions = definitions_of(metrics, preset, parameters, caller)
        return query_of(**question), tuple(
            [definition._definition for definition in definitions])

    def _measure(self, metrics, caller, preset=None, **keywords):
        return Result(super().measure(
            *self._asked(metrics, caller, preset, keywords)))

    def measure(self, *metrics, preset=None, **keywords):
        return self._measure(metrics, "measure()", preset, **keywords)

    def spread(self, metric, /, **keywords):
        if "preset" in keywords:
            raise TypeError("spread() is by every preset and takes none")
        query, (definition,) = self._asked(
            (metric,), "spread()", None, keywords)
        return Result(super().spread(query, definition))

    spread.__doc__ = f"""Measures a metric by every preset that concerns it, in
    one pass: why one system says 81 % of these calls and another 86 %.

    The kpi.Result has a definition for each way to count, and its `presets`
    say whose it is. The metric is a name of kpi.catalogue("metrics") or a
    kpi.Definition; what that, or a further keyword, has not at its default is
    set over every preset: service_level_threshold="30s".
    {QUESTION}
    kpi.Error EINVAL names the preset that does not allow it."""

    measure.__doc__ = f"""Measures metrics in one pass, as a kpi.Result.

    Metrics are names of kpi.catalogue("metrics") or kpi.Definition objects.
    Further keywords are parameters (see kpi.Definition), for those metrics
    given by name that read them.
    {QUESTION}
    kpi.Error says what a wrong word should have been, and is ELIMIT for more
    groups than the limit, ENOTSUP for groups that a metric does not allow."""

    def change(self, *metrics, to="previous", preset=None, **keywords):
        if isinstance(to, str) and to not in PERIODS:
            raise unknown_word("change()", "period", to, PERIODS)
        other = (None, None) if isinstance(to, str) else tuple(to)
        if len(other) != 2:
            raise TypeError(f"to is a name or (since, until), not {to!r}")
        return Change(super().change(
            *self._asked(metrics, "change()", preset, keywords),
            PERIODS[to] if isinstance(to, str) else _kpi.CHANGE_GIVEN,
            *map(bound_of, other)))

    change.__doc__ = f"""What changed from another period to [since, until),
    by the groups of the question and as a whole, as a kpi.Change:

        change = store.change("service_level", by="queue", since="2026-10-05",
                              until="2026-10-12", zone="Europe/Berlin")
        change.whole.difference, change.whole.verdict, change.whole.mix

    `to` is "previous", of the same length just before; "weekdays_year", 364
    days earlier; or (since, until). Differences are tested by days, or by
    customers where it is about their coming again, unless verdict_by says
    otherwise. Metrics and keywords are those of measure(), but `every`.
    {QUESTION}"""

    def explain(self, metric, /, *, roles=None, preset=None, **keywords):
        """Opens a figure: the interactions, visits or legs in its numerator,
        in its denominator, and those left out with the reason, as a
        kpi.Explanation, a sequence of kpi.Explained that is read page by
        page:

            late = store.explain("service_level", roles="denominator",
                                 where={"agent": "amira"})
            late.figure.text, len(late), [unit.id for unit in late[:20]]

        `roles` are names of kpi.catalogue("roles"), one or several, and
        "excluded" for every reason; None: all. It is one figure: a group is
        named by `where`, a bucket by since and until, so that by, every and
        week_start are refused. The metric is a name or a kpi.Definition,
        and other keywords are those of measure()."""
        question, parameters = parted(keywords, PARAMETERS, "explain()")
        for name in ("by", "every", "week_start"):
            if name in question:
                raise TypeError(f"explain() opens one figure and takes no "
                                f"{name!r}: name a group by where, a bucket "
                                "by since and until")
        definition, = definitions_of(
            [metric], preset, parameters, "explain()")
        return Explanation(super().explain(
            query_of(**question), definition._definition, definition.metric,
            roles_of(roles)), str(definition))

    def plan(self, *, every="30min", period="week", agents=None,
             handle_time=None, patience=None, threshold="20s",
             target="service_level", target_value=None, max_occupancy=None,
             shrinkage=0, **keywords):
        question, _ = parted(keywords, (), "plan()")
        by = question.pop("by", ())
        by = [by] if isinstance(by, str) else list(by or ())
        return Plan(by, super().plan(
            query_of(by=by, every=every, **question),
            *plan_of(period, agents, handle_time, patience, threshold, target,
                     target_value, max_occupancy, shrinkage)))

    plan.__doc__ = f"""The agents that the store's own arrivals and handle
    times need in each interval of the week, as a kpi.Plan:

        plan = store.plan(by="queue", zone="Europe/Berlin", shrinkage=0.3,
                          since="2026-10-05", until="2026-11-02")
        plan[0].staffing.agents, plan[0].contacts, plan[0].handle_time_ms

    Arrivals are visits, by when they entered the queue, the mean of the whole
    weeks of the range; the handle time is the interval's own where it has 30
    or more, else that of the group, else of all, or a given `handle_time`.
    `every` is "15min", "30min" or "hour"; a `period` of "day" plans a typical
    day, or the one day that the range is. `patience` may be "measured": what
    all waited over the number of those who left. All else is as for
    kpi.staffing() and measure(); kpi_plan_measure(3) has the rules.
    {QUESTION}
    kpi.Error ENOTFOUND says what is missing where there is no whole week, or
    that no handle time is known."""

    def repeats(self, definition=None, *, preset=None, **keywords):
        """The contacts that repeat_rate counts as repeats, by customer, then
        time, as a list of kpi.Repeat. Keywords are those of repeat_rate(),
        less by and every; or give a Definition of repeat_rate."""
        question, parameters = parted(keywords, REPEATS, "repeats()")
        definition, = definitions_of(
            ["repeat_rate" if definition is None else definition], preset,
            parameters, "repeats()")
        return [Repeat(*row) for row in super().repeats(
            query_of(**question), definition._definition)]

    def iterate(self, *, since=None, until=None, zone="UTC", where=None,
                where_not=None, between=None, progress=None):
        """The interactions that the question selects, as an iterator of the
        dicts that get() returns. It goes over the state of the store in
        which it was made, also after changes and after close()."""
        return super().iterate(query_of(
            since=since, until=until, zone=zone, where=where,
            where_not=where_not, between=between, progress=progress))

    def __iter__(self):
        return self.iterate()

    def import_csv(self, path, map=(), *, values=(), fill=(), zone=None,
                   visits=False, strict=False, progress=None):
        """Reads a CSV with a header, a row an interaction, and adds all of it
        or, on a kpi.Error, nothing. Columns are matched by their names:

            store.import_csv("calls.csv",
                             map={"Speed of answer": "wait:s",
                                  "Date+Time": "started_at:%d/%m/%Y %H:%M",
                                  "Taken": "outcome", "Notes": ""},
                             values={"Y": "answered", "queue:Q1": "support",
                                     "N/A": ""},
                             fill={"csat_scale": 5, "channel": "voice"},
                             zone="Europe/Berlin")

        map says what a column is and how it is written ("" leaves it out),
        values what a cell means, fill what holds where a row says nothing,
        zone where times without an offset are (UTC if not given); each is a
        dict, or a list of the texts of the kpi command. With visits rows with
        one id that stand together are visits of one interaction. A row with
        an id that the store has updates it or is refused, as if_exists of
        kpi.open() says; a row that cannot be used is refused, and with
        strict is kpi.Error EPARSE with line, column and field.

        Returns a dict of what was read: rows, interactions (added), updated,
        refused, local_times, replaced_text, reasons as a list of {"field",
        "reason", "expected", "rows", "first", "value"}, again (rows that
        updated an earlier row) as one of them, and columns, a list of
        (name, field or None). progress(done, total) is in bytes."""
        return super().import_csv(path, _texts(map), _texts(values),
                                  _texts(fill), zone, visits, strict, progress)

    def import_queue_log(self, path, source=None, *, channel=None,
                         progress=None):
        """Reads an Asterisk queue_log, from where an earlier import of the
        same file ended, and returns a dict of what was read: lines, visits,
        interactions, activities, open, replaced_text, unfinished (bytes
        after the last newline), behind_ms (above 0: it begins so long before
        the end of what other files told, out of order), and as lists of
        {"reason", "lines", "first"} what was damaged and what says nothing
        for a KPI (other). `source` is the exchange's name, `channel` is
        "voice" if not given; progress(done, total) is in bytes."""
        return super().import_queue_log(path, source, channel, progress)

    def import_roster(self, path, source=None, *, zone=None):
        """Reads a CSV of employments, whose header has agent, hired_at and,
        if it likes, left_at and source, and returns how many rows were added:
        all, or on a kpi.Error none, EPARSE with line and field. `source` is of
        rows that name none; zone is where times without an offset are (UTC if
        not given)."""
        return super().import_roster(path, source, zone)

    def import_expenses(self, path, source=None, *, zone=None):
        """The same of expenses: started_at, ended_at, amount in minor units
        and, if it likes, by (queue, team, agent or channel) and of (its name),
        id, source and note."""
        return super().import_expenses(path, source, zone)

    def check(self, progress=None):
        """Reads and verifies everything; kpi.Error ECORRUPT with the first
        place that is wrong."""
        super().check(progress)
