/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static enum xdc_tri flag(const struct xdc_model *model, const struct xdc_record *record,
			 const char *name)
{
	const char *value = xdc_field_find(model->arena, record->data, name, NULL);

	return value ? xdc_tri_of(strcmp(value, "1") == 0) : XDC_UNKNOWN;
}

/*
 * really_probe() and device_unbind_cleanup() (drivers/base/dd.c) set up and take away the table
 * with the driver: what stands there without it, or before it, says nothing of what sysfs showed.
 */
static bool is_outdated(const struct xdc_model *model, const struct xdc_record *record,
			const struct xdc_device *device)
{
	enum xdc_tri driver = flag(model, record, "driver");

	return !device->unread && driver != XDC_UNKNOWN &&
	       driver != xdc_tri_of(device->driver != NULL);
}

static void read_observation(const struct xdc_model *model, const struct xdc_record *record,
			     struct xdc_device *device)
{
	struct xdc_observation *observed = &device->observed;
	const char *ops = xdc_model_field(model, record, "ops");

	if (!ops)
		return;
	observed->outdated = is_outdated(model, record, device);
	if (observed->outdated)
		return;
	observed->present = true;
	observed->table = strcmp(ops, "none") != 0;
	observed->unreadable = strcmp(ops, "unreadable") == 0;
	observed->map_sg = xdc_model_field(model, record, "map_sg");
	observed->map = xdc_model_field(model, record, "map");
	observed->group_domain = xdc_model_field(model, record, "group_domain");
	observed->dma_iommu = flag(model, record, "dma_iommu");
	observed->coherent = flag(model, record, "coherent");
	observed->dma_configure = flag(model, record, "dma_configure");
	observed->can_match = flag(model, record, "can_match");
	observed->restricted_pool = flag(model, record, "restricted_pool");
	observed->arch_mapping = flag(model, record, "arch_mapping");
	observed->global_ops = flag(model, record, "global_ops");
	observed->dma_mask = xdc_model_number(model, record, "dma_mask", 0);
	observed->coherent_dma_mask = xdc_model_number(model, record, "coherent_dma_mask", 0);
	observed->bus_dma_limit = xdc_model_number(model, record, "bus_dma_limit", 0);
	if (observed->dma_mask)
		device->dma_mask = observed->dma_mask;
	if (observed->dma_configure != XDC_UNKNOWN)
		device->has_dma_configure = observed->dma_configure;
}

void xdc_model_read_observations(struct xdc_model *model)
{
	const struct xdc_record *all = xdc_evidence_find(model->evidence, "dma");

	model->observed = XDC_UNKNOWN;
	if (!all)
		return;
	model->observed = xdc_tri_of(all->status == XDC_STATUS_OK);
	model->observe_detail = xdc_text_escaped(model->arena, all->detail, strlen(all->detail));
	for (size_t i = 0; i < model->n_devices; i++) {
		char *key = xdc_arena_printf(model->arena, "dma:%s", model->devices[i].path);
		const struct xdc_record *record = xdc_evidence_find(model->evidence, key);

		if (xdc_record_readable(record))
			read_observation(model, record, &model->devices[i]);
	}
}
