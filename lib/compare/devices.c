/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices, by their path below /sys: one that was renamed is gone, and another new. */
#include <stdlib.h>
#include <string.h>

#include "compare/groups.h"

/* How to tell that a field may differ only because one side lacks something. */
enum rests_on {
	ON_FIELD,    /* the field of its record "device:PATH" that @source names */
	ON_RECORD,   /* the record @source, where there is no value */
	ON_LOG,	     /* what the kernel said of probes */
	ON_CLASSES,  /* what a device is seen to do */
	ON_DECISION, /* whatever the path and the verdict rest on */
	ON_MODEL,    /* nothing that is told apart */
};

struct device_field {
	const char *name;
	const char *label;
	enum rests_on rests_on;
	const char *source;
	struct xdc_value (*value)(struct xdc_arena *arena, const struct xdc_attribution *a);
};

#define TEXT(name, expression)                                                                     \
	static struct xdc_value name(struct xdc_arena *arena, const struct xdc_attribution *a)     \
	{                                                                                          \
		(void)arena;                                                                       \
		return xdc_value_text(expression);                                                 \
	}

TEXT(driver, a->device->driver)
TEXT(probe, xdc_probe_name(a->device->probe))
TEXT(dma, xdc_dma_name(a->device->dma))
TEXT(dma_path, xdc_path_name(a->path))
TEXT(verdict, xdc_verdict_name(a->verdict))
TEXT(own_memory, xdc_memory_name(a->own_memory))
TEXT(foreign_pages, xdc_memory_name(a->foreign_pages))
TEXT(iommu, a->device->iommu ? a->device->iommu->name : NULL)

static struct xdc_value dma_mask(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	return xdc_value_hex(arena, a->device->dma_mask);
}

static struct xdc_value group_type(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	struct xdc_value value = xdc_value_text(a->device->group_type);

	(void)arena;
	if (a->device->group >= 0 && value.type == XDC_VALUE_NONE)
		value.type = XDC_VALUE_UNKNOWN;
	return value;
}

static struct xdc_value serves_guests(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	(void)arena;
	return xdc_value_tri(a->device->serves_guests);
}

static struct xdc_value backend_domid(struct xdc_arena *arena, const struct xdc_attribution *a)
{
	(void)arena;
	return xdc_value_number(a->backend_domid);
}

static const struct device_field device_fields[] = {
	{ "driver", "driver", ON_FIELD, "driver", driver },
	{ "probe", "probe", ON_LOG, NULL, probe },
	{ "dma", "masters DMA", ON_CLASSES, NULL, dma },
	{ "dma_path", "path", ON_DECISION, NULL, dma_path },
	{ "verdict", "verdict", ON_DECISION, NULL, verdict },
	{ "own_memory", "own memory", ON_DECISION, NULL, own_memory },
	{ "foreign_pages", "guests' pages", ON_DECISION, NULL, foreign_pages },
	{ "serves_guests", "serves guests", ON_MODEL, NULL, serves_guests },
	{ "backend_domid", "backend domain", ON_DECISION, NULL, backend_domid },
	{ "dma_mask", "DMA mask", ON_RECORD, "dma", dma_mask },
	{ "iommu", "IOMMU", ON_FIELD, "iommu", iommu },
	{ "iommu_group_type", "group's type", ON_RECORD, "iommu-groups", group_type },
};

struct pairing {
	struct xdc_comparison *c;
	struct xdc_groups *before;
	struct xdc_groups *after;
};

static const char *key_of(struct xdc_comparison *c, const char *prefix,
			  const struct xdc_device *device)
{
	return xdc_arena_printf(c->arena, "%s%s", prefix,
				xdc_text_escaped(c->arena, device->path, strlen(device->path)));
}

/* Whether the field of the device's record could not be read: neither a value nor absent. */
static bool is_field_unread(struct xdc_comparison *c, const struct xdc_report *report,
			    const struct xdc_device *device, const char *field)
{
	const struct xdc_record *record = xdc_evidence_find(
		report->evidence, xdc_arena_printf(c->arena, "device:%s", device->path));
	enum xdc_status status = XDC_STATUS_OK;

	if (!xdc_record_readable(record))
		return true;
	xdc_field_find(c->arena, record->data, field, &status);
	return status != XDC_STATUS_OK && status != XDC_STATUS_ABSENT;
}

