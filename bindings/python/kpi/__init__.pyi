# SPDX-License-Identifier: MIT
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import date, datetime
from os import PathLike
from typing import Any, Literal, NamedTuple, SupportsIndex, overload

_Instant = datetime | int
_Bound = datetime | date | int | str
_Names = str | Iterable[str]
_Filter = Mapping[str, str | None | Iterable[str | None]]
_Path = str | bytes | PathLike[str] | PathLike[bytes]
_Progress = Callable[[int, int], object]
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

class Definition:
    def __init__(
        self, metric: str, *, preset: str | None = None, **parameters: Any
    ) -> None: ...
    @classmethod
    def parse(cls, text: str) -> Definition: ...
    @property
    def metric(self) -> str: ...
    def __getitem__(self, parameter: str) -> str: ...
    def __eq__(self, other: object) -> bool: ...
    def __hash__(self) -> int: ...

class Result:
    @property
    def definitions(self) -> list[Definition]: ...
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
    def __iter__(self) -> Iterator[Row]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
    def to_csv(self) -> str: ...
    def to_json(self) -> str: ...
    def merge(self, other: Result) -> Result: ...
    def save(self) -> bytes: ...

class Store:
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
    ) -> Store: ...
    def __enter__(self) -> Store: ...
    def __exit__(self, *exception: object) -> None: ...
    def __iter__(self) -> Iterator[dict[str, Any]]: ...
    @property
    def closed(self) -> bool: ...
    def close(self) -> None: ...
    def add(
        self,
        *,
        started_at: _Instant,
        visits: Iterable[Mapping[str, Any]] | None = None,
        **fields: Any,
    ) -> None: ...
    def add_columns(self, **columns: Any) -> None: ...
    def update(
        self,
        *,
        id: str,
        source: str | None = None,
        clear: Iterable[str] = (),
        visits: Iterable[Mapping[str, Any]] | None = None,
        **fields: Any,
    ) -> None: ...
    def delete(self, id: str, source: str | None = None, /) -> None: ...
    def get(
        self, id: str, source: str | None = None, /
    ) -> dict[str, Any] | None: ...
    def add_activity(
        self,
        *,
        agent: str,
        state: str | int,
        started_at: _Instant,
        ended_at: _Instant | None = None,
        source: str | None = None,
    ) -> None: ...
    def activities(self) -> list[dict[str, Any]]: ...
    def batch(self) -> AbstractContextManager[Store]: ...
    def begin(self) -> None: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def measure(
        self,
        *metrics: str | Definition,
        preset: str | None = None,
        by: _Names = (),
        every: str | None = None,
        since: _Bound | None = None,
        until: _Bound | None = None,
        zone: str = "UTC",
        week_start: int = 1,
        where: _Filter | None = None,
        where_not: _Filter | None = None,
        between: Mapping[str, tuple[Any, Any]] | None = None,
        partition: Literal["customer", "case", "agent"] | None = None,
        group_limit: int = 0,
        progress: _Progress | None = None,
        **parameters: Any,
    ) -> Result: ...
    def repeats(
        self,
        definition: Definition | None = None,
        *,
        preset: str | None = None,
        since: _Bound | None = None,
        until: _Bound | None = None,
        zone: str = "UTC",
        where: _Filter | None = None,
        where_not: _Filter | None = None,
        between: Mapping[str, tuple[Any, Any]] | None = None,
        progress: _Progress | None = None,
        **parameters: Any,
    ) -> list[Repeat]: ...
    def iterate(
        self,
        *,
        since: _Bound | None = None,
        until: _Bound | None = None,
        zone: str = "UTC",
        where: _Filter | None = None,
        where_not: _Filter | None = None,
        between: Mapping[str, tuple[Any, Any]] | None = None,
    ) -> Iterator[dict[str, Any]]: ...
    def import_queue_log(
        self,
        path: _Path,
        source: str | None = None,
        *,
        channel: str | None = None,
        progress: _Progress | None = None,
    ) -> dict[str, Any]: ...
    def info(self) -> dict[str, Any]: ...
    def check(self, progress: _Progress | None = None) -> None: ...
    def set_memory(self, bytes: int, /) -> None: ...
    # One for every metric, written by `make update`.
    def contacts(self, **keywords: Any) -> Result: ...
    def visits(self, **keywords: Any) -> Result: ...
    def customers(self, **keywords: Any) -> Result: ...
    def service_level(self, **keywords: Any) -> Result: ...
    def abandonment_rate(self, **keywords: Any) -> Result: ...
    def answer_rate(self, **keywords: Any) -> Result: ...
    def average_speed_of_answer(self, **keywords: Any) -> Result: ...
    def average_handle_time(self, **keywords: Any) -> Result: ...
    def resolution_rate(self, **keywords: Any) -> Result: ...
    def first_contact_resolution(self, **keywords: Any) -> Result: ...
    def repeat_rate(self, **keywords: Any) -> Result: ...
    def contacts_per_issue(self, **keywords: Any) -> Result: ...
    def csat(self, **keywords: Any) -> Result: ...
    def csat_mean(self, **keywords: Any) -> Result: ...
    def nps(self, **keywords: Any) -> Result: ...

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
def instant(text: str, zone: str = "UTC") -> datetime: ...
def instant_text(when: _Instant | date | str, zone: str = "UTC") -> str: ...
def is_queue_log(data: bytes) -> bool: ...
def load(data: bytes) -> Result: ...
def reseal(path: _Path) -> None: ...
