/* SPDX-License-Identifier: MIT */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "change.h"
#include "output.h"
#include "visible.h"

#define GAP 2

enum { BEFORE, NOW, DIFFERENCE, BOUNDS, VERDICT, WITHIN, MIX, CELLS };

#define CELL (KPI_FIGURE_TEXT + 8)

struct line {
	char cell[CELLS][CELL];
};

/* What is printed of one definition. */
struct table {
	const kpi_change *change;
	uint64_t index;
	kpi_difference whole;
	struct line heading;
	size_t name, width[CELLS];
};

/* A share as per cent and a difference of shares as points of them, which
 * have no sign of their own. */
static void
put_value(char out[CELL], double value, int32_t unit, int is_difference)
{
	kpi_figure f = KPI_FIGURE_INIT;
	const size_t sign = is_difference && value > 0;
	char *percent;

	out[0] = '\0';
	if (isnan(value))
		return;
	f.value = value;
	f.lower = f.upper = (double)NAN;
	f.unit = unit;
	f.state = KPI_STATE_OK;
	out[0] = '+';
	if (kpi_figure_format(
		&f, KPI_SHOW_VALUE, out + sign, KPI_FIGURE_TEXT) != KPI_OK)
		out[0] = '\0';
	percent = strstr(out, " %");
	if (is_difference && percent != NULL)
		*percent = '\0';
}

static void
put_state(char out[CELL], double value, int32_t state, int32_t unit)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	put_value(out, value, unit, 0);
	if (out[0] == '\0' &&
	    kpi_catalogue_number(KPI_TABLE_STATES, state, &entry) == KPI_OK)
		(void)snprintf(out, CELL, "%s", entry.name);
}

/* By days or customers where they were asked, else by contact. */
static void
put_bounds(char out[CELL], const kpi_difference *d)
{
	const int tested = d->verdict_by != KPI_BOUNDS_NONE;
	const double lower = tested ? d->verdict_lower : d->lower;
	const double upper = tested ? d->verdict_upper : d->upper;
	char ends[2][CELL];

	out[0] = '\0';
	if (isnan(lower) || isnan(upper))
		return;
	put_value(ends[0], lower, d->unit, 1);
	put_value(ends[1], upper, d->unit, 1);
	(void)snprintf(out, CELL, "%.38s to %.38s", ends[0], ends[1]);
}

static void
put_verdict(char out[CELL], const kpi_difference *d)
{
	kpi_entry entry = KPI_ENTRY_INIT;

	out[0] = '\0';
	if (kpi_catalogue_number(KPI_TABLE_VERDICTS, d->verdict, &entry) ==
	    KPI_OK)
		(void)snprintf(out, CELL, "%s", entry.name);
	else if (!isnan(d->difference) && d->verdict_by != KPI_BOUNDS_NONE)
		(void)snprintf(out, CELL, "fewer than 5 %s",
		    d->verdict_by == KPI_BOUNDS_DAY ? "days" : "customers");
}

static void
fill(struct line *l, const kpi_difference *d)
{
	put_state(l->cell[BEFORE], d->before, d->before_state, d->unit);
	put_state(l->cell[NOW], d->now, d->now_state, d->unit);
	put_value(l->cell[DIFFERENCE], d->difference, d->unit, 1);
	put_bounds(l->cell[BOUNDS], d);
	put_verdict(l->cell[VERDICT], d);
	put_value(l->cell[WITHIN], d->within, d->unit, 1);
	put_value(l->cell[MIX], d->mix, d->unit, 1);
}

static const char *
clusters_of(const kpi_difference *d)
{
	static const char *const names[] = { "", "by contact", "by day",
		"by customer" };
	const int32_t by =
	    d->verdict_by != KPI_BOUNDS_NONE ? d->verdict_by : d->bounds_by;

	return by < 0 || by > KPI_BOUNDS_CUSTOMER ? "" : names[by];
}

static void
put_confidence(char out[CELL], const kpi_definition *d)
{
	uint64_t size;
	char text[32];

	if (kpi_definition_get(
		d, "confidence", text, sizeof(text), &size, NULL) != KPI_OK)
		(void)snprintf(text, sizeof(text), "%s", "0.95");
	(void)snprintf(out, CELL, "%.6g %%", 100 * strtod(text, NULL));
}

static void
name_columns(struct table *t, const kpi_definition *d)
{
	static const char *const names[CELLS] = { "before", "now", "change", "",
		"", "within", "mix" };
	char confidence[CELL];

	for (size_t i = 0; i < CELLS; i++)
		(void)snprintf(t->heading.cell[i], CELL, "%s", names[i]);
	if (t->whole.unit == KPI_UNIT_SHARE)
		(void)snprintf(t->heading.cell[DIFFERENCE], CELL, "points");
	if (*clusters_of(&t->whole) == '\0')
		return;
	put_confidence(confidence, d);
	(void)snprintf(t->heading.cell[BOUNDS], CELL, "%.20s %s", confidence,
	    clusters_of(&t->whole));
}

static const char *
value_of(const kpi_change *c, uint64_t row, uint64_t i)
{
	const char *const value = kpi_change_group(c, row, i);

	return value == NULL ? "(unknown)" : value;
}

