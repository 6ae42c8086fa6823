/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the checks of a guest look at besides what a report is made of. */
#include <stdlib.h>
#include <string.h>

#include "base/dmar.h"
#include "preflight/preflight.h"

struct list {
	struct xdc_arena *arena;
	const char **paths;
	size_t count;
	size_t asked; /* so many of them */
};

/* A path that is relative to where xl is started can only be looked at from there. */
static void add(struct list *list, const char *path)
{
	if (!path || *path != '/')
		return;
	for (size_t i = 0; i < list->count; i++)
		if (strcmp(list->paths[i], path) == 0)
			return;
	xdc_array_reserve((void **)&list->paths, list->count, sizeof(*list->paths));
	list->paths[list->count++] = path;
}

static void add_all(struct list *list, const char *const *paths)
{
	for (; *paths; paths++)
		add(list, *paths);
}

/* The daemons, directories and devices that every guest needs, or nearly. */
static const char *const host_paths[] = {
	"/dev/xen/gntdev",
	"/dev/xen/evtchn",
	"/dev/loop-control",
	"/dev/loop0",
	"/var/lib/xen",
	"/run/xen",
	"/var/log/xen",
	"/run/udev/control",
	"/sys/bus/xen-backend/drivers/vbd",
	"/sys/bus/xen-backend/drivers/vif",
	"/sys/bus/pci/drivers/pciback",
	"/etc/xen/scripts/block",
	"/etc/xen/scripts/vif-bridge",
	/* What runs these two: asked for with them, it needs no second look in most cases. */
	"/bin/bash",
	NULL,
};

/* A script, and what it runs. */
static void add_script(struct list *list, const char *path)
{
	const char *const *tools = xdc_script_tools(path);

	add(list, path);
	if (tools)
		add_all(list, tools);
	add(list, xdc_script_device(path));
	if (xdc_text_ends_with(path, "/vif-openvswitch"))
		add(list, XDC_OPENVSWITCH_DATABASE);
}

/* Where a module is, under the running kernel's directory. */
static void add_modules(struct list *list, const struct xdc_evidence *evidence)
{
	static const char *const suffixes[] = { "", ".xz", ".zst", ".gz" };
	const struct xdc_record *uname = xdc_evidence_find(evidence, "uname");
	const char *release = xdc_record_readable(uname)
				      ? xdc_field_find(list->arena, uname->data, "release", NULL)
				      : NULL;

	for (size_t i = 0; release && i < XDC_ARRAY_SIZE(xdc_backend_modules); i++)
		for (size_t j = 0; j < XDC_ARRAY_SIZE(suffixes); j++)
			add(list,
			    xdc_arena_printf(list->arena, "/lib/modules/%s/kernel/drivers/%s%s",
					     release, xdc_backend_modules[i], suffixes[j]));
}

static void add_guest(struct list *list, const struct xdc_guest *guest, const char *usual)
{
	static const char *const files[] = {
		"kernel",
		"ramdisk",
		"device_tree",
		"bootloader",
		"firmware_override",
		"bios_path_override",
		"acpi_firmware",
		"smbios_firmware",
		"stubdomain_kernel",
		"stubdomain_ramdisk",
		"device_model_override",
		"firmware",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(files); i++)
		add(list, xdc_guest_path(list->arena, guest, xdc_guest_text(guest, files[i])));
	for (size_t i = 0; i < guest->n_disks; i++) {
		add(list, xdc_guest_path(list->arena, guest, guest->disks[i].target));
		add_script(list, xdc_script_path(list->arena, guest->disks[i].script, "block"));
	}
	for (size_t i = 0; i < guest->n_vifs; i++)
		add_script(list, xdc_script_path(list->arena, guest->vifs[i].script, usual));
	for (size_t i = 0; i < guest->n_pcis; i++)
		if (guest->pcis[i].device)
			add(list, xdc_arena_printf(list->arena, "/sys/bus/pci/devices/%s/reset",
						   guest->pcis[i].device));
}

static void ask(struct list *list, struct xdc_source *source, struct xdc_evidence *evidence)
{
	const struct xdc_request request = {
		.type = XDC_REQUEST_TARGETS,
		.devices = list->paths + list->asked,
		.n_devices = list->count - list->asked,
	};

	if (request.n_devices)
		xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	list->asked = list->count;
}

/* What the first answers lead to: what runs a script, the file behind a loop device. */
static void add_second(struct list *list, const struct xdc_evidence *evidence)
{
	const struct xdc_record *storage = xdc_evidence_find(evidence, "storage");
	size_t first = list->count;
	char *cursor, *line;

	for (size_t i = 0; i < first; i++) {
		const struct xdc_record *record = xdc_evidence_find(
			evidence, xdc_arena_printf(list->arena, "target:%s", list->paths[i]));

		if (record && record->status == XDC_STATUS_OK)
			add(list, xdc_field_find(list->arena, record->data, "interpreter", NULL));
	}
	if (!xdc_record_readable(storage))
		return;
	cursor = xdc_arena_strdup(list->arena, storage->data);
	while ((line = xdc_text_next_line(&cursor))) {
		char *file = strstr(line, "/loop=");

		if (file && xdc_text_unescape(file + strlen("/loop="), NULL) == 0)
			add(list, file + strlen("/loop="));
	}
}

