/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-EXYNOS-DRM-BIND. The parts of an Exynos display are devices of their own, which one DRM
 * card attaches to one IOMMU mapping (drm_iommu_attach_device(), drivers/gpu/drm/exynos/
 * exynos_drm_dma.c, Linux 5.2 to 6.12). Attaching the first replaces its table by iommu_ops;
 * the next still has swiotlb-xen's, and "lacks support for IOMMU": -EINVAL.
 */
#include <string.h>

#include "check/check.h"

/* Device tree bindings display/samsung/: the parts that master DMA. */
static bool is_part(const char *compatible)
{
	static const char *const parts[] = { "-fimd", "-mixer",	  "-decon",  "-decon-tv", "-g2d",
					     "-gsc",  "-rotator", "-scaler", "-fimc" };

	for (const char *word = compatible; *word; word += strspn(word, " ")) {
		size_t size = strcspn(word, " ");

		for (size_t i = 0; i < XDC_ARRAY_SIZE(parts); i++) {
			size_t tail = strlen(parts[i]);

			if (xdc_text_starts_with(word, "samsung,") && size > tail &&
			    strncmp(word + size - tail, parts[i], tail) == 0)
				return true;
		}
		word += size;
	}
	return false;
}

/* Only displays and their mixers make a card fail; the others are there or not. */
static bool is_display(const char *compatible)
{
	return strstr(compatible, "-fimd") || strstr(compatible, "-mixer") ||
	       strstr(compatible, "-decon");
}

void xdc_check_exynos_drm(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_devicetree *tree = all->model->devicetree;
	const struct xdc_device *parts[2] = { NULL, NULL };
	size_t count = 0;
	struct xdc_finding *finding;

	if (!tree || all->model->host.arch != XDC_ARCH_ARM ||
	    all->model->host.role != XDC_ROLE_DOM0)
		return;
	for (size_t i = 0; i < all->count && count < 2; i++) {
		const struct xdc_attribution *a = &all->items[i];
		const struct xdc_dt_node *node =
			a->device->of_node ? xdc_devicetree_find(tree, a->device->of_node) : NULL;

		if (node && node->available && is_part(node->compatible) &&
		    is_display(node->compatible) && a->device->translated == XDC_YES &&
		    a->inferred_path == XDC_PATH_SWIOTLB_XEN)
			parts[count++] = a->device;
	}
	if (count < 2)
		return;
	finding =
		xdc_finding_add(findings, "XDC-EXYNOS-DRM-BIND", XDC_SEVERITY_ERROR, parts[1]->name,
				"The display will not bind: its parts get different DMA ops");
	xdc_finding_because(
		finding,
		xdc_arena_printf(
			findings->arena,
			"exynos-drm attaches %s to an IOMMU mapping first, which gives it "
			"iommu_ops; %s still has swiotlb-xen's, and the two must be equal: "
			"\"Device %s lacks support for IOMMU\", -22",
			parts[0]->name, parts[1]->name, parts[1]->name),
		"devicetree");
	xdc_finding_because(finding,
			    xdc_arena_printf(findings->arena,
					     "their IOMMUs (%s, %s) are in dom0's tree, as no "
					     "released Xen has a driver for them",
					     parts[0]->iommu ? parts[0]->iommu->name : "?",
					     parts[1]->iommu ? parts[1]->iommu->name : "?"),
			    "devicetree");
	xdc_finding_advise(finding, "Give the sysmmu nodes of the display status = \"disabled\" in "
				    "the device tree that Xen is started with, or build the kernel "
				    "without CONFIG_EXYNOS_IOMMU.");
	xdc_finding_advise(finding,
			   "A patch that keeps iommu_ops on Xen (ARM_DMA_USE_IOMMU_XEN, "
			   "November 2023) was never merged; with it, DMA to guests' pages "
			   "goes astray.");
	xdc_finding_refer(finding, "Linux drivers/gpu/drm/exynos/exynos_drm_dma.c");
}
