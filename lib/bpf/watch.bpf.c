// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Counts what devices map for DMA. All that is hooked has the struct device as its first
 * argument, so nothing of any structure need be known but of a scatterlist, whose first
 * members are the same in Linux 5.0 to 7.2 (include/linux/scatterlist.h).
 */
#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

#include "bpf/asking.bpf.h"
#include "bpf/counters.h"

/* Set before loading: sizeof(struct scatterlist); 0: not known. */
const volatile unsigned int scatterlist_size = 0;

/* Lists longer than that are not counted to their end. */
#define ENTRIES_MAX 256

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, XDC_COUNTERS_MAX);
	__type(key, unsigned long long);
	__type(value, struct xdc_counters);
} devices SEC(".maps");

struct xdc_asked asked = {};

/* struct scatterlist, as far as it is the same everywhere. */
struct entry {
	word page_link;
	unsigned int offset;
	unsigned int length;
};
#define PAGE_LINK_IS_CHAIN 1
#define PAGE_LINK_FLAGS	   3

struct table {
	word list;
	unsigned int n_mapped;
	unsigned int n_entries;
};

static __always_inline struct xdc_counters *counters_of(unsigned long long device)
{
	struct xdc_counters *counters = bpf_map_lookup_elem(&devices, &device);
	const struct xdc_counters zero = {};
	unsigned long long others = 0;

	if (counters)
		return counters;
	bpf_map_update_elem(&devices, &device, &zero, BPF_NOEXIST);
	counters = bpf_map_lookup_elem(&devices, &device);
	return counters ? counters : bpf_map_lookup_elem(&devices, &others);
}

static __always_inline int count_map(unsigned long long device, unsigned long long bytes)
{
	struct xdc_counters *counters = counters_of(device);

	if (counters) {
		counters->maps++;
		counters->bytes += bytes;
	}
	return 0;
}

static __always_inline int count_allocation(unsigned long long device, unsigned long long bytes)
{
	struct xdc_counters *counters = counters_of(device);

	if (counters) {
		counters->allocations++;
		counters->allocated_bytes += bytes;
	}
	return 0;
}

static __always_inline int count_seen(void *ctx, unsigned long long path)
{
	struct xdc_counters *counters = counters_of(first_argument(ctx));

	if (counters)
		counters->seen |= path;
	return 0;
}

static __always_inline long read_entry(struct entry *entry, word *at)
{
	long r = bpf_probe_read_kernel(entry, sizeof(*entry), (void *)(unsigned long)*at);

	if (r == 0 && entry->page_link & PAGE_LINK_IS_CHAIN) {
		*at = entry->page_link & ~(word)PAGE_LINK_FLAGS;
		r = bpf_probe_read_kernel(entry, sizeof(*entry), (void *)(unsigned long)*at);
	}
	return r;
}

static __always_inline int count_list(unsigned long long device, word at, unsigned int count)
{
	struct xdc_counters *counters = counters_of(device);
	unsigned long long bytes = 0;
	struct entry entry;
	unsigned int i;

	if (!counters)
		return 0;
	for (i = 0; i < ENTRIES_MAX && i < count; i++) {
		if ((i && !scatterlist_size) || read_entry(&entry, &at))
			break;
		bytes += entry.length;
		at += scatterlist_size;
	}
	counters->maps++;
	counters->bytes += bytes;
	if (i < count)
		counters->partial++;
	return 0;
}

SEC("kprobe")
int name_device(void *ctx)
{
	if (!is_asking())
		return 0;
	/* The kobject is the first member of struct device. */
	asked.device = first_argument(ctx);
	asked.sequence++;
	return 0;
}

/* dma_map_page_attrs(device, page, offset, size, ...), Linux 4.19 and later. */
SEC("kprobe")
int map_page(void *ctx)
{
	return count_map(first_argument(ctx), argument(ctx, 3));
}

/* dma_map_sg_attrs(device, list, count, ...) */
SEC("kprobe")
int map_list(void *ctx)
{
	return count_list(first_argument(ctx), argument(ctx, 1), argument(ctx, 2));
}

/* dma_map_sgtable(device, table, ...), a function since Linux 5.15; before, it calls the above. */
SEC("kprobe")
int map_table(void *ctx)
{
	struct table table = {};

	if (bpf_probe_read_kernel(&table, sizeof(table), (void *)argument(ctx, 1)))
		return 0;
	return count_list(first_argument(ctx), table.list, table.n_entries);
}

/* dma_alloc_attrs(device, size, ...) */
SEC("kprobe")
int allocate(void *ctx)
{
	return count_allocation(first_argument(ctx), argument(ctx, 1));
}

#ifndef __TARGET_ARCH_arm
/* dma_iova_link(device, state, phys, offset, size, ...), Linux 6.16 and later, not on 32-bit Arm.
 */
SEC("kprobe")
int link_iova(void *ctx)
{
	return count_map(first_argument(ctx), argument(ctx, 4));
}
#endif

SEC("kprobe")
int seen_swiotlb_xen(void *ctx)
{
	return count_seen(ctx, XDC_SEEN_SWIOTLB_XEN);
}

SEC("kprobe")
int seen_iommu(void *ctx)
{
	return count_seen(ctx, XDC_SEEN_IOMMU);
}

SEC("kprobe")
int seen_grant(void *ctx)
{
	return count_seen(ctx, XDC_SEEN_GRANT);
}

SEC("kprobe")
int seen_arch(void *ctx)
{
	return count_seen(ctx, XDC_SEEN_ARCH);
}

/* dma_map_page, from 6.18 dma_map_phys: (device, phys_addr, dma_addr, size, ...) */
SEC("raw_tp")
int trace_map(struct bpf_raw_tracepoint_args *ctx)
{
	return count_map(ctx->args[0], ctx->args[3]);
}

/* dma_map_sg: (device, list, count, ...) */
SEC("raw_tp")
int trace_map_list(struct bpf_raw_tracepoint_args *ctx)
{
	return count_list(ctx->args[0], ctx->args[1], ctx->args[2]);
}

/* dma_alloc, and beside it from 6.14 dma_alloc_pages: (device, virt_addr, dma_addr, size, ...) */
SEC("raw_tp")
int trace_allocate(struct bpf_raw_tracepoint_args *ctx)
{
	return count_allocation(ctx->args[0], ctx->args[3]);
}

/* swiotlb_bounced: (device, dev_addr, size, ...) */
SEC("raw_tp")
int trace_bounce(struct bpf_raw_tracepoint_args *ctx)
{
	struct xdc_counters *counters = counters_of(ctx->args[0]);

	if (counters) {
		counters->bounces++;
		counters->bounced_bytes += ctx->args[2];
	}
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
