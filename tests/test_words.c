/* SPDX-License-Identifier: MIT */
#include <check.h>
#include <kpi.h>
#include <stdio.h>
#include <string.h>

#include "ration.h"
#include "runner.h"

#define COUNT(array) (sizeof(array) / sizeof(*(array)))
#define ROOM         8192

static kpi_definition *
parsed(const char *text)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_definition *d;

	ck_assert_msg(kpi_definition_parse(&d, text, NULL, &error) == KPI_OK,
	    "%s: %s", text, error.text);
	return d;
}

static void
words_into(char words[ROOM], const kpi_definition *d)
{
	kpi_error error = KPI_ERROR_INIT;
	uint64_t size = 0;

	ck_assert_msg(
	    kpi_definition_words(d, words, ROOM, &size, &error) == KPI_OK,
	    "%s: %s", kpi_definition_text(d), error.text);
	ck_assert_uint_eq(size, strlen(words));
}

static void
words_of(char words[ROOM], const char *text)
{
	kpi_definition *d = parsed(text);

	words_into(words, d);
	kpi_definition_free(d);
}

START_TEST(a_definition_says_what_it_counts_and_what_it_leaves_out)
{
	char words[ROOM];

	words_of(words, "service_level");
	ck_assert_str_eq(words,
	    "The figure is the number of visits answered within 20 s, divided "
	    "by the number of those answered or abandoned.\n"
	    "A visit is an entry into a queue, or an interaction's only row "
	    "without one; a direct transfer is none.\n"
	    "Counted is what is of the direction inbound or unknown; a "
	    "question by direction counts what it names.\n"
	    "A unit stands in the range and bucket of the interaction's "
	    "start.\n"
	    "Of agents, an answered visit belongs to who answered it, an "
	    "unanswered one to nobody.\n"
	    "A wait is the time in the queue and the ringing.\n"
	    "The threshold of waits is 20 s; a wait of exactly that is within "
	    "it.\n"
	    "Left out are, as unknown, those whose outcome is not known, or "
	    "whose wait where it matters; as not_counted, all others.\n"
	    "Bounds have a confidence of 95 %: by Wilson's interval, as if "
	    "units were independent of one another.\n");
}
END_TEST

