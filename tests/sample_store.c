/* SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L

#include "sample_store.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "store/place.h"
#include "store/state.h"

#define METRICS    15
#define PEOPLE     5
#define BATCH      25
#define ACTIVITIES 12
#define ENTRIES    20

uint64_t
sample_random(uint64_t *seed, uint64_t below)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed % below;
}

int
sample_rounds(int all, int wrapped)
{
	const char *const is_wrapped = getenv("KPI_WRAPPED");

	return is_wrapped == NULL || *is_wrapped == '\0' ? all : wrapped;
}

void
sample_small_chunks(kpi_store *store, uint32_t size)
{
	store->chunk_size = size;
	store->settle_at = size;
}

static kpi_status
end_batch(kpi_store *store, kpi_status status, kpi_error *error)
{
	if (status == KPI_OK)
		return kpi_store_commit(store, error);
	ck_assert_int_eq(kpi_store_rollback(store, NULL), KPI_OK);
	return status;
}

static kpi_status
add_batch(kpi_store *store, uint32_t n, uint32_t until, kpi_error *error)
{
	kpi_status status = kpi_store_begin(store, error);

	if (status != KPI_OK)
		return status;
	for (; n < until && status == KPI_OK; n++)
		status = sample_add(store, n, error);
	return end_batch(store, status, error);
}

static kpi_status
change(kpi_store *store, kpi_error *error)
{
	kpi_status status = KPI_OK;

	for (uint32_t n = 0; n < ACTIVITIES && status == KPI_OK; n++)
		status = sample_add_activity(store, n, error);
	for (uint32_t n = 0; n < ENTRIES && status == KPI_OK; n++)
		status = sample_add_employment(store, n, error);
	for (uint32_t n = 0; n < ENTRIES && status == KPI_OK; n++)
		status = sample_add_expense(store, n, error);
	if (status == KPI_OK)
		status = sample_answer_late(store, "c7", 4, error);
	if (status == KPI_OK)
		status = sample_answer_late(store, "i5", 2, error);
	if (status == KPI_OK)
		status = sample_replace_visits(store, "c4", error);
	if (status == KPI_OK)
		status = kpi_store_delete(store, "pbx", "c11", error);
	if (status == KPI_OK)
		status = kpi_store_delete(store, "pbx", "i3", error);
	if (status == KPI_OK)
		status = sample_keep_place(store, error);
	return status;
}

kpi_status
sample_fill(kpi_store *store, uint32_t count, kpi_error *error)
{
	kpi_status status = sample_add_columns(store, count, error);

	if (status == KPI_OK)
		status = sample_add(store, 0, error);
	for (uint32_t n = 1; n < count && status == KPI_OK; n += BATCH)
		status = add_batch(
		    store, n, n + BATCH < count ? n + BATCH : count, error);
	if (status == KPI_OK)
		status = kpi_store_begin(store, error);
	if (status != KPI_OK)
		return status;
	return end_batch(store, change(store, error), error);
}

const char *
sample_directory(void)
{
	return access("/dev/shm", W_OK) == 0 ? "/dev/shm" : ".";
}

/* Everything that was made to ask a question. */
typedef struct asking {
	const kpi_allocator *allocator;
	kpi_store *store;
	kpi_error *error;
	kpi__buffer *out;
	kpi_query *query;
	kpi_definition *definitions[METRICS];
} asking;

