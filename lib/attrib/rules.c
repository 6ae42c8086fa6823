/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table, and the conditions that hold on every architecture. */
#include <string.h>

#include "attrib/rules.h"

void xdc_rule_saw(struct xdc_rule_context *c, const char *format, ...)
{
	char text[256];
	va_list args;

	if (!c->explain)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	/* What one condition looked at after another belongs together. */
	c->seen = *c->seen ? xdc_arena_printf(c->arena, "%s; %s", c->seen, text)
			   : xdc_arena_strdup(c->arena, text);
}

enum xdc_tri xdc_rule_need(struct xdc_rule_context *c, enum xdc_tri value, const char *key)
{
	if (value == XDC_UNKNOWN) {
		c->missing = key;
		xdc_rule_saw(c, "%s could not be read", key);
	}
	return value;
}

bool xdc_rule_on_xen(const struct xdc_rule_context *c)
{
	return c->host->role == XDC_ROLE_DOM0 || c->host->role == XDC_ROLE_DOMU;
}

enum xdc_tri xdc_rule_kernel_at_least(struct xdc_rule_context *c, unsigned int major,
				      unsigned int minor)
{
	enum xdc_tri r = xdc_version_at_least(c->host->kernel_version, major, minor);

	if (r != XDC_UNKNOWN)
		xdc_rule_saw(c, "Linux %s", c->host->kernel);
	return xdc_rule_need(c, r, XDC_KEY_UNAME);
}

enum xdc_tri xdc_rule_config(struct xdc_rule_context *c, const char *option)
{
	char value = xdc_host_config(c->host, option);

	if (!value)
		return xdc_rule_need(c, XDC_UNKNOWN, XDC_KEY_CONFIG);
	xdc_rule_saw(c, "CONFIG_%s=%c", option, value);
	return xdc_tri_of(value == 'y');
}

enum xdc_tri xdc_rule_unreadable(struct xdc_rule_context *c)
{
	return xdc_rule_need(c, c->device->unread ? XDC_UNKNOWN : XDC_NO, c->device->unread);
}

enum xdc_tri xdc_rule_bus_sets_up_no_dma(struct xdc_rule_context *c)
{
	xdc_rule_saw(c, "bus %s", c->device->bus);
	return xdc_tri_of(c->device->has_dma_configure != XDC_YES);
}

enum xdc_tri xdc_rule_held_by_pciback(struct xdc_rule_context *c)
{
	const char *driver = c->device->driver;

	xdc_rule_saw(c, "driver %s", driver ? driver : "none");
	return xdc_tri_of(driver &&
			  (strcmp(driver, "pciback") == 0 || strcmp(driver, "xen-pciback") == 0));
}

enum xdc_tri xdc_rule_architecture_unknown(struct xdc_rule_context *c)
{
	xdc_rule_saw(c, "%s", c->host->machine ? c->host->machine : "unknown machine");
	if (c->host->arch == XDC_ARCH_UNKNOWN)
		return xdc_rule_need(c, XDC_UNKNOWN, XDC_KEY_UNAME);
	return xdc_tri_of(c->host->arch == XDC_ARCH_OTHER);
}

enum xdc_tri xdc_rule_role_unknown(struct xdc_rule_context *c)
{
	xdc_rule_saw(c, "role %s", xdc_role_name(c->host->role));
	return xdc_rule_need(c, c->host->role == XDC_ROLE_UNKNOWN ? XDC_UNKNOWN : XDC_NO,
			     XDC_KEY_FEATURES);
}

enum xdc_tri xdc_rule_group_translates(struct xdc_rule_context *c)
{
	if (c->device->group < 0) {
		xdc_rule_saw(c, "in no IOMMU group");
		return XDC_NO;
	}
	xdc_rule_saw(c, "IOMMU group %ld has type %s", c->device->group,
		     c->device->group_type ? c->device->group_type : "unknown");
	return xdc_rule_need(c, xdc_domain_translates(c->device->group_type), XDC_KEY_GROUPS);
}

enum xdc_tri xdc_rule_always(struct xdc_rule_context *c)
{
	(void)c;
	return XDC_YES;
}

