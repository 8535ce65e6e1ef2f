# SPDX-License-Identifier: MIT
"""Rows of a result, and of the list of repeat contacts."""

from typing import NamedTuple

from . import _kpi


class Row(NamedTuple):
    """One figure of one group.

    Values of the group are also attributes: row.agent is
    row.group["agent"]. As a named tuple it has _asdict() and _fields.
    """

    group: dict          # dimension -> value; None: unknown
    time: object         # beginning of the bucket, in the zone; None: none
    until: object        # its end; past the last datetime: milliseconds
    metric: str
    value: object        # float; None unless the state is "ok"
    numerator: object    # an int, or a float where credit is split
    denominator: object
    excluded: dict       # reason -> how many
    lower: object        # bounds, by contact unless bounds_by is set
    upper: object
    state: str           # "ok", "no data", "undefined", "immature", "mixed"
    unit: str            # of the value: "share", "ms", "points", ...
    definition: str      # the canonical text
    target: object       # what it is to reach; None: none
    target_ceiling: object  # the end of a band; None: none
    verdict: object      # a name of kpi.catalogue("verdicts"); None: none
    verdict_lower: object  # bounds by verdict_by; None: none
    verdict_upper: object

    @property
    def text(self):
        """The value as people read it, in its unit: "85.1 %", "15.3 s",
        "7:20" (minutes and seconds); without a value the state."""
        if self.value is None:
            return self.state
        return _kpi.figure_text(self.value, self.unit)

    @property
    def bounds(self):
        """The bounds as people read them: "83.7\u201386.4 %"; "" if there are
        none."""
        if self.lower is None or self.upper is None:
            return ""
        return _kpi.bounds_text(self.lower, self.upper, self.unit)

    def __getattr__(self, name):
        if name in self.group:
            return self.group[name]
        raise AttributeError(f"the row has no {name!r}; its group is by "
                             f"{', '.join(self.group) or 'nothing'}")

    def __repr__(self):
        words = [f"{name}={value!r}" for name, value in self.group.items()]
        if self.time is not None:
            words.append(self.time.isoformat()
                         if hasattr(self.time, "isoformat")
                         else str(self.time))
        words += [self.metric, self.text]
        if self.unit == "share" and self.denominator:
            words.append(f"({self.numerator:g} of {self.denominator:g})")
        elif self.unit != "count" and self.denominator:
            words.append(f"(of {self.denominator:g})")
        words += [f"{count:g} {reason}"
                  for reason, count in self.excluded.items()]
        return f"<kpi.Row {' '.join(words)}>"


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
