/* SPDX-License-Identifier: MIT */
#include "ingest/queue_log_event.h"

#include <string.h>

#include <kpi/interaction.h>

#define OTHER(name)                                                            \
	{                                                                      \
		name, KPI__QLOG_IS_OTHER, 0, 0, -1                             \
	}
#define AGENT(name, kind)                                                      \
	{                                                                      \
		name, kind, 0, 0, -1                                           \
	}
#define COMPLETE(name, transfer, wait)                                         \
	{                                                                      \
		name, KPI__QLOG_IS_COMPLETE, KPI_OUTCOME_ANSWERED, transfer,   \
		    wait                                                       \
	}
#define LEAVE(name, outcome, wait)                                             \
	{                                                                      \
		name, KPI__QLOG_IS_LEAVE, outcome, 0, wait                     \
	}
#define REFUSED(name, outcome)                                                 \
	{                                                                      \
		name, KPI__QLOG_IS_REFUSED, outcome, 0, -1                     \
	}

/*
 * By name, in byte order. What a product or a dialplan writes of its own
 * about a caller who never entered (FULL, DIVERT_*) is a visit without a
 * wait; Asterisk itself writes nothing then.
 */
static const kpi__qlog_event events[] = {
	LEAVE("ABANDON", KPI_OUTCOME_ABANDONED, 2),
	AGENT("ADDMEMBER", KPI__QLOG_IS_LOGIN),
	AGENT("AGENTCALLBACKLOGIN", KPI__QLOG_IS_LOGIN),
	AGENT("AGENTCALLBACKLOGOFF", KPI__QLOG_IS_LOGOFF),
	OTHER("AGENTDUMP"), /* the caller goes on waiting */
	AGENT("AGENTLOGIN", KPI__QLOG_IS_LOGIN),
	AGENT("AGENTLOGOFF", KPI__QLOG_IS_LOGOFF),
	COMPLETE("ATTENDEDTRANSFER", KPI_TRANSFER_ATTENDED, 2),
	COMPLETE("BLINDTRANSFER", KPI_TRANSFER_BLIND, 2),
	OTHER("CALLSTATUS"),
	REFUSED("CLOSED", KPI_OUTCOME_TURNED_AWAY),
	COMPLETE("COMPLETEAGENT", KPI_TRANSFER_NONE, 0),
	COMPLETE("COMPLETECALLER", KPI_TRANSFER_NONE, 0),
	OTHER("CONFIGRELOAD"),
	{ "CONNECT", KPI__QLOG_IS_CONNECT, KPI_OUTCOME_ANSWERED, 0, 0 },
	OTHER("DID"),
	REFUSED("DIVERT_CA_RATIO", KPI_OUTCOME_OVERFLOWED),
	REFUSED("DIVERT_HOLDTIME", KPI_OUTCOME_OVERFLOWED),
	{ "ENTERQUEUE", KPI__QLOG_IS_ENTER, 0, 0, -1 },
	LEAVE("EXITEMPTY", KPI_OUTCOME_EMPTIED, 2),
	LEAVE("EXITWITHKEY", KPI_OUTCOME_EXITED, 3),
	LEAVE("EXITWITHTIMEOUT", KPI_OUTCOME_TIMED_OUT, 2),
	REFUSED("FULL", KPI_OUTCOME_TURNED_AWAY),
	OTHER("INFO"),
	REFUSED("JOINEMPTY", KPI_OUTCOME_TURNED_AWAY),
	OTHER("LEAVEEMPTY"), /* EXITEMPTY again, by the dialplan */
	OTHER("OUTCALL"),
	AGENT("PAUSE", KPI__QLOG_IS_PAUSE),
	AGENT("PAUSEALL", KPI__QLOG_IS_PAUSE),
	OTHER("PENALTY"),
	{ "QUEUESTART", KPI__QLOG_IS_START, 0, 0, -1 },
	AGENT("REMOVEMEMBER", KPI__QLOG_IS_REMOVE),
	OTHER("RINGCANCELED"),
	OTHER("RINGINUSE"),
	OTHER("RINGNOANSWER"),
	LEAVE("SYSCOMPAT", KPI_OUTCOME_FAILED, -1),
	COMPLETE("TRANSFER", KPI_TRANSFER_BLIND, 2),
	AGENT("UNPAUSE", KPI__QLOG_IS_UNPAUSE),
	AGENT("UNPAUSEALL", KPI__QLOG_IS_UNPAUSE_ALL),
	LEAVE("WITHDRAW", KPI_OUTCOME_EMPTIED, 2),
	{ "WRAPUPSTART", KPI__QLOG_IS_WRAP_UP, 0, 0, -1 },
};

