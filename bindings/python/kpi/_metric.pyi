# SPDX-License-Identifier: MIT
# Written by `make update` from the library's tables: change it there.
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, TypedDict, Unpack

from . import Result

Instant = datetime | int | float
Duration = timedelta | int | float
Bound = datetime | date | int | str
Names = str | Iterable[str]
Filter = Mapping[
    str, str | int | None | Iterable[str] | Iterable[int] | Iterable[str | None]
]
Progress = Callable[[int, int], object]

# Of a parameter; a mapping has a threshold for each queue or channel, or a
# target for each queue, channel, team or agent.
Own = Mapping[str, Any] | Mapping[str | None, Any]
Span = str | timedelta | Own
Goal = str | float | timedelta | Own

Metric = Literal[
    "contacts", "visits", "customers", "service_level", "abandonment_rate",
    "answer_rate", "average_speed_of_answer", "average_handle_time",
    "resolution_rate", "first_contact_resolution", "repeat_rate",
    "contacts_per_issue", "csat", "csat_mean", "nps", "average_wait",
    "longest_wait", "average_talk_time", "average_hold_time",
    "average_after_call_time", "transfer_rate", "channel_mix", "reason_mix",
    "repeat_customer_rate", "dsat", "ces", "survey_response_rate", "occupancy",
    "utilisation", "contacts_per_agent", "backlog", "reopen_rate",
    "escalation_rate", "quality_score", "self_service_rate",
    "first_response_time", "resolution_time", "first_response_within",
    "resolved_within", "average_idle_time", "turnover", "cost_per_contact",
    "wait_p50", "wait_p75", "wait_p90", "wait_p95", "wait_p99",
    "wait_quantile", "speed_of_answer_p50", "speed_of_answer_p75",
    "speed_of_answer_p90", "speed_of_answer_p95", "speed_of_answer_p99",
    "speed_of_answer_quantile", "handle_time_p50", "handle_time_p75",
    "handle_time_p90", "handle_time_p95", "handle_time_p99",
    "handle_time_quantile", "talk_time_p50", "talk_time_p75", "talk_time_p90",
    "talk_time_p95", "talk_time_p99", "talk_time_quantile", "hold_time_p50",
    "hold_time_p75", "hold_time_p90", "hold_time_p95", "hold_time_p99",
    "hold_time_quantile", "after_call_time_p50", "after_call_time_p75",
    "after_call_time_p90", "after_call_time_p95", "after_call_time_p99",
    "after_call_time_quantile", "first_response_time_p50",
    "first_response_time_p75", "first_response_time_p90",
    "first_response_time_p95", "first_response_time_p99",
    "first_response_time_quantile", "resolution_time_p50",
    "resolution_time_p75", "resolution_time_p90", "resolution_time_p95",
    "resolution_time_p99", "resolution_time_quantile",
]

class Parameters(TypedDict, total=False):
    abandonment_denominator: str | Iterable[str]
    abandonment_numerator: str | Iterable[str]
    anchor: str
    arrivals: str
    as_of: str | datetime | int
    average_wait_outcomes: str | Iterable[str]
    bounds_by: str
    business_hours: str
    ces_bottom: str | float
    ces_score: str
    ces_top: str | float
    ces_version: str | float
    compare_adjust: str
    confidence: str | float
    contact_parts: str | Iterable[str]
    contacts_classes: str | Iterable[str]
    contacts_per_agent_denominator: str
    contacts_per_agent_numerator: str
    cost_allocation: str
    cost_denominator: str
    cost_sources: str | Iterable[str]
    credit: str
    csat_bottom: str | float
    csat_per: str
    csat_scale: str | float
    csat_scale_from: str | float
    csat_score: str
    csat_top: str | float
    directions: str | Iterable[str]
    fcr_denominator: str
    fcr_max_replies: str | float
    fcr_method: str
    fcr_min_replies: str | float
    fcr_net: str | float
    fcr_requires: str | Iterable[str]
    fcr_unit: str
    first_response_threshold: Span
    handle_parts: str | Iterable[str]
    known_from: str | datetime | int
    longest_wait_outcomes: str | Iterable[str]
    mix_unknown: str
    nps_per: str
    occupancy_denominator: str | Iterable[str]
    occupancy_numerator: str | Iterable[str]
    overlap: str
    part_denominator: str
    quantile: str | float
    quantile_from: str
    quantile_rule: str
    reopen_denominator: str
    reopen_window: Span
    repeat_counted_outcomes: str | Iterable[str]
    repeat_credit: str
    repeat_directions: str | Iterable[str]
    repeat_earlier_outcomes: str | Iterable[str]
    repeat_edge: str
    repeat_from: str
    repeat_gap: Span
    repeat_later_outcomes: str | Iterable[str]
    repeat_link: str
    repeat_same: str
    repeat_unknown_customer: str
    repeat_window: Span
    resolution_mode: str
    resolution_population: str
    resolution_state: str
    resolution_unknown: str
    resolution_within: Span
    self_service_min: Span
    self_service_numerator: str | Iterable[str]
    self_service_window: Span
    service_level_denominator: str | Iterable[str]
    service_level_numerator: str | Iterable[str]
    service_level_threshold: Span
    short_abandon_threshold: Span
    short_answer_threshold: Span
    survey_anchor: str
    survey_window: Span
    target_ceiling: Goal
    target_goal: Goal
    transfer_count: str
    transfer_denominator: str
    transfer_kinds: str | Iterable[str]
    turnover_annual: str | float
    turnover_denominator: str
    unit: str
    utilisation_denominator: str | Iterable[str]
    utilisation_numerator: str | Iterable[str]
    verdict_by: str
    wait_min: Span
    wait_parts: str | Iterable[str]

