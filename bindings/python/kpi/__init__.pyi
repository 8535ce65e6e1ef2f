# SPDX-License-Identifier: MIT
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from os import PathLike
from types import TracebackType
from typing import (
    Any,
    Literal,
    NamedTuple,
    Self,
    SupportsIndex,
    Unpack,
    overload,
)

from ._metric import (
    Bound,
    Fields,
    Instant,
    Metric,
    Metrics,
    Parameters,
    Progress,
    Question,
    Rows,
)
from ._plan import Plan as Plan, PlanInterval as PlanInterval
from ._season import Season as Season, SeasonCell as SeasonCell

_Path = str | bytes | PathLike[str] | PathLike[bytes]
_IfExists = Literal["refuse", "update"]

version: str

class Error(Exception):
    code: int
    status: str
    field: str
    line: int
    column: int
    system: int

class Row(NamedTuple):
    group: dict[str, str | None]
    time: datetime | None
    until: datetime | int | None
    metric: str
    value: float | None
    numerator: int | float
    denominator: int | float
    excluded: dict[str, int | float]
    lower: float | None
    upper: float | None
    state: str
    unit: str
    definition: str
    @property
    def text(self) -> str: ...
    @property
    def bounds(self) -> str: ...
    target: float | None
    target_ceiling: float | None
    verdict: str | None
    verdict_lower: float | None
    verdict_upper: float | None
    # The values of the group by the names of their dimensions.
    def __getattr__(self, name: str) -> str | None: ...

class ControlLimits(NamedTuple):
    centre: float
    lower: float
    upper: float
    range: float
    range_limit: float
    values: int
    ranges: int
    def signals(
        self, values: Iterable[float | None], chart_run: int = 8
    ) -> list[tuple[Literal["outside", "range", "run"], ...]]: ...

class Staffing(NamedTuple):
    agents: int
    positions: int
    load: float
    wait_probability: float | None
    service_level: float | None
    mean_wait_ms: float | None
    speed_of_answer_ms: float | None
    abandonment: float | None
    occupancy: float | None

class Explained(NamedTuple):
    started_at: datetime
    row: int | None
    role: str
    left_out: str | None
    value: int | None
    numerator: int | float
    denominator: int | float
    excluded: int | float
    source: str | None
    id: str | None
    customer: str | None
    outcome_class: str | None

class Explanation(Sequence[Explained]):
    @property
    def figure(self) -> Row: ...
    @overload
    def __getitem__(self, place: int) -> Explained: ...
    @overload
    def __getitem__(self, place: slice) -> list[Explained]: ...
    def __len__(self) -> int: ...
    def __iter__(self) -> Iterator[Explained]: ...

class Repeat(NamedTuple):
    started_at: datetime
    earlier_started_at: datetime
    first_started_at: datetime
    gap: int
    customer: str | None
    source: str | None
    id: str | None
    earlier_source: str | None
    earlier_id: str | None
    first_source: str | None
    first_id: str | None

class Difference(NamedTuple):
    group: dict[str, str | None]
    metric: str
    now: float | None
    before: float | None
    difference: float | None
    lower: float | None
    upper: float | None
    chance: float | None
    adjusted: float | None
    verdict: str | None
    verdict_lower: float | None
    verdict_upper: float | None
    within: float | None
    mix: float | None
    now_weight: float | None
    before_weight: float | None
    bounds_by: str | None
    verdict_by: str | None
    method: str | None
    verdict_method: str | None
    unit: str
    now_state: str
    before_state: str
    definition: str
    @property
    def text(self) -> str: ...
    # The values of the group by the names of their dimensions.
    def __getattr__(self, name: str) -> str | None: ...

class Change:
    by: list[str]
    since: datetime | int | None
    until: datetime | int | None
    before_since: datetime | int | None
    before_until: datetime | int | None
    @property
    def wholes(self) -> list[Difference]: ...
    @property
    def whole(self) -> Difference: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, place: SupportsIndex) -> Difference: ...
    @overload
    def __getitem__(self, place: slice) -> list[Difference]: ...
    def __iter__(self) -> Iterator[Difference]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...

