/* SPDX-License-Identifier: MIT */
/*
 * question.h - the options of a question as a query and definitions.
 */
#ifndef KPI_LUA_QUESTION_H
#define KPI_LUA_QUESTION_H

#include "kpi_lua.h"

#define KPI__LUA_RANGE_OPTIONS                                                 \
	"from", "until", "until_", "where", "where_not", "zone",               \
	    "zone_directory"
#define KPI__LUA_GROUP_OPTIONS                                                 \
	"by", "every", "group_limit", "partition", "week_start"

/* A query while its options are read. */
typedef struct kpi__lua_reading {
	kpi_query *query;
	kpi_error *error;
	kpi__lua_stop *stop; /* NULL: none */
	int arg;             /* the table of options */
} kpi__lua_reading;

/*
 * Reads range, groups, buckets and filters at `arg` into a query, held by
 * the slot that is pushed. `stop`, if it is not NULL, is asked by the calls
 * that read the query. Not KPI_OK: see kpi__lua_failed().
 */
kpi_status kpi__lua_query(lua_State *L, int arg, kpi__lua_stop *stop,
    const kpi_query **query, kpi_error *error);

/* Reads where and where_not. */
kpi_status kpi__lua_where(lua_State *L, kpi__lua_reading *r);

/* Definitions, in a slot. */
typedef struct kpi__lua_definitions {
	size_t count;
	size_t room;
	kpi_definition *list[];
} kpi__lua_definitions;

/* What metrics are asked, and the options that say how. */
typedef struct kpi__lua_asked {
	int metrics; /* stack index */
	int arg;     /* which argument that is */
	int options; /* argument; may be the metrics, which are then its list */
	const char *const *names; /* of options; other keys are parameters */
} kpi__lua_asked;

/* An instant of the options, as ends of the range are read; KPI_UNKNOWN: it is
 * not there. */
int64_t kpi__lua_bound(
    lua_State *L, int arg, const kpi_query *query, const char *name);

/*
 * Reads the metrics (a text, a number of the catalogue, a kpi.definition, a
 * table such as {"service_level", preset = "genesys"}, or a list of these)
 * with the preset and parameters of the options, all of whose keys it checks;
 * pushes the slot that holds them. Not KPI_OK: see kpi__lua_failed().
 */
kpi_status kpi__lua_define(lua_State *L, const kpi__lua_asked *asked,
    const kpi__lua_definitions **definitions, kpi_error *error);

/* What a store is asked. */
typedef struct kpi__lua_question {
	kpi__lua_slot *store;
	const kpi__lua_definitions *definitions;
	const kpi_query *query;
	kpi__lua_stop stop;
} kpi__lua_question;

/* Reads all of a question to the store of argument 1; pushes what holds it.
 * Not KPI_OK: see kpi__lua_failed(). */
kpi_status kpi__lua_question_read(lua_State *L, const kpi__lua_asked *asked,
    kpi__lua_question *question, kpi_error *error);

#endif
