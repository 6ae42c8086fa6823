/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What devices did by DMA while that was counted (bpf/activity.c). */
#include <string.h>

#include "model/model.h"

static uint64_t number(const struct xdc_model *model, const struct xdc_record *record,
		       const char *name)
{
	const char *value = xdc_model_field(model, record, name);
	uint64_t result;

	return value && xdc_number_parse(value, 10, &result) == 0 ? result : 0;
}

static struct xdc_activity *read_activity(const struct xdc_model *model,
					  const struct xdc_record *record, const char *path)
{
	struct xdc_activity *activity = xdc_arena_alloc(model->arena, sizeof(*activity));
	const char *seen = xdc_model_field(model, record, "seen");

	*activity = (struct xdc_activity){
		.path = path,
		.counted = {
			.maps = number(model, record, "maps"),
			.bytes = number(model, record, "bytes"),
			.partial = number(model, record, "partial_maps"),
			.allocations = number(model, record, "allocations"),
			.allocated_bytes = number(model, record, "allocated_bytes"),
			.bounces = number(model, record, "bounces"),
			.bounced_bytes = number(model, record, "bounced_bytes"),
		},
	};
	if (seen)
		activity->counted.seen = xdc_seen_of(seen);
	return activity;
}

void xdc_model_read_activity(struct xdc_model *model)
{
	const struct xdc_record *all = xdc_evidence_find(model->evidence, "activity");

	if (!xdc_record_readable(all))
		return;
	model->watched_ms = number(model, all, "milliseconds");
	for (size_t i = 0; i < model->n_devices; i++) {
		struct xdc_device *device = &model->devices[i];
		const struct xdc_record *record = xdc_evidence_find(
			model->evidence,
			xdc_arena_printf(model->arena, "activity:%s", device->path));

		if (xdc_record_readable(record))
			device->activity = read_activity(model, record, device->path);
	}
}
