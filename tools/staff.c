/* SPDX-License-Identifier: MIT */
#include <stddef.h>

#include "output.h"
#include "quantity.h"
#include "staff.h"
#include "tool.h"

static const char help[] =
    "usage: kpi staff --contacts NUMBER --per DURATION --handle-time DURATION\n"
    "                 [OPTION...]\n"
    "\n"
    "Prints how many agents such a load needs, and what becomes of it then, "
    "by\n"
    "Erlang's formula C or, with a patience, by Erlang A. DURATION is a whole\n"
    "number with its unit: 180s, 30min.\n"
    "\n"
    "  --contacts NUMBER         that arrive in such a time\n"
    "  --per DURATION            the time: 30min\n"
    "  --handle-time DURATION    of a contact on average, after-call work too\n"
    "  --target SHARE/DURATION   answered within it [80%/20s]\n"
    "  --target NAME=VALUE       service_level=80%/20s, wait_probability=20%,\n"
    "                            speed_of_answer=15s, abandonment=3% or\n"
    "                            occupancy=85%\n"
    "  --agents NUMBER           what becomes of the load with so many "
    "instead\n"
    "  --patience DURATION       after which who waits has left on average;\n"
    "                            without it nobody leaves\n"
    "  --max-occupancy SHARE     agents are to be busy for at most: 85%\n"
    "  --shrinkage SHARE         of paid time in which agents are not there\n"
    "  --format table|csv|json   [table]\n";

static int
find(kpi_staffing *s, const kpi_staffing_options *o, const char *agents)
{
	kpi_error error = KPI_ERROR_INIT;
	int64_t count = 0;
	kpi_status status;

	if (agents == NULL) {
		status = kpi_staffing_for(s, o, &error);
	} else if (quantity_read(&count, "count", agents) != 0) {
		return complain(WRONG_USE,
		    "--agents is a whole number, not \"%s\"", agents);
	} else {
		status = kpi_staffing_of(s, o, (uint64_t)count, &error);
	}
	return status == KPI_OK ? DONE : answered(NULL, status, &error);
}

static int
run(const struct arguments *a)
{
	kpi_staffing_options o = KPI_STAFFING_OPTIONS_INIT;
	kpi_staffing s = KPI_STAFFING_INIT;
	int32_t format;
	int code = output_format(&format, a);

	if (code == DONE && argument_word(a, 0) != NULL)
		code = complain(WRONG_USE,
		    "staff takes options alone, not \"%s\"; see kpi help staff",
		    argument_word(a, 0));
	if (code == DONE)
		code = staff_options(&o, a);
	if (code == DONE)
		code = find(&s, &o, argument_value(a, AGENT_COUNT, NULL));
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
	    TAKES(PER) | TAKES(SHRINKAGE) | TAKES(TARGET),
	.run = run,
};
