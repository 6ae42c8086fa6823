/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The device tree as one flattened blob: the one the kernel was given, and where that cannot
 * be had (mode 0400, absent under --root), the live tree flattened again.
 */
#include <dirent.h>
#include <fcntl.h>
#include <libfdt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/tree.h"

static const char FDT_FILE[] = "/sys/firmware/fdt";
static const char LIVE_TREE[] = "/sys/firmware/devicetree/base";

enum {
	FDT_LIMIT = 4 << 20,
	DEPTH_LIMIT = 32,
	PROPERTY_LIMIT = 64 << 10,
};

struct flatten {
	const struct xdc_tree *tree;
	void *blob;
	int size;
	bool truncated;
};

/* Runs one step of libfdt's sequential writer, with a larger buffer each time it is full. */
#define WITH_ROOM(f, call)                                                                         \
	({                                                                                         \
		int r_;                                                                            \
		while ((r_ = (call)) == -FDT_ERR_NOSPACE && grow(f))                               \
			;                                                                          \
		r_;                                                                                \
	})

static bool grow(struct flatten *f)
{
	int size = f->size * 2;
	void *larger;

	if (size > FDT_LIMIT) {
		f->truncated = true;
		return false;
	}
	larger = xdc_zalloc((size_t)size);
	if (fdt_resize(f->blob, larger, size) < 0) {
		free(larger);
		return false;
	}
	free(f->blob);
	f->blob = larger;
	f->size = size;
	return true;
}

static int flatten_node(struct flatten *f, const char *path, int depth);

static int flatten_entry(struct flatten *f, const char *path, const char *name, int depth)
{
	char child[PATH_MAX];
	xdc_autofree char *data = NULL;
	enum xdc_status status;
	size_t size;
	int r;

	if ((size_t)snprintf(child, sizeof(child), "%s/%s", path, name) >= sizeof(child))
		return 0;
	xdc_autoclose int dir = xdc_tree_open(f->tree, child, O_PATH | O_DIRECTORY);
	if (dir >= 0) {
		r = WITH_ROOM(f, fdt_begin_node(f->blob, name));
		if (r == 0)
			r = flatten_node(f, child, depth + 1);
		return r ? r : WITH_ROOM(f, fdt_end_node(f->blob));
	}
	status = xdc_tree_read(f->tree, child, PROPERTY_LIMIT, &data, &size);
	/* The kernel adds "name" to each node; the flattened form does not have it. */
	if (status != XDC_STATUS_OK || strcmp(name, "name") == 0)
		return 0;
	return WITH_ROOM(f, fdt_property(f->blob, name, data, (int)size));
}

/* Properties must precede the subnodes in a flattened tree, so each node is read twice. */
static int flatten_node(struct flatten *f, const char *path, int depth)
{
	char **names;
	size_t count;
	int r = 0;

	if (depth > DEPTH_LIMIT) {
		f->truncated = true;
		return 0;
	}
	xdc_tree_list(f->tree, path, &names, &count);
	for (int nodes = 0; nodes <= 1 && r == 0; nodes++) {
		for (size_t i = 0; i < count && r == 0; i++) {
			char child[PATH_MAX];

			snprintf(child, sizeof(child), "%s/%s", path, names[i]);
			xdc_autoclose int dir = xdc_tree_open(f->tree, child, O_PATH | O_DIRECTORY);
			if ((dir >= 0) == (nodes == 1))
				r = flatten_entry(f, path, names[i], depth);
		}
	}
	xdc_names_free(names, count);
	return r;
}

static int flatten_tree(struct flatten *f)
{
	int r;

	f->size = 64 << 10;
	f->blob = xdc_zalloc((size_t)f->size);
	r = fdt_create(f->blob, f->size);
	if (r == 0)
		r = fdt_finish_reservemap(f->blob);
	if (r == 0)
		r = fdt_begin_node(f->blob, "");
	if (r == 0)
		r = flatten_node(f, LIVE_TREE, 0);
	if (r == 0)
		r = WITH_ROOM(f, fdt_end_node(f->blob));
	return r ? r : WITH_ROOM(f, fdt_finish(f->blob));
}

void xdc_tree_devicetree(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *data = NULL;
	size_t size;
	enum xdc_status status = xdc_tree_read(tree, FDT_FILE, FDT_LIMIT, &data, &size);
	struct flatten f = { .tree = tree };
	int r;

	if (status == XDC_STATUS_OK) {
		xdc_emit(emit, arg, "devicetree", FDT_FILE, status, "", data, size);
		return;
	}
	xdc_autoclose int live = xdc_tree_open(tree, LIVE_TREE, O_PATH | O_DIRECTORY);
	if (live < 0) {
		xdc_emit(emit, arg, "devicetree", FDT_FILE, status, "", NULL, 0);
		return;
	}
	r = flatten_tree(&f);
	if (r < 0)
		xdc_emit(emit, arg, "devicetree", LIVE_TREE,
			 f.truncated ? XDC_STATUS_TRUNCATED : XDC_STATUS_IO_ERROR, fdt_strerror(r),
			 NULL, 0);
	else
		xdc_emit(emit, arg, "devicetree", LIVE_TREE,
			 f.truncated ? XDC_STATUS_TRUNCATED : XDC_STATUS_OK, "", f.blob,
			 fdt_totalsize(f.blob));
	free(f.blob);
}
