# SPDX-License-Identifier: MIT
"""What was measured: groups and their figures."""

from datetime import datetime, timezone
from functools import cache

from . import _kpi
from ._change import Change
from ._definition import Definition
from ._row import Row
from ._season import PERIODS, Season
from ._word import unknown_word

LATER = Row._fields.index("definition") - Row._fields.index("metric")
FIGURES = ("metric", *_kpi.FIGURES)
UNASKED = FIGURES.index("target")  # the first that is of verdicts
SHOWN = 20  # rows of a result that its repr() shows


class Result:
    """Figures of groups, by the bytes of their values, then by time.

    Iterating gives a Row for every group and definition; len() counts them,
    result[i] is one and result[i:j] a list. result["value"] is a column as a
    list, and to_dict() has all of them: pandas.DataFrame(result.to_dict());
    polars.DataFrame(result) and pyarrow.table(result) read them by Arrow's
    interface. str(result) is a table for people.

    A result is a value: it outlives the store, is equal to one of the same
    figures, and can be copied, saved, pickled, sent and merged.
    """

    __slots__ = ("_result", "_shape", "_names", "_zone", "__weakref__")

    def __init__(self, result):
        if not isinstance(result, _kpi.Result):
            raise TypeError("results come from Store.measure() or kpi.load()")
        self._result = result
        self._look()

    def _look(self):
        self._shape = self._result.shape()
        self._names = [self._result.definition(i)
                       for i in range(self._shape[1])]
        self._zone = None

    @property
    def definitions(self):
        """The definitions that were measured, in their order."""
        return [Definition.parse(text) for text in self._names]

    @property
    def fingerprints(self):
        """The fingerprint of each definition, in their order."""
        return [self._result.fingerprint(i) for i in range(self._shape[1])]

    @property
    def presets(self):
        """For each definition the names of the presets by which
        Store.spread() measured it, as a list; empty in other results."""
        named = (self._result.presets(i) for i in range(self._shape[1]))
        return [names.split(", ") if names else [] for names in named]

    @property
    def by(self):
        """The dimensions of the groups."""
        return list(self._shape[2])

    @property
    def every(self):
        """The bucket of time, or None."""
        return self._shape[3]

    @property
    def zone(self):
        """The name of the time zone in which buckets were cut."""
        return self._shape[4]

    @property
    def known(self):
        """For each definition the instants (known_from, as_of) that it took,
        as datetimes in UTC; None where it reads none; an as_of that is past
        the last datetime as milliseconds."""
        return [self._result.known(i) for i in range(self._shape[1])]

    @property
    def value(self):
        """The value of the only figure; ValueError if there are several."""
        if len(self) != 1:
            raise ValueError(f"the result has {len(self)} figures, not one")
        return self[0].value

    def __len__(self):
        return self._shape[0] * self._shape[1]

    def __eq__(self, other):
        if not isinstance(other, Result):
            return NotImplemented
        return self.save() == other.save()

    __hash__ = None

    def _local(self, instant):
        if not isinstance(instant, datetime):
            return instant
        if self._zone is None:
            if self.zone == "UTC":
                self._zone = timezone.utc
            else:
                from zoneinfo import ZoneInfo

                self._zone = ZoneInfo(self.zone)
        try:
            return instant.astimezone(self._zone)
        except OverflowError:
            return instant

    def _rows(self, row, local):
        """The rows of a group, from the first definition to the last; what
        `local` makes of an instant is its time."""
        result, by = self._result, self._shape[2]
        values = [result.group(row, i) for i in range(len(by))]
        begin, until = map(local, result.time(row))
        for index, name in enumerate(self._names):
            figure = result.figure(row, index)
            yield Row(dict(zip(by, values)), begin, until, *figure[:LATER],
                      name, *figure[LATER:])

    def _row(self, place):
        row, index = divmod(place, self._shape[1])
        return [*self._rows(row, self._local)][index]

    def __getitem__(self, place):
        if isinstance(place, str):
            return self._column(place)
        if isinstance(place, slice):
            return [self._row(i) for i in range(*place.indices(len(self)))]
        size = len(self)
        if not -size <= place < size:
            raise IndexError("no such row")
        return self._row(place % size)

    def __iter__(self):
        local = cache(self._local)
        for row in range(self._shape[0]):
            yield from self._rows(row, local)

    @property
    def columns(self):
        """The names of the columns: the dimensions, time and until if there
        are buckets, and those of to_csv(): target and verdict only if one
        is asked for."""
        times = ["time", "until"] if self._shape[3] is not None else []
        asked = any(" verdict_by=" in name for name in self._names)
        figures = _kpi.FIGURES if asked else FIGURES[1:UNASKED]
        return [*self._shape[2], *times, "metric", "definition", *figures]

    def _column(self, name):
        rows, count, dimensions, every, _ = self._shape
        if name in dimensions:
            return self._result.groups(dimensions.index(name))
        if name == "definition":
            return self._names * rows
        if every is not None and name in ("time", "until"):
            instants = map(cache(self._local),
                           self._result.times(name == "until"))
            return [i for i in instants for _ in range(count)]
        if name in FIGURES:
            return self._result.columns(name)[0]
        raise unknown_word("the result", "column", name, self.columns)

    def to_dict(self):
        """The columns as lists, by name, in the order of `columns`. What was
        left out is a column a reason; the value of no data is None."""
        figures = dict(zip(FIGURES, self._result.columns(*FIGURES)))
        return {name: figures[name] if name in figures
                else self._column(name) for name in self.columns}

    def to_dicts(self):
        """The rows as dicts: Row's fields by name."""
        return [row._asdict() for row in self]

    def __arrow_c_stream__(self, requested_schema=None):
        """The columns by Arrow's C stream interface, so that
        polars.DataFrame(result) and pyarrow.table(result) are to_dict() in
        columns of theirs: words such as the state are categorical."""
        return self._result.arrow()

    def to_csv(self):
        """The figures as CSV (RFC 4180), numbers in their shortest form."""
        return self._result.text(_kpi.FORMAT_CSV, 0)

    def to_json(self):
        """The figures as JSON, one object a line."""
        return self._result.text(_kpi.FORMAT_JSON, 0)

    def __str__(self):
        return self._result.text(_kpi.FORMAT_TABLE, 0)

    def __repr__(self):
        rows, _, by, every, zone = self._shape
        text = ", ".join(dict.fromkeys(
            name.partition(" ")[0] for name in self._names))
        if by:
            text += " by " + ", ".join(by)
        if every is not None:
            text += f" every {every} in {zone}"
        more = len(self) - SHOWN
        table = self._result.text(_kpi.FORMAT_TABLE,
                                  SHOWN + 1 if more > 0 else 0)
        return (f"<kpi.Result of {text}: {rows:,} "
                f"{'group' if rows == 1 else 'groups'}>\n{table}" +
                (f"... and {more:,} rows more" if more > 0 else "")
                ).rstrip("\n")

    def merge(self, other):
        """Adds another result of the same definitions, groups, buckets, zone
        and partition, and returns self. kpi.Error EMISMATCH says what
        differs, and then nothing has changed."""
        if not isinstance(other, Result):
            raise TypeError("merge() takes another result")
        self._result.merge(other._result)
        self._look()
        return self

    def change(self, before, whole=None, before_whole=None):
        """What changed since an earlier result of equal definitions, groups,
        filters and zone, without buckets, as a kpi.Change. `whole` and
        `before_whole` are the same measured without groups: without them the
        whole has neither bounds nor a verdict. Whether a difference is more
        than noise is said of definitions with a verdict_by, or with bounds by
        day or customer. kpi.Error EMISMATCH says what differs."""
        others = [before, whole, before_whole]
        for other in others:
            if not isinstance(other, (Result, type(None))):
                raise TypeError(f"change() takes results, not {other!r}")
        return Change(self._result.change(*(
            None if other is None else other._result for other in others)))

    def season(self, metric=None, period="week"):
        """When in the week how much comes, as a kpi.Season: of a count
        (contacts, visits, customers) by 15min, 30min or hour.

            store.contacts(every="hour", zone="Europe/Berlin").season()

        `metric` is its name where the result has several; a `period` of
        "day" is a typical day. kpi.Error ENOTFOUND says what is missing
        where there is no whole week."""
        if period not in PERIODS:
            raise unknown_word("season()", "period", period, PERIODS)
        names = [name.partition(" ")[0] for name in self._names]
        if metric is None and len(names) != 1:
            raise ValueError(f"the result is of {len(names)} metrics: "
                             f"season() takes the name of one")
        if metric is not None and metric not in names:
            raise unknown_word("the result", "metric", metric, names)
        return Season(self.by, self._result.season(
            0 if metric is None else names.index(metric), PERIODS[period]))

    def save(self):
        """The result as bytes, the same on every machine and in any order of
        adding; kpi.load() reads them."""
        return self._result.save()

    def __reduce__(self):
        return load, (self.save(),)


def load(data):
    """The result that Result.save() wrote as bytes. kpi.Error ECORRUPT if
    they are anything else, EVERSION if a later release wrote them."""
    return Result(_kpi.load(data))
