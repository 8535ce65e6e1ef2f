/* SPDX-License-Identifier: MIT */
#include "naive_clusters.h"

#include <check.h>
#include <math.h>
#include <string.h>

#include "stats/student.h"

static void
add_cluster(naive_clusters *to, const kpi_figure *f)
{
	if (f->numerator == 0 && f->denominator == 0)
		return;
	ck_assert_uint_lt(to->clusters, NAIVE_CLUSTERS);
	to->at[to->clusters][0] = (long double)f->numerator;
	to->at[to->clusters][1] = (long double)f->denominator;
	to->clusters++;
	to->x += (long double)f->numerator;
	to->n += (long double)f->denominator;
}

static int
is_near(double got, double expected, double value)
{
	if (isnan(got) || isnan(expected))
		return isnan(got) && isnan(expected);
	return fabs(got - expected) <= 1e-7 * fmax(1, fabs(value));
}

void
naive_check(const naive_clusters *of, const char *kind, const kpi_figure *f,
    double lower, double upper, const char *said)
{
	const long double ratio = of->x / of->n, c = of->clusters;
	const double scale = strcmp(kind, "balance") == 0 ? 100
	    : strcmp(kind, "an hour") == 0                ? 3600000
							  : 1;
	double expected[2] = { NAN, NAN }, half;
	long double sum = 0;

	for (uint32_t i = 0; i < of->clusters; i++) {
		const long double rest = of->at[i][0] - ratio * of->at[i][1];

		sum += rest * rest;
	}
	if (of->clusters >= 5) {
		half = kpi__student_two_sided(0.95, of->clusters - 1.0) *
		    (double)(sqrtl(c / (c - 1) * sum) / of->n);
		expected[0] = scale * ((double)ratio - half);
		expected[1] = scale * ((double)ratio + half);
		if (strcmp(kind, "share") == 0) {
			expected[0] = fmax(expected[0], 0);
			expected[1] = fmin(expected[1], 1);
		} else if (strcmp(kind, "balance") == 0) {
			expected[0] = fmax(expected[0], -100);
			expected[1] = fmin(expected[1], 100);
		}
	}
	ck_assert_msg(is_near(lower, expected[0], f->value) &&
		is_near(upper, expected[1], f->value),
	    "[%.12g, %.12g] is not [%.12g, %.12g] of %d clusters: %s", lower,
	    upper, expected[0], expected[1], (int)of->clusters, said);
}

static int
same_text(const char *a, const char *b)
{
	return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

void
naive_gather(naive_clusters *to, const kpi_result *coarse, uint64_t row,
    const kpi_result *fine)
{
	to->clusters = 0;
	to->x = to->n = 0;
	for (uint64_t at = 0; at < kpi_result_rows(fine); at++) {
		kpi_figure f = KPI_FIGURE_INIT;
		int same = 1;

		for (uint64_t i = 0; kpi_result_by(coarse, i) != 0; i++)
			same &= same_text(kpi_result_group(coarse, row, i),
			    kpi_result_group(fine, at, i));
		if (!same ||
		    (kpi_result_bucket(coarse) != KPI_BUCKET_NONE &&
			(kpi_result_begin(fine, at) <
				kpi_result_begin(coarse, row) ||
			    kpi_result_begin(fine, at) >=
				kpi_result_until(coarse, row))))
			continue;
		ck_assert_int_eq(kpi_result_figure(fine, at, 0, &f), KPI_OK);
		add_cluster(to, &f);
	}
}
