/* SPDX-License-Identifier: MIT */
/*
 * bench - times what a store answers beside what the yardstick does, and ends
 * with 1 where the two do not answer the same.
 */
#define _POSIX_C_SOURCE 200809L

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ask.h"
#include "fail.h"
#include "load.h"

static const char usage[] =
    "usage: bench [-n ROWS] [-s SEED] [-o ORDER] [-r ROUNDS] "
    "[-a TIMES]\n"
    "             [-w WORKLOAD] [-f FILE] [-m BYTES] [-t THREADS]\n"
    "ORDER: generated, shuffled, or sources (six, one after the other)\n"
    "TIMES: that a store is asked in a round, after the first\n"
    "WORKLOAD: 1 to 4, that one alone\n"
    "FILE: the store is in it, which is written anew; else in memory\n"
    "BYTES: the store's budget of memory\n"
    "THREADS: that answer as well, in turn with one\n";

typedef struct options {
	uint32_t rows;
	uint64_t seed, memory, threads;
	int order;
	unsigned rounds, again;
	unsigned begin, end; /* workloads */
	const char *file;
} options;

static const char *const order_names[] = { "generated", "shuffled",
	"sources" };

/* Times of one thing, in ms. */
typedef struct times {
	double *ms;
	unsigned count;
} times;

void
fail_because(const char *text)
{
	fprintf(stderr, "bench: %s\n", text);
	exit(1);
}

void
fail(const kpi_error *error)
{
	fail_because(error->text);
}

static double
now(void)
{
	struct timespec t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) != 0)
		fail_because("there is no clock");
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec * 1e-6;
}

static times
times_new(unsigned room)
{
	times t = { calloc(room, sizeof(double)), 0 };

	if (t.ms == NULL)
		fail_because("no memory for times");
	return t;
}

static void
take_time(times *t, double since)
{
	t->ms[t->count++] = now() - since;
}