const struct xdc_rule xdc_rules[] = {
	{ "unreadable", XDC_FOR_ALL, "Could what decides not be read?", xdc_rule_unreadable,
	  XDC_PATH_UNKNOWN, "", NULL },
	{ "bus-sets-up-no-dma", XDC_FOR_ALL, "Does its bus leave DMA alone?",
	  xdc_rule_bus_sets_up_no_dma, XDC_PATH_VIA,
	  "its bus sets up no DMA: it does none of its own", NULL },
	{ "held-by-pciback", XDC_FOR_ALL, "Does pciback hold it?", xdc_rule_held_by_pciback,
	  XDC_PATH_ASSIGNED, "pciback holds it for a guest", NULL },
	{ "architecture-unknown", XDC_FOR_ALL, "Is this an architecture without rules?",
	  xdc_rule_architecture_unknown, XDC_PATH_UNKNOWN, "no rules for this architecture",
	  XDC_KEY_UNAME },
	{ "role-unknown", XDC_FOR_ALL, "Is it unknown whether this is a Xen domain?",
	  xdc_rule_role_unknown, XDC_PATH_UNKNOWN, "", XDC_KEY_FEATURES },
	{ "x86-guest-type-unknown", XDC_FOR_X86, "Is it unknown how Xen runs this kernel?",
	  xdc_rule_guest_type_unknown, XDC_PATH_UNKNOWN, "", XDC_KEY_GUEST_TYPE },
	{ "x86-pv-dom0", XDC_FOR_X86, "Is this a PV dom0?", xdc_rule_pv_dom0, XDC_PATH_SWIOTLB_XEN,
	  "a PV dom0's pages are not where it counts them: swiotlb-xen is the global table",
	  XDC_KEY_GUEST_TYPE },
	{ "x86-pv-iommu-soft", XDC_FOR_X86, "Is this a PV guest that was told iommu=soft?",
	  xdc_rule_pv_iommu_soft, XDC_PATH_SWIOTLB_XEN,
	  "a PV guest with iommu=soft on its command line has swiotlb-xen", XDC_KEY_CMDLINE },
	{ "x86-pv-guest", XDC_FOR_X86, "Is this a PV guest?", xdc_rule_pv_guest, XDC_PATH_DIRECT,
	  "a PV guest without pass-through has no table", XDC_KEY_GUEST_TYPE },
	{ "x86-iommu", XDC_FOR_X86, "Does its IOMMU group translate?", xdc_rule_group_translates,
	  XDC_PATH_IOMMU, "its IOMMU group translates: dma-iommu maps for it", XDC_KEY_GROUPS },
	{ "x86-direct", XDC_FOR_X86, "Is nothing of the above so?", xdc_rule_always,
	  XDC_PATH_DIRECT, "no IOMMU of this kernel's translates for it", XDC_KEY_GROUPS },
	{ "no-firmware-node", XDC_FOR_ANY_ARM, "Does firmware leave it undescribed?",
	  xdc_rule_no_firmware_node, XDC_PATH_DIRECT,
	  "firmware does not describe it, so the kernel sets no table for it", NULL },
	{ "grant-dma", XDC_FOR_ANY_ARM, "Does it take grants of another domain?",
	  xdc_rule_grant_dma, XDC_PATH_GRANT,
	  "the device tree names the domain whose grants it takes (xen,grant-dma)",
	  XDC_KEY_DEVICETREE },
	{ "arm64-iommu-first", XDC_FOR_ARM64,
	  "Does its IOMMU group translate, and this kernel ask that before any table?",
	  xdc_rule_flag_comes_first, XDC_PATH_IOMMU,
	  "its IOMMU group translates, and this kernel asks that before any table (since 6.12)",
	  XDC_KEY_GROUPS },
	{ "arm-swiotlb-xen", XDC_FOR_ANY_ARM, "Does the kernel set swiotlb-xen here?",
	  xdc_rule_swiotlb_xen, XDC_PATH_SWIOTLB_XEN,
	  "this domain's memory is mapped 1:1, so the kernel sets swiotlb-xen for it",
	  XDC_KEY_FEATURES },
	{ "arm64-iommu", XDC_FOR_ARM64, "Does its IOMMU group translate?",
	  xdc_rule_group_translates, XDC_PATH_IOMMU,
	  "its IOMMU group translates: dma-iommu maps for it", XDC_KEY_GROUPS },
	{ "arm-iommu", XDC_FOR_ARM, "Is it attached to an IOMMU that serves DMA?",
	  xdc_rule_arm_attached, XDC_PATH_IOMMU,
	  "it is behind an IOMMU, and this kernel uses those for DMA", XDC_KEY_GROUPS },
	{ "restricted-pool", XDC_FOR_ANY_ARM, "Has it a restricted-dma-pool?",
	  xdc_rule_restricted_pool, XDC_PATH_RESTRICTED,
	  "the device tree gives it a restricted-dma-pool", XDC_KEY_DEVICETREE },
	{ "arm-default-table", XDC_FOR_ARM, "Has this kernel a table for every device?",
	  xdc_rule_arm_default_table, XDC_PATH_ARCH, "this kernel gives every device arm_dma_ops",
	  XDC_KEY_UNAME },
	{ "direct", XDC_FOR_ANY_ARM, "Is nothing of the above so?", xdc_rule_always,
	  XDC_PATH_DIRECT, "nothing translates or bounces for it", NULL },
};

const size_t xdc_n_rules = XDC_ARRAY_SIZE(xdc_rules);
