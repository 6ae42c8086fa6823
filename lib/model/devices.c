/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static uint64_t field_number(const struct xdc_model *model, const struct xdc_record *record,
			     const char *name, int base, uint64_t otherwise)
{
	const char *value = xdc_field_find(model->arena, record->data, name, NULL);
	uint64_t number;

	return value && xdc_number_parse(value, base, &number) == 0 ? number : otherwise;
}

/*
 * Buses whose dma_configure sets a device's DMA up before its driver's probe; a device on
 * any other bus does none of its own (struct bus_type in drivers/base/platform.c,
 * amba/bus.c, pci/pci-driver.c, bus/fsl-mc/fsl-mc-bus.c, cdx/cdx.c, gpu/host1x/bus.c,
 * hv/vmbus_drv.c; Linux 5.10 to 7.1). Where the kernel was observed, it says so itself.
 */
static bool bus_configures_dma(const char *bus)
{
	static const char *const buses[] = { "platform", "pci",	   "amba", "fsl-mc",
					     "cdx",	 "host1x", "vmbus" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(buses); i++)
		if (strcmp(bus, buses[i]) == 0)
			return true;
	return false;
}

static int hex_byte(const char *text)
{
	char digits[3] = { text[0], text[0] ? text[1] : '\0', '\0' };
	uint64_t value;

	return xdc_number_parse(digits, 16, &value) == 0 ? (int)value : -1;
}

/* "0000:00:02.0" is requester ID 0x10; -1 where the name is none of a PCI function. */
static int parse_requester_id(const char *name)
{
	const char *colon = strchr(name, ':');
	int bus, device;

	if (!colon || strlen(colon) != 8 || colon[3] != ':' || colon[6] != '.')
		return -1;
	bus = hex_byte(colon + 1);
	device = hex_byte(colon + 4);
	if (bus < 0 || device < 0 || device > 31 || colon[7] < '0' || colon[7] > '7')
		return -1;
	return bus << 8 | device << 3 | (colon[7] - '0');
}

static void read_pci(const struct xdc_model *model, const struct xdc_record *record,
		     struct xdc_device *device)
{
	int requester_id = parse_requester_id(device->name);
	uint64_t bits = field_number(model, record, "dma_mask_bits", 10, 0);
	uint64_t master = field_number(model, record, "busmaster", 10, UINT64_MAX);

	device->pci.present = requester_id >= 0;
	device->pci.requester_id = (uint16_t)(requester_id < 0 ? 0 : requester_id);
	device->pci.class_code = (uint32_t)field_number(model, record, "class", 0, 0) & 0xffffff;
	device->pci.vendor = (uint16_t)field_number(model, record, "vendor", 0, 0);
	device->pci.device = (uint16_t)field_number(model, record, "device", 0, 0);
	device->pci.bus_master = master > 1 ? XDC_UNKNOWN : xdc_tri_of(master == 1);
	if (bits && bits <= 64)
		device->dma_mask = bits == 64 ? UINT64_MAX : ((uint64_t)1 << bits) - 1;
}

static void read_group(const struct xdc_model *model, const struct xdc_record *record,
		       struct xdc_device *device)
{
	const struct xdc_record *groups = xdc_evidence_find(model->evidence, "iommu-groups");
	const char *group = xdc_field_find(model->arena, record->data, "iommu_group", NULL);
	uint64_t number;

	device->group = -1;
	if (!group || xdc_number_parse(group, 10, &number) < 0 || number > INT32_MAX)
		return;
	device->group = (long)number;
	if (xdc_record_readable(groups))
		device->group_type = xdc_model_field(model, groups, group);
}

static void read_name(const struct xdc_model *model, struct xdc_device *device)
{
	char *key = xdc_arena_printf(model->arena, "udev:%s", device->path);
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);
	const char *vendor, *name;

	if (!xdc_record_readable(record))
		return;
	vendor = xdc_model_field(model, record, "vendor");
	name = xdc_model_field(model, record, "model");
	if (vendor && name)
		device->description = xdc_arena_printf(model->arena, "%s %s", vendor, name);
	else
		device->description = name ? name : vendor;
}

/*
 * VIRTIO_F_ACCESS_PLATFORM (bit 33) as "features" has it: a character for each bit. Those that
 * driver and device agreed on: none before there is a driver (virtio_dev_probe(), drivers/
 * virtio/virtio.c).
 */
