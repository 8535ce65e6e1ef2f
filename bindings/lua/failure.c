/* SPDX-License-Identifier: MIT */
#include "kpi_lua.h"

#include <stdarg.h>
#include <stdio.h>

/* What <kpi/base.h> names; tests/lua.sh compares. */
static const struct {
	const char *name;
	kpi_status status;
} statuses[] = {
	{ "OK", KPI_OK },
	{ "EINVAL", KPI_EINVAL },
	{ "ENOMEM", KPI_ENOMEM },
	{ "EOVERFLOW", KPI_EOVERFLOW },
	{ "ENOTFOUND", KPI_ENOTFOUND },
	{ "EEXISTS", KPI_EEXISTS },
	{ "EBUSY", KPI_EBUSY },
	{ "EREADONLY", KPI_EREADONLY },
	{ "ECORRUPT", KPI_ECORRUPT },
	{ "EIO", KPI_EIO },
	{ "EFULL", KPI_EFULL },
	{ "EVERSION", KPI_EVERSION },
	{ "ENOTSUP", KPI_ENOTSUP },
	{ "ESTOPPED", KPI_ESTOPPED },
	{ "EMISMATCH", KPI_EMISMATCH },
	{ "EORDER", KPI_EORDER },
	{ "ELIMIT", KPI_ELIMIT },
	{ "EPARSE", KPI_EPARSE },
	{ "EFORK", KPI_EFORK },
};

void
kpi__lua_statuses(lua_State *L)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(*statuses); i++) {
		lua_pushinteger(L, statuses[i].status);
		lua_setfield(L, -2, statuses[i].name);
	}
}

static const char *
message(kpi_status status, const kpi_error *error)
{
	return error != NULL && error->text[0] != '\0' ? error->text
						       : kpi_strerror(status);
}

int
kpi__lua_failed(lua_State *L, kpi_status status, const kpi_error *error)
{
	if (status == KPI_EINVAL)
		return luaL_error(L, "%s", message(status, error));
	lua_pushnil(L);
	lua_pushstring(L, message(status, error));
	lua_pushinteger(L, status);
	return 3;
}

int
kpi__lua_wrong(lua_State *L, int arg, const char *what, kpi_status status,
    const kpi_error *error)
{
	return kpi__lua_refuse(L, arg, what, "%s", message(status, error));
}

int
kpi__lua_refuse(
    lua_State *L, int arg, const char *what, const char *format, ...)
{
	char text[512];
	va_list values;

	va_start(values, format);
	vsnprintf(text, sizeof(text), format, values);
	va_end(values);
	lua_pushfstring(L, "%s: %s", what, text);
	return luaL_argerror(L, arg, lua_tostring(L, -1));
}
