/* SPDX-License-Identifier: MIT */
/* Which rows a question is about. */
#include <check.h>
#include <stdio.h>
#include <string.h>

#include "question.h"

static const kpi_by dimensions[] = { KPI_BY_AGENT, KPI_BY_TEAM, KPI_BY_QUEUE,
	KPI_BY_CHANNEL, KPI_BY_REASON, KPI_BY_CUSTOMER, KPI_BY_CASE,
	KPI_BY_DIRECTION, KPI_BY_SOURCE, KPI_BY_ATTRIBUTE_1,
	KPI_BY_ATTRIBUTE_4 };

static kpi_by
any_dimension(random_source *s)
{
	return dimensions[random_below(
	    s, sizeof(dimensions) / sizeof(*dimensions))];
}

static void
make_groups(question_rows *r, random_source *s)
{
	static const int32_t buckets[] = { KPI_BUCKET_DAY, KPI_BUCKET_MONTH,
		KPI_BUCKET_HOUR, KPI_BUCKET_WEEK, KPI_BUCKET_QUARTER_HOUR };
	uint32_t want = random_one_in(s, 3) ? 0 : random_below(s, 4);

	while (want-- > 0) {
		const kpi_by by = any_dimension(s);

		if (!question_rows_name(r, by))
			r->by[r->by_count++] = by;
	}
	if (random_one_in(s, 3))
		r->bucket = buckets[random_below(
		    s, sizeof(buckets) / sizeof(*buckets))];
}

static void
make_filters(question_rows *r, random_source *s)
{
	uint32_t want = random_one_in(s, 2) ? 0 : random_below(s, 3);

	while (want-- > 0) {
		question_filter *f = &r->filters[r->filter_count];
		const kpi_by by = any_dimension(s);
		int used = 0;

		for (uint32_t i = 0; i < r->filter_count; i++)
			used |= r->filters[i].by == by;
		if (used)
			continue;
		r->filter_count++;
		f->by = by;
		f->negated = random_one_in(s, 2);
		f->count = 1 + random_below(s, QUESTION_VALUES - 1);
		for (uint32_t v = 0; v < f->count; v++)
			f->values[v] =
			    random_one_in(s, 4) ? NULL : random_name(by, v);
	}
	if (random_one_in(s, 6)) {
		r->outcome_count = 1 + random_below(s, 2);
		r->outcomes[0] = KPI_OUTCOME_ANSWERED;
		r->outcomes[1] = 1 + random_below(s, 13);
	}
}

static void
make_measure(question_rows *r, random_source *s)
{
	static const int32_t fields[] = { KPI_FIELD_WAIT, KPI_FIELD_WAIT,
		KPI_FIELD_TALK, KPI_FIELD_IVR, KPI_FIELD_CSAT, KPI_FIELD_NPS,
		KPI_FIELD_AFTER_CALL, KPI_FIELD_AGENT_REPLIES };

	r->measure = fields[random_below(s, sizeof(fields) / sizeof(*fields))];
	r->least = r->most = KPI_UNKNOWN;
	if (random_one_in(s, 2))
		r->most =
		    r->measure == KPI_FIELD_CSAT || r->measure == KPI_FIELD_NPS
		    ? 5
		    : 20000;
	if (r->most == KPI_UNKNOWN || random_one_in(s, 3))
		r->least = r->measure == KPI_FIELD_AGENT_REPLIES ? 2 : 1;
}

void
question_rows_make(
    question_rows *r, random_source *s, const int64_t *instants, uint32_t count)
{
	memset(r, 0, sizeof(*r));
	r->from = r->until = KPI_UNKNOWN;
	make_groups(r, s);
	make_filters(r, s);
	if (random_one_in(s, 6))
		make_measure(r, s);
	/* On the very instants of the data, where borders are met. */
	if (random_one_in(s, 3))
		r->from = instants[random_below(s, count)];
	if (random_one_in(s, 3))
		r->until = instants[random_below(s, count)];
	if (r->until != KPI_UNKNOWN && r->until < r->from)
		r->until = r->from;
}

/* To the first place, so that none that was asked before it is lost. */
void
question_rows_group(question_rows *r, kpi_by by)
{
	uint32_t at = 0;

	while (at < r->by_count && r->by[at] != by)
		at++;
	if (at == r->by_count && r->by_count < 3)
		r->by_count++;
	if (at == 3)
		at = 2;
	for (; at > 0; at--)
		r->by[at] = r->by[at - 1];
	r->by[0] = by;
}

int
question_rows_name(const question_rows *r, kpi_by by)
{
	for (uint32_t i = 0; i < r->by_count; i++)
		if (r->by[i] == by)
			return 1;
	for (uint32_t i = 0; i < r->filter_count; i++)
		if (r->filters[i].by == by)
			return 1;
	return 0;
}

kpi_query *
question_query(const question_rows *r)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_query *q;

	ck_assert_int_eq(kpi_query_new(&q, NULL, &error), KPI_OK);
	ck_assert_int_eq(kpi_query_between(q, r->from, r->until), KPI_OK);
	for (uint32_t i = 0; i < r->by_count; i++)
		ck_assert_int_eq(kpi_query_by(q, r->by[i]), KPI_OK);
	if (r->bucket != KPI_BUCKET_NONE)
		ck_assert_int_eq(kpi_query_by_time(q, r->bucket), KPI_OK);
	for (uint32_t i = 0; i < r->filter_count; i++)
		for (uint32_t v = 0; v < r->filters[i].count; v++)
			ck_assert_int_eq(
			    (r->filters[i].negated ? kpi_query_where_not
						   : kpi_query_where)(
				q, r->filters[i].by, r->filters[i].values[v]),
			    KPI_OK);
	for (uint32_t i = 0; i < r->outcome_count; i++)
		ck_assert_int_eq(
		    kpi_query_where_outcome(q, r->outcomes[i]), KPI_OK);
	if (r->measure != 0)
		ck_assert_msg(kpi_query_where_between(q, r->measure, r->least,
				  r->most, &error) == KPI_OK,
		    "%s", error.text);
	return q;
}

const char *
question_said(const question *q, const question_rows *rows)
{
	static char text[4096];
	kpi_definition *d = question_definition(q);
	int size =
	    snprintf(text, sizeof(text), "%s [by", kpi_definition_text(d));

	kpi_definition_free(d);
	for (uint32_t i = 0; i < rows->by_count; i++)
		size += snprintf(text + size, sizeof(text) - (size_t)size,
		    " %d", (int)rows->by[i]);
	size += snprintf(text + size, sizeof(text) - (size_t)size,
	    " bucket %d from %lld until %lld", (int)rows->bucket,
	    (long long)rows->from, (long long)rows->until);
	for (uint32_t i = 0; i < rows->filter_count; i++) {
		const question_filter *f = &rows->filters[i];

		size += snprintf(text + size, sizeof(text) - (size_t)size,
		    " where %s%d", f->negated ? "not " : "", (int)f->by);
		for (uint32_t v = 0; v < f->count; v++)
			size += snprintf(text + size,
			    sizeof(text) - (size_t)size, " %s",
			    f->values[v] == NULL ? "(unknown)" : f->values[v]);
	}
	for (uint32_t i = 0; i < rows->outcome_count; i++)
		size += snprintf(text + size, sizeof(text) - (size_t)size,
		    " outcome %d", (int)rows->outcomes[i]);
	if (rows->measure != 0)
		(void)snprintf(text + size, sizeof(text) - (size_t)size,
		    " field %d in %lld..%lld", (int)rows->measure,
		    (long long)rows->least, (long long)rows->most);
	return text;
}
