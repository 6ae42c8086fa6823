/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kernel, the hypervisor and its tools: versions, role, and what they say of themselves. */
#include <string.h>

#include "compare/compare.h"

/* Whose fact it is: a machine without Xen has none of Xen's, and that is known. */
enum owner { OF_KERNEL, OF_XEN };

struct host_field {
	const char *name;
	const char *label;
	enum owner owner;
	bool may_be_none; /* a machine without tools */
	const char *key;  /* the record it is read from */
	struct xdc_value (*value)(struct xdc_arena *arena, const struct xdc_report *report);
};

#define VALUE(name, expression)                                                                    \
	static struct xdc_value name(struct xdc_arena *arena, const struct xdc_report *report)     \
	{                                                                                          \
		const struct xdc_model *m = report->model;                                         \
                                                                                                   \
		(void)arena;                                                                       \
		return expression;                                                                 \
	}

VALUE(arch, xdc_value_text(m->host.machine))
VALUE(kernel, xdc_value_text(m->host.kernel))
VALUE(role, xdc_value_text(m->host.role == XDC_ROLE_UNKNOWN ? NULL : xdc_role_name(m->host.role)))
VALUE(version, xdc_value_text(m->host.xen))
VALUE(guest_type, xdc_value_text(m->host.guest_type_text))
VALUE(direct_mapped, xdc_value_tri(m->host.direct_mapped))
VALUE(drives_iommu, xdc_value_tri(m->xen.drives_iommu))
VALUE(domctl, xdc_value_number(m->xen.domctl))
VALUE(sysctl, xdc_value_number(m->xen.sysctl))
VALUE(tools_release, xdc_value_text(m->xen.tools_release))
VALUE(tools_domctl, xdc_value_number(m->xen.tools ? m->xen.tools->domctl : -1))
VALUE(tools_sysctl, xdc_value_number(m->xen.tools ? m->xen.tools->sysctl : -1))
VALUE(ram_end, xdc_value_hex(arena, m->host.ram_end))

#define LOCKDOWN_KEY "file:/sys/kernel/security/lockdown"

/* A kernel that cannot be locked down is not. */
static struct xdc_value lockdown(struct xdc_arena *arena, const struct xdc_report *report)
{
	const char *mode = report->model->host.lockdown;

	(void)arena;
	return xdc_value_text(mode || !xdc_compare_answered(report, LOCKDOWN_KEY) ? mode : "none");
}

#define BUILD_ID_KEY "file:/sys/hypervisor/properties/buildid"

/* Bytes: of two hypervisors of one version it tells whether they are one build. */
static struct xdc_value build_id(struct xdc_arena *arena, const struct xdc_report *report)
{
	enum { LONGEST = 64 };
	const struct xdc_record *record = xdc_evidence_find(report->evidence, BUILD_ID_KEY);
	char *text;

	if (!xdc_record_readable(record) || !record->size || record->size > LONGEST)
		return xdc_value_text(NULL);
	text = xdc_arena_alloc(arena, record->size * 2 + 1);
	for (size_t i = 0; i < record->size; i++)
		snprintf(text + i * 2, 3, "%02x", (unsigned char)record->data[i]);
	return xdc_value_text(text);
}

static const struct host_field host_fields[] = {
	{ "arch", "architecture", OF_KERNEL, false, "uname", arch },
	{ "kernel", "kernel", OF_KERNEL, false, "uname", kernel },
	{ "lockdown", "lockdown", OF_KERNEL, false, LOCKDOWN_KEY, lockdown },
	{ "ram_end", "end of memory", OF_KERNEL, false, "file:/proc/iomem", ram_end },
	{ "role", "role", OF_KERNEL, false, "file:/proc/xen/capabilities", role },
	{ "xen_version", "Xen", OF_XEN, false, "file:/sys/hypervisor/version/major", version },
	{ "xen_build_id", "Xen's build", OF_XEN, false, BUILD_ID_KEY, build_id },
	{ "guest_type", "guest type", OF_XEN, false, "file:/sys/hypervisor/guest_type",
	  guest_type },
	{ "direct_mapped", "mapped 1:1", OF_XEN, false, "file:/sys/hypervisor/properties/features",
	  direct_mapped },
	{ "drives_iommu", "Xen drives an IOMMU", OF_XEN, false, "xen:physinfo", drives_iommu },
	{ "domctl", "Xen's domctl", OF_XEN, false, "xen:interfaces", domctl },
	{ "sysctl", "Xen's sysctl", OF_XEN, false, "xen:interfaces", sysctl },
	{ "tools_release", "Xen's tools", OF_XEN, true, "tools", tools_release },
	{ "tools_domctl", "the tools' domctl", OF_XEN, true, "tools", tools_domctl },
	{ "tools_sysctl", "the tools' sysctl", OF_XEN, true, "tools", tools_sysctl },
};

/* Of what has no value: there is none, or it could not be read. */
static void settle(const struct host_field *field, const struct xdc_report *report,
		   enum xdc_side side, struct xdc_value *value, struct xdc_unread *unread)
{
	if (value->type != XDC_VALUE_NONE && value->type != XDC_VALUE_UNKNOWN)
		return;
	if ((field->owner == OF_XEN && report->model->host.role == XDC_ROLE_NONE) ||
	    (field->may_be_none && xdc_compare_answered(report, field->key))) {
		value->type = XDC_VALUE_NONE;
		return;
	}
	value->type = XDC_VALUE_UNKNOWN;
	*unread = (struct xdc_unread){ side, field->key };
}

void xdc_compare_host(struct xdc_comparison *c)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(host_fields); i++) {
		const struct host_field *f = &host_fields[i];
		struct xdc_field_change change = {
			.name = f->name,
			.label = f->label,
			.before = f->value(c->arena, c->before),
			.after = f->value(c->arena, c->after),
		};

		settle(f, c->before, XDC_SIDE_BEFORE, &change.before, &change.unread);
		settle(f, c->after, XDC_SIDE_AFTER, &change.after, &change.unread);
		xdc_fields_add(&c->host, &change);
	}
	for (size_t i = 0; i < c->host.count; i++) {
		c->of_host.differ++;
		c->of_host.unread += c->host.items[i].unread.side != XDC_SIDE_NEITHER;
	}
}
