/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "source/tree.h"

enum { LOG_LIMIT = 2 << 20 };

struct source_tree {
	struct xdc_source base;
	struct xdc_tree tree;
};

void xdc_emit(xdc_emit_fn *emit, void *arg, const char *key, const char *origin,
	      enum xdc_status status, const char *detail, const char *data, size_t size)
{
	const struct xdc_record record = {
		.key = key,
		.origin = origin,
		.detail = detail,
		.data = data ? data : "",
		.size = data ? size : 0,
		.status = status,
	};

	emit(arg, &record);
}

static void ask_file(const struct xdc_tree *tree, size_t limit, const char *key, const char *path,
		     xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *data = NULL;
	size_t size;
	enum xdc_status status = xdc_tree_read(tree, path, limit, &data, &size);
	const char *detail = "";

	if (status == XDC_STATUS_UNSUPPORTED && tree->confined)
		detail = "not a regular file";
	xdc_emit(emit, arg, key, path, status, detail, data, size);
}

/* A directory has no uname(2): its own /proc tells, where the machine's was copied along. */
static void ask_uname(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	static const char *const files[][2] = {
		{ "release", "/proc/sys/kernel/osrelease" },
		{ "machine", "/proc/sys/kernel/arch" },
	};
	xdc_autofree char *buffer = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < XDC_ARRAY_SIZE(files); i++) {
		xdc_autofree char *data = NULL;
		size_t size;
		enum xdc_status status = xdc_tree_read(tree, files[i][1], 256, &data, &size);

		if (status == XDC_STATUS_OK)
			xdc_field_write(out, files[i][0], xdc_text_first_line(data));
		else
			xdc_field_write_status(out, files[i][0], status);
	}
	fclose(out);
	xdc_emit(emit, arg, "uname", "/proc/sys/kernel", XDC_STATUS_OK, "", buffer, length);
}

void xdc_tree_ask(const struct xdc_tree *tree, const struct xdc_request *request, xdc_emit_fn *emit,
		  void *arg)
{
	struct xdc_arena *arena;
	char *key;

	switch (request->type) {
	case XDC_REQUEST_UNAME:
		ask_uname(tree, emit, arg);
		return;
	case XDC_REQUEST_DEVICES:
		xdc_tree_devices(tree, emit, arg);
		return;
	case XDC_REQUEST_CLASS:
		xdc_tree_class(tree, request->subject, emit, arg);
		return;
	case XDC_REQUEST_IOMMU_GROUPS:
		xdc_tree_iommu_groups(tree, emit, arg);
		return;
	case XDC_REQUEST_DEVICETREE:
		xdc_tree_devicetree(tree, emit, arg);
		return;
	case XDC_REQUEST_KERNEL_CONFIG:
		xdc_tree_kernel_config(tree, emit, arg);
		return;
	case XDC_REQUEST_LOGS:
		xdc_tree_logs(tree, emit, arg);
		return;
	case XDC_REQUEST_TOOLS:
		xdc_tree_tools(tree, emit, arg);
		return;
	case XDC_REQUEST_CATALOGUE:
		xdc_tree_catalogue(tree, emit, arg);
		return;
	case XDC_REQUEST_STORAGE:
		xdc_tree_storage(tree, emit, arg);
		return;
	case XDC_REQUEST_NETWORK:
		xdc_tree_network(tree, emit, arg);
		return;
	case XDC_REQUEST_TARGETS:
		xdc_tree_targets(tree, request, emit, arg);
		return;
	case XDC_REQUEST_ACTIVITY:
		if (!request->seconds)
			return;
		break;
	case XDC_REQUEST_FILE:
	case XDC_REQUEST_RECORDED:
	case XDC_REQUEST_KERNEL_LOG:
	case XDC_REQUEST_NAMES:
	case XDC_REQUEST_HYPERVISOR:
	case XDC_REQUEST_XENSTORE:
	case XDC_REQUEST_DMA_STATE:
		break;
	}
	arena = xdc_arena_new();
	key = xdc_request_key(arena, request);
	if (request->type == XDC_REQUEST_FILE)
		ask_file(tree, request->limit, key, request->subject, emit, arg);
	else if (request->type == XDC_REQUEST_KERNEL_LOG)
		ask_file(tree, LOG_LIMIT, key, "/dev/kmsg", emit, arg);
	else
		xdc_emit(emit, arg, key, "directory", XDC_STATUS_UNSUPPORTED,
			 "a directory cannot tell, only the running machine", NULL, 0);
	xdc_arena_free(arena);
}

static void source_tree_ask(struct xdc_source *source, const struct xdc_request *request,
			    xdc_emit_fn *emit, void *arg)
{
	xdc_tree_ask(&((struct source_tree *)source)->tree, request, emit, arg);
}

static void source_tree_free(struct xdc_source *source)
{
	close(((struct source_tree *)source)->tree.root);
	free(source);
}

static const struct xdc_source_ops source_tree_ops = {
	.ask = source_tree_ask,
	.free = source_tree_free,
};

int xdc_source_tree(const char *root, struct xdc_source **ret)
{
	struct source_tree *source;
	struct xdc_tree tree = { .confined = true };
	int probe;

	tree.root = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (tree.root < 0)
		return -errno;
	probe = xdc_tree_open(&tree, "/", O_RDONLY | O_DIRECTORY);
	if (probe < 0) {
		close(tree.root);
		return probe;
	}
	close(probe);
	source = xdc_zalloc(sizeof(*source));
	source->base.ops = &source_tree_ops;
	source->tree = tree;
	*ret = &source->base;
	return 0;
}
