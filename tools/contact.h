/* SPDX-License-Identifier: MIT */
/* contact.h - interactions as lines of a table name them. */
#ifndef KPI_TOOL_CONTACT_H
#define KPI_TOOL_CONTACT_H

#include "tool.h"

#define CONTACT_TEXT (2 * KPI_TEXT_MAX + 2)

/* A contact's source, where it has one, and id. */
const char *contact_name(
    char out[CONTACT_TEXT], const char *source, const char *id);

/* "2026-10-01 09:30" in the zone of the query. */
const char *contact_time(
    char out[KPI_INSTANT_TEXT], const kpi_query *query, int64_t at);

/* Makes a column as wide as a text. */
void widen(size_t *width, const char *text);

#endif
