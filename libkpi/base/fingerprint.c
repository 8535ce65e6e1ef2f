/* SPDX-License-Identifier: MIT */
#include "base/fingerprint.h"

#define BASIS UINT64_C(0xcbf29ce484222325)
#define PRIME UINT64_C(0x100000001b3)

/*
 * Not kpi__checksum(): what is printed must be checked by anybody, and stay
 * when the file's sums change.
 */
void
kpi__fingerprint(char out[KPI_FINGERPRINT_TEXT], const char *text)
{
	static const char hex[] = "0123456789abcdef";
	uint64_t sum = BASIS;

	for (; *text != '\0'; text++)
		sum = (sum ^ (unsigned char)*text) * PRIME;
	for (int i = 0; i < KPI_FINGERPRINT_TEXT - 1; i++)
		out[i] = hex[sum >> (60 - 4 * i) & 15];
	out[KPI_FINGERPRINT_TEXT - 1] = '\0';
}
