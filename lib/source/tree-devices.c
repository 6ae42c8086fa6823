/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The walk over /sys/bus/<bus>/devices. libudev's own enumeration answers the same, but
 * opens every component of every path again (70 system calls a device, udev 252), and
 * cannot be pointed at a directory; this walk serves both and takes a third of that.
 *
 * Read here are only attributes that take no device lock (drivers/base/core.c,
 * drivers/pci/pci-sysfs.c, drivers/virtio/virtio.c, Linux 5.10 to 7.1): not uevent, online,
 * waiting_for_supplier or driver_override, behind which a hung probe may sit for ever.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source/tree.h"

struct entry {
	char *path; /* below /sys: "/devices/..." */
	char *bus;
};

struct walk {
	const struct xdc_tree *tree;
	struct entry *entries;
	size_t count;
	size_t strange; /* names that are no links into /sys/devices */
	enum xdc_status status;
};

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->path, ((const struct entry *)b)->path);
}

/*
 * Follows the link @name in the open directory @dir, whose path is @dir_path, to a device, whose
 * path below /sys *@ret is then, in @buffer. Returns 0, -EINVAL where it is something else, or
 * -errno.
 */
static int device_link(int dir, const char *dir_path, const char *name, char *buffer, size_t size,
		       const char **ret)
{
	char target[PATH_MAX];
	int r = xdc_tree_read_link(dir, name, target, sizeof(target));

	if (r < 0)
		return r;
	if (xdc_path_resolve(dir_path, target, buffer, size) < 0 ||
	    !xdc_text_starts_with(buffer, "/sys/devices/"))
		return -EINVAL;
	*ret = buffer + strlen("/sys");
	return 0;
}

/*
 * Processors, memory, clocks (subsys_system_register(), drivers/base/bus.c), counters, queues of
 * work, the chips of GPIO and the ports of serial controllers (drivers/gpio/gpiolib.c,
 * drivers/tty/serial/serial_base_bus.c: their parents are on buses of their own) are devices as
 * well: hundreds on a large machine, of which none masters a bus.
 */
static bool has_no_masters(const char *bus)
{
	static const char *const buses[] = {
		"clockevents",	"clocksource", "container",    "cpu",	     "edac",
		"event_source", "gpio",	       "machinecheck", "memory",     "memory_tiering",
		"node",		"serial-base", "workqueue",    "xen_memory",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(buses); i++)
		if (strcmp(bus, buses[i]) == 0)
			return true;
	return false;
}

static void walk_bus(struct walk *walk, const char *bus)
{
	char dir_path[NAME_MAX + 32], path[PATH_MAX];
	xdc_autoclose int dir = -1;
	enum xdc_status status;
	char **names;
	size_t count;

	snprintf(dir_path, sizeof(dir_path), "/sys/bus/%s/devices", bus);
	status = xdc_tree_list(walk->tree, dir_path, &names, &count);
	if (status != XDC_STATUS_OK)
		walk->status = status;
	if (count)
		dir = xdc_tree_open(walk->tree, dir_path, O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < count; i++) {
		const char *device;

		if (device_link(dir, dir_path, names[i], path, sizeof(path), &device) < 0) {
			walk->strange++;
			continue;
		}
		xdc_array_reserve((void **)&walk->entries, walk->count, sizeof(*walk->entries));
		walk->entries[walk->count].path = xdc_strdup(device);
		walk->entries[walk->count++].bus = xdc_strdup(bus);
	}
	xdc_names_free(names, count);
}

/*
 * Writes the last component of the link @name, as sysfs has them for driver and group. Returns
 * whether there is one.
 */
static bool write_link_name(FILE *out, int dir, const char *name)
{
	char target[PATH_MAX];
	const char *slash;
	int r = xdc_tree_read_link(dir, name, target, sizeof(target));

	if (r == -ENOENT)
		return false;
	if (r < 0) {
		xdc_field_write_status(out, name, xdc_status_from_errno(-r));
		return true;
	}
	slash = strrchr(target, '/');
	xdc_field_write(out, name, slash ? slash + 1 : target);
	return true;
}

/* Writes the device tree path that the link @name leads to. Returns whether there is one. */
static bool write_node(FILE *out, int dir, const char *path, const char *name)
{
	static const char base[] = "/sys/firmware/devicetree/base";
	char target[PATH_MAX], from[PATH_MAX], node[PATH_MAX];
	int r;

	r = xdc_tree_read_link(dir, name, target, sizeof(target));
	if (r == -ENOENT)
		return false;
	snprintf(from, sizeof(from), "/sys%s", path);
	if (r < 0)
		xdc_field_write_status(out, name, xdc_status_from_errno(-r));
	else if (xdc_path_resolve(from, target, node, sizeof(node)) < 0 ||
		 !xdc_text_starts_with(node, base) ||
		 (node[sizeof(base) - 1] && node[sizeof(base) - 1] != '/'))
		xdc_field_write_status(out, name, XDC_STATUS_IO_ERROR);
	else
		xdc_field_write(out, name, node[sizeof(base) - 1] ? node + sizeof(base) - 1 : "/");
	return true;
}

