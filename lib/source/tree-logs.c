/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What logs have kept of the messages that the rings of kernel and hypervisor have lost. The
 * record "logs" has the fields
 *
 *	boot_id		of the running kernel: 32 hexadecimal digits, as the journal has them
 *	ring		"whole" where /dev/kmsg still begins with the first message of this
 *			boot: then nothing more of the kernel's is asked for; else "lost"
 *	journal		how many boots are there as "log:journal:BOOTID", newest first: kernel
 *			messages in the form of /dev/kmsg, with sequence numbers of our own
 *	PATH		for each log file how many bytes are there as "log:PATH", or why none
 *
 * Log files are asked for only where the journal does not have this boot: they are the same
 * messages with less. They are text, and only their end is kept. Xen's console log is always
 * asked for (xenconsoled --log=hv): nothing here tells what its ring has lost. So are the
 * toolstack's, see tree-xen-logs.c:
 *
 *	xen		how many files of /var/log/xen are there as "log:PATH", newest first
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "source/journal.h"

enum {
	TAIL = 512 << 10,
	UNPACK_MAX = 16 << 20,
	SMALL = 256,
};

/* Once in the middle of a line, the rest of it is of no use. */
static void skip_partial_line(char *data, size_t *size)
{
	char *newline = memchr(data, '\n', *size);
	size_t skip = newline ? (size_t)(newline + 1 - data) : 0;

	*size -= skip;
	memmove(data, data + skip, *size + 1);
}

enum xdc_status xdc_read_tail(int fd, off_t total, size_t limit, char **ret_data, size_t *ret_size)
{
	enum xdc_status status;

	if (total <= (off_t)limit)
		return xdc_read_all(fd, limit, ret_data, ret_size);
	if (lseek(fd, total - (off_t)limit, SEEK_SET) < 0)
		return XDC_STATUS_IO_ERROR;
	status = xdc_read_all(fd, limit, ret_data, ret_size);
	if (*ret_data)
		skip_partial_line(*ret_data, ret_size);
	return *ret_data ? XDC_STATUS_TRUNCATED : status;
}

/* Unpacks into twice the room of what is kept, so that it is moved once for each half. */
static enum xdc_status unpack(gzFile file, char *buffer, size_t *ret_size)
{
	enum xdc_status status = XDC_STATUS_OK;
	size_t size = 0;
	int n;

	for (size_t total = 0; total < UNPACK_MAX; total += (size_t)n) {
		if (size == 2 * TAIL) {
			memmove(buffer, buffer + TAIL, TAIL);
			size = TAIL;
			status = XDC_STATUS_TRUNCATED;
		}
		n = gzread(file, buffer + size, (unsigned int)(2 * TAIL - size));
		if (n <= 0)
			break;
		size += (size_t)n;
	}
	if (n != 0)
		status = size ? XDC_STATUS_TRUNCATED : XDC_STATUS_IO_ERROR;
	buffer[size] = '\0';
	if (size > TAIL) {
		memmove(buffer, buffer + size - TAIL, TAIL + 1);
		size = TAIL;
		status = XDC_STATUS_TRUNCATED;
	}
	*ret_size = size;
	return status;
}

static enum xdc_status read_compressed(int fd, char **ret_data, size_t *ret_size)
{
	gzFile file = gzdopen(dup(fd), "rb");
	enum xdc_status status;

	if (!file)
		return XDC_STATUS_IO_ERROR;
	*ret_data = xdc_zalloc(2 * TAIL + 1);
	status = unpack(file, *ret_data, ret_size);
	/* Z_BUF_ERROR: the file ends before its data does. */
	if (gzclose(file) != Z_OK && status == XDC_STATUS_OK)
		status = *ret_size ? XDC_STATUS_TRUNCATED : XDC_STATUS_IO_ERROR;
	if (status == XDC_STATUS_TRUNCATED)
		skip_partial_line(*ret_data, ret_size);
	return status;
}

static enum xdc_status read_log(const struct xdc_tree *tree, const char *path, char **ret_data,
				size_t *ret_size)
{
	xdc_autoclose int fd = xdc_tree_open(tree, path, O_RDONLY);
	struct stat st;

	if (fd < 0)
		return xdc_status_from_errno(-fd);
	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return XDC_STATUS_UNSUPPORTED;
	return xdc_text_ends_with(path, ".gz")
		       ? read_compressed(fd, ret_data, ret_size)
		       : xdc_read_tail(fd, st.st_size, TAIL, ret_data, ret_size);
}

