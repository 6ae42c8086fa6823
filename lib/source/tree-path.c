/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Where open files are, as the kernel knows it: links are resolved, ".." is gone. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "source/tree.h"

static int path_of(int fd, char *path, size_t size)
{
	char name[32];
	ssize_t n;

	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	n = readlink(name, path, size);
	if (n < 0)
		return -errno;
	if ((size_t)n >= size)
		return -ENAMETOOLONG;
	path[n] = '\0';
	return path[0] == '/' ? 0 : -EINVAL;
}

int xdc_tree_root_path(const struct xdc_tree *tree, char *path, size_t size)
{
	int r = path_of(tree->root, path, size);

	/* So that what begins with a slash can be put behind it. */
	if (r == 0 && strcmp(path, "/") == 0)
		path[0] = '\0';
	return r;
}

int xdc_tree_real_path(const struct xdc_tree *tree, int fd, char *path, size_t size)
{
	char root[PATH_MAX];
	size_t length;
	int r = xdc_tree_root_path(tree, root, sizeof(root));

	if (r == 0)
		r = path_of(fd, path, size);
	if (r < 0)
		return r;
	length = strlen(root);
	if (!xdc_text_starts_with(path, root) || path[length] != '/')
		return -EXDEV;
	memmove(path, path + length, strlen(path + length) + 1);
	return 0;
}