/* How wide a row's name is, or, if `width` is not 0, writes it. */
static size_t
put_name(const kpi_change *c, uint64_t row, size_t width)
{
	size_t used = 0;

	for (uint64_t i = 0; kpi_change_by(c, i) != 0; i++) {
		const char *const value =
		    row == KPI_CHANGE_WHOLE ? "all" : value_of(c, row, i);

		if (row == KPI_CHANGE_WHOLE && i > 0)
			break;
		if (i > 0 && width > 0)
			(void)fputs(", ", stdout);
		if (width > 0)
			put_padded(value, 0);
		used += output_width(value) + (i > 0 ? GAP : 0);
	}
	for (size_t i = used; i < width; i++)
		(void)putchar(' ');
	return used;
}

/* Numbers end, and words begin, where those above them do. */
static void
put_line(const struct table *t, const struct line *l)
{
	size_t spaces = 0;

	for (size_t i = 0; i < CELLS; i++) {
		const char *const text = l->cell[i];
		const size_t empty = t->width[i] - output_width(text);

		if (t->width[i] == 0)
			continue;
		spaces += i == VERDICT ? GAP : GAP + empty;
		if (*text != '\0') {
			(void)printf("%*s", (int)spaces, "");
			put_padded(text, 0);
			spaces = 0;
		}
		if (i == VERDICT)
			spaces += empty;
	}
	(void)putchar('\n');
}

static void
widen(struct table *t, const struct line *l, int is_heading)
{
	for (size_t i = 0; i < CELLS; i++) {
		const size_t width = output_width(l->cell[i]);

		/* What no row has needs no column. */
		if (width > t->width[i] && (!is_heading || t->width[i] > 0))
			t->width[i] = width;
	}
}

static uint64_t
place_of(const kpi_change *c, uint64_t i)
{
	return i < kpi_change_rows(c) && kpi_change_by(c, 0) != 0
	    ? i
	    : KPI_CHANGE_WHOLE;
}

/* The groups, and then all. */
static uint64_t
lines_of(const kpi_change *c)
{
	return kpi_change_by(c, 0) == 0 ? 1 : kpi_change_rows(c) + 1;
}

static int
get(const struct table *t, uint64_t row, kpi_difference *d)
{
	const kpi_difference none = KPI_DIFFERENCE_INIT;

	*d = none;
	return kpi_change_get(t->change, row, t->index, d) == KPI_OK;
}

static void
print_rows(struct table *t)
{
	const uint64_t count = lines_of(t->change);
	struct line l;
	kpi_difference d;

	for (uint64_t i = 0; i < count; i++) {
		const uint64_t row = place_of(t->change, i);
		const size_t width = put_name(t->change, row, 0);

		if (width > t->name)
			t->name = width;
		if (!get(t, row, &d))
			continue;
		fill(&l, &d);
		widen(t, &l, 0);
	}
	widen(t, &t->heading, 1);
	(void)printf("%*s", (int)t->name, "");
	put_line(t, &t->heading);
	for (uint64_t i = 0; i < count; i++) {
		const uint64_t row = place_of(t->change, i);

		if (!get(t, row, &d))
			continue;
		fill(&l, &d);
		(void)put_name(t->change, row, t->name);
		put_line(t, &l);
	}
}

static void
print_period(const kpi_change *c, const kpi_query *q, int32_t period)
{
	char text[2][KPI_INSTANT_TEXT];

	(void)printf("%-8s%s to %s\n",
	    period == KPI_PERIOD_NOW ? "now" : "before",
	    instant_text(text[0], q, kpi_change_from(c, period)),
	    instant_text(text[1], q, kpi_change_until(c, period)));
}

static void
put_note(const char *text)
{
	(void)putchar('\n');
	put_wrapped(text, 0);
}

/* What the words of the table mean, where it has them. */
static void
print_legend(const kpi_change *c, int tested, int split)
{
	if (tested)
		put_note("more than noise: so great a difference comes of "
			 "chance alone in fewer cases than the confidence "
			 "leaves, counting days or customers and not single "
			 "contacts, and with groups side by side allowed for "
			 "(Holm).");
	if (split && kpi_change_by(c, 0) != 0)
		put_note("within: what all changed by since the group "
			 "itself changed; mix: since its share of all did. "
			 "Both together are the change of all.");
}

int
change_print_table(
    const kpi_change *c, const kpi_query *query, const struct definitions *d)
{
	int tested = 0, split = 0;

	print_period(c, query, KPI_PERIOD_NOW);
	print_period(c, query, KPI_PERIOD_BEFORE);
	for (uint64_t i = 0; i < kpi_change_count(c); i++) {
		struct table t;

		memset(&t, 0, sizeof(t));
		t.change = c;
		t.index = i;
		if (!get(&t, KPI_CHANGE_WHOLE, &t.whole))
			return complain(FAILED, "a difference cannot be read");
		name_columns(&t, d->at[i]);
		(void)printf("\n%s\n", kpi_change_definition(c, i));
		print_rows(&t);
		tested |= t.width[VERDICT] > 0;
		split |= t.width[WITHIN] > 0;
	}
	print_legend(c, tested, split);
	return DONE;
}
