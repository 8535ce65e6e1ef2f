# SPDX-License-Identifier: MIT
"""KPIs of contact centres and helpdesks: exact, and by a stated definition.

    import kpi

    with kpi.open("calls.kpi") as store:
        store.add(id="17", customer="c-42", started_at=when, csat=5,
                  queue="support", agent="amira", wait=8000, talk=190000,
                  outcome="answered")
        for row in store.measure("service_level", "csat", by="agent",
                                 every="month", zone="Europe/Berlin"):
            print(row.agent, row.time, row.metric, row.value)

OPENING

kpi.open("calls.kpi") is the store in a file, kpi.open() a new one in memory.
A store is closed at the end of a `with` block, or by close().

ADDING

store.add(**fields) adds one interaction; its keywords are the fields of
kpi.catalogue("fields"). The fields of a single visit to a queue are keywords
too; of several, `visits` is a list of dicts, named tuples or objects of a
dataclass, in order of entry:

    store.add(started_at=when, customer="c-42", visits=[
        {"queue": "support", "wait": 30000, "outcome": "overflowed"},
        {"queue": "second", "wait": 5000, "outcome": "answered"}])

A file keeps what was added when the call returns; many that are added one by
one are faster in a batch: with store.batch(): ...

store.add_columns(table) or add_columns(started_at=..., wait=...) adds many at
once, from numpy, pandas, polars, pyarrow, buffers or lists; none of these
libraries is needed. kpi.Error has the row in `line`, from 1.
store.add_arrow(table) does so from whatever has Arrow's C stream interface,
batch by batch.

store.update(), delete(), get(), iterate() change and read interactions;
erase_customer() erases a name; store.import_csv() reads a CSV with a header,
store.import_queue_log() Asterisk's log.

Instants are datetimes with a time zone, or milliseconds since 1970 UTC;
durations of a record are timedeltas or milliseconds; codes such as the
outcome are names. A number that would be of before 1980 as milliseconds and
of 1980 or later as seconds, such as time.time(), is refused: a contact of
before 1980 has a datetime. The durations of a question, such as a threshold,
are timedeltas or texts with a unit ("20s"), no bare numbers. What is not known is None, or what is not equal to itself: a float that is not
a number, NaT, NA.

ASKING

Every metric of kpi.catalogue("metrics") is a method of the store, and
store.measure() asks for several in one pass:

    store.service_level(by="agent", every="month", zone="Europe/Berlin",
                        service_level_threshold="20s", preset="icmi1",
                        where={"channel": ["voice", "chat"]},
                        since=datetime(2026, 1, 1, tzinfo=timezone.utc))

help(kpi.Store.service_level) explains its formula, parameters and presets,
help(kpi.Store.measure) the keywords that choose rows and groups. A metric
and its parameters are also a value: see kpi.Definition.

RESULTS

A kpi.Result has a row for every group and metric, and shows as a table:

    result = store.csat(by="queue", every="day", zone="Europe/Berlin")
    result[0].value, result[0].queue, result[0].time, result[0].lower
    result["value"]                     # a column, as a list
    pandas.DataFrame(result.to_dict())
    polars.DataFrame(result)            # by Arrow, as pyarrow.table(result)
    store.csat().value                  # of the only figure

A row has the group, the beginning of its bucket as a datetime in the zone of
the question, the value with its numerator and denominator, the bounds (lower,
upper), what was left out and why (excluded), and its state. The value of no
data is None, never 0. Results outlive the store, can be saved, pickled and
copied, and merge: parts measured in many places give the figure of the whole.

CHANGES

    change = store.change("service_level", by="queue", since="2026-10-05",
                          until="2026-10-12", zone="Europe/Berlin")
    change.whole.difference, change.whole.verdict   # "more than noise"?
    change.whole.within, change.whole.mix           # add up to the difference

compares a period to the one before, to the same weekdays of a year ago, or to
any other; result.change(before) compares saved results.

SEASONS

    season = store.contacts(every="hour", zone="Europe/Berlin").season()
    max(season, key=lambda cell: cell.index)        # the busiest hour

has an index for each weekday and interval: what comes then, over the mean of
all.

CONTROL CHARTS

kpi.control_limits(values) has the natural limits of a series such as
result["value"] by week, and its signals(values) say which values are outside of
them, far from the one before, or in a run on one side of the centre.

STAFFING

kpi.staffing() says how many agents a load needs (Erlang C and A),
kpi.erlang_lines() how many lines (Erlang B). store.plan() asks that for each
interval of the week, of the store's own arrivals and handle times.

ERRORS

kpi.Error    what the library refuses or could not do: its status ("EINVAL",
             "ENOTFOUND", ...), the field, the row or line; a wrong word
             gets the nearest right one
TypeError    an argument of the wrong type
ValueError   a closed store
MemoryError  no memory

THREADS

A store may be used from several threads at once; calls that take long let
other threads run, tell their progress and heed Ctrl-C. After a fork() the
child's calls are kpi.Error EFORK, and results stay readable.
"""

from . import _kpi
from ._change import Change, Difference
from ._chart import ControlLimits, control_limits
from ._definition import Definition
from ._explanation import Explained, Explanation
from ._kpi import Error, version
from ._plan import Plan, PlanInterval
from ._query import instant, instant_text
from ._result import Result, load
from ._row import Repeat, Row
from ._season import Season, SeasonCell
from ._staffing import Staffing, erlang_blocking, erlang_lines, staffing
from ._store import Store
from ._word import unknown_word

__all__ = [
    "Change", "ControlLimits", "Definition", "Difference", "Error",
    "Explained", "Explanation", "Repeat", "Result", "Row", "Staffing", "Store", "catalogue", "control_limits",
    "erlang_blocking", "erlang_lines", "instant", "instant_text", "is_csv",
    "is_queue_log", "load", "open", "reseal", "staffing", "version",
]

_TABLES = {name.removeprefix("TABLE_").lower(): number
           for name, number in vars(_kpi).items() if name[:6] == "TABLE_"}


def open(path=None, **options):
    """Opens the store in a file, or a new one in memory (None).

        read_only    writing is kpi.Error EREADONLY
        must_exist   no file is kpi.Error ENOTFOUND; else it is made
        must_create  a file that is there is kpi.Error EEXISTS
        memory       the budget of decoded columns, in bytes; 0: 256 MiB
        busy_ms      how long to wait for another writer, 5,000 if not
                     given or 0, -1: not at all; then kpi.Error EBUSY
        permissions  of a new file; 0o600 if not given
        if_exists    an id that is there already: "refuse" (kpi.Error
                     EEXISTS) or "update"
    """
    return Store(path, **options)


def catalogue(table):
    if table not in _TABLES:
        raise unknown_word("catalogue()", "table", table, _TABLES)
    return _kpi.table(_TABLES[table])


catalogue.__doc__ = f"""A table of the library as a list of dicts with name, number, kind, unit,
values, default, relation, sentence and source.

The tables: {' '.join(_TABLES)}."""


def is_csv(data):
    """Whether the bytes that a file begins with look like a CSV with a header
    of several columns."""
    return _kpi.is_csv(data)


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
