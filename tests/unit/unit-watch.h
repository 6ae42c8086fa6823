/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A machine with a disk at 0000:00:02.0 and a card at 0000:00:03.0, through swiotlb-xen, watched:
 * confined by no IOMMU.
 */
#ifndef XDC_UNIT_WATCH_H
#define XDC_UNIT_WATCH_H

#include "render/render.h"
#include "unit.h"

struct watched {
	struct xdc_report *report;
	struct xdc_snapshot before, after; /* two seconds apart */
	struct xdc_interval interval;
};

void watched_begin(struct watched *watched);
/* Something that happened between the snapshots. */
void watched_add(struct watched *watched, const char *path, const struct xdc_counters *counted);
/* Makes the interval, and what shows it in @width columns. */
struct xdc_watch_view watched_view(struct watched *watched, size_t width);
void watched_end(struct watched *watched);

#endif
