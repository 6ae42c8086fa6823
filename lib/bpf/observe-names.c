/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "bpf/observe-names.h"
#include "source/record.h"

static void write_mask(FILE *out, const char *name, unsigned long long value)
{
	fprintf(out, "%s=0x%llx\n", name, value);
}

static void write_function(FILE *out, const char *name, unsigned long long address,
			   const struct xdc_kallsyms *kallsyms)
{
	const char *function = address ? xdc_kallsyms_function(kallsyms, address) : NULL;

	if (function)
		xdc_field_write(out, name, function);
	else if (address)
		xdc_field_write_status(out, name, XDC_STATUS_ABSENT);
}

static void write_ops(FILE *out, const struct xdc_bpf_sample *sample,
		      const struct xdc_kallsyms *kallsyms)
{
	if (!sample->dma_ops) {
		xdc_field_write(out, "ops", "none");
		return;
	}
	xdc_field_write(out, "ops", sample->has & XDC_BPF_OPS_UNREADABLE ? "unreadable" : "table");
	write_function(out, "map_sg", sample->map_sg, kallsyms);
	write_function(out, "map", sample->map, kallsyms);
}

/* enum and masks of include/linux/iommu.h: IOMMU_DOMAIN_..., Linux 5.10 to 7.1. */
static void write_domain(FILE *out, unsigned int type)
{
	static const struct {
		unsigned int type;
		const char *name;
	} types[] = {
		{ 0x0, "blocked" },  { 0x1, "unmanaged" }, { 0x3, "DMA" },
		{ 0x4, "identity" }, { 0xb, "DMA-FQ" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(types); i++) {
		if (types[i].type == type) {
			xdc_field_write(out, "group_domain", types[i].name);
			return;
		}
	}
	xdc_field_write_number(out, "group_domain", type);
}

void xdc_observe_write_fields(FILE *out, const struct xdc_bpf_sample *sample,
			      const struct xdc_kallsyms *kallsyms)
{
	write_ops(out, sample, kallsyms);
	xdc_field_write_number(out, "global_ops", !!(sample->has & XDC_BPF_HAS_GLOBAL_OPS));
	if (sample->has & XDC_BPF_HAS_DMA_MASK)
		write_mask(out, "dma_mask", sample->dma_mask);
	if (sample->has & XDC_BPF_HAS_COHERENT_MASK)
		write_mask(out, "coherent_dma_mask", sample->coherent_dma_mask);
	if (sample->has & XDC_BPF_HAS_DRIVER)
		xdc_field_write_number(out, "driver", sample->driver);
	if (sample->has & XDC_BPF_HAS_DMA_IOMMU)
		xdc_field_write_number(out, "dma_iommu", sample->dma_iommu);
	if (sample->has & XDC_BPF_HAS_BUS_LIMIT)
		write_mask(out, "bus_dma_limit", sample->bus_dma_limit);
	if (sample->has & XDC_BPF_HAS_COHERENT)
		xdc_field_write_number(out, "coherent", sample->coherent);
	if (sample->has & XDC_BPF_HAS_DMA_CONFIGURE)
		xdc_field_write_number(out, "dma_configure", sample->dma_configure);
	if (sample->has & XDC_BPF_HAS_CAN_MATCH)
		xdc_field_write_number(out, "can_match", sample->can_match);
	if (sample->has & XDC_BPF_HAS_POOL)
		xdc_field_write_number(out, "restricted_pool", sample->restricted_pool);
	if (sample->has & XDC_BPF_HAS_ARCH_MAPPING)
		xdc_field_write_number(out, "arch_mapping", sample->arch_mapping != 0);
	if ((sample->has & XDC_BPF_HAS_GROUP) && sample->group_domain != XDC_BPF_NO_DOMAIN)
		write_domain(out, sample->group_domain);
}
