/* SPDX-License-Identifier: MIT */
#include "base/reason.h"

#include <errno.h>

/* strerror() speaks the language of the process. */
const char *
kpi__reason(int code)
{
	switch (code) {
	case ENOENT:
		return "there is no such file";
	case ENOTDIR:
		return "a folder of its path is a file";
	case EACCES:
	case EPERM:
		return "permission denied";
	case EROFS:
		return "the file system can only be read";
	case ENOSPC:
	case EDQUOT:
		return "no space left";
	case EMFILE:
	case ENFILE:
		return "too many files are open";
	case ENAMETOOLONG:
		return "its name is too long";
	case ELOOP:
		return "its path leads in a circle";
	default:
		return "the system refused";
	}
}
