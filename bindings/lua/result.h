/* SPDX-License-Identifier: MIT */
/*
 * result.h - a result, and the clock by which its rows are dated.
 */
#ifndef KPI_LUA_RESULT_H
#define KPI_LUA_RESULT_H

#include "kpi_lua.h"

typedef struct kpi__lua_result {
	kpi_result *result;
	kpi_query *clock; /* of the result's zone; NULL: it has no buckets */
} kpi__lua_result;

/* Pushes the slot of a result; NULL: there is no memory for it. */
kpi__lua_result *kpi__lua_result_new(lua_State *L);

/* Makes the clock; `zone_directory` as in kpi_query_options. */
kpi_status kpi__lua_result_clock(
    kpi__lua_result *r, const char *zone_directory, kpi_error *error);

/* The rows that scripts see: one a group and definition. */
uint64_t kpi__lua_result_count(const kpi_result *result);

/* Pushes row `place`, from 0; nil past the end. */
void kpi__lua_push_row(lua_State *L, kpi__lua_slot *slot, uint64_t place);

/* result:rows(), result:totable() */
int kpi__lua_rows(lua_State *L);
int kpi__lua_totable(lua_State *L);

/* result:arrow() */
int kpi__lua_result_arrow(lua_State *L);

/* result:info() */
int kpi__lua_result_info(lua_State *L);

/* Of the table on top: the name of a code, a number, the name of a KPI_UNIT_,
 * and a figure as text. What there is not sets nothing; what is of the unit
 * KPI_UNIT_COUNT is a whole number where it can be. */
void kpi__lua_set_word(
    lua_State *L, const char *name, int32_t table, int32_t number);
void kpi__lua_set_value(
    lua_State *L, const char *name, double value, int32_t unit);
/* Parts in units; all of a figure. */
void kpi__lua_set_parts(
    lua_State *L, const char *name, int64_t value, int64_t parts);
void kpi__lua_set_figure(lua_State *L, const kpi_figure *f);
void kpi__lua_set_unit(lua_State *L, int32_t unit);
void kpi__lua_set_shown(
    lua_State *L, const char *name, const kpi_figure *f, int32_t what);

/* result:change() */
int kpi__lua_result_change(lua_State *L);

/* result:season() */
int kpi__lua_result_season(lua_State *L);

/* Pushes a table of a cell, with group, weekday, minute, mean, ...; and sets
 * from, until_ and periods in the table on top. */
void kpi__lua_push_cell(
    lua_State *L, const kpi_season *season, uint64_t row, uint64_t cell);
void kpi__lua_set_periods(lua_State *L, const kpi_season *season);

/* The option `period`; KPI_BUCKET_WEEK if it is not there. */
int32_t kpi__lua_period(lua_State *L, int arg);

/* Makes the metatable of rows. */
void kpi__lua_row_type(lua_State *L);

#endif
