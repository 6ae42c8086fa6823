/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/render.h"

static bool is_named(const struct xdc_device *device, const char *name)
{
	if (xdc_text_starts_with(name, "/sys/"))
		name += strlen("/sys");
	return strcmp(device->name, name) == 0 || strcmp(device->path, name) == 0;
}

enum xdc_fold xdc_fold_of(const struct xdc_attribution *a)
{
	if (a->device->has_dma_configure != XDC_YES)
		return XDC_FOLD_VIA;
	if (a->verdict == XDC_VERDICT_IDLE)
		return XDC_FOLD_IDLE;
	return a->device->dma == XDC_DMA_YES ? XDC_FOLD_NOT : XDC_FOLD_MAYBE;
}

bool xdc_is_shown(const struct xdc_attribution *a, const struct xdc_table_options *options)
{
	for (size_t i = 0; i < options->n_devices; i++)
		if (is_named(a->device, options->devices[i]))
			return true;
	return !options->n_devices && (options->all || xdc_fold_of(a) == XDC_FOLD_NOT);
}

struct xdc_tally xdc_tally_of(const struct xdc_report *report)
{
	struct xdc_tally tally = { 0 };

	for (size_t i = 0; i < report->attributions->count; i++) {
		const struct xdc_attribution *a = &report->attributions->items[i];

		if (xdc_fold_of(a) != XDC_FOLD_NOT)
			continue;
		tally.verdicts[a->verdict]++;
		tally.devices++;
	}
	for (size_t i = 0; i < report->findings->count; i++)
		tally.severities[report->findings->items[i].severity]++;
	return tally;
}
