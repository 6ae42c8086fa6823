/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "source/capabilities.h"
#include "source/child.h"

enum {
	ANSWER_MAX = 64 << 10,
	GRACE_MS = 50, /* for a killed child to end */
};

struct child {
	pid_t pid;
	int fd;
	size_t have; /* so many bytes of answers were read, */
	size_t past; /* of which so many were given on */
	char data[sizeof(uint32_t) + ANSWER_MAX + 1];
};

long long xdc_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

int xdc_poll_until(struct pollfd *fds, nfds_t count, long long deadline)
{
	for (;;) {
		long long left = deadline - xdc_now_ms();
		int r = left > 0 ? poll(fds, count, left < INT_MAX ? (int)left : INT_MAX) : 0;

		if (r == 0)
			return -ETIMEDOUT;
		if (r > 0)
			return 0;
		if (errno != EINTR)
			return -errno;
	}
}

bool xdc_child_reap(pid_t pid, unsigned int milliseconds, int *ret_status)
{
	long long deadline = xdc_now_ms() + milliseconds;
	pid_t r;

	while ((r = waitpid(pid, ret_status, WNOHANG)) == 0 && xdc_now_ms() < deadline)
		nanosleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	return r == pid;
}

/* An answer on the pipe is its length, then its bytes and a NUL. */
static void write_answer(FILE *out, const char *text, size_t size)
{
	uint32_t length = size > ANSWER_MAX ? ANSWER_MAX : (uint32_t)size;

	fwrite(&length, sizeof(length), 1, out);
	fwrite(text, 1, length, out);
	fputc('\0', out);
	fflush(out);
}

int xdc_child_keep_only(const int *fds, size_t count)
{
	int moved[4], null;

	if (count > XDC_ARRAY_SIZE(moved))
		return -EINVAL;
	null = open("/dev/null", O_RDWR);
	if (null < 0)
		return -errno;
	/* Out of the way first: where we were started without them, a pipe is 0, 1 or 2. */
	for (size_t i = 0; i < count; i++) {
		moved[i] = fcntl(fds[i] < 0 ? null : fds[i], F_DUPFD, (int)count);
		if (moved[i] < 0)
			return -errno;
	}
	for (size_t i = 0; i < count; i++)
		if (dup2(moved[i], (int)i) < 0)
			return -errno;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	return close_range((unsigned int)count, ~0U, 0) < 0 ? -errno : 0;
}

/*
 * Others' files and /proc/PID/maps take these; a device's attributes, the udev database and
 * journalctl(1) take none. More is not to be had from a child that is led astray.
 */
static void keep_what_reading_takes(void)
{
	const uint64_t kept = XDC_CAPABILITY(CAP_DAC_READ_SEARCH) | XDC_CAPABILITY(CAP_SYS_PTRACE);

	/* What it executes has no more than it has, then (cap_bprm_creds_from_file()). */
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	xdc_capabilities_keep(kept);
}

static void answer_one(FILE *out, size_t index, xdc_child_fn *read_item, void *arg)
{
	xdc_autofree char *text = NULL;
	size_t size = 0;
	FILE *item = xdc_open_text(&text, &size);

	read_item(arg, index, item);
	fclose(item);
	write_answer(out, text, size);
}

static _Noreturn void child_main(int fd, size_t first, size_t count, xdc_child_fn *read_item,
				 void *arg)
{
	const int kept[] = { -1, -1, -1, fd };
	FILE *out = xdc_child_keep_only(kept, XDC_ARRAY_SIZE(kept)) < 0 ? NULL : fdopen(3, "w");

	keep_what_reading_takes();
	if (out) {
		for (size_t i = first; i < count; i++)
			answer_one(out, i, read_item, arg);
		fclose(out);
	}
	_exit(0);
}

static int start(struct child *child, size_t first, size_t count, xdc_child_fn *read_item,
		 void *arg)
{
	int fds[2];

	if (pipe(fds) < 0)
		return -errno;
	/* What stdio has buffered must not be written twice. */
	fflush(NULL);
	child->pid = fork();
	if (child->pid < 0) {
		int r = -errno;

		close(fds[0]);
		close(fds[1]);
		return r;
	}
	if (child->pid == 0) {
		close(fds[0]);
		child_main(fds[1], first, count, read_item, arg);
	}
	close(fds[1]);
	child->fd = fds[0];
	child->have = child->past = 0;
	return 0;
}

static void stop(struct child *child)
{
	int status;

	close(child->fd);
	kill(child->pid, SIGKILL);
	xdc_child_reap(child->pid, GRACE_MS, &status);
}

/* Whether the first answer of what was read is whole: its size. -EAGAIN, or -EPROTO. */
static int whole_answer(const struct child *child, uint32_t *ret_size)
{
	uint32_t size;

	if (child->have < sizeof(size))
		return -EAGAIN;
	memcpy(&size, child->data, sizeof(size));
	if (size > ANSWER_MAX)
		return -EPROTO;
	if (child->have < sizeof(size) + size + 1)
		return -EAGAIN;
	*ret_size = size;
	return 0;
}

/* Reads what there is, several answers perhaps, before @deadline; -ETIMEDOUT, -EPIPE, or -errno. */
static int read_some(struct child *child, long long deadline)
{
	struct pollfd pfd = { .fd = child->fd, .events = POLLIN };
	int r = xdc_poll_until(&pfd, 1, deadline);
	ssize_t n;

	if (r < 0)
		return r;
	n = read(child->fd, child->data + child->have, sizeof(child->data) - child->have);
	if (n == 0)
		return -EPIPE;
	if (n < 0)
		return errno == EINTR ? 0 : -errno;
	child->have += (size_t)n;
	return 0;
}

/* The next answer, which is there until the one after it is asked for. */
static int read_answer(struct child *child, unsigned int milliseconds, const char **ret_text,
		       uint32_t *ret_size)
{
	long long deadline = xdc_now_ms() + milliseconds;
	char *text = child->data + sizeof(*ret_size);
	int r;

	child->have -= child->past;
	memmove(child->data, child->data + child->past, child->have);
	child->past = 0;
	while ((r = whole_answer(child, ret_size)) == -EAGAIN) {
		r = read_some(child, deadline);
		if (r < 0)
			return r;
	}
	if (r < 0)
		return r;
	text[*ret_size] = '\0';
	child->past = sizeof(*ret_size) + *ret_size + 1;
	*ret_text = text;
	return 0;
}

int xdc_child_run(size_t count, unsigned int milliseconds, unsigned int patience,
		  xdc_child_fn *read_item, xdc_child_answer_fn *answer, void *arg)
{
	xdc_autofree struct child *child = xdc_zalloc(sizeof(*child));
	size_t next = 0;
	int r;

	if (!count)
		return 0;
	r = start(child, 0, count, read_item, arg);
	if (r < 0)
		return r;
	while (next < count) {
		const char *text = NULL;
		uint32_t size = 0;

		r = read_answer(child, milliseconds, &text, &size);
		answer(arg, next++, text, size);
		if (r == 0 || next == count)
			continue;
		if (patience <= 1)
			break;
		patience--;
		stop(child);
		if (start(child, next, count, read_item, arg) < 0) {
			child->pid = 0;
			break;
		}
	}
	while (next < count)
		answer(arg, next++, NULL, 0);
	if (child->pid)
		stop(child);
	return 0;
}