static struct xdc_unread unread_field(struct xdc_comparison *c, const struct xdc_device *before,
				      const struct xdc_device *after, const char *field)
{
	if (is_field_unread(c, c->before, before, field))
		return (struct xdc_unread){ XDC_SIDE_BEFORE, key_of(c, "device:", before) };
	if (is_field_unread(c, c->after, after, field))
		return (struct xdc_unread){ XDC_SIDE_AFTER, key_of(c, "device:", after) };
	return (struct xdc_unread){ 0 };
}

/* Why a driver is not bound is told by the log; that it is bound is not. */
static struct xdc_unread unread_log(struct xdc_comparison *c, const struct xdc_device *before,
				    const struct xdc_device *after)
{
	static const char *const keys[] = { "kmsg", "file:/sys/kernel/debug/devices_deferred",
					    "dma", NULL };

	if (before->probe == XDC_PROBE_BOUND || after->probe == XDC_PROBE_BOUND)
		return unread_field(c, before, after, "driver");
	return xdc_compare_unread(c, keys);
}

/* See model/dma.c. */
static struct xdc_unread unread_classes(struct xdc_comparison *c)
{
	static const char *const keys[] = {
		"class:block", "class:net",	  "class:drm",	"class:sound", "class:mmc_host",
		"class:nvme",  "class:scsi_host", "devicetree", "kmsg",	       NULL
	};

	return xdc_compare_unread(c, keys);
}

/* An input that only @a lacks; NULL where there is none. */
static const char *only_missing(const struct xdc_attribution *a,
				const struct xdc_attribution *other)
{
	for (size_t i = 0; i < a->n_missing; i++) {
		bool both = false;

		for (size_t n = 0; n < other->n_missing; n++)
			both = both || strcmp(a->missing[i], other->missing[n]) == 0;
		if (!both)
			return a->missing[i];
	}
	return NULL;
}

/* Records that a decision cites and that are not the device's own, which is there in both. */
static struct xdc_unread unread_citation(struct xdc_comparison *c, const struct xdc_attribution *a)
{
	for (size_t i = 0; i < a->n_reasons; i++) {
		for (size_t n = 0; n < XDC_EVIDENCE_MAX && a->reasons[i].evidence[n]; n++) {
			const char *keys[] = { a->reasons[i].evidence[n], NULL };
			struct xdc_unread unread;

			if (xdc_text_starts_with(keys[0], "device:") ||
			    xdc_text_starts_with(keys[0], "dma:"))
				continue;
			unread = xdc_compare_unread(c, keys);
			if (unread.side != XDC_SIDE_NEITHER)
				return unread;
		}
	}
	return (struct xdc_unread){ 0 };
}

/*
 * The rules give both the same path, and the kernel's own answer, which differs, was read in one
 * only: like is to be compared with like.
 */
static bool only_observed_once(const struct xdc_attribution *before,
			       const struct xdc_attribution *after)
{
	return before->observed != after->observed && before->path != after->path &&
	       before->inferred_path == after->inferred_path &&
	       !before->device->driver == !after->device->driver;
}

static struct xdc_unread unread_decision(struct xdc_comparison *c,
					 const struct xdc_attribution *before,
					 const struct xdc_attribution *after)
{
	const char *lacks_before = only_missing(before, after);
	const char *lacks_after = only_missing(after, before);
	struct xdc_unread unread;

	if (lacks_before)
		return (struct xdc_unread){ XDC_SIDE_BEFORE,
					    xdc_text_escaped(c->arena, lacks_before,
							     strlen(lacks_before)) };
	if (lacks_after)
		return (struct xdc_unread){ XDC_SIDE_AFTER, xdc_text_escaped(c->arena, lacks_after,
									     strlen(lacks_after)) };
	if (only_observed_once(before, after))
		return (struct xdc_unread){ before->observed ? XDC_SIDE_AFTER : XDC_SIDE_BEFORE,
					    key_of(c, "dma:", after->device) };
	unread = unread_citation(c, before);
	return unread.side == XDC_SIDE_NEITHER ? unread_citation(c, after) : unread;
}

