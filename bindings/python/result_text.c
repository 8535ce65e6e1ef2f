/* SPDX-License-Identifier: MIT */
#include "result.h"

#include "error.h"

#include <stdlib.h>
#include <string.h>

struct text {
	char *bytes;
	size_t size, room;
	uint64_t lines, limit; /* limit 0: none */
	int failed;
};

/* How much of some bytes is wanted, and counts their lines. */
static size_t
wanted(struct text *text, const char *bytes, size_t size)
{
	size_t i;

	for (i = 0; i < size && text->limit != 0; i++)
		if (bytes[i] == '\n' && ++text->lines == text->limit)
			return i + 1;
	return size;
}

/* A kpi_write that collects; it runs without Python's lock. */
static int
collect(void *context, const char *bytes, size_t given)
{
	struct text *const text = context;
	const size_t size = wanted(text, bytes, given);
	char *grown;

	if (size > text->room - text->size) {
		const size_t room = (text->size + size) * 2;

		if ((grown = realloc(text->bytes, room)) == NULL) {
			text->failed = 1;
			return 1;
		}
		text->bytes = grown;
		text->room = room;
	}
	if (size != 0)
		memcpy(text->bytes + text->size, bytes, size);
	text->size += size;
	return text->limit != 0 && text->lines == text->limit;
}

/* text(format, lines) -> str, of its first lines (0: all) */
PyObject *
result_text(PyObject *self, PyObject *arguments)
{
	struct result *const result = (struct result *)self;
	kpi_error error = KPI_ERROR_INIT;
	struct text text = { 0 };
	unsigned long long limit;
	PyThreadState *thread;
	PyObject *string;
	kpi_status status;
	int format;

	if (!PyArg_ParseTuple(arguments, "iK", &format, &limit) ||
	    result_readable(result) != 0)
		return NULL;
	text.limit = limit;
	result->readers++;
	thread = PyEval_SaveThread();
	status =
	    kpi_result_print(result->result, format, collect, &text, &error);
	PyEval_RestoreThread(thread);
	result->readers--;
	/* collect() refuses when it has enough or there is no memory. */
	if (status == KPI_EIO)
		status = text.failed ? KPI_ENOMEM : KPI_OK;
	string = status == KPI_OK
	    ? PyUnicode_DecodeUTF8(text.bytes, (Py_ssize_t)text.size, "replace")
	    : error_raise(result->state, status, &error);
	free(text.bytes);
	return string;
}
