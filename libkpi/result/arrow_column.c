/* SPDX-License-Identifier: MIT */
#include "result/arrow_column.h"

#include "base/word.h"
#include "result/printer.h"

static const kpi__arrow_made before_reasons[] = {
	{ "metric", KPI__ARROW_METRIC, 0, 0 },
	{ "definition", KPI__ARROW_DEFINITION, 0, 0 },
	{ "value", KPI__ARROW_REAL, 0, offsetof(kpi_figure, value) },
	{ "numerator", KPI__ARROW_COUNT, 0, offsetof(kpi_figure, numerator) },
	{ "denominator", KPI__ARROW_COUNT, 0,
	    offsetof(kpi_figure, denominator) },
};

/* In the order of kpi__reason_names. */
static const size_t reasons[KPI__REASONS] = { offsetof(kpi_figure, unknown),
	offsetof(kpi_figure, in_progress), offsetof(kpi_figure, truncated),
	offsetof(kpi_figure, immature), offsetof(kpi_figure, not_counted),
	offsetof(kpi_figure, no_activity) };

static const kpi__arrow_made after_reasons[] = {
	{ "lower", KPI__ARROW_REAL, 0, offsetof(kpi_figure, lower) },
	{ "upper", KPI__ARROW_REAL, 0, offsetof(kpi_figure, upper) },
	{ "unit", KPI__ARROW_UNIT, 0, 0 },
	{ "state", KPI__ARROW_STATE, 0, 0 },
};

static const kpi__arrow_made verdicts[] = {
	{ "target", KPI__ARROW_TARGET, 0, offsetof(kpi_figure, target) },
	{ "target_ceiling", KPI__ARROW_TARGET, 0,
	    offsetof(kpi_figure, target_ceiling) },
	{ "verdict", KPI__ARROW_VERDICT, 0, 0 },
	{ "verdict_lower", KPI__ARROW_REAL, 0,
	    offsetof(kpi_figure, verdict_lower) },
	{ "verdict_upper", KPI__ARROW_REAL, 0,
	    offsetof(kpi_figure, verdict_upper) },
};

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static void
add(kpi__arrow_made *out, uint32_t *n, const kpi__arrow_made *more,
    size_t count)
{
	for (size_t i = 0; i < count; i++)
		out[(*n)++] = more[i];
}

uint32_t
kpi__arrow_columns(const kpi_result *r, kpi__arrow_made out[KPI__ARROW_MADE])
{
	static const kpi__arrow_made times[] = {
		{ "time", KPI__ARROW_INSTANT, 0, 0 },
		{ "until", KPI__ARROW_INSTANT, 1, 0 },
	};
	uint32_t n = 0;

	for (uint32_t i = 0; i < r->frame.by_count; i++) {
		out[n] = (kpi__arrow_made){ kpi__word_name(KPI_TABLE_DIMENSIONS,
						r->frame.by[i]),
			KPI__ARROW_GROUP, i, 0 };
		n++;
	}
	if (r->frame.bucket != KPI_BUCKET_NONE)
		add(out, &n, times, COUNT(times));
	add(out, &n, before_reasons, COUNT(before_reasons));
	for (size_t i = 0; i < KPI__REASONS; i++)
		out[n++] = (kpi__arrow_made){ kpi__reason_names[i],
			KPI__ARROW_COUNT, 0, reasons[i] };
	add(out, &n, after_reasons, COUNT(after_reasons));
	if (kpi__has_verdicts(r))
		add(out, &n, verdicts, COUNT(verdicts));
	return n;
}

int
kpi__arrow_is_word(const kpi__arrow_made *column)
{
	return column->value >= KPI__ARROW_DEFINITION &&
	    column->value <= KPI__ARROW_VERDICT;
}

int
kpi__arrow_is_whole(const kpi_result *r)
{
	for (uint32_t i = 0; i < r->count; i++)
		if (r->shapes[i].parts != 1)
			return 0;
	return 1;
}
