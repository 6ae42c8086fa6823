/* SPDX-License-Identifier: LGPL-2.1-or-later OR BSD-2-Clause OR GPL-2.0-only */
/*
 * What the BPF program hands to user space for one device. Fixed widths, 64-bit values
 * first: the program is 64-bit BPF also where user space is 32-bit.
 */
#ifndef XDC_BPF_SAMPLE_H
#define XDC_BPF_SAMPLE_H

#define XDC_BPF_NAME_MAX 64

/* Which members of the kernel's structures exist here, and what could not be read. */
#define XDC_BPF_HAS_DMA_OPS	  (1U << 0)  /* struct device: dma_ops */
#define XDC_BPF_HAS_DMA_IOMMU	  (1U << 1)  /* dma_iommu, as bitfield or in flags[] */
#define XDC_BPF_HAS_MAP_PHYS	  (1U << 2)  /* struct dma_map_ops: map_phys, no map_page */
#define XDC_BPF_HAS_BUS_LIMIT	  (1U << 3)  /* bus_dma_limit */
#define XDC_BPF_HAS_COHERENT	  (1U << 4)  /* dma_coherent, as bitfield or in flags[] */
#define XDC_BPF_HAS_GROUP	  (1U << 5)  /* iommu_group */
#define XDC_BPF_HAS_ARCH_MAPPING  (1U << 6)  /* archdata.mapping (32-bit Arm) */
#define XDC_BPF_HAS_CAN_MATCH	  (1U << 7)  /* can_match, as bitfield or in flags[] */
#define XDC_BPF_HAS_POOL	  (1U << 8)  /* dma_io_tlb_mem */
#define XDC_BPF_HAS_DMA_CONFIGURE (1U << 9)  /* struct bus_type: dma_configure */
#define XDC_BPF_HAS_GLOBAL_OPS	  (1U << 10) /* x86: the variable dma_ops was found */
#define XDC_BPF_OPS_UNREADABLE	  (1U << 11) /* there is a table, its functions not read */
#define XDC_BPF_HAS_DMA_MASK	  (1U << 12) /* *dma_mask was read, or there is none */
#define XDC_BPF_HAS_COHERENT_MASK (1U << 13) /* coherent_dma_mask */
#define XDC_BPF_HAS_DRIVER	  (1U << 14) /* driver */

struct xdc_bpf_sample {
	unsigned long long sequence; /* one more with each device that was seen */
	unsigned long long dma_ops;
	unsigned long long map_sg;
	unsigned long long map; /* map_page, or map_phys where that has replaced it */
	unsigned long long dma_mask;
	unsigned long long coherent_dma_mask;
	unsigned long long bus_dma_limit;
	unsigned long long arch_mapping;
	unsigned int has;	   /* XDC_BPF_HAS_... */
	unsigned int group_domain; /* iommu_domain.type in force, or XDC_BPF_NO_DOMAIN */
	unsigned int dma_iommu;
	unsigned int coherent;
	unsigned int dma_configure;
	unsigned int can_match;
	unsigned int driver;
	unsigned int restricted_pool;
	char name[XDC_BPF_NAME_MAX];
};

#define XDC_BPF_NO_DOMAIN 0xffffffffU

#endif
