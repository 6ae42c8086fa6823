/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which requests a report is made of. */
#ifndef XDC_COLLECT_H
#define XDC_COLLECT_H

#include "collect/evidence.h"
#include "source/source.h"

enum xdc_observe {
	XDC_OBSERVE_AUTO,   /* where this machine is a Xen domain or not: try, and go on without */
	XDC_OBSERVE_NEVER,  /* files only: nothing is loaded into the kernel */
	XDC_OBSERVE_ALWAYS, /* as auto; the caller fails where it did not work */
};

/*
 * Asks @source for everything that a report needs, and counts DMA for @watch_seconds (0: only what
 * was counted when it was recorded). The evidence is the caller's.
 */
struct xdc_evidence *xdc_collect(struct xdc_source *source, enum xdc_observe observe,
				 unsigned int watch_seconds);

/*
 * Asks for what a guest's pre-flight rests on, and no more: no logs, no names, nothing of the
 * running kernel's memory. The evidence is the caller's.
 */
struct xdc_evidence *xdc_collect_host(struct xdc_source *source);

/* Adds what the running kernel holds for the DMA of each device in @evidence. */
void xdc_collect_dma_state(struct xdc_source *source, struct xdc_evidence *evidence);

#endif
