/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the device tree says about DMA: the nodes that are IOMMUs, refer to one, or limit
 * their children's DMA. Bindings: Documentation/devicetree/bindings/iommu/iommu.txt,
 * pci/pci-iommu.txt, iommu/xen,grant-dma.yaml, reserved-memory/; dma-ranges: Devicetree
 * Specification 2.3.9.
 */
#ifndef XDC_DEVICETREE_H
#define XDC_DEVICETREE_H

#include "base/base.h"

/* One entry of dma-ranges: what a device calls @bus is memory at @memory. */
struct xdc_dma_range {
	uint64_t bus;
	uint64_t memory;
	uint64_t size; /* not 0 */
};

struct xdc_dt_node {
	const char *path;	/* "/pcie@10000000" */
	const char *compatible; /* all of them, separated by blanks; "" without */
	uint32_t phandle;	/* 0: none */
	bool available;		/* status is absent, "okay" or "ok", and so for its parents */
	bool is_iommu;		/* has #iommu-cells, or is xen,grant-dma */
	uint32_t iommu_cells;
	const uint32_t *iommus; /* cells, host byte order */
	size_t n_iommus;
	const uint32_t *iommu_map;
	size_t n_iommu_map;
	uint32_t iommu_map_mask;
	bool dma_coherent;
	bool has_dma_ranges; /* an empty one: all memory, at its own address */
	const struct xdc_dma_range *dma_ranges;
	size_t n_dma_ranges;
	const uint32_t *memory_region; /* phandles */
	size_t n_memory_region;
	bool has_backend_domid; /* xen,backend-domid: a property that no kernel reads */
	uint32_t backend_domid;
};

/* Where devices write to signal an interrupt (MSI): a GICv2m frame, an ITS. */
struct xdc_dt_doorbell {
	const char *path;
	uint64_t first;
	uint64_t last;
};

struct xdc_devicetree {
	struct xdc_dt_node *nodes; /* only those with something of the above, in tree order */
	size_t count;
	struct xdc_dt_doorbell *doorbells; /* those whose address is the CPU's own */
	size_t n_doorbells;
	const char *model;	/* the board's name; NULL without */
	const char *hypervisor; /* compatible of /hypervisor; NULL where there is no such node */
};

/*
 * Reads the flattened tree @blob of @size bytes, which may be anything: it is checked first.
 * Everything returned is of @arena. Returns 0, or -EINVAL with what is wrong in *@ret_error.
 */
int xdc_devicetree_parse(struct xdc_arena *arena, const void *blob, size_t size,
			 struct xdc_devicetree **ret, const char **ret_error);

const struct xdc_dt_node *xdc_devicetree_find(const struct xdc_devicetree *tree, const char *path);
const struct xdc_dt_node *xdc_devicetree_by_phandle(const struct xdc_devicetree *tree,
						    uint32_t phandle);

/*
 * The IOMMU and first ID behind which @node's own DMA goes (its `iommus`). NULL: none.
 * *@ret_id is the first specifier cell, 0 where the IOMMU takes none.
 */
const struct xdc_dt_node *xdc_devicetree_iommu(const struct xdc_devicetree *tree,
					       const struct xdc_dt_node *node, uint32_t *ret_id);

/* The same for a PCI function with @requester_id below the host bridge @node: `iommu-map`. */
const struct xdc_dt_node *xdc_devicetree_pci_iommu(const struct xdc_devicetree *tree,
						   const struct xdc_dt_node *node,
						   uint32_t requester_id, uint32_t *ret_id);

/*
 * Whether @node's `iommus` have @iommu with @id in any of their specifiers. With two cells the
 * second is a mask of bits that do not count: bindings/iommu/arm,smmu.yaml.
 */
bool xdc_devicetree_has_id(const struct xdc_devicetree *tree, const struct xdc_dt_node *node,
			   const struct xdc_dt_node *iommu, uint32_t id);

/*
 * dma-ranges.c: the node whose dma-ranges limit the DMA on the bus at @path, which is that node
 * or one above it. NULL: nothing limits it.
 */
const struct xdc_dt_node *xdc_devicetree_dma_bus(const struct xdc_devicetree *tree,
						 const char *path);

/* Inside the parser: entries of @cells, each an address of the bus, one of its parent's, a size. */
const struct xdc_dma_range *xdc_dma_ranges_parse(struct xdc_arena *arena, const uint32_t *cells,
						 size_t count, const uint32_t widths[3],
						 size_t *ret_count);

#endif