static struct xdc_unread unread_of(struct xdc_comparison *c, const struct device_field *field,
				   const struct xdc_field_change *change,
				   const struct xdc_attribution *before,
				   const struct xdc_attribution *after)
{
	const char *keys[] = { field->source, NULL };
	struct xdc_unread unread;

	unread = unread_field(c, before->device, after->device, "bus");
	if (unread.side != XDC_SIDE_NEITHER)
		return unread;
	switch (field->rests_on) {
	case ON_FIELD:
		return unread_field(c, before->device, after->device, field->source);
	case ON_RECORD:
		if (xdc_value_is_there(&change->before) && xdc_value_is_there(&change->after))
			return (struct xdc_unread){ 0 };
		return xdc_compare_unread(c, keys);
	case ON_LOG:
		return unread_log(c, before->device, after->device);
	case ON_CLASSES:
		return unread_classes(c);
	case ON_DECISION:
		return unread_decision(c, before, after);
	default:
		return (struct xdc_unread){ 0 };
	}
}

static struct xdc_value group_of(struct xdc_arena *arena, const struct xdc_groups *groups,
				 const struct xdc_device *device)
{
	const struct xdc_device *first = xdc_groups_first(groups, device);

	return xdc_value_text(first ? xdc_text_escaped(arena, first->path, strlen(first->path))
				    : NULL);
}

static void compare_fields(const struct pairing *p, const struct xdc_attribution *before,
			   const struct xdc_attribution *after, struct xdc_fields *fields)
{
	struct xdc_field_change group = {
		.name = "iommu_group_of",
		.label = "in the group of",
		.before = group_of(p->c->arena, p->before, before->device),
		.after = group_of(p->c->arena, p->after, after->device),
		.unread = unread_field(p->c, before->device, after->device, "iommu_group"),
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(device_fields); i++) {
		const struct device_field *f = &device_fields[i];
		size_t count = fields->count;

		xdc_fields_add(fields, &(struct xdc_field_change){
					       .name = f->name,
					       .label = f->label,
					       .before = f->value(p->c->arena, before),
					       .after = f->value(p->c->arena, after),
				       });
		if (fields->count > count)
			fields->items[count].unread =
				unread_of(p->c, f, &fields->items[count], before, after);
	}
	xdc_fields_add(fields, &group);
}

static void pair_devices(void *arg, const void *before, const void *after)
{
	static const char *const keys[] = { "devices", NULL };
	struct pairing *p = arg;
	struct xdc_comparison *c = p->c;
	struct xdc_device_change *change = &c->devices[c->n_devices++];

	change->before = before;
	change->after = after;
	if (before && after)
		compare_fields(p, before, after, &change->change.fields);
	else
		change->change.unread = xdc_compare_unread(c, keys);
	xdc_change_settle(&change->change, before, after, &c->of_devices);
}

static struct xdc_named *list(const struct xdc_attributions *attributions)
{
	struct xdc_named *named = xdc_zalloc(attributions->count * sizeof(*named));

	for (size_t i = 0; i < attributions->count; i++)
		named[i] = (struct xdc_named){ attributions->items[i].device->path,
					       &attributions->items[i] };
	return named;
}

void xdc_compare_devices(struct xdc_comparison *c)
{
	const struct xdc_attributions *before = c->before->attributions;
	const struct xdc_attributions *after = c->after->attributions;
	xdc_autofree struct xdc_named *x = list(before), *y = list(after);
	struct pairing pairing = {
		.c = c,
		.before = xdc_groups_new(c->before->model, c->after->model),
		.after = xdc_groups_new(c->after->model, c->before->model),
	};

	c->devices = xdc_zalloc((before->count + after->count) * sizeof(*c->devices));
	xdc_pair(x, before->count, y, after->count, pair_devices, &pairing);
	xdc_groups_free(pairing.before);
	xdc_groups_free(pairing.after);
}
