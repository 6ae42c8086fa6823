/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "source/providers.h"

void xdc_live_hypervisor(xdc_emit_fn *emit, void *arg)
{
	xdc_emit(emit, arg, "xen", "helper", XDC_STATUS_UNSUPPORTED,
		 "this build has no helper for Xen", NULL, 0);
}

void xdc_live_xenstore(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	(void)tree;
	xdc_emit(emit, arg, "xenstore", "helper", XDC_STATUS_UNSUPPORTED,
		 "this build has no helper for Xen", NULL, 0);
}
