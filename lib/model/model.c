/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static void read_devicetrees(struct xdc_model *model)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "devicetree");
	const struct xdc_record *board = xdc_evidence_find(model->evidence, "host-devicetree");
	const char *error;

	if (xdc_record_readable(board))
		xdc_devicetree_parse(model->arena, board->data, board->size, &model->board, &error);

	if (!xdc_record_readable(record))
		return;
	if (xdc_devicetree_parse(model->arena, record->data, record->size, &model->devicetree,
				 &error) < 0)
		model->devicetree_error = error;
}

static struct xdc_kernel_log *parse_log(struct xdc_model *model, const char *key)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);
	/* It may hold NULs: what is behind one is not looked at. */
	xdc_autofree char *text = xdc_strdup(xdc_record_readable(record) ? record->data : "");

	return xdc_kernel_log_parse(model->arena, text, key);
}

/*
 * The ring, and what it has lost of this boot: as the journal has it, else as kern.log has. What
 * either has of other boots stays there.
 */
static void read_log(struct xdc_model *model)
{
	const struct xdc_record *logs = xdc_evidence_find(model->evidence, "logs");
	const char *fields = xdc_record_readable(logs) ? logs->data : "";
	const char *boot = xdc_field_find(model->arena, fields, "boot_id", NULL);
	const char *ring = xdc_field_find(model->arena, fields, "ring", NULL);
	const char *journal = xdc_arena_printf(model->arena, "log:journal:%s", boot ? boot : "");

	model->log = parse_log(model, "kmsg");
	if (ring && strcmp(ring, "whole") == 0)
		return;
	if (boot && xdc_record_readable(xdc_evidence_find(model->evidence, journal)))
		xdc_kernel_log_merge(model->log, parse_log(model, journal));
	else
		xdc_model_read_boot_log(model);
}

struct xdc_model *xdc_model_new(const struct xdc_evidence *evidence)
{
	struct xdc_model *model = xdc_zalloc(sizeof(*model));

	model->evidence = evidence;
	model->arena = xdc_arena_new();
	read_devicetrees(model);
	xdc_model_read_host(model);
	read_log(model);
	xdc_model_read_devices(model);
	xdc_model_read_observations(model);
	xdc_model_read_activity(model);
	xdc_model_read_probes(model);
	xdc_model_read_xen(model);
	xdc_model_read_addresses(model);
	xdc_model_read_console(model);
	xdc_model_read_dma(model);
	xdc_model_read_dma_ranges(model);
	xdc_model_read_iommus(model);
	xdc_model_read_backends(model);
	return model;
}

void xdc_model_free(struct xdc_model *model)
{
	if (!model)
		return;
	for (size_t i = 0; i < model->n_iommus; i++)
		free(model->iommus[i].masters);
	free(model->iommus);
	free(model->devices);
	free(model->xen.daemons);
	xdc_kernel_log_clear(model->log);
	xdc_console_clear(model->console);
	xdc_address_map_clear(&model->addresses);
	xdc_arena_free(model->arena);
	free(model);
}

void xdc_model_freep(struct xdc_model **model)
{
	xdc_model_free(*model);
}

const char *xdc_model_field(const struct xdc_model *model, const struct xdc_record *record,
			    const char *name)
{
	const char *value = xdc_field_find(model->arena, record->data, name, NULL);

	return value ? xdc_text_escaped(model->arena, value, strlen(value)) : NULL;
}

uint64_t xdc_model_number(const struct xdc_model *model, const struct xdc_record *record,
			  const char *name, int base)
{
	const char *value = xdc_field_find(model->arena, record->data, name, NULL);
	uint64_t result;

	return value && xdc_number_parse(value, base, &result) == 0 ? result : 0;
}

static int by_path(const void *key, const void *device)
{
	return strcmp(key, ((const struct xdc_device *)device)->path);
}

struct xdc_device *xdc_model_device(const struct xdc_model *model, const char *path)
{
	if (!model->n_devices)
		return NULL;
	return bsearch(path, model->devices, model->n_devices, sizeof(*model->devices), by_path);
}
