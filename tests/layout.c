/* SPDX-License-Identifier: MIT */
/*
 * layout.c - every field that has shipped, where it shipped (LP64): append,
 * never edit. A struct that grows has its size raised here, and that is all.
 */
#include <stddef.h>

#include <kpi.h>

#define AT(type, field, offset) \
	_Static_assert(offsetof(type, field) == (offset), #type "." #field)
#define SIZE(type, size) _Static_assert(sizeof(type) >= (size), #type)

#if UINTPTR_MAX == UINT64_MAX

AT(kpi_error, size, 0);
AT(kpi_error, line, 8);
AT(kpi_error, column, 16);
AT(kpi_error, status, 24);
AT(kpi_error, system, 28);
AT(kpi_error, field, 32);
AT(kpi_error, text, 96);
SIZE(kpi_error, 352);

AT(kpi_allocator, resize, 0);
AT(kpi_allocator, ctx, 8);
SIZE(kpi_allocator, 16);

AT(kpi_entry, size, 0);
AT(kpi_entry, number, 8);
AT(kpi_entry, reserved, 12);
AT(kpi_entry, name, 16);
AT(kpi_entry, kind, 24);
AT(kpi_entry, unit, 32);
AT(kpi_entry, values, 40);
AT(kpi_entry, initial, 48);
AT(kpi_entry, relation, 56);
AT(kpi_entry, sentence, 64);
AT(kpi_entry, source, 72);
SIZE(kpi_entry, 80);

AT(kpi_explain_options, size, 0);
AT(kpi_explain_options, roles, 8);
SIZE(kpi_explain_options, 16);

AT(kpi_explained, size, 0);
AT(kpi_explained, started_at, 8);
AT(kpi_explained, row, 16);
AT(kpi_explained, value, 24);
AT(kpi_explained, numerator, 32);
AT(kpi_explained, denominator, 40);
AT(kpi_explained, excluded, 48);
AT(kpi_explained, role, 56);
AT(kpi_explained, left_out, 60);
AT(kpi_explained, source, 64);
AT(kpi_explained, id, 72);
AT(kpi_explained, customer, 80);
AT(kpi_explained, outcome_class, 88);
SIZE(kpi_explained, 96);

AT(kpi_control_limits, size, 0);
AT(kpi_control_limits, centre, 8);
AT(kpi_control_limits, lower, 16);
AT(kpi_control_limits, upper, 24);
AT(kpi_control_limits, range, 32);
AT(kpi_control_limits, range_limit, 40);
AT(kpi_control_limits, values, 48);
AT(kpi_control_limits, ranges, 56);
SIZE(kpi_control_limits, 64);

AT(kpi_plan_options, size, 0);
AT(kpi_plan_options, agents, 8);
AT(kpi_plan_options, period, 16);
AT(kpi_plan_options, patience, 20);
SIZE(kpi_plan_options, 24);

AT(kpi_plan_cell, size, 0);
AT(kpi_plan_cell, handle_time_ms, 8);
AT(kpi_plan_cell, patience_ms, 16);
AT(kpi_plan_cell, handled, 24);
AT(kpi_plan_cell, handled_of, 32);
AT(kpi_plan_cell, reserved, 36);
SIZE(kpi_plan_cell, 40);

AT(kpi_season_cell, size, 0);
AT(kpi_season_cell, index, 8);
AT(kpi_season_cell, mean, 16);
AT(kpi_season_cell, times, 24);
AT(kpi_season_cell, count, 32);
AT(kpi_season_cell, parts, 40);
AT(kpi_season_cell, weekday, 48);
AT(kpi_season_cell, minute, 52);
SIZE(kpi_season_cell, 56);

AT(kpi_staffing_options, size, 0);
AT(kpi_staffing_options, contacts, 8);
AT(kpi_staffing_options, interval_ms, 16);
AT(kpi_staffing_options, handle_time_ms, 24);
AT(kpi_staffing_options, patience_ms, 32);
AT(kpi_staffing_options, threshold_ms, 40);
AT(kpi_staffing_options, target_value, 48);
AT(kpi_staffing_options, max_occupancy, 56);
AT(kpi_staffing_options, shrinkage, 64);
AT(kpi_staffing_options, target, 72);
AT(kpi_staffing_options, reserved, 76);
SIZE(kpi_staffing_options, 80);

AT(kpi_staffing, size, 0);
AT(kpi_staffing, agents, 8);
AT(kpi_staffing, positions, 16);
AT(kpi_staffing, load, 24);
AT(kpi_staffing, wait_probability, 32);
AT(kpi_staffing, service_level, 40);
AT(kpi_staffing, mean_wait_ms, 48);
AT(kpi_staffing, speed_of_answer_ms, 56);
AT(kpi_staffing, abandonment, 64);
AT(kpi_staffing, occupancy, 72);
SIZE(kpi_staffing, 80);

AT(kpi_change_options, size, 0);
AT(kpi_change_options, before_from, 8);
AT(kpi_change_options, before_until, 16);
AT(kpi_change_options, to, 24);
AT(kpi_change_options, reserved, 28);
SIZE(kpi_change_options, 32);

AT(kpi_difference, size, 0);
AT(kpi_difference, now, 8);
AT(kpi_difference, before, 16);
AT(kpi_difference, difference, 24);
AT(kpi_difference, lower, 32);
AT(kpi_difference, upper, 40);
AT(kpi_difference, verdict_lower, 48);
AT(kpi_difference, verdict_upper, 56);
AT(kpi_difference, chance, 64);
AT(kpi_difference, adjusted, 72);
AT(kpi_difference, within, 80);
AT(kpi_difference, mix, 88);
AT(kpi_difference, now_weight, 96);
AT(kpi_difference, before_weight, 104);
AT(kpi_difference, method, 112);
AT(kpi_difference, verdict_method, 120);
AT(kpi_difference, now_state, 128);
AT(kpi_difference, before_state, 132);
AT(kpi_difference, unit, 136);
AT(kpi_difference, bounds_by, 140);
AT(kpi_difference, verdict_by, 144);
AT(kpi_difference, verdict, 148);
SIZE(kpi_difference, 152);

AT(kpi_definition_options, size, 0);
AT(kpi_definition_options, allocator, 8);
AT(kpi_definition_options, reserved, 16);
SIZE(kpi_definition_options, 24);

AT(kpi_visit, size, 0);
AT(kpi_visit, entered_at, 8);
AT(kpi_visit, ended_at, 16);
AT(kpi_visit, wait_ms, 24);
AT(kpi_visit, ring_ms, 32);
AT(kpi_visit, talk_ms, 40);
AT(kpi_visit, hold_ms, 48);
AT(kpi_visit, after_call_ms, 56);
AT(kpi_visit, outcome, 64);
AT(kpi_visit, transfer, 72);
AT(kpi_visit, tier, 80);
AT(kpi_visit, queue, 88);
AT(kpi_visit, agent, 96);
AT(kpi_visit, team, 104);
AT(kpi_visit, reserved, 112);
SIZE(kpi_visit, 120);

AT(kpi_interaction, size, 0);
AT(kpi_interaction, started_at, 8);
AT(kpi_interaction, direction, 16);
AT(kpi_interaction, ivr_ms, 24);
AT(kpi_interaction, resolved, 32);
AT(kpi_interaction, first_resolved_at, 40);
AT(kpi_interaction, resolved_at, 48);
AT(kpi_interaction, reopened_count, 56);
AT(kpi_interaction, reopened_at, 64);
AT(kpi_interaction, escalated, 72);
AT(kpi_interaction, first_contact, 80);
AT(kpi_interaction, resolvable, 88);
AT(kpi_interaction, agent_replies, 96);
AT(kpi_interaction, customer_replies, 104);
AT(kpi_interaction, first_response_at, 112);
AT(kpi_interaction, survey_offered_at, 120);
AT(kpi_interaction, survey_answered_at, 128);
AT(kpi_interaction, csat, 136);
AT(kpi_interaction, csat_scale, 144);
AT(kpi_interaction, nps, 152);
AT(kpi_interaction, ces, 160);
AT(kpi_interaction, ces_version, 168);
AT(kpi_interaction, survey_resolved, 176);
AT(kpi_interaction, survey_contacts, 184);
AT(kpi_interaction, quality, 192);
AT(kpi_interaction, cost, 200);
AT(kpi_interaction, id, 208);
AT(kpi_interaction, source, 216);
AT(kpi_interaction, customer, 224);
AT(kpi_interaction, channel, 232);
AT(kpi_interaction, reason, 240);
AT(kpi_interaction, case_id, 248);
AT(kpi_interaction, attribute_1, 256);
AT(kpi_interaction, attribute_2, 264);
AT(kpi_interaction, attribute_3, 272);
AT(kpi_interaction, attribute_4, 280);
AT(kpi_interaction, visits, 288);
AT(kpi_interaction, reserved, 296);
AT(kpi_interaction, visit_count, 304);
SIZE(kpi_interaction, 312);

AT(kpi_activity, size, 0);
AT(kpi_activity, started_at, 8);
AT(kpi_activity, ended_at, 16);
AT(kpi_activity, state, 24);
AT(kpi_activity, agent, 32);
AT(kpi_activity, source, 40);
SIZE(kpi_activity, 48);

AT(kpi_employment, size, 0);
AT(kpi_employment, hired_at, 8);
AT(kpi_employment, left_at, 16);
AT(kpi_employment, agent, 24);
AT(kpi_employment, source, 32);
SIZE(kpi_employment, 40);

AT(kpi_expense, size, 0);
AT(kpi_expense, started_at, 8);
AT(kpi_expense, ended_at, 16);
AT(kpi_expense, amount, 24);
AT(kpi_expense, by, 32);
AT(kpi_expense, of, 40);
AT(kpi_expense, id, 48);
AT(kpi_expense, source, 56);
AT(kpi_expense, note, 64);
SIZE(kpi_expense, 72);

AT(kpi_ledger_options, size, 0);
AT(kpi_ledger_options, zone, 8);
AT(kpi_ledger_options, zone_directory, 16);
AT(kpi_ledger_options, source, 24);
AT(kpi_ledger_options, reserved, 32);
SIZE(kpi_ledger_options, 40);

AT(kpi_calendar, size, 0);
AT(kpi_calendar, queue, 8);
AT(kpi_calendar, time_zone, 16);
AT(kpi_calendar, hours, 24);
AT(kpi_calendar, reserved, 32);
SIZE(kpi_calendar, 40);

AT(kpi_query_options, size, 0);
AT(kpi_query_options, group_limit, 8);
AT(kpi_query_options, zone_directory, 16);
AT(kpi_query_options, allocator, 24);
AT(kpi_query_options, stop, 32);
AT(kpi_query_options, stop_ctx, 40);
SIZE(kpi_query_options, 48);

AT(kpi_arrow_options, size, 0);
AT(kpi_arrow_options, zone, 8);
AT(kpi_arrow_options, zone_directory, 16);
AT(kpi_arrow_options, stop, 24);
AT(kpi_arrow_options, stop_ctx, 32);
SIZE(kpi_arrow_options, 40);
/* As published. */
AT(struct ArrowSchema, private_data, 64);
AT(struct ArrowArray, private_data, 72);
AT(struct ArrowArrayStream, private_data, 32);

AT(kpi_queue_log_options, size, 0);
AT(kpi_queue_log_options, source, 8);
AT(kpi_queue_log_options, channel, 16);
AT(kpi_queue_log_options, stop, 24);
AT(kpi_queue_log_options, stop_ctx, 32);
SIZE(kpi_queue_log_options, 40);

AT(kpi_report_reason, reason, 0);
AT(kpi_report_reason, reserved, 8);
AT(kpi_report_reason, lines, 16);
AT(kpi_report_reason, first, 24);
SIZE(kpi_report_reason, 56);

AT(kpi_queue_log_report, size, 0);
AT(kpi_queue_log_report, lines, 8);
AT(kpi_queue_log_report, visits, 16);
AT(kpi_queue_log_report, interactions, 24);
AT(kpi_queue_log_report, activities, 32);
AT(kpi_queue_log_report, open, 40);
AT(kpi_queue_log_report, replaced_text, 48);
AT(kpi_queue_log_report, reason_count, 56);
AT(kpi_queue_log_report, damaged, 64);
AT(kpi_queue_log_report, other_count, 960);
AT(kpi_queue_log_report, other, 968);
SIZE(kpi_queue_log_report, 1864);

AT(kpi_figure, size, 0);
AT(kpi_figure, value, 8);
AT(kpi_figure, lower, 16);
AT(kpi_figure, upper, 24);
AT(kpi_figure, numerator, 32);
AT(kpi_figure, denominator, 40);
AT(kpi_figure, parts, 48);
AT(kpi_figure, unknown, 56);
AT(kpi_figure, in_progress, 64);
AT(kpi_figure, truncated, 72);
AT(kpi_figure, immature, 80);
AT(kpi_figure, not_counted, 88);
AT(kpi_figure, state, 96);
AT(kpi_figure, unit, 100);
AT(kpi_figure, no_activity, 104);
AT(kpi_figure, target, 112);
AT(kpi_figure, target_ceiling, 120);
AT(kpi_figure, verdict_lower, 128);
AT(kpi_figure, verdict_upper, 136);
AT(kpi_figure, verdict, 144);
AT(kpi_figure, bounds_by, 148);
SIZE(kpi_figure, 152);

AT(kpi_result_options, size, 0);
AT(kpi_result_options, allocator, 8);
AT(kpi_result_options, zone_directory, 16);
SIZE(kpi_result_options, 24);

AT(kpi_repeat, size, 0);
AT(kpi_repeat, started_at, 8);
AT(kpi_repeat, earlier_started_at, 16);
AT(kpi_repeat, first_started_at, 24);
AT(kpi_repeat, gap_ms, 32);
AT(kpi_repeat, customer, 40);
AT(kpi_repeat, source, 48);
AT(kpi_repeat, id, 56);
AT(kpi_repeat, earlier_source, 64);
AT(kpi_repeat, earlier_id, 72);
AT(kpi_repeat, first_source, 80);
AT(kpi_repeat, first_id, 88);
AT(kpi_repeat, reserved, 96);
SIZE(kpi_repeat, 104);

AT(kpi_csv_options, size, 0);
AT(kpi_csv_options, flags, 8);
AT(kpi_csv_options, map_count, 16);
AT(kpi_csv_options, value_count, 24);
AT(kpi_csv_options, fill_count, 32);
AT(kpi_csv_options, maps, 40);
AT(kpi_csv_options, values, 48);
AT(kpi_csv_options, fills, 56);
AT(kpi_csv_options, zone, 64);
AT(kpi_csv_options, zone_directory, 72);
AT(kpi_csv_options, stop, 80);
AT(kpi_csv_options, stop_ctx, 88);
AT(kpi_csv_options, reserved, 96);
SIZE(kpi_csv_options, 104);

AT(kpi_csv_reason, reason, 0);
AT(kpi_csv_reason, expected, 8);
AT(kpi_csv_reason, field, 16);
AT(kpi_csv_reason, reserved, 24);
AT(kpi_csv_reason, rows, 32);
AT(kpi_csv_reason, first, 40);
AT(kpi_csv_reason, value, 72);
SIZE(kpi_csv_reason, 120);

AT(kpi_csv_column, field, 0);
AT(kpi_csv_column, reserved, 4);
AT(kpi_csv_column, name, 8);
SIZE(kpi_csv_column, 64);

AT(kpi_csv_report, size, 0);
AT(kpi_csv_report, rows, 8);
AT(kpi_csv_report, interactions, 16);
AT(kpi_csv_report, updated, 24);
AT(kpi_csv_report, refused, 32);
AT(kpi_csv_report, local_times, 40);
AT(kpi_csv_report, replaced_text, 48);
AT(kpi_csv_report, again, 56);
AT(kpi_csv_report, reason_count, 176);
AT(kpi_csv_report, reasons, 184);
AT(kpi_csv_report, column_count, 2104);
AT(kpi_csv_report, columns, 2112);
AT(kpi_csv_report, separator, 6208);
SIZE(kpi_csv_report, 6216);

AT(kpi_store_options, size, 0);
AT(kpi_store_options, flags, 8);
AT(kpi_store_options, memory, 16);
AT(kpi_store_options, busy_ms, 24);
AT(kpi_store_options, permissions, 32);
AT(kpi_store_options, if_exists, 36);
AT(kpi_store_options, allocator, 40);
AT(kpi_store_options, reserved, 48);
SIZE(kpi_store_options, 56);

AT(kpi_column, size, 0);
AT(kpi_column, field, 8);
AT(kpi_column, type, 12);
AT(kpi_column, stride, 16);
AT(kpi_column, data, 24);
AT(kpi_column, dictionary, 32);
AT(kpi_column, dictionary_count, 40);
SIZE(kpi_column, 48);

AT(kpi_store_info, size, 0);
AT(kpi_store_info, interactions, 8);
AT(kpi_store_info, visits, 16);
AT(kpi_store_info, activities, 24);
AT(kpi_store_info, chunks, 32);
AT(kpi_store_info, tail, 40);
AT(kpi_store_info, file_bytes, 48);
AT(kpi_store_info, cached_bytes, 56);
AT(kpi_store_info, known_from, 64);
AT(kpi_store_info, as_of, 72);
AT(kpi_store_info, employments, 80);
AT(kpi_store_info, expenses, 88);
AT(kpi_store_info, calendars, 96);
SIZE(kpi_store_info, 104);

#endif
