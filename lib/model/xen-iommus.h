/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The IOMMUs that some Xen on Arm has a driver for: the DT_DEVICE tables below
 * xen/drivers/passthrough/arm/ and the Kconfig beside them, RELEASE-4.11.0 to 4.22.0.
 */
#ifndef XDC_XEN_IOMMUS_H
#define XDC_XEN_IOMMUS_H

#include "base/base.h"

struct xdc_xen_iommu {
	const char *compatible;
	unsigned int since_minor; /* Xen 4.x */
	const char *option;	  /* CONFIG_ of it */
	bool by_default;	  /* in a build without EXPERT */
	const char *advice;
};

extern const struct xdc_xen_iommu xdc_xen_iommus[];
extern const size_t xdc_n_xen_iommus;

#endif