class Definition:
    def __init__(
        self,
        metric: Metric,
        *,
        preset: str | None = None,
        **parameters: Unpack[Parameters],
    ) -> None: ...
    @classmethod
    def parse(cls, text: str) -> Definition: ...
    @property
    def metric(self) -> str: ...
    @property
    def parameters(self) -> dict[str, str]: ...
    @property
    def words(self) -> str: ...
    @property
    def fingerprint(self) -> str: ...
    def __getitem__(self, parameter: str) -> str: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

class Result:
    @property
    def definitions(self) -> list[Definition]: ...
    @property
    def fingerprints(self) -> list[str]: ...
    @property
    def presets(self) -> list[list[str]]: ...
    @property
    def by(self) -> list[str]: ...
    @property
    def every(self) -> str | None: ...
    @property
    def zone(self) -> str: ...
    @property
    def known(self) -> list[tuple[datetime | None, datetime | int | None]]: ...
    @property
    def value(self) -> float | None: ...
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, place: SupportsIndex) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> list[Row]: ...
    @overload
    def __getitem__(self, place: str) -> list[Any]: ...
    def __iter__(self) -> Iterator[Row]: ...
    @property
    def columns(self) -> list[str]: ...
    def to_dict(self) -> dict[str, list[Any]]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
    def __arrow_c_stream__(
        self, requested_schema: object | None = None
    ) -> object: ...
    def to_csv(self) -> str: ...
    def to_json(self) -> str: ...
    def merge(self, other: Result) -> Result: ...
    def change(
        self,
        before: Result,
        whole: Result | None = None,
        before_whole: Result | None = None,
    ) -> Change: ...
    def season(
        self,
        metric: str | None = None,
        period: Literal["week", "day"] = "week",
    ) -> Season: ...
    def save(self) -> bytes: ...

