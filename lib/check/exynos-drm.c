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

static bool is_part_of_display(const struct xdc_devicetree *tree, const struct xdc_attribution *a)
{
	const struct xdc_dt_node *node =
		a->device->of_node ? xdc_devicetree_find(tree, a->device->of_node) : NULL;

	return node && node->available && is_part(node->compatible) &&
	       is_display(node->compatible) && a->device->translated == XDC_YES &&
	       a->inferred_path == XDC_PATH_SWIOTLB_XEN;
}

/*
 * What was read: after the refusal the first part has its own mapping again, and iommu_ops
 * still (drm_iommu_detach_device()).
 */
static void tell_observed(const struct xdc_attributions *all, const struct xdc_attribution *first,
			  const struct xdc_attribution *second, struct xdc_finding *finding)
{
	const struct xdc_observation *a = &first->device->observed, *b = &second->device->observed;

	if (!first->attached_by_driver || second->observed_path != XDC_PATH_SWIOTLB_XEN)
		return;
	xdc_finding_because(finding,
			    xdc_arena_printf(all->arena,
					     "the kernel holds a table with %s for %s, and one "
					     "with %s for %s",
					     a->map_sg ? a->map_sg : a->map, first->device->name,
					     b->map_sg ? b->map_sg : b->map, second->device->name),
			    xdc_dma_key(all, first->device));
}

static void report(const struct xdc_attributions *all, const struct xdc_attribution *first,
		   const struct xdc_attribution *second, struct xdc_findings *findings)
{
	const struct xdc_device *a = first->device, *b = second->device;
	struct xdc_finding *finding =
		xdc_finding_add(findings, "XDC-EXYNOS-DRM-BIND", XDC_SEVERITY_ERROR, b->name,
				"The display will not bind: its parts get different DMA ops");

	xdc_finding_because(
		finding,
		xdc_arena_printf(
			findings->arena,
			"exynos-drm attaches %s to an IOMMU mapping first, which gives it "
			"iommu_ops; %s still has swiotlb-xen's, and the two must be equal: "
			"\"Device %s lacks support for IOMMU\", -22",
			a->name, b->name, b->name),
		"devicetree");
	tell_observed(all, first, second, finding);
	xdc_finding_because(finding,
			    xdc_arena_printf(findings->arena,
					     "their IOMMUs (%s, %s) are in dom0's tree, as no "
					     "released Xen has a driver for them",
					     a->iommu ? a->iommu->name : "?",
					     b->iommu ? b->iommu->name : "?"),
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

void xdc_check_exynos_drm(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_devicetree *tree = all->model->devicetree;
	const struct xdc_attribution *first = NULL, *second = NULL;

	if (!tree || all->model->host.arch != XDC_ARCH_ARM ||
	    all->model->host.role != XDC_ROLE_DOM0)
		return;
	for (size_t i = 0; i < all->count; i++) {
		const struct xdc_attribution *a = &all->items[i];

		if (!is_part_of_display(tree, a))
			continue;
		/* The one that was seen attached is the first, whatever their names. */
		if (!first || (a->attached_by_driver && !first->attached_by_driver)) {
			second = first ? first : second;
			first = a;
		} else if (!second) {
			second = a;
		}
	}
	if (second)
		report(all, first, second, findings);
}
