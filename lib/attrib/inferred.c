/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel's decision, modelled: an ordered table of rules, of which the first that
 * applies gives the path. A rule whose inputs could not be read makes the answer unknown and
 * names what is missing; nothing behind it is tried.
 */
#include <string.h>

#include "attrib/attrib.h"

struct context {
	const struct xdc_attributions *all;
	const struct xdc_model *model;
	const struct xdc_host *host;
	const struct xdc_device *device;
	struct xdc_attribution *a;
	const char *missing; /* the input that a rule could not read */
};

struct rule {
	const char *id;
	enum xdc_tri (*applies)(struct context *c);
	enum xdc_path path;
	const char *text;
	const char *evidence; /* beside the device's own record; NULL: none */
};

static const char FEATURES[] = "file:/sys/hypervisor/properties/features";
static const char GROUPS[] = "iommu-groups";
static const char UNAME[] = "uname";
static const char CONFIG[] = "kernel-config";
static const char DEVICETREE[] = "devicetree";

static enum xdc_tri need(struct context *c, enum xdc_tri value, const char *key)
{
	if (value == XDC_UNKNOWN)
		c->missing = key;
	return value;
}

static bool on_arm(const struct context *c)
{
	return c->host->arch == XDC_ARCH_ARM || c->host->arch == XDC_ARCH_ARM64;
}

static bool on_xen(const struct context *c)
{
	return c->host->role == XDC_ROLE_DOM0 || c->host->role == XDC_ROLE_DOMU;
}

static enum xdc_tri kernel_at_least(struct context *c, unsigned int major, unsigned int minor)
{
	return need(c, xdc_version_at_least(c->host->kernel_version, major, minor), UNAME);
}

static enum xdc_tri group_translates(struct context *c)
{
	if (c->device->group < 0)
		return XDC_NO;
	return need(c, xdc_domain_translates(c->device->group_type), GROUPS);
}

/* Rules without a question about Xen. */

static enum xdc_tri bus_sets_up_no_dma(struct context *c)
{
	return xdc_tri_of(c->device->has_dma_configure != XDC_YES);
}

static enum xdc_tri held_by_pciback(struct context *c)
{
	return xdc_tri_of(c->device->driver && (strcmp(c->device->driver, "pciback") == 0 ||
						strcmp(c->device->driver, "xen-pciback") == 0));
}

static enum xdc_tri architecture_unknown(struct context *c)
{
	if (c->host->arch == XDC_ARCH_UNKNOWN)
		return need(c, XDC_UNKNOWN, UNAME);
	return xdc_tri_of(c->host->arch == XDC_ARCH_OTHER);
}

static enum xdc_tri role_unknown(struct context *c)
{
	return need(c, c->host->role == XDC_ROLE_UNKNOWN ? XDC_UNKNOWN : XDC_NO, FEATURES);
}

/* x86: no arch_setup_dma_ops(), one global table (arch/x86/kernel/pci-dma.c). */

static enum xdc_tri x86_guest_type_unknown(struct context *c)
{
	bool unknown = c->host->arch == XDC_ARCH_X86 && on_xen(c) &&
		       c->host->guest_type == XDC_GUEST_UNKNOWN;

	return need(c, unknown ? XDC_UNKNOWN : XDC_NO, "file:/sys/hypervisor/guest_type");
}

static bool on_pv(const struct context *c)
{
	return c->host->arch == XDC_ARCH_X86 && c->host->guest_type == XDC_GUEST_PV;
}

static enum xdc_tri pv_dom0(struct context *c)
{
	return xdc_tri_of(on_pv(c) && c->host->role == XDC_ROLE_DOM0);
}

static enum xdc_tri pv_guest_asked(struct context *c)
{
	if (!on_pv(c))
		return XDC_NO;
	return need(c, xdc_host_has_option(c->host, "iommu=soft"), "file:/proc/cmdline");
}

static enum xdc_tri pv_guest(struct context *c)
{
	return xdc_tri_of(on_pv(c));
}

static enum xdc_tri x86_translated(struct context *c)
{
	return c->host->arch == XDC_ARCH_X86 ? group_translates(c) : XDC_NO;
}

static enum xdc_tri x86_other(struct context *c)
{
	return xdc_tri_of(c->host->arch == XDC_ARCH_X86);
}

/*
 * Arm. platform_dma_configure() and pci_dma_configure() call arch_setup_dma_ops() only for
 * what firmware describes: a node of its own, for PCI that of the host bridge.
 */
static enum xdc_tri firmware_does_not_describe(struct context *c)
{
	const struct xdc_device *bearer = xdc_device_bearer(c->device);

