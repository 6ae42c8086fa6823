/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The contract with programs: fields are added, never renamed or dropped, within
 * "xen-dmacheck/1". What is not known is null. Described in xen-dmacheck-1.schema.json.
 */
#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "render/render.h"

#ifndef XDC_VERSION
#error "XDC_VERSION comes from meson.build"
#endif

static json_t *text(const char *value)
{
	return value ? json_string(value) : json_null();
}

/* Keys and paths may hold anything; names and sentences were made safe before. */
static json_t *raw(const char *value)
{
	struct xdc_arena *arena = xdc_arena_new();
	json_t *json = json_string(xdc_text_escaped(arena, value, strlen(value)));

	xdc_arena_free(arena);
	return json;
}

static void set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static json_t *tri(enum xdc_tri value)
{
	return value == XDC_UNKNOWN ? json_null() : json_boolean(value == XDC_YES);
}

static json_t *mask(uint64_t value)
{
	char buffer[24];

	/* A string: JSON's numbers end at 2^53 in most readers. */
	snprintf(buffer, sizeof(buffer), "0x%llx", (unsigned long long)value);
	return value ? json_string(buffer) : json_null();
}

static json_t *reasons(const struct xdc_reason *items, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++) {
		json_t *evidence = json_array();

		for (size_t n = 0; n < XDC_EVIDENCE_MAX && items[i].evidence[n]; n++)
			json_array_append_new(evidence, raw(items[i].evidence[n]));
		json_array_append_new(array,
				      json_pack("{s:o,s:o,s:o}", "rule", text(items[i].rule),
						"text", text(items[i].text), "evidence", evidence));
	}
	return array;
}

static json_t *texts(const char *const *items, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, raw(items[i]));
	return array;
}

static json_t *features(const struct xdc_host *host)
{
	json_t *array;

	if (host->have_features != XDC_YES)
		return json_null();
	array = json_array();
	for (unsigned int bit = 0; bit < XDC_FEATURES_MAX; bit++)
		if ((host->features >> bit) & 1)
			json_array_append_new(array, json_string(xdc_feature_name(bit)));
	return array;
}

static json_t *interface_versions(long hypervisor, long tools)
{
	return json_pack("{s:o,s:o}", "hypervisor",
			 hypervisor < 0 ? json_null() : json_integer(hypervisor), "tools",
			 tools < 0 ? json_null() : json_integer(tools));
}

static json_t *xen_json(const struct xdc_model *model)
{
	const struct xdc_host *host = &model->host;
	const struct xdc_xen *xen = &model->xen;
	json_t *object = json_object();

	set(object, "version", text(host->xen));
	set(object, "role", text(xdc_role_name(host->role)));
	set(object, "guest_type", text(host->guest_type_text));
	set(object, "features", features(host));
	set(object, "direct_mapped", tri(host->direct_mapped));
	set(object, "drives_iommu", tri(xen->drives_iommu));
	set(object, "tools_release", text(xen->tools_release));
	set(object, "domctl",
	    interface_versions(xen->domctl, xen->tools ? xen->tools->domctl : -1));
	set(object, "sysctl",
	    interface_versions(xen->sysctl, xen->tools ? xen->tools->sysctl : -1));
	return object;
}

static json_t *host_json(const struct xdc_model *model)
{
	const struct xdc_host *host = &model->host;

	return json_pack("{s:o,s:o,s:o,s:o,s:o}", "arch", text(host->machine), "kernel",
			 text(host->kernel), "command_line", text(host->command_line), "lockdown",
			 text(host->lockdown), "xen", xen_json(model));
}

static json_t *iommus_json(const struct xdc_model *model)
{
	json_t *array = json_array();

	for (size_t i = 0; i < model->n_iommus; i++) {
		const struct xdc_iommu *iommu = &model->iommus[i];
		json_t *masters = json_array();

		for (size_t n = 0; n < iommu->n_masters; n++)
			json_array_append_new(masters, raw(iommu->masters[n]->path));
		json_array_append_new(
			array, json_pack("{s:o,s:o,s:o,s:s,s:o,s:o}", "name", text(iommu->name),
					 "compatible", text(iommu->compatible), "driver",
					 text(iommu->driver), "owner", xdc_owner_name(iommu->owner),
					 "of_node", text(iommu->of_node), "masters", masters));
	}
	return array;
}

static json_t *evidence_json(const struct xdc_evidence *evidence)
{
	json_t *array = json_array();

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		json_array_append_new(array,
				      json_pack("{s:o,s:s,s:o,s:o,s:I}", "key", raw(record->key),
						"status", xdc_status_name(record->status), "origin",
						raw(record->origin), "detail", raw(record->detail),
						"size", (json_int_t)record->size));
	}
	return array;
}

