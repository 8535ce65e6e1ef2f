/* SPDX-License-Identifier: MIT */
/* words.h - a definition in words, a subject each. */
#ifndef KPI_METRIC_WORDS_H
#define KPI_METRIC_WORDS_H

#include "metric/sentence.h"

/* What a metric's units are in the end. */
enum kpi__words_family {
	KPI__WORDS_OTHER,
	KPI__WORDS_CLASSES, /* units in classes of outcome and wait */
	KPI__WORDS_HANDLE,  /* answered ones with an end */
	KPI__WORDS_RESOLUTION,
	KPI__WORDS_TRANSFERS,
	KPI__WORDS_NEIGHBOURS, /* contacts, by who came before and after */
	KPI__WORDS_SURVEY,
	KPI__WORDS_RESPONSE, /* surveys offered */
	KPI__WORDS_REOPEN,
	KPI__WORDS_SELF_SERVICE,
	KPI__WORDS_FIRST_RESPONSE, /* in time */
	KPI__WORDS_DESK_TIME,      /* to a reply or a resolution */
	KPI__WORDS_QUALITY,
	KPI__WORDS_AGENT_TIME,
	KPI__WORDS_PER_AGENT,
	KPI__WORDS_ROSTER,
	KPI__WORDS_COST
};

int kpi__words_family(const kpi__sentences *s);

/* The classes of outcome that numerator and denominator consist of; 0: the
 * metric has none, or takes all. */
uint64_t kpi__words_classes(const kpi__sentences *s);

/* Whether contacts are looked for at all; and what then lies too near to the
 * ends of the known time. */
int kpi__words_looks(const kpi__sentences *s);
int kpi__words_looks_back(const kpi__sentences *s);
int kpi__words_looks_ahead(const kpi__sentences *s);

/* "visits", "legs", ... */
const char *kpi__words_units(kpi__sentences *s);

/* "answered within 20 s or abandoned"; tells the thresholds it names. */
void kpi__words_class_set(kpi__sentences *s, uint64_t set);

/* The sentences: what is divided by what, and what the words in it mean. */
void kpi__words_figure(kpi__sentences *s);
/* Of a question of a survey. */
void kpi__words_marks(kpi__sentences *s);
/* How work went. */
void kpi__words_reopen(kpi__sentences *s);
void kpi__words_self_service(kpi__sentences *s);
void kpi__words_first_response(kpi__sentences *s);
void kpi__words_desk_time(kpi__sentences *s);
void kpi__words_turnover(kpi__sentences *s);
void kpi__words_cost(kpi__sentences *s);
void kpi__words_work_left_out(kpi__sentences *s);
/* "The figure is the mean ", and the end of the sentence about a time. */
void kpi__words_begin_time(kpi__sentences *s);
void kpi__words_end_time(kpi__sentences *s);
void kpi__words_thresholds(kpi__sentences *s);
void kpi__words_neighbours(kpi__sentences *s);
void kpi__words_left_out(kpi__sentences *s);
void kpi__words_bounds(kpi__sentences *s);

#endif
