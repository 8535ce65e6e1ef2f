/* SPDX-License-Identifier: MIT */
#include "metric/sentence.h"

#include <string.h>

#include "base/number.h"
#include "metric/term.h"
#include "metric/value.h"

int
kpi__reads(const kpi__sentences *s, int32_t parameter)
{
	return kpi__metric_reads(s->metric, parameter);
}

int64_t
kpi__value(const kpi__sentences *s, int32_t parameter)
{
	return s->definition->value[parameter];
}

int
kpi__overridden(const kpi__sentences *s, int32_t parameter)
{
	const kpi_definition *d = s->definition;

	for (size_t i = 0; i < d->override_count; i++)
		if (d->overrides[i].parameter == parameter &&
		    d->overrides[i].value != d->value[parameter])
			return 1;
	return 0;
}

int64_t
kpi__tell(kpi__sentences *s, int32_t parameter)
{
	if (s->told[parameter] == KPI__UNTOLD)
		s->told[parameter] = KPI__OPEN;
	return s->definition->value[parameter];
}

void
kpi__say(kpi__sentences *s, const char *text)
{
	kpi__buffer_put_string(&s->out, text);
}

void
kpi__say_number(kpi__sentences *s, int64_t value)
{
	char text[KPI__INT64_TEXT];

	kpi__buffer_put(&s->out, text, kpi__format_int64(text, value));
}

/* Of the one text form, with a space before the unit; 0 is 0 s. */
void
kpi__say_duration(kpi__sentences *s, int64_t ms)
{
	const size_t begin = s->out.size;
	unsigned char text[64];
	size_t size, number = 0;

	kpi__value_print(&s->out, kpi__parameter_at(KPI__REPEAT_WINDOW), ms);
	if (s->out.status != KPI_OK)
		return;
	size = s->out.size - begin;
	if (size > sizeof(text))
		return;
	memcpy(text, s->out.bytes + begin, size);
	while (number < size && text[number] >= '0' && text[number] <= '9')
		number++;
	s->out.size = begin + number;
	kpi__buffer_put_byte(&s->out, ' ');
	if (ms == 0)
		kpi__buffer_put_byte(&s->out, 's');
	else
		kpi__buffer_put(&s->out, text + number, size - number);
}

/* 0.95 in per cent is 95, its digits two places on. */
static void
say_percent(kpi__sentences *s, int64_t millionths)
{
	static const kpi__parameter_info number = { .kind =
							KPI__KIND_MILLIONTHS };

	kpi__value_print(&s->out, &number, millionths * 100);
	kpi__say(s, " %");
}

void
kpi__say_between(kpi__sentences *s, const char *word, size_t i, size_t count)
{
	if (i == 0)
		return;
	if (i + 1 < count) {
		kpi__say(s, ", ");
		return;
	}
	kpi__say(s, " ");
	kpi__say(s, word);
	kpi__say(s, " ");
}

/* Members of sets whose names alone do not say it; others are said as they
 * are named. */
static const struct {
	const kpi__terms *terms;
	int64_t value;
	const char *words;
} members[] = {
	{ &kpi__terms_wait_parts, KPI__PART_IVR, "the time in the menu" },
	{ &kpi__terms_wait_parts, KPI__PART_QUEUE, "the time in the queue" },
	{ &kpi__terms_wait_parts, KPI__PART_RING, "the ringing" },
	{ &kpi__terms_wait_parts, KPI__PART_EARLIER,
	    "the waits of the interaction's earlier visits" },
	{ &kpi__terms_wait_parts, KPI__PART_CALLBACK,
	    "the time from asking for a call-back to its answer" },
	{ &kpi__terms_handle_parts, KPI__PART_IVR, "time in the menu" },
	{ &kpi__terms_handle_parts, KPI__PART_QUEUE, "time in the queue" },
	{ &kpi__terms_handle_parts, KPI__PART_RING, "ringing" },
	{ &kpi__terms_handle_parts, KPI__PART_AFTER_CALL, "after-call work" },
	{ &kpi__terms_contact_parts, KPI__PART_AFTER_CALL, "after-call work" },
};

void
kpi__say_term(kpi__sentences *s, const kpi__terms *terms, size_t at)
{
	const char *words = terms->at[at].name;

	for (size_t i = 0; i < sizeof(members) / sizeof(*members); i++)
		if (members[i].terms == terms &&
		    members[i].value == terms->at[at].value)
			words = members[i].words;
	for (; *words != '\0'; words++)
		kpi__buffer_put_byte(&s->out,
		    *words == '_' ? ' ' : (unsigned)(unsigned char)*words);
}

void
kpi__say_set(kpi__sentences *s, int32_t parameter, const char *word)
{
	const kpi__terms *terms = kpi__parameter_at(parameter)->terms;
	const int64_t set = kpi__tell(s, parameter);
	size_t count = 0, said = 0;

	for (size_t i = 0; i < terms->single; i++)
		count += (set & terms->at[i].value) != 0;
	for (size_t i = 0; i < terms->single; i++) {
		if ((set & terms->at[i].value) == 0)
			continue;
		kpi__say_between(s, word, said++, count);
		kpi__say_term(s, terms, i);
	}
}

void
kpi__say_value_as(kpi__sentences *s, int32_t parameter, int64_t value)
{
	const kpi__parameter_info *p =
	    kpi__parameter_in(parameter, s->metric->unit);

	if (p->kind == KPI__KIND_DURATION)
		kpi__say_duration(s, value);
	else if (p->is_share || parameter == KPI__CONFIDENCE ||
	    parameter == KPI__QUANTILE_OF)
		say_percent(s, value);
	else
		kpi__value_print(&s->out, p, value);
}

void
kpi__say_value(kpi__sentences *s, int32_t parameter)
{
	kpi__say_value_as(s, parameter, kpi__tell(s, parameter));
}

void
kpi__stop(kpi__sentences *s)
{
	const char *before = " (";

	for (int32_t i = 0; i < KPI__PARAMETERS; i++) {
		if (s->told[i] != KPI__OPEN)
			continue;
		kpi__definition_put(s->definition, i, &before, &s->out);
		s->told[i] = KPI__TOLD;
	}
	kpi__say(s, strcmp(before, " (") == 0 ? ".\n" : ").\n");
}

void
kpi__sentence(kpi__sentences *s, int32_t parameter, const char *text)
{
	(void)kpi__tell(s, parameter);
	kpi__say(s, text);
	kpi__stop(s);
}
