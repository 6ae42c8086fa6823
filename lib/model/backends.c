/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Which devices guests' pages end on. A guest's disk is a device of the bus xen-backend that
 * says on which block device it ends; an interface (vif-...) ends on some network device, by
 * way of a bridge that is not followed here.
 */
#include <string.h>

#include "model/model.h"

/*
 * A backend may end on several devices (striped volumes): one field "serves" for each. Returns
 * whether these are all, as far as could be read.
 */
static bool mark_served(struct xdc_model *model, const struct xdc_record *record)
{
	static const char field[] = "serves=";
	enum xdc_status status;
	xdc_autofree char *text = xdc_strdup(record->data);
	char *cursor = text, *line;

	while ((line = xdc_text_next_line(&cursor))) {
		struct xdc_device *master;

		if (!xdc_text_starts_with(line, field) ||
		    xdc_text_unescape(line + strlen(field), NULL) < 0)
			continue;
		master = xdc_model_master(model, line + strlen(field));
		if (master)
			master->serves_guests = XDC_YES;
	}
	return xdc_field_find(model->arena, record->data, "serves", &status) ||
	       status == XDC_STATUS_ABSENT;
}

static void mark_maybe_served(void *arg, struct xdc_device *master)
{
	(void)arg;
	if (master->serves_guests == XDC_NO)
		master->serves_guests = XDC_UNKNOWN;
}

void xdc_model_read_backends(struct xdc_model *model)
{
	bool all_told = true;

	for (size_t i = 0; i < model->n_devices; i++) {
		const struct xdc_device *device = &model->devices[i];
		const struct xdc_record *record;

		if (strcmp(device->bus, "xen-backend") != 0)
			continue;
		if (xdc_text_starts_with(device->name, "vif-"))
			model->n_guest_interfaces++;
		if (!xdc_text_starts_with(device->name, "vbd-"))
			continue;
		model->n_guest_disks++;
		record = xdc_evidence_find(
			model->evidence, xdc_arena_printf(model->arena, "device:%s", device->path));
		all_told = xdc_record_readable(record) && mark_served(model, record) && all_told;
	}
	if (!all_told)
		xdc_model_class_masters(model, "class:block", mark_maybe_served, NULL);
	if (model->n_guest_interfaces)
		xdc_model_class_masters(model, "class:net", mark_maybe_served, NULL);
}
