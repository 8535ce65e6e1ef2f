# SPDX-License-Identifier: MIT
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, NamedTuple, SupportsIndex, overload

class SeasonCell(NamedTuple):
    group: dict[str, str | None]
    weekday: int | None
    time: time
    index: float | None
    mean: float | None
    count: float
    times: float
    def __getattr__(self, name: str) -> str | None: ...

class Season:
    by: list[str]
    since: datetime | int
    until: datetime | int
    periods: int
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, place: SupportsIndex) -> SeasonCell: ...
    @overload
    def __getitem__(self, place: slice) -> list[SeasonCell]: ...
    def __iter__(self) -> Iterator[SeasonCell]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
