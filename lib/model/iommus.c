/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The IOMMUs that this kernel sees, whose they are, and which devices are behind each. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static const char *const owner_names[] = {
	[XDC_OWNER_UNKNOWN] = "unknown",   [XDC_OWNER_XEN] = "xen",
	[XDC_OWNER_DOM0] = "dom0",	   [XDC_OWNER_LINUX] = "linux",
	[XDC_OWNER_DISABLED] = "disabled",
};

const char *xdc_owner_name(enum xdc_owner owner)
{
	return owner_names[owner];
}

static struct xdc_iommu *add_iommu(struct xdc_model *model)
{
	struct xdc_iommu *iommu;

	xdc_array_reserve((void **)&model->iommus, model->n_iommus, sizeof(*model->iommus));
	iommu = &model->iommus[model->n_iommus++];
	memset(iommu, 0, sizeof(*iommu));
	return iommu;
}

static struct xdc_device *device_of_node(const struct xdc_model *model, const char *node)
{
	for (size_t i = 0; i < model->n_devices; i++)
		if (model->devices[i].of_node && strcmp(model->devices[i].of_node, node) == 0)
			return &model->devices[i];
	return NULL;
}

/* An IOMMU that Xen drives is not in dom0's tree (handle_node(), xen/arch/arm). */
static enum xdc_owner owner_of(const struct xdc_model *model, bool available)
{
	if (!available)
		return XDC_OWNER_DISABLED;
	switch (model->host.role) {
	case XDC_ROLE_DOM0:
		return XDC_OWNER_DOM0;
	case XDC_ROLE_NONE:
		return XDC_OWNER_LINUX;
	default:
		return XDC_OWNER_UNKNOWN;
	}
}

static void add_nodes(struct xdc_model *model)
{
	const struct xdc_devicetree *tree = model->devicetree;

	for (size_t i = 0; tree && i < tree->count; i++) {
		const struct xdc_dt_node *node = &tree->nodes[i];
		struct xdc_device *device;
		struct xdc_iommu *iommu;

		if (!node->is_iommu || xdc_text_has_word(node->compatible, "xen,grant-dma"))
			continue;
		device = device_of_node(model, node->path);
		iommu = add_iommu(model);
		iommu->of_node = node->path;
		iommu->compatible = node->compatible;
		iommu->device = device;
		iommu->name = device ? device->name : strrchr(node->path, '/') + 1;
		iommu->driver = device ? device->driver : NULL;
		iommu->owner = owner_of(model, node->available);
	}
}

/* The IOMMU that the class entry's device belongs to, which may be in the tree already. */
static void add_class_entry(struct xdc_model *model, const char *name, char *path)
{
	struct xdc_device *device = NULL;
	struct xdc_iommu *iommu = NULL;
	char *slash;

	/* "/devices/platform/9050000.smmuv3/iommu/smmu3.0x...": the device is above. */
	while (!device && (slash = strrchr(path, '/')) && slash != path) {
		*slash = '\0';
		device = xdc_model_device(model, path);
	}
	for (size_t i = 0; i < model->n_iommus && device; i++)
		if (model->iommus[i].device == device && !model->iommus[i].class_name)
			iommu = &model->iommus[i];
	if (!iommu) {
		iommu = add_iommu(model);
		iommu->device = device;
		iommu->name = device ? device->name : name;
		iommu->driver = device ? device->driver : NULL;
		iommu->owner = owner_of(model, true);
	}
	iommu->class_name = name;
}

static void add_class(struct xdc_model *model)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "class:iommu");
	char *cursor, *line;

	if (!xdc_record_readable(record))
		return;
	cursor = xdc_arena_strdup(model->arena, record->data);
	while ((line = xdc_text_next_line(&cursor))) {
		char *path = strchr(line, '=');

		if (!path)
			continue;
		*path++ = '\0';
		/* A name from a recording is as safe as whoever wrote it. */
		if (xdc_text_unescape(path, NULL) == 0 && xdc_text_unescape(line, NULL) == 0)
			add_class_entry(model, xdc_text_escaped(model->arena, line, strlen(line)),
					path);
	}
}

/* What stands in the board's tree and not in dom0's, Xen has taken. */
static void add_taken(struct xdc_model *model)
{
	const struct xdc_devicetree *board = model->board;

	for (size_t i = 0; board && model->devicetree && i < board->count; i++) {
		const struct xdc_dt_node *node = &board->nodes[i];
		struct xdc_iommu *iommu;

		if (!node->is_iommu || xdc_devicetree_find(model->devicetree, node->path))
			continue;
		iommu = add_iommu(model);
		iommu->of_node = node->path;
		iommu->compatible = node->compatible;
		iommu->name = strrchr(node->path, '/') + 1;
		iommu->owner = node->available ? XDC_OWNER_XEN : XDC_OWNER_DISABLED;
	}
}

/*
 * dom0's own tree cannot tell: Xen takes `iommus` away from what it protects (4.13 and later).
 * That it drives an IOMMU at all is physinfo's word. On Arm no Xen before 4.21 has streams for PCI
 * functions (iommu_add_pci_sideband_ids(), xen/drivers/passthrough/arm/iommu.c): it refuses their
 * DMA. Later ones have where dom0 told Xen of them, which its build and options decide.
 */
