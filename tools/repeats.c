/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "contact.h"
#include "definitions.h"
#include "output.h"
#include "quantity.h"
#include "selection.h"
#include "unknown.h"

static const char help[] =
    "usage: kpi repeats STORE [OPTION...]\n"
    "\n"
    "Lists the contacts that came again, by customer: the contact, when it\n"
    "began, the one before it, how long after it, and the first of the chain.\n"
    "What counts as a repeat are the parameters of the metric repeat_rate.\n"
    "\n"
    "  --set PARAMETER=VALUE       such as repeat_window=3d; see\n"
    "                              `kpi catalogue repeat_rate`\n"
    "  --preset PRESET             as another system counts\n"
    "  --from TIME, --until TIME   2026-10-01, 2026-10-01T09:30 (in the zone) "
    "or\n"
    "                              2026-10-01T09:30:00+02:00; until is "
    "exclusive\n"
    "  --zone ZONE                 of times: Europe/Berlin, ... [UTC]\n"
    "  --where DIMENSION=V[,V...], --where-not DIMENSION=V[,V...],\n"
    "  --outcome OUTCOME[,...], --least FIELD=VALUE, --most FIELD=VALUE\n"
    "                              only these contacts; see kpi help measure\n"
    "  --format table|csv|json     [table]; json is one object a line\n";

/* A table's columns: their widths, and the texts of one line. */
struct line {
	char contact[CONTACT_TEXT], earlier[CONTACT_TEXT], first[CONTACT_TEXT];
	char time[KPI_INSTANT_TEXT], gap[DURATION_TEXT];
};

struct widths {
	size_t contact, time, earlier, gap;
};

static void
fill(struct line *l, const kpi_query *q, const kpi_repeat *r)
{
	(void)contact_name(l->contact, r->source, r->id);
	(void)contact_name(l->earlier, r->earlier_source, r->earlier_id);
	(void)contact_name(l->first, r->first_source, r->first_id);
	(void)duration_text(l->gap, r->gap_ms);
	(void)contact_time(l->time, q, r->started_at);
}

static void
put_line(const struct widths *w, const struct line *l)
{
	(void)fputs("  ", stdout);
	put_padded(l->contact, w->contact + 2);
	put_padded(l->time, w->time + 2);
	put_padded(l->earlier, w->earlier + 2);
	put_padded(l->gap, w->gap + 2);
	put_padded(l->first, 0);
	(void)putchar('\n');
}

static int
same_customer(const kpi_repeat *a, const kpi_repeat *b)
{
	return a->customer != NULL && b->customer != NULL &&
	    strcmp(a->customer, b->customer) == 0;
}

static int
get(kpi_repeat *out, const kpi_repeats *list, uint64_t i)
{
	const kpi_repeat none = KPI_REPEAT_INIT;

	*out = none;
	return kpi_repeats_get(list, i, out) == KPI_OK;
}

static void
print_table(const kpi_repeats *list, const kpi_query *q)
{
	static const struct line heading = { "contact", "after", "first",
		"time", "gap" };
	struct widths w = { 0, 0, 0, 0 };
	struct line l;
	kpi_repeat r, last = KPI_REPEAT_INIT;

	l = heading;
	for (uint64_t i = 0; i == 0 || get(&r, list, i - 1); i++) {
		if (i > 0)
			fill(&l, q, &r);
		widen(&w.contact, l.contact);
		widen(&w.time, l.time);
		widen(&w.earlier, l.earlier);
		widen(&w.gap, l.gap);
	}
	put_line(&w, &heading);
	for (uint64_t i = 0; get(&r, list, i); i++) {
		if (!same_customer(&r, &last)) {
			put_padded(
			    r.customer == NULL ? "(unknown)" : r.customer, 0);
			(void)putchar('\n');
		}
		fill(&l, q, &r);
		put_line(&w, &l);
		last = r;
	}
}

struct cell {
	const char *name, *text;
};

#define CELLS 11
#define GAP   7 /* the one that is a number */

static void
put_cells(const struct cell *c, int32_t format)
{
	for (size_t i = 0; i < CELLS; i++) {
		if (format == KPI_FORMAT_CSV)
			put_csv(i == 0 ? "" : ",", c[i].text);
		else if (i == GAP)
			(void)printf(",\"%s\":%s", c[i].name, c[i].text);
		else
			put_json(i == 0 ? "{" : ",", c[i].name, c[i].text);
	}
	(void)fputs(format == KPI_FORMAT_CSV ? "\r\n" : "}\n", stdout);
}