class Store(Metrics):
    def __new__(
        cls,
        path: _Path | None = None,
        *,
        read_only: bool = False,
        must_exist: bool = False,
        must_create: bool = False,
        memory: int = 0,
        busy_ms: int = 5000,
        permissions: int = 0o600,
        if_exists: _IfExists = "refuse",
    ) -> Self: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> None: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    @property
    def closed(self) -> bool: ...
    def close(self) -> None: ...
    def add(
        self,
        *,
        visits: Iterable[Any] | None = None,
        **fields: Unpack[Fields],
    ) -> None: ...
    def add_columns(self, table: Any = None, /, **columns: Any) -> None: ...
    def add_arrow(
        self,
        table: Any,
        *,
        zone: str | None = None,
        progress: Progress | None = None,
    ) -> None: ...
    def update(
        self,
        *,
        clear: Iterable[str] = (),
        visits: Iterable[Any] | None = None,
        **fields: Unpack[Fields],
    ) -> None: ...
    def delete(self, id: str | int, source: str | None = None, /) -> None: ...
    def erase_customer(self, customer: str | int, /) -> None: ...
    def get(
        self, id: str | int, source: str | None = None, /
    ) -> dict[str, Any] | None: ...
    def add_activity(
        self,
        *,
        agent: str,
        state: str | int,
        started_at: Instant,
        ended_at: Instant | None = None,
        source: str | None = None,
    ) -> None: ...
    def activities(self) -> list[dict[str, Any]]: ...
    def add_employment(
        self,
        *,
        agent: str,
        hired_at: Instant,
        left_at: Instant | None = None,
        source: str | None = None,
    ) -> None: ...
    def employments(self) -> list[dict[str, Any]]: ...
    def add_expense(
        self,
        *,
        started_at: Instant,
        ended_at: Instant,
        amount: int,
        by: str | int | None = None,
        of: str | None = None,
        id: str | int | None = None,
        source: str | None = None,
        note: str | None = None,
    ) -> None: ...
    def expenses(self) -> list[dict[str, Any]]: ...
    def add_calendar(
        self,
        *,
        hours: str | None,
        queue: str | None = None,
        time_zone: str | None = None,
    ) -> None: ...
    def calendars(self) -> list[dict[str, Any]]: ...
    def batch(self) -> AbstractContextManager[Self]: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def measure(
        self, *metrics: Metric | Definition, **keywords: Unpack[Question]
    ) -> Result: ...
    def spread(
        self, metric: Metric | Definition, /, **keywords: Unpack[Question]
    ) -> Result: ...
    def change(
        self,
        *metrics: Metric | Definition,
        to: Literal["previous", "weekdays_year"] | tuple[Bound, Bound] = ...,
        **keywords: Unpack[Question],
    ) -> Change: ...
    def explain(
        self,
        metric: Metric | Definition,
        /,
        *,
        roles: str | Iterable[str] | None = None,
        **keywords: Unpack[Question],
    ) -> Explanation: ...
    def plan(
        self,
        *,
        every: Literal["15min", "30min", "hour"] = "30min",
        period: Literal["week", "day"] = "week",
        agents: int | None = None,
        handle_time: timedelta | str | None = None,
        patience: timedelta | str | None = None,
        threshold: timedelta | str = "20s",
        target: str = "service_level",
        target_value: float | timedelta | str | None = None,
        max_occupancy: float | None = None,
        shrinkage: float = 0,
        by: str | Iterable[str] = (),
        week_start: int = 1,
        group_limit: int = 0,
        **rows: Unpack[Rows],
    ) -> Plan: ...
    def repeats(
        self,
        definition: Definition | None = None,
        **keywords: Unpack[Question],
    ) -> list[Repeat]: ...
    def iterate(
        self, **keywords: Unpack[Rows]
    ) -> Iterator[dict[str, Any]]: ...
    def import_csv(
        self,
        path: _Path,
        map: Mapping[str, str] | Iterable[str] = (),
        *,
        values: Mapping[str, str] | Iterable[str] = (),
        fill: Mapping[str, object] | Iterable[str] = (),
        zone: str | None = None,
        visits: bool = False,
        strict: bool = False,
        progress: Progress | None = None,
    ) -> dict[str, Any]: ...
    def import_queue_log(
        self,
        path: _Path,
        source: str | None = None,
        *,
        channel: str | None = None,
        progress: Progress | None = None,
    ) -> dict[str, Any]: ...
    def import_roster(
        self,
        path: _Path,
        source: str | None = None,
        *,
        zone: str | None = None,
    ) -> int: ...
    def import_expenses(
        self,
        path: _Path,
        source: str | None = None,
        *,
        zone: str | None = None,
    ) -> int: ...
    def info(self) -> dict[str, Any]: ...
    def check(self, progress: Progress | None = None) -> None: ...
    def set_memory(self, bytes: int, /) -> None: ...
    def set_threads(self, threads: int, /) -> None: ...

def open(
    path: _Path | None = None,
    *,
    read_only: bool = False,
    must_exist: bool = False,
    must_create: bool = False,
    memory: int = 0,
    busy_ms: int = 5000,
    permissions: int = 0o600,
    if_exists: _IfExists = "refuse",
) -> Store: ...
def catalogue(table: str) -> list[dict[str, Any]]: ...
def control_limits(
    values: Iterable[float | None], centre: Literal["mean", "median"] = "mean"
) -> ControlLimits: ...
def erlang_blocking(load: float, lines: int) -> float | None: ...
def erlang_lines(load: float, blocking: float) -> int: ...
def instant(text: str, zone: str = "UTC") -> datetime: ...
def instant_text(when: Bound, zone: str = "UTC") -> str: ...
def is_csv(data: bytes) -> bool: ...
def is_queue_log(data: bytes) -> bool: ...
def load(data: bytes) -> Result: ...
def reseal(path: _Path) -> None: ...
def staffing(
    contacts: float,
    interval: str | timedelta,
    handle_time: str | timedelta,
    *,
    agents: int | None = None,
    patience: str | timedelta | None = None,
    threshold: str | timedelta = "20s",
    target: Literal[
        "service_level",
        "wait_probability",
        "speed_of_answer",
        "abandonment",
        "occupancy",
    ] = "service_level",
    target_value: float | str | timedelta | None = None,
    max_occupancy: float | None = None,
    shrinkage: float = 0,
) -> Staffing: ...
