# SPDX-License-Identifier: MIT
"""What changed from one period to another."""

from typing import NamedTuple

from . import _kpi


class Difference(NamedTuple):
    """One metric of one group in both periods; values of the group are also
    attributes, as those of a Row. What there is not is None."""

    group: dict            # dimension -> value; of the whole it is empty
    metric: str
    now: object            # values; None unless the state is "ok"
    before: object
    difference: object     # now - before
    lower: object          # its bounds, by contact unless bounds_by is set
    upper: object
    chance: object         # of so great a difference, were there none
    adjusted: object       # the same of all groups tested at once
    verdict: object        # "more than noise", "within noise"; None: not
                           # tested, or fewer than five days or customers
    verdict_lower: object  # bounds by verdict_by, of this group alone
    verdict_upper: object
    within: object         # what the whole changed by since this group did
    mix: object            # and since its weight did
    now_weight: object     # the group's share of the denominator
    before_weight: object
    bounds_by: object      # "contact", "day", "customer"
    verdict_by: object
    method: object         # of the bounds: "Newcombe", "Welch", ...
    verdict_method: object
    unit: str              # of the value: "share", "ms", "points", ...
    now_state: str         # as Row.state
    before_state: str
    definition: str        # the canonical text

    @property
    def text(self):
        """The difference as people read it, in its unit: "+3.1 %" of a share
        is three points of a hundred; "" if there is none."""
        if self.difference is None:
            return ""
        text = _kpi.figure_text(self.difference, self.unit)
        return "+" + text if self.difference > 0 else text

    def __getattr__(self, name):
        if name in self.group:
            return self.group[name]
        raise AttributeError(f"the difference has no {name!r}; its group is "
                             f"by {', '.join(self.group) or 'nothing'}")

    def __repr__(self):
        words = [f"{name}={value!r}" for name, value in self.group.items()]
        words += [self.metric, self.text or self.now_state]
        if self.verdict is not None:
            words.append(self.verdict)
        return f"<kpi.Difference {' '.join(words)}>"


class Change:
    """Differences of groups, by the bytes of their values, a Difference for
    every group and metric: len(), change[i] and iterating are those of a
    list. `whole` is the one of all; within + mix == difference there, to the
    last bit.
    """

    __slots__ = {
        "_rows": None,
        "_wholes": None,
        "by": "The dimensions of the groups.",
        "since": "The beginning of the period, a datetime in UTC.",
        "until": "Its end.",
        "before_since": "The beginning of the period before.",
        "before_until": "Its end.",
    }

    def __init__(self, read):
        self.by, (now, before), count, found = read
        self.since, self.until = now
        self.before_since, self.before_until = before
        rows = [Difference(dict(zip(self.by, group)), *values)
                for group, *values in found]
        self._rows, self._wholes = rows[:-count], rows[-count:]

    @property
    def wholes(self):
        """The differences of the whole, one for each definition."""
        return list(self._wholes)

    @property
    def whole(self):
        """The difference of the whole; ValueError for several metrics."""
        if len(self._wholes) != 1:
            raise ValueError(
                f"the change is of {len(self._wholes)} metrics, not one")
        return self._wholes[0]

    def __len__(self):
        return len(self._rows)

    def __getitem__(self, place):
        return self._rows[place]

    def __iter__(self):
        return iter(self._rows)

    def to_dicts(self):
        """The differences of the groups as dicts."""
        return [row._asdict() for row in self._rows]

    def __repr__(self):
        lines = [f"<kpi.Change of {self.since} to {self.until} from "
                 f"{self.before_since} to {self.before_until}>"]
        lines += [repr(row) for row in self._rows if row.group]
        lines += [repr(row) for row in self._wholes]
        return "\n".join(lines)
