/* SPDX-License-Identifier: MIT */
/* reopen_rate: whether what was settled stayed so. */
#include <check.h>

#include "asked.h"
#include "runner.h"

/* Nothing that is asked of April is immature by then. */
#define LATER " as_of=2026-06-01T00:00:00Z"

static kpi_store *store;

static void
setup(void)
{
	store = new_store();
}

static void
teardown(void)
{
	kpi_store_close(store);
}

/* What a ticket says, each so long after its start; KPI_UNKNOWN: nothing. */
typedef struct ticket {
	int64_t resolved, first, last, count, reopened;
} ticket;

static int64_t
after(int64_t ms)
{
	return ms == KPI_UNKNOWN ? KPI_UNKNOWN : MONDAY + ms;
}

static void
add_ticket(ticket t)
{
	kpi_interaction one = interaction_of(MONDAY, NULL, 0);

	one.resolved = t.resolved;
	one.first_resolved_at = after(t.first);
	one.resolved_at = after(t.last);
	one.reopened_count = t.count;
	one.reopened_at = after(t.reopened);
	add(store, &one);
}

#define NONE KPI_UNKNOWN

static const struct {
	const char *what;
	ticket ticket;
	const char *text;
	int64_t numerator, denominator, unknown, immature, not_counted;
} cases[] = {
	{ "closed for good", { 1, NONE, HOUR, NONE, NONE },
	    "reopen_rate" LATER, 0, 1, 0, 0, 0 },
	{ "opened again after the window's last ms",
	    { 0, NONE, HOUR, 1, HOUR + 30 * DAY }, "reopen_rate" LATER, 1, 1,
	    0, 0, 0 },
	{ "and one later", { 0, NONE, HOUR, 1, HOUR + 30 * DAY + 1 },
	    "reopen_rate" LATER, 0, 1, 0, 0, 0 },
	{ "within an hour", { 0, NONE, HOUR, 1, 2 * HOUR },
	    "reopen_rate reopen_window=1h" LATER, 1, 1, 0, 0, 0 },
	{ "resolved again: reopened all the same",
	    { 1, HOUR, 10 * DAY, 1, 2 * HOUR }, "reopen_rate" LATER, 1, 1, 0,
	    0, 0 },
	{ "twice is once", { 1, HOUR, 10 * DAY, 2, 9 * DAY },
	    "reopen_rate" LATER, 1, 1, 0, 0, 0 },
	{ "the last too late, and nobody knows when the first was",
	    { 1, HOUR, 50 * DAY, 2, 40 * DAY }, "reopen_rate" LATER, 0, 0, 1,
	    0, 0 },
	{ "resolved again, and nobody knows when at first",
	    { 1, NONE, 10 * DAY, 1, 2 * HOUR }, "reopen_rate" LATER, 0, 0, 1,
	    0, 0 },
	{ "which does not matter without a window",
	    { 1, NONE, 10 * DAY, 1, 2 * HOUR }, "reopen_rate reopen_window=0d",
	    1, 1, 0, 0, 0 },
	{ "reopened nobody knows when", { 0, NONE, HOUR, 1, NONE },
	    "reopen_rate" LATER, 0, 0, 1, 0, 0 },
	{ "resolved nobody knows when", { 1, NONE, NONE, NONE, NONE },
	    "reopen_rate" LATER, 0, 0, 1, 0, 0 },
	{ "or ever, without a window", { 1, NONE, NONE, NONE, NONE },
	    "reopen_rate reopen_window=0d", 0, 1, 0, 0, 0 },
	{ "not had its window", { 1, NONE, HOUR, NONE, NONE },
	    "reopen_rate as_of=2026-04-01T01:00:00Z", 0, 0, 0, 1, 0 },
	{ "has had it", { 1, NONE, HOUR, NONE, NONE },
	    "reopen_rate as_of=2026-04-01T01:00:00.001Z", 0, 1, 0, 0, 0 },
	{ "has not, though it is known to be reopened",
	    { 0, NONE, HOUR, 1, 2 * HOUR },
	    "reopen_rate as_of=2026-04-01T01:00:00Z", 0, 0, 0, 1, 0 },
	{ "reopened only after as_of", { 0, NONE, HOUR, 1, 2 * DAY },
	    "reopen_rate reopen_window=0d as_of=2026-03-03T00:00:00Z", 0, 1,
	    0, 0, 0 },
	{ "resolved only after as_of", { 1, NONE, 2 * DAY, NONE, NONE },
	    "reopen_rate as_of=2026-03-03T00:00:00Z", 0, 0, 0, 0, 1 },
	{ "never resolved", { 0, NONE, NONE, NONE, NONE },
	    "reopen_rate" LATER, 0, 0, 0, 0, 1 },
	{ "of which nothing is known", { NONE, NONE, NONE, NONE, NONE },
	    "reopen_rate" LATER, 0, 0, 1, 0, 0 },
	{ "never resolved, of what was received",
	    { 0, NONE, NONE, NONE, NONE },
	    "reopen_rate reopen_denominator=received" LATER, 0, 1, 0, 0, 0 },
	{ "reopened, and so it was resolved",
	    { NONE, NONE, NONE, 1, HOUR }, "reopen_rate reopen_window=0d", 1,
	    1, 0, 0, 0 },
};

START_TEST(each_ticket_is_reopened_or_not_or_left_out_for_a_reason)
{
	kpi_figure f;

	add_ticket(cases[_i].ticket);
	f = ask(store, NULL, cases[_i].text);
	ck_assert_msg(f.numerator == cases[_i].numerator &&
		f.denominator == cases[_i].denominator &&
		f.unknown == cases[_i].unknown &&
		f.immature == cases[_i].immature &&
		f.not_counted == cases[_i].not_counted,
	    "%s: %d of %d, %d unknown, %d immature, %d not counted",
	    cases[_i].what, (int)f.numerator, (int)f.denominator,
	    (int)f.unknown, (int)f.immature, (int)f.not_counted);
}
END_TEST

START_TEST(nothing_known_of_what_was_received_is_no_data)
{
	static const char asked[] =
	    "reopen_rate reopen_denominator=received" LATER;

	add_ticket((ticket){ NONE, NONE, NONE, NONE, NONE });
	ck_assert_int_eq(ask(store, NULL, asked).state, KPI_STATE_NO_DATA);
	add_ticket((ticket){ 1, NONE, HOUR, NONE, NONE });
	ck_assert_int_eq(ask(store, NULL, asked).state, KPI_STATE_OK);
	ck_assert_int_eq(ask(store, NULL, asked).denominator, 2);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("reopen");
	TCase *tc = tcase_create("reopen");

	tcase_add_checked_fixture(tc, setup, teardown);
	tcase_add_loop_test(tc,
	    each_ticket_is_reopened_or_not_or_left_out_for_a_reason, 0,
	    (int)(sizeof(cases) / sizeof(*cases)));
	tcase_add_test(tc, nothing_known_of_what_was_received_is_no_data);
	suite_add_tcase(s, tc);
	return s;
}