	/* The host bridge of an ACPI system is no device of a bus. */
	if (!bearer)
		return XDC_NO;
	return xdc_tri_of(!bearer->of_node && !bearer->has_acpi_node);
}

/*
 * drivers/xen/grant-dma-ops.c. 5.19 and 6.0 set it for any platform device, from 6.1 only
 * for the transports of virtio devices, when their driver binds.
 */
static enum xdc_tri grant_dma(struct context *c)
{
	uint32_t domid = 0;
	const struct xdc_dt_node *node = xdc_model_described_iommu(c->model, c->device, &domid);
	enum xdc_tri any_device, has_option;

	if (!on_xen(c) || !node || !xdc_text_has_word(node->compatible, "xen,grant-dma") ||
	    !node->available)
		return XDC_NO;
	if (!c->host->config)
		return need(c, XDC_UNKNOWN, CONFIG);
	has_option = xdc_tri_of(xdc_host_config(c->host, "XEN_VIRTIO") == 'y');
	if (has_option != XDC_YES)
		return has_option;
	any_device = xdc_version_at_least(c->host->kernel_version, 6, 1);
	if (!c->device->is_virtio && any_device != XDC_NO)
		return need(c, any_device == XDC_YES ? XDC_NO : XDC_UNKNOWN, UNAME);
	c->a->backend_domid = (long)domid;
	return XDC_YES;
}

/*
 * xen_swiotlb_detect() (include/xen/arm/swiotlb-xen.h): from 5.13 on arm64 and 5.19 on arm;
 * before, every initial domain.
 */
static enum xdc_tri swiotlb_xen_detected(struct context *c)
{
	enum xdc_tri detects;

	if (!on_xen(c))
		return XDC_NO;
	detects = c->host->arch == XDC_ARCH_ARM64 ? kernel_at_least(c, 5, 13)
						  : kernel_at_least(c, 5, 19);
	if (detects == XDC_UNKNOWN)
		return XDC_UNKNOWN;
	if (detects == XDC_NO)
		return xdc_tri_of(c->host->role == XDC_ROLE_DOM0);
	return need(c, c->host->direct_mapped, FEATURES);
}

/*
 * Whether this kernel asks the dma-iommu flag before any table (6.12). A kernel that was
 * observed shows it by having the flag; vendor kernels may have it earlier.
 */
static enum xdc_tri flag_comes_first(struct context *c)
{
	if (c->device->observed.present)
		return xdc_tri_of(c->device->observed.dma_iommu != XDC_UNKNOWN);
	return kernel_at_least(c, 6, 12);
}

static enum xdc_tri arm64_flag_wins(struct context *c)
{
	enum xdc_tri translates;

	if (c->host->arch != XDC_ARCH_ARM64)
		return XDC_NO;
	translates = group_translates(c);
	return translates == XDC_YES ? flag_comes_first(c) : translates;
}

static enum xdc_tri arm64_translated(struct context *c)
{
	return c->host->arch == XDC_ARCH_ARM64 ? group_translates(c) : XDC_NO;
}

static enum xdc_tri arm_attached(struct context *c)
{
	if (c->host->arch != XDC_ARCH_ARM || c->device->group < 0)
		return XDC_NO;
	if (!c->host->config)
		return need(c, XDC_UNKNOWN, CONFIG);
	return xdc_tri_of(xdc_host_config(c->host, "ARM_DMA_USE_IOMMU") == 'y');
}

static enum xdc_tri restricted_pool(struct context *c)
{
	const struct xdc_devicetree *tree = c->model->devicetree;
	const struct xdc_dt_node *node;

	if (!tree || !c->device->of_node)
		return XDC_NO;
	node = xdc_devicetree_find(tree, c->device->of_node);
	for (size_t i = 0; node && i < node->n_memory_region; i++) {
		const struct xdc_dt_node *region =
			xdc_devicetree_by_phandle(tree, node->memory_region[i]);

		if (region && region->available &&
		    xdc_text_has_word(region->compatible, "restricted-dma-pool"))
			return c->host->config
				       ? xdc_tri_of(xdc_host_config(c->host,
								    "DMA_RESTRICTED_POOL") == 'y')
				       : need(c, XDC_UNKNOWN, CONFIG);
	}
	return XDC_NO;
}

/* get_arch_dma_ops() of 32-bit Arm: &arm_dma_ops up to 5.19 unless built for LPAE. */
static enum xdc_tri arm_default_table(struct context *c)
{
	enum xdc_tri modern;

	if (c->host->arch != XDC_ARCH_ARM)
		return XDC_NO;
	modern = kernel_at_least(c, 6, 0);
	if (modern != XDC_NO)
		return modern == XDC_YES ? XDC_NO : XDC_UNKNOWN;
	if (!c->host->config)
		return need(c, XDC_UNKNOWN, CONFIG);
	return xdc_tri_of(xdc_host_config(c->host, "ARM_LPAE") != 'y');
}

