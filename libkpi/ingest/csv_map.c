/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/error.h"
#include "base/memory.h"
#include "base/suggestion.h"
#include "ingest/csv_plan.h"
#include "ingest/csv_value.h"

static const char *
field_name(const void *ctx, size_t i)
{
	(void)ctx;
	return kpi__field_at((uint32_t)i)->name;
}

static kpi_status
refuse_field(const char *what, const char *name, size_t size, kpi_error *error)
{
	char quote[KPI__QUOTE], near[KPI__SUGGESTION];

	return kpi__fail_at(error, KPI_EINVAL, what, "there is no field %s; %s",
	    kpi__quote(quote, name, size),
	    kpi__suggest(near, name, size, field_name, NULL, KPI__FIELDS));
}

static const char *
column_name(const void *ctx, size_t i)
{
	const kpi__csv_plan *const plan = ctx;

	return plan->name[i];
}

/* How many columns have the name: as it stands, else whatever its case and
 * punctuation; *out is the first. */
static uint32_t
find_column(
    const kpi__csv_plan *plan, const char *name, size_t size, uint32_t *out)
{
	char wanted[KPI__CSV_NAME], plain[KPI__CSV_NAME];
	uint32_t found = 0;

	for (uint32_t c = 0; c < plan->columns; c++)
		if (strlen(plan->name[c]) == size &&
		    memcmp(plan->name[c], name, size) == 0 && ++found == 1)
			*out = c;
	if (found > 0 || kpi__csv_plain(wanted, name, size) == 0)
		return found;
	for (uint32_t c = 0; c < plan->columns; c++) {
		(void)kpi__csv_plain(
		    plain, plan->name[c], strlen(plan->name[c]));
		if (strcmp(plain, wanted) == 0 && ++found == 1)
			*out = c;
	}
	return found;
}

static kpi_status
take_column(kpi__csv_plan *plan, const char *name, size_t size, uint32_t *out,
    kpi_error *error)
{
	char quote[KPI__QUOTE], near[KPI__SUGGESTION];
	const uint32_t found = find_column(plan, name, size, out);

	if (found == 1) {
		plan->taken[*out] = 1;
		return KPI_OK;
	}
	(void)kpi__quote(quote, name, size);
	if (found > 1)
		return kpi__fail_at(error, KPI_EINVAL, "map",
		    "%u columns are called %s: expected is a name of one",
		    (unsigned)found, quote);
	return kpi__fail_at(error, KPI_EINVAL, "map",
	    "there is no column %s; %s", quote,
	    kpi__suggest(near, name, size, column_name, plan, plan->columns));
}

/* One column, or several with + between. */
static kpi_status
take_columns(kpi__csv_plan *plan, const char *names, size_t size,
    kpi__csv_target *target, kpi_error *error)
{
	const char *const end = names + size;
	kpi_status status = KPI_OK;
	uint32_t column;

	target->columns = 0;
	if (memchr(names, '+', size) == NULL ||
	    find_column(plan, names, size, &column) > 0) {
		target->columns = 1;
		return take_column(
		    plan, names, size, &target->column[0], error);
	}
	while (status == KPI_OK && names <= end) {
		const char *plus = memchr(names, '+', (size_t)(end - names));

		if (plus == NULL)
			plus = end;
		if (target->columns == KPI__CSV_JOINED)
			return kpi__fail_at(error, KPI_EINVAL, "map",
			    "more than %d columns are put together",
			    KPI__CSV_JOINED);
		status = take_column(plan, names, (size_t)(plus - names),
		    &target->column[target->columns++], error);
		names = plus + 1;
	}
	return status;
}

/* Where what stands behind it is a field, or nothing: "a=b=wait:s". */
static const char *
find_equals(const char *map, const kpi__field **field)
{
	const char *at = map + strlen(map);

	*field = NULL;
	while (at > map) {
		if (*--at != '=')
			continue;
		*field = kpi__csv_field(at + 1, strcspn(at + 1, ":"));
		if (*field != NULL || at[1] == '\0')
			return at;
	}
	return NULL;
}

kpi_status
kpi__csv_plan_map(kpi__csv_plan *plan, const char *map, kpi_error *error)
{
	const kpi__field *field;
	const char *const equals = find_equals(map, &field);
	const char *const last = strrchr(map, '=');
	kpi__csv_target *target;
	kpi__csv_target none;
	const char *form;
	kpi_status status;

	if (equals == NULL && last != NULL)
		return refuse_field(
		    "map", last + 1, strcspn(last + 1, ":"), error);
	if (equals == NULL || equals == map)
		return kpi__fail_at(error, KPI_EINVAL, "map",
		    "a map is expected to be \"COLUMN=FIELD\", or "
		    "\"COLUMN=FIELD:FORM\", such as \"Speed of "
		    "answer=wait:s\"");
	if (field == NULL)
		return take_columns(
		    plan, map, (size_t)(equals - map), &none, error);
	target = kpi__csv_plan_target(plan, field);
	if (target->is_mapped)
		return kpi__fail_at(error, KPI_EINVAL, "map",
		    "%s has two maps; \"First+Second=%s\" puts columns "
		    "together",
		    field->name, field->name);
	target->is_mapped = 1;
	form = equals + 1 + strlen(field->name);
	status = kpi__csv_form_read(
	    &target->form, field, form[0] == ':' ? form + 1 : "", error);
	if (status != KPI_OK)
		return status;
	return take_columns(plan, map, (size_t)(equals - map), target, error);
}

