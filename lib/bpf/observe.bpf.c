// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * The structures below name only the members that are read (CO-RE): libbpf finds them by
 * name in the running kernel's BTF. No header of any kernel is needed to build this.
 */
#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_core_read.h>
#include <bpf/bpf_helpers.h>

#include "bpf/asking.bpf.h"
#include "bpf/sample.h"

#define CORE __attribute__((preserve_access_index))

typedef _Bool bool;

struct kobject {
	const char *name;
} CORE;

struct bus_type {
	const char *name;
	int (*dma_configure)(void *dev);
} CORE;

struct iommu_domain {
	unsigned int type;
} CORE;

struct iommu_group {
	struct iommu_domain *domain;
} CORE;

struct io_tlb_mem {
	bool for_alloc;
} CORE;

struct dma_map_ops {
	void *map_page;
	void *map_sg;
} CORE;

/* Linux 6.19 and later: map_phys in the place of map_page. */
struct dma_map_ops___phys {
	void *map_phys;
} CORE;

struct dev_archdata {
	void *mapping;
} CORE;

struct device {
	struct kobject kobj;
	struct bus_type *bus;
	void *driver;
	const struct dma_map_ops *dma_ops;
	unsigned long long *dma_mask;
	unsigned long long coherent_dma_mask;
	unsigned long long bus_dma_limit;
	struct iommu_group *iommu_group;
	struct io_tlb_mem *dma_io_tlb_mem;
	struct dev_archdata archdata;
	bool dma_coherent : 1;
	bool dma_iommu : 1;
	bool can_match : 1;
} CORE;

/* Linux 7.2 and later: the bitfields became bits of flags[]. */
struct device___flags {
	unsigned long flags[1];
} CORE;

enum struct_device_flags {
	DEV_FLAG_CAN_MATCH = 1,
	DEV_FLAG_DMA_IOMMU = 2,
	DEV_FLAG_DMA_COHERENT = 6,
};

/* Set before loading: where x86's dma_ops is. */
const volatile unsigned long long global_dma_ops = 0;

struct xdc_bpf_sample sample = {};

/* One bit that is a bitfield up to 7.1 and a bit of flags[] from 7.2. */
#define READ_FLAG(dev, member, FLAG, HAS, to)                                                      \
	do {                                                                                       \
		if (bpf_core_field_exists((dev)->member)) {                                        \
			(to) = (unsigned int)BPF_CORE_READ_BITFIELD_PROBED(dev, member);           \
			sample.has |= (HAS);                                                       \
		} else if (bpf_core_enum_value_exists(enum struct_device_flags, FLAG)) {           \
			unsigned long bits = 0;                                                    \
                                                                                                   \
			bpf_core_read(&bits, sizeof(bits),                                         \
				      &((struct device___flags *)(dev))->flags);                   \
			(to) = (bits >> bpf_core_enum_value(enum struct_device_flags, FLAG)) & 1;  \
			sample.has |= (HAS);                                                       \
		}                                                                                  \
	} while (0)

static __always_inline void read_table(const struct dma_map_ops *ops)
{
	long r = bpf_core_read(&sample.map_sg, sizeof(void *), &ops->map_sg);

	if (bpf_core_field_exists(ops->map_page)) {
		r |= bpf_core_read(&sample.map, sizeof(void *), &ops->map_page);
	} else {
		const struct dma_map_ops___phys *phys = (const void *)ops;

		sample.has |= XDC_BPF_HAS_MAP_PHYS;
		if (bpf_core_field_exists(phys->map_phys))
			r |= bpf_core_read(&sample.map, sizeof(void *), &phys->map_phys);
	}
	if (r)
		sample.has |= XDC_BPF_OPS_UNREADABLE;
}

/* get_dma_ops(): the device's own table, else (x86 only) the global one. */
static __always_inline void read_ops(struct device *dev)
{
	const struct dma_map_ops *ops = 0;

	if (bpf_core_field_exists(dev->dma_ops)) {
		sample.has |= XDC_BPF_HAS_DMA_OPS;
		ops = BPF_CORE_READ(dev, dma_ops);
	}
	if (global_dma_ops) {
		sample.has |= XDC_BPF_HAS_GLOBAL_OPS;
		if (!ops)
			bpf_probe_read_kernel(&ops, sizeof(ops), (void *)global_dma_ops);
	}
	sample.dma_ops = (unsigned long long)ops;
	if (ops)
		read_table(ops);
}