static enum xdc_tri otherwise(struct context *c)
{
	return xdc_tri_of(on_arm(c));
}

static const struct rule rules[] = {
	{ "bus-sets-up-no-dma", bus_sets_up_no_dma, XDC_PATH_VIA,
	  "its bus sets up no DMA: it does none of its own", NULL },
	{ "held-by-pciback", held_by_pciback, XDC_PATH_ASSIGNED, "pciback holds it for a guest",
	  NULL },
	{ "architecture-unknown", architecture_unknown, XDC_PATH_UNKNOWN,
	  "no rules for this architecture", UNAME },
	{ "role-unknown", role_unknown, XDC_PATH_UNKNOWN, "", FEATURES },
	{ "x86-guest-type-unknown", x86_guest_type_unknown, XDC_PATH_UNKNOWN, "", NULL },
	{ "x86-pv-dom0", pv_dom0, XDC_PATH_SWIOTLB_XEN,
	  "a PV dom0's pages are not where it counts them: swiotlb-xen is the global table",
	  "file:/sys/hypervisor/guest_type" },
	{ "x86-pv-iommu-soft", pv_guest_asked, XDC_PATH_SWIOTLB_XEN,
	  "a PV guest with iommu=soft on its command line has swiotlb-xen", "file:/proc/cmdline" },
	{ "x86-pv-guest", pv_guest, XDC_PATH_DIRECT, "a PV guest without pass-through has no table",
	  "file:/sys/hypervisor/guest_type" },
	{ "x86-iommu", x86_translated, XDC_PATH_IOMMU,
	  "its IOMMU group translates: dma-iommu maps for it", GROUPS },
	{ "x86-direct", x86_other, XDC_PATH_DIRECT, "no IOMMU of this kernel's translates for it",
	  GROUPS },
	{ "no-firmware-node", firmware_does_not_describe, XDC_PATH_DIRECT,
	  "firmware does not describe it, so the kernel sets no table for it", NULL },
	{ "grant-dma", grant_dma, XDC_PATH_GRANT,
	  "the device tree names the domain whose grants it takes (xen,grant-dma)", DEVICETREE },
	{ "arm64-iommu-first", arm64_flag_wins, XDC_PATH_IOMMU,
	  "its IOMMU group translates, and this kernel asks that before any table (since 6.12)",
	  GROUPS },
	{ "arm-swiotlb-xen", swiotlb_xen_detected, XDC_PATH_SWIOTLB_XEN,
	  "this domain's memory is mapped 1:1, so the kernel sets swiotlb-xen for it", FEATURES },
	{ "arm64-iommu", arm64_translated, XDC_PATH_IOMMU,
	  "its IOMMU group translates: dma-iommu maps for it", GROUPS },
	{ "arm-iommu", arm_attached, XDC_PATH_IOMMU,
	  "it is behind an IOMMU, and this kernel uses those for DMA", GROUPS },
	{ "restricted-pool", restricted_pool, XDC_PATH_RESTRICTED,
	  "the device tree gives it a restricted-dma-pool", DEVICETREE },
	{ "arm-default-table", arm_default_table, XDC_PATH_ARCH,
	  "this kernel gives every device arm_dma_ops", UNAME },
	{ "direct", otherwise, XDC_PATH_DIRECT, "nothing translates or bounces for it", NULL },
};

/* Nothing masters DMA for a device on, say, the CPU bus. */
static void find_via(struct context *c)
{
	if (!c->device->dma_via)
		c->a->inferred_path = XDC_PATH_NONE;
}

void xdc_attribute_inferred(const struct xdc_attributions *all, struct xdc_attribution *a)
{
	struct context c = {
		.all = all,
		.model = all->model,
		.host = &all->model->host,
		.device = a->device,
		.a = a,
	};
	const char *own = xdc_device_key(all, a->device);

	for (size_t i = 0; i < XDC_ARRAY_SIZE(rules); i++) {
		const struct rule *rule = &rules[i];
		const char *evidence[] = { own, rule->evidence, NULL };
		enum xdc_tri applies = rule->applies(&c);

		if (applies == XDC_NO)
			continue;
		if (applies == XDC_UNKNOWN) {
			a->inferred_path = XDC_PATH_UNKNOWN;
			xdc_add_missing(a, c.missing);
			return;
		}
		a->inferred_path = rule->path;
		xdc_add_reason(a, rule->id, rule->text, evidence);
		if (rule->path == XDC_PATH_VIA)
			find_via(&c);
		return;
	}
}
