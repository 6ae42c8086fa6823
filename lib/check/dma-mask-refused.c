/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-DMA-MASK-REFUSED. From Linux 6.12, dma_supported() (kernel/dma/mapping.c) answers a
 * device that has both the dma-iommu flag and a table with a WARN and no: dma_set_mask()
 * fails with -EIO, and with it most drivers' probe.
 */
#include <errno.h>
#include <string.h>

#include "check/check.h"

struct warnings {
	const struct xdc_mask_warning *first; /* of this device */
	size_t own;
	const struct xdc_mask_warning *nameless;
	size_t n_nameless;
};

static struct warnings find_warnings(const struct xdc_kernel_log *log,
				     const struct xdc_device *device)
{
	struct warnings found = { 0 };

	for (size_t i = log->n_mask_warnings; i-- > 0;) {
		const struct xdc_mask_warning *warning = &log->mask_warnings[i];

		if (!warning->device) {
			found.nameless = warning;
			found.n_nameless++;
		} else if (strcmp(warning->device, device->name) == 0) {
			found.first = warning;
			found.own++;
		}
	}
	return found;
}

/* What is quoted belongs to this device; of what names none, only that it is there. */
static void tell_warnings(struct xdc_finding *finding, struct xdc_arena *arena,
			  const struct warnings *found)
{
	const struct xdc_mask_warning *warning = found->first ? found->first : found->nameless;
	const char *caller = "";

	if (!warning)
		return;
	if (warning->caller)
		caller = xdc_arena_printf(arena, ", asked for by %s()", warning->caller);
	if (found->first)
		xdc_finding_because(
			finding,
			xdc_arena_printf(
				arena, "the kernel log%s: %s%s",
				found->own > 1 ? xdc_arena_printf(arena, " (%zu times)", found->own)
					       : "",
				warning->text, caller),
			warning->evidence);
	else
		xdc_finding_because(
			finding,
			xdc_arena_printf(arena,
					 "the kernel log has %zu such warning%s that name%s no "
					 "device%s%s",
					 found->n_nameless, found->n_nameless > 1 ? "s" : "",
					 found->n_nameless > 1 ? "" : "s",
					 found->n_nameless > 1 && *caller ? ", the first" : "",
					 caller),
			warning->evidence);
}

static void report(const struct xdc_attributions *all, const struct xdc_attribution *a,
		   struct xdc_findings *findings)
{
	const struct xdc_device *device = a->device;
	bool bound = device->driver != NULL;
	struct warnings found = find_warnings(all->model->log, device);
	struct xdc_finding *finding = xdc_finding_add(
		findings, "XDC-DMA-MASK-REFUSED", bound ? XDC_SEVERITY_WARNING : XDC_SEVERITY_ERROR,
		device->name, "The kernel refuses to set this device's DMA mask");

	xdc_finding_because(finding,
			    "the kernel has both swiotlb-xen's table and the dma-iommu flag set "
			    "for it, and dma_set_mask() then fails with EIO (Linux 6.12 and later)",
			    xdc_dma_key(all, device));
	tell_warnings(finding, findings->arena, &found);
	if (!bound && device->probe_message)
		xdc_finding_because(finding,
				    xdc_arena_printf(findings->arena, "the kernel log: %s",
						     device->probe_message),
				    device->probe_evidence);
	xdc_finding_advise(finding, "Boot dom0's kernel with iommu.passthrough=1: the flag is then "
				    "not set, and swiotlb-xen maps.");
	xdc_finding_refer(finding, "Linux kernel/dma/mapping.c: dma_supported()");
}

/* A driver that failed of it left no table behind: a warning and the error, -EIO, say so. */
static bool failed_of_it(const struct xdc_attributions *all, const struct xdc_attribution *a)
{
	struct warnings found = find_warnings(all->model->log, a->device);

	if (a->device->driver || a->device->probe != XDC_PROBE_FAILED ||
	    (!found.first && !found.nameless) || a->device->observed.dma_iommu != XDC_YES)
		return false;
	for (size_t i = 0; i < all->model->log->n_failures; i++)
		if (all->model->log->failures[i].text == a->device->probe_message)
			return all->model->log->failures[i].error == -EIO;
	return false;
}

void xdc_check_dma_mask_refused(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];

		if (a->device->dma == XDC_DMA_YES &&
		    ((a->device->driver && xdc_device_has_conflict(a)) || failed_of_it(all, a)))
			report(all, a, findings);
	}
}
