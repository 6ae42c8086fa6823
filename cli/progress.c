/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What is being read, for somebody who waits at a terminal: a source in front of a source. */
#include <stdlib.h>
#include <unistd.h>

#include "cli.h"

struct progress {
	struct xdc_source base;
	struct xdc_source *inner;
	const char *shown;
};

static const char *const names[] = {
	[XDC_REQUEST_FILE] = "files of the kernel",
	[XDC_REQUEST_UNAME] = "files of the kernel",
	[XDC_REQUEST_RECORDED] = "files of the kernel",
	[XDC_REQUEST_DEVICES] = "devices",
	[XDC_REQUEST_CLASS] = "devices",
	[XDC_REQUEST_IOMMU_GROUPS] = "devices",
	[XDC_REQUEST_NAMES] = "names of the devices",
	[XDC_REQUEST_DEVICETREE] = "device tree",
	[XDC_REQUEST_KERNEL_CONFIG] = "kernel configuration",
	[XDC_REQUEST_KERNEL_LOG] = "kernel log",
	[XDC_REQUEST_LOGS] = "logs",
	[XDC_REQUEST_HYPERVISOR] = "hypervisor",
	[XDC_REQUEST_XENSTORE] = "xenstore",
	[XDC_REQUEST_TOOLS] = "toolstack",
	[XDC_REQUEST_DMA_STATE] = "DMA operations",
	[XDC_REQUEST_ACTIVITY] = "DMA, as it is done",
	[XDC_REQUEST_STORAGE] = "devices",
	[XDC_REQUEST_NETWORK] = "devices",
	[XDC_REQUEST_TARGETS] = "files of the guest",
};

static void ask(struct xdc_source *source, const struct xdc_request *request, xdc_emit_fn *emit,
		void *arg)
{
	struct progress *progress = (struct progress *)source;

	if (names[request->type] != progress->shown) {
		progress->shown = names[request->type];
		fprintf(stderr, "\rReading: %-24s", progress->shown);
	}
	xdc_source_ask(progress->inner, request, emit, arg);
}

static void expect(struct xdc_source *source, const struct xdc_request *request)
{
	xdc_source_expect(((struct progress *)source)->inner, request);
}

static void release(struct xdc_source *source)
{
	struct progress *progress = (struct progress *)source;

	fprintf(stderr, "\r%-34s\r", "");
	xdc_source_free(progress->inner);
	free(progress);
}

static const struct xdc_source_ops ops = {
	.ask = ask,
	.expect = expect,
	.free = release,
};

struct xdc_source *cli_show_progress(struct xdc_source *source)
{
	struct progress *progress;

	if (!source || !isatty(STDERR_FILENO))
		return source;
	progress = xdc_zalloc(sizeof(*progress));
	progress->base.ops = &ops;
	progress->inner = source;
	return &progress->base;
}
