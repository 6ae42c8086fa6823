/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "source/source.h"

/* What stands before the subject in the key of a request's first record. */
static const char *const key_prefix[] = {
	[XDC_REQUEST_FILE] = "file:",
	[XDC_REQUEST_UNAME] = "uname",
	[XDC_REQUEST_RECORDED] = "recorded",
	[XDC_REQUEST_DEVICES] = "devices",
	[XDC_REQUEST_CLASS] = "class:",
	[XDC_REQUEST_IOMMU_GROUPS] = "iommu-groups",
	[XDC_REQUEST_NAMES] = "udev",
	[XDC_REQUEST_DEVICETREE] = "devicetree",
	[XDC_REQUEST_KERNEL_CONFIG] = "kernel-config",
	[XDC_REQUEST_KERNEL_LOG] = "kmsg",
	[XDC_REQUEST_LOGS] = "logs",
	[XDC_REQUEST_HYPERVISOR] = "xen",
	[XDC_REQUEST_XENSTORE] = "xenstore",
	[XDC_REQUEST_TOOLS] = "tools",
	[XDC_REQUEST_DMA_STATE] = "dma",
	[XDC_REQUEST_ACTIVITY] = "activity",
	[XDC_REQUEST_CATALOGUE] = "catalogue",
	[XDC_REQUEST_STORAGE] = "storage",
	[XDC_REQUEST_NETWORK] = "network",
	[XDC_REQUEST_TARGETS] = "target:",
};

char *xdc_request_key(struct xdc_arena *arena, const struct xdc_request *request)
{
	return xdc_arena_printf(arena, "%s%s", key_prefix[request->type],
				request->subject ? request->subject : "");
}

void xdc_source_ask(struct xdc_source *source, const struct xdc_request *request, xdc_emit_fn *emit,
		    void *arg)
{
	source->ops->ask(source, request, emit, arg);
}

void xdc_source_expect(struct xdc_source *source, const struct xdc_request *request)
{
	if (source->ops->expect)
		source->ops->expect(source, request);
}

void xdc_source_free(struct xdc_source *source)
{
	if (source)
		source->ops->free(source);
}

void xdc_source_freep(struct xdc_source **source)
{
	xdc_source_free(*source);
}
