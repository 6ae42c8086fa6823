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

static void refuse(struct xdc_watch_points *attached, const char *what, int error)
{
	for (size_t i = 0; i < attached->n_unwatched; i++)
		if (attached->unwatched[i].what == what)
			return;
	attached->unwatched[attached->n_unwatched++] =
		(struct xdc_unwatched){ what, strerror(error) };
}

/* Puts @point's program there; whether it is. */
static bool watch(const struct xdc_probe *probe, const struct bpf_object *programs,
		  const struct point *point, struct xdc_watch_points *attached,
		  struct xdc_watch_links *links)
{
	struct bpf_program *program = bpf_object__find_program_by_name(programs, point->program);
	int r = program ? attach(probe, program, point, &links->items[links->count]) : -ENOENT;

	if (r == 0)
		links->count++;
	else if (r != -ENOENT)
		refuse(attached, point->name, -r);
	return r == 0;
}

void xdc_watch_points_attach(const struct xdc_probe *probe, const struct bpf_object *programs,
			     struct xdc_watch_points *ret)
{
	bool traced[N_KINDS] = { false };

	*ret = (struct xdc_watch_points){ 0 };
	for (size_t i = 0; i < XDC_ARRAY_SIZE(points); i++) {
		const struct point *point = &points[i];

		if (point->kind == TABLES || (traced[point->kind] && !point->tracepoint) ||
		    !watch(probe, programs, point, ret, &ret->calls))
			continue;
		traced[point->kind] |= point->tracepoint;
		ret->sees_maps |= point->kind == PAGES || point->kind == LISTS;
	}
	xdc_watch_tables_attach(probe, programs, ret);
}

void xdc_watch_tables_attach(const struct xdc_probe *probe, const struct bpf_object *programs,
			     struct xdc_watch_points *attached)
{
	const size_t before = attached->n_unwatched;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(points); i++)
		if (points[i].kind == TABLES)
			watch(probe, programs, &points[i], attached, &attached->tables);
	attached->sees_tables = attached->n_unwatched == before;
}

static void detach(struct xdc_watch_links *links)
{
	while (links->count)
		bpf_link__destroy(links->items[--links->count]);
}

void xdc_watch_tables_detach(struct xdc_watch_points *attached)
{
	detach(&attached->tables);
}

void xdc_watch_points_detach(struct xdc_watch_points *attached)
{
	detach(&attached->calls);
	detach(&attached->tables);
}
