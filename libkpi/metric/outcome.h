/* SPDX-License-Identifier: MIT */
/*
 * outcome.h - the classes of kpi-metrics(7), as keys of a scan.
 */
#ifndef KPI_METRIC_OUTCOME_H
#define KPI_METRIC_OUTCOME_H

#include "metric/claim.h"

/* What tells the classes apart. */
typedef struct kpi__outcome_rule {
	int64_t threshold;       /* T, ms */
	int64_t short_abandon;   /* S, ms; 0: none is short */
	int64_t short_answer;    /* ms; 0: none is short */
	int64_t wait_min;        /* ms; who waited less is in no class */
	int64_t wait_parts;      /* mask of enum kpi__part_bit */
	uint64_t sets[2];        /* between which classes are told apart */
	uint64_t valued;         /* classes whose wait is added up */
} kpi__outcome_rule;

/*
 * Sets keyer and classes of the claim. A wait that is not known makes a unit
 * unknown only where one of the sets tells `_in` from `_out`, where its wait is
 * added up, or an abandon where S > 0. Overrides of the definition count. KPI_ENOMEM, KPI_EIO,
 * KPI_ECORRUPT.
 */
kpi_status kpi__claim_outcomes(kpi__claim *claim,
    const kpi__outcome_rule *rule, kpi_error *error) KPI_MUST_CHECK;

/* After that: a unit of which the dimension is not known is unknown. */
void kpi__claim_known(kpi__claim *claim, kpi_by by);

/*
 * Gives claims that ask for any thresholds the keys of another that has some,
 * so that they are made and counted once.
 */
void kpi__claims_join(kpi__claim *claims, uint32_t count);

/* The word of a class, without `_in` or `_out` where the claim asks for any
 * thresholds; NULL: its classes are not those of outcomes, or it has none. */
const char *kpi__claim_class_name(const kpi__claim *claim, uint8_t class);

/* T = 20 s and S = 0, as by default, so that keys are shared with who has
 * these; nothing is told apart. */
kpi__outcome_rule kpi__plain_outcomes(void);

/* As the definition has them, told apart between two sets; it reads all three
 * thresholds, wait_min and wait_parts. */
kpi__outcome_rule kpi__outcomes_of(
    const kpi__claim *claim, uint64_t numerator, uint64_t denominator);

#endif
