/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * x86 has no arch_setup_dma_ops(): one global table serves every device without its own
 * (arch/x86/kernel/pci-dma.c). A PV kernel has swiotlb-xen there in dom0, and in a guest that
 * asked for it (pci_xen_swiotlb_init(), Linux 4.15 to 7.1).
 */
#include <string.h>

#include "attrib/rules.h"

static void saw_guest_type(struct xdc_rule_context *c)
{
	xdc_rule_saw(c, "%s, guest type %s", xdc_role_name(c->host->role),
		     c->host->guest_type_text ? c->host->guest_type_text : "none");
}

enum xdc_tri xdc_rule_guest_type_unknown(struct xdc_rule_context *c)
{
	bool unknown = xdc_rule_on_xen(c) && c->host->guest_type == XDC_GUEST_UNKNOWN;

	saw_guest_type(c);
	return xdc_rule_need(c, unknown ? XDC_UNKNOWN : XDC_NO, XDC_KEY_GUEST_TYPE);
}

enum xdc_tri xdc_rule_pv_dom0(struct xdc_rule_context *c)
{
	saw_guest_type(c);
	return xdc_tri_of(c->host->guest_type == XDC_GUEST_PV && c->host->role == XDC_ROLE_DOM0);
}

/* "iommu=" takes a list: "iommu=noforce,soft" (iommu_setup()). */
static enum xdc_tri asked_for_soft(const char *command_line)
{
	static const char option[] = "iommu=";

	if (!command_line)
		return XDC_UNKNOWN;
	for (const char *at = command_line; (at = strstr(at, option)); at += strlen(option)) {
		const char *value = at + strlen(option);

		if (at != command_line && at[-1] != ' ')
			continue;
		while (*value && *value != ' ') {
			size_t size = strcspn(value, ", ");

			if (size == strlen("soft") && strncmp(value, "soft", size) == 0)
				return XDC_YES;
			value += size + (value[size] == ',');
		}
	}
	return XDC_NO;
}

enum xdc_tri xdc_rule_pv_iommu_soft(struct xdc_rule_context *c)
{
	saw_guest_type(c);
	if (c->host->guest_type != XDC_GUEST_PV)
		return XDC_NO;
	return xdc_rule_need(c, asked_for_soft(c->host->command_line), XDC_KEY_CMDLINE);
}

enum xdc_tri xdc_rule_pv_guest(struct xdc_rule_context *c)
{
	saw_guest_type(c);
	return xdc_tri_of(c->host->guest_type == XDC_GUEST_PV);
}