/* A definition, and a sentence of its words, or what it must not say. */
static const struct {
	const char *text, *says, *never;
} sayings[] = {
	{ "service_level short_abandon_threshold=5s",
	    "those answered or abandoned after more than 5 s (short_abandon",
	    "or abandoned." },
	{ "service_level short_abandon_threshold=30s",
	    "those answered or abandoned after more than 30 s (short_abandon",
	    "and within" },
	{ "abandonment_rate abandonment_numerator=abandoned_in "
	  "short_abandon_threshold=5s",
	    "the number of visits abandoned after more than 5 s and within "
	    "20 s",
	    NULL },
	{ "abandonment_rate abandonment_numerator=abandoned_short_out "
	  "short_abandon_threshold=30s",
	    "the number of visits abandoned after more than 20 s and within "
	    "30 s",
	    NULL },
	{ "abandonment_rate abandonment_numerator=turned_away,abandoned_out",
	    "of visits abandoned after more than 20 s or turned away",
	    "Wilson" },
	{ "service_level service_level_denominator=answered_in,answered_out,"
	  "abandoned_in,abandoned_out short_answer_threshold=10s",
	    "those answered with talk and hold of more than 10 s or abandoned",
	    NULL },
	{ "service_level anchor=own_event",
	    "There are no bounds: a ratio has them by day alone.", "Wilson" },
	{ "service_level anchor=own_event bounds_by=day",
	    "over local days, as if days were independent", "There are no" },
	{ "service_level bounds_by=none", "There are no bounds (bounds_by=none)",
	    "95 %" },
	{ "service_level confidence=0.999",
	    "a confidence of 99.9 %: by Wilson's interval", NULL },
	{ "service_level target_goal=0.8 verdict_by=day",
	    "The target is at least 80 % (target_goal=0.8).", NULL },
	{ "average_wait target_ceiling=30s target_goal=20s",
	    "The target is from 20 s to 30 s", "at most" },
	{ "average_speed_of_answer", "The target is at most 20 s.", NULL },
	{ "answer_rate", "1 less a share: the number of visits abandoned,",
	    NULL },
	{ "longest_wait", "or still waiting.\n", "within" },
	{ "longest_wait", "known until the latest time in the store", NULL },
	{ "average_wait", "the mean wait of visits answered or abandoned.",
	    "known until" },
	{ "wait_p99", "The figure is the 99 % quantile of the wait of visits",
	    NULL },
	{ "hold_time_quantile quantile=0.125",
	    "the 12.5 % quantile of the time of hold of units", "talk,"  },
	{ "average_handle_time handle_parts=ring,talk unit=leg",
	    "the mean time of ringing and talk of legs that were answered",
	    "interaction is" },
	{ "wait_p50 quantile_rule=linear",
	    "in proportion between the two values", "the least value" },
	{ "contacts", "the number of interactions, whatever their outcome.",
	    "Bounds have" },
	{ "contacts service_level_threshold=30s",
	    "Set, but without effect here: service_level_threshold=30s.",
	    "The threshold" },
	{ "first_contact_resolution",
	    "no later contact of the same customer that sought an agent "
	    "follows within 7 d.",
	    "by case" },
	{ "first_contact_resolution",
	    "after the beginning of the known time, as truncated, or before "
	    "its end, as immature.",
	    NULL },
	{ "first_contact_resolution fcr_unit=contact",
	    "before the end of the known time, as immature", "truncated" },
	{ "first_contact_resolution fcr_method=derived fcr_unit=contact",
	    "all of this is true: resolved, no transfer and no reopen",
	    "looked for" },
	{ "first_contact_resolution fcr_method=mark fcr_unit=contact "
	  "repeat_window=1d",
	    "Set, but without effect here: repeat_window=1d.", "within 1 d" },
	{ "repeat_rate repeat_credit=earlier", "as immature", "truncated" },
	{ "repeat_rate repeat_gap=15min",
	    "A contact less than 15 min after the one before", NULL },
	{ "repeat_rate repeat_later_outcomes=answered",
	    "Set, but without effect here: repeat_later_outcomes=answered.",
	    NULL },
	{ "csat", "answers with a mark of 4 to 5, divided", NULL },
	{ "csat csat_scale=7 csat_score=net",
	    "100 times the number of answers with a mark of 5 to 7 less that "
	    "of answers with a mark of 1 to 3, divided",
	    "Wilson" },
	{ "dsat", "answers with a mark of 1 to 2, divided", NULL },
	{ "ces ces_score=share ces_version=1",
	    "answers with a mark of 1 to 3, divided", NULL },
	{ "ces ces_version=1 target_goal=2", "The target is at most 2 ",
	    "at least" },
	{ "nps survey_window=2d",
	    "An answer more than 2 d after the contact is none "
	    "(survey_window=2d).",
	    NULL },
	{ "occupancy", "time in the state contact or ready.", "bucket of" },
	{ "utilisation", "time in any state but offline.", NULL },
	{ "first_contact_resolution fcr_method=survey fcr_unit=contact",
	    "answered that it was resolved, and in one contact", "sought" },
	{ "average_idle_time", "ready, divided by the number of legs", "once" },
	{ "transfer_rate transfer_count=event", "number of transfers of units",
	    "Wilson" },
	{ "contacts_per_agent contacts_per_agent_denominator=staffed_hours",
	    "divided by the hours of agents on contact or ready", NULL },
	{ "resolution_rate resolution_mode=flow",
	    "resolved in the time, where", "Wilson" },
	{ "resolution_rate resolution_within=2d",
	    "resolved within 2 d of arrival, divided", NULL },
	{ "channel_mix mix_unknown=excluded", "left out as unknown (mix_un",
	    NULL },
	{ "service_level arrivals=out_of_hours",
	    "arrived out of the business hours of its queue", "effect" },
	{ "first_response_time business_hours=calendar",
	    "lies in the business hours of the interaction's first queue",
	    "effect" },
	{ "service_level as_of=2026-10-01T00:00:00Z",
	    "without effect here: as_of=2026-10-01T00:00:00Z", "known until" },
};

