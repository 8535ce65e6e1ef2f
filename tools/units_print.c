/* SPDX-License-Identifier: MIT */
#include "units.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "contact.h"
#include "output.h"
#include "quantity.h"

#define AMOUNT_TEXT DURATION_TEXT

enum column {
	TIME, CONTACT, CUSTOMER, ROW, ROLE_OF, CLASS, VALUE, NUMERATOR,
	DENOMINATOR, COLUMNS
};

static const char *const headings[COLUMNS] = { "time", "contact", "customer",
	"row", "role", "class", "value", "numerator", "denominator" };

/* The texts of a line, and what they are made in. */
struct line {
	const char *at[COLUMNS];
	char time[KPI_INSTANT_TEXT], contact[CONTACT_TEXT], row[24], role[48];
	char value[AMOUNT_TEXT], numerator[AMOUNT_TEXT];
	char denominator[AMOUNT_TEXT];
};

/* Columns that say something. */
struct layout {
	size_t width[COLUMNS];
	int shown[COLUMNS];
};

/* A mean of marks between 0 and 1 has millionths. */
static double
scale_of(const struct units *u)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	char name[64];

	(void)snprintf(name, sizeof(name), "%.*s",
	    (int)strcspn(u->definition, " "), u->definition);
	return u->figure.unit == KPI_UNIT_SHARE &&
		kpi_catalogue_find(KPI_TABLE_METRICS, name, &metric, NULL) ==
		    KPI_OK &&
		strcmp(metric.kind, "mean") == 0
	    ? 1e6
	    : 1;
}

static const char *
count_text(char out[AMOUNT_TEXT], const struct units *u, int64_t amount)
{
	if (u->figure.parts == 1)
		(void)snprintf(out, AMOUNT_TEXT, "%" PRId64, amount);
	else
		(void)snprintf(out, AMOUNT_TEXT, "%.6g",
		    (double)amount / (double)u->figure.parts);
	return out;
}

static const char *
amount_text(
    char out[AMOUNT_TEXT], const struct units *u, int64_t amount, double scale)
{
	if (u->figure.unit == KPI_UNIT_MS)
		return duration_text(out, amount / u->figure.parts);
	if (scale == 1)
		return count_text(out, u, amount);
	(void)snprintf(out, AMOUNT_TEXT, "%.6g",
	    (double)amount / (double)u->figure.parts / scale);
	return out;
}

static void
fill(struct line *l, const struct units *u, const kpi_explained *one)
{
	const double scale = scale_of(u);
	const struct units whole = { .figure = { .parts = 1,
					 .unit = u->figure.unit } };

	l->at[TIME] = contact_time(l->time, u->query, one->started_at);
	l->at[CONTACT] = contact_name(l->contact, one->source, one->id);
	l->at[CUSTOMER] = one->customer == NULL ? "" : one->customer;
	(void)snprintf(l->row, sizeof(l->row), "%" PRId64, one->row);
	l->at[ROW] = one->row == 0 ? "" : l->row;
	(void)snprintf(l->role, sizeof(l->role), "%s%s%s",
	    role_name(one->role),
	    one->role == one->left_out || one->left_out == 0 ? "" : ", ",
	    one->role == one->left_out ? "" : role_name(one->left_out));
	l->at[ROLE_OF] = l->role;
	l->at[CLASS] = one->outcome_class == NULL ? "" : one->outcome_class;
	l->at[VALUE] = one->value == KPI_UNKNOWN
	    ? ""
	    : amount_text(l->value, &whole, one->value, scale);
	l->at[NUMERATOR] =
	    amount_text(l->numerator, u, one->numerator, scale);
	l->at[DENOMINATOR] = count_text(l->denominator, u, one->denominator);
}

/* Whether what it adds is more than its role and value say. */
static int
adds_more(const struct units *u, const kpi_explained *one)
{
	return u->figure.parts != 1 || one->numerator < 0 ||
	    (one->numerator > 1 && one->value == KPI_UNKNOWN);
}

static void
look(struct layout *y, const struct units *u, const kpi_explained *one,
    const struct line *l)
{
	const int more = adds_more(u, one);

	for (int c = 0; c < COLUMNS; c++) {
		widen(&y->width[c], l->at[c]);
		if (c < NUMERATOR)
			y->shown[c] |= l->at[c][0] != '\0';
		else
			y->shown[c] |= more &&
			    (c == NUMERATOR || u->figure.parts != 1);
	}
}

static void
put_line(const struct layout *y, const char *const text[COLUMNS])
{
	int last = 0;

	for (int c = 0; c < COLUMNS; c++)
		if (y->shown[c])
			last = c;
	for (int c = 0; c <= last; c++)
		if (y->shown[c])
			put_padded(text[c], c == last ? 0 : y->width[c] + 2);
	(void)putchar('\n');
}

/* "service_level: 33.3 %; numerator 1, denominator 3", and a line of those
 * left out. */
