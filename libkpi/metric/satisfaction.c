/* SPDX-License-Identifier: MIT */
/* csat, csat_mean, dsat, nps, ces: what customers said. */
#include "base/error.h"
#include "metric/survey.h"

/* The lowest satisfied mark of a scale of 2 to 8 marks, counted from 1. */
static const int8_t top_box[] = { 0, 0, 2, 3, 3, 4, 4, 5, 6 };

static kpi__question
csat_of(const kpi__claim *claim)
{
	const int64_t most = kpi__parameter_of(claim, KPI__CSAT_SCALE);
	const kpi__question q = { KPI_FIELD_CSAT, KPI_FIELD_CSAT_SCALE,
		kpi__parameter_of(claim, KPI__CSAT_SCALE_FROM), most, most,
		(int32_t)kpi__parameter_of(claim, KPI__CSAT_PER) };

	return q;
}

/* Longer scales have none: kpi__definition_check() asks for them. */
static int64_t
usual_top(int64_t least, int64_t most)
{
	const int64_t length = most - least + 1;

	return length > 8 ? most + 1 : top_box[length] + least - 1;
}

int64_t
kpi__csat_top(int64_t top, int64_t least, int64_t most)
{
	return top == KPI__AUTOMATIC ? usual_top(least, most) : top;
}

/* The mirror image. */
int64_t
kpi__csat_bottom(int64_t bottom, int64_t least, int64_t most)
{
	return bottom == KPI__AUTOMATIC ? least + most - usual_top(least, most)
					: bottom;
}

static int64_t
top_of(const kpi__claim *claim, const kpi__question *q)
{
	return kpi__csat_top(
	    kpi__parameter_of(claim, KPI__CSAT_TOP), q->least, q->most);
}

static int64_t
bottom_of(const kpi__claim *claim, const kpi__question *q)
{
	return kpi__csat_bottom(
	    kpi__parameter_of(claim, KPI__CSAT_BOTTOM), q->least, q->most);
}

kpi_status
kpi__declare_csat(kpi__claim *claim, kpi_error *error)
{
	const kpi__question q = csat_of(claim);
	const int64_t top = top_of(claim, &q);
	const int net = kpi__parameter_of(claim, KPI__CSAT_SCORE) ==
	    KPI__CSAT_SCORE_NET;

	if (net && bottom_of(claim, &q) >= top)
		return kpi__fail_at(error, KPI_EINVAL, "csat_bottom",
		    "the highest dissatisfied mark is not below the lowest "
		    "satisfied one");
	kpi__claim_answers(claim, &q);
	if (net)
		kpi__claim_balance(claim, &q,
		    kpi__marks(q.least, bottom_of(claim, &q)),
		    kpi__marks(top, q.most));
	else
		kpi__claim_marked(claim, &q, kpi__marks(top, q.most));
	return KPI_OK;
}

kpi_status
kpi__declare_dsat(kpi__claim *claim, kpi_error *error)
{
	const kpi__question q = csat_of(claim);

	(void)error;
	kpi__claim_answers(claim, &q);
	kpi__claim_marked(
	    claim, &q, kpi__marks(q.least, bottom_of(claim, &q)));
	return KPI_OK;
}

kpi_status
kpi__declare_csat_mean(kpi__claim *claim, kpi_error *error)
{
	const kpi__question q = csat_of(claim);

	(void)error;
	kpi__claim_answers(claim, &q);
	kpi__claim_mean_mark(claim, &q);
	return KPI_OK;
}

kpi_status
kpi__declare_nps(kpi__claim *claim, kpi_error *error)
{
	const kpi__question q = { KPI_FIELD_NPS, 0, 0, 10, 0,
		(int32_t)kpi__parameter_of(claim, KPI__NPS_PER) };

	(void)error;
	kpi__claim_answers(claim, &q);
	kpi__claim_balance(claim, &q, kpi__marks(0, 6), kpi__marks(9, 10));
	return KPI_OK;
}

/* Of version 2 high is easy, of version 1 low. */
kpi_status
kpi__declare_ces(kpi__claim *claim, kpi_error *error)
{
	const int64_t version = kpi__parameter_of(claim, KPI__CES_VERSION);
	const kpi__question q = { KPI_FIELD_CES, KPI_FIELD_CES_VERSION, 1,
		kpi__ces_most(version), version, KPI__PER_ANSWER };
	const uint64_t high =
	    kpi__marks(kpi__parameter_of(claim, KPI__CES_TOP), q.most);
	const uint64_t low =
	    kpi__marks(q.least, kpi__parameter_of(claim, KPI__CES_BOTTOM));
	const uint64_t easy = version == 1 ? low : high;
	const uint64_t hard = version == 1 ? high : low;

	(void)error;
	kpi__claim_answers(claim, &q);
	switch (kpi__parameter_of(claim, KPI__CES_SCORE)) {
	case KPI__CES_SCORE_SHARE:
		kpi__claim_marked(claim, &q, easy);
		break;
	case KPI__CES_SCORE_INDEX:
		kpi__claim_balance(claim, &q, hard, easy);
		break;
	default:
		kpi__claim_mean_mark(claim, &q);
	}
	return KPI_OK;
}
