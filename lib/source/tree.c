/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "source/tree.h"

enum { NAMES_MAX = 100000 };

/* O_NONBLOCK and O_NOCTTY: whatever it turns out to be, opening it neither waits nor binds. */
static const int SAFE_FLAGS = O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

/* glibc has no wrapper before 2.42. */
static int openat2(int dir, const char *path, int flags, uint64_t resolve)
{
	struct open_how how = { .flags = (unsigned int)flags, .resolve = resolve };
	long fd = syscall(SYS_openat2, dir, path, &how, sizeof(how));

	return fd < 0 ? -errno : (int)fd;
}

static int check_type(int fd)
{
	struct stat st;

	if (fstat(fd, &st) < 0)
		return -errno;
	return S_ISREG(st.st_mode) || S_ISDIR(st.st_mode) ? 0 : -ENXIO;
}

/*
 * Opening a device node can act on the device, so the type is asked first of a descriptor
 * that only names the file.
 */
static int open_confined(int dir, const char *path, int flags, uint64_t resolve)
{
	int fd = openat2(dir, path, O_PATH | O_CLOEXEC | (flags & O_DIRECTORY), resolve);
	int r;

	if (fd < 0)
		return fd;
	r = check_type(fd);
	if (r == 0 && (flags & O_PATH))
		return fd;
	close(fd);
	if (r < 0)
		return r;
	fd = openat2(dir, path, flags, resolve);
	if (fd < 0)
		return fd;
	r = check_type(fd);
	if (r < 0)
		close(fd);
	return r < 0 ? r : fd;
}

int xdc_tree_open(const struct xdc_tree *tree, const char *path, int flags)
{
	int fd;

	while (*path == '/')
		path++;
	if (!*path)
		path = ".";
	if (tree->confined)
		return open_confined(tree->root, path, flags | SAFE_FLAGS,
				     RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS);
	fd = openat(tree->root, path, flags | SAFE_FLAGS);
	return fd < 0 ? -errno : fd;
}

/* Reads to the end of @fd or to @limit; a byte more than that tells that there is more. */
enum xdc_status xdc_read_all(int fd, size_t limit, char **ret_data, size_t *ret_size)
{
	xdc_autofree char *data = NULL;
	size_t size = 0, room = 0;

	for (;;) {
		ssize_t n;

		if (size == room) {
			size_t more = room ? room * 2 : 4096;
			char *grown;

			if (more > limit + 1)
				more = limit + 1;
			grown = xdc_zalloc(more + 1);
			if (size)
				memcpy(grown, data, size);
			free(data);
			data = grown;
			room = more;
		}
		n = read(fd, data + size, room - size);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EISDIR ? XDC_STATUS_IO_ERROR : xdc_status_from_errno(errno);
		size += (size_t)n;
		if (n == 0 || size > limit)
			break;
	}
	*ret_size = size > limit ? limit : size;
	data[*ret_size] = '\0';
	*ret_data = data;
	data = NULL;
	return size > limit ? XDC_STATUS_TRUNCATED : XDC_STATUS_OK;
}

enum xdc_status xdc_tree_read(const struct xdc_tree *tree, const char *path, size_t limit,
			      char **ret_data, size_t *ret_size)
{
	xdc_autoclose int fd = xdc_tree_open(tree, path, O_RDONLY);

	*ret_data = NULL;
	*ret_size = 0;
	if (fd == -ENXIO && tree->confined)
		return XDC_STATUS_UNSUPPORTED;
	if (fd < 0)
		return xdc_status_from_errno(-fd);
	return xdc_read_all(fd, limit, ret_data, ret_size);
}

ssize_t xdc_tree_read_attribute(const struct xdc_tree *tree, int dir, const char *name,
				char *buffer, size_t size)
{
	xdc_autoclose int fd = -1;
	ssize_t n;

	if (tree->confined) {
		fd = open_confined(dir, name, O_RDONLY | SAFE_FLAGS,
				   RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS);
		if (fd < 0)
			return fd;
	} else {
		fd = openat(dir, name, O_RDONLY | SAFE_FLAGS | O_NOFOLLOW);
		if (fd < 0)
			return -errno;
	}
	do
		n = read(fd, buffer, size - 1);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if (n > 0 && buffer[n - 1] == '\n')
		n--;
	buffer[n] = '\0';
	return n;
}