/* Whether a field reads the word, so that a rule of any field is of it. */
static int
has_word(const kpi__field *field, const char *word)
{
	return kpi__csv_is_worded(field) &&
	    kpi__csv_word(field, word, strlen(word)) != KPI_UNKNOWN;
}

static kpi_status
check_rule(
    const kpi__csv_plan *plan, const kpi__csv_rule *rule, kpi_error *error)
{
	char quote[KPI__QUOTE];
	uint32_t of = 0;

	(void)kpi__quote(quote, rule->word, strlen(rule->word));
	for (uint32_t t = 0; t < plan->targets; t++) {
		const kpi__field *const field = plan->target[t].field;

		if (plan->target[t].columns > 0)
			of += rule->field == NULL
			    ? (uint32_t)has_word(field, rule->word)
			    : (uint32_t)(field == rule->field);
	}
	if (rule->field != NULL && of == 0)
		return kpi__fail_at(error, KPI_EINVAL, "value",
		    "%s is read from no column, so that a value of it means "
		    "nothing",
		    rule->field->name);
	if (rule->field != NULL && kpi__csv_is_worded(rule->field) &&
	    rule->word[0] != '\0' && !has_word(rule->field, rule->word))
		return kpi__fail_at(error, KPI_EINVAL, "value",
		    "%s is no word of %s; expected is %s", quote,
		    rule->field->name, kpi__csv_words(rule->field));
	if (rule->field == NULL && rule->word[0] != '\0' && of == 0)
		return kpi__fail_at(error, KPI_EINVAL, "value",
		    "%s is a word of none of the columns; expected is one such "
		    "as answered or yes, or \"FIELD:TEXT=WORD\"",
		    quote);
	return KPI_OK;
}

kpi_status
kpi__csv_plan_rule(kpi__csv_plan *plan, const char *value, kpi_error *error)
{
	const char *const equals = strrchr(value, '=');
	const char *const colon = strchr(value, ':');
	kpi__csv_rule *const rule = &plan->rule[plan->rules];

	if (equals == NULL || equals == value)
		return kpi__fail_at(error, KPI_EINVAL, "value",
		    "a value is expected to be \"TEXT=WORD\", such as "
		    "\"Y=answered\", or \"FIELD:TEXT=WORD\"");
	rule->field = NULL;
	rule->text = value;
	rule->word = equals + 1;
	if (colon != NULL && colon < equals)
		rule->field = kpi__csv_field(value, (size_t)(colon - value));
	if (rule->field != NULL)
		rule->text = colon + 1;
	rule->size = (size_t)(equals - rule->text);
	plan->rules++;
	return check_rule(plan, rule, error);
}

kpi_status
kpi__csv_plan_fill(kpi__csv_plan *plan, const char *fill, kpi_error *error)
{
	const char *const equals = strchr(fill, '=');
	const size_t size = equals == NULL ? 0 : (size_t)(equals - fill);
	const kpi__field *const field = kpi__csv_field(fill, size);
	kpi__csv_target *target;
	kpi__csv_value read;
	char quote[KPI__QUOTE];
	int why;

	if (size == 0 || equals[1] == '\0')
		return kpi__fail_at(error, KPI_EINVAL, "fill",
		    "a fill is expected to be \"FIELD=VALUE\", such as "
		    "\"channel=chat\" or \"csat_scale=5\"");
	if (field == NULL)
		return refuse_field("fill", fill, size, error);
	target = kpi__csv_plan_target(plan, field);
	if (target->fill != NULL)
		return kpi__fail_at(error, KPI_EINVAL, "fill",
		    "%s is filled twice", field->name);
	target->fill = equals + 1;
	why = field->number == KPI_FIELD_ID
	    ? KPI__CSV_OUTSIDE
	    : kpi__csv_value_read(
		  plan, target, equals + 1, strlen(equals + 1), &read);
	if (why == KPI__CSV_GOOD)
		return KPI_OK;
	return kpi__fail_at(error, KPI_EINVAL, "fill",
	    "%s cannot be filled with %s; expected is %s", field->name,
	    kpi__quote(quote, equals + 1, strlen(equals + 1)),
	    kpi__csv_words(field));
}

static int
is_same(const char *a, const char *b, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		const char lower =
		    a[i] >= 'A' && a[i] <= 'Z' ? (char)(a[i] + 32) : a[i];

		if (lower !=
		    (b[i] >= 'A' && b[i] <= 'Z' ? (char)(b[i] + 32) : b[i]))
			return 0;
	}
	return 1;
}

const char *
kpi__csv_plan_word(const kpi__csv_plan *plan, const kpi__field *field,
    const char *text, size_t size)
{
	for (size_t i = 0; i < plan->rules; i++) {
		const kpi__csv_rule *const rule = &plan->rule[i];

		if (rule->size == size && is_same(rule->text, text, size) &&
		    (rule->field == field ||
			(rule->field == NULL &&
			    (rule->word[0] == '\0' ||
				has_word(field, rule->word)))))
			return rule->word;
	}
	return NULL;
}
