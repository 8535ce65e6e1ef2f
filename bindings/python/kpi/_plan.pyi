# SPDX-License-Identifier: MIT
from collections.abc import Iterator
from datetime import time
from typing import Any, Literal, NamedTuple, SupportsIndex, overload

from . import Staffing
from ._season import Season

class PlanInterval(NamedTuple):
    group: dict[str, str | None]
    weekday: int | None
    time: time
    contacts: float | None
    count: int
    times: float
    handle_time_ms: float
    handled: int
    handled_of: Literal["given", "interval", "group", "all"]
    patience_ms: float | None
    staffing: Staffing
    def __getattr__(self, name: str) -> str | None: ...

class Plan:
    season: Season
    def __len__(self) -> int: ...
    @overload
    def __getitem__(self, place: SupportsIndex) -> PlanInterval: ...
    @overload
    def __getitem__(self, place: slice) -> list[PlanInterval]: ...
    def __iter__(self) -> Iterator[PlanInterval]: ...
    def to_dicts(self) -> list[dict[str, Any]]: ...
