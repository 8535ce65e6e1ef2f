/* SPDX-License-Identifier: MIT */
#include <kpi/base.h>

#define STR_(x) #x
#define STR(x)  STR_(x)

static const char *const sentence[] = {
	[-KPI_OK] = "success",
	[-KPI_EINVAL] = "invalid argument",
	[-KPI_ENOMEM] = "out of memory",
	[-KPI_EOVERFLOW] = "count or sum too large",
	[-KPI_ENOTFOUND] = "not found",
	[-KPI_EEXISTS] = "there already",
	[-KPI_EBUSY] = "busy: another writer holds the store",
	[-KPI_EREADONLY] = "the store is open for reading only",
	[-KPI_ECORRUPT] = "damaged data",
	[-KPI_EIO] = "input or output failed",
	[-KPI_EFULL] = "no space left",
	[-KPI_EVERSION] = "written by a later release",
	[-KPI_ENOTSUP] = "option or form not supported",
	[-KPI_ESTOPPED] = "stopped on request",
	[-KPI_EMISMATCH] = "the results do not merge",
	[-KPI_EORDER] = "call not allowed in this state",
	[-KPI_ELIMIT] = "too many groups, or too much asked at once",
	[-KPI_EPARSE] = "text not understood",
	[-KPI_EFORK] = "the handle was opened before a fork",
};

const char *
kpi_strerror(kpi_status status)
{
	if (status > 0 ||
	    status <= -(kpi_status)(sizeof(sentence) / sizeof(sentence[0])))
		return "unknown status";
	return sentence[-status];
}

const char *
kpi_version(void)
{
	return STR(KPI_VERSION_MAJOR) "." STR(KPI_VERSION_MINOR) "." STR(
	    KPI_VERSION_PATCH);
}
