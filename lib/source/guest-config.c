/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A guest's configuration, read by xl's own parser in a process of its own: the file is opened
 * here, and the helper gets a copy of its bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "source/capabilities.h"
#include "source/helper-process.h"
#include "source/tree.h"

enum { SIZE_MAX_BYTES = 256 << 10 };

static const char KEY[] = "guest";

struct xdc_guest_config {
	struct xdc_arena *arena;
	size_t index;
	char milliseconds[16];
	const char *arguments[3];
	struct xdc_helper helper;
	struct xdc_helper_process *process; /* NULL: it was not started */
	const char *directory;
	enum xdc_status status; /* why */
	const char *detail;
	xdc_emit_fn *emit;
	void *arg;
	bool answered; /* the summary is there */
};

/* "guest:disk:0" of this guest is "guest:INDEX:disk:0". */
static void take(void *arg, const struct xdc_record *record)
{
	struct xdc_guest_config *guest = arg;
	struct xdc_record renamed = *record;

	renamed.key = xdc_arena_printf(guest->arena, "%s:%zu%s", KEY, guest->index,
				       record->key + strlen(KEY));
	guest->answered = guest->answered || strcmp(record->key, KEY) == 0;
	guest->emit(guest->arg, &renamed);
}

static void fail(struct xdc_guest_config *guest, enum xdc_status status, const char *detail)
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

static void tell_directory(struct xdc_guest_config *guest)
{
	const struct xdc_record record = {
		.key = "guest:directory",
		.origin = "getcwd(3)",
		.detail = "",
		.data = guest->directory,
		.size = strlen(guest->directory),
		.status = XDC_STATUS_OK,
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

/* The helper has a copy of what is in @input from now on. */
static void start(struct xdc_guest_config *guest, const struct xdc_live_options *options, int input,
		  const char *name)
{
	unsigned int timeout = options->timeout_ms ? options->timeout_ms : XDC_HELPER_TIMEOUT_MS;

	static const char *const answers[] = { KEY, NULL };

	snprintf(guest->milliseconds, sizeof(guest->milliseconds), "%u", timeout);
	guest->arguments[0] = name;
	guest->arguments[1] = guest->milliseconds;
	guest->helper = (struct xdc_helper){
		.path = options->config_helper ? options->config_helper : XDC_CONFIG_HELPER_PATH,
		.arguments = guest->arguments,
		.keys = answers,
		/* With which it becomes nobody. */
		.capabilities = XDC_CAPABILITY(CAP_SETUID) | XDC_CAPABILITY(CAP_SETGID),
		.timeout_ms = timeout,
		.input = input,
	};
	guest->process = xdc_helper_start(&guest->helper);
}

struct xdc_guest_config *xdc_guest_config_start(const struct xdc_live_options *options, int fd,
						const char *name, size_t index)
{
	struct xdc_guest_config *guest = xdc_zalloc(sizeof(*guest));
	xdc_autofree char *data = NULL;
	xdc_autoclose int input = -1;
	size_t size = 0;

	guest->arena = xdc_arena_new();
	guest->index = index;
	guest->directory = options->directory;
	guest->status = xdc_read_all(fd, SIZE_MAX_BYTES, &data, &size);
	guest->detail = guest->status == XDC_STATUS_TRUNCATED
				? "larger than 256 KiB: no guest's configuration is"
				: "reading it failed";
	if (guest->status != XDC_STATUS_OK)
		return guest;
	input = memory_file(data, size);
	if (input >= 0) {
		start(guest, options, input, name);
	} else {
		guest->status = XDC_STATUS_IO_ERROR;
		guest->detail = strerror(-input);
	}
	return guest;
}

enum xdc_status xdc_guest_config_read(const struct xdc_guest_config *guest, const char **ret_detail)
{
	*ret_detail = guest->detail;
	return guest->status;
}

void xdc_guest_config_finish(struct xdc_guest_config *guest, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *detail = NULL;
	enum xdc_status status = guest->status;

	guest->emit = emit;
	guest->arg = arg;
	if (guest->process)
		status = xdc_helper_finish(guest->process, take, guest, &detail);
	if (!guest->answered && status == XDC_STATUS_OK)
		fail(guest, XDC_STATUS_IO_ERROR, "the helper did not say whether it parses");
	else if (!guest->answered)
		fail(guest, status, detail ? detail : guest->detail);
	if (guest->directory)
		tell_directory(guest);
	xdc_arena_free(guest->arena);
	free(guest);
}
