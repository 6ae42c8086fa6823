/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whose DMA it was: from what an IOMMU reports to a device. */
#include <string.h>

#include "model/model.h"

/* "/smmuv3@9050000" as Xen names an SMMU, or "9050000.smmuv3" as Linux does. */
static const struct xdc_dt_node *find_iommu(const struct xdc_model *model,
					    const struct xdc_devicetree *tree, const char *name)
{
	for (size_t i = 0; *name != '/' && i < model->n_iommus; i++)
		if (model->iommus[i].of_node && strcmp(model->iommus[i].name, name) == 0)
			return xdc_devicetree_find(tree, model->iommus[i].of_node);
	return xdc_devicetree_find(tree, name);
}

static bool is_behind(const struct xdc_devicetree *tree, const struct xdc_device *device,
		      const struct xdc_dt_node *iommu, const uint32_t *id)
{
	const struct xdc_device *bearer = xdc_device_bearer(device);
	const struct xdc_dt_node *node;
	uint32_t first = 0;

	if (xdc_tree_described_iommu(tree, device, &first) == iommu && (!id || first == *id))
		return true;
	if (!id || device->pci.present || !bearer || !bearer->of_node ||
	    device->has_dma_configure != XDC_YES)
		return false;
	node = xdc_devicetree_find(tree, bearer->of_node);
	return node && xdc_devicetree_has_id(tree, node, iommu, *id);
}

struct xdc_device *xdc_model_stream_master(const struct xdc_model *model, const char *name,
					   const uint32_t *id)
{
	/* dom0's own tree lacks what Xen drives; the board's has it. */
	const struct xdc_devicetree *tree = model->board ? model->board : model->devicetree;
	const struct xdc_dt_node *iommu = tree ? find_iommu(model, tree, name) : NULL;
	struct xdc_device *found = NULL;
	size_t count = 0;

	for (size_t i = 0; iommu && i < model->n_devices; i++) {
		if (!is_behind(tree, &model->devices[i], iommu, id))
			continue;
		found = &model->devices[i];
		count++;
	}
	return count == 1 ? found : NULL;
}

struct xdc_device *xdc_model_requester(const struct xdc_model *model, uint32_t id)
{
	struct xdc_device *found = NULL;

	for (size_t i = 0; i < model->n_devices; i++) {
		const struct xdc_pci *pci = &model->devices[i].pci;

		if (!pci->present || pci->requester_id != id)
			continue;
		/* Two segments have it. */
		if (found)
			return NULL;
		found = &model->devices[i];
	}
	return found;
}