static enum xdc_tri read_access_platform(const struct xdc_model *model,
					 const struct xdc_record *record)
{
	const char *features = xdc_field_find(model->arena, record->data, "features", NULL);

	if (!xdc_field_find(model->arena, record->data, "driver", NULL))
		return XDC_UNKNOWN;
	return features && strlen(features) > 33 ? xdc_tri_of(features[33] == '1') : XDC_UNKNOWN;
}

/* Whether something is unknown of it that its path rests on, as reading it failed. */
static bool lacks(const struct xdc_model *model, const struct xdc_record *record)
{
	static const char *const fields[] = { "driver", "iommu_group", "of_node", "firmware_node",
					      "features" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(fields); i++) {
		enum xdc_status status;

		if (!xdc_field_find(model->arena, record->data, fields[i], &status) &&
		    status != XDC_STATUS_ABSENT)
			return true;
	}
	return !xdc_record_readable(record);
}

static void read_device(struct xdc_model *model, const struct xdc_record *record,
			struct xdc_device *device)
{
	const char *path = record->key + strlen("device:");
	const char *bus;

	memset(device, 0, sizeof(*device));
	device->path = path;
	device->name = xdc_text_escaped(model->arena, strrchr(path, '/') + 1,
					strlen(strrchr(path, '/') + 1));
	bus = xdc_model_field(model, record, "bus");
	device->bus = bus ? bus : "";
	device->driver = xdc_model_field(model, record, "driver");
	device->iommu_class = xdc_model_field(model, record, "iommu");
	device->of_node = xdc_model_field(model, record, "of_node");
	device->has_acpi_node = xdc_model_field(model, record, "firmware_node") != NULL;
	device->unread = lacks(model, record) ? record->key : NULL;
	device->has_dma_configure = xdc_record_readable(record)
					    ? xdc_tri_of(bus_configures_dma(device->bus))
					    : XDC_UNKNOWN;
	device->access_platform = XDC_UNKNOWN;
	device->pci.bus_master = XDC_UNKNOWN;
	read_group(model, record, device);
	read_name(model, device);
	if (strcmp(device->bus, "pci") == 0)
		read_pci(model, record, device);
	else if (strcmp(device->bus, "virtio") == 0)
		device->access_platform = read_access_platform(model, record);
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct xdc_device *)a)->path, ((const struct xdc_device *)b)->path);
}

/* The nearest device above: not every directory on the way is a device of a bus. */
static struct xdc_device *find_parent(const struct xdc_model *model, const char *path)
{
	xdc_autofree char *above = xdc_strdup(path);
	char *slash;

	while ((slash = strrchr(above, '/')) && slash != above) {
		struct xdc_device *parent;

		*slash = '\0';
		parent = xdc_model_device(model, above);
		if (parent)
			return parent;
	}
	return NULL;
}

/* What a virtio device says of its features is about the DMA of the device it sits on. */
static void mark_virtio_transport(struct xdc_device *device)
{
	if (strcmp(device->bus, "virtio") != 0 || !device->parent)
		return;
	device->parent->is_virtio = true;
	device->parent->access_platform = device->access_platform;
	if (device->unread)
		device->parent->unread = device->unread;
}

/*
 * Where not all devices are listed, the one that sits on a bound virtio transport may be missing:
 * without it nothing tells whether the DMA goes around the IOMMU.
 */
static void mark_virtio_unlisted(struct xdc_device *device)
{
	if (device->driver && xdc_text_starts_with(device->driver, "virtio-") && !device->is_virtio)
		device->unread = "devices";
}

void xdc_model_read_devices(struct xdc_model *model)
{
	const struct xdc_evidence *evidence = model->evidence;
	const struct xdc_record *list = xdc_evidence_find(evidence, "devices");

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (!xdc_text_starts_with(record->key, "device:/"))
			continue;
		xdc_array_reserve((void **)&model->devices, model->n_devices,
				  sizeof(*model->devices));
		read_device(model, record, &model->devices[model->n_devices++]);
	}
	if (model->n_devices)
		qsort(model->devices, model->n_devices, sizeof(*model->devices), by_path);
	for (size_t i = 0; i < model->n_devices; i++) {
		struct xdc_device *device = &model->devices[i];

		device->parent = find_parent(model, device->path);
		mark_virtio_transport(device);
	}
	for (size_t i = 0; list && list->status != XDC_STATUS_OK && i < model->n_devices; i++)
		mark_virtio_unlisted(&model->devices[i]);
}
