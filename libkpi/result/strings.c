/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/memory.h"
#include "result/table.h"

char *
kpi__copy_string(const kpi_allocator *a, const char *text, size_t size)
{
	char *copy = kpi__new_array(a, size + 1, 1);

	if (copy != NULL) {
		memcpy(copy, text, size);
		copy[size] = '\0';
	}
	return copy;
}

void
kpi__free_string(const kpi_allocator *a, char *text)
{
	if (text != NULL)
		kpi__release(a, text, strlen(text) + 1, 1);
}

void
kpi__free_strings(const kpi_allocator *a, char **texts, size_t count)
{
	if (texts == NULL)
		return;
	for (size_t i = 0; i < count; i++)
		kpi__free_string(a, texts[i]);
	kpi__release(a, texts, count, sizeof(*texts));
}

char **
kpi__copy_strings(const kpi_allocator *a, char *const *texts, size_t count)
{
	char **copies = kpi__new_zeroed(a, count, sizeof(*copies));

	for (size_t i = 0; copies != NULL && i < count; i++) {
		copies[i] = kpi__copy_string(a, texts[i], strlen(texts[i]));
		if (copies[i] == NULL) {
			kpi__free_strings(a, copies, count);
			return NULL;
		}
	}
	return copies;
}