/* What has a status and no words. */
static kpi_status
narrow(kpi_query *query, int part)
{
	kpi_status status;

	if (part == SAMPLE_GROUPED) {
		status = kpi_query_by(query, KPI_BY_AGENT);
		if (status == KPI_OK)
			status = kpi_query_by_time(query, KPI_BUCKET_MONTH);
		return status;
	}
	if (part == SAMPLE_PEOPLE) {
		status = kpi_query_by(query, KPI_BY_AGENT);
		if (status == KPI_OK)
			status = kpi_query_by_time(query, KPI_BUCKET_DAY);
		if (status == KPI_OK)
			status =
			    kpi_query_where_not(query, KPI_BY_AGENT, "ben");
		return status;
	}
	if (part != SAMPLE_SOME)
		return KPI_OK;
	status = kpi_query_by(query, KPI_BY_QUEUE);
	if (status == KPI_OK)
		status = kpi_query_by_time(query, KPI_BUCKET_DAY);
	if (status == KPI_OK)
		status = kpi_query_where(query, KPI_BY_CHANNEL, "voice");
	if (status == KPI_OK)
		status = kpi_query_where_not(query, KPI_BY_AGENT, "ben");
	if (status == KPI_OK)
		status = kpi_query_where_outcome(query, KPI_OUTCOME_ANSWERED);
	return status;
}

static kpi_status
make_query(asking *a, int part)
{
	kpi_query_options options = KPI_QUERY_OPTIONS_INIT;
	kpi_status status;

	options.allocator = a->allocator;
	status = kpi_query_new(&a->query, &options, a->error);
	if (status != KPI_OK) {
		ck_assert_ptr_null(a->query);
		return status;
	}
	status = narrow(a->query, part);
	if (status != KPI_OK)
		(void)snprintf(a->error->text, sizeof(a->error->text), "-");
	if (status == KPI_OK && part == SAMPLE_SOME)
		status = kpi_query_where_between(
		    a->query, KPI_FIELD_WAIT, 0, 600000, a->error);
	return status;
}

static const struct {
	int32_t metric;
	const char *name, *value;
} settings[] = {
	{ KPI_METRIC_SERVICE_LEVEL, "service_level_threshold", "15s" },
	{ KPI_METRIC_SERVICE_LEVEL, "bounds_by", "customer" },
	{ KPI_METRIC_SERVICE_LEVEL, "target_goal", "0.8" },
	{ KPI_METRIC_SERVICE_LEVEL, "verdict_by", "day" },
	{ KPI_METRIC_AVERAGE_HANDLE_TIME, "bounds_by", "day" },
	{ KPI_METRIC_CSAT, "csat_per", "customer" },
	{ KPI_METRIC_CSAT, "bounds_by", "customer" },
};

static kpi_status
make_definitions(asking *a)
{
	kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	options.allocator = a->allocator;
	for (int m = 0; m < METRICS && status == KPI_OK; m++) {
		status = kpi_definition_new(
		    &a->definitions[m], m + 1, &options, a->error);
		if (status != KPI_OK)
			ck_assert_ptr_null(a->definitions[m]);
	}
	for (size_t i = 0;
	     i < sizeof(settings) / sizeof(*settings) && status == KPI_OK; i++)
		status = kpi_definition_set(a->definitions[settings[i].metric - 1],
		    settings[i].name, settings[i].value, a->error);
	return status;
}

static kpi_status
put_result(asking *a, const kpi_result *result)
{
	uint64_t size = 0;
	kpi_status status = kpi_result_save(result, NULL, 0, &size, a->error);
	unsigned char *bytes;

	if (status != KPI_EOVERFLOW)
		return status;
	bytes = malloc((size_t)size);
	ck_assert_ptr_nonnull(bytes);
	status = kpi_result_save(result, bytes, size, &size, a->error);
	if (status == KPI_OK)
		kpi__buffer_put(a->out, bytes, (size_t)size);
	free(bytes);
	return status;
}

static kpi_status
make_people(asking *a)
{
	static const char *const texts[PEOPLE] = {
		"occupancy target_ceiling[agent=a]=1 target_goal[agent=a]=0",
		"utilisation contact_parts=ring,hold,after_call overlap=sum",
		"contacts_per_agent contacts_per_agent_denominator=staffed",
		"contacts_per_agent", "backlog" };
	kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;
	kpi_status status = KPI_OK;

	options.allocator = a->allocator;
	for (int m = 0; m < PEOPLE && status == KPI_OK; m++) {
		status = kpi_definition_parse(
		    &a->definitions[m], texts[m], &options, a->error);
		if (status != KPI_OK)
			ck_assert_ptr_null(a->definitions[m]);
	}
	return status;
}