static void
print_cells(const kpi_repeats *list, const kpi_query *q, int32_t format)
{
	char time[3][KPI_INSTANT_TEXT], gap[DURATION_TEXT];
	struct cell c[CELLS] = { { "customer", NULL }, { "source", NULL },
		{ "id", NULL }, { "time", time[0] }, { "earlier_source", NULL },
		{ "earlier_id", NULL }, { "earlier_time", time[1] },
		{ "gap_ms", gap }, { "first_source", NULL },
		{ "first_id", NULL }, { "first_time", time[2] } };
	kpi_repeat r;

	for (size_t i = 0; format == KPI_FORMAT_CSV && i < CELLS; i++)
		(void)printf("%s%s", i == 0 ? "" : ",", c[i].name);
	if (format == KPI_FORMAT_CSV)
		(void)fputs("\r\n", stdout);
	for (uint64_t i = 0; get(&r, list, i); i++) {
		const char *const texts[CELLS] = { r.customer, r.source, r.id,
			instant_text(time[0], q, r.started_at),
			r.earlier_source, r.earlier_id,
			instant_text(time[1], q, r.earlier_started_at), gap,
			r.first_source, r.first_id,
			instant_text(time[2], q, r.first_started_at) };

		(void)snprintf(gap, sizeof(gap), "%" PRId64, r.gap_ms);
		for (size_t k = 0; k < CELLS; k++)
			c[k].text = texts[k];
		put_cells(c, format);
	}
}

/* An empty list alone would not say that the log is too short to tell. */
static void
print_none(kpi_store *store, const kpi_query *q, const kpi_definition *d)
{
	kpi_figure f = KPI_FIGURE_INIT;
	kpi_result *result;

	if (kpi_repeat_rate(&result, store, q, d, NULL) != KPI_OK)
		return;
	if (kpi_result_rows(result) == 1 &&
	    kpi_result_figure(result, 0, 0, &f) == KPI_OK) {
		(void)printf("no contact came again, of %" PRId64 " counted\n",
		    f.denominator);
		if (f.truncated > 0)
			(void)printf(
			    "%" PRId64 " are left out: what was less "
			    "than the window before them is not\n"
			    "known; --set repeat_edge=include counts them\n",
			    f.truncated);
		if (f.unknown > 0)
			(void)printf("%" PRId64 " are left out: whose they are "
				     "is not known\n",
			    f.unknown);
	}
	kpi_result_free(result);
}

static int
list_repeats(const struct arguments *a, const kpi_query *q,
    const kpi_definition *d, int32_t format)
{
	const char *const path = argument_word(a, 0);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_repeats *list;
	kpi_status status;
	int code = open_to_ask(&store, path, a);

	if (code != DONE)
		return code;
	status = kpi_repeat_contacts(&list, store, q, d, &error);
	if (status == KPI_OK)
		say_unknown(store, path, q, a);
	if (status == KPI_OK && format == KPI_FORMAT_TABLE &&
	    kpi_repeats_count(list) == 0) {
		print_none(store, q, d);
		kpi_repeats_free(list);
		kpi_store_close(store);
		return DONE;
	}
	kpi_store_close(store);
	if (status != KPI_OK)
		return answered(path, status, &error);
	if (format == KPI_FORMAT_TABLE)
		print_table(list, q);
	else
		print_cells(list, q, format);
	kpi_repeats_free(list);
	return DONE;
}

static int
run(const struct arguments *a)
{
	struct definitions d;
	kpi_query *query = NULL;
	int32_t format = KPI_FORMAT_TABLE;
	int code;

	if (argument_word(a, 0) == NULL || argument_word(a, 1) != NULL)
		return complain(WRONG_USE,
		    "expected one STORE and options; see kpi help repeats");
	definitions_init(&d);
	code = definitions_add(&d, "repeat_rate");
	if (code == DONE)
		code = definitions_apply(&d, a);
	if (code == DONE)
		code = output_format(&format, a);
	if (code == DONE)
		code = selection_make(&query, a);
	if (code == DONE)
		code = list_repeats(a, query, d.at[0], format);
	kpi_query_free(query);
	definitions_free(&d);
	return code;
}

const struct command command_repeats = {
	.name = "repeats",
	.summary = "lists the contacts of customers who came again",
	.help = help,
	.takes = SELECTION | DEFINITION | TAKES(FORMAT) | TAKES(THREADS),
	.run = run,
};