/*
 * Who says what the device is, and its IOMMU. A link is not looked for where another one tells
 * that it cannot be there: "iommu" comes with the group (iommu_device_link(),
 * drivers/iommu/iommu.c, Linux 5.10 to 7.1), and a device of the device tree has no ACPI companion.
 */
static void write_origins(FILE *out, const struct entry *entry, int dir)
{
	if (write_link_name(out, dir, "iommu_group"))
		write_link_name(out, dir, "iommu");
	if (!write_node(out, dir, entry->path, "of_node"))
		write_link_name(out, dir, "firmware_node");
}

static ssize_t write_attribute(FILE *out, const struct xdc_tree *tree, int dir, const char *name)
{
	return xdc_tree_write_attribute(tree, dir, name, name, out);
}

/*
 * The bus-master bit of the command register. Reading configuration space wakes a suspended
 * function or its bridge, which a reader must not do and which may hang: left alone then.
 */
static void write_bus_master(FILE *out, const struct xdc_tree *tree, int dir)
{
	char value[64];
	ssize_t n =
		xdc_tree_read_attribute(tree, dir, "power/runtime_status", value, sizeof(value));

	if (n >= 0 && strcmp(value, "active") != 0 && strcmp(value, "unsupported") != 0) {
		xdc_field_write_status(out, "busmaster", XDC_STATUS_UNSUPPORTED);
		return;
	}
	n = xdc_tree_read_attribute(tree, dir, "config", value, sizeof(value));
	if (n >= 6)
		xdc_field_write(out, "busmaster", value[4] & 4 ? "1" : "0");
	else if (n != -ENOENT)
		xdc_field_write_status(out, "busmaster",
				       n < 0 ? xdc_status_from_errno((int)-n)
					     : XDC_STATUS_IO_ERROR);
}

static void write_pci(FILE *out, const struct xdc_tree *tree, int dir)
{
	static const char *const attributes[] = {
		"class", "vendor", "device", "dma_mask_bits", "consistent_dma_mask_bits",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(attributes); i++)
		write_attribute(out, tree, dir, attributes[i]);
	write_link_name(out, dir, "physfn");
	write_bus_master(out, tree, dir);
}

/* Writes where a block device's data ends: itself, or what it is made of (LVM, md), below it. */
static void write_served(FILE *out, const struct xdc_tree *tree, const char *path, int depth)
{
	enum { DEPTH_MAX = 8 };
	char slaves[PATH_MAX], below[PATH_MAX];
	xdc_autoclose int dir = -1;
	enum xdc_status status;
	size_t count;
	char **names;

	if (snprintf(slaves, sizeof(slaves), "/sys%s/slaves", path) >= (int)sizeof(slaves))
		return;
	status = xdc_tree_list(tree, slaves, &names, &count);
	if (status != XDC_STATUS_OK && status != XDC_STATUS_ABSENT)
		xdc_field_write_status(out, "serves", status);
	else if (!count || depth == DEPTH_MAX)
		xdc_field_write(out, "serves", path);
	dir = count ? xdc_tree_open(tree, slaves, O_RDONLY | O_DIRECTORY) : -1;
	for (size_t i = 0; i < count && depth < DEPTH_MAX; i++) {
		const char *slave;
		int r = device_link(dir, slaves, names[i], below, sizeof(below), &slave);

		if (r == 0)
			write_served(out, tree, slave, depth + 1);
		else if (r != -EINVAL)
			xdc_field_write_status(out, "serves", xdc_status_from_errno(-r));
	}
	xdc_names_free(names, count);
}

/*
 * A guest's disk: its backend says the block device by its number, in hexadecimal
 * (drivers/block/xen-blkback/xenbus.c, "physical_device").
 */
static void write_backend(FILE *out, const struct xdc_tree *tree, int dir)
{
	static const char numbers[] = "/sys/dev/block";
	char value[4096], name[64], path[PATH_MAX];
	xdc_autoclose int links = -1;
	unsigned int major, minor;
	const char *device;
	ssize_t n = xdc_tree_read_attribute(tree, dir, "physical_device", value, sizeof(value));
	int r;

	if (n != -ENOENT && n < 0)
		xdc_field_write_status(out, "physical_device", xdc_status_from_errno((int)-n));
	if (n < 0)
		return;
	xdc_field_write(out, "physical_device", value);
	if (sscanf(value, "%x:%x", &major, &minor) != 2)
		return;
	snprintf(name, sizeof(name), "%u:%u", major, minor);
	links = xdc_tree_open(tree, numbers, O_RDONLY | O_DIRECTORY);
	r = device_link(links, numbers, name, path, sizeof(path), &device);
	if (r == 0)
		write_served(out, tree, device, 0);
	else if (r != -ENOENT && r != -EINVAL)
		xdc_field_write_status(out, "serves", xdc_status_from_errno(-r));
}