/* What any guest looks at, whatever it is made of. */
static void ask_host(struct list *list, struct xdc_source *source, struct xdc_evidence *evidence)
{
	static const struct xdc_request topology[] = {
		{ .type = XDC_REQUEST_STORAGE },
		{ .type = XDC_REQUEST_NETWORK },
		{ XDC_REQUEST_FILE, "/etc/xen/xl.conf", 64 << 10, NULL, 0 },
		{ XDC_REQUEST_FILE, "/proc/sys/net/ipv4/ip_forward", 16, NULL, 0 },
		{ XDC_REQUEST_FILE, XDC_DMAR_FILE, XDC_DMAR_LIMIT, NULL, 0 },
		{ XDC_REQUEST_FILE, XDC_DMAR_HIDDEN_FILE, XDC_DMAR_LIMIT, NULL, 0 },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(topology); i++)
		xdc_source_ask(source, &topology[i], xdc_evidence_add, evidence);
	add_all(list, host_paths);
}

/* Whether QEMU is needed, as far as that can be told of the configuration alone. */
static bool needs_device_model(const struct xdc_guest *guest)
{
	static const char *const keys[] = { "vfb", "channel", "vnc" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		if (xdc_guest_setting(guest, keys[i]))
			return true;
	for (size_t i = 0; i < guest->n_disks; i++) {
		const struct xdc_guest_disk *disk = &guest->disks[i];

		if (disk->format &&
		    (strcmp(disk->format, "raw") != 0 || strcmp(disk->backend_type, "qdisk") == 0))
			return true;
	}
	return guest->kind == XDC_KIND_HVM;
}

/* A backend's module matters where it is not loaded. */
static void add_missing_modules(struct list *list, const struct xdc_evidence *evidence)
{
	static const char *const drivers[] = { "target:/sys/bus/xen-backend/drivers/vbd",
					       "target:/sys/bus/xen-backend/drivers/vif" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(drivers); i++) {
		const struct xdc_record *driver = xdc_evidence_find(evidence, drivers[i]);

		if (!driver || driver->status != XDC_STATUS_OK)
			add_modules(list, evidence);
	}
}

/* Asks for what was added, and for what that leads to. */
static void finish(struct list *list, struct xdc_source *source, struct xdc_evidence *evidence)
{
	ask(list, source, evidence);
	add_second(list, evidence);
	add_missing_modules(list, evidence);
	ask(list, source, evidence);
}

static void free_list(struct list *list)
{
	free(list->paths);
	xdc_arena_free(list->arena);
}

void xdc_preflight_collect_host(struct xdc_source *source, struct xdc_evidence *evidence)
{
	struct list list = { .arena = xdc_arena_new() };

	ask_host(&list, source, evidence);
	add_all(&list, xdc_device_models);
	add_all(&list, xdc_hvmloaders);
	add_modules(&list, evidence);
	finish(&list, source, evidence);
	free_list(&list);
}

/*
 * The build configuration of the guest's kernel, where a check looks at it. It belongs to one
 * guest, so no bundle holds it.
 */
static void ask_kernel_config(struct xdc_flight *flight, struct xdc_source *source,
			      struct xdc_evidence *evidence)
{
	const char *kernel = xdc_guest_text(flight->guest, "kernel");
	struct xdc_target target;
	struct xdc_request request = { .type = XDC_REQUEST_FILE, .limit = 1 << 20 };

	if (!kernel || !xdc_guest_wants_grants(flight))
		return;
	target = xdc_target_read(flight, kernel);
	request.subject =
		xdc_guest_kernel_config(flight->arena, target.path ? target.path : kernel);
	if (request.subject)
		xdc_source_ask(source, &request, xdc_evidence_add, evidence);
}

void xdc_preflight_collect(struct xdc_source *source, struct xdc_evidence *evidence,
			   const char *const *configs, size_t count)
{
	struct list list = { .arena = xdc_arena_new() };
	struct xdc_flight host = { .arena = list.arena, .evidence = evidence };

	ask_host(&list, source, evidence);
	for (size_t i = 0; i < count; i++) {
		const struct xdc_guest *guest =
			xdc_guest_read(list.arena, evidence, i, configs[i], false);

		add_guest(&list, guest, xdc_vif_script(&host));
		if (needs_device_model(guest)) {
			add_all(&list, xdc_device_models);
			add_all(&list, xdc_hvmloaders);
		}
	}
	finish(&list, source, evidence);
	for (size_t i = 0; i < count; i++) {
		host.guest = xdc_guest_read(list.arena, evidence, i, configs[i], false);
		ask_kernel_config(&host, source, evidence);
	}
	free_list(&list);
}
