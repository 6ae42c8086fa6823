/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/json.h"

json_t *xdc_json_text(const char *value)
{
	return value ? json_string(value) : json_null();
}

json_t *xdc_json_raw(const char *value)
{
	struct xdc_arena *arena = xdc_arena_new();
	json_t *json = json_string(xdc_text_escaped(arena, value, strlen(value)));

	xdc_arena_free(arena);
	return json;
}

json_t *xdc_json_tri(enum xdc_tri value)
{
	return value == XDC_UNKNOWN ? json_null() : json_boolean(value == XDC_YES);
}

json_t *xdc_json_time(int64_t seconds)
{
	struct xdc_arena *arena = xdc_arena_new();
	json_t *json = xdc_json_text(xdc_text_time(arena, seconds));

	xdc_arena_free(arena);
	return json;
}

void xdc_json_set(json_t *object, const char *name, json_t *value)
{
	json_object_set_new(object, name, value);
}

static json_t *mask(uint64_t value)
{
	char buffer[24];

	/* A string: JSON's numbers end at 2^53 in most readers. */
	snprintf(buffer, sizeof(buffer), "0x%llx", (unsigned long long)value);
	return value ? json_string(buffer) : json_null();
}

/* Of an array of texts, which it takes over, one text: a line each. No text holds a newline. */
static json_t *joined(json_t *array)
{
	xdc_autofree char *text = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&text, &length);

	for (size_t i = 0; i < json_array_size(array); i++)
		fprintf(out, "%s%s", i ? "\n" : "", json_string_value(json_array_get(array, i)));
	fclose(out);
	json_decref(array);
	return xdc_json_text(text);
}

static json_t *list(json_t *array, enum xdc_json_form form)
{
	return form == XDC_JSON_FLAT ? joined(array) : array;
}

static json_t *reason(const struct xdc_reason *reason)
{
	json_t *evidence = json_array();

	for (size_t n = 0; n < XDC_EVIDENCE_MAX && reason->evidence[n]; n++)
		json_array_append_new(evidence, xdc_json_raw(reason->evidence[n]));
	return json_pack("{s:o,s:o,s:o}", "rule", xdc_json_text(reason->rule), "text",
			 xdc_json_text(reason->text), "evidence", evidence);
}

static json_t *reasons(const struct xdc_reason *items, size_t count, enum xdc_json_form form)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, form == XDC_JSON_FLAT ? xdc_json_text(items[i].text)
								   : reason(&items[i]));
	return list(array, form);
}

static json_t *texts(const char *const *items, size_t count, enum xdc_json_form form)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(array, xdc_json_raw(items[i]));
	return list(array, form);
}

json_t *xdc_json_features(const struct xdc_host *host, enum xdc_json_form form)
{
	json_t *array;

	if (host->have_features != XDC_YES)
		return json_null();
	array = json_array();
	for (unsigned int bit = 0; bit < XDC_FEATURES_MAX; bit++)
		if ((host->features >> bit) & 1)
			json_array_append_new(array, json_string(xdc_feature_name(bit)));
	return list(array, form);
}

static json_t *xen_fault(const struct xdc_xen_fault *fault, enum xdc_json_form form)
{
	char address[24];

	if (!fault)
		return json_null();
	snprintf(address, sizeof(address), "0x%llx", (unsigned long long)fault->address);
	if (form == XDC_JSON_FLAT)
		return json_sprintf("%s: %s%s%s, %u times", fault->iommu, fault->reason,
				    fault->has_address ? ", first at " : "",
				    fault->has_address ? address : "", fault->count);
	return json_pack("{s:s,s:o,s:I,s:o,s:o}", "iommu", fault->iommu, "address",
			 fault->has_address ? json_string(address) : json_null(), "count",
			 (json_int_t)fault->count, "reason", xdc_json_text(fault->reason), "since",
			 *fault->since ? xdc_json_text(fault->since) : json_null());
}

static json_t *activity(const struct xdc_activity *activity)
{
	const struct xdc_counters *counted = &activity->counted;
	const char *names[XDC_SEEN_MAX];
	size_t n_names = xdc_seen_names(activity, names);

	return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:o}", "maps", (json_int_t)counted->maps,
			 "bytes", (json_int_t)counted->bytes, "partial_maps",
			 (json_int_t)counted->partial, "bounces", (json_int_t)counted->bounces,
			 "bounced_bytes", (json_int_t)counted->bounced_bytes, "allocations",
			 (json_int_t)counted->allocations, "allocated_bytes",
			 (json_int_t)counted->allocated_bytes, "seen",
			 texts(names, n_names, XDC_JSON_NESTED));
}

