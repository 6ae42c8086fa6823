/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* As json.c, for what differs: described in xen-dmacheck-diff-1.schema.json. */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "render/render.h"

static json_t *texts(const char *const *items, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, json_string(items[i]));
	return array;
}

static json_t *value_json(const struct xdc_value *value)
{
	switch (value->type) {
	case XDC_VALUE_TEXT:
		return json_string(value->text);
	case XDC_VALUE_NUMBER:
		return json_integer(value->number);
	case XDC_VALUE_BOOLEAN:
		return json_boolean(value->number);
	case XDC_VALUE_LIST:
		return texts(value->items, value->n_items);
	default:
		return json_null();
	}
}

static json_t *unread_json(const struct xdc_unread *unread)
{
	if (unread->side == XDC_SIDE_NEITHER)
		return json_null();
	return json_pack("{s:s,s:s}", "side", xdc_side_name(unread->side), "key", unread->key);
}

static json_t *fields_json(const struct xdc_fields *fields)
{
	json_t *object = json_object();

	for (size_t i = 0; i < fields->count; i++) {
		const struct xdc_field_change *f = &fields->items[i];

		json_object_set_new(object, f->name,
				    json_pack("{s:o,s:o,s:o}", "before", value_json(&f->before),
					      "after", value_json(&f->after), "not_read",
					      unread_json(&f->unread)));
	}
	return object;
}

static json_t *words_json(const struct xdc_comparison *c)
{
	json_t *object = json_object();

	for (size_t i = 0; i < c->n_words; i++) {
		const struct xdc_words_change *w = &c->words[i];

		json_object_set_new(
			object, w->name,
			json_pack("{s:o,s:o,s:b,s:o}", "gone", texts(w->gone, w->n_gone), "new",
				  texts(w->added, w->n_added), "reordered", (int)w->reordered,
				  "not_read", unread_json(&w->unread)));
	}
	return object;
}

static json_t *options_json(const struct xdc_comparison *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_options; i++) {
		const struct xdc_option_change *o = &c->options[i];

		json_array_append_new(array, json_pack("{s:s,s:s,s:s,s:b}", "name", o->name,
						       "before", o->before, "after", o->after,
						       "matters", (int)o->matters));
	}
	return array;
}

/* What every change has; @object is taken over and returned. */
static json_t *with_change(json_t *object, const struct xdc_change *change)
{
	json_object_set_new(object, "change", json_string(xdc_change_name(change->kind)));
	json_object_set_new(object, "fields", fields_json(&change->fields));
	json_object_set_new(object, "not_read", unread_json(&change->unread));
	return object;
}

static json_t *iommus_json(const struct xdc_comparison *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_iommus; i++) {
		const struct xdc_iommu_change *d = &c->iommus[i];
		const struct xdc_iommu *iommu = d->after ? d->after : d->before;

		json_array_append_new(array,
				      with_change(json_pack("{s:s,s:s}", "name", iommu->name,
							    "owner", xdc_owner_name(iommu->owner)),
						  &d->change));
	}
	return array;
}

static json_t *devices_json(const struct xdc_comparison *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_devices; i++) {
		const struct xdc_device_change *d = &c->devices[i];
		const struct xdc_attribution *a = d->after ? d->after : d->before;
		const struct xdc_device *device = a->device;

		if (d->change.kind == XDC_SAME)
			continue;
		json_array_append_new(
			array,
			with_change(json_pack("{s:s,s:s,s:s,s:s?,s:s,s:s,s:s}", "path",
					      xdc_text_escaped(c->arena, device->path,
							       strlen(device->path)),
					      "name", device->name, "bus", device->bus, "driver",
					      device->driver, "dma", xdc_dma_name(device->dma),
					      "dma_path", xdc_path_name(a->path), "verdict",
					      xdc_verdict_name(a->verdict)),
				    &d->change));
	}
	return array;
}

static json_t *findings_json(const struct xdc_comparison *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_findings; i++) {
		const struct xdc_finding_change *d = &c->findings[i];
		const struct xdc_finding *f = d->after ? d->after : d->before;

		json_array_append_new(
			array, with_change(json_pack("{s:s,s:s,s:s,s:s}", "id", f->id, "severity",
						     xdc_severity_name(f->severity), "subject",
						     f->subject, "title", f->title),
					   &d->change));
	}
	return array;
}

static json_t *evidence_json(const struct xdc_comparison *c)
{
	json_t *array = json_array();

	for (size_t i = 0; i < c->n_evidence; i++)
		json_array_append_new(array, json_pack("{s:s,s:s?,s:s?}", "key", c->evidence[i].key,
						       "before", c->evidence[i].before, "after",
						       c->evidence[i].after));
	return array;
}

static json_t *count_json(const struct xdc_count *count)
{
	return json_pack("{s:I,s:I}", "differ", (json_int_t)count->differ, "not_read",
			 (json_int_t)count->unread);
}

static json_t *side_json(const struct xdc_report *report, const char *name)
{
	struct xdc_arena *arena = xdc_arena_new();
	const struct xdc_host *host = &report->model->host;
	json_t *json = json_pack("{s:s?,s:s?,s:s?}", "file",
				 name ? xdc_text_escaped(arena, name, strlen(name)) : NULL,
				 "kernel", host->kernel, "xen", host->xen);

	xdc_arena_free(arena);
	return json;
}

static json_t *summary_json(const struct xdc_comparison *c)
{
	return json_pack("{s:o,s:o,s:o,s:o,s:I}", "host", count_json(&c->of_host), "iommus",
			 count_json(&c->of_iommus), "devices", count_json(&c->of_devices),
			 "findings", count_json(&c->of_findings), "evidence",
			 (json_int_t)c->n_evidence);
}

int xdc_render_comparison_json(const struct xdc_comparison *c,
			       const struct xdc_comparison_options *options, FILE *out)
{
	json_t *json = json_pack(
		"{s:s,s:{s:s},s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o,s:o}", "schema",
		"xen-dmacheck-diff/1", "tool", "version", XDC_VERSION, "before",
		side_json(c->before, options->before), "after", side_json(c->after, options->after),
		"summary", summary_json(c), "host", fields_json(&c->host), "words", words_json(c),
		"kernel_options", options_json(c), "iommus", iommus_json(c), "devices",
		devices_json(c), "findings", findings_json(c), "evidence", evidence_json(c));
	int r = json ? json_dumpf(json, out, JSON_INDENT(1)) : -1;

	json_decref(json);
	if (r < 0)
		return -EIO;
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}