void xdc_tree_write_unread(const char *field, enum xdc_status status, FILE *out)
{
	if (status != XDC_STATUS_OK && status != XDC_STATUS_ABSENT)
		xdc_field_write_status(out, field, status);
}

ssize_t xdc_tree_write_attribute(const struct xdc_tree *tree, int dir, const char *name,
				 const char *field, FILE *out)
{
	char value[PATH_MAX];
	ssize_t n = xdc_tree_read_attribute(tree, dir, name, value, sizeof(value));

	if (n >= 0)
		xdc_field_write(out, field, value);
	else
		xdc_tree_write_unread(field, xdc_status_from_errno((int)-n), out);
	return n;
}

int xdc_tree_read_link(int dir, const char *name, char *buffer, size_t size)
{
	ssize_t n = readlinkat(dir, name, buffer, size - 1);

	if (n < 0)
		return -errno;
	buffer[n] = '\0';
	return 0;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

enum xdc_status xdc_tree_list(const struct xdc_tree *tree, const char *path, char ***ret_names,
			      size_t *ret_count)
{
	int fd = xdc_tree_open(tree, path, O_RDONLY | O_DIRECTORY);
	enum xdc_status status = XDC_STATUS_OK;
	char **names = NULL;
	size_t count = 0;
	struct dirent *entry;
	DIR *dir;

	*ret_names = NULL;
	*ret_count = 0;
	if (fd < 0)
		return xdc_status_from_errno(-fd);
	dir = fdopendir(fd);
	if (!dir) {
		close(fd);
		return XDC_STATUS_IO_ERROR;
	}
	while ((errno = 0, entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		if (count == NAMES_MAX) {
			status = XDC_STATUS_TRUNCATED;
			break;
		}
		xdc_array_reserve((void **)&names, count, sizeof(*names));
		names[count++] = xdc_strdup(entry->d_name);
	}
	/* The end, or no more to be had. */
	if (!entry && errno)
		status = xdc_status_from_errno(errno);
	closedir(dir);
	if (count)
		qsort(names, count, sizeof(*names), by_name);
	*ret_names = names;
	*ret_count = count;
	return status;
}

void xdc_names_free(char **names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(names[i]);
	free(names);
}

/* Appends the components of @from to @path, which holds *@length bytes, resolving "..". */
static int append(char *path, size_t *length, size_t size, const char *from)
{
	while (*from) {
		size_t n = strcspn(from, "/");

		if (n == 2 && from[0] == '.' && from[1] == '.') {
			while (*length && path[--*length] != '/')
				;
		} else if (n && !(n == 1 && from[0] == '.')) {
			if (*length + 1 + n + 1 > size)
				return -ENAMETOOLONG;
			path[(*length)++] = '/';
			memcpy(path + *length, from, n);
			*length += n;
		}
		from += n + (from[n] == '/');
	}
	path[*length] = '\0';
	return 0;
}

int xdc_path_resolve(const char *dir, const char *target, char *path, size_t size)
{
	size_t length = 0;
	int r = 0;

	path[0] = '\0';
	if (target[0] != '/')
		r = append(path, &length, size, dir);
	return r < 0 ? r : append(path, &length, size, target);
}

void xdc_tree_tell_each(const struct xdc_tree *tree, const char *base, const char *key,
			xdc_tree_write_fn *write_fields, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *buffer = NULL;
	size_t length = 0, count;
	char **names;
	enum xdc_status status = xdc_tree_list(tree, base, &names, &count);
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < count; i++)
		write_fields(tree, names[i], out);
	fclose(out);
	xdc_names_free(names, count);
	xdc_emit(emit, arg, key, base, status, "", buffer, length);
}
