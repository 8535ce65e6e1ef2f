/* SPDX-License-Identifier: MIT */
/* Questions of surveys: which marks are meant, of which scale. */
#include "metric/survey.h"
#include "metric/words.h"

static void
say_marks(kpi__sentences *s, const char *answers, int64_t least, int64_t most)
{
	kpi__say(s, answers);
	kpi__say(s, " with a mark of ");
	kpi__say_number(s, least);
	if (most != least) {
		kpi__say(s, " to ");
		kpi__say_number(s, most);
	}
}

static void
say_score(
    kpi__sentences *s, int net, const int64_t good[2], const int64_t bad[2])
{
	kpi__say(s,
	    net ? "The figure is 100 times the number of "
		: "The figure is the number of ");
	say_marks(s, "answers", good[0], good[1]);
	if (net) {
		kpi__say(s, " less that of ");
		say_marks(s, "answers", bad[0], bad[1]);
	}
	kpi__say(s, ", divided by the number of answers");
	kpi__stop(s);
}

static void
say_scale(kpi__sentences *s, int64_t least, int64_t most)
{
	kpi__say(s, "Marks are ");
	kpi__say_number(s, least);
	kpi__say(s, " to ");
	kpi__say_number(s, most);
}

static void
say_csat(kpi__sentences *s)
{
	const int64_t least = kpi__tell(s, KPI__CSAT_SCALE_FROM);
	const int64_t most = kpi__tell(s, KPI__CSAT_SCALE);
	const int mean = s->metric->number == KPI_METRIC_CSAT_MEAN;
	int64_t good[2] = { least, most }, bad[2] = { least, most };
	int net = 0;

	if (kpi__reads(s, KPI__CSAT_TOP)) {
		good[0] =
		    kpi__csat_top(kpi__tell(s, KPI__CSAT_TOP), least, most);
		net = kpi__tell(s, KPI__CSAT_SCORE) == KPI__CSAT_SCORE_NET;
	}
	if (net || s->metric->number == KPI_METRIC_DSAT)
		bad[1] = kpi__csat_bottom(
		    kpi__tell(s, KPI__CSAT_BOTTOM), least, most);
	if (mean)
		kpi__sentence(s, KPI__CSAT_SCALE,
		    "The figure is the mean mark of the answers");
	else
		say_score(s, net,
		    s->metric->number == KPI_METRIC_DSAT ? bad : good, bad);
	say_scale(s, least, most);
	kpi__say(s,
	    "; an answer on another scale is left out and makes the "
	    "figure mixed");
	kpi__stop(s);
	kpi__sentence(s, KPI__CSAT_PER,
	    kpi__value(s, KPI__CSAT_PER) == KPI__PER_ANSWER
		? "Each answer counts"
		: "Of each customer the latest answer in a bucket counts");
}

static void
say_ces(kpi__sentences *s)
{
	const int64_t version = kpi__tell(s, KPI__CES_VERSION);
	const int64_t score = kpi__tell(s, KPI__CES_SCORE);
	const int64_t most = kpi__ces_most(version);
	int64_t high[2] = { 1, most }, low[2] = { 1, most };
	const int low_is_easy = version == 1;

	if (score == KPI__CES_SCORE_MEAN) {
		kpi__say(s, "The figure is the mean mark of the answers");
		kpi__stop(s);
	} else {
		const int net = score == KPI__CES_SCORE_INDEX;

		high[0] = net || !low_is_easy ? kpi__tell(s, KPI__CES_TOP) : 1;
		low[1] =
		    net || low_is_easy ? kpi__tell(s, KPI__CES_BOTTOM) : most;
		say_score(
		    s, net, low_is_easy ? low : high, low_is_easy ? high : low);
	}
	say_scale(s, 1, most);
	kpi__say(s, low_is_easy ? ", low is easy" : ", high is easy");
	kpi__say(s,
	    "; an answer to the other version is left out and makes "
	    "the figure mixed");
	kpi__stop(s);
}

void
kpi__words_marks(kpi__sentences *s)
{
	if (kpi__reads(s, KPI__CES_SCORE))
		say_ces(s);
	else
		say_csat(s);
}
