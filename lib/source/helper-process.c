/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/capabilities.h"
#include "source/child.h"
#include "source/helper-process.h"
#include "source/record-stream.h"

enum {
	CHUNK = 16 << 10,
	SAID_MAX = 2048,
	GRACE_MS = 50,	 /* for a killed helper to be reaped */
	ENDING_MS = 200, /* between the end of its output and its own */
	NOT_STARTED =
		127, /* also of the dynamic linker, which calls it a fatal error (elf/rtld.c) */
	NOT_EXECUTABLE = 126,
};

struct xdc_helper_process {
	const struct xdc_helper *helper;
	long long deadline;
	pid_t pid;   /* 0: reaped */
	pid_t group; /* 0: it was not started */
	int error;   /* why it was not, as -errno */
	int out;     /* -1 once it has ended */
	int err;
	char said[SAID_MAX]; /* the beginning of what it wrote to its standard error */
	size_t said_size;
	struct xdc_record_stream *stream;
	bool strayed; /* it answered a key that was not asked for */
	xdc_emit_fn *emit;
	void *arg;
};

static _Noreturn void exec_helper(const struct xdc_helper *helper, int out, int err)
{
	const int kept[] = { helper->input ? helper->input : -1, out, err };
	char *const environment[] = { (char *)"LC_ALL=C", NULL };
	const char *argv[8] = { helper->path };
	sigset_t none;

	for (size_t i = 0; helper->arguments[i] && i + 2 < XDC_ARRAY_SIZE(argv); i++)
		argv[i + 1] = helper->arguments[i];
	setpgid(0, 0);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	xdc_capabilities_bound(helper->capabilities);
	if (xdc_child_keep_only(kept, XDC_ARRAY_SIZE(kept)) == 0) {
		execve(helper->path, (char *const *)argv, environment);
		dprintf(STDERR_FILENO, "%s: %s\n", helper->path, strerror(errno));
	}
	_exit(NOT_STARTED);
}

static void close_all(const int *fds, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (fds[i] >= 0)
			close(fds[i]);
}

static int start(struct xdc_helper_process *run)
{
	int fds[4] = { -1, -1, -1, -1 };
	int r = 0;

	if (pipe2(fds, O_CLOEXEC) < 0 || pipe2(fds + 2, O_CLOEXEC) < 0 ||
	    fcntl(fds[0], F_SETFL, O_NONBLOCK) < 0 || fcntl(fds[2], F_SETFL, O_NONBLOCK) < 0)
		r = -errno;
	if (r == 0) {
		run->pid = fork();
		if (run->pid == 0)
			exec_helper(run->helper, fds[1], fds[3]);
		if (run->pid < 0)
			r = -errno;
	}
	if (r < 0) {
		run->pid = 0;
		close_all(fds, XDC_ARRAY_SIZE(fds));
		return r;
	}
	/* In both, as either may be the first to run. */
	setpgid(run->pid, run->pid);
	close(fds[1]);
	close(fds[3]);
	run->out = fds[0];
	run->err = fds[2];
	return 0;
}

static bool was_asked_for(const struct xdc_helper *helper, const char *key)
{
	for (size_t i = 0; helper->keys[i]; i++)
		if (xdc_key_is_below(key, helper->keys[i]))
			return true;
	return false;
}

static void take(void *arg, const struct xdc_record *record)
{
	struct xdc_helper_process *run = arg;

	if (!was_asked_for(run->helper, record->key))
		run->strayed = true;
	else if (!run->strayed)
		run->emit(run->arg, record);
}

/* What is there now of its standard error; what does not fit is read and forgotten. */
static void read_said(struct xdc_helper_process *run)
{
	char chunk[512];
	ssize_t n;

	while (run->err >= 0 && (n = read(run->err, chunk, sizeof(chunk))) != 0) {
		size_t room = sizeof(run->said) - 1 - run->said_size;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return;
		if (room > (size_t)n)
			room = (size_t)n;
		memcpy(run->said + run->said_size, chunk, room);
		run->said_size += room;
		/* One that floods it must not keep us here. */
		if (!room)
			return;
	}
	if (run->err >= 0)
		close(run->err);
	run->err = -1;
}

/* Returns as xdc_record_stream_feed(), and -EPIPE where the output has ended. */
static int read_answer(struct xdc_helper_process *run)
{
	char chunk[CHUNK];
	ssize_t n = read(run->out, chunk, sizeof(chunk));

	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -errno;
	if (n == 0)
		return -EPIPE;
	return xdc_record_stream_feed(run->stream, chunk, (size_t)n, take, run);
}

