/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether the running kernel has to be read. That takes longer than all else together, and where
 * the rules had all that they ask for and find each way right, it would say the same: no machine
 * of the lab has shown anything else (XDC-MODEL-MISMATCH).
 */
#include "preflight/preflight.h"

static bool is_settled(const struct xdc_io *io)
{
	if (io->told || (!io->device && !io->any_device))
		return true;
	return io->verdict < XDC_IO_UNKNOWN && (!io->device || !io->device->n_missing);
}

static bool all_settled(const struct xdc_preflights *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t j = 0; j < all->items[i].n_io; j++)
			if (!is_settled(&all->items[i].io[j]))
				return false;
	return true;
}

bool xdc_preflight_needs_kernel(struct xdc_evidence *evidence, const char *const *configs,
				size_t count)
{
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);
	xdc_autoattributions struct xdc_attributions *attributions = xdc_attribute(model);
	xdc_autofindings struct xdc_findings *findings = xdc_check(attributions);
	const struct xdc_report report = { .evidence = evidence,
					   .model = model,
					   .attributions = attributions,
					   .findings = findings };
	xdc_autopreflights struct xdc_preflights *all = xdc_preflight(&report, configs, count);

	return !all_settled(all);
}
