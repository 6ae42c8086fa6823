/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* From what the kernel held for a device to the path that it means. */
#include <string.h>

#include "attrib/attrib.h"

/*
 * Tables by the functions in them: drivers/xen/swiotlb-xen.c, drivers/xen/grant-dma-ops.c,
 * drivers/iommu/dma-iommu.c (up to 6.11), arch/arm/mm/dma-mapping.c. Any other table is
 * another path of the architecture or a bus.
 */
static enum xdc_path table_path(const char *function)
{
	static const struct {
		const char *prefix;
		enum xdc_path path;
	} tables[] = {
		{ "xen_swiotlb_", XDC_PATH_SWIOTLB_XEN },  { "xen_grant_dma_", XDC_PATH_GRANT },
		{ "iommu_dma_", XDC_PATH_IOMMU },	   { "arm_iommu_", XDC_PATH_IOMMU },
		{ "arm_coherent_iommu_", XDC_PATH_IOMMU },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(tables); i++)
		if (xdc_text_starts_with(function, tables[i].prefix))
			return tables[i].path;
	return XDC_PATH_ARCH;
}

/* The function that names the table: map_sg is in every table, map_page only up to 6.18. */
static const char *table_function(const struct xdc_observation *observed)
{
	return observed->map_sg ? observed->map_sg : observed->map;
}

bool xdc_device_has_conflict(const struct xdc_attribution *a)
{
	const struct xdc_observation *observed = &a->device->observed;
	const char *function = table_function(observed);

	return observed->present && observed->dma_iommu == XDC_YES && observed->table && function &&
	       table_path(function) == XDC_PATH_SWIOTLB_XEN;
}

/* get_dma_ops() and, from 6.12, use_dma_iommu() before it: kernel/dma/mapping.c. */
static enum xdc_path observed_path(const struct xdc_attributions *all,
				   const struct xdc_attribution *a, const char **ret_text)
{
	const struct xdc_observation *observed = &a->device->observed;
	const char *function = table_function(observed);

	if (observed->dma_iommu == XDC_YES) {
		*ret_text = function ? xdc_arena_printf(all->arena,
							"the kernel has the dma-iommu flag set, "
							"which wins over the table with %s",
							function)
				     : "the kernel has the dma-iommu flag set";
		return XDC_PATH_IOMMU;
	}
	if (observed->table && !function) {
		*ret_text = "there is a table of DMA operations, but none that kallsyms names";
		return XDC_PATH_UNKNOWN;
	}
	if (observed->table) {
		*ret_text = xdc_arena_printf(all->arena, "its table of DMA operations has %s",
					     function);
		return table_path(function);
	}
	if (all->model->host.arch == XDC_ARCH_X86 && observed->global_ops != XDC_YES) {
		*ret_text = "it has no table of its own; the global dma_ops is not in kallsyms";
		return XDC_PATH_UNKNOWN;
	}
	if (observed->restricted_pool == XDC_YES) {
		*ret_text = "it has no table of DMA operations, and a restricted pool";
		return XDC_PATH_RESTRICTED;
	}
	if (observed->restricted_pool == XDC_UNKNOWN && a->inferred_path == XDC_PATH_RESTRICTED) {
		*ret_text = "it has no table of DMA operations; its pool could not be read";
		return XDC_PATH_UNKNOWN;
	}
	*ret_text = "it has no table of DMA operations";
	return XDC_PATH_DIRECT;
}

/*
 * arm_iommu_attach_device() (arch/arm/mm/dma-mapping.c) replaces the table that the kernel had
 * set before the driver's probe. Drivers of displays call it; nothing foretells that.
 */
static bool is_attached_by_driver(const struct xdc_attribution *a)
{
	const struct xdc_observation *observed = &a->device->observed;
	const char *function = table_function(observed);

	return a->inferred_path == XDC_PATH_SWIOTLB_XEN && function &&
	       observed->arch_mapping == XDC_YES &&
	       (xdc_text_starts_with(function, "arm_iommu_") ||
		xdc_text_starts_with(function, "arm_coherent_iommu_"));
}