static enum xdc_tri covered(const struct xdc_model *model, const struct xdc_device *device,
			    const struct xdc_iommu *taken)
{
	enum xdc_tri takes_pci = xdc_version_at_least(model->host.xen_version, 4, 21);

	if (model->host.role != XDC_ROLE_DOM0 || model->xen.drives_iommu == XDC_NO)
		return XDC_NO;
	if (!model->board)
		return XDC_UNKNOWN;
	if (!taken || taken->owner != XDC_OWNER_XEN)
		return XDC_NO;
	if (device->pci.present)
		return takes_pci == XDC_NO ? XDC_NO : XDC_UNKNOWN;
	return model->xen.drives_iommu;
}

static struct xdc_iommu *find_class(const struct xdc_model *model, const char *name)
{
	for (size_t i = 0; i < model->n_iommus; i++)
		if (model->iommus[i].class_name && strcmp(model->iommus[i].class_name, name) == 0)
			return &model->iommus[i];
	return NULL;
}

static struct xdc_iommu *find_node(const struct xdc_model *model, const struct xdc_dt_node *node)
{
	for (size_t i = 0; node && i < model->n_iommus; i++)
		if (model->iommus[i].of_node && strcmp(model->iommus[i].of_node, node->path) == 0)
			return &model->iommus[i];
	return NULL;
}

const struct xdc_device *xdc_device_bearer(const struct xdc_device *device)
{
	while (device && device->pci.present)
		device = device->parent;
	return device;
}

const struct xdc_dt_node *xdc_tree_described_iommu(const struct xdc_devicetree *tree,
						   const struct xdc_device *device,
						   uint32_t *ret_id)
{
	const struct xdc_device *bearer = xdc_device_bearer(device);
	const struct xdc_dt_node *node;

	if (!tree || !bearer || !bearer->of_node || device->has_dma_configure != XDC_YES)
		return NULL;
	node = xdc_devicetree_find(tree, bearer->of_node);
	if (!node)
		return NULL;
	return device->pci.present
		       ? xdc_devicetree_pci_iommu(tree, node, device->pci.requester_id, ret_id)
		       : xdc_devicetree_iommu(tree, node, ret_id);
}

const struct xdc_dt_node *xdc_model_described_iommu(const struct xdc_model *model,
						    const struct xdc_device *device,
						    uint32_t *ret_id)
{
	return xdc_tree_described_iommu(model->devicetree, device, ret_id);
}

static void tie_events(const struct xdc_model *model, const struct xdc_iommu *iommu,
		       uint32_t stream_id, struct xdc_device *device)
{
	for (size_t i = 0; i < model->log->n_events; i++) {
		const struct xdc_iommu_event *event = &model->log->events[i];

		if (event->stream_id != stream_id || strcmp(event->iommu, iommu->name) != 0)
			continue;
		device->iommu_event = event;
		device->n_iommu_events = event->count;
		return;
	}
}

static void add_master(struct xdc_iommu *iommu, struct xdc_device *device)
{
	xdc_array_reserve((void **)&iommu->masters, iommu->n_masters, sizeof(*iommu->masters));
	iommu->masters[iommu->n_masters++] = device;
	device->iommu = iommu;
}

/*
 * 32-bit Arm attaches a domain of its own to each device in a group (arm_iommu_attach_device(),
 * arch/arm/mm/dma-mapping.c); the group's type in sysfs is the default domain's, which is not
 * in force.
 */
static enum xdc_tri translated_on_arm(const struct xdc_model *model,
				      const struct xdc_device *device)
{
	if (device->observed.present && device->observed.arch_mapping != XDC_UNKNOWN)
		return device->observed.arch_mapping;
	switch (xdc_host_config(&model->host, "ARM_DMA_USE_IOMMU")) {
	case 'y':
		return XDC_YES;
	case 'n':
		return xdc_domain_translates(device->group_type);
	default:
		return XDC_UNKNOWN;
	}
}

static enum xdc_tri translated(const struct xdc_model *model, const struct xdc_device *device)
{
	if (device->group < 0)
		return XDC_NO;
	if (model->host.arch == XDC_ARCH_ARM)
		return translated_on_arm(model, device);
	return xdc_domain_translates(device->observed.group_domain ? device->observed.group_domain
								   : device->group_type);
}

void xdc_model_read_iommus(struct xdc_model *model)
{
	add_nodes(model);
	add_class(model);
	add_taken(model);
	for (size_t i = 0; i < model->n_devices; i++) {
		struct xdc_device *device = &model->devices[i];
		uint32_t id = 0, board_id = 0;
		struct xdc_iommu *described =
			find_node(model, xdc_model_described_iommu(model, device, &id));
		struct xdc_iommu *in_force =
			device->iommu_class ? find_class(model, device->iommu_class) : NULL;

		struct xdc_iommu *taken =
			find_node(model, xdc_tree_described_iommu(model->board, device, &board_id));

		device->translated = translated(model, device);
		device->covered = covered(model, device, taken);
		if (described)
			tie_events(model, described, id, device);
		if (in_force || described || taken)
			add_master(in_force ? in_force : described ? described : taken, device);
	}
}
