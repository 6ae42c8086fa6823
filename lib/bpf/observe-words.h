/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef XDC_OBSERVE_WORDS_H
#define XDC_OBSERVE_WORDS_H

#include "source/tree.h"

/*
 * Observation as in observe.c, for kernels without type information: the same records, as far
 * as their fields can be learned (ops, map_sg, map, dma_mask, coherent_dma_mask, arch_mapping).
 * How, or why not, is the detail of "dma".
 *
 * Right where a device's path is told by its table alone: on 32-bit Arm, which has no dma-iommu
 * (drivers/iommu/Kconfig: IOMMU_DMA is for ARM64, X86 and S390, up to 7.1).
 */
void xdc_observe_by_words(const struct xdc_tree *tree, const struct xdc_request *request,
			  xdc_emit_fn *emit, void *arg);

#endif
