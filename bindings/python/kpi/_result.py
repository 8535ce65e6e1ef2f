# SPDX-License-Identifier: MIT
"""What was measured: groups and their figures."""

from datetime import datetime, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from . import _kpi
from ._definition import Definition


class Row(NamedTuple):
    """One figure of one group."""

    group: dict          # dimension -> value; None: unknown
    time: object         # beginning of the bucket, in the zone; None: none
    until: object        # its end; past the last datetime: milliseconds
    metric: str
    value: object        # float; None unless the state is "ok"
    numerator: object    # an int, or a float where credit is split
    denominator: object
    excluded: dict       # reason -> how many
    lower: object        # bounds by contact; None: none
    upper: object
    state: str           # "ok", "no data", "undefined", "immature", "mixed"
    unit: str            # of the value: "share", "ms", "points", ...
    definition: str      # the canonical text


class Repeat(NamedTuple):
    """A contact that came again; what is not known is None."""

    started_at: object         # datetimes in UTC
    earlier_started_at: object
    first_started_at: object   # of the chain's first
    gap: int                   # milliseconds
    customer: object
    source: object
    id: object
    earlier_source: object
    earlier_id: object
    first_source: object
    first_id: object


class Result:
    """Figures of groups, by the bytes of their values, then by time.

    Iterating gives a Row for every group and definition; len() counts them
    and result[i] is one. str(result) is a table for people. A result is a
    value: it outlives the store, can be saved, pickled, sent and merged.
    """

    __slots__ = ("_result", "_shape", "_places", "_names", "_zone")

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

    def _local(self, instant):
        if not isinstance(instant, datetime):
            return instant
        if self._zone is None:
            self._zone = (timezone.utc if self.zone == "UTC"
                          else ZoneInfo(self.zone))
        try:
            return instant.astimezone(self._zone)
        except OverflowError:
            return instant

    def _row(self, place):
        row, index = divmod(place, self._shape[1])
        metric, *figure = self._result.figure(row, index)
        group = {by: self._result.group(row, i)
                 for i, by in enumerate(self._shape[2])}
        begin, until = map(self._local, self._result.time(row))
        return Row(group, begin, until, metric, *figure, self._names[index])

    def __getitem__(self, place):
        if isinstance(place, slice):
            return [self._row(i) for i in range(*place.indices(len(self)))]
        size = len(self)
        if not -size <= place < size:
            raise IndexError("no such row")
        return self._row(place % size)

    def __iter__(self):
        return (self._row(i) for i in range(len(self)))

    def to_dicts(self):
        """The rows as dicts: Row's fields by name."""
        return [row._asdict() for row in self]

    def to_csv(self):
        """The figures as CSV (RFC 4180), numbers in their shortest form."""
        return self._result.text(_kpi.FORMAT_CSV)

    def to_json(self):
        """The figures as JSON, one object a line."""
        return self._result.text(_kpi.FORMAT_JSON)

    def __str__(self):
        return self._result.text(_kpi.FORMAT_TABLE)

    def __repr__(self):
        rows, _, by, every, _ = self._shape
        text = "; ".join(self._names)
        if by:
            text += " by " + ", ".join(by)
        if every is not None:
            text += " every " + every
        return (f"<kpi.Result {text}: {rows} "
                f"{'group' if rows == 1 else 'groups'}>")

    def merge(self, other):
        """Adds another result of the same definitions, groups, buckets, zone
        and partition, and returns self. kpi.Error EMISMATCH says what
        differs, and then nothing has changed."""
        if not isinstance(other, Result):
            raise TypeError("merge() takes another result")
        self._result.merge(other._result)
        self._look()
        return self

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
