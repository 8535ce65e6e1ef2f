/* SPDX-License-Identifier: MIT */
#include "import_order.h"

#include <stdlib.h>
#include <string.h>

#include <kpi.h>

int64_t
first_stamp(const unsigned char *bytes, size_t size)
{
	char digits[24];

	while (size > 0) {
		const unsigned char *const end = memchr(bytes, '\n', size);
		const size_t length =
		    end == NULL ? size : (size_t)(end - bytes);

		if (kpi_is_queue_log(bytes, length)) {
			memset(digits, 0, sizeof(digits));
			memcpy(digits, bytes,
			    length < sizeof(digits) ? length
						    : sizeof(digits) - 1);
			return strtoll(digits, NULL, 10);
		}
		if (end == NULL)
			break;
		bytes += length + 1;
		size -= length + 1;
	}
	return -1;
}

void
sort_logs(given_log *logs, size_t count)
{
	for (size_t i = 1; i < count; i++) {
		const given_log one = logs[i];
		size_t k = i;

		for (; one.first >= 0 && k > 0 && logs[k - 1].first > one.first;
		     k--)
			logs[k] = logs[k - 1];
		logs[k] = one;
	}
}