static __always_inline void read_limits(struct device *dev)
{
	unsigned long long *mask = BPF_CORE_READ(dev, dma_mask);

	sample.has |= XDC_BPF_HAS_DMA_MASK | XDC_BPF_HAS_COHERENT_MASK;
	if (mask)
		bpf_probe_read_kernel(&sample.dma_mask, sizeof(sample.dma_mask), mask);
	sample.coherent_dma_mask = BPF_CORE_READ(dev, coherent_dma_mask);
	if (bpf_core_field_exists(dev->bus_dma_limit)) {
		sample.has |= XDC_BPF_HAS_BUS_LIMIT;
		sample.bus_dma_limit = BPF_CORE_READ(dev, bus_dma_limit);
	}
}

static __always_inline void read_iommu(struct device *dev)
{
	struct iommu_group *group;
	struct iommu_domain *domain;

	sample.group_domain = XDC_BPF_NO_DOMAIN;
	if (!bpf_core_field_exists(dev->iommu_group) ||
	    !bpf_core_field_exists(((struct iommu_group *)0)->domain))
		return;
	sample.has |= XDC_BPF_HAS_GROUP;
	group = BPF_CORE_READ(dev, iommu_group);
	domain = group ? BPF_CORE_READ(group, domain) : 0;
	if (domain)
		sample.group_domain = BPF_CORE_READ(domain, type);
	if (bpf_core_field_exists(dev->archdata.mapping)) {
		sample.has |= XDC_BPF_HAS_ARCH_MAPPING;
		sample.arch_mapping = (unsigned long long)BPF_CORE_READ(dev, archdata.mapping);
	}
}

static __always_inline void read_pool(struct device *dev)
{
	struct io_tlb_mem *pool;

	if (!bpf_core_field_exists(dev->dma_io_tlb_mem) ||
	    !bpf_core_field_exists(((struct io_tlb_mem *)0)->for_alloc))
		return;
	sample.has |= XDC_BPF_HAS_POOL;
	pool = BPF_CORE_READ(dev, dma_io_tlb_mem);
	if (pool)
		sample.restricted_pool = BPF_CORE_READ(pool, for_alloc);
}

static __always_inline void read_driver_core(struct device *dev)
{
	struct bus_type *bus = BPF_CORE_READ(dev, bus);

	sample.has |= XDC_BPF_HAS_DRIVER;
	sample.driver = BPF_CORE_READ(dev, driver) != 0;
	if (bus && bpf_core_field_exists(bus->dma_configure)) {
		sample.has |= XDC_BPF_HAS_DMA_CONFIGURE;
		sample.dma_configure = BPF_CORE_READ(bus, dma_configure) != 0;
	}
	READ_FLAG(dev, dma_iommu, DEV_FLAG_DMA_IOMMU, XDC_BPF_HAS_DMA_IOMMU, sample.dma_iommu);
	READ_FLAG(dev, dma_coherent, DEV_FLAG_DMA_COHERENT, XDC_BPF_HAS_COHERENT, sample.coherent);
	READ_FLAG(dev, can_match, DEV_FLAG_CAN_MATCH, XDC_BPF_HAS_CAN_MATCH, sample.can_match);
}

SEC("kprobe")
int observe_device(void *ctx)
{
	struct kobject *kobj = (void *)first_argument(ctx);
	struct device *dev;

	if (!is_asking())
		return 0;
	dev = (void *)kobj - bpf_core_field_offset(struct device, kobj);
	sample.has = 0;
	bpf_probe_read_kernel_str(sample.name, sizeof(sample.name), BPF_CORE_READ(dev, kobj.name));
	read_ops(dev);
	read_limits(dev);
	read_iommu(dev);
	read_pool(dev);
	read_driver_core(dev);
	sample.sequence++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
