/* SPDX-License-Identifier: MIT */
#include "metric/preset.h"

#include <string.h>

#define LEVEL   "service_level"
#define LEFT    LEVEL ", abandonment_rate"
#define FIRST   "first_contact_resolution"
#define REPEATS FIRST ", repeat_rate, contacts_per_issue"

#define OF(numerator, denominator) \
	"service_level_numerator=" numerator \
	" service_level_denominator=" denominator
#define LEFT_OF(numerator, denominator) \
	" abandonment_numerator=" numerator \
	" abandonment_denominator=" denominator

/* All that entered a queue and waits no more. */
#define LEFT_QUEUE "answered,abandoned,flowed,callback,failed"

/* Tickets and contacts that are asked themselves, each one a unit. */
#define DERIVED(denominator, requires) \
	"fcr_method=derived fcr_unit=contact fcr_denominator=" denominator \
	" fcr_requires=" requires
#define MARKED "fcr_method=mark fcr_unit=contact fcr_denominator=received"

/* Of a system that counts each event when it happens. */
#define EVENTS "anchor=own_event "

/*
 * Where a system lets short abandons be set or has switches, the preset has
 * none short and every switch that adds something off. service_level_threshold
 * is everybody's own, and stays at its default.
 */
/* clang-format off */
static const kpi__preset presets[] = {
	{ "default", NULL, "", "",
	    "Every parameter as the metric has it by default." },

	{ "icmi1", LEVEL, OF("answered_in,abandoned_in", "answered,abandoned"),
	    "ICMI, first formula of service level",
	    "Answered and abandoned in time, of answered and abandoned." },
	{ "icmi2", LEVEL, OF("answered_in", "answered"),
	    "ICMI, second formula of service level",
	    "Answered in time, of answered." },
	{ "icmi3", LEVEL, OF("answered_in", "answered,abandoned_long"),
	    "ICMI, third formula of service level",
	    "Answered in time, of answered and abandoned." },
	{ "icmi4", LEVEL,
	    OF("answered_in", "answered,abandoned_out,abandoned_short_out"),
	    "ICMI, fourth formula of service level",
	    "Answered in time, of answered and abandoned after it." },
	{ "icmi5", LEVEL, "short_abandon_threshold=5s "
	    OF("answered_in,abandoned_short_in", "answered,abandoned"),
	    "ICMI, fifth formula of service level",
	    "Answered in time and abandoned at once, of answered and "
	    "abandoned." },

	{ "cisco-positive", LEVEL,
	    OF("answered_in,abandoned_in", "answered,abandoned"),
	    "Cisco Unified CCX, service level: positive",
	    "Those who abandoned in time count as served." },
	{ "cisco-negative", LEVEL,
	    OF("answered_in", "answered,abandoned_long"),
	    "Cisco Unified CCX, service level: negative",
	    "All who abandoned count as not served." },
	{ "cisco-ignored", LEVEL,
	    OF("answered_in", "answered,abandoned_out,abandoned_short_out"),
	    "Cisco Unified CCX, service level without abandons in time",
	    "Those who abandoned in time do not count." },
	{ "cisco-handled", LEVEL, OF("answered_in", "answered"),
	    "Cisco Unified CCX, service level of handled contacts",
	    "Answered in time, of answered." },
	{ "cisco-icm-positive", LEVEL,
	    EVENTS OF("answered_in,abandoned_in",
	    "answered,abandoned,flowed_out,waiting_out"),
	    "Cisco ICM, abandoned calls: positive impact",
	    "By events, who abandoned in time as served; who waits or was "
	    "moved on beyond the threshold counts as not served." },
	{ "cisco-icm-negative", LEVEL,
	    EVENTS OF("answered_in",
	    "answered,abandoned,flowed_out,waiting_out"),
	    "Cisco ICM, abandoned calls: negative impact",
	    "By events, who abandoned as not served; so is who waits or was "
	    "moved on beyond the threshold." },
	{ "cisco-icm-ignored", LEVEL,
	    EVENTS OF("answered_in",
	    "answered,abandoned_short,abandoned_out,flowed_out,waiting_out"),
	    "Cisco ICM, abandoned calls: ignored",
	    "By events, without who abandoned in time; who waits or was moved "
	    "on beyond the threshold counts as not served." },

	{ "att-cms", LEVEL, OF("answered_in", "answered"),
	    "AT&T CMS", "Answered in time, of answered." },
	{ "wazo", LEVEL, OF("answered_in", "answered"),
	    "Wazo", "Answered in time, of answered." },
	{ "bright-pattern", LEVEL,
	    OF("answered_in", "answered,abandoned_out,abandoned_short_out"),
	    "Bright Pattern",
	    "Answered in time, of answered and abandoned after it." },
	{ "stat-server", LEVEL, OF("answered_in", "answered,abandoned_long"),
	    "Genesys Stat Server",
	    "Answered in time, of answered and abandoned. Set "
	    "short_abandon_threshold as it is set there." },
	{ "ringcentral", LEVEL, OF("answered_in", "answered,abandoned_long"),
	    "RingCentral",
	    "Answered in time, of answered and abandoned. Set as it is set "
	    "there: short_abandon_threshold; and where abandons do not count, "
	    "service_level_denominator to answered." },
	{ "genesys", LEVEL,
	    EVENTS OF("answered_in", "answered,abandoned_long"),
	    "Genesys",
	    "By events, answered in time, of answered and abandoned. Set as "
	    "it is set there: short_abandon_threshold; and in "
	    "service_level_denominator, flowed where flow-outs count, "
	    "abandoned_short where short abandons do, no abandoned_long where "
	    "abandons do not." },
	{ "amazon-connect", LEFT ", answer_rate, occupancy, utilisation",
	    "anchor=ended overlap=union "
	    OF("answered_in,abandoned_in,callback_in", LEFT_QUEUE)
	    LEFT_OF("abandoned", LEFT_QUEUE),
	    "Amazon Connect, edition 2023-04",
	    "Of all that entered a queue and left it, by their end; contacts at "
	    "one time occupy their agent once." },
	{ "talkdesk", LEVEL,
	    OF("answered_in", "answered,abandoned_long,failed,voicemail")
	    " wait_parts=queue,ring,earlier,callback",
	    "Talkdesk",
	    "Answered in time, of answered, abandoned, missed and voicemail; "
	    "waits add up over visits and call-backs. Set "
	    "short_abandon_threshold as it is set there." },
	{ "vonage", LEVEL,
	    OF("answered_in", "answered,abandoned_long,flowed"),
	    "Vonage",
	    "Answered in time, of answered, abandoned and flowed out." },
	{ "mitel", LEVEL, "short_abandon_threshold=6s "
	    OF("answered_in", "answered,abandoned_long,flowed"),
	    "Mitel",
	    "Answered in time, of answered, abandoned after 6 s and flowed "
	    "out." },
	{ "exotel", LEVEL, "short_answer_threshold=10s "
	    OF("answered_in", "answered_in,answered_out,abandoned"),
	    "Exotel", "Answered in time, of answered and "
	    "abandoned; calls that lasted at most 10 s after their answer do "
	    "not count at all." },
	{ "altigen", LEVEL,
	    OF("answered_in,abandoned_in,flowed_in",
	    "answered,abandoned,flowed"),
	    "AltiGen, service level",
	    "All that left the queue in time, of all that left it." },
	{ "altigen-asl", LEVEL,
	    OF("answered_in", "answered,abandoned,flowed"),
	    "AltiGen, agent service level",
	    "Answered in time, of all that left the queue." },
	{ "asterisk", LEVEL, OF("answered_in", "answered"),
	    "Asterisk, app_queue: service level",
	    "Answered in time, of completed calls." },
	{ "asterisk-sl2", LEVEL,
	    OF("answered_in,abandoned_in,timed_out_in,emptied_in",
	    "answered,abandoned,timed_out,emptied"),
	    "Asterisk, app_queue: second service level",
	    "All that left the queue in time, of completed and abandoned "
	    "calls." },
	{ "nethvoice", LEVEL, "service_level_threshold=59999ms "
	    "short_abandon_threshold=5s " OF("answered_in",
	    "queued,turned_away"),
	    "NethVoice",
	    "Answered in less than a minute, of all that arrived." },
	{ "vicidial", LEFT, OF("answered_in", "answered")
	    LEFT_OF("abandoned", "answered"),
	    "VICIdial",
	    "Answered in time, of answered; the abandonment rate is abandoned "
	    "to answered, a ratio." },

	{ "queuemetrics", REPEATS,
	    "repeat_window=168h repeat_unknown_customer=own_issue "
	    "repeat_edge=include",
	    "QueueMetrics",
	    "A contact again within 168 hours is a repeat; each unknown "
	    "caller is an issue of its own, and the ends of the known time "
	    "count." },
	{ "capturi", REPEATS,
	    "repeat_window=7d repeat_gap=15min repeat_edge=include",
	    "Capturi",
	    "A contact again within 7 days is a repeat, and those less than "
	    "15 minutes apart are one contact; the ends of the known time "
	    "count." },

	{ "zendesk", FIRST ", csat",
	    DERIVED("resolved", "resolved") " fcr_max_replies=1 csat_scale=2",
	    "Zendesk Explore, one-touch tickets and satisfaction score",
	    "Solved with at most one reply of an agent, of solved tickets; "
	    "good (mark 2), of good and bad (mark 1)." },
	{ "zendesk-exactly-one", FIRST ", csat",
	    DERIVED("resolved", "resolved")
	    " fcr_min_replies=1 fcr_max_replies=1 csat_scale=2",
	    "Zendesk Explore, one-touch tickets as newer editions word them",
	    "Solved with exactly one reply of an agent, of solved tickets; "
	    "good (mark 2), of good and bad (mark 1)." },
	{ "freshservice", FIRST ", resolution_rate",
	    DERIVED("resolved", "resolved,no_customer_reply")
	    " resolution_mode=flow",
	    "Freshservice, FCR % and resolution rate",
	    "Resolved without a reply of the customer, however often agents "
	    "replied, of resolved tickets; a time's resolutions, of its "
	    "arrivals." },
	{ "intercom", FIRST,
	    DERIVED("received", "resolved,one_agent,no_reopen"),
	    "Intercom, closed conversations on first contact rate",
	    "Closed once, by one teammate, of all conversations." },
	{ "sqm", FIRST ", csat",
	    "fcr_method=survey fcr_unit=contact csat_top=5",
	    "SQM Group, first call resolution and customer satisfaction by "
	    "survey",
	    "Resolved and in one contact by the customer's answers, of those "
	    "who answered both; satisfied is the top mark alone." },
	{ "metricnet-gross", FIRST, MARKED " fcr_net=0",
	    "MetricNet, gross first contact resolution",
	    "Marked as resolved at first contact, of all contacts." },
	{ "metricnet-net", FIRST, MARKED " fcr_net=1",
	    "MetricNet, net first contact resolution",
	    "Marked as resolved at first contact, of the contacts that could "
	    "be." },
};
/* clang-format on */

const kpi__preset *
kpi__preset_at(size_t i)
{
	return i < sizeof(presets) / sizeof(*presets) ? &presets[i] : NULL;
}

const kpi__preset *
kpi__preset_find(const char *name)
{
	const kpi__preset *preset;

	for (size_t i = 0; (preset = kpi__preset_at(i)) != NULL; i++) {
		if (strcmp(preset->name, name) == 0)
			return preset;
	}
	return NULL;
}

int
kpi__preset_concerns(const kpi__preset *preset, const char *metric)
{
	const size_t size = strlen(metric);
	const char *at = preset->metrics;

	if (at == NULL)
		return 1;
	while (strncmp(at, metric, size) != 0 ||
	    (at[size] != ',' && at[size] != '\0')) {
		if ((at = strstr(at, ", ")) == NULL)
			return 0;
		at += 2;
	}
	return 1;
}
