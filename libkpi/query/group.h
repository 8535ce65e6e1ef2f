/* SPDX-License-Identifier: MIT */
/*
 * group.h - the groups of a scan: (values of the dimensions, bucket) to a
 * slot, a number from 1. Slot 0 takes what is not asked for.
 */
#ifndef KPI_QUERY_GROUP_H
#define KPI_QUERY_GROUP_H

#include "query/query.h"
#include "store/snapshot.h"

/* A bucket that has been met. */
typedef struct kpi__met_bucket {
	int64_t begin, until;
	uint32_t *slots; /* by dimension key; NULL: they are in the hash table */
} kpi__met_bucket;

typedef struct kpi__group_key {
	uint64_t dimensions; /* mixed radix of codes */
	uint32_t bucket;     /* place in `buckets` */
	uint32_t slot;       /* in the hash table: 0 is free */
} kpi__group_key;

typedef struct kpi__groups {
	const kpi_allocator *allocator;
	const kpi_query *query;
	kpi_status status;
	kpi_error error;
	uint64_t radix[KPI__DIMENSIONS];
	uint64_t keys; /* product of the radices */
	uint32_t last_bucket;
	kpi__met_bucket *buckets;
	size_t bucket_count, bucket_room, dense_bytes;
	uint32_t *by_begin; /* hash table of buckets, place + 1 */
	size_t by_begin_room;
	kpi__group_key *groups; /* [slot - 1] */
	size_t count, room;
	kpi__group_key *table; /* hash table */
	size_t table_count, table_room;
} kpi__groups;

kpi_status kpi__groups_init(kpi__groups *g, const kpi__snapshot *snapshot,
    const kpi_query *query, kpi_error *error) KPI_MUST_CHECK;
void kpi__groups_free(kpi__groups *g);

/* The place of the bucket that contains an instant. */
uint32_t kpi__groups_bucket(kpi__groups *g, int64_t instant);

/* The slot of a group; 0 and `status` on failure. */
uint32_t kpi__groups_slot(
    kpi__groups *g, uint64_t dimensions, uint32_t bucket);

/* Codes, in the order of the query's dimensions, and span of a slot. */
void kpi__groups_read(const kpi__groups *g, uint32_t slot,
    uint32_t codes[KPI__DIMENSIONS], int64_t *begin, int64_t *until);

#endif
