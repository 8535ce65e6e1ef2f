/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "output.h"
#include "tool.h"

static const char help[] =
    "usage: kpi erase STORE CUSTOMER\n"
    "\n"
    "Erases a customer's name from the STORE. The customer's contacts stay, so "
    "that\n"
    "past figures do; they are shown under the name (erased).\n"
    "\n"
    "It fails while another process reads or writes the store: the name may "
    "then\n"
    "still be in the file, and the command is to be repeated.\n";

static int
run(const struct arguments *a)
{
	const char *const path = argument_word(a, 0);
	const char *const customer = argument_word(a, 1);
	kpi_error error = KPI_ERROR_INIT;
	kpi_store *store;
	kpi_status status;
	int code;

	if (customer == NULL || argument_word(a, 2) != NULL)
		return complain(WRONG_USE,
		    "expected a STORE and a CUSTOMER; see kpi help erase");
	code = open_to_write(&store, path);
	if (code != DONE)
		return code;
	status = kpi_store_erase_customer(store, customer, &error);
	kpi_store_close(store);
	if (status != KPI_OK)
		return failed(path, status, &error);
	put_padded(path, 0);
	(void)fputs(": the name is erased; its contacts stay, under the name "
		    "(erased)\n",
	    stdout);
	return DONE;
}

const struct command command_erase = {
	.name = "erase",
	.summary = "erases a customer's name from a store",
	.help = help,
	.run = run,
};
