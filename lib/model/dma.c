/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which devices master DMA at all, and through which one the others have it done. */
#include <string.h>

#include "model/model.h"

static const char *const dma_names[] = {
	[XDC_DMA_NO] = "no",
	[XDC_DMA_MAYBE] = "maybe",
	[XDC_DMA_YES] = "yes",
};

const char *xdc_dma_name(enum xdc_dma dma)
{
	return dma_names[dma];
}

/* Classes whose members' data some device above them moves by DMA, and what to call them. */
static const char *const data_classes[][2] = {
	{ "class:block", "a block device" },  { "class:net", "a network interface" },
	{ "class:drm", "a display" },	      { "class:sound", "a sound card" },
	{ "class:mmc_host", "an MMC host" },  { "class:nvme", "an NVMe controller" },
	{ "class:scsi_host", "a SCSI host" },
};

struct xdc_device *xdc_model_master(const struct xdc_model *model, const char *path)
{
	struct xdc_device *device;
	xdc_autofree char *above = xdc_strdup(path);
	char *slash;

	while (!(device = xdc_model_device(model, above)) && (slash = strrchr(above, '/')) &&
	       slash != above)
		*slash = '\0';
	while (device && device->has_dma_configure != XDC_YES)
		device = device->parent;
	return device;
}

static void mark(struct xdc_device *device, enum xdc_dma dma, const char *reason)
{
	if (device->dma >= dma && device->dma_reason)
		return;
	device->dma = dma;
	device->dma_reason = reason;
}

void xdc_model_class_masters(const struct xdc_model *model, const char *key,
			     void (*visit)(void *arg, struct xdc_device *master), void *arg)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);
	xdc_autofree char *text = NULL;
	char *cursor, *line;

	if (!xdc_record_readable(record))
		return;
	text = xdc_strdup(record->data);
	cursor = text;
	while ((line = xdc_text_next_line(&cursor))) {
		char *path = strchr(line, '=');
		struct xdc_device *master;

		if (!path || xdc_text_unescape(++path, NULL) < 0)
			continue;
		master = xdc_model_master(model, path);
		if (master)
			visit(arg, master);
	}
}

static void mark_moving_data(void *reason, struct xdc_device *master)
{
	mark(master, XDC_DMA_YES, reason);
}

enum {
	PCI_CLASS_BRIDGE = 0x06,
};

static void mark_pci(struct xdc_device *device)
{
	unsigned int base = device->pci.class_code >> 16;

	/* A bridge forwards its children's; of its own it has at most interrupts to write. */
	if (base == PCI_CLASS_BRIDGE)
		mark(device, XDC_DMA_MAYBE, "a PCI bridge");
	else if (device->pci.bus_master == XDC_YES)
		mark(device, XDC_DMA_YES, "PCI bus mastering is on");
	else if (device->pci.bus_master == XDC_NO && device->driver)
		mark(device, XDC_DMA_NO, "PCI bus mastering is off");
	else
		mark(device, XDC_DMA_MAYBE, "a PCI function");
}

static bool has_iommus(const struct xdc_model *model, const struct xdc_device *device)
{
	const struct xdc_dt_node *node =
		model->devicetree && device->of_node
			? xdc_devicetree_find(model->devicetree, device->of_node)
			: NULL;

	return node && node->n_iommus;
}

/* It has: more than that it could. */
static void mark_active(const struct xdc_model *model, struct xdc_device *device)
{
	const struct xdc_counters *counted = &device->activity->counted;

	mark(device, XDC_DMA_YES,
	     xdc_arena_printf(model->arena, "it did: %llu maps, %llu allocations in %.1f s",
			      counted->maps, counted->allocations,
			      (double)model->watched_ms / 1000));
}

static void mark_device(const struct xdc_model *model, struct xdc_device *device)
{
	/* Xen may have turned its bus mastering off since (pci_check_disable_device()). */
	if (device->xen_fault && device->has_dma_configure == XDC_YES)
		mark(device, XDC_DMA_YES, "an IOMMU of Xen's has refused DMA of it");
	if (device->has_dma_configure == XDC_UNKNOWN) {
		mark(device, XDC_DMA_MAYBE, "its directory could not be read");
	} else if (device->has_dma_configure != XDC_YES) {
		device->dma_via = xdc_model_master(model, device->path);
		mark(device, XDC_DMA_NO, "its bus sets up no DMA");
	} else if (device->pci.present) {
		mark_pci(device);
	} else if (has_iommus(model, device)) {
		mark(device, XDC_DMA_YES, "the device tree puts it behind an IOMMU");
	} else if (device->driver) {
		mark(device, XDC_DMA_MAYBE, "a driver is bound, nothing shows DMA");
	} else {
		mark(device, XDC_DMA_MAYBE, "no driver");
	}
}

/* A function whose driver gave up was to do DMA all the same: it is why it gave up. */
static void mark_failed(struct xdc_device *device)
{
	if (device->probe == XDC_PROBE_FAILED && device->pci.present &&
	    device->pci.class_code >> 16 != PCI_CLASS_BRIDGE && device->dma != XDC_DMA_YES) {
		device->dma_reason = NULL;
		mark(device, XDC_DMA_YES, "a PCI function whose driver failed");
	}
}

void xdc_model_read_dma(struct xdc_model *model)
{
	for (size_t i = 0; i < model->n_devices; i++)
		if (model->devices[i].activity)
			mark_active(model, &model->devices[i]);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(data_classes); i++)
		xdc_model_class_masters(
			model, data_classes[i][0], mark_moving_data,
			xdc_arena_printf(model->arena, "%s is behind it", data_classes[i][1]));
	for (size_t i = 0; i < model->n_devices; i++) {
		mark_device(model, &model->devices[i]);
		mark_failed(&model->devices[i]);
	}
}
