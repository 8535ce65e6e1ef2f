/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "time/hours_read.h"

#define LATEST (2 * KPI__MINUTES_A_DAY)

static int
is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static int
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

int
kpi__hours_peek(kpi__hours_reader *r)
{
	while (r->at < r->end && *r->at == ' ')
		r->at++;
	return r->at < r->end ? (unsigned char)*r->at : 0;
}

int
kpi__hours_take(kpi__hours_reader *r, int c)
{
	if (kpi__hours_peek(r) != c)
		return 0;
	r->at++;
	return 1;
}

size_t
kpi__hours_letters(const kpi__hours_reader *r)
{
	size_t n = 0;

	while (r->at + n < r->end && is_letter(r->at[n]))
		n++;
	return n;
}

size_t
kpi__hours_digits(const kpi__hours_reader *r)
{
	size_t n = 0;

	while (r->at + n < r->end && is_digit(r->at[n]))
		n++;
	return n;
}

int32_t
kpi__hours_number(kpi__hours_reader *r, size_t most)
{
	const size_t digits = kpi__hours_digits(r);
	int32_t value = 0;

	if (digits == 0 || digits > most)
		return -1;
	for (size_t i = 0; i < digits; i++)
		value = 10 * value + (*r->at++ - '0');
	return value;
}

static int
is_word(const char *text, size_t size, const char *word)
{
	for (size_t i = 0; i < size; i++)
		if (word[i] == '\0' || (text[i] | 0x20) != (word[i] | 0x20))
			return 0;
	return word[size] == '\0';
}

int32_t
kpi__hours_word(
    const kpi__hours_reader *r, const char *names, size_t width, int32_t count)
{
	const size_t size = kpi__hours_letters(r);

	for (int32_t i = 0; i < count; i++)
		if (is_word(r->at, size, names + width * (size_t)i))
			return i + 1;
	return 0;
}

/* What stands at `place`, up to the next mark or blank. */
static size_t
size_at(const kpi__hours_reader *r, const char *place)
{
	size_t n = 0;

	while (place + n < r->end && strchr(" ;,", place[n]) == NULL)
		n++;
	return n == 0 && place < r->end ? 1 : n;
}

kpi_status
kpi__hours_wrong(
    const kpi__hours_reader *r, const char *place, const char *expected)
{
	char quoted[KPI__QUOTE];

	if (place == r->end)
		(void)kpi__fail_at(r->error, KPI_EPARSE, "hours",
		    "the hours end where %s is expected", expected);
	else
		(void)kpi__fail_at(r->error, KPI_EPARSE, "hours",
		    "expected %s, not %s", expected,
		    kpi__quote(quoted, place, size_at(r, place)));
	kpi__error_place(r->error, 0, place - r->begin + 1);
	return KPI_EPARSE;
}

static int32_t
weekday_at(const kpi__hours_reader *r)
{
	return kpi__hours_word(
	    r, kpi__weekday_names[1], sizeof(kpi__weekday_names[1]), 7);
}

static kpi_status
read_weekday(kpi__hours_reader *r, int32_t *out)
{
	(void)kpi__hours_peek(r);
	*out = weekday_at(r);
	if (*out == 0)
		return kpi__hours_wrong(r, r->at, "a weekday, Mo to Su");
	r->at += kpi__hours_letters(r);
	return KPI_OK;
}

static kpi_status
read_weekdays(kpi__hours_reader *r, kpi__hours_rule *rule)
{
	kpi_status status;
	int32_t first, last;

	rule->weekdays = 0;
	do {
		if ((status = read_weekday(r, &first)) != KPI_OK)
			return status;
		last = first;
		if (kpi__hours_take(r, '-') &&
		    (status = read_weekday(r, &last)) != KPI_OK)
			return status;
		for (; first != last; first = first % 7 + 1)
			rule->weekdays |= 1U << (first - 1);
		rule->weekdays |= 1U << (last - 1);
	} while (kpi__hours_take(r, ','));
	return KPI_OK;
}

static kpi_status
read_time(
    kpi__hours_reader *r, int32_t latest, const char *expected, int32_t *out)
{
	const char *place;
	int32_t hours, minutes;

	(void)kpi__hours_peek(r);
	place = r->at;
	hours = kpi__hours_number(r, 2);
	if (hours < 0 || r->at == r->end || *r->at != ':')
		return kpi__hours_wrong(r, place, expected);
	r->at++;
	if (kpi__hours_digits(r) != 2)
		return kpi__hours_wrong(r, place, expected);
	minutes = kpi__hours_number(r, 2);
	*out = 60 * hours + minutes;
	if (minutes > 59 || *out > latest)
		return kpi__hours_wrong(r, place, expected);
	return KPI_OK;
}

static kpi_status
read_span(kpi__hours_reader *r, kpi__open_span *out)
{
	const char *place;
	kpi_status status;
	kpi__open_span span;

	status = read_time(r, KPI__MINUTES_A_DAY - 1,
	    "a time from 00:00 to 23:59, as in 08:00-17:30", &span.begin);
	if (status != KPI_OK)
		return status;
	(void)kpi__hours_peek(r);
	if (!kpi__hours_take(r, '-'))
		return kpi__hours_wrong(
		    r, r->at, "- and the time of closing, as in 08:00-17:30");
	(void)kpi__hours_peek(r);
	place = r->at;
	status = read_time(r, LATEST,
	    "a time of closing from 00:00 to 48:00, as in 08:00-17:30",
	    &span.until);
	if (status != KPI_OK)
		return status;
	if (span.until == span.begin)
		return kpi__hours_wrong(r, place,
		    "another time than that of opening (00:00-24:00 is a whole "
		    "day)");
	if (span.until < span.begin)
		span.until += KPI__MINUTES_A_DAY;
	*out = span;
	return KPI_OK;
}

