/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names that people know devices by, from the udev database. libudev reads a device's
 * uevent file with any property, and stable 5.10 and 6.1 kernels take the device's lock for
 * that (uevent_show(), "Synchronize with really_probe()"), behind which a hung probe may sit.
 */
#include <libudev.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/child.h"
#include "source/providers.h"
#include "source/tree.h"

enum {
	DEADLINE_MS = 500,
	PATIENCE = 3,
};

struct names {
	const char *const *paths; /* those with an entry in the database */
	size_t count;
	struct udev *udev;
	xdc_emit_fn *emit;
	void *arg;
	size_t late;
};

static void write_property(FILE *out, struct udev_device *device, const char *field,
			   const char *property)
{
	const char *value = udev_device_get_property_value(device, property);

	if (value && *value)
		xdc_field_write(out, field, value);
}

static void read_names(void *arg, size_t index, FILE *out)
{
	struct names *names = arg;
	char sysfs[PATH_MAX];
	struct udev_device *device;

	if (!names->udev)
		names->udev = udev_new();
	snprintf(sysfs, sizeof(sysfs), "/sys%s", names->paths[index]);
	device = names->udev ? udev_device_new_from_syspath(names->udev, sysfs) : NULL;
	if (!device)
		return;
	write_property(out, device, "vendor", "ID_VENDOR_FROM_DATABASE");
	write_property(out, device, "model", "ID_MODEL_FROM_DATABASE");
	udev_device_unref(device);
}

static void answer(void *arg, size_t index, const char *text, size_t size)
{
	struct names *names = arg;
	char key[PATH_MAX + 8];

	snprintf(key, sizeof(key), "udev:%s", names->paths[index]);
	if (!text) {
		names->late++;
		xdc_emit(names->emit, names->arg, key, "libudev", XDC_STATUS_TIMEOUT,
			 "the device's lock was not let go of in time", NULL, 0);
	} else if (size) {
		xdc_emit(names->emit, names->arg, key, "libudev", XDC_STATUS_OK, "", text, size);
	}
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/*
 * The devices that the database may know: its files are named after subsystem and device
 * ("+pci:0000:00:02.0"). Asking libudev for one it does not know costs forty system calls,
 * and most devices are such.
 */
static size_t select_known(const struct xdc_request *request, char **entries, size_t count,
			   const char **ret_paths)
{
	xdc_autofree const char **known = xdc_zalloc((count + 1) * sizeof(*known));
	size_t n_known = 0, n_paths = 0;

	for (size_t i = 0; i < count; i++) {
		const char *colon = entries[i][0] == '+' ? strchr(entries[i], ':') : NULL;

		if (colon)
			known[n_known++] = colon + 1;
	}
	if (!n_known)
		return 0;
	qsort(known, n_known, sizeof(*known), by_text);
	for (size_t i = 0; i < request->n_devices; i++) {
		const char *name = strrchr(request->devices[i], '/') + 1;

		if (bsearch(&name, known, n_known, sizeof(*known), by_text))
			ret_paths[n_paths++] = request->devices[i];
	}
	return n_paths;
}

void xdc_live_names(const struct xdc_tree *tree, const struct xdc_request *request,
		    xdc_emit_fn *emit, void *arg)
{
	static const char database[] = "/run/udev/data";
	xdc_autofree const char **paths = xdc_zalloc((request->n_devices + 1) * sizeof(*paths));
	struct names names = { .paths = paths, .emit = emit, .arg = arg };
	char **entries;
	size_t count;
	enum xdc_status status = xdc_tree_list(tree, database, &entries, &count);
	int r = 0;

	if (status == XDC_STATUS_OK) {
		names.count = select_known(request, entries, count, paths);
		r = xdc_child_run(names.count, DEADLINE_MS, PATIENCE, read_names, answer, &names);
	}
	xdc_names_free(entries, count);
	if (r < 0)
		status = XDC_STATUS_IO_ERROR;
	else if (names.late)
		status = XDC_STATUS_TIMEOUT;
	xdc_emit(emit, arg, "udev", database, status, r < 0 ? strerror(-r) : "", NULL, 0);
}
