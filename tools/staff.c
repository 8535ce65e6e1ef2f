/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "output.h"
#include "selection.h"
#include "staff.h"
#include "tool.h"

#define OF_STORE (SELECTION | GROUPS | TAKES(DAY) | TAKES(THREADS))

static const char help[] =
    "usage: kpi staff STORE [OPTION...]\n"
    "       kpi staff --contacts NUMBER --per DURATION --handle-time DURATION\n"
    "                 [OPTION...]\n"
    "\n"
    "Prints how many agents a load needs, and what becomes of it then, by\n"
    "Erlang's formula C or, with a patience, by Erlang A: the load that is "
    "given,\n"
    "or that of each interval of the week as the STORE's arrivals and handle "
    "times\n"
    "have it. DURATION is a whole number with its unit: 180s, 30min.\n"
    "\n"
    "  --contacts NUMBER         that arrive in such a time\n"
    "  --per DURATION            the time: 30min\n"
    "  --handle-time DURATION    of a contact on average, after-call work "
    "too;\n"
    "                            of a STORE it is measured\n"
    "  --target SHARE/DURATION   answered within it [80%/20s]\n"
    "  --target NAME=VALUE       service_level=80%/20s, wait_probability=20%,\n"
    "                            speed_of_answer=15s, abandonment=3% or\n"
    "                            occupancy=85%\n"
    "  --agents NUMBER           what becomes of the load with so many "
    "instead\n"
    "  --patience DURATION       after which who waits has left on average;\n"
    "                            without it nobody leaves; measured: of those\n"
    "                            in the STORE\n"
    "  --max-occupancy SHARE     agents are to be busy for at most: 85%\n"
    "  --shrinkage SHARE         of paid time in which agents are not there\n"
    "  --format table|csv|json   [table]\n"
    "Of a STORE:\n"
    "  --every 15min|30min|hour  the interval [30min]\n"
    "  --from TIME, --until TIME weeks, of which whole ones count [all]\n"
    "  --day DATE                this day instead of the week\n"
    "  --by DIMENSION[,...]      a plan for each queue, ...\n"
    "  --zone ZONE               of weekdays and clock: Europe/Berlin, ... "
    "[UTC]\n"
    "  --week-start DAY, --where DIMENSION=V[,V...], --where-not ...,\n"
    "  --outcome OUTCOME[,...], --least FIELD=VALUE, --most FIELD=VALUE,\n"
    "  --threads THREADS         see kpi help measure\n";

static int
find(kpi_staffing *s, const kpi_staffing_options *o, int64_t agents)
{
	kpi_error error = KPI_ERROR_INIT;
	const kpi_status status = agents == 0
	    ? kpi_staffing_for(s, o, &error)
	    : kpi_staffing_of(s, o, (uint64_t)agents, &error);

	return status == KPI_OK ? DONE : answered(NULL, status, &error);
}

/* What chooses among contacts says nothing without any. */
static int
check_no_store(const struct arguments *a)
{
	for (size_t i = 0; i < a->count; i++)
		if ((TAKES(a->at[i].option) & OF_STORE) != 0)
			return complain(WRONG_USE,
			    "--%s is of a STORE, which is not named; see kpi "
			    "help staff",
			    option_name(a->at[i].option));
	return DONE;
}

static int
run(const struct arguments *a)
{
	kpi_staffing_options o = KPI_STAFFING_OPTIONS_INIT;
	kpi_staffing s = KPI_STAFFING_INIT;
	int64_t agents;
	int32_t format;
	int code;

	if (argument_word(a, 0) != NULL)
		return staff_store(a);
	code = output_format(&format, a);
	if (code == DONE)
		code = check_no_store(a);
	if (code == DONE)
		code = staff_options(&o, a, 0);
	if (code == DONE)
		code = staff_agents(&agents, a);
	if (code == DONE)
		code = find(&s, &o, agents);
	if (code == DONE)
		staff_print(&s, &o, format);
	return code;
}

const struct command command_staff = {
	.name = "staff",
	.summary = "says how many agents a load needs",
	.help = help,
	.takes = TAKES(AGENT_COUNT) | TAKES(CONTACTS) | TAKES(FORMAT) |
	    TAKES(HANDLE_TIME) | TAKES(MAX_OCCUPANCY) | TAKES(PATIENCE) |
	    TAKES(PER) | TAKES(SHRINKAGE) | TAKES(TARGET) | OF_STORE,
	.run = run,
};
