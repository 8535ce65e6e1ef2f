/* SPDX-License-Identifier: MIT */
/*
 * judgement.h - what an interaction says itself of its resolution at first
 * contact, whatever its customer did later: by fcr_method and what that reads.
 */
#ifndef KPI_METRIC_JUDGEMENT_H
#define KPI_METRIC_JUDGEMENT_H

#include "metric/silence.h"

typedef struct kpi__judgement_rule {
	int64_t as_of;
	int64_t outcomes; /* that are asked; a set, of fcr_denominator answered */
	int64_t requires; /* set of enum kpi__fcr_requires */
	int64_t min_replies, max_replies;
	int32_t method, denominator, net;
} kpi__judgement_rule;

void kpi__judgement_rule_of(const kpi__claim *claim, kpi__judgement_rule *rule);

/*
 * Writes KPI__SILENCE_YES, _NO, _UNKNOWN or _NOT_COUNTED for each whole of the
 * batch. By silence nothing but fcr_net is asked, and the rest is yes.
 */
void kpi__judgements(
    const kpi__judgement_rule *rule, kpi__batch *b, uint8_t *judgement);

#endif
