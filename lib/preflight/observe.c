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

bool xdc_preflight_settled(const struct xdc_preflights *all)
{
	for (size_t i = 0; i < all->count; i++)
		for (size_t j = 0; j < all->items[i].n_io; j++)
			if (!is_settled(&all->items[i].io[j]))
				return false;
	return true;
}
