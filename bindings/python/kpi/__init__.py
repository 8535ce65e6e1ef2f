# SPDX-License-Identifier: MIT
"""KPIs of contact centres and helpdesks: exact, and by a stated definition.

    import kpi

    with kpi.open("calls.kpi") as store:
        store.add(id="17", customer="c-42", started_at=when, csat=5,
                  queue="support", agent="amira", wait=8000, talk=190000,
                  outcome="answered")
        for row in store.measure("service_level", "csat", by="agent",
                                 every="month", zone="Europe/Berlin"):
            print(row.group["agent"], row.time, row.metric, row.value)

Instants are datetimes with a time zone, or milliseconds since 1970 UTC;
durations are timedeltas or milliseconds. What is not known, and the value of
a figure with no data, is None. What the library refuses is kpi.Error; no
memory is MemoryError; an argument of the wrong type is TypeError, and a
closed store is ValueError.
"""

from . import _kpi
from ._definition import Definition
from ._kpi import Error, version
from ._query import instant, instant_text
from ._result import Result, load
from ._row import Repeat, Row
from ._store import Store
from ._word import unknown_word

__all__ = [
    "Definition", "Error", "Repeat", "Result", "Row", "Store", "catalogue",
    "instant", "instant_text", "is_queue_log", "load", "open", "reseal",
    "version",
]

_TABLES = {
    "fields": _kpi.TABLE_FIELDS,
    "dimensions": _kpi.TABLE_DIMENSIONS,
    "metrics": _kpi.TABLE_METRICS,
    "parameters": _kpi.TABLE_PARAMETERS,
    "presets": _kpi.TABLE_PRESETS,
    "outcomes": _kpi.TABLE_OUTCOMES,
    "buckets": _kpi.TABLE_BUCKETS,
    "states": _kpi.TABLE_STATES,
    "directions": _kpi.TABLE_DIRECTIONS,
    "transfers": _kpi.TABLE_TRANSFERS,
    "activities": _kpi.TABLE_ACTIVITIES,
}


def open(path=None, **options):
    """Opens the store in a file, or a new one in memory (None).

        read_only    writing is kpi.Error EREADONLY
        must_exist   no file is kpi.Error ENOTFOUND; else it is made
        must_create  a file that is there is kpi.Error EEXISTS
        memory       the budget of decoded columns, in bytes; 0: 256 MiB
        busy_ms      how long to wait for another writer; 5,000 if not
                     given, 0: not at all; then kpi.Error EBUSY
        permissions  of a new file; 0o600 if not given
        if_exists    an id that is there already: "refuse" (kpi.Error
                     EEXISTS) or "update"
    """
    return Store(path, **options)


def catalogue(table):
    """A table of the library as a list of dicts with name, number, kind,
    unit, values, default, relation, sentence and source. Tables are fields,
    dimensions, metrics, parameters, presets, outcomes, buckets, states,
    directions, transfers and activities."""
    if table not in _TABLES:
        raise unknown_word("catalogue()", "table", table, _TABLES)
    return _kpi.table(_TABLES[table])


def is_queue_log(data):
    """Whether the bytes that a file begins with look like an Asterisk
    queue_log."""
    return _kpi.is_queue_log(data)


def reseal(path):
    """Accepts the pages of a closed store as they are, after another program
    wrote into its file. What that program broke stays broken: check() the
    store afterwards. kpi.Error EBUSY if it is open, ENOTFOUND if there is
    none."""
    _kpi.reseal(path)