START_TEST(values_are_said_where_they_have_an_effect)
{
	char words[ROOM];

	words_of(words, sayings[_i].text);
	ck_assert_msg(strstr(words, sayings[_i].says) != NULL,
	    "%s\nis expected in:\n%s", sayings[_i].says, words);
	ck_assert_msg(sayings[_i].never == NULL ||
		strstr(words, sayings[_i].never) == NULL,
	    "%s\nis not expected in:\n%s", sayings[_i].never, words);
}
END_TEST

START_TEST(queues_of_their_own_are_named)
{
	char words[ROOM];

	words_of(words,
	    "service_level service_level_threshold[queue=\"first line\"]=10s "
	    "short_abandon_threshold[queue=vip]=5s");
	ck_assert_ptr_nonnull(strstr(words, "answered within the threshold"));
	ck_assert_ptr_nonnull(
	    strstr(words, "abandoned after more than the short time"));
	ck_assert_ptr_nonnull(strstr(words,
	    "The threshold of waits is 20 s, of queue first line 10 s;"));
	ck_assert_ptr_nonnull(strstr(
	    words, "at most 0 s (none is), of queue vip 5 s"));
	ck_assert_ptr_nonnull(strstr(
	    words, "(service_level_threshold[queue=\"first line\"]=10s)"));
}
END_TEST

/* Each "name=value" of the text stands in the words, and no other. */
static void
check_named(const kpi_definition *d)
{
	const char *text = strchr(kpi_definition_text(d), ' ');
	size_t settings = 0, named = 0;
	char words[ROOM], setting[ROOM];

	words_into(words, d);
	while (text != NULL) {
		const size_t size = strcspn(text + 1, " ");

		(void)snprintf(setting, sizeof(setting), "%.*s", (int)size,
		    text + 1);
		ck_assert_msg(strstr(words, setting) != NULL,
		    "%s is expected in:\n%s", setting, words);
		text = strchr(text + 1, ' ');
		settings++;
	}
	for (const char *c = words; (c = strchr(c, '=')) != NULL; c++)
		named++;
	ck_assert_msg(named == settings, "%s: %zu named in:\n%s",
	    kpi_definition_text(d), named, words);
}

/* Values of every kind; what a parameter does not take is passed over. */
static const char *const values[] = { "none", "automatic", "0", "1", "2", "3",
	"6", "0.9", "1s", "45s", "1h", "2026-10-01T00:00:00Z", "first",
	"equal", "own_event", "ended", "answer", "customer", "contact", "day",
	"net", "share", "index", "received", "resolved", "answered", "legs",
	"derived", "mark", "survey", "flow", "issue", "case", "one_agent",
	"excluded", "ring", "talk,hold", "sum", "with_part", "values", "linear", "earlier",
	"include", "end", "queue", "own_issue", "not_resolved", "event",
	"conference", "leg", "interaction", "visit", "outbound,unknown",
	"answered,abandoned,waiting", "answered_in", "abandoned_out",
	"staffed_hours", "logged_in", "break", "callback", "ivr",
	"self_served,before_queue", "calendar", "in_hours", "month_ends",
	"rostered", "own", "expenses", "agents", "contacts", "handle_time" };

static size_t
set_each(const kpi_entry *metric, const char *parameter)
{
	size_t said = 0;

	for (size_t i = 0; i < COUNT(values); i++) {
		kpi_definition *d = parsed(metric->name);

		if (kpi_definition_set(d, parameter, values[i], NULL) ==
			KPI_OK &&
		    kpi_definition_words(d, NULL, 0, NULL, NULL) == KPI_OK) {
			check_named(d);
			said += strchr(kpi_definition_text(d), ' ') != NULL;
		}
		kpi_definition_free(d);
	}
	return said;
}