static void emit_device(const struct xdc_tree *tree, const struct entry *entry, xdc_emit_fn *emit,
			void *arg)
{
	char key[PATH_MAX + 16], sysfs[PATH_MAX + 16];
	xdc_autofree char *buffer = NULL;
	xdc_autoclose int dir = -1;
	size_t length = 0;
	FILE *out;

	snprintf(key, sizeof(key), "device:%s", entry->path);
	snprintf(sysfs, sizeof(sysfs), "/sys%s", entry->path);
	dir = xdc_tree_open(tree, sysfs, O_PATH | O_DIRECTORY);
	if (dir < 0) {
		xdc_emit(emit, arg, key, sysfs, xdc_status_from_errno(-dir), "", NULL, 0);
		return;
	}
	out = xdc_open_text(&buffer, &length);
	xdc_field_write(out, "bus", entry->bus);
	write_link_name(out, dir, "driver");
	write_origins(out, entry, dir);
	if (strcmp(entry->bus, "pci") == 0)
		write_pci(out, tree, dir);
	else if (strcmp(entry->bus, "virtio") == 0)
		write_attribute(out, tree, dir, "features");
	else if (strcmp(entry->bus, "xen-backend") == 0)
		write_backend(out, tree, dir);
	fclose(out);
	xdc_emit(emit, arg, key, sysfs, XDC_STATUS_OK, "", buffer, length);
}

static void emit_list(const struct walk *walk, xdc_emit_fn *emit, void *arg)
{
	enum xdc_status status = walk->status;
	xdc_autofree char *buffer = NULL;
	char detail[64] = "";
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < walk->count; i++) {
		xdc_text_escape(out, walk->entries[i].path, strlen(walk->entries[i].path));
		fputc('\n', out);
	}
	fclose(out);
	if (walk->strange) {
		snprintf(detail, sizeof(detail), "%zu names are no links into /sys/devices",
			 walk->strange);
		status = XDC_STATUS_IO_ERROR;
	}
	xdc_emit(emit, arg, "devices", "/sys/bus", status, detail, buffer, length);
}

void xdc_tree_devices(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	struct walk walk = { .tree = tree };
	char **buses;
	size_t count;

	walk.status = xdc_tree_list(tree, "/sys/bus", &buses, &count);
	for (size_t i = 0; i < count; i++)
		if (!has_no_masters(buses[i]))
			walk_bus(&walk, buses[i]);
	xdc_names_free(buses, count);
	if (walk.count)
		qsort(walk.entries, walk.count, sizeof(*walk.entries), by_path);
	emit_list(&walk, emit, arg);
	for (size_t i = 0; i < walk.count; i++) {
		emit_device(tree, &walk.entries[i], emit, arg);
		free(walk.entries[i].path);
		free(walk.entries[i].bus);
	}
	free(walk.entries);
}

void xdc_tree_class(const struct xdc_tree *tree, const char *name, xdc_emit_fn *emit, void *arg)
{
	char key[64], dir_path[64], path[PATH_MAX];
	xdc_autofree char *buffer = NULL;
	xdc_autoclose int dir = -1;
	enum xdc_status status;
	size_t length = 0, count;
	char **names;
	FILE *out;

	snprintf(key, sizeof(key), "class:%s", name);
	snprintf(dir_path, sizeof(dir_path), "/sys/class/%s", name);
	status = xdc_tree_list(tree, dir_path, &names, &count);
	dir = xdc_tree_open(tree, dir_path, O_RDONLY | O_DIRECTORY);
	out = xdc_open_text(&buffer, &length);
	for (size_t i = 0; i < count; i++) {
		const char *device;
		int r = device_link(dir, dir_path, names[i], path, sizeof(path), &device);

		/* "version" of /sys/class/drm is no device. */
		if (r < 0 && r != -EINVAL)
			status = xdc_status_from_errno(-r);
		if (r < 0 || strchr(names[i], '='))
			continue;
		xdc_text_escape(out, names[i], strlen(names[i]));
		fputc('=', out);
		xdc_text_escape(out, device, strlen(device));
		fputc('\n', out);
	}
	fclose(out);
	xdc_names_free(names, count);
	xdc_emit(emit, arg, key, dir_path, status, "", buffer, length);
}
