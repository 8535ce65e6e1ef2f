# SPDX-License-Identifier: MIT
"""How many agents a store's own arrivals and handle times need."""

from datetime import time
from typing import NamedTuple

from . import _kpi
from ._season import PERIODS, Season
from ._staffing import Staffing, load_of
from ._word import refusal, unknown_word

HANDLED_OF = (None, "given", "interval", "group", "all")


class PlanInterval(NamedTuple):
    """An interval of a weekday, what comes in it and what that needs; values
    of the group are also attributes, as those of a Row."""

    group: dict            # dimension -> value
    weekday: object        # 1 Monday to 7 Sunday; None: of any day
    time: time             # when it begins, by the clock of the zone
    contacts: object       # that arrive in it, a mean; None: it never came
    count: int             # that arrived in it in all
    times: float           # how often it came
    handle_time_ms: float
    handled: int           # its own handle times
    handled_of: str        # the mean is "given", or of the "interval",
                           # "group" or "all"
    patience_ms: object    # None: nobody leaves
    staffing: Staffing

    def __getattr__(self, name):
        if name in self.group:
            return self.group[name]
        raise AttributeError(f"the interval has no {name!r}; its group is by "
                             f"{', '.join(self.group) or 'nothing'}")


class Plan:
    """The intervals of each group, in the order of the week from its first
    day: len(), plan[i] and iterating are those of a list.
    """

    __slots__ = {
        "_intervals": None,
        "season": "The arrivals, a kpi.Season, with the weeks that count.",
    }

    def __init__(self, by, read):
        arrivals, found = read
        self.season = Season(by, arrivals)
        self._intervals = [
            PlanInterval(cell.group, cell.weekday, cell.time, cell.mean,
                         cell.count, cell.times, handle_time, handled,
                         HANDLED_OF[handled_of], patience or None,
                         Staffing(*staffing))
            for cell, (handle_time, handled, handled_of, patience, staffing)
            in zip(self.season, found)]

    def __len__(self):
        return len(self._intervals)

    def __getitem__(self, place):
        return self._intervals[place]

    def __iter__(self):
        return iter(self._intervals)

    def to_dicts(self):
        """The intervals as dicts."""
        return [interval._asdict() for interval in self._intervals]

    def __repr__(self):
        return f"<kpi.Plan of {self.season!r}>"


def plan_of(period, agents, handle_time, patience, *wanted):
    """The arguments of the module's plan()."""
    if period not in PERIODS:
        raise unknown_word("plan()", "period", period, PERIODS)
    measured = patience == "measured"
    load = load_of("plan()", "0s" if handle_time is None else handle_time,
                   None if measured else patience, *wanted)
    if handle_time is not None and load[0] == 0:
        raise refusal("EINVAL", "handle_time",
                      "handle_time is 0: expected is more than 0")
    return (0 if agents is None else agents, *load, PERIODS[period],
            _kpi.PATIENCE_MEASURED if measured else _kpi.PATIENCE_GIVEN)
