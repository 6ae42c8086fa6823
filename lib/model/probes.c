/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How far each device's driver got. A link to the driver says that it is bound; why one is
 * not is told by devices_deferred, the kernel log and, where the kernel was observed, the
 * flag that a driver once matched.
 */
#include <string.h>

#include "model/model.h"

static const char *const probe_names[] = {
	[XDC_PROBE_NEVER] = "never",	   [XDC_PROBE_FAILED] = "failed",
	[XDC_PROBE_DEFERRED] = "deferred", [XDC_PROBE_BOUND] = "bound",
	[XDC_PROBE_UNBOUND] = "unbound",
};

const char *xdc_probe_name(enum xdc_probe_outcome probe)
{
	return probe_names[probe];
}

/* The last failure that the log has for the device: later probes may have had another. */
static const struct xdc_probe_failure *find_failure(const struct xdc_model *model, const char *name)
{
	for (size_t i = model->log->n_failures; i-- > 0;)
		if (strcmp(model->log->failures[i].device, name) == 0)
			return &model->log->failures[i];
	return NULL;
}

/*
 * The reason in devices_deferred for the device: lines of "name\treason" (drivers/base/dd.c,
 * deferred_devs_show(); no reason up to 5.7). NULL where it is not among them.
 */
static const char *find_deferred(const struct xdc_model *model, const char *name)
{
	const struct xdc_record *record =
		xdc_evidence_find(model->evidence, "file:/sys/kernel/debug/devices_deferred");
	size_t length = strlen(name);

	if (!xdc_record_readable(record))
		return NULL;
	for (const char *line = record->data; *line; line += *line == '\n') {
		size_t size = strcspn(line, "\n");

		if (strncmp(line, name, length) == 0 &&
		    (line[length] == '\t' || line[length] == '\n' || !line[length]))
			return size > length + 1 ? xdc_text_escaped(model->arena, line + length + 1,
								    size - length - 1)
						 : "no reason given";
		line += size;
	}
	return NULL;
}

static void read_probe(const struct xdc_model *model, struct xdc_device *device)
{
	const struct xdc_probe_failure *failure;
	const char *deferred;

	if (device->driver) {
		device->probe = XDC_PROBE_BOUND;
		return;
	}
	deferred = find_deferred(model, device->name);
	failure = find_failure(model, device->name);
	if (deferred) {
		device->probe = XDC_PROBE_DEFERRED;
		device->probe_reason = deferred;
	} else if (failure) {
		device->probe = XDC_PROBE_FAILED;
		device->probe_reason = failure->text;
		device->probe_message = failure->text;
		device->probe_evidence = failure->evidence;
	} else if (device->observed.can_match == XDC_YES && device->has_dma_configure == XDC_YES) {
		/* A driver matched, none is bound, nothing says that its probe failed. */
		device->probe = XDC_PROBE_UNBOUND;
	}
}

void xdc_model_read_probes(struct xdc_model *model)
{
	for (size_t i = 0; i < model->n_devices; i++)
		read_probe(model, &model->devices[i]);
}
