# SPDX-License-Identifier: MIT
"""When in the week, or in the day, how much comes."""

from datetime import time
from typing import NamedTuple

from . import _kpi

PERIODS = {"week": _kpi.BUCKET_WEEK, "day": _kpi.BUCKET_DAY}


class SeasonCell(NamedTuple):
    """An interval of a weekday; values of the group are also attributes, as
    those of a Row."""

    group: dict      # dimension -> value
    weekday: object  # 1 Monday to 7 Sunday; None: of any day
    time: time       # when it begins, by the clock of the zone
    index: object    # its mean over the mean of all; None: nothing in any
    mean: object     # of what comes in it; None: it never came
    count: float     # what came in it, exact
    times: float     # how often it came; changes of clocks count

    def __getattr__(self, name):
        if name in self.group:
            return self.group[name]
        raise AttributeError(f"the cell has no {name!r}; its group is by "
                             f"{', '.join(self.group) or 'nothing'}")


class Season:
    """The cells of each group, in the order of the week from its first day:
    len(), season[i] and iterating are those of a list. The mean of a group's
    indices is 1.
    """

    __slots__ = {
        "_cells": None,
        "by": "The dimensions of the groups.",
        "since": "The beginning of the whole weeks that count, in UTC.",
        "until": "Their end.",
        "periods": "How many weeks, or days, these are.",
    }

    def __init__(self, by, read):
        self.by = by
        self.since, self.until, self.periods, found = read
        self._cells = [
            SeasonCell(dict(zip(self.by, group)), weekday or None,
                       time(*divmod(minute, 60)), index, mean,
                       count if parts == 1 else count / parts, times)
            for group, weekday, minute, index, mean, count, parts, times
            in found]

    def __len__(self):
        return len(self._cells)

    def __getitem__(self, place):
        return self._cells[place]

    def __iter__(self):
        return iter(self._cells)

    def to_dicts(self):
        """The cells as dicts."""
        return [cell._asdict() for cell in self._cells]

    def __repr__(self):
        return (f"<kpi.Season of {self.periods} from {self.since} until "
                f"{self.until}: {len(self)} cells>")
