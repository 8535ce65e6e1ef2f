/* SPDX-License-Identifier: MIT */
/* Written by `make update` from the table of metrics: change it there. */
#include "metric/parameter.h"

static const char *const readers[KPI__PARAMETERS] = {
	[KPI__ABANDONMENT_DENOMINATOR] =
	    "abandonment_rate, "
	    "answer_rate",
	[KPI__ABANDONMENT_NUMERATOR] =
	    "abandonment_rate, "
	    "answer_rate",
	[KPI__ANCHOR] =
	    "contacts, "
	    "visits, "
	    "customers, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__AS_OF] =
	    "contacts, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__BOUNDS_BY] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__COMPARE_ADJUST] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__CONFIDENCE] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__CONTACTS_CLASSES] =
	    "contacts",
	[KPI__CREDIT] =
	    "contacts, "
	    "customers, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__CSAT_BOTTOM] =
	    "csat",
	[KPI__CSAT_PER] =
	    "csat, "
	    "csat_mean",
	[KPI__CSAT_SCALE] =
	    "csat, "
	    "csat_mean",
	[KPI__CSAT_SCALE_FROM] =
	    "csat, "
	    "csat_mean",
	[KPI__CSAT_SCORE] =
	    "csat",
	[KPI__CSAT_TOP] =
	    "csat",
	[KPI__DIRECTIONS] =
	    "contacts, "
	    "visits, "
	    "customers, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__FCR_METHOD] =
	    "first_contact_resolution",
	[KPI__FCR_UNIT] =
	    "first_contact_resolution",
	[KPI__HANDLE_PARTS] =
	    "average_handle_time",
	[KPI__KNOWN_FROM] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__NPS_PER] =
	    "nps",
	[KPI__PART_DENOMINATOR] =
	    "average_handle_time",
	[KPI__REPEAT_COUNTED_OUTCOMES] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_CREDIT] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_DIRECTIONS] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_EARLIER_OUTCOMES] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_EDGE] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_FROM] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_GAP] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_LATER_OUTCOMES] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_LINK] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_SAME] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_UNKNOWN_CUSTOMER] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__REPEAT_WINDOW] =
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue",
	[KPI__RESOLUTION_POPULATION] =
	    "resolution_rate",
	[KPI__RESOLUTION_STATE] =
	    "resolution_rate",
	[KPI__RESOLUTION_UNKNOWN] =
	    "resolution_rate",
	[KPI__RESOLUTION_WITHIN] =
	    "resolution_rate",
	[KPI__SERVICE_LEVEL_DENOMINATOR] =
	    "service_level",
	[KPI__SERVICE_LEVEL_NUMERATOR] =
	    "service_level",
	[KPI__SERVICE_LEVEL_THRESHOLD] =
	    "contacts, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate",
	[KPI__SHORT_ABANDON_THRESHOLD] =
	    "contacts, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate",
	[KPI__SHORT_ANSWER_THRESHOLD] =
	    "contacts, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate",
	[KPI__SURVEY_ANCHOR] =
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__SURVEY_WINDOW] =
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__TARGET_CEILING] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__TARGET_GOAL] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__UNIT] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate",
	[KPI__VERDICT_BY] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer, "
	    "average_handle_time, "
	    "resolution_rate, "
	    "first_contact_resolution, "
	    "repeat_rate, "
	    "contacts_per_issue, "
	    "csat, "
	    "csat_mean, "
	    "nps",
	[KPI__WAIT_MIN] =
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer",
	[KPI__WAIT_PARTS] =
	    "contacts, "
	    "service_level, "
	    "abandonment_rate, "
	    "answer_rate, "
	    "average_speed_of_answer",
};

const char *
kpi__parameter_readers(int32_t parameter)
{
	return readers[parameter];
}
