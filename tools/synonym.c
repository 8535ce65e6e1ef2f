/* SPDX-License-Identifier: MIT */
#include "synonym.h"

#include <string.h>

#include <kpi.h>

static const struct {
	const char *word, *metric;
} synonyms[] = {
	{ "abandon_rate", "abandonment_rate" },
	{ "acw", "average_after_call_time" },
	{ "after_call_work", "average_after_call_time" },
	{ "aht", "average_handle_time" },
	{ "asa", "average_speed_of_answer" },
	{ "att", "average_talk_time" },
	{ "calls", "contacts" },
	{ "customer_effort_score", "ces" },
	{ "customer_satisfaction", "csat" },
	{ "fcr", "first_contact_resolution" },
	{ "first_call_resolution", "first_contact_resolution" },
	{ "handle_time", "average_handle_time" },
	{ "net_promoter_score", "nps" },
	{ "service_factor", "service_level" },
	{ "sl", "service_level" },
	{ "sla", "service_level" },
	{ "speed_of_answer", "average_speed_of_answer" },
	{ "talk_time", "average_talk_time" },
	{ "tsf", "service_level" },
	{ "utilization", "utilisation" },
	{ "wrap_up", "average_after_call_time" },
	{ "wrap_up_time", "average_after_call_time" },
};

#define LONGEST 40

/* In small letters, with a _ for each blank and dash; 0 if it is that long. */
static int
plain(char out[LONGEST], const char *word)
{
	size_t i = 0;

	for (; word[i] != '\0'; i++) {
		if (i == LONGEST - 1)
			return 0;
		out[i] = word[i];
		if (word[i] >= 'A' && word[i] <= 'Z')
			out[i] = (char)(word[i] - 'A' + 'a');
		else if (word[i] == ' ' || word[i] == '-')
			out[i] = '_';
	}
	out[i] = '\0';
	return 1;
}

const char *
metric_called(const char *word)
{
	kpi_entry metric = KPI_ENTRY_INIT;
	char name[LONGEST];

	if (!plain(name, word))
		return NULL;
	if (strcmp(name, word) != 0 &&
	    kpi_catalogue_find(KPI_TABLE_METRICS, name, &metric, NULL) ==
		KPI_OK)
		return metric.name;
	for (size_t i = 0; i < sizeof(synonyms) / sizeof(*synonyms); i++)
		if (strcmp(synonyms[i].word, name) == 0)
			return synonyms[i].metric;
	return NULL;
}
