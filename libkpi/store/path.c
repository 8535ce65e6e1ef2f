/* SPDX-License-Identifier: MIT */
#include "store/path.h"

#include <string.h>

#include "base/error.h"
#include "store/vfs.h"

kpi_status
kpi__path_full(char *out, const char *path, kpi_error *error)
{
	sqlite3_vfs *vfs;
	int rc;

	if (kpi__vfs_register() != KPI_OK)
		return kpi__fail(error, KPI_ENOTSUP,
		    "this SQLite is too old, or knows no threads");
	if (*path == '\0')
		return kpi__fail(error, KPI_EINVAL, "the path is empty");
	if (strlen(path) >= KPI__PATH_ROOM)
		return kpi__fail(error, KPI_EINVAL, "the path is too long");
	vfs = sqlite3_vfs_find(KPI__VFS_NAME);
	rc = vfs->xFullPathname(vfs, path, KPI__PATH_ROOM, out);
	/* The byte above says that there was a symbolic link. */
	if ((rc & 0xff) == SQLITE_OK)
		return KPI_OK;
	(void)kpi__fail(error, KPI_ENOTFOUND, "the path leads to no file");
	kpi__error_system(error, rc);
	return KPI_ENOTFOUND;
}

static int
is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '-' ||
	    c == '_';
}

void
kpi__path_uri(char *out, const char *full)
{
	static const char before[] = "file://", after[] = "?immutable=1";
	static const char digits[] = "0123456789ABCDEF";

	memcpy(out, before, sizeof(before) - 1);
	out += sizeof(before) - 1;
	for (; *full != '\0'; full++) {
		const unsigned char byte = (unsigned char)*full;

		if (is_plain(*full)) {
			*out++ = *full;
			continue;
		}
		*out++ = '%';
		*out++ = digits[byte >> 4];
		*out++ = digits[byte & 15];
	}
	memcpy(out, after, sizeof(after));
}
