/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel log from /dev/kmsg: unlike syslog(2) it gives each message the device that it
 * is about (Documentation/ABI/testing/dev-kmsg). A read that finds its record overwritten
 * fails with EPIPE and the next one goes on with the oldest there is.
 */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "source/providers.h"
#include "source/tree.h"

enum {
	RECORD_MAX = 8192, /* CONSOLE_EXT_LOG_MAX of kernel/printk, and then some */
	LOG_LIMIT = 2 << 20,
};

static const char KMSG[] = "/dev/kmsg";

void xdc_live_kernel_log(xdc_emit_fn *emit, void *arg)
{
	xdc_autoclose int fd = open(KMSG, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	xdc_autofree char *buffer = NULL;
	enum xdc_status status = XDC_STATUS_OK;
	char record[RECORD_MAX];
	size_t length = 0;
	FILE *out;

	if (fd < 0) {
		xdc_emit(emit, arg, "kmsg", KMSG, xdc_status_from_errno(errno), "", NULL, 0);
		return;
	}
	out = xdc_open_text(&buffer, &length);
	for (size_t total = 0; status == XDC_STATUS_OK;) {
		ssize_t n = read(fd, record, sizeof(record));

		if (n > 0) {
			fwrite(record, 1, (size_t)n, out);
			total += (size_t)n;
			if (total > LOG_LIMIT)
				status = XDC_STATUS_TRUNCATED;
		} else if (n == 0 || errno == EAGAIN) {
			break;
		} else if (errno != EPIPE && errno != EINTR && errno != EINVAL) {
			status = xdc_status_from_errno(errno);
		}
	}
	fclose(out);
	xdc_emit(emit, arg, "kmsg", KMSG, status, "", buffer, length);
}
