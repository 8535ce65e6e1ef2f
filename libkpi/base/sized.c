/* SPDX-License-Identifier: MIT */
#include "base/sized.h"

#include <string.h>

static int
tail_is_unset(const unsigned char *p, size_t begin, size_t end, int record)
{
	for (; begin + sizeof(int64_t) <= end; begin += sizeof(int64_t)) {
		int64_t word;

		memcpy(&word, p + begin, sizeof(word));
		if (word != 0 && !(record && word == INT64_MIN))
			return 0;
	}
	for (; begin < end; begin++)
		if (p[begin] != 0)
			return 0;
	return 1;
}

kpi_status
kpi__sized_read(void *ours, size_t our_size, const void *theirs, size_t min,
    const void *lacking)
{
	const uint64_t stated = our_size;
	uint64_t size;

	if (theirs == NULL)
		return KPI_EINVAL;
	memcpy(&size, theirs, sizeof(size));
	if (size < min || size > (1 << 20))
		return KPI_EINVAL;
	if (!tail_is_unset(theirs, our_size, (size_t)size, lacking != NULL))
		return KPI_ENOTSUP;

	if (lacking != NULL)
		memcpy(ours, lacking, our_size);
	else
		memset(ours, 0, our_size);
	memcpy(ours, theirs, size < our_size ? (size_t)size : our_size);
	memcpy(ours, &stated, sizeof(stated));
	return KPI_OK;
}

kpi_status
kpi__sized_write(void *theirs, const void *ours, size_t our_size, size_t min)
{
	uint64_t size;

	if (theirs == NULL)
		return KPI_EINVAL;
	memcpy(&size, theirs, sizeof(size));
	if (size < min)
		return KPI_EINVAL;

	memcpy((char *)theirs + sizeof(size), (const char *)ours + sizeof(size),
	    (size < our_size ? (size_t)size : our_size) - sizeof(size));
	return KPI_OK;
}
