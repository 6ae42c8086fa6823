/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* arch_setup_dma_ops() of arch/arm64/mm/dma-mapping.c and arch/arm/mm/dma-mapping.c. */
#include "attrib/rules.h"

/*
 * platform_dma_configure() and pci_dma_configure() come to arch_setup_dma_ops() only for what
 * firmware describes: by a node of its own, for PCI that of the host bridge.
 */
enum xdc_tri xdc_rule_no_firmware_node(struct xdc_rule_context *c)
{
	const struct xdc_device *bearer = xdc_device_bearer(c->device);

	/* The host bridge of an ACPI system is no device of a bus. */
	if (!bearer)
		return XDC_NO;
	if (bearer->of_node)
		xdc_rule_saw(c, "device tree node %s", bearer->of_node);
	else
		xdc_rule_saw(c, bearer->has_acpi_node ? "an ACPI node" : "no node");
	return xdc_tri_of(!bearer->of_node && !bearer->has_acpi_node);
}

/*
 * drivers/xen/grant-dma-ops.c. 5.19 and 6.0 set it for any platform device, from 6.1 only
 * for the transports of virtio devices, when their driver binds.
 */
enum xdc_tri xdc_rule_grant_dma(struct xdc_rule_context *c)
{
	uint32_t domid = 0;
	const struct xdc_dt_node *node = xdc_model_described_iommu(c->model, c->device, &domid);
	enum xdc_tri option, only_virtio;

	if (!xdc_rule_on_xen(c) || !node || !node->available ||
	    !xdc_text_has_word(node->compatible, "xen,grant-dma")) {
		xdc_rule_saw(c, "no xen,grant-dma node for it");
		return XDC_NO;
	}
	option = xdc_rule_config(c, "XEN_VIRTIO");
	if (option != XDC_YES)
		return option;
	only_virtio = xdc_rule_kernel_at_least(c, 6, 1);
	if (!c->device->is_virtio && only_virtio != XDC_NO)
		return only_virtio == XDC_YES ? XDC_NO : XDC_UNKNOWN;
	xdc_rule_saw(c, "backend domain %u", domid);
	c->backend_domid = (long)domid;
	return XDC_YES;
}

/* Whether this kernel asks the dma-iommu flag before any table: from 6.12. */
static enum xdc_tri has_flag(struct xdc_rule_context *c)
{
	bool has = c->device->observed.dma_iommu != XDC_UNKNOWN;

	if (!c->device->observed.present)
		return xdc_rule_kernel_at_least(c, 6, 12);
	/* A kernel that was read shows it by having the flag; vendors' may have it earlier. */
	xdc_rule_saw(c, "this kernel has %s dma-iommu flag", has ? "the" : "no");
	return xdc_tri_of(has);
}

/* A group's type cannot be read on old kernels (before 5.11), where it decides nothing. */
enum xdc_tri xdc_rule_flag_comes_first(struct xdc_rule_context *c)
{
	enum xdc_tri flag = has_flag(c);

	return flag == XDC_YES ? xdc_rule_group_translates(c) : flag;
}

/*
 * xen_swiotlb_detect() (include/xen/arm/swiotlb-xen.h): from 5.13 on arm64 and 5.19 on arm;
 * before, every initial domain.
 */
enum xdc_tri xdc_rule_swiotlb_xen(struct xdc_rule_context *c)
{
	enum xdc_tri detects;

	if (!xdc_rule_on_xen(c)) {
		xdc_rule_saw(c, "not a Xen domain");
		return XDC_NO;
	}
	detects = c->host->arch == XDC_ARCH_ARM64 ? xdc_rule_kernel_at_least(c, 5, 13)
						  : xdc_rule_kernel_at_least(c, 5, 19);
	if (detects == XDC_UNKNOWN)
		return XDC_UNKNOWN;
	if (detects == XDC_NO) {
		xdc_rule_saw(c, "which asks for the role, %s", xdc_role_name(c->host->role));
		return xdc_tri_of(c->host->role == XDC_ROLE_DOM0);
	}
	if (c->host->direct_mapped != XDC_UNKNOWN)
		xdc_rule_saw(c, "features %08x: memory is %smapped 1:1", c->host->features,
			     c->host->direct_mapped == XDC_YES ? "" : "not ");
	return xdc_rule_need(c, c->host->direct_mapped, XDC_KEY_FEATURES);
}

enum xdc_tri xdc_rule_arm_attached(struct xdc_rule_context *c)
{
	if (c->device->group < 0) {
		xdc_rule_saw(c, "in no IOMMU group");
		return XDC_NO;
	}
	xdc_rule_saw(c, "in IOMMU group %ld", c->device->group);
	return xdc_rule_config(c, "ARM_DMA_USE_IOMMU");
}

/* kernel/dma/swiotlb.c, rmem_swiotlb_device_init(): only where no IOMMU serves the device. */
enum xdc_tri xdc_rule_restricted_pool(struct xdc_rule_context *c)
{
	const struct xdc_devicetree *tree = c->model->devicetree;
	const struct xdc_dt_node *node =
		tree && c->device->of_node ? xdc_devicetree_find(tree, c->device->of_node) : NULL;

	for (size_t i = 0; node && i < node->n_memory_region; i++) {
		const struct xdc_dt_node *region =
			xdc_devicetree_by_phandle(tree, node->memory_region[i]);

		if (!region || !region->available ||
		    !xdc_text_has_word(region->compatible, "restricted-dma-pool"))
			continue;
		xdc_rule_saw(c, "memory-region %s", region->path);
		return xdc_rule_config(c, "DMA_RESTRICTED_POOL");
	}
	xdc_rule_saw(c, "no such memory-region");
	return XDC_NO;
}

/* get_arch_dma_ops() of 32-bit Arm: &arm_dma_ops up to 5.19 unless built for LPAE. */
enum xdc_tri xdc_rule_arm_default_table(struct xdc_rule_context *c)
{
	enum xdc_tri modern = xdc_rule_kernel_at_least(c, 6, 0);
	enum xdc_tri lpae;

	if (modern != XDC_NO)
		return modern == XDC_YES ? XDC_NO : XDC_UNKNOWN;
	lpae = xdc_rule_config(c, "ARM_LPAE");
	return lpae == XDC_UNKNOWN ? XDC_UNKNOWN : xdc_tri_of(lpae == XDC_NO);
}
