/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "source/providers.h"

void xdc_live_dma_state(const struct xdc_tree *tree, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	(void)tree;
	(void)request;
	xdc_emit(emit, arg, "dma", "bpf", XDC_STATUS_UNSUPPORTED,
		 "this build has no observation by BPF", NULL, 0);
}