static json_t *device_json(const struct xdc_attribution *a)
{
	const struct xdc_device *device = a->device;
	const struct xdc_observation *observed = &device->observed;
	json_t *object = json_object();

	set(object, "path", raw(device->path));
	set(object, "name", text(device->name));
	set(object, "description", text(device->description));
	set(object, "bus", text(device->bus));
	set(object, "driver", text(device->driver));
	set(object, "probe", text(xdc_probe_name(device->probe)));
	set(object, "probe_reason", text(device->probe_reason));
	set(object, "dma", text(xdc_dma_name(device->dma)));
	set(object, "dma_because", text(device->dma_reason));
	set(object, "dma_path", text(xdc_path_name(a->path)));
	set(object, "dma_via", device->dma_via ? raw(device->dma_via->path) : json_null());
	set(object, "basis", text(xdc_basis_name(a->basis)));
	set(object, "inferred_path", text(xdc_path_name(a->inferred_path)));
	set(object, "observed_path",
	    a->observed ? text(xdc_path_name(a->observed_path)) : json_null());
	set(object, "verdict", text(xdc_verdict_name(a->verdict)));
	set(object, "own_memory", text(xdc_memory_name(a->own_memory)));
	set(object, "foreign_pages", text(xdc_memory_name(a->foreign_pages)));
	set(object, "missing", texts(a->missing, a->n_missing));
	set(object, "dma_mask", mask(device->dma_mask));
	set(object, "bus_dma_limit",
	    observed->present ? mask(observed->bus_dma_limit) : json_null());
	set(object, "coherent", observed->present ? tri(observed->coherent) : json_null());
	set(object, "iommu_group", device->group < 0 ? json_null() : json_integer(device->group));
	set(object, "iommu_group_type", text(device->group_type));
	set(object, "iommu_domain_type", text(observed->group_domain));
	set(object, "covered", tri(device->covered));
	set(object, "serves_guests", tri(device->serves_guests));
	set(object, "iommu", device->iommu ? text(device->iommu->name) : json_null());
	set(object, "of_node", text(device->of_node));
	set(object, "backend_domid",
	    a->backend_domid < 0 ? json_null() : json_integer(a->backend_domid));
	set(object, "because", reasons(a->reasons, a->n_reasons));
	return object;
}

static json_t *devices_json(const struct xdc_attributions *attributions)
{
	json_t *array = json_array();

	for (size_t i = 0; i < attributions->count; i++)
		json_array_append_new(array, device_json(&attributions->items[i]));
	return array;
}

static json_t *findings_json(const struct xdc_findings *findings)
{
	json_t *array = json_array();

	for (size_t i = 0; i < findings->count; i++) {
		const struct xdc_finding *f = &findings->items[i];

		json_array_append_new(array,
				      json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o}", "id", f->id,
						"severity", xdc_severity_name(f->severity),
						"subject", f->subject, "title", f->title, "because",
						reasons(f->because, f->n_because), "advice",
						texts(f->advice, f->n_advice), "references",
						texts(f->references, f->n_references)));
	}
	return array;
}

static void count(json_t *object, const char *name)
{
	json_int_t before = json_integer_value(json_object_get(object, name));

	json_object_set_new(object, name, json_integer(before + 1));
}

static json_t *summary_json(const struct xdc_report *report)
{
	json_t *paths = json_object(), *verdicts = json_object(), *severities = json_object();

	for (size_t i = 0; i < report->attributions->count; i++) {
		count(paths, xdc_path_name(report->attributions->items[i].path));
		count(verdicts, xdc_verdict_name(report->attributions->items[i].verdict));
	}
	for (size_t i = 0; i < report->findings->count; i++)
		count(severities, xdc_severity_name(report->findings->items[i].severity));
	return json_pack("{s:I,s:o,s:o,s:o}", "devices", (json_int_t)report->attributions->count,
			 "by_path", paths, "by_verdict", verdicts, "findings", severities);
}

int xdc_render_json(const struct xdc_report *report, FILE *out)
{
	json_t *json = json_pack("{s:s,s:{s:s},s:o,s:o,s:o,s:o,s:o,s:o}", "schema",
				 "xen-dmacheck/1", "tool", "version", XDC_VERSION, "host",
				 host_json(report->model), "iommus", iommus_json(report->model),
				 "evidence", evidence_json(report->evidence), "devices",
				 devices_json(report->attributions), "findings",
				 findings_json(report->findings), "summary", summary_json(report));
	int r = json ? json_dumpf(json, out, JSON_INDENT(1)) : -1;

	json_decref(json);
	if (r < 0)
		return -EIO;
	fputc('\n', out);
	return ferror(out) ? -EIO : 0;
}
