/* SPDX-License-Identifier: MIT */
#include "ingest/csv_name.h"

#include <string.h>

#include "ingest/csv_number.h"

/*
 * Names that mean one thing wherever they are met, plain. Left out on purpose:
 * what one system means by a name and another does not ("date", "timestamp",
 * "duration", "status", "result", "disposition", "queue time"), and names of
 * persons beside their ids, which would be two columns for one field.
 */
static const struct {
	const char *name;
	int32_t field;
	int64_t scale; /* ms of its unit; 0: the cell says it */
} usual[] = {
	/* whoever writes one row a call */
	{ "start", KPI_FIELD_STARTED_AT, 0 },
	{ "started", KPI_FIELD_STARTED_AT, 0 },
	{ "starttime", KPI_FIELD_STARTED_AT, 0 },
	{ "startdatetime", KPI_FIELD_STARTED_AT, 0 },
	{ "callstart", KPI_FIELD_STARTED_AT, 0 },
	{ "callstarttime", KPI_FIELD_STARTED_AT, 0 },
	/* Asterisk's and FreeSWITCH's call detail records: seconds */
	{ "calldate", KPI_FIELD_STARTED_AT, 0 },
	{ "startstamp", KPI_FIELD_STARTED_AT, 0 },
	{ "endstamp", KPI_FIELD_ENDED_AT, 0 },
	{ "billsec", KPI_FIELD_TALK, 1000 },
	{ "uniqueid", KPI_FIELD_ID, 0 },
	{ "uuid", KPI_FIELD_ID, 0 },
	/* helpdesks: Zendesk, Freshdesk, Salesforce, ServiceNow */
	{ "created", KPI_FIELD_STARTED_AT, 0 },
	{ "createdat", KPI_FIELD_STARTED_AT, 0 },
	{ "createdtime", KPI_FIELD_STARTED_AT, 0 },
	{ "createddate", KPI_FIELD_STARTED_AT, 0 },
	{ "creationtime", KPI_FIELD_STARTED_AT, 0 },
	{ "opened", KPI_FIELD_STARTED_AT, 0 },
	{ "openedat", KPI_FIELD_STARTED_AT, 0 },
	{ "opentime", KPI_FIELD_STARTED_AT, 0 },
	{ "opendate", KPI_FIELD_STARTED_AT, 0 },
	{ "solvedat", KPI_FIELD_RESOLVED_AT, 0 },
	{ "solvedtime", KPI_FIELD_RESOLVED_AT, 0 },
	{ "resolvedtime", KPI_FIELD_RESOLVED_AT, 0 },
	{ "resolveddate", KPI_FIELD_RESOLVED_AT, 0 },
	{ "reopens", KPI_FIELD_REOPENED_COUNT, 0 },
	{ "reopencount", KPI_FIELD_REOPENED_COUNT, 0 },
	{ "reopenedtime", KPI_FIELD_REOPENED_AT, 0 },
	{ "reopentime", KPI_FIELD_REOPENED_AT, 0 },
	{ "isescalated", KPI_FIELD_ESCALATED, 0 },
	{ "isresolved", KPI_FIELD_RESOLVED, 0 },
	{ "ticketid", KPI_FIELD_ID, 0 },
	{ "incidentid", KPI_FIELD_ID, 0 },
	{ "caseid", KPI_FIELD_CASE, 0 },
	{ "casenumber", KPI_FIELD_CASE, 0 },
	{ "requester", KPI_FIELD_CUSTOMER, 0 },
	{ "requesterid", KPI_FIELD_CUSTOMER, 0 },
	{ "assignee", KPI_FIELD_AGENT, 0 },
	{ "firstrespondedat", KPI_FIELD_FIRST_RESPONSE_AT, 0 },
	{ "firstreplyat", KPI_FIELD_FIRST_RESPONSE_AT, 0 },
	{ "agentinteractions", KPI_FIELD_AGENT_REPLIES, 0 },
	{ "customerinteractions", KPI_FIELD_CUSTOMER_REPLIES, 0 },
	/* contact centres: Genesys, NICE, Five9, Avaya, Amazon Connect */
	{ "callid", KPI_FIELD_ID, 0 },
	{ "contactid", KPI_FIELD_ID, 0 },
	{ "interactionid", KPI_FIELD_ID, 0 },
	{ "conversationid", KPI_FIELD_ID, 0 },
	{ "customerid", KPI_FIELD_CUSTOMER, 0 },
	{ "callerid", KPI_FIELD_CUSTOMER, 0 },
	{ "callernumber", KPI_FIELD_CUSTOMER, 0 },
	{ "ani", KPI_FIELD_CUSTOMER, 0 },
	{ "mediatype", KPI_FIELD_CHANNEL, 0 },
	{ "contactreason", KPI_FIELD_REASON, 0 },
	{ "contacttype", KPI_FIELD_REASON, 0 },
	{ "callreason", KPI_FIELD_REASON, 0 },
	{ "calldirection", KPI_FIELD_DIRECTION, 0 },
	{ "calloutcome", KPI_FIELD_OUTCOME, 0 },
	{ "queuename", KPI_FIELD_QUEUE, 0 },
	{ "skill", KPI_FIELD_QUEUE, 0 },
	{ "skillname", KPI_FIELD_QUEUE, 0 },
	{ "agentid", KPI_FIELD_AGENT, 0 },
	{ "agentname", KPI_FIELD_AGENT, 0 },
	{ "teamname", KPI_FIELD_TEAM, 0 },
	{ "end", KPI_FIELD_ENDED_AT, 0 },
	{ "ended", KPI_FIELD_ENDED_AT, 0 },
	{ "endtime", KPI_FIELD_ENDED_AT, 0 },
	{ "enddatetime", KPI_FIELD_ENDED_AT, 0 },
	{ "callend", KPI_FIELD_ENDED_AT, 0 },
	{ "callendtime", KPI_FIELD_ENDED_AT, 0 },
	{ "queuedat", KPI_FIELD_ENTERED_AT, 0 },
	{ "ivrtime", KPI_FIELD_IVR, 0 },
	{ "waittime", KPI_FIELD_WAIT, 0 },
	{ "waitingtime", KPI_FIELD_WAIT, 0 },
	{ "timeinqueue", KPI_FIELD_WAIT, 0 },
	{ "queuewaittime", KPI_FIELD_WAIT, 0 },
	{ "speedofanswer", KPI_FIELD_WAIT, 0 },
	{ "ringtime", KPI_FIELD_RING, 0 },
	{ "talktime", KPI_FIELD_TALK, 0 },
	{ "talkduration", KPI_FIELD_TALK, 0 },
	{ "holdtime", KPI_FIELD_HOLD, 0 },
	{ "acw", KPI_FIELD_AFTER_CALL, 0 },
	{ "acwtime", KPI_FIELD_AFTER_CALL, 0 },
	{ "aftercallwork", KPI_FIELD_AFTER_CALL, 0 },
	{ "aftercallworktime", KPI_FIELD_AFTER_CALL, 0 },
	{ "wrapup", KPI_FIELD_AFTER_CALL, 0 },
	{ "wraptime", KPI_FIELD_AFTER_CALL, 0 },
	{ "wrapuptime", KPI_FIELD_AFTER_CALL, 0 },
	/* surveys and quality */
	{ "csatscore", KPI_FIELD_CSAT, 0 },
	{ "satisfaction", KPI_FIELD_CSAT, 0 },
	{ "satisfactionscore", KPI_FIELD_CSAT, 0 },
	{ "npsscore", KPI_FIELD_NPS, 0 },
	{ "cesscore", KPI_FIELD_CES, 0 },
	{ "surveysentat", KPI_FIELD_SURVEY_OFFERED_AT, 0 },
	{ "surveydate", KPI_FIELD_SURVEY_ANSWERED_AT, 0 },
	{ "fcr", KPI_FIELD_FIRST_CONTACT, 0 },
	{ "firstcallresolution", KPI_FIELD_FIRST_CONTACT, 0 },
	{ "firstcontactresolution", KPI_FIELD_FIRST_CONTACT, 0 },
	{ "qualityscore", KPI_FIELD_QUALITY, 0 },
	{ "qascore", KPI_FIELD_QUALITY, 0 },
};

