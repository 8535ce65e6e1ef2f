# SPDX-License-Identifier: MIT
"""Control charts."""

from typing import NamedTuple

from . import _kpi


class ControlLimits(NamedTuple):
    """The limits of a chart of individual values and moving ranges (XmR), in
    the unit of the values."""

    centre: float       # mean or median of the values
    lower: float        # values outside of these are more than noise
    upper: float
    range: float        # mean or median of the moving ranges
    range_limit: float  # a moving range above it is more than noise
    values: int         # that are known
    ranges: int         # between two known ones that are adjacent

    def signals(self, values, chart_run=8):
        """What each of the values, a list as of control_limits(), signals
        against these limits: a tuple of "outside" (above the upper limit or
        below the lower), "range" (further from the value before than
        range_limit) and "run" (one of `chart_run` or more in a row, 5 to 20,
        strictly on one side of the centre); () where it is noise.

        A value that is not known has none and ends a run, as does one on the
        centre. The values may be later ones than those of the limits.
        kpi.Error EINVAL for another `chart_run`.
        """
        return _kpi.control_signals(
            list(values), self.centre, self.lower, self.upper,
            self.range_limit, chart_run)


def control_limits(values, centre="mean"):
    """The natural limits of a series in the order of time, as ControlLimits.

    `values` are numbers, and None or NaN for a bucket without data, across
    which there is no moving range: result["value"] of a single metric by time
    is such a list. `centre` is "mean" (mean +- 2.660 and 3.268 mean ranges)
    or "median" (3.145 and 3.865 median ranges), which one wild value does not
    move. Use buckets that are alike: weeks, or one weekday. kpi.Error
    ENOTFOUND if no two adjacent values are known.

    D. J. Wheeler, Understanding Variation, 2nd edition (2000).
    """
    if centre not in ("mean", "median"):
        raise ValueError(f"centre is 'mean' or 'median', not {centre!r}")
    return ControlLimits(
        *_kpi.control_limits(list(values), centre == "median"))
