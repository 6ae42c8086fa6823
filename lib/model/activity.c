/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What devices did by DMA while that was counted (bpf/activity.c). */
#include <string.h>

#include "model/model.h"

static struct xdc_activity *read_activity(const struct xdc_model *model,
					  const struct xdc_record *record, const char *path)
{
	struct xdc_activity *activity = xdc_arena_alloc(model->arena, sizeof(*activity));
	const char *seen = xdc_model_field(model, record, "seen");

	*activity = (struct xdc_activity){
		.path = path,
		.counted = {
			.maps = xdc_model_number(model, record, "maps", 10),
			.bytes = xdc_model_number(model, record, "bytes", 10),
			.partial = xdc_model_number(model, record, "partial_maps", 10),
			.allocations = xdc_model_number(model, record, "allocations", 10),
			.allocated_bytes = xdc_model_number(model, record, "allocated_bytes", 10),
			.bounces = xdc_model_number(model, record, "bounces", 10),
			.bounced_bytes = xdc_model_number(model, record, "bounced_bytes", 10),
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
	model->watched_ms = xdc_model_number(model, all, "milliseconds", 10);
	for (size_t i = 0; i < model->n_devices; i++) {
		struct xdc_device *device = &model->devices[i];
		const struct xdc_record *record = xdc_evidence_find(
			model->evidence,
			xdc_arena_printf(model->arena, "activity:%s", device->path));

		if (xdc_record_readable(record))
			device->activity = read_activity(model, record, device->path);
	}
}
