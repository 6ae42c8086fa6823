/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What stands at the paths that a guest's configuration names. A path may lead to a file system
 * that does not answer, or to a device that must not be opened: each is looked at in a child,
 * through a descriptor that only names it, and only a regular file is read.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>
#include <zlib.h>

#include "source/child.h"
#include "source/tree.h"

enum {
	DEADLINE_MS = 1000,
	PATIENCE = 3,
	HEAD = 1024,
	PACKED = 4096, /* of which HEAD bytes come, whatever is packed */
	GZIP_WINDOW = 15 + 16,
};

struct targets {
	char root[PATH_MAX];  /* for the child, which has none of our descriptors */
	struct xdc_tree tree; /* the child's, once it looks at something */
	const struct xdc_request *request;
	xdc_emit_fn *emit;
	void *arg;
};

static void write_device(FILE *out, const char *name, dev_t device)
{
	fprintf(out, "%s=%u:%u\n", name, major(device), minor(device));
}

static const char *type_of(mode_t mode)
{
	switch (mode & S_IFMT) {
	case S_IFREG:
		return "file";
	case S_IFDIR:
		return "directory";
	case S_IFBLK:
		return "block";
	case S_IFCHR:
		return "character";
	default:
		return "other";
	}
}

static void write_hex(FILE *out, const char *name, const unsigned char *data, size_t size)
{
	fprintf(out, "%s=", name);
	for (size_t i = 0; i < size; i++)
		fprintf(out, "%02x", data[i]);
	fputc('\n', out);
}

static void write_unpacked(FILE *out, unsigned char *packed, size_t size)
{
	unsigned char head[HEAD];
	z_stream stream = {
		.next_in = packed,
		.avail_in = (uInt)size,
		.next_out = head,
		.avail_out = sizeof(head),
	};

	if (inflateInit2(&stream, GZIP_WINDOW) != Z_OK)
		return;
	inflate(&stream, Z_SYNC_FLUSH);
	write_hex(out, "unpacked", head, sizeof(head) - stream.avail_out);
	inflateEnd(&stream);
}

/* "#!/bin/bash -e": what execve(2) would start. */
static void write_interpreter(FILE *out, const unsigned char *data, size_t size)
{
	char line[256];
	size_t begin = 2, length;

	if (size < 3 || memcmp(data, "#!", 2) != 0)
		return;
	while (begin < size && (data[begin] == ' ' || data[begin] == '\t'))
		begin++;
	snprintf(line, sizeof(line), "%.*s", (int)(size - begin), (const char *)data + begin);
	length = strcspn(line, " \t\n");
	line[length] = '\0';
	xdc_field_write(out, "interpreter", line);
}

static void write_head(FILE *out, const struct xdc_tree *tree, const char *path)
{
	static const unsigned char gzip[] = { 0x1f, 0x8b };
	unsigned char packed[PACKED];
	xdc_autoclose int fd = xdc_tree_open(tree, path, O_RDONLY);
	struct stat st;
	ssize_t n;

	/* It may have become something else meanwhile, which is not read. */
	if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode)) {
		xdc_field_write_status(out, "head", xdc_status_from_errno(fd < 0 ? -fd : ENXIO));
		return;
	}
	n = pread(fd, packed, sizeof(packed), 0);
	if (n < 0) {
		xdc_field_write_status(out, "head", xdc_status_from_errno(errno));
		return;
	}
	write_hex(out, "head", packed, (size_t)n < HEAD ? (size_t)n : HEAD);
	if ((size_t)n >= sizeof(gzip) && memcmp(packed, gzip, sizeof(gzip)) == 0)
		write_unpacked(out, packed, (size_t)n);
	write_interpreter(out, packed, (size_t)n);
}