static int
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
}

size_t
kpi__csv_plain(char out[KPI__CSV_NAME], const char *text, size_t size)
{
	size_t length = 0;

	for (size_t i = 0; i < size && length + 1 < KPI__CSV_NAME; i++)
		if (is_word(text[i]))
			out[length++] = text[i] >= 'A' && text[i] <= 'Z'
			    ? (char)(text[i] + ('a' - 'A'))
			    : text[i];
	out[length] = '\0';
	return length;
}

const kpi__field *
kpi__csv_field(const char *name, size_t size)
{
	for (uint32_t f = 0; f < KPI__FIELDS; f++)
		if (strlen(kpi__field_at(f)->name) == size &&
		    memcmp(kpi__field_at(f)->name, name, size) == 0)
			return kpi__field_at(f);
	return NULL;
}

static const kpi__field *
find(const char *text, size_t size, kpi__csv_form *form, int *is_own)
{
	char plain[KPI__CSV_NAME], own[KPI__CSV_NAME];
	const kpi__field *field;

	*is_own = 1;
	if (kpi__csv_plain(plain, text, size) == 0)
		return NULL;
	for (uint32_t f = 0; f < KPI__FIELDS; f++) {
		field = kpi__field_at(f);
		(void)kpi__csv_plain(own, field->name, strlen(field->name));
		*form = kpi__csv_form_of(field);
		if (strcmp(plain, own) == 0)
			return field;
	}
	*is_own = 0;
	for (size_t i = 0; i < sizeof(usual) / sizeof(*usual); i++) {
		if (strcmp(plain, usual[i].name) != 0)
			continue;
		field = kpi__field_find(usual[i].field);
		*form = kpi__csv_form_of(field);
		if (usual[i].scale > 0) {
			form->kind = KPI__CSV_SCALED;
			form->scale = usual[i].scale;
		}
		return field;
	}
	return NULL;
}

const kpi__field *
kpi__csv_field_named(
    const char *text, size_t size, kpi__csv_form *form, int *is_own)
{
	const kpi__field *field = find(text, size, form, is_own);
	size_t end = size, begin;
	int64_t unit;

	if (field != NULL)
		return field;
	while (end > 0 && !is_word(text[end - 1]))
		end--;
	for (begin = end; begin > 0 && is_word(text[begin - 1]); begin--)
		;
	unit = kpi__csv_time_unit(text + begin, end - begin);
	if (unit == 0 || begin == 0)
		return NULL;
	field = find(text, begin, form, is_own);
	if (field == NULL || field->type != KPI__TYPE_DURATION)
		return NULL;
	form->kind = KPI__CSV_SCALED;
	form->scale = unit;
	return field;
}
