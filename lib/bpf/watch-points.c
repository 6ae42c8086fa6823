/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <bpf/libbpf.h>
#include <errno.h>
#include <string.h>

#include "bpf/watch-points.h"

/* What is counted; a tracepoint for it makes its kprobes superfluous, which would count twice. */
enum kind {
	PAGES,
	LISTS,
	ALLOCATIONS,
	LINKS,
	BOUNCES,
	TABLES,
	N_KINDS,
};

/*
 * Tracepoints first: they cost less, and are there where the compiler has inlined the function.
 * include/trace/events/dma.h: Linux 6.12 and later, dma_map_page renamed to dma_map_phys in 6.18.
 * The functions are exported by kernel/dma/mapping.c since 5.0. __dma_map_sg_attrs(), behind both
 * that map a list, is static there. Those of tables are called by a pointer, or from another file
 * (iommu_dma_map_page() since 6.12), and so are not inlined: drivers/xen/swiotlb-xen.c and
 * grant-dma-ops.c, drivers/iommu/dma-iommu.c, arch/arm/mm/dma-mapping.c,
 * arch/x86/kernel/amd_gart_64.c.
 */
static const struct point {
	enum kind kind;
	bool tracepoint;
	const char *name;
	const char *program;
} points[] = {
	{ PAGES, true, "dma_map_phys", "trace_map" },
	{ PAGES, true, "dma_map_page", "trace_map" },
	{ PAGES, false, "dma_map_page_attrs", "map_page" },
	{ LISTS, true, "dma_map_sg", "trace_map_list" },
	{ LISTS, false, "dma_map_sg_attrs", "map_list" },
	{ LISTS, false, "dma_map_sgtable", "map_table" },
	{ ALLOCATIONS, true, "dma_alloc", "trace_allocate" },
	{ ALLOCATIONS, true, "dma_alloc_pages", "trace_allocate" },
	{ ALLOCATIONS, false, "dma_alloc_attrs", "allocate" },
	{ LINKS, false, "dma_iova_link", "link_iova" },
	{ BOUNCES, true, "swiotlb_bounced", "trace_bounce" },
	{ TABLES, false, "xen_swiotlb_map_page", "seen_swiotlb_xen" },
	{ TABLES, false, "xen_swiotlb_map_phys", "seen_swiotlb_xen" },
	{ TABLES, false, "xen_swiotlb_map_sg", "seen_swiotlb_xen" },
	{ TABLES, false, "iommu_dma_map_page", "seen_iommu" },
	{ TABLES, false, "iommu_dma_map_phys", "seen_iommu" },
	{ TABLES, false, "iommu_dma_map_sg", "seen_iommu" },
	{ TABLES, false, "arm_iommu_map_page", "seen_iommu" },
	{ TABLES, false, "arm_iommu_map_phys", "seen_iommu" },
	{ TABLES, false, "arm_iommu_map_sg", "seen_iommu" },
	{ TABLES, false, "xen_grant_dma_map_page", "seen_grant" },
	{ TABLES, false, "xen_grant_dma_map_phys", "seen_grant" },
	{ TABLES, false, "xen_grant_dma_map_sg", "seen_grant" },
	{ TABLES, false, "arm_dma_map_page", "seen_arch" },
	{ TABLES, false, "arm_coherent_dma_map_page", "seen_arch" },
	{ TABLES, false, "arm_dma_map_sg", "seen_arch" },
	{ TABLES, false, "gart_map_page", "seen_arch" },
	{ TABLES, false, "gart_map_phys", "seen_arch" },
	{ TABLES, false, "gart_map_sg", "seen_arch" },
};
_Static_assert(XDC_ARRAY_SIZE(points) <= XDC_WATCH_POINTS_MAX, "room for all links");

static int attach(const struct xdc_probe *probe, struct bpf_program *program,
		  const struct point *point, struct bpf_link **ret)
{
	if (!point->tracepoint)
		return xdc_probe_hook(probe, program, point->name, ret);
	*ret = bpf_program__attach_raw_tracepoint(program, point->name);
	return *ret ? 0 : -errno;
}

void xdc_watch_points_attach(const struct xdc_probe *probe, const struct bpf_object *programs,
			     struct xdc_watch_points *ret)
{
	bool traced[N_KINDS] = { false };

	*ret = (struct xdc_watch_points){ .sees_tables = true };
	for (size_t i = 0; i < XDC_ARRAY_SIZE(points); i++) {
		const struct point *point = &points[i];
		struct bpf_program *program =
			bpf_object__find_program_by_name(programs, point->program);
		int r;

		if (!program || (traced[point->kind] && !point->tracepoint))
			continue;
		r = attach(probe, program, point, &ret->links[ret->n_links]);
		if (r == 0) {
			ret->n_links++;
			traced[point->kind] |= point->tracepoint;
			ret->sees_maps |= point->kind == PAGES || point->kind == LISTS;
		} else if (r != -ENOENT) {
			ret->unwatched[ret->n_unwatched++] =
				(struct xdc_unwatched){ point->name, strerror(-r) };
			ret->sees_tables &= point->kind != TABLES;
		}
	}
}

void xdc_watch_points_detach(struct xdc_watch_points *attached)
{
	while (attached->n_links)
		bpf_link__destroy(attached->links[--attached->n_links]);
}