struct logs {
	const struct xdc_tree *tree;
	xdc_emit_fn *emit;
	void *arg;
	FILE *fields;
};

static void add_log(const struct logs *logs, const char *path)
{
	xdc_autofree char *data = NULL;
	size_t size = 0;
	enum xdc_status status = read_log(logs->tree, path, &data, &size);
	char key[SMALL];

	if (status != XDC_STATUS_OK && status != XDC_STATUS_TRUNCATED) {
		xdc_field_write_status(logs->fields, path, status);
		return;
	}
	snprintf(key, sizeof(key), "log:%s", path);
	xdc_emit(logs->emit, logs->arg, key, path, status,
		 status == XDC_STATUS_TRUNCATED ? "not all of it: at most the last 512 KiB" : "",
		 data, size);
	fprintf(logs->fields, "%s=%zu\n", path, size);
}

/* Writes the ID without its dashes to @boot_id, "" where it cannot be read. */
static void read_boot_id(const struct logs *logs, char boot_id[XDC_BOOT_ID_BYTES])
{
	xdc_autofree char *text = NULL;
	size_t size, length = 0;
	enum xdc_status status =
		xdc_tree_read(logs->tree, "/proc/sys/kernel/random/boot_id", SMALL, &text, &size);

	for (size_t i = 0; status == XDC_STATUS_OK && text[i] && text[i] != '\n'; i++)
		if (text[i] != '-' && length + 1 < XDC_BOOT_ID_BYTES)
			boot_id[length++] = text[i];
	boot_id[length] = '\0';
	if (length)
		xdc_field_write(logs->fields, "boot_id", boot_id);
	else
		xdc_field_write_status(logs->fields, "boot_id", status);
}

/*
 * Whether the kernel's ring still has all of this boot: its oldest record is the first. Opening
 * /dev/kmsg begins with the oldest there is, also after dmesg --clear (devkmsg_open()).
 */
static bool is_ring_whole(const struct logs *logs)
{
	xdc_autoclose int fd = xdc_tree_open(logs->tree, "/dev/kmsg", O_RDONLY);
	/* A read of less than the record fails with EINVAL (devkmsg_read()). */
	char record[8192];
	ssize_t n = fd < 0 ? -1 : read(fd, record, sizeof(record) - 1);
	const char *comma;

	if (n <= 0) {
		xdc_field_write_status(logs->fields, "ring",
				       fd < 0 ? xdc_status_from_errno(-fd) : XDC_STATUS_IO_ERROR);
		return false;
	}
	record[n] = '\0';
	comma = strchr(record, ',');
	if (comma && xdc_text_starts_with(comma, ",0,")) {
		xdc_field_write(logs->fields, "ring", "whole");
		return true;
	}
	xdc_field_write(logs->fields, "ring", "lost");
	return false;
}

static void add_kernel_logs(const struct logs *logs, const char *boot_id)
{
	/* Rotated weekly; Debian keeps the last one unpacked (logrotate's delaycompress). */
	static const char *const paths[] = {
		"/var/log/kern.log",
		"/var/log/kern.log.1",
		"/var/log/kern.log.1.gz",
		"/var/log/kern.log.2.gz",
	};

	if (is_ring_whole(logs))
		return;
	if (logs->tree->confined)
		xdc_field_write_status(logs->fields, "journal", XDC_STATUS_UNSUPPORTED);
	else if (xdc_live_journal(logs->tree, boot_id, logs->fields, logs->emit, logs->arg))
		return;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++)
		add_log(logs, paths[i]);
}

void xdc_tree_logs(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	struct logs logs = { .tree = tree, .emit = emit, .arg = arg };
	char boot_id[XDC_BOOT_ID_BYTES];
	xdc_autofree char *text = NULL;
	size_t size = 0, n_xen;

	logs.fields = xdc_open_text(&text, &size);
	read_boot_id(&logs, boot_id);
	add_kernel_logs(&logs, boot_id);
	add_log(&logs, "/var/log/xen/console/hypervisor.log");
	n_xen = xdc_tree_xen_logs(tree, emit, arg);
	if (n_xen)
		fprintf(logs.fields, "xen=%zu\n", n_xen);
	fclose(logs.fields);
	xdc_emit(emit, arg, "logs", "files and the journal", XDC_STATUS_OK, "", text, size);
}
