/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Findings, by their id and whom they are about. What a finding says to be so because of is
 * compared where it is read: devices, IOMMUs, host.
 */
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"

static struct xdc_named *list(struct xdc_arena *arena, const struct xdc_findings *findings)
{
	struct xdc_named *named = xdc_zalloc(findings->count * sizeof(*named));

	for (size_t i = 0; i < findings->count; i++) {
		const struct xdc_finding *f = &findings->items[i];

		named[i].name = xdc_arena_printf(arena, "%s %s", f->id, f->subject);
		named[i].thing = f;
	}
	return named;
}

struct pairing {
	struct xdc_comparison *c;
	struct xdc_named *devices; /* the changes of devices, by the devices' names */
};

static int by_name(const void *a, const void *b)
{
	const struct xdc_named *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static struct xdc_named *list_devices(const struct xdc_comparison *c)
{
	struct xdc_named *named = xdc_zalloc(c->n_devices * sizeof(*named));

	for (size_t i = 0; i < c->n_devices; i++) {
		const struct xdc_device_change *d = &c->devices[i];

		named[i].name = (d->before ? d->before : d->after)->device->name;
		named[i].thing = d;
	}
	if (c->n_devices)
		qsort(named, c->n_devices, sizeof(*named), by_name);
	return named;
}

static const struct xdc_device_change *find_device(const struct pairing *p, const char *name)
{
	const struct xdc_named wanted = { .name = name };
	const struct xdc_named *found = p->c->n_devices
						? bsearch(&wanted, p->devices, p->c->n_devices,
							  sizeof(*p->devices), by_name)
						: NULL;

	return found ? found->thing : NULL;
}

/* Whether the device's verdict is another, which tells why a finding about it is, *@ret_unread. */
static bool follows_device(const struct pairing *p, const char *name, struct xdc_unread *ret_unread)
{
	const struct xdc_device_change *device = find_device(p, name);

	for (size_t i = 0; device && i < device->change.fields.count; i++) {
		const struct xdc_field_change *field = &device->change.fields.items[i];

		if (strcmp(field->name, "verdict") == 0) {
			*ret_unread = field->unread;
			return true;
		}
	}
	return false;
}

/* The same of an IOMMU, whose findings follow how its masters fare: in doubt where one is. */
static bool follows_masters(const struct pairing *p, const struct xdc_model *model,
			    const char *name, struct xdc_unread *ret_unread)
{
	bool follows = false;

	for (size_t i = 0; i < model->n_iommus; i++) {
		const struct xdc_iommu *iommu = &model->iommus[i];

		for (size_t n = 0; strcmp(iommu->name, name) == 0 && n < iommu->n_masters; n++) {
			if (!follows_device(p, iommu->masters[n]->name, ret_unread))
				continue;
			follows = true;
			if (ret_unread->side != XDC_SIDE_NEITHER)
				return true;
		}
	}
	return follows;
}

static bool follows_verdict(const struct pairing *p, const char *subject,
			    struct xdc_unread *ret_unread)
{
	return follows_device(p, subject, ret_unread) ||
	       follows_masters(p, p->c->before->model, subject, ret_unread) ||
	       follows_masters(p, p->c->after->model, subject, ret_unread);
}

/* What one side lacks of all that the finding follows from. */
static struct xdc_unread unread_behind(const struct pairing *p, const struct xdc_finding *finding)
{
	struct xdc_unread unread = { 0 };

	if (follows_verdict(p, finding->subject, &unread))
		return unread;
	for (size_t i = 0; i < finding->n_because; i++) {
		const char *keys[] = { finding->because[i].evidence[0], NULL };

		unread = xdc_compare_unread(p->c, keys);
		if (unread.side != XDC_SIDE_NEITHER)
			break;
	}
	return unread;
}

/* A finding that only one has: whether the other, @lacking, could have had it. */
static struct xdc_unread unread_of(const struct pairing *p, const struct xdc_finding *finding,
				   enum xdc_side lacking)
{
	struct xdc_unread unread = unread_behind(p, finding);

	return unread.side == lacking ? unread : (struct xdc_unread){ 0 };
}

static struct xdc_value advice(struct xdc_arena *arena, const struct xdc_finding *finding)
{
	struct xdc_value value = { .type = XDC_VALUE_LIST, .n_items = finding->n_advice };
	const char **items = xdc_arena_alloc(arena, (finding->n_advice + 1) * sizeof(*items));

	for (size_t i = 0; i < finding->n_advice; i++)
		items[i] = xdc_text_escaped(arena, finding->advice[i], strlen(finding->advice[i]));
	value.items = items;
	return value;
}

static void compare_fields(const struct pairing *p, const struct xdc_finding *before,
			   const struct xdc_finding *after, struct xdc_fields *fields)
{
	struct xdc_arena *arena = p->c->arena;
	const struct xdc_unread unread = unread_behind(p, before);
	struct xdc_field_change changes[] = {
		{ "severity", "severity", xdc_value_text(xdc_severity_name(before->severity)),
		  xdc_value_text(xdc_severity_name(after->severity)), unread },
		{ "title", "title", xdc_value_text(before->title), xdc_value_text(after->title),
		  unread },
		{ "advice", "what to do", advice(arena, before), advice(arena, after), unread },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(changes); i++)
		xdc_fields_add(fields, &changes[i]);
}

static void pair_findings(void *arg, const void *before, const void *after)
{
	struct pairing *p = arg;
	struct xdc_comparison *c = p->c;
	struct xdc_finding_change change = { .before = before, .after = after };

	if (before && after)
		compare_fields(p, before, after, &change.change.fields);
	else
		change.change.unread = unread_of(p, before ? before : after,
						 before ? XDC_SIDE_AFTER : XDC_SIDE_BEFORE);
	xdc_change_settle(&change.change, before, after, &c->of_findings);
	if (change.change.kind == XDC_SAME)
		return;
	xdc_array_reserve((void **)&c->findings, c->n_findings, sizeof(*c->findings));
	c->findings[c->n_findings++] = change;
}

static int gravity(const struct xdc_finding_change *change)
{
	int before = change->before ? (int)change->before->severity : -1;
	int after = change->after ? (int)change->after->severity : -1;

	return before > after ? before : after;
}

static int by_gravity(const void *a, const void *b)
{
	const struct xdc_finding_change *x = a, *y = b;
	const struct xdc_finding *f = x->before ? x->before : x->after;
	const struct xdc_finding *g = y->before ? y->before : y->after;
	int r = gravity(y) - gravity(x);

	if (!r)
		r = strcmp(f->id, g->id);
	if (!r)
		r = (int)x->change.kind - (int)y->change.kind;
	if (!r)
		r = strcmp(f->title, g->title);
	return r ? r : strcmp(f->subject, g->subject);
}

void xdc_compare_findings(struct xdc_comparison *c)
{
	const struct xdc_findings *before = c->before->findings, *after = c->after->findings;
	xdc_autofree struct xdc_named *x = list(c->arena, before), *y = list(c->arena, after);
	xdc_autofree struct xdc_named *devices = list_devices(c);
	struct pairing pairing = { c, devices };

	xdc_pair(x, before->count, y, after->count, pair_findings, &pairing);
	if (c->n_findings)
		qsort(c->findings, c->n_findings, sizeof(*c->findings), by_gravity);
}