/* Until the answer is whole (1), or -errno: what is wrong with it. */
static int listen_to(struct xdc_helper_process *run)
{
	long long soon = xdc_now_ms() + ENDING_MS;
	/* What it has written in its time is read, whenever that is. */
	long long deadline = run->deadline > soon ? run->deadline : soon;
	int r = 0;

	while (r == 0) {
		struct pollfd fds[] = {
			{ .fd = run->out, .events = POLLIN },
			{ .fd = run->err, .events = POLLIN },
		};

		r = xdc_poll_until(fds, XDC_ARRAY_SIZE(fds), deadline);
		if (r == 0 && fds[1].revents)
			read_said(run);
		if (r == 0 && fds[0].revents)
			r = read_answer(run);
		if (run->strayed)
			r = -EINVAL;
	}
	return r;
}

/* A line of what it said: the last one tells what it waited for, the first why it failed. */
static char *said_line(struct xdc_helper_process *run, bool last)
{
	char *line = run->said;
	size_t size = run->said_size;

	while (size && strchr("\n ", run->said[size - 1]))
		size--;
	run->said[size] = '\0';
	if (last && strrchr(line, '\n'))
		line = strrchr(line, '\n') + 1;
	line[strcspn(line, "\n")] = '\0';
	return line;
}

static char *describe(const char *what, const char *said)
{
	char *text = NULL;

	if (asprintf(&text, "%s%s%s", what, *said ? ": " : "", said) < 0)
		return xdc_strdup(what);
	return text;
}

/* Its output has ended before its answer: how did it end itself? */
static enum xdc_status describe_end(struct xdc_helper_process *run, char **ret_detail)
{
	char what[96];
	int status;

	if (!xdc_child_reap(run->pid, ENDING_MS, &status)) {
		read_said(run);
		*ret_detail = describe("the helper closed its output before its answer was whole",
				       said_line(run, true));
		return XDC_STATUS_IO_ERROR;
	}
	/* Its number may be another's from now on. */
	run->pid = 0;
	read_said(run);
	if (WIFEXITED(status) &&
	    (WEXITSTATUS(status) == NOT_STARTED || WEXITSTATUS(status) == NOT_EXECUTABLE)) {
		*ret_detail = describe("the helper could not be started", said_line(run, false));
		return XDC_STATUS_UNSUPPORTED;
	}
	if (WIFSIGNALED(status))
		snprintf(what, sizeof(what), "the helper was ended by signal %d (%s)",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(what, sizeof(what), "the helper ended early with status %d",
			 WEXITSTATUS(status));
	*ret_detail = describe(what, said_line(run, false));
	return XDC_STATUS_IO_ERROR;
}

static enum xdc_status conclude(struct xdc_helper_process *run, int r, char **ret_detail)
{
	const char *said;
	char what[192];

	switch (r) {
	case 1:
		return XDC_STATUS_OK;
	case -EPIPE:
		return describe_end(run, ret_detail);
	case -ETIMEDOUT:
		read_said(run);
		said = said_line(run, true);
		if (asprintf(ret_detail, "%s: nothing within %u ms",
			     *said ? said : "waiting for the helper", run->helper->timeout_ms) < 0)
			*ret_detail = xdc_strdup("nothing in time");
		return XDC_STATUS_TIMEOUT;
	case -EINVAL:
		snprintf(what, sizeof(what), "what the helper wrote is no answer: %s",
			 run->strayed ? "a record that nobody asked for"
				      : xdc_record_stream_error(run->stream));
		break;
	default:
		snprintf(what, sizeof(what), "the helper could not be read: %s", strerror(-r));
	}
	*ret_detail = xdc_strdup(what);
	return XDC_STATUS_IO_ERROR;
}

/* Never waits for one that cannot be killed; whatever it has started goes with it. */
void xdc_helper_stop(struct xdc_helper_process *run)
{
	int status;

	if (!run)
		return;
	if (run->group)
		kill(-run->group, SIGKILL);
	if (run->pid) {
		kill(run->pid, SIGKILL);
		xdc_child_reap(run->pid, GRACE_MS, &status);
	}
	close_all((int[]){ run->out, run->err }, 2);
	xdc_record_stream_free(run->stream);
	free(run);
}

struct xdc_helper_process *xdc_helper_start(const struct xdc_helper *helper)
{
	struct xdc_helper_process *run = xdc_zalloc(sizeof(*run));

	run->helper = helper;
	run->out = run->err = -1;
	run->stream = xdc_record_stream_new();
	run->deadline = xdc_now_ms() + helper->timeout_ms;
	run->error = start(run);
	run->group = run->error ? 0 : run->pid;
	return run;
}

enum xdc_status xdc_helper_finish(struct xdc_helper_process *run, xdc_emit_fn *emit, void *arg,
				  char **ret_detail)
{
	enum xdc_status status = XDC_STATUS_IO_ERROR;

	run->emit = emit;
	run->arg = arg;
	if (run->error)
		*ret_detail = describe("no process for the helper", strerror(-run->error));
	else
		status = conclude(run, listen_to(run), ret_detail);
	xdc_helper_stop(run);
	return status;
}

enum xdc_status xdc_helper_run(const struct xdc_helper *helper, xdc_emit_fn *emit, void *arg,
			       char **ret_detail)
{
	return xdc_helper_finish(xdc_helper_start(helper), emit, arg, ret_detail);
}
