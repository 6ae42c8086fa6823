/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What xl, libxl, the hotplug scripts and device models have written: /var/log/xen/NAME.log, not
 * the rotated ones (xl-GUEST.log.1), and not what guests wrote (console/). Names of guests stand
 * in those of the files, so that no bundle has these records.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/tree.h"

enum {
	TAIL = 64 << 10,
	FILES_MAX = 24,
	CONSIDERED_MAX = 4096,
};

static const char DIRECTORY[] = "/var/log/xen";

struct file {
	const char *name;
	struct timespec changed;
};

static int newest_first(const void *a, const void *b)
{
	const struct timespec *x = &((const struct file *)a)->changed;
	const struct timespec *y = &((const struct file *)b)->changed;

	if (x->tv_sec != y->tv_sec)
		return x->tv_sec < y->tv_sec ? 1 : -1;
	if (x->tv_nsec != y->tv_nsec)
		return x->tv_nsec < y->tv_nsec ? 1 : -1;
	return strcmp(((const struct file *)a)->name, ((const struct file *)b)->name);
}

/* A descriptor of the regular file @name, or -1. What is none must not keep us waiting. */
static int open_file(const struct xdc_tree *tree, const char *name, struct stat *st)
{
	char path[512];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", DIRECTORY, name);
	fd = xdc_tree_open(tree, path, O_RDONLY | O_NONBLOCK);
	if (fd >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode))
		return fd;
	if (fd >= 0)
		close(fd);
	return -1;
}

static size_t find_files(const struct xdc_tree *tree, char **names, size_t count, struct file *ret)
{
	size_t found = 0;

	for (size_t i = 0; i < count && i < CONSIDERED_MAX; i++) {
		struct stat st;
		xdc_autoclose int fd =
			xdc_text_ends_with(names[i], ".log") ? open_file(tree, names[i], &st) : -1;

		if (fd >= 0 && st.st_size)
			ret[found++] = (struct file){ names[i], st.st_mtim };
	}
	qsort(ret, found, sizeof(*ret), newest_first);
	return found < FILES_MAX ? found : FILES_MAX;
}

static bool add_file(const struct xdc_tree *tree, const char *name, xdc_emit_fn *emit, void *arg)
{
	struct stat st;
	xdc_autoclose int fd = open_file(tree, name, &st);
	xdc_autofree char *data = NULL;
	char path[512], key[512 + sizeof("log:")];
	enum xdc_status status;
	size_t size = 0;

	if (fd < 0)
		return false;
	status = xdc_read_tail(fd, st.st_size, TAIL, &data, &size);
	if (status != XDC_STATUS_OK && status != XDC_STATUS_TRUNCATED)
		return false;
	snprintf(path, sizeof(path), "%s/%s", DIRECTORY, name);
	snprintf(key, sizeof(key), "log:%s", path);
	xdc_emit(emit, arg, key, path, status,
		 status == XDC_STATUS_TRUNCATED ? "not all of it: the last 64 KiB" : "", data,
		 size);
	return true;
}

size_t xdc_tree_xen_logs(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	char **names = NULL;
	size_t count = 0, taken = 0, n_files;
	xdc_autofree struct file *files = NULL;

	xdc_tree_list(tree, DIRECTORY, &names, &count);
	files = xdc_zalloc((count + 1) * sizeof(*files));
	n_files = find_files(tree, names, count, files);
	for (size_t i = 0; i < n_files; i++)
		taken += add_file(tree, files[i].name, emit, arg);
	xdc_names_free(names, count);
	return taken;
}
