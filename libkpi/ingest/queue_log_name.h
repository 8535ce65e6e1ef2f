/* SPDX-License-Identifier: MIT */
/* queue_log_name.h - names of queues and agents, each kept once. */
#ifndef KPI_INGEST_QUEUE_LOG_NAME_H
#define KPI_INGEST_QUEUE_LOG_NAME_H

#include <kpi/base.h>

struct kpi__qlog_agent;

typedef struct kpi__qlog_name {
	struct kpi__qlog_name *next;   /* of the same place in the table */
	struct kpi__qlog_agent *agent; /* the agent of this name; NULL: none */
	uint64_t hash;                 /* the same in every process */
	size_t size;
	char text[];
} kpi__qlog_name;

typedef struct kpi__qlog_names {
	const kpi_allocator *allocator;
	kpi__qlog_name **table;
	size_t room, count; /* room: a power of two, or 0 */
} kpi__qlog_names;

void kpi__qlog_names_init(kpi__qlog_names *names, const kpi_allocator *a);
void kpi__qlog_names_free(kpi__qlog_names *names);

/* *out is the name of `size` bytes of clean text, living as long as `names`.
 * KPI_ENOMEM. */
kpi_status kpi__qlog_names_get(kpi__qlog_names *names, const char *text,
    size_t size, kpi__qlog_name **out) KPI_MUST_CHECK;

/* Without a name: 0 and NULL. */
uint64_t kpi__qlog_name_hash(const kpi__qlog_name *name);
const char *kpi__qlog_name_text(const kpi__qlog_name *name);

#endif