json_t *xdc_json_device(const struct xdc_attribution *a, enum xdc_json_form form)
{
	const struct xdc_device *device = a->device;
	const struct xdc_observation *observed = &device->observed;
	json_t *object = json_object();

	xdc_json_set(object, "path", xdc_json_raw(device->path));
	xdc_json_set(object, "name", xdc_json_text(device->name));
	xdc_json_set(object, "description", xdc_json_text(device->description));
	xdc_json_set(object, "bus", xdc_json_text(device->bus));
	xdc_json_set(object, "driver", xdc_json_text(device->driver));
	xdc_json_set(object, "probe", xdc_json_text(xdc_probe_name(device->probe)));
	xdc_json_set(object, "probe_reason", xdc_json_text(device->probe_reason));
	xdc_json_set(object, "dma", xdc_json_text(xdc_dma_name(device->dma)));
	xdc_json_set(object, "dma_because", xdc_json_text(device->dma_reason));
	xdc_json_set(object, "dma_path", xdc_json_text(xdc_path_name(a->path)));
	xdc_json_set(object, "dma_via",
		     device->dma_via ? xdc_json_raw(device->dma_via->path) : json_null());
	xdc_json_set(object, "basis", xdc_json_text(xdc_basis_name(a->basis)));
	xdc_json_set(object, "inferred_path", xdc_json_text(xdc_path_name(a->inferred_path)));
	xdc_json_set(object, "observed_path",
		     a->observed ? xdc_json_text(xdc_path_name(a->observed_path)) : json_null());
	xdc_json_set(object, "verdict", xdc_json_text(xdc_verdict_name(a->verdict)));
	xdc_json_set(object, "own_memory", xdc_json_text(xdc_memory_name(a->own_memory)));
	xdc_json_set(object, "foreign_pages", xdc_json_text(xdc_memory_name(a->foreign_pages)));
	xdc_json_set(object, "missing", texts(a->missing, a->n_missing, form));
	xdc_json_set(object, "dma_mask", mask(device->dma_mask));
	xdc_json_set(object, "bus_dma_limit", mask(xdc_device_bus_limit(device)));
	xdc_json_set(object, "coherent",
		     observed->present ? xdc_json_tri(observed->coherent) : json_null());
	xdc_json_set(object, "iommu_group",
		     device->group < 0 ? json_null() : json_integer(device->group));
	xdc_json_set(object, "iommu_group_type", xdc_json_text(device->group_type));
	xdc_json_set(object, "iommu_domain_type", xdc_json_text(observed->group_domain));
	xdc_json_set(object, "covered", xdc_json_tri(device->covered));
	xdc_json_set(object, "serves_guests", xdc_json_tri(device->serves_guests));
	xdc_json_set(object, "iommu",
		     device->iommu ? xdc_json_text(device->iommu->name) : json_null());
	xdc_json_set(object, "xen_iommu_fault", xen_fault(device->xen_fault, form));
	xdc_json_set(object, "of_node", xdc_json_text(device->of_node));
	xdc_json_set(object, "backend_domid",
		     a->backend_domid < 0 ? json_null() : json_integer(a->backend_domid));
	/* Flat records have the same fields on all machines. */
	if (device->activity && form == XDC_JSON_NESTED)
		xdc_json_set(object, "activity", activity(device->activity));
	xdc_json_set(object, "because", reasons(a->reasons, a->n_reasons, form));
	return object;
}

json_t *xdc_json_finding(const struct xdc_finding *f, enum xdc_json_form form)
{
	return json_pack("{s:s,s:s,s:s,s:s,s:o,s:o,s:o}", "id", f->id, "severity",
			 xdc_severity_name(f->severity), "subject", f->subject, "title", f->title,
			 "because", reasons(f->because, f->n_because, form), "advice",
			 texts(f->advice, f->n_advice, form), "references",
			 texts(f->references, f->n_references, form));
}

json_t *xdc_json_iommu(const struct xdc_iommu *iommu, enum xdc_json_form form)
{
	json_t *masters = json_array();

	for (size_t n = 0; n < iommu->n_masters; n++)
		json_array_append_new(masters, xdc_json_raw(iommu->masters[n]->path));
	return json_pack("{s:o,s:o,s:o,s:s,s:o,s:o}", "name", xdc_json_text(iommu->name),
			 "compatible", xdc_json_text(iommu->compatible), "driver",
			 xdc_json_text(iommu->driver), "owner", xdc_owner_name(iommu->owner),
			 "of_node", xdc_json_text(iommu->of_node), "masters", list(masters, form));
}

json_t *xdc_json_record(const struct xdc_record *record)
{
	return json_pack("{s:o,s:s,s:o,s:o,s:I}", "key", xdc_json_raw(record->key), "status",
			 xdc_status_name(record->status), "origin", xdc_json_raw(record->origin),
			 "detail", xdc_json_raw(record->detail), "size", (json_int_t)record->size);
}
