/* SPDX-License-Identifier: MIT */
/* write - the rows as a CSV file, for any engine to read. */
#include <stdio.h>
#include <stdlib.h>

#include "fail.h"
#include "rows.h"

static const char *const outcomes[] = { "answered", "abandoned",
	"self_served" };
static const char *const resolved[] = { "yes", "no", "" };

void
fail_because(const char *text)
{
	fprintf(stderr, "write: %s\n", text);
	exit(1);
}

static void
write_mark(FILE *out, uint8_t mark, uint8_t none)
{
	if (mark != none)
		fprintf(out, ",%u", mark);
	else
		(void)fputc(',', out);
}

/* Who is not answered has no agent and nothing of a conversation. */
static void
write_row(FILE *out, const rows *r, uint32_t i)
{
	fprintf(out, "%09u,c%07u,", r->id[i], r->customer[i]);
	if (r->agent[i] != NO_AGENT)
		fprintf(out, "agent%04u", r->agent[i]);
	fprintf(out, ",%s,%s,%s,%s,%lld,%d,%d,%d,%d,%s,%s,%s",
	    queue_names[r->queue[i]], channel_names[r->channel[i]],
	    r->outbound[i] ? "outbound" : "inbound",
	    reason_names[r->reason[i]], (long long)r->started_at[i],
	    (int)r->wait[i], (int)r->talk[i], (int)r->hold[i],
	    (int)r->after_call[i], outcomes[r->outcome[i]],
	    resolved[r->resolution[i]],
	    r->transfers[i] > 0 ? "blind" : "none");
	write_mark(out, r->csat[i], NO_CSAT);
	write_mark(out, r->nps[i], NO_NPS);
	write_mark(out, r->ces[i], NO_CES);
	fprintf(out, ",%d\n", (int)r->cost[i]);
}

int
main(int argc, char **argv)
{
	rows r;
	FILE *out;

	if (argc != 4) {
		fputs("usage: write ROWS SEED FILE\n", stderr);
		return 2;
	}
	if (!rows_make(&r, (uint32_t)strtoul(argv[1], NULL, 10),
		strtoull(argv[2], NULL, 10)))
		fail_because("no memory for the rows");
	out = fopen(argv[3], "w");
	if (out == NULL)
		fail_because("the file cannot be made");
	fputs("id,customer,agent,queue,channel,direction,reason,started_at,"
	      "wait,talk,hold,after_call,outcome,resolved,transfer,csat,nps,"
	      "ces,cost\n",
	    out);
	for (uint32_t i = 0; i < r.count; i++)
		write_row(out, &r, i);
	if (ferror(out) || fclose(out) != 0)
		fail_because("the file cannot be written");
	rows_free(&r);
	return 0;
}