/*
 * Where the kernel's pointers cannot be read, what the device's maps called tells as well
 * (bpf/watcher.h): no table's function is direct, and a table's is its path. Several: none.
 */
static enum xdc_path active_path(const struct xdc_attributions *all,
				 const struct xdc_attribution *a, const char **ret_text)
{
	static const struct {
		unsigned long long seen;
		enum xdc_path path;
	} paths[] = {
		{ XDC_SEEN_SWIOTLB_XEN, XDC_PATH_SWIOTLB_XEN },
		{ XDC_SEEN_IOMMU, XDC_PATH_IOMMU },
		{ XDC_SEEN_GRANT, XDC_PATH_GRANT },
		{ XDC_SEEN_ARCH, XDC_PATH_ARCH },
		{ XDC_SEEN_DIRECT, XDC_PATH_DIRECT },
	};
	const struct xdc_activity *activity = a->device->activity;

	for (size_t i = 0; activity && i < XDC_ARRAY_SIZE(paths); i++) {
		if (activity->counted.seen != paths[i].seen)
			continue;
		*ret_text = xdc_arena_printf(
			all->arena, "while DMA was counted, its maps called %s%s",
			paths[i].path == XDC_PATH_DIRECT ? "no table's functions" : "functions of ",
			paths[i].path == XDC_PATH_DIRECT ? "" : xdc_path_name(paths[i].path));
		/* Through a pool of its own, it is direct just the same. */
		return paths[i].path == XDC_PATH_DIRECT && a->inferred_path == XDC_PATH_RESTRICTED
			       ? XDC_PATH_RESTRICTED
			       : paths[i].path;
	}
	return XDC_PATH_UNKNOWN;
}

/* What was read of the kernel's pointers has told nothing. */
static void observe_by_activity(const struct xdc_attributions *all, struct xdc_attribution *a)
{
	const char *evidence[] = { NULL, NULL }, *text;
	const enum xdc_path path = active_path(all, a, &text);

	if (path == XDC_PATH_UNKNOWN || !a->device->driver ||
	    a->device->has_dma_configure == XDC_NO || a->inferred_path == XDC_PATH_ASSIGNED)
		return;
	a->observed = true;
	a->observed_path = path;
	evidence[0] = xdc_arena_printf(all->arena, "activity:%s", a->device->path);
	xdc_add_reason(a, "observed-activity", text, evidence);
}

static void read_pointers(const struct xdc_attributions *all, struct xdc_attribution *a)
{
	const struct xdc_device *device = a->device;
	const char *evidence[] = { NULL, NULL };
	const char *text;

	evidence[0] = xdc_dma_key(all, device);
	if (device->observed.outdated)
		xdc_add_reason(a, "observed-too-late",
			       "its driver came or went after sysfs was read and before the kernel "
			       "was: what was read there is left out",
			       evidence);
	if (!device->observed.present)
		return;
	a->observed = true;
	/* What does no DMA of its own has nothing to be read, however its table looks. */
	if (device->has_dma_configure == XDC_NO || a->inferred_path == XDC_PATH_ASSIGNED) {
		a->observed_path = a->inferred_path;
		return;
	}
	/* Without its driver, nobody knows whether what stands there is used. */
	if (!device->driver && device->unread)
		return;
	/* The flag and, on old kernels, a table may stand there without a driver: unused. */
	if (!device->driver) {
		a->observed_path = XDC_PATH_NONE;
		xdc_add_reason(a, "observed-none", "no driver is bound", evidence);
		return;
	}
	a->observed_path = observed_path(all, a, &text);
	xdc_add_reason(a, "observed", text, evidence);
	a->attached_by_driver = is_attached_by_driver(a);
	if (a->attached_by_driver)
		xdc_add_reason(a, "driver-attached",
			       "its driver has attached it to an IOMMU mapping itself "
			       "(arm_iommu_attach_device()), which replaced swiotlb-xen's table",
			       evidence);
}

void xdc_attribute_observed(const struct xdc_attributions *all, struct xdc_attribution *a)
{
	read_pointers(all, a);
	if (!a->observed || a->observed_path == XDC_PATH_UNKNOWN)
		observe_by_activity(all, a);
}
