/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/xen-iommus.h"

#define SMMU_ADVICE  "Xen drives this SMMU when built with CONFIG_ARM_SMMU=y (the default)."
#define IPMMU_ADVICE "with CONFIG_IPMMU_VMSA=y (off by default)."

const struct xdc_xen_iommu xdc_xen_iommus[] = {
	{ "arm,smmu-v1", 11, "ARM_SMMU", true, SMMU_ADVICE },
	{ "arm,smmu-v2", 11, "ARM_SMMU", true, SMMU_ADVICE },
	{ "arm,mmu-400", 11, "ARM_SMMU", true, SMMU_ADVICE },
	{ "arm,mmu-401", 11, "ARM_SMMU", true, SMMU_ADVICE },
	{ "arm,mmu-500", 11, "ARM_SMMU", true, SMMU_ADVICE },
	{ "arm,smmu-v3", 15, "ARM_SMMU_V3", false,
	  "Xen drives an SMMUv3 since 4.15, built with CONFIG_EXPERT=y and CONFIG_ARM_SMMU_V3=y "
	  "(off in distributions' builds, experimental up to 4.22)." },
	{ "renesas,ipmmu-r8a7795", 13, "IPMMU_VMSA", false,
	  "Xen drives it since 4.13, " IPMMU_ADVICE },
	{ "renesas,ipmmu-r8a77965", 13, "IPMMU_VMSA", false,
	  "Xen drives it since 4.13, " IPMMU_ADVICE },
	{ "renesas,ipmmu-r8a7796", 13, "IPMMU_VMSA", false,
	  "Xen drives it since 4.13, " IPMMU_ADVICE },
	{ "renesas,ipmmu-r8a77961", 16, "IPMMU_VMSA", false,
	  "Xen drives it since 4.16, " IPMMU_ADVICE },
	{ "renesas,ipmmu-r8a779f0", 17, "IPMMU_VMSA", false,
	  "Xen drives it since 4.17, " IPMMU_ADVICE },
	{ "renesas,ipmmu-r8a779g0", 20, "IPMMU_VMSA", false,
	  "Xen drives it since 4.20, " IPMMU_ADVICE },
};

const size_t xdc_n_xen_iommus = XDC_ARRAY_SIZE(xdc_xen_iommus);
