/* SPDX-License-Identifier: MIT */
/*
 * catalogue.h - the tables that describe the library: fields, dimensions,
 * metrics, parameters, presets, outcomes. What names things on the command
 * line, in Python and in Lua comes from here.
 */
#ifndef KPI_CATALOGUE_H
#define KPI_CATALOGUE_H

#include <kpi/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KPI_TABLE_FIELDS     1
#define KPI_TABLE_DIMENSIONS 2
#define KPI_TABLE_METRICS    3
#define KPI_TABLE_PARAMETERS 4
#define KPI_TABLE_PRESETS    5
#define KPI_TABLE_OUTCOMES   6
#define KPI_TABLE_BUCKETS    7
#define KPI_TABLE_STATES     8 /* of a figure */
#define KPI_TABLE_DIRECTIONS 9
#define KPI_TABLE_TRANSFERS  10
#define KPI_TABLE_ACTIVITIES 11
#define KPI_TABLE_VERDICTS   12 /* on a figure with a target, or a change */
#define KPI_TABLE_ROLES      13 /* of a unit in a figure */

/* Numbers are the file's and are never reused; order is the records'. */
#define KPI_FIELD_STARTED_AT         1
#define KPI_FIELD_DIRECTION          2
#define KPI_FIELD_IVR                3
#define KPI_FIELD_RESOLVED           4
#define KPI_FIELD_FIRST_RESOLVED_AT  5
#define KPI_FIELD_RESOLVED_AT        6
#define KPI_FIELD_REOPENED_COUNT     7
#define KPI_FIELD_REOPENED_AT        8
#define KPI_FIELD_ESCALATED          9
#define KPI_FIELD_FIRST_CONTACT      10
#define KPI_FIELD_RESOLVABLE         11
#define KPI_FIELD_AGENT_REPLIES      12
#define KPI_FIELD_CUSTOMER_REPLIES   13
#define KPI_FIELD_FIRST_RESPONSE_AT  14
#define KPI_FIELD_SURVEY_OFFERED_AT  15
#define KPI_FIELD_SURVEY_ANSWERED_AT 16
#define KPI_FIELD_CSAT               17
#define KPI_FIELD_CSAT_SCALE         18
#define KPI_FIELD_NPS                19
#define KPI_FIELD_CES                20
#define KPI_FIELD_CES_VERSION        21
#define KPI_FIELD_SURVEY_RESOLVED    22
#define KPI_FIELD_SURVEY_CONTACTS    23
#define KPI_FIELD_QUALITY            24
#define KPI_FIELD_COST               25
#define KPI_FIELD_ID                 26
#define KPI_FIELD_SOURCE             27
#define KPI_FIELD_CUSTOMER           28
#define KPI_FIELD_CHANNEL            29
#define KPI_FIELD_REASON             30
#define KPI_FIELD_CASE               31
#define KPI_FIELD_ATTRIBUTE_1        32
#define KPI_FIELD_ATTRIBUTE_2        33
#define KPI_FIELD_ATTRIBUTE_3        34
#define KPI_FIELD_ATTRIBUTE_4        35
#define KPI_FIELD_ENTERED_AT         36
#define KPI_FIELD_ENDED_AT           37
#define KPI_FIELD_WAIT               38
#define KPI_FIELD_RING               39
#define KPI_FIELD_TALK               40
#define KPI_FIELD_HOLD               41
#define KPI_FIELD_AFTER_CALL         42
#define KPI_FIELD_OUTCOME            43
#define KPI_FIELD_TRANSFER           44
#define KPI_FIELD_TIER               45
#define KPI_FIELD_QUEUE              46
#define KPI_FIELD_AGENT              47
#define KPI_FIELD_TEAM               48

/*
 * One line of a table. All texts are fixed and never NULL; what does not
 * apply is "".
 */
typedef struct kpi_entry {
	uint64_t size;
	int32_t number;       /* KPI_FIELD_, KPI_METRIC_, KPI_BY_, ...; 0 of
	                         parameters and presets: they go by name */
	int32_t reserved;
	const char *name;     /* as it is written: "wait", "service_level" */
	const char *kind;     /* "instant", "duration", "count", "flag", "mark",
	                         "money", "code", "text"; of a parameter its
	                         kind; of a metric its kind of figure */
	const char *unit;     /* "ms", "share", "points", ... */
	const char *values;   /* what it may be: "0 to 30d", "last, first"; of
	                         a preset "parameter=value ..." */
	const char *initial;  /* a parameter's default, as printed */
	const char *relation; /* a field's: "interaction" or "visit"; what merges
	                         a metric; what a parameter or preset concerns,
	                         as names of metrics with commas, "" all */
	const char *sentence; /* one sentence that says what it is */
	const char *source;   /* a metric's formula; a preset's document */
} kpi_entry;

/* clang-format off */
#define KPI_ENTRY_INIT { sizeof(kpi_entry), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 }
/* clang-format on */

/* How many lines a table (KPI_TABLE_) has; 0 for no such table. */
KPI_API uint64_t kpi_catalogue_count(int32_t table);

/* Line `index` of a table, in the table's order; KPI_EINVAL past the end. */
KPI_API kpi_status kpi_catalogue_entry(
    int32_t table, uint64_t index, kpi_entry *entry) KPI_MUST_CHECK;

/* By name; KPI_ENOTFOUND says what was expected and the nearest name. */
KPI_API kpi_status kpi_catalogue_find(int32_t table, const char *name,
    kpi_entry *entry, kpi_error *error) KPI_MUST_CHECK;

/* By number; KPI_ENOTFOUND, always of parameters and presets. */
KPI_API kpi_status kpi_catalogue_number(
    int32_t table, int32_t number, kpi_entry *entry) KPI_MUST_CHECK;

#ifdef __cplusplus
}
#endif

#endif
