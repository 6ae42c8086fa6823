/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "attrib/attrib.h"

static const char *const path_names[] = {
	[XDC_PATH_UNKNOWN] = "unknown", [XDC_PATH_NONE] = "none",
	[XDC_PATH_VIA] = "via",		[XDC_PATH_SWIOTLB_XEN] = "swiotlb-xen",
	[XDC_PATH_IOMMU] = "iommu",	[XDC_PATH_GRANT] = "grant",
	[XDC_PATH_DIRECT] = "direct",	[XDC_PATH_RESTRICTED] = "restricted",
	[XDC_PATH_ARCH] = "arch",	[XDC_PATH_ASSIGNED] = "assigned",
};

static const char *const verdict_names[] = {
	[XDC_VERDICT_BROKEN] = "broken",	   [XDC_VERDICT_AT_RISK] = "at-risk",
	[XDC_VERDICT_UNKNOWN] = "unknown",	   [XDC_VERDICT_OK] = "ok",
	[XDC_VERDICT_SUPERFLUOUS] = "superfluous", [XDC_VERDICT_IDLE] = "idle",
};

static const char *const memory_names[] = {
	[XDC_MEMORY_NOT_ASKED] = NULL,	  [XDC_MEMORY_OK] = "ok",
	[XDC_MEMORY_SLOW] = "slow",	  [XDC_MEMORY_BROKEN] = "broken",
	[XDC_MEMORY_UNKNOWN] = "unknown",
};

const char *xdc_path_name(enum xdc_path path)
{
	return path_names[path];
}

const char *xdc_basis_name(enum xdc_basis basis)
{
	return basis == XDC_BASIS_OBSERVED ? "observed" : "inferred";
}

const char *xdc_verdict_name(enum xdc_verdict verdict)
{
	return verdict_names[verdict];
}

const char *xdc_memory_name(enum xdc_memory memory)
{
	return memory_names[memory];
}

void xdc_add_reason(struct xdc_attribution *a, const char *rule, const char *text,
		    const char *const evidence[])
{
	struct xdc_reason *reason;

	if (a->n_reasons == XDC_REASONS_MAX)
		return;
	reason = &a->reasons[a->n_reasons++];
	reason->rule = rule;
	reason->text = text;
	for (size_t i = 0; i < XDC_EVIDENCE_MAX && evidence && evidence[i]; i++)
		reason->evidence[i] = evidence[i];
}

void xdc_add_missing(struct xdc_attribution *a, const char *key)
{
	for (size_t i = 0; i < a->n_missing; i++)
		if (a->missing[i] == key)
			return;
	if (a->n_missing < XDC_MISSING_MAX)
		a->missing[a->n_missing++] = key;
}

const char *xdc_device_key(const struct xdc_attributions *all, const struct xdc_device *device)
{
	return xdc_arena_printf(all->arena, "device:%s", device->path);
}

const char *xdc_dma_key(const struct xdc_attributions *all, const struct xdc_device *device)
{
	return xdc_arena_printf(all->arena, "dma:%s", device->path);
}

bool xdc_device_goes_around_iommu(const struct xdc_device *device)
{
	return device->is_virtio && device->access_platform == XDC_NO;
}

/* What has effect now: nothing unless a driver is bound, else what was seen before guessed. */
static void decide_path(struct xdc_attribution *a)
{
	const struct xdc_device *device = a->device;

	if (a->inferred_path == XDC_PATH_VIA || a->inferred_path == XDC_PATH_ASSIGNED) {
		a->path = a->inferred_path;
	} else if (!device->driver && !device->unread) {
		a->path = XDC_PATH_NONE;
	} else {
		a->path = a->observed && a->observed_path != XDC_PATH_UNKNOWN ? a->observed_path
									      : a->inferred_path;
	}
	a->basis = a->observed && a->observed_path != XDC_PATH_UNKNOWN ? XDC_BASIS_OBSERVED
								       : XDC_BASIS_INFERRED;
}

bool xdc_attribution_mismatch(const struct xdc_attribution *a)
{
	return a->device->driver && a->observed && !a->attached_by_driver &&
	       a->observed_path != XDC_PATH_UNKNOWN && a->inferred_path != XDC_PATH_UNKNOWN &&
	       a->inferred_path != a->observed_path;
}

struct xdc_attributions *xdc_attribute(const struct xdc_model *model)
{
	struct xdc_attributions *all = xdc_zalloc(sizeof(*all));

	all->arena = xdc_arena_new();
	all->model = model;
	all->count = model->n_devices;
	all->items = xdc_zalloc(all->count * sizeof(*all->items));
	for (size_t i = 0; i < all->count; i++) {
		struct xdc_attribution *a = &all->items[i];

		a->device = &model->devices[i];
		a->backend_domid = -1;
		a->why = "";
		xdc_attribute_inferred(all, a);
		xdc_attribute_observed(all, a);
		decide_path(a);
		xdc_attribute_verdict(all, a);
	}
	return all;
}

void xdc_attributions_free(struct xdc_attributions *attributions)
{
	if (!attributions)
		return;
	xdc_arena_free(attributions->arena);
	free(attributions->items);
	free(attributions);
}

void xdc_attributions_freep(struct xdc_attributions **attributions)
{
	xdc_attributions_free(*attributions);
}

const struct xdc_attribution *xdc_attribution_of(const struct xdc_attributions *attributions,
						 const struct xdc_device *device)
{
	return &attributions->items[device - attributions->model->devices];
}
