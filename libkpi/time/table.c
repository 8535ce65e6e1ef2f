/* SPDX-License-Identifier: MIT */
#include "time/table.h"

#include "base/error.h"
#include "time/tzif.h"

/* A cycle of 400 years, its end, and the years before its first change. */
#define RULE_YEARS 408

/* Where a rule without any change before it is laid down: 1972-01-01. */
#define SOME_TIME INT64_C(63072000)

/* What does not change the offset, or lies too far away, is left out. */
static void
add_changes(kpi__zone *z, const kpi__tzif *f)
{
	int32_t last = kpi__tzif_offset(f, 0);

	z->before = last;
	for (size_t i = 0; i < f->times_count; i++) {
		const int64_t at = kpi__tzif_time(f, i);
		const int32_t offset = kpi__tzif_offset(f, f->indices[i]);

		if (at < KPI__TABLE_FIRST / 1000) {
			z->before = offset;
		} else if (at <= KPI__TABLE_LAST / 1000 && offset != last) {
			z->at[z->count] = at * 1000;
			z->offset[z->count++] = offset;
		}
		last = offset;
	}
}

struct layer {
	kpi__zone *zone;
	int64_t last; /* seconds: what the rule changes up to here, was told */
	int32_t offset; /* now */
	int32_t offset_at_last;
};

static void
lay_change(struct layer *l, int64_t at, int32_t offset)
{
	kpi__zone *const z = l->zone;

	if (offset == l->offset)
		return;
	l->offset = offset;
	if (at <= l->last) {
		l->offset_at_last = offset;
		return;
	}
	if (z->cycle == INT64_MAX)
		z->cycle = at * 1000;
	if (at * 1000 - z->cycle <= KPI__CYCLE_MS) {
		z->at[z->count] = at * 1000;
		z->offset[z->count++] = offset;
	}
}

/*
 * One cycle of the rule is laid down as changes, so that whoever looks up an
 * offset needs no rules. Summer time that ends when or after the next one
 * begins just lasts: this is how a rule says "all year".
 */
static void
lay_rule(struct layer *l, const kpi__rule *rule)
{
	const int64_t day = kpi__floor_div(l->last, 86400);
	const int32_t first_year = kpi__date_of(day).year - 2;

	l->offset = l->offset_at_last = rule->standard;
	if (!rule->has_summer)
		return;
	for (int32_t i = 0; i < RULE_YEARS; i++) {
		const int32_t year = first_year + i;
		const int64_t begin = kpi__rule_begin(rule, year);
		int64_t end = kpi__rule_end(rule, year);

		if (end <= begin)
			end = kpi__rule_end(rule, year + 1);
		lay_change(l, begin, rule->summer);
		if (end < kpi__rule_begin(rule, year + 1))
			lay_change(l, end, rule->standard);
	}
}

/* KPI_ECORRUPT if the rule and the last change tell different offsets. */
static kpi_status
add_rule(kpi__zone *z, const kpi__tzif *f)
{
	struct layer l = { z, SOME_TIME, 0, 0 };
	int32_t told;

	if (f->times_count == 0) {
		lay_rule(&l, &f->rule);
		z->before = l.offset_at_last;
		z->cycle_before = 1;
		return KPI_OK;
	}
	l.last = kpi__tzif_time(f, f->times_count - 1);
	if (l.last > KPI__TABLE_LAST / 1000)
		return KPI_OK;
	if (l.last < KPI__TABLE_FIRST / 1000) {
		l.last = KPI__TABLE_FIRST / 1000;
		lay_rule(&l, &f->rule);
		z->before = l.offset_at_last;
		return KPI_OK;
	}
	told = kpi__tzif_offset(f, f->indices[f->times_count - 1]);
	lay_rule(&l, &f->rule);
	return l.offset_at_last == told ? KPI_OK : KPI_ECORRUPT;
}

kpi_status
kpi__zone_parse(kpi__zone **out, const char *name, const unsigned char *bytes,
    size_t size, const kpi_allocator *a, kpi_error *error)
{
	const char *why = "its rule and its last change differ";
	kpi__zone *zone = NULL;
	kpi__tzif file;
	kpi_status status;

	*out = NULL;
	status = kpi__tzif_read(&file, bytes, size, &why);
	if (status != KPI_OK)
		goto refused;
	status = kpi__zone_new(&zone, name,
	    file.times_count +
		(file.has_rule && file.rule.has_summer ? 2 * RULE_YEARS : 0),
	    a, error);
	if (status != KPI_OK)
		return status;
	add_changes(zone, &file);
	if (file.has_rule && (status = add_rule(zone, &file)) != KPI_OK)
		goto refused;
	*out = zone;
	return KPI_OK;

refused:
	kpi__zone_free(zone);
	return kpi__fail(error, status, "time zone %s: %s", name, why);
}
