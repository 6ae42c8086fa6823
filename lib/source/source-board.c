/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A Xen dom0 on a board that is not here, from its flattened device tree: which IOMMUs Xen
 * would leave in dom0's tree, and which devices Linux would make of the rest. Everything is
 * assumed and says so; drivers are taken to be there.
 */
#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/fdt.h"
#include "collect/assume.h"
#include "model/xen-iommus.h"
#include "source/tree.h"

enum {
	DEPTH_MAX = 16,
	DEVICES_MAX = 10000,
};

struct board {
	const struct xdc_assumptions *assumptions;
	struct xdc_evidence *evidence;
	struct xdc_arena *arena;
	void *blob;
	const char *path; /* of the file */
	unsigned int xen_major;
	unsigned int xen_minor;
	bool arm64;
	size_t n_devices;
	size_t n_virtio;
	size_t n_groups;
	char *groups; /* "1=DMA\n..." */
};

static void put(const struct board *b, const char *key, const char *origin, const char *data,
		size_t size)
{
	xdc_emit(xdc_evidence_add, b->evidence, key, origin, XDC_STATUS_OK, "", data, size);
}

static void put_text(const struct board *b, const char *key, const char *text)
{
	put(b, key, "assumed", text, strlen(text));
}

static bool has_compatible(const struct board *b, int node, const char *compatible)
{
	return fdt_node_check_compatible(b->blob, node, compatible) == 0;
}

static bool is_available(const struct board *b, int node)
{
	const char *status = fdt_getprop(b->blob, node, "status", NULL);

	return !status || strcmp(status, "okay") == 0 || strcmp(status, "ok") == 0;
}

/* Whether the assumed Xen has a driver for the node: it then drops it from dom0's tree. */
static bool xen_drives(const struct board *b, int node)
{
	for (size_t i = 0; i < xdc_n_xen_iommus; i++) {
		const struct xdc_xen_iommu *known = &xdc_xen_iommus[i];

		if (has_compatible(b, node, known->compatible) &&
		    (b->xen_major > 4 || b->xen_minor >= known->since_minor) &&
		    (known->by_default ||
		     xdc_assumptions_xen_option(b->assumptions, known->option)))
			return true;
	}
	return false;
}

/* 4.13 and later drop the masters' properties too, if the first IOMMU is one Xen drives. */
static void strip_master(struct board *b, int node)
{
	static const char *const names[] = { "iommus", "iommu-map", "iommu-map-mask" };
	int size = 0;
	const fdt32_t *cells = fdt_getprop(b->blob, node, "iommus", &size);
	int iommu;

	if (!cells || size < 4)
		return;
	iommu = fdt_node_offset_by_phandle(b->blob, fdt32_to_cpu(*cells));
	if (iommu < 0 || !xen_drives(b, iommu))
		return;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		fdt_nop_property(b->blob, node, names[i]);
}

/* What Xen takes of the board's tree before dom0 sees it; nothing where there is no Xen. */
static void strip_tree(struct board *b)
{
	if (!b->assumptions->xen || strcmp(b->assumptions->xen, "none") == 0)
		return;
	if (b->xen_minor >= 13 || b->xen_major > 4)
		for (int node = fdt_next_node(b->blob, -1, NULL); node >= 0;
		     node = fdt_next_node(b->blob, node, NULL))
			strip_master(b, node);
	for (int node = fdt_next_node(b->blob, -1, NULL); node >= 0;) {
		if (xen_drives(b, node)) {
			fdt_nop_node(b->blob, node);
			node = -1;
		}
		node = fdt_next_node(b->blob, node, NULL);
	}
}

/* drivers/of/platform.c, of_device_make_bus_id(): "14400000.fimd" for "fimd@14400000". */
static char *device_name(const struct board *b, int node)
{
	char *name = xdc_arena_strdup(b->arena, fdt_get_name(b->blob, node, NULL));
	char *at = strchr(name, '@');

	if (!at)
		return name;
	*at = '\0';
	return xdc_arena_printf(b->arena, "%s.%s", at + 1, name);
}

/*
 * The node of the first IOMMU that @node refers to, if it is there for dom0; else negative. One
 * for grants is no hardware, and makes no group (drivers/xen/grant-dma-iommu.c).
 */
static int iommu_of(const struct board *b, int node)
{
	int size = 0;
	const fdt32_t *cells = fdt_getprop(b->blob, node, "iommus", &size);
	int iommu;

	if (!cells || size < 4 || b->assumptions->iommu_off)
		return -1;
	iommu = fdt_node_offset_by_phandle(b->blob, fdt32_to_cpu(*cells));
	return iommu >= 0 && is_available(b, iommu) && !has_compatible(b, iommu, "xen,grant-dma")
		       ? iommu
		       : -1;
}

static bool has_word(const struct board *b, const char *word)
{
	for (size_t i = 0; i < b->assumptions->n_words; i++)
		if (strcmp(b->assumptions->words[i], word) == 0)
			return true;
	return false;
}

/* On 32-bit Arm sysfs has the type of a default domain there that is not the one in force. */
static size_t new_group(struct board *b)
{
	const char *type = !b->arm64				? "!unsupported"
			   : has_word(b, "iommu.passthrough=1") ? "=identity"
								: "=DMA";

	b->groups = xdc_arena_printf(b->arena, "%s%zu%s\n", b->groups ? b->groups : "", b->n_groups,
				     type);
	return b->n_groups++;
}

