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

struct stream {
	int fd;
	bool endless;  /* it may be: no regular file */
	bool waits;    /* reading it may wait: what others opened for us */
	long long end; /* of the time for it; 0: none */
};

/* Bytes read, 0 at its end, -ETIMEDOUT, or another -errno. */
static ssize_t read_piece(const struct stream *stream, char *piece)
{
	bool wait = stream->waits;

	for (;;) {
		int ready = wait ? wait_readable(stream->fd, stream->end) : 1;
		ssize_t n;

		if (ready <= 0)
			return ready < 0 ? ready : -ETIMEDOUT;
		n = read(stream->fd, piece, PIECE);
		if (n >= 0 || (errno != EINTR && errno != EAGAIN))
			return n < 0 ? -errno : n;
		wait = errno == EAGAIN || stream->waits;
	}
}

static int read_pieces(const struct stream *stream, xdc_take_fn *take, void *arg)
{
	xdc_autofree char *piece = xdc_zalloc(PIECE);
	uint64_t total = 0;

	while (!stream->endless || total < XDC_STREAM_MAX) {
		ssize_t n = read_piece(stream, piece);

		if (n == -ETIMEDOUT)
			return 1;
		if (n <= 0)
			return (int)n;
		take(arg, piece, (size_t)n);
		total += (uint64_t)n;
		if (stream->endless && stream->end && xdc_now_ms() >= stream->end)
			return 1;
	}
	return 1;
}

int xdc_user_log_open(const char *path)
{
	/* A FIFO that nobody writes to must not keep the open waiting. */
	int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO)
					: open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	struct stat st;
	int r = fd < 0 || fstat(fd, &st) < 0 ? -errno : S_ISDIR(st.st_mode) ? -EISDIR : fd;

	if (r < 0 && fd >= 0)
		close(fd);
	return r;
}

int xdc_user_log_read(int fd, unsigned int timeout_ms, xdc_take_fn *take, void *arg)
{
	struct stat st;
	struct stream stream = {
		.fd = fd,
		/* What we opened ourselves does not wait. */
		.waits = !(fcntl(fd, F_GETFL) & O_NONBLOCK),
		.end = timeout_ms ? xdc_now_ms() + timeout_ms : 0,
	};

	if (fstat(fd, &st) < 0)
		return -errno;
	stream.endless = !S_ISREG(st.st_mode);
	return read_pieces(&stream, take, arg);
}
