/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What only the running machine can tell: the parts of the live source. */
#ifndef XDC_PROVIDERS_H
#define XDC_PROVIDERS_H

#include "source/tree.h"

/* live-kmsg.c */
void xdc_live_kernel_log(xdc_emit_fn *emit, void *arg);

/* live-names.c */
void xdc_live_names(const struct xdc_tree *tree, const struct xdc_request *request,
		    xdc_emit_fn *emit, void *arg);

/*
 * live-xen.c: starts the helper, which asks the hypervisor, then xenstore: it is xenstore that may
 * never answer. The question ends with one of the two below; what the helper did not answer gets
 * the status of how it failed: see helper-process.h. @options' texts must outlive the question.
 */
struct xdc_xen_question *xdc_live_ask_xen(const struct xdc_live_options *options);
void xdc_live_answer(struct xdc_xen_question *question, xdc_emit_fn *emit, void *arg);
/* @question may be NULL. */
void xdc_live_forget(struct xdc_xen_question *question);

/* bpf/observe.c */
void xdc_live_dma_state(const struct xdc_tree *tree, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg);

/* bpf/activity.c: takes @seconds. */
void xdc_live_activity(unsigned int seconds, xdc_emit_fn *emit, void *arg);

#endif
