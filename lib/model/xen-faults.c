/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whose DMA it was that an IOMMU of Xen's refused. */
#include <string.h>

#include "model/model.h"

const char *xdc_xen_fault_text(struct xdc_arena *arena, const struct xdc_console *console,
			       const struct xdc_xen_fault *fault)
{
	static const char *const what[] = {
		[XDC_XEN_FAULT_DMA] = "DMA",
		[XDC_XEN_FAULT_INTERRUPT] = "an interrupt",
		[XDC_XEN_FAULT_INTERRUPT_RANGE] = "a write to the range that is interrupts",
	};
	const char *stream = "", *at = "", *since = "";

	if (fault->has_stream_id)
		stream = xdc_arena_printf(arena, " of its stream ID 0x%x", fault->stream_id);
	if (fault->has_address)
		at = xdc_arena_printf(arena, ", first at %s 0x%llx",
				      fault->kind == XDC_XEN_FAULT_INTERRUPT ? "index" : "address",
				      (unsigned long long)fault->address);
	if (*fault->since)
		since = xdc_arena_printf(arena, ", since %s", fault->since);
	return xdc_arena_printf(
		arena, "the hypervisor's console: %s refused %s%s, %u time%s%s%s%s%s%s%s",
		fault->iommu, what[fault->kind], stream, fault->count, fault->count == 1 ? "" : "s",
		at, *fault->reason ? " (" : "", fault->reason, *fault->reason ? ")" : "", since,
		console->has_beginning ? ""
				       : "; the console has lost its beginning, and perhaps more");
}

static struct xdc_device *find_function(struct xdc_model *model, const char *name)
{
	for (size_t i = 0; i < model->n_devices; i++)
		if (model->devices[i].pci.present && strcmp(model->devices[i].name, name) == 0)
			return &model->devices[i];
	return NULL;
}

static void attach(struct xdc_model *model, struct xdc_xen_fault *fault)
{
	if (fault->device)
		fault->master = find_function(model, fault->device);
	else
		fault->master = xdc_model_stream_master(
			model, fault->iommu, fault->has_stream_id ? &fault->stream_id : NULL);
	if (fault->master && fault->kind == XDC_XEN_FAULT_DMA && !fault->master->xen_fault)
		fault->master->xen_fault = fault;
}

/* The ring; where it could not be read, what the log has of this boot. */
static struct xdc_console *read_console(struct xdc_model *model)
{
	static const char ring_key[] = "xen:console";
	static const char log_key[] = "log:/var/log/xen/console/hypervisor.log";
	const struct xdc_record *ring = xdc_evidence_find(model->evidence, ring_key);
	const struct xdc_record *log = xdc_evidence_find(model->evidence, log_key);
	const char *text = NULL;
	const char *key = ring_key;

	if (xdc_record_readable(ring)) {
		text = ring->data;
	} else if (xdc_record_readable(log)) {
		text = xdc_console_last_boot(model->arena, log->data, model->host.xen);
		key = log_key;
	}
	return xdc_console_parse(model->arena, xdc_arena_strdup(model->arena, text ? text : ""),
				 key);
}

void xdc_model_read_console(struct xdc_model *model)
{
	model->console = read_console(model);
	/* Not Xen's words, whatever they look like: it has no IOMMU that could say so. */
	if (model->xen.drives_iommu == XDC_NO)
		xdc_console_clear(model->console);
	for (size_t i = 0; i < model->console->n_faults; i++)
		attach(model, &model->console->faults[i]);
}