static kpi_status
ask_measure(asking *a, int part)
{
	const int people = part == SAMPLE_PEOPLE;
	const uint64_t count = people ? PEOPLE : METRICS;
	const kpi_definition *definitions[METRICS];
	kpi_result *result;
	kpi_status status = make_query(a, part);

	if (status == KPI_OK)
		status = people ? make_people(a) : make_definitions(a);
	if (status != KPI_OK)
		return status;
	for (uint64_t m = 0; m < count; m++)
		definitions[m] = a->definitions[m];
	status = kpi_measure(
	    &result, a->store, a->query, definitions, count, a->error);
	if (status == KPI_OK)
		status = put_result(a, result);
	else
		ck_assert_ptr_null(result);
	kpi_result_free(result);
	return status;
}

static kpi_status
ask_repeats(asking *a)
{
	kpi_repeats *repeats;
	kpi_status status = make_query(a, SAMPLE_REPEATS);

	if (status != KPI_OK)
		return status;
	status =
	    kpi_repeat_contacts(&repeats, a->store, a->query, NULL, a->error);
	if (status != KPI_OK)
		ck_assert_ptr_null(repeats);
	for (uint64_t i = 0; i < kpi_repeats_count(repeats); i++) {
		kpi_repeat repeat = KPI_REPEAT_INIT;

		ck_assert_int_eq(kpi_repeats_get(repeats, i, &repeat), KPI_OK);
		sample_put_repeat(a->out, &repeat);
	}
	kpi_repeats_free(repeats);
	return status;
}

static uint64_t
hash_of(const kpi__buffer *b)
{
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < b->size; i++)
		h = (h ^ b->bytes[i]) * UINT64_C(1099511628211);
	return h;
}

/* The order is not the store's promise: hashes are added up. */
static kpi_status
ask_rows(asking *a)
{
	uint64_t sum[2] = { 0, 0 };
	const kpi_interaction *at = NULL;
	kpi_iterator *iterator;
	kpi__buffer row;
	kpi_status status = make_query(a, SAMPLE_ROWS);

	if (status != KPI_OK)
		return status;
	kpi__buffer_init(&row, &kpi__default_allocator);
	status = kpi_store_iterate(&iterator, a->store, a->query, a->error);
	if (status != KPI_OK)
		ck_assert_ptr_null(iterator);
	while (status == KPI_OK) {
		status = kpi_iterator_next(iterator, &at, a->error);
		if (status != KPI_OK || at == NULL)
			break;
		row.size = 0;
		sample_put_interaction(&row, at);
		sum[0] += hash_of(&row);
		sum[1]++;
	}
	kpi_iterator_free(iterator);
	kpi__buffer_free(&row);
	kpi__buffer_put(a->out, sum, sizeof(sum));
	return status;
}

static int
put_activity(void *ctx, const kpi_activity *activity)
{
	sample_put_activity(ctx, activity);
	return 0;
}

static int
put_employment(void *ctx, const kpi_employment *employment)
{
	sample_put_employment(ctx, employment);
	return 0;
}

static int
put_expense(void *ctx, const kpi_expense *expense)
{
	sample_put_expense(ctx, expense);
	return 0;
}

static kpi_status
ask_ledger(asking *a)
{
	kpi_result *result = NULL;
	kpi_status status =
	    kpi_store_employments(a->store, put_employment, a->out, a->error);

	if (status == KPI_OK)
		status = kpi_store_expenses(
		    a->store, put_expense, a->out, a->error);
	if (status == KPI_OK)
		status = kpi_turnover(&result, a->store, NULL, NULL, a->error);
	if (status == KPI_OK)
		status = put_result(a, result);
	kpi_result_free(result);
	result = NULL;
	if (status == KPI_OK)
		status = kpi_cost_per_contact(
		    &result, a->store, NULL, NULL, a->error);
	if (status == KPI_OK)
		status = put_result(a, result);
	kpi_result_free(result);
	return status;
}

