/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/child.h"
#include "source/source.h"

enum { PIECE = 256 << 10 };

/* 1: there is something to read; 0: the time is over. */
static int wait_readable(int fd, long long end)
{
	struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
	long long left;
	int r;

	do {
		left = end ? end - xdc_now_ms() : -1;
		if (end && left <= 0)
			return 0;
		r = poll(&poll_fd, 1, (int)left);
	} while (r < 0 && errno == EINTR);
	return r < 0 ? -errno : r;
}

static int read_pieces(int fd, bool endless, unsigned int timeout_ms, xdc_take_fn *take, void *arg)
{
	long long end = timeout_ms ? xdc_now_ms() + timeout_ms : 0;
	xdc_autofree char *piece = xdc_zalloc(PIECE);
	uint64_t total = 0;

	while (!endless || total < XDC_STREAM_MAX) {
		int ready = endless ? wait_readable(fd, end) : 1;
		ssize_t n;

		if (ready <= 0)
			return ready < 0 ? ready : 1;
		n = read(fd, piece, PIECE);
		if (n < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (n <= 0)
			return n < 0 ? -errno : 0;
		take(arg, piece, (size_t)n);
		total += (uint64_t)n;
	}
	return 1;
}

int xdc_read_user_log(const char *path, unsigned int timeout_ms, xdc_take_fn *take, void *arg)
{
	bool standard = strcmp(path, "-") == 0;
	/* A FIFO that nobody writes to must not keep the open waiting. */
	xdc_autoclose int opened =
		standard ? -1 : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	int fd = standard ? STDIN_FILENO : opened;
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0)
		return -errno;
	if (S_ISDIR(st.st_mode))
		return -EISDIR;
	return read_pieces(fd, !S_ISREG(st.st_mode), timeout_ms, take, arg);
}