/* A target's ceiling and a verdict are nothing without a goal. */
static int
needs_others(const char *parameter)
{
	return strcmp(parameter, "target_ceiling") == 0 ||
	    strcmp(parameter, "target_goal") == 0 ||
	    strcmp(parameter, "verdict_by") == 0;
}

START_TEST(every_parameter_that_is_not_at_its_default_is_named)
{
	kpi_entry metric = KPI_ENTRY_INIT, p = KPI_ENTRY_INIT;

	ck_assert(kpi_catalogue_entry(
		      KPI_TABLE_METRICS, (uint64_t)_i, &metric) == KPI_OK);
	for (uint64_t i = 0;
	     kpi_catalogue_entry(KPI_TABLE_PARAMETERS, i, &p) == KPI_OK; i++) {
		kpi_definition *d = parsed(metric.name);
		const int reads = kpi_definition_get(
		    d, p.name, NULL, 0, NULL, NULL) == KPI_OK;

		check_named(d);
		kpi_definition_free(d);
		if (reads)
			ck_assert_msg(set_each(&metric, p.name) > 0 ||
				needs_others(p.name),
			    "%s: no value of %s was tried", metric.name,
			    p.name);
	}
}
END_TEST

START_TEST(presets_are_said_whole)
{
	kpi_entry preset = KPI_ENTRY_INIT, metric = KPI_ENTRY_INIT;
	size_t said = 0;

	for (uint64_t i = 0;
	     kpi_catalogue_entry(KPI_TABLE_PRESETS, i, &preset) == KPI_OK; i++)
		for (uint64_t m = 0; kpi_catalogue_entry(KPI_TABLE_METRICS, m,
					 &metric) == KPI_OK;
		     m++) {
			kpi_definition *d = parsed(metric.name);

			if (kpi_definition_preset(d, preset.name, NULL) ==
			    KPI_OK) {
				check_named(d);
				said++;
			}
			kpi_definition_free(d);
		}
	ck_assert_uint_gt(said, 100);
}
END_TEST

START_TEST(what_cannot_be_measured_has_no_words)
{
	kpi_definition *d = parsed("service_level "
	    "service_level_denominator=abandoned_in");
	kpi_error error = KPI_ERROR_INIT;
	char text[4] = "abc";
	uint64_t size = 7;

	ck_assert(kpi_definition_words(d, text, sizeof(text), &size, &error) ==
	    KPI_EINVAL);
	ck_assert_ptr_nonnull(strstr(error.text, "service_level_numerator"));
	ck_assert_str_eq(text, "abc");
	ck_assert_uint_eq(size, 7);
	kpi_definition_free(d);
	ck_assert(kpi_definition_words(NULL, text, sizeof(text), &size,
		      &error) == KPI_EINVAL);
	d = parsed("visits");
	ck_assert(
	    kpi_definition_words(d, NULL, 1, &size, &error) == KPI_EINVAL);
	kpi_definition_free(d);
}
END_TEST

START_TEST(a_short_room_has_the_beginning_and_the_whole_size)
{
	kpi_definition *d = parsed("visits");
	char words[ROOM], text[11];
	uint64_t size = 0;

	words_into(words, d);
	ck_assert(
	    kpi_definition_words(d, text, sizeof(text), &size, NULL) == KPI_OK);
	ck_assert_str_eq(text, "The figure");
	ck_assert_uint_eq(size, strlen(words));
	kpi_definition_free(d);
}
END_TEST

START_TEST(words_without_memory_leave_all_as_it_was)
{
	ration r = { .fail_at = 0 };
	const kpi_allocator allocator = { ration_resize, &r };
	kpi_definition_options options = KPI_DEFINITION_OPTIONS_INIT;
	kpi_definition *d;
	int64_t n = 0;
	int64_t blocks;
	char text[ROOM] = "as it was";
	kpi_status status;

	options.allocator = &allocator;
	ck_assert(kpi_definition_parse(&d, "repeat_rate", &options, NULL) ==
	    KPI_OK);
	blocks = r.blocks;
	do {
		ration_fail(&r, ++n, 0);
		status = kpi_definition_words(d, text, ROOM, NULL, NULL);
		ck_assert_int_eq(r.blocks, blocks);
		ck_assert(status == (r.failed ? KPI_ENOMEM : KPI_OK));
		ck_assert(!r.failed || strcmp(text, "as it was") == 0);
	} while (status != KPI_OK);
	ck_assert_int_gt(n, 2);
	kpi_definition_free(d);
	ck_assert_int_eq(r.blocks, 0);
}
END_TEST