static int
compare_times(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* Puts them in order, so that the least is the first. */
static double
median(times *t)
{
	qsort(t->ms, t->count, sizeof(*t->ms), compare_times);
	return t->ms[t->count / 2];
}

/* What one workload took. */
typedef struct measured {
	asked question;
	times first, again, yard, several; /* threads */
	uint64_t rows;
	double sum;
} measured;

/* Asks once more, on so many threads. */
static kpi_result *
ask_on(measured *m, times *t, kpi_store *store, uint64_t threads)
{
	kpi_error error = KPI_ERROR_INIT;
	kpi_result *result;
	double since;

	if (kpi_store_set_threads(store, threads, &error) != KPI_OK)
		fail(&error);
	since = now();
	result = ask(&m->question, store);
	take_time(t, since);
	return result;
}

static void
measure(measured *m, kpi_store *store, yard *y, const options *o)
{
	double since = now();
	kpi_result *result = ask(&m->question, store);

	take_time(&m->first, since);
	for (unsigned i = 0; i < o->again; i++) {
		kpi_result_free(result);
		since = now();
		m->question.of->yard(y);
		take_time(&m->yard, since);
		result = ask_on(m, &m->again, store, 1);
		if (o->threads == 1)
			continue;
		kpi_result_free(result);
		result = ask_on(m, &m->several, store, o->threads);
	}
	ask_compare(&m->question, result, y);
	m->rows = kpi_result_rows(result);
	m->sum = ask_sum(&m->question, result);
	kpi_result_free(result);
}

static void
print(measured *m)
{
	const double first = median(&m->first), again = median(&m->again);
	const double bare = median(&m->yard);

	printf("%s\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%.2f\t%llu\t"
	       "%.10g",
	    m->question.of->name, first, m->first.ms[0], again,
	    m->again.ms[0], bare, m->yard.ms[0],
	    m->first.ms[0] / m->yard.ms[0], m->again.ms[0] / m->yard.ms[0],
	    (unsigned long long)m->rows, m->sum);
	if (m->several.count > 0) {
		const double several = median(&m->several);

		printf("\t%.2f\t%.2f\t%.2f", several, m->several.ms[0],
		    m->again.ms[0] / m->several.ms[0]);
	}
	printf("\n");
}

static void
run(const options *o)
{
	measured m[WORKLOADS];
	times add = times_new(o->rounds * WORKLOADS);
	rows r;
	yard y;
	loaded l;

	if (!rows_make(&r, o->rows, o->seed) || !rows_order(&r, o->order) ||
	    !yard_make(&y, &r) || !loaded_make(&l, &r))
		fail_because("no memory for the rows");
	for (unsigned w = o->begin; w < o->end; w++) {
		ask_prepare(&m[w].question, &workloads[w]);
		m[w].first = times_new(o->rounds);
		m[w].again = times_new(o->rounds * o->again);
		m[w].yard = times_new(o->rounds * o->again);
		m[w].several = times_new(o->rounds * o->again);
	}
	for (unsigned round = 0; round < o->rounds; round++)
		for (unsigned w = o->begin; w < o->end; w++) {
			const double since = now();
			kpi_store *store =
			    loaded_store(&l, o->file, o->memory);

			take_time(&add, since);
			measure(&m[w], store, &y, o);
			kpi_store_close(store);
		}

	printf("%lu rows, %s, in %s; ms, median and least of %u rounds\n",
	    (unsigned long)o->rows, order_names[o->order],
	    o->file == NULL ? "memory" : "a file", o->rounds);
	printf("workload\tfirst\tleast\tagain\tleast\tyardstick\tleast\t"
	       "first/yardstick\tagain/yardstick\trows\tsum");
	if (o->threads > 1)
		printf("\t%llu threads\tleast\tagain/threads",
		    (unsigned long long)o->threads);
	printf("\n");
	printf("add by column\t%.2f", median(&add));
	printf("\t%.2f\n", add.ms[0]);
	for (unsigned w = o->begin; w < o->end; w++) {
		print(&m[w]);
		ask_free(&m[w].question);
		free(m[w].first.ms);
		free(m[w].again.ms);
		free(m[w].yard.ms);
		free(m[w].several.ms);
	}
	free(add.ms);
	loaded_free(&l);
	yard_free(&y);
	rows_free(&r);
}

/* A number from 1 to `most`. */
static uint64_t
number_of(const char *text, uint64_t most)
{
	char *end;
	const unsigned long long value = strtoull(text, &end, 10);

	if (*text < '0' || *text > '9' || *end != '\0' || value == 0 ||
	    value > most) {
		fputs(usage, stderr);
		exit(2);
	}
	return value;
}

static int
order_of(const char *name)
{
	for (int i = 0; i < 3; i++)
		if (strcmp(name, order_names[i]) == 0)
			return i;
	fputs(usage, stderr);
	exit(2);
}

int
main(int argc, char **argv)
{
	options o = { 1000000, 20230101, 0, 1, AS_GENERATED, 5, 5, 0,
		WORKLOADS, NULL };
	int option;

	while ((option = getopt(argc, argv, "n:s:o:r:a:w:f:m:t:")) != -1)
		switch (option) {
		case 'n':
			o.rows = (uint32_t)number_of(optarg, MOST_ROWS - 1);
			break;
		case 's':
			o.seed = number_of(optarg, UINT64_MAX);
			break;
		case 'o':
			o.order = order_of(optarg);
			break;
		case 'r':
			o.rounds = (unsigned)number_of(optarg, 1000);
			break;
		case 'a':
			o.again = (unsigned)number_of(optarg, 1000);
			break;
		case 'w':
			o.end = (unsigned)number_of(optarg, WORKLOADS);
			o.begin = o.end - 1;
			break;
		case 'f':
			o.file = optarg;
			break;
		case 'm':
			o.memory = number_of(optarg, UINT64_MAX);
			break;
		case 't':
			o.threads = number_of(optarg, UINT64_MAX);
			break;
		default:
			fputs(usage, stderr);
			return 2;
		}
	if (optind != argc) {
		fputs(usage, stderr);
		return 2;
	}
	run(&o);
	return 0;
}
