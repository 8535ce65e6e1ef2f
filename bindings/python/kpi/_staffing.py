# SPDX-License-Identifier: MIT
"""How many agents or lines a load needs: Erlang B, C and A."""

from datetime import timedelta
from typing import NamedTuple

from . import _kpi
from ._definition import MILLISECOND
from ._query import duration_of
from ._word import refusal, unknown_word

TARGETS = {name.removeprefix("ERLANG_").lower(): number
           for name, number in vars(_kpi).items() if name[:7] == "ERLANG_"}


class Staffing(NamedTuple):
    """What becomes of a load with so many agents. Shares and waits of
    contacts are None without contacts, the occupancy without agents."""

    agents: int                # there for contacts at any moment
    positions: int             # agents / (1 - shrinkage), rounded up
    load: float                # in erlangs
    wait_probability: float    # share of contacts that find all agents busy
    service_level: float       # share of all contacts answered in time
    mean_wait_ms: float        # of all contacts
    speed_of_answer_ms: float  # mean wait of the answered ones
    abandonment: float         # share of contacts that leave
    occupancy: float           # share of the agents' time


def _milliseconds(name, value):
    value = duration_of(name, value)
    if isinstance(value, timedelta):
        return value / MILLISECOND
    if not isinstance(value, int):
        raise TypeError(f"{name} must be a timedelta or a text, "
                        f"not {value!r}")
    return value


def _given(name, value):
    """What may be left out, which the module takes as 0."""
    if value is None:
        return 0
    if value == 0:
        raise refusal("EINVAL", name, f"{name} is 0: expected is more than 0")
    return value


def load_of(caller, handle_time, patience, threshold, target, target_value,
            max_occupancy, shrinkage):
    """What the module takes of a load and of what is wanted."""
    if target not in TARGETS:
        raise unknown_word(caller, "target", target, TARGETS)
    if patience is not None:
        patience = _milliseconds("patience", patience)
    if target == "speed_of_answer" and target_value is not None:
        target_value = _milliseconds("target_value", target_value)
    return (_milliseconds("handle_time", handle_time),
            _given("patience", patience),
            _milliseconds("threshold", threshold),
            _given("target_value", target_value),
            _given("max_occupancy", max_occupancy), shrinkage,
            TARGETS[target])


def staffing(contacts, interval, handle_time, *, agents=None, patience=None,
             threshold="20s", target="service_level", target_value=None,
             max_occupancy=None, shrinkage=0):
    """The fewest agents that reach a target, or what becomes of a load with
    so many `agents`, as Staffing.

        kpi.staffing(100, "30min", "180s")                # 80 % in 20 s
        kpi.staffing(100, "30min", "180s", target_value=0.9, threshold="10s",
                     patience="2min", max_occupancy=0.85, shrinkage=0.3)
        kpi.staffing(100, "30min", "180s", agents=14).service_level

    contacts      that arrive in an interval, a mean; fractions are allowed
    interval      and handle_time (its after-call work too) are timedeltas or
                  texts with a unit, no bare numbers, as all durations here
    patience      the mean time after which who waits has left (Erlang A);
                  without it all wait as long as it takes (Erlang C), and
                  agents must be more than the load: kpi.Error EINVAL says
                  how many
    threshold     of the service level: the share of all contacts, those who
                  leave too, that are answered within it
    target        what target_value is of: "service_level" (0.8 if it is not
                  given) at least; "wait_probability", "speed_of_answer" (a
                  duration), "abandonment" (with a patience) or "occupancy" at
                  most
    max_occupancy the most occupancy beside the target
    shrinkage     the share of paid time in which an agent is not there

    kpi_staffing_of(3) has the formulas and their sources.
    """
    return Staffing(*_kpi.staffing(
        agents, contacts, _milliseconds("interval", interval),
        *load_of("staffing()", handle_time, patience, threshold, target,
                 target_value, max_occupancy, shrinkage)))


def erlang_blocking(load, lines):
    """The share of contacts that find all lines busy and are turned away
    (Erlang B), for a load in erlangs; None for a load of 0."""
    return _kpi.erlang_blocking(load, lines)


def erlang_lines(load, blocking):
    """The fewest lines of which at most the share `blocking` of contacts
    finds all busy (Erlang B), for a load in erlangs."""
    return _kpi.erlang_lines(load, blocking)
