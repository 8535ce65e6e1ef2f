# SPDX-License-Identifier: MIT
"""Rows of a result, and of the list of repeat contacts."""

from typing import NamedTuple


def value_text(value, unit, state):
    """A value for people, in its unit."""
    if value is None:
        return state
    if unit == "share":
        return f"{value:.1%}"
    if unit == "ms":
        return f"{value:,.0f} ms"
    return f"{value:,.6g}"


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
        words += [self.metric, value_text(self.value, self.unit, self.state)]
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
