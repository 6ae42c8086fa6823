/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "catalogue/catalogue.h"
#include "collect/evidence.h"

/* No machine's source answers with more; a bundle may hold anything. */
enum { ENTRIES_MAX = 1000 };

void xdc_catalogue_add_local(struct xdc_catalogue *catalogue, const struct xdc_evidence *evidence,
			     bool all)
{
	int (*add)(struct xdc_catalogue * catalogue, const char *file, const char *text) =
		all ? xdc_catalogue_add : xdc_catalogue_add_quickly;

	size_t count = 0;

	for (size_t i = 0; i < xdc_evidence_count(evidence) && count < ENTRIES_MAX; i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (!xdc_text_starts_with(record->key, "catalogue:"))
			continue;
		count++;
		if (record->status == XDC_STATUS_OK)
			add(catalogue, record->origin, record->data);
		else
			xdc_catalogue_add_error(catalogue,
						xdc_arena_printf(catalogue->arena, "%s: %s",
								 record->origin,
								 xdc_status_name(record->status)));
	}
	xdc_catalogue_check_ids(catalogue);
}
