/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A guest's configuration, read by xl's own parser in a process of its own: the file is opened
 * here, and the helper gets a copy of its bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "source/helper-process.h"
#include "source/tree.h"

enum { SIZE_MAX_BYTES = 256 << 10 };

static const char KEY[] = "guest";

struct guest {
	struct xdc_arena *arena;
	size_t index;
	xdc_emit_fn *emit;
	void *arg;
	bool answered; /* the summary is there */
};

/* "guest:disk:0" of this guest is "guest:INDEX:disk:0". */
static void take(void *arg, const struct xdc_record *record)
{
	struct guest *guest = arg;
	struct xdc_record renamed = *record;

	renamed.key = xdc_arena_printf(guest->arena, "%s:%zu%s", KEY, guest->index,
				       record->key + strlen(KEY));
	guest->answered = guest->answered || strcmp(record->key, KEY) == 0;
	guest->emit(guest->arg, &renamed);
}

static void fail(struct guest *guest, enum xdc_status status, const char *detail)
{
	const struct xdc_record record = {
		.key = KEY,
		.origin = "xdc-xlcfg",
		.detail = detail,
		.data = "",
		.status = status,
	};

	take(guest, &record);
}

/* A file in memory with @data in it, read from its beginning; or -errno. */
static int memory_file(const char *data, size_t size)
{
	int fd = memfd_create("xen-dmacheck", MFD_CLOEXEC);
	size_t done = 0;

	if (fd < 0)
		return -errno;
	while (done < size) {
		ssize_t n = write(fd, data + done, size - done);

		if (n <= 0) {
			close(fd);
			return -EIO;
		}
		done += (size_t)n;
	}
	lseek(fd, 0, SEEK_SET);
	return fd;
}

static void run(const struct xdc_live_options *options, int input, const char *name,
		struct guest *guest)
{
	unsigned int timeout = options->timeout_ms ? options->timeout_ms : XDC_HELPER_TIMEOUT_MS;
	xdc_autofree char *detail = NULL;
	char milliseconds[16];
	const char *const arguments[] = { name, milliseconds, NULL };
	const struct xdc_helper helper = {
		.path = options->config_helper ? options->config_helper : XDC_CONFIG_HELPER_PATH,
		.arguments = arguments,
		.key = KEY,
		.timeout_ms = timeout,
		.input = input,
	};
	enum xdc_status status;

	snprintf(milliseconds, sizeof(milliseconds), "%u", timeout);
	status = xdc_helper_run(&helper, take, guest, &detail);
	if (status != XDC_STATUS_OK && !guest->answered)
		fail(guest, status, detail);
	else if (!guest->answered)
		fail(guest, XDC_STATUS_IO_ERROR, "the helper did not say whether it parses");
}

void xdc_guest_config(const struct xdc_live_options *options, int fd, const char *name,
		      size_t index, xdc_emit_fn *emit, void *arg)
{
	struct guest guest = { xdc_arena_new(), index, emit, arg, false };
	xdc_autofree char *data = NULL;
	size_t size = 0;
	enum xdc_status status = xdc_read_all(fd, SIZE_MAX_BYTES, &data, &size);

	if (status == XDC_STATUS_TRUNCATED) {
		fail(&guest, status, "larger than 256 KiB: no guest's configuration is");
	} else if (status != XDC_STATUS_OK) {
		fail(&guest, status, "reading it failed");
	} else {
		xdc_autoclose int input = memory_file(data, size);

		if (input < 0)
			fail(&guest, XDC_STATUS_IO_ERROR, strerror(-input));
		else
			run(options, input, name, &guest);
	}
	xdc_arena_free(guest.arena);
}