/* Puts a span among those of its rule, in order; those that touch are one. */
static kpi_status
add_span(kpi__hours *h, kpi__hours_rule *rule, kpi__open_span span)
{
	const size_t first = rule->spans;
	size_t from = first, to;
	kpi_status status;

	while (from < h->span_count && h->spans[from].until < span.begin)
		from++;
	for (to = from; to < h->span_count && h->spans[to].begin <= span.until;
	     to++) {
		if (h->spans[to].begin < span.begin)
			span.begin = h->spans[to].begin;
		if (h->spans[to].until > span.until)
			span.until = h->spans[to].until;
	}
	status = kpi__grow(&h->allocator, &h->spans, &h->span_room,
	    h->span_count + 1, sizeof(*h->spans));
	if (status != KPI_OK)
		return status;
	memmove(h->spans + from + 1, h->spans + to,
	    (h->span_count - to) * sizeof(*h->spans));
	h->span_count += from + 1 - to;
	h->spans[from] = span;
	rule->span_count = h->span_count - first;
	return KPI_OK;
}

static kpi_status
read_spans(kpi__hours_reader *r, kpi__hours_rule *rule)
{
	kpi__open_span span;
	kpi_status status;

	do {
		status = read_span(r, &span);
		if (status == KPI_OK)
			status = add_span(r->hours, rule, span);
		if (status != KPI_OK)
			return status;
	} while (kpi__hours_take(r, ','));
	return KPI_OK;
}

/* What is after the days: when they are open, or that they are not. */
static kpi_status
read_when(kpi__hours_reader *r, kpi__hours_rule *rule)
{
	static const char words[2][8] = { "off", "closed" };

	(void)kpi__hours_peek(r);
	if (kpi__hours_word(r, words[0], sizeof(words[0]), 2) != 0) {
		r->at += kpi__hours_letters(r);
		return KPI_OK;
	}
	if (kpi__hours_digits(r) > 0)
		return read_spans(r, rule);
	if (kpi__hours_word(r, "PH\0SH", 3, 2) != 0)
		return kpi__hours_wrong(
		    r, r->at, "the dates of holidays, as in Dec 25-26 off");
	return kpi__hours_wrong(r, r->at,
	    "a date (Dec 24), a weekday (Mo to Su), a time (08:00-17:30), off "
	    "or 24/7");
}

static kpi_status
read_rule(kpi__hours_reader *r, kpi__hours_rule *rule)
{
	static const char always[] = "24/7";
	const size_t size = sizeof(always) - 1;
	kpi_status status = KPI_OK;

	(void)kpi__hours_peek(r);
	rule->weekdays = KPI__EVERY_WEEKDAY;
	rule->spans = r->hours->span_count;
	if ((size_t)(r->end - r->at) >= size &&
	    memcmp(r->at, always, size) == 0) {
		r->at += size;
		return add_span(
		    r->hours, rule, (kpi__open_span){ 0, KPI__MINUTES_A_DAY });
	}
	if (kpi__hours_digits(r) == 4 ||
	    kpi__hours_word(
		r, kpi__month_names[1], sizeof(kpi__month_names[1]), 12) != 0)
		status = kpi__hours_read_dates(r, rule);
	(void)kpi__hours_peek(r);
	if (status == KPI_OK && weekday_at(r) != 0)
		status = read_weekdays(r, rule);
	return status == KPI_OK ? read_when(r, rule) : status;
}

static kpi_status
read_rules(kpi__hours_reader *r)
{
	kpi__hours *h = r->hours;
	kpi_status status;

	do {
		kpi__hours_rule rule = { 0 };

		status = read_rule(r, &rule);
		if (status == KPI_OK)
			status =
			    kpi__grow(&h->allocator, &h->rules, &h->rule_room,
				h->rule_count + 1, sizeof(*h->rules));
		if (status != KPI_OK)
			return status;
		h->rules[h->rule_count++] = rule;
	} while (kpi__hours_take(r, ';'));
	if (kpi__hours_peek(r) != 0 || r->at < r->end)
		return kpi__hours_wrong(
		    r, r->at, "; before another rule, or the end");
	return KPI_OK;
}

kpi_status
kpi__hours_parse(kpi__hours **out, const char *text, size_t size,
    const kpi_allocator *a, kpi_error *error)
{
	kpi__hours_reader r = { text, text, text + size, NULL, error };
	kpi_status status = KPI_ENOMEM;

	*out = NULL;
	if ((r.hours = kpi__new_zeroed(a, 1, sizeof(*r.hours))) != NULL) {
		r.hours->allocator = *a;
		status = read_rules(&r);
	}
	if (status == KPI_OK) {
		*out = r.hours;
		return KPI_OK;
	}
	kpi__hours_free(r.hours);
	return status == KPI_ENOMEM
	    ? kpi__fail(error, status, "no memory for business hours")
	    : status;
}