static void write_file(FILE *out, const struct xdc_tree *tree, const char *path, int fd,
		       const struct stat *st)
{
	char real[PATH_MAX];

	fputs("=\n", out);
	if (xdc_tree_real_path(tree, fd, real, sizeof(real)) == 0)
		xdc_field_write(out, "path", real);
	fprintf(out, "type=%s\nmode=%04o\nsize=%lld\ninode=%llu\n", type_of(st->st_mode),
		(unsigned int)(st->st_mode & 07777), (long long)st->st_size,
		(unsigned long long)st->st_ino);
	write_device(out, "dev", st->st_dev);
	if (S_ISBLK(st->st_mode) || S_ISCHR(st->st_mode))
		write_device(out, "rdev", st->st_rdev);
	if (S_ISREG(st->st_mode))
		write_head(out, tree, path);
}

/*
 * A copy of a machine's files has no device nodes: there the kernel's own list of block devices,
 * which it may have, stands for them.
 */
static bool write_from_sysfs(FILE *out, const struct xdc_tree *tree, const char *path)
{
	char attribute[PATH_MAX], value[64];
	xdc_autoclose int dir = xdc_tree_open(tree, "/sys/class/block", O_RDONLY | O_DIRECTORY);
	xdc_autoclose int block = -1;

	if (dir < 0 || !xdc_text_starts_with(path, "/dev/"))
		return false;
	snprintf(attribute, sizeof(attribute), "/sys/class/block/%s", path + strlen("/dev/"));
	block = xdc_tree_open(tree, attribute, O_RDONLY | O_DIRECTORY);
	if (block < 0 || xdc_tree_read_attribute(tree, block, "dev", value, sizeof(value)) < 0)
		return false;
	fputs("=\n", out);
	xdc_field_write(out, "path", path);
	fputs("type=block\n", out);
	xdc_field_write(out, "rdev", value);
	return true;
}

/* In the child: "=" and the fields, or "!status" as a field has it. */
static void read_target(void *arg, size_t index, FILE *out)
{
	struct targets *targets = arg;
	const struct xdc_tree *tree = &targets->tree;
	const char *path = targets->request->devices[index];
	xdc_autoclose int fd = -1;
	struct stat st;

	if (tree->root < 0)
		targets->tree.root = open(*targets->root ? targets->root : "/", O_PATH);
	/* Of a confined tree this opens no device, which the kernel's list is asked for then. */
	fd = xdc_tree_open(tree, path, O_PATH);
	if (fd >= 0 && fstat(fd, &st) == 0)
		write_file(out, tree, path, fd, &st);
	else if (fd == -ENXIO && tree->confined)
		/* There is something, which is not to be opened. */
		fprintf(out, "!%s", xdc_status_name(XDC_STATUS_UNSUPPORTED));
	else if (!tree->confined || !write_from_sysfs(out, tree, path))
		fprintf(out, "!%s", xdc_status_name(xdc_status_from_errno(fd < 0 ? -fd : errno)));
}

static void answer(void *arg, size_t index, const char *text, size_t size)
{
	const struct targets *targets = arg;
	const char *path = targets->request->devices[index];
	xdc_autofree char *key = NULL;
	enum xdc_status status = text ? XDC_STATUS_IO_ERROR : XDC_STATUS_TIMEOUT;
	const char *detail = "it could not be looked at";

	if (asprintf(&key, "target:%s", path) < 0)
		return;
	if (!text)
		detail = "its file system does not answer";
	else if (size && *text == '!' && xdc_status_parse(text + 1, &status) == 0)
		detail = "";
	if (size > 2 && text && text[0] == '=')
		xdc_emit(targets->emit, targets->arg, key, path, XDC_STATUS_OK, "", text + 2,
			 size - 2);
	else
		xdc_emit(targets->emit, targets->arg, key, path, status, detail, NULL, 0);
}

void xdc_tree_targets(const struct xdc_tree *tree, const struct xdc_request *request,
		      xdc_emit_fn *emit, void *arg)
{
	struct targets targets = {
		.tree = { .root = -1, .confined = tree->confined },
		.request = request,
		.emit = emit,
		.arg = arg,
	};

	if (xdc_tree_root_path(tree, targets.root, sizeof(targets.root)) == 0 &&
	    (!request->n_devices || xdc_child_run(request->n_devices, DEADLINE_MS, PATIENCE,
						  read_target, answer, &targets) == 0))
		return;
	for (size_t i = 0; i < request->n_devices; i++)
		answer(&targets, i, "", 0);
}