static const kpi__qlog_event unknown = OTHER("a verb of its own");
static const kpi__qlog_event divert =
    REFUSED("DIVERT_", KPI_OUTCOME_OVERFLOWED);

static int
compare(kpi__slice a, const char *b)
{
	const size_t size = strlen(b);
	const int order = memcmp(a.at, b, a.size < size ? a.size : size);

	return order != 0 ? order : (a.size > size) - (a.size < size);
}

const kpi__qlog_event *
kpi__qlog_event_named(kpi__slice name)
{
	size_t low = 0, high = sizeof(events) / sizeof(*events);

	while (low < high) {
		const size_t middle = (low + high) / 2;
		const int order = compare(name, events[middle].name);

		if (order == 0)
			return &events[middle];
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	if (name.size > strlen(divert.name) &&
	    memcmp(name.at, divert.name, strlen(divert.name)) == 0)
		return &divert;
	return &unknown;
}

/*
 * A transfer's extension or application may hold bars; wait, talk and
 * position are then its last three parameters.
 */
static size_t
place_of_wait(const kpi__qlog_event *event, const kpi__qlog_line *line)
{
	const size_t stated = (size_t)event->wait +
	    (event->transfer == KPI_TRANSFER_ATTENDED &&
		kpi__slice_is(kpi__qlog_line_parameter(line, 0), "LINK"));
	const size_t count = line->parameter_count;

	if (event->transfer == KPI_TRANSFER_NONE || count <= stated + 3)
		return stated;
	if (kpi__qlog_line_number(line, stated) >= 0 &&
	    kpi__qlog_line_number(line, stated + 1) >= 0)
		return stated;
	return count - 3;
}

kpi__qlog_times
kpi__qlog_event_times(const kpi__qlog_event *event, const kpi__qlog_line *line)
{
	kpi__qlog_times times = { -1, -1 };
	size_t at;

	if (event->wait < 0)
		return times;
	at = place_of_wait(event, line);
	times.wait = kpi__qlog_line_number(line, at);
	if (event->kind == KPI__QLOG_IS_COMPLETE)
		times.talk = kpi__qlog_line_number(line, at + 1);
	return times;
}

static kpi__slice
trimmed(kpi__slice s)
{
	while (s.size > 0 && (s.at[0] == ' ' || s.at[0] == '\t'))
		s.at++, s.size--;
	while (
	    s.size > 0 && (s.at[s.size - 1] == ' ' || s.at[s.size - 1] == '\t'))
		s.size--;
	return s;
}

static int
is_word(kpi__slice s, const char *word)
{
	if (s.size != strlen(word))
		return 0;
	for (size_t i = 0; i < s.size; i++) {
		const char c = s.at[i];

		if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != word[i])
			return 0;
	}
	return 1;
}

static int
is_withheld(kpi__slice caller)
{
	static const char *const words[] = { "anonymous", "unknown", "private",
		"restricted", "withheld" };

	if (caller.size >= 2 && caller.at[0] == '<' &&
	    caller.at[caller.size - 1] == '>') {
		caller.at++;
		caller.size -= 2;
	}
	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (is_word(caller, words[i]))
			return 1;
	return trimmed(caller).size == 0;
}

/*
 * A url may hold bars: the caller id stands before the first later parameter
 * that can be a position in a queue, which has at most five digits.
 */
kpi__slice
kpi__qlog_event_caller(const kpi__qlog_line *line)
{
	const kpi__slice none = { "", 0 };
	kpi__slice caller;
	size_t at = 1;

	for (size_t i = 2; i < line->parameter_count; i++)
		if (kpi__slice_number(line->parameter[i], 99999) >= 0 &&
		    line->parameter[i].size <= 5) {
			at = i - 1;
			break;
		}
	caller = trimmed(kpi__qlog_line_parameter(line, at));
	return is_withheld(caller) ? none : caller;
}