static void
put_figure(const struct units *u)
{
	const kpi_figure *f = &u->figure;
	const int64_t left_out[] = { f->unknown, f->in_progress, f->truncated,
		f->immature, f->not_counted };
	char value[KPI_FIGURE_TEXT], amount[2][AMOUNT_TEXT];
	char text[4096];
	const char *before = "left out: ";
	int size = 0;

	if (kpi_figure_format(f, KPI_SHOW_VALUE, value, sizeof(value)) !=
	    KPI_OK)
		value[0] = '\0';
	(void)snprintf(text, sizeof(text),
	    "%.2048s: %s; numerator %s, denominator %s", u->definition, value,
	    amount_text(amount[0], u, f->numerator, scale_of(u)),
	    count_text(amount[1], u, f->denominator));
	put_wrapped(text, 0);
	for (int i = 0; i < 5; i++) {
		if (left_out[i] == 0)
			continue;
		size += snprintf(text + size, sizeof(text) - (size_t)size,
		    "%s%s %s", before, count_text(amount[0], u, left_out[i]),
		    role_name(KPI_ROLE_UNKNOWN + i));
		before = ", ";
	}
	if (size > 0)
		put_wrapped(text, 0);
}

static kpi_status
get(const struct units *u, uint64_t i, kpi_explained *one, kpi_error *error)
{
	const kpi_explained none = KPI_EXPLAINED_INIT;

	*one = none;
	return kpi_explanation_get(u->explanation, i, one, error);
}

/* Places [offset, last) are printed. */
static uint64_t
last_of(const struct units *u)
{
	const uint64_t count = kpi_explanation_count(u->explanation);

	if (u->offset >= count)
		return u->offset;
	return u->limit < count - u->offset ? u->offset + u->limit : count;
}

static void
put_end(const struct units *u, uint64_t last)
{
	const uint64_t count = kpi_explanation_count(u->explanation);

	(void)printf("%" PRIu64 " of %" PRIu64, last - u->offset, count);
	if (u->offset >= count && count > 0)
		(void)printf(", from --offset %" PRIu64 " on", u->offset);
	if (last < count)
		(void)printf(", next: --offset %" PRIu64, last);
	(void)putchar('\n');
}

kpi_status
units_print_table(const struct units *u, kpi_error *error)
{
	static struct line l;
	const uint64_t last = last_of(u);
	struct layout y;
	kpi_explained one;
	kpi_status status = KPI_OK;

	memset(&y, 0, sizeof(y));
	for (uint64_t i = u->offset; i < last && status == KPI_OK; i++) {
		status = get(u, i, &one, error);
		if (status == KPI_OK) {
			fill(&l, u, &one);
			look(&y, u, &one, &l);
		}
	}
	if (status != KPI_OK)
		return status;
	for (int c = 0; c < COLUMNS; c++)
		widen(&y.width[c], headings[c]);
	put_figure(u);
	if (last > u->offset)
		put_line(&y, headings);
	for (uint64_t i = u->offset; i < last && status == KPI_OK; i++) {
		status = get(u, i, &one, error);
		if (status == KPI_OK) {
			fill(&l, u, &one);
			put_line(&y, l.at);
		}
	}
	if (status == KPI_OK)
		put_end(u, last);
	return status;
}

#define CELLS 13

struct cell {
	const char *name, *text;
	int is_number;
	char made[24];
};

static void
number(struct cell *c, int64_t value)
{
	(void)snprintf(c->made, sizeof(c->made), "%" PRId64, value);
	c->text = value == KPI_UNKNOWN ? NULL : c->made;
}

static void
put_cells(const struct cell *c, int32_t format)
{
	for (size_t i = 0; i < CELLS; i++) {
		if (format == KPI_FORMAT_CSV)
			put_csv(i == 0 ? "" : ",", c[i].text);
		else if (c[i].is_number && c[i].text != NULL)
			(void)printf(",\"%s\":%s", c[i].name, c[i].text);
		else
			put_json(i == 0 ? "{" : ",", c[i].name, c[i].text);
	}
	(void)fputs(format == KPI_FORMAT_CSV ? "\r\n" : "}\n", stdout);
}

kpi_status
units_print_cells(const struct units *u, int32_t format, kpi_error *error)
{
	static struct cell c[CELLS] = { { .name = "time" },
		{ .name = "source" }, { .name = "id" }, { .name = "customer" },
		{ .name = "row", .is_number = 1 }, { .name = "role" },
		{ .name = "left_out" }, { .name = "outcome_class" },
		{ .name = "value", .is_number = 1 },
		{ .name = "numerator", .is_number = 1 },
		{ .name = "denominator", .is_number = 1 },
		{ .name = "excluded", .is_number = 1 },
		{ .name = "parts", .is_number = 1 } };
	const uint64_t last = last_of(u);
	char time[KPI_INSTANT_TEXT];
	kpi_explained one;
	kpi_status status = KPI_OK;

	for (size_t i = 0; format == KPI_FORMAT_CSV && i < CELLS; i++)
		(void)printf("%s%s", i == 0 ? "" : ",", c[i].name);
	if (format == KPI_FORMAT_CSV)
		(void)fputs("\r\n", stdout);
	for (uint64_t i = u->offset; i < last; i++) {
		if ((status = get(u, i, &one, error)) != KPI_OK)
			break;
		c[0].text = instant_text(time, u->query, one.started_at);
		c[1].text = one.source;
		c[2].text = one.id;
		c[3].text = one.customer;
		number(&c[4], one.row == 0 ? KPI_UNKNOWN : one.row);
		c[5].text = role_name(one.role);
		c[6].text =
		    one.left_out == 0 ? NULL : role_name(one.left_out);
		c[7].text = one.outcome_class;
		number(&c[8], one.value);
		number(&c[9], one.numerator);
		number(&c[10], one.denominator);
		number(&c[11], one.excluded);
		number(&c[12], u->figure.parts);
		put_cells(c, format);
	}
	return status;
}