class Rows(TypedDict, total=False):
    since: Bound | None
    until: Bound | None
    zone: str
    where: Filter | None
    where_not: Filter | None
    between: Mapping[str, tuple[Any, Any]] | None
    progress: Progress | None

class Question(Rows, Parameters, total=False):
    by: Names
    every: str | None
    week_start: int
    partition: str | None
    group_limit: int
    preset: str | None

class Fields(TypedDict, total=False):
    started_at: Instant | None
    direction: str | int | None
    ivr: Duration | None
    resolved: int | float | None
    first_resolved_at: Instant | None
    resolved_at: Instant | None
    reopened_count: int | float | None
    reopened_at: Instant | None
    escalated: int | float | None
    first_contact: int | float | None
    resolvable: int | float | None
    agent_replies: int | float | None
    customer_replies: int | float | None
    first_response_at: Instant | None
    survey_offered_at: Instant | None
    survey_answered_at: Instant | None
    csat: int | float | None
    csat_scale: int | float | None
    nps: int | float | None
    ces: int | float | None
    ces_version: str | int | None
    survey_resolved: int | float | None
    survey_contacts: int | float | None
    quality: int | float | None
    cost: int | float | None
    id: str | int | None
    source: str | int | None
    customer: str | int | None
    channel: str | int | None
    reason: str | int | None
    case: str | int | None
    attribute_1: str | int | None
    attribute_2: str | int | None
    attribute_3: str | int | None
    attribute_4: str | int | None
    entered_at: Instant | None
    ended_at: Instant | None
    wait: Duration | None
    ring: Duration | None
    talk: Duration | None
    hold: Duration | None
    after_call: Duration | None
    outcome: str | int | None
    transfer: str | int | None
    tier: str | int | None
    queue: str | int | None
    agent: str | int | None
    team: str | int | None

class Metrics:
    def contacts(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def visits(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def customers(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def service_level(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def abandonment_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def answer_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_speed_of_answer(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_handle_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_contact_resolution(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def repeat_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def contacts_per_issue(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def csat(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def csat_mean(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def nps(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_wait(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def longest_wait(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_talk_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_hold_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_after_call_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def transfer_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def channel_mix(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def reason_mix(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def repeat_customer_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def dsat(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def ces(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def survey_response_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def occupancy(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def utilisation(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def contacts_per_agent(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def backlog(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def reopen_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def escalation_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def quality_score(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def self_service_rate(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_within(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolved_within(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def average_idle_time(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def turnover(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def cost_per_contact(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def wait_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def wait_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def wait_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def wait_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def wait_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def wait_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def speed_of_answer_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def speed_of_answer_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def speed_of_answer_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def speed_of_answer_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def speed_of_answer_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def speed_of_answer_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def handle_time_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def handle_time_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def handle_time_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def handle_time_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def handle_time_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def handle_time_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def talk_time_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def talk_time_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def talk_time_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def talk_time_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def talk_time_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def talk_time_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def hold_time_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def hold_time_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def hold_time_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def hold_time_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def hold_time_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def hold_time_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def after_call_time_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def after_call_time_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def after_call_time_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def after_call_time_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def after_call_time_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def after_call_time_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def first_response_time_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time_p50(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time_p75(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time_p90(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time_p95(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time_p99(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
    def resolution_time_quantile(
        self, **keywords: Unpack[Question]
    ) -> Result: ...
