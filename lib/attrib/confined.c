/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "attrib/attrib.h"

/*
 * dom0's own device tree cannot tell what stands behind an IOMMU of Xen's (see covered(),
 * model/iommus.c); the board's can. What Xen refuses is confined, too.
 */
static enum xdc_tri confined_by_xen(const struct xdc_model *model, const struct xdc_device *device)
{
	if (model->xen.drives_iommu == XDC_NO)
		return XDC_NO;
	if (device->iommu && device->iommu->owner == XDC_OWNER_XEN)
		return model->xen.drives_iommu;
	return device->covered;
}

enum xdc_tri xdc_device_confined(const struct xdc_model *model, const struct xdc_device *device)
{
	if (xdc_device_goes_around_iommu(device))
		return XDC_NO;
	if (device->translated != XDC_NO)
		return device->translated;
	switch (model->host.role) {
	case XDC_ROLE_NONE:
		return XDC_NO;
	case XDC_ROLE_DOM0:
		return confined_by_xen(model, device);
	default:
		return XDC_UNKNOWN;
	}
}