static kpi_status
ask_found(asking *a)
{
	static const char *const ids[] = { "i0", "i3", "i5", "c0", "c7", "c11",
		"nobody" };
	kpi_record *record;

	for (size_t i = 0; i < sizeof(ids) / sizeof(*ids); i++) {
		const kpi_status status =
		    kpi_store_get(&record, a->store, "pbx", ids[i], a->error);

		if (status != KPI_OK) {
			ck_assert_ptr_null(record);
			if (status != KPI_ENOTFOUND)
				return status;
			kpi__buffer_put_text(a->out, "not found");
			continue;
		}
		sample_put_interaction(a->out, kpi_record_interaction(record));
		kpi_record_free(record);
	}
	return KPI_OK;
}

static kpi_status
ask_info(asking *a)
{
	kpi_store_info info = KPI_STORE_INFO_INIT;
	const kpi_status status =
	    kpi_store_read_info(a->store, &info, a->error);

	/* What depends on when chunks were made, and on what was asked. */
	info.file_bytes = info.cached_bytes = info.chunks = info.tail = 0;
	if (status == KPI_OK)
		kpi__buffer_put(a->out, &info, sizeof(info));
	return status;
}

static kpi_status
ask(asking *a, int part)
{
	switch (part) {
	case SAMPLE_REPEATS:
		return ask_repeats(a);
	case SAMPLE_ROWS:
		return ask_rows(a);
	case SAMPLE_ACTIVITIES:
		return kpi_store_activities(
		    a->store, put_activity, a->out, a->error);
	case SAMPLE_LEDGER:
		return ask_ledger(a);
	case SAMPLE_FOUND:
		return ask_found(a);
	case SAMPLE_INFO:
		return ask_info(a);
	case SAMPLE_KEPT:
		return kpi__store_place(
		    a->store, SAMPLE_PLACE, a->out, a->error);
	case SAMPLE_CHECK:
		return kpi_store_check(a->store, NULL, NULL, a->error);
	default:
		return ask_measure(a, part);
	}
}

void
sample_ask(sample_answer *answer, kpi_store *store, int part,
    const kpi_allocator *allocator)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi__buffer out;
	asking a = { allocator, store, &error, &out, NULL, { NULL } };

	kpi__buffer_init(&out, &kpi__default_allocator);
	answer->status = ask(&a, part);
	ck_assert_int_eq(out.status, KPI_OK);
	(void)snprintf(answer->text, sizeof(answer->text), "%s", error.text);
	kpi_query_free(a.query);
	for (int m = 0; m < METRICS; m++)
		kpi_definition_free(a.definitions[m]);
	answer->size = out.size;
	answer->bytes = out.bytes;
}

void
sample_ask_all(sample_answer answers[SAMPLE_PARTS], kpi_store *store)
{
	for (int part = 0; part < SAMPLE_PARTS; part++)
		sample_ask(&answers[part], store, part, NULL);
}

void
sample_free(sample_answer answers[SAMPLE_PARTS])
{
	for (int part = 0; part < SAMPLE_PARTS; part++) {
		free(answers[part].bytes);
		answers[part].bytes = NULL;
	}
}

int
sample_compare(const sample_answer *a, const sample_answer *b)
{
	for (int part = 0; part < SAMPLE_PARTS; part++)
		if (a[part].status != b[part].status ||
		    a[part].size != b[part].size ||
		    (a[part].size > 0 &&
			memcmp(a[part].bytes, b[part].bytes, a[part].size) !=
			    0))
			return part;
	return SAMPLE_PARTS;
}
