/* SPDX-License-Identifier: MIT */
/*
 * sentence.h - sentences about a definition: text, values in words, and at the
 * end of each sentence, in parentheses, those of the parameters it told that
 * are not at their default.
 */
#ifndef KPI_METRIC_SENTENCE_H
#define KPI_METRIC_SENTENCE_H

#include "base/buffer.h"
#include "metric/definition.h"
#include "metric/table.h"

typedef struct kpi__sentences {
	const kpi_definition *definition;
	const kpi__metric *metric;
	kpi__buffer out;
	uint8_t told[KPI__PARAMETERS]; /* KPI__UNTOLD, _OPEN or _TOLD */
} kpi__sentences;

enum { KPI__UNTOLD, KPI__OPEN, KPI__TOLD };

int kpi__reads(const kpi__sentences *s, int32_t parameter);

/* Its value, without telling it. */
int64_t kpi__value(const kpi__sentences *s, int32_t parameter);

/* Whether a single group has a value of its own. */
int kpi__overridden(const kpi__sentences *s, int32_t parameter);

/* Its value; the sentence that is open tells it. */
int64_t kpi__tell(kpi__sentences *s, int32_t parameter);

void kpi__say(kpi__sentences *s, const char *text);
/* "20 s", "95 %", "4". */
void kpi__say_duration(kpi__sentences *s, int64_t ms);
void kpi__say_number(kpi__sentences *s, int64_t value);
/* What stands between member `i`, from 0, and the one before, of `count`. */
void kpi__say_between(
    kpi__sentences *s, const char *word, size_t i, size_t count);

/* Line `at` of the terms. */
void kpi__say_term(kpi__sentences *s, const kpi__terms *terms, size_t at);
/* Tells a set: its members with commas and `word` before the last. */
void kpi__say_set(kpi__sentences *s, int32_t parameter, const char *word);
/* Tells a number, duration, instant or choice by its value. */
void kpi__say_value(kpi__sentences *s, int32_t parameter);
/* The words of another value of it, without telling it. */
void kpi__say_value_as(kpi__sentences *s, int32_t parameter, int64_t value);

/* Ends the sentence that is open and its line. */
void kpi__stop(kpi__sentences *s);

/* A sentence of its own that tells a parameter. */
void kpi__sentence(kpi__sentences *s, int32_t parameter, const char *text);

#endif
