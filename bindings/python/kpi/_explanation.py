# SPDX-License-Identifier: MIT
"""A figure opened: the units in it, page by page."""

from collections.abc import Sequence
from typing import NamedTuple

from . import _kpi
from ._result import LATER
from ._row import Row
from ._word import unknown_word

PAGE = 1024  # units that iterating reads at once
ROLES = {line["name"]: line["number"]
         for line in _kpi.table(_kpi.TABLE_ROLES)}
EXCLUDED = [name for name in ROLES
            if ROLES[name] >= ROLES["unknown"]]


class Explained(NamedTuple):
    """A unit of a figure; what is not known is None."""

    started_at: object     # of the interaction, a datetime in UTC
    row: object            # which of its rows, from 1; None: the whole
    role: str              # a name of kpi.catalogue("roles")
    left_out: object       # the reason, if it is left out; None: it is not
    value: object          # what is added up or put in order, such as ms
    numerator: object      # adds to it; a float where credit is split
    denominator: object
    excluded: object       # adds to the reason that left_out is
    source: object
    id: object
    customer: object
    outcome_class: object  # such as "answered_in"


def roles_of(names):
    """The bits of one name or several; "excluded" are all reasons."""
    bits = 0
    for name in [names] if isinstance(names, str) else names or ():
        if name != "excluded" and name not in ROLES:
            raise unknown_word("explain()", "role", name,
                               [*ROLES, "excluded"])
        for one in EXCLUDED if name == "excluded" else [name]:
            bits |= 1 << ROLES[one]
    return bits


class Explanation(Sequence):
    """The units of one figure, by the start of their interactions: a
    sequence of kpi.Explained, read page by page and never all at once.

    It is of the state of the store in which it was made, also after changes
    and after close(). `figure` is the kpi.Row that was opened.
    """

    __slots__ = ("_explanation", "_definition", "__weakref__")

    def __init__(self, explanation, definition):
        self._explanation = explanation
        self._definition = definition

    @property
    def figure(self):
        """The figure, as a kpi.Row without a group."""
        values = self._explanation.figure()
        return Row({}, None, None, *values[:LATER], self._definition,
                   *values[LATER:])

    def __len__(self):
        return len(self._explanation)

    def _page(self, first, count):
        return [Explained(*unit)
                for unit in self._explanation.page(first, count)]

    def __getitem__(self, place):
        count = len(self)
        if isinstance(place, slice):
            first, last, step = place.indices(count)
            if step == 1:
                return self._page(first, max(0, last - first))
            return [self[i] for i in range(first, last, step)]
        if place < 0:
            place += count
        if not 0 <= place < count:
            raise IndexError("no such unit")
        return self._page(place, 1)[0]

    def __iter__(self):
        count = len(self)
        for first in range(0, count, PAGE):
            yield from self._page(first, min(PAGE, count - first))

    def __repr__(self):
        return f"<kpi.Explanation {self.figure!r}, {len(self)} units>"