static void put_device(struct board *b, int node, const char *parent, const char *node_path,
		       const char *name)
{
	char *path = xdc_arena_printf(b->arena, "%s/%s", parent, name);
	const char *bus = has_compatible(b, node, "arm,primecell") ? "amba" : "platform";
	char *fields = xdc_arena_printf(b->arena, "bus=%s\ndriver=(assumed)\nof_node=%s\n", bus,
					node_path);

	if (iommu_of(b, node) >= 0)
		fields = xdc_arena_printf(b->arena, "%siommu_group=%zu\n", fields, new_group(b));
	put(b, xdc_arena_printf(b->arena, "device:%s", path), b->path, fields, strlen(fields));
	b->n_devices++;
}

/* A transport of virtio devices, with a device on it, as whoever wrote it down has one there. */
static void put_virtio(struct board *b, const char *parent, const char *name)
{
	static const char fields[] = "bus=virtio\ndriver=(assumed)\n";

	put(b, xdc_arena_printf(b->arena, "device:%s/%s/virtio%zu", parent, name, b->n_virtio++),
	    b->path, fields, strlen(fields));
	b->n_devices++;
}

static bool is_bus(const struct board *b, int node)
{
	static const char *const buses[] = { "simple-bus", "simple-mfd", "isa", "arm,amba-bus" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(buses); i++)
		if (has_compatible(b, node, buses[i]))
			return true;
	return false;
}

/* of_platform_populate(): children of the root and of buses that need no driver. */
static void put_children(struct board *b, int bus, const char *parent, const char *bus_path,
			 int depth)
{
	int node;

	fdt_for_each_subnode(node, b->blob, bus)
	{
		const char *name = fdt_get_name(b->blob, node, NULL);
		char *node_path, *device;

		if (!name || !fdt_getprop(b->blob, node, "compatible", NULL) ||
		    !is_available(b, node) || b->n_devices == DEVICES_MAX)
			continue;
		node_path = xdc_arena_printf(b->arena, "%s/%s", bus_path, name);
		device = device_name(b, node);
		put_device(b, node, parent, node_path, device);
		if (has_compatible(b, node, "virtio,mmio"))
			put_virtio(b, parent, device);
		if (is_bus(b, node) && depth < DEPTH_MAX)
			put_children(b, node, xdc_arena_printf(b->arena, "%s/%s", parent, device),
				     node_path, depth + 1);
	}
}

/* Whether the board's CPUs are 64-bit: arch= says it, else their compatible. */
static bool read_arch(const struct board *b)
{
	static const char *const arm32[] = {
		"arm,cortex-a5",  "arm,cortex-a7",  "arm,cortex-a8",  "arm,cortex-a9",
		"arm,cortex-a12", "arm,cortex-a15", "arm,cortex-a17", "qcom,krait",
	};
	int cpus = fdt_path_offset(b->blob, "/cpus");
	int cpu;

	if (b->assumptions->arch)
		return strcmp(b->assumptions->arch, "arm64") == 0;
	if (cpus < 0)
		return true;
	fdt_for_each_subnode(cpu, b->blob,
			     cpus) for (size_t i = 0; i < XDC_ARRAY_SIZE(arm32);
					i++) if (has_compatible(b, cpu, arm32[i])) return false;
	return true;
}

/* A kernel for such a board; what was given by name stands before it, and counts. */
static const char *assumed_config(const struct board *b)
{
	return b->arm64 ? "CONFIG_ARM64=y\nCONFIG_SWIOTLB_XEN=y\nCONFIG_XEN_BACKEND=y\n"
			: "CONFIG_ARM=y\nCONFIG_ARM_LPAE=y\nCONFIG_SWIOTLB_XEN=y\n"
			  "CONFIG_XEN_BACKEND=y\nCONFIG_ARM_DMA_USE_IOMMU=y\n";
}

static void fill(struct board *b)
{
	static const char *const classes[] = { "iommu", "block",    "net",  "drm",
					       "sound", "mmc_host", "nvme", "scsi_host" };

	strip_tree(b);
	put(b, "devicetree", b->path, b->blob, fdt_totalsize(b->blob));
	put_text(b, "uname",
		 xdc_arena_printf(b->arena, "release=%s\nmachine=%s\n",
				  b->assumptions->kernel ? b->assumptions->kernel : "",
				  b->arm64 ? "aarch64" : "armv7l"));
	put_text(b, "kernel-config", assumed_config(b));
	put_text(b, "file:/proc/cmdline", "");
	put_text(b, "devices", "");
	put_children(b, 0, "/devices/platform", "", 0);
	put_text(b, "iommu-groups", b->groups ? b->groups : "");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(classes); i++)
		put_text(b, xdc_arena_printf(b->arena, "class:%s", classes[i]), "");
}

static void read_xen_version(struct board *b)
{
	char *end;

	if (!b->assumptions->xen)
		return;
	b->xen_major = (unsigned int)strtoul(b->assumptions->xen, &end, 10);
	if (*end == '.')
		b->xen_minor = (unsigned int)strtoul(end + 1, NULL, 10);
}

int xdc_source_board(const char *dtb, const char *blob, size_t size,
		     const struct xdc_assumptions *assumptions, struct xdc_source **ret,
		     char **ret_error)
{
	struct board b = { .assumptions = assumptions, .path = dtb };
	int r;

	if (!assumptions->xen || !assumptions->kernel) {
		*ret_error = xdc_strdup("a board needs --assume xen=RELEASE,kernel=RELEASE");
		return -EINVAL;
	}
	r = xdc_fdt_check(blob, size);
	if (r < 0) {
		*ret_error = xdc_strdup(fdt_strerror(r));
		return -EINVAL;
	}
	b.arena = xdc_arena_new();
	b.blob = xdc_arena_memdup(b.arena, blob, size);
	b.evidence = xdc_evidence_new();
	b.arm64 = read_arch(&b);
	read_xen_version(&b);
	fill(&b);
	xdc_arena_free(b.arena);
	*ret = xdc_source_records(b.evidence);
	return 0;
}