/* Found by another program, from the hash's published description. */
START_TEST(the_fingerprint_is_the_texts_fnv_1a)
{
	kpi_definition *d = parsed("service_level");

	ck_assert_str_eq(kpi_definition_fingerprint(d), "4e3a33b9d6f177e9");
	ck_assert(kpi_definition_set(
		      d, "service_level_threshold", "30s", NULL) == KPI_OK);
	ck_assert_str_eq(kpi_definition_fingerprint(d), "44f6edef17ac04a2");
	ck_assert(kpi_definition_set(
		      d, "service_level_threshold", "20s", NULL) == KPI_OK);
	ck_assert_str_eq(kpi_definition_fingerprint(d), "4e3a33b9d6f177e9");
	ck_assert(kpi_definition_set(d, "service_level_threshold", "?", NULL) ==
	    KPI_EPARSE);
	ck_assert_str_eq(kpi_definition_fingerprint(d), "4e3a33b9d6f177e9");
	kpi_definition_free(d);
	ck_assert_ptr_null(kpi_definition_fingerprint(NULL));
}
END_TEST

START_TEST(a_result_has_the_fingerprints_of_its_definitions)
{
	kpi_definition *d[] = { parsed("contacts"),
		parsed("service_level service_level_threshold=30s") };
	unsigned char bytes[ROOM];
	kpi_result *result, *loaded;
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	uint64_t size = 0;

	ck_assert(kpi_store_open(&store, NULL, NULL, &error) == KPI_OK);
	ck_assert(kpi_measure(&result, store, NULL,
		      (const kpi_definition *const *)d, COUNT(d), &error) ==
	    KPI_OK);
	ck_assert(kpi_result_save(result, bytes, ROOM, &size, &error) ==
	    KPI_OK);
	ck_assert(
	    kpi_result_load(&loaded, bytes, size, NULL, &error) == KPI_OK);
	for (size_t i = 0; i < COUNT(d); i++) {
		ck_assert_str_eq(kpi_result_fingerprint(result, i),
		    kpi_definition_fingerprint(d[i]));
		ck_assert_str_eq(kpi_result_fingerprint(loaded, i),
		    kpi_definition_fingerprint(d[i]));
		kpi_definition_free(d[i]);
	}
	ck_assert_ptr_null(kpi_result_fingerprint(result, COUNT(d)));
	ck_assert_ptr_null(kpi_result_fingerprint(NULL, 0));
	kpi_result_free(result);
	kpi_result_free(loaded);
	kpi_store_close(store);
}
END_TEST

static Suite *
suite(void)
{
	Suite *s = suite_create("words");
	TCase *t = tcase_create("words");

	tcase_add_test(
	    t, a_definition_says_what_it_counts_and_what_it_leaves_out);
	tcase_add_loop_test(t, values_are_said_where_they_have_an_effect, 0,
	    COUNT(sayings));
	tcase_add_test(t, queues_of_their_own_are_named);
	tcase_add_loop_test(t,
	    every_parameter_that_is_not_at_its_default_is_named, 0,
	    (int)kpi_catalogue_count(KPI_TABLE_METRICS));
	tcase_add_test(t, presets_are_said_whole);
	tcase_add_test(t, what_cannot_be_measured_has_no_words);
	tcase_add_test(t, a_short_room_has_the_beginning_and_the_whole_size);
	tcase_add_test(t, words_without_memory_leave_all_as_it_was);
	tcase_add_test(t, the_fingerprint_is_the_texts_fnv_1a);
	tcase_add_test(t, a_result_has_the_fingerprints_of_its_definitions);
	suite_add_tcase(s, t);
	return s;
}
