/* SPDX-License-Identifier: MIT */
#include <kpi/store.h>

#include <string.h>

#include "base/error.h"
#include "store/disk.h"
#include "store/draft.h"
#include "store/names.h"

static kpi_status
erase(kpi__snapshot *draft, const char *customer, kpi_error *error)
{
	const size_t size = strlen(customer);
	kpi_store *store = draft->store;
	uint32_t code = 0;
	kpi_status status = KPI_OK;

	if (store->batch != NULL)
		return kpi__fail(error, KPI_EORDER,
		    "a batch is open: commit it before a customer is erased");
	if (size <= KPI_TEXT_MAX)
		status = kpi__names_find_newest(
		    store, KPI__CUSTOMERS, customer, size, &code, error);
	if (status != KPI_OK)
		return status;
	if (code == 0)
		return kpi__fail_at(error, KPI_ENOTFOUND, "customer",
		    "the store knows no such customer");
	store->renames++;
	status = kpi__erased_put(&store->allocator, &draft->erased, code);
	if (status != KPI_OK)
		return kpi__fail(error, status, "no memory to erase");
	return KPI_OK;
}

/* What another process has erased, and could not get out of the file, is
 * awaited too: then its name is not known any more. */
static int
may_linger(const kpi_store *store, const kpi__snapshot *draft)
{
	return store->disk != NULL && store->batch == NULL &&
	    kpi__erased_count(draft->erased) > 0;
}

kpi_status
kpi_store_erase_customer(
    kpi_store *store, const char *customer, kpi_error *error)
{
	kpi_error inner = KPI_ERROR_INIT;
	kpi__snapshot *draft;
	kpi_status status, purged;
	int linger;

	if (customer == NULL || *customer == '\0')
		return kpi__fail_at(error, KPI_EINVAL, "customer",
		    "a customer is needed to erase");
	status = kpi__write_begin(store, &draft, error);
	if (status != KPI_OK)
		return status;
	status = erase(draft, customer, &inner);
	linger = may_linger(store, draft);
	status = kpi__write_end(store, draft, status, &inner);
	if (linger && (status == KPI_OK || status == KPI_ENOTFOUND)) {
		purged = kpi__write_purge(store, status == KPI_OK, error);
		if (purged != KPI_ENOTFOUND)
			return purged;
	}
	return status == KPI_OK ? KPI_OK : kpi__fail_as(error, &inner);
}
