/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "source/tree.h"

enum { CONFIG_LIMIT = 1 << 20 };

static enum xdc_status read_compressed(const struct xdc_tree *tree, const char *path,
				       char **ret_data, size_t *ret_size)
{
	int fd = xdc_tree_open(tree, path, O_RDONLY);
	gzFile file;
	int n;

	if (fd < 0)
		return xdc_status_from_errno(-fd);
	file = gzdopen(fd, "rb");
	if (!file) {
		close(fd);
		return XDC_STATUS_IO_ERROR;
	}
	*ret_data = xdc_zalloc(CONFIG_LIMIT + 1);
	n = gzread(file, *ret_data, CONFIG_LIMIT);
	/* Z_BUF_ERROR: it ended in the midst of the stream. */
	if (gzclose(file) != Z_OK || n < 0)
		return XDC_STATUS_IO_ERROR;
	*ret_size = (size_t)n;
	return n == CONFIG_LIMIT ? XDC_STATUS_TRUNCATED : XDC_STATUS_OK;
}

static char *read_release(const struct xdc_tree *tree)
{
	char *data;
	size_t size;

	if (xdc_tree_read(tree, "/proc/sys/kernel/osrelease", 256, &data, &size) != XDC_STATUS_OK)
		return NULL;
	xdc_text_first_line(data);
	if (!*data || strchr(data, '/')) {
		free(data);
		return NULL;
	}
	return data;
}

/* Tries the places in the order in which they are sure to be of the running kernel. */
void xdc_tree_kernel_config(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	static const char *const places[][2] = {
		{ "/boot/config-", "" },
		{ "/lib/modules/", "/config" },
		{ "/lib/modules/", "/build/.config" },
	};
	static const char running[] = "/proc/config.gz";
	xdc_autofree char *release = read_release(tree);
	xdc_autofree char *data = NULL;
	size_t size = 0;
	enum xdc_status status = read_compressed(tree, running, &data, &size);

	if (status == XDC_STATUS_OK || status == XDC_STATUS_TRUNCATED) {
		xdc_emit(emit, arg, "kernel-config", running, status, "", data, size);
		return;
	}
	for (size_t i = 0; release && i < XDC_ARRAY_SIZE(places); i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s%s%s", places[i][0], release, places[i][1]);
		free(data);
		status = xdc_tree_read(tree, path, CONFIG_LIMIT, &data, &size);
		/* One that is there and cannot be read is the answer too. */
		if (status != XDC_STATUS_ABSENT) {
			xdc_emit(emit, arg, "kernel-config", path, status, "", data, size);
			return;
		}
	}
	xdc_emit(emit, arg, "kernel-config", running, XDC_STATUS_ABSENT,
		 "nor in /boot or /lib/modules for the running kernel", NULL, 0);
}
