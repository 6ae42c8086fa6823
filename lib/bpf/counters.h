/* SPDX-License-Identifier: LGPL-2.1-or-later OR BSD-2-Clause OR GPL-2.0-only */
/*
 * What watch.bpf.c counts for each struct device, on each processor. Fixed widths: the program
 * is 64-bit BPF also where user space is 32-bit.
 */
#ifndef XDC_COUNTERS_H
#define XDC_COUNTERS_H

/* More than a machine has devices that do DMA. What does not fit is counted under key 0. */
#define XDC_COUNTERS_MAX 1024

struct xdc_counters {
	unsigned long long maps; /* calls that map for streaming DMA: a list of pages is one */
	unsigned long long bytes;
	unsigned long long partial;	/* maps whose bytes were not all counted */
	unsigned long long allocations; /* of coherent memory */
	unsigned long long allocated_bytes;
	unsigned long long bounces; /* through the bounce buffer of swiotlb */
	unsigned long long bounced_bytes;
	unsigned long long seen; /* XDC_SEEN_...: whose map functions were called for it */
};

/* The struct device whose attribute the asking thread has read. */
struct xdc_asked {
	unsigned long long sequence; /* one more with each */
	unsigned long long device;
};

#define XDC_SEEN_SWIOTLB_XEN (1U << 0)
#define XDC_SEEN_IOMMU	     (1U << 1)
#define XDC_SEEN_GRANT	     (1U << 2)
#define XDC_SEEN_ARCH	     (1U << 3) /* another table's */
#define XDC_SEEN_DIRECT	     (1U << 4) /* none's: told by xdc_told_next(), not by the programs */

#endif
