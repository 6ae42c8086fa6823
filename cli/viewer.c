/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "live.h"
#include "source/child.h"
#include "viewer.h"

/* Each interval is this, the note, and the items: both ends are the same program. */
struct message {
	double seconds;
	size_t note_size;
	size_t count;
};

/* Before each item's path. */
struct item {
	struct xdc_counters counted;
	size_t path_size;
	bool has_path;
};

struct screen {
	const struct cli_viewed *viewed;
	struct xdc_report *report;
	bool terminal;
	size_t lines; /* drawn on it */
};

static void draw(struct screen *screen, const struct xdc_watch_view *view)
{
	xdc_autofree char *text = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&text, &length);

	xdc_render_watch_table(view, out);
	fclose(out);
	cli_redraw(text, &screen->lines);
}

static void show(struct screen *screen, const struct xdc_interval *interval, const char *note)
{
	struct xdc_watch_view view = {
		.interval = interval,
		.report = screen->report,
		.unwatched = screen->viewed->unwatched,
		.n_unwatched = screen->viewed->n_unwatched,
		.note = note,
	};

	if (screen->terminal) {
		view.width = cli_terminal_width();
		view.lines = cli_terminal_lines();
		draw(screen, &view);
	} else {
		/* An error on standard output is told when it is closed. */
		xdc_render_watch_json(&view, (int64_t)time(NULL), stdout);
		fflush(stdout);
	}
}

static char *read_text(struct xdc_arena *arena, FILE *in, size_t size)
{
	char *text = xdc_arena_alloc(arena, size + 1);

	return fread(text, 1, size, in) == size ? text : NULL;
}

/* False where there is no more. */
static bool read_interval(FILE *in, struct xdc_arena *arena, struct xdc_interval *ret,
			  const char **ret_note)
{
	struct message message;

	if (fread(&message, sizeof(message), 1, in) != 1)
		return false;
	*ret_note = read_text(arena, in, message.note_size);
	*ret = (struct xdc_interval){
		.seconds = message.seconds,
		.items = xdc_arena_alloc(arena, (message.count + 1) * sizeof(*ret->items)),
		.count = message.count,
	};
	for (size_t i = 0; i < message.count; i++) {
		struct item item;
		const char *path;

		if (fread(&item, sizeof(item), 1, in) != 1)
			return false;
		path = read_text(arena, in, item.path_size);
		ret->items[i].path = item.has_path ? path : NULL;
		ret->items[i].counted = item.counted;
	}
	return !feof(in) && !ferror(in);
}

static int show_all(struct screen *screen, FILE *in)
{
	bool more = true;

	while (more && !ferror(stdout)) {
		struct xdc_arena *arena = xdc_arena_new();
		struct xdc_interval interval;
		const char *note;

		more = read_interval(in, arena, &interval, &note);
		if (more)
			show(screen, &interval, note);
		xdc_arena_free(arena);
	}
	return CLI_CLEAN;
}

/* In the child; a byte says that counting may begin. */
static int view(const struct cli_options *options, const struct cli_viewed *viewed, int fd)
{
	static const int signals[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
	const int kept[] = { -1, STDOUT_FILENO, STDERR_FILENO, fd };
	struct screen screen = { .viewed = viewed, .terminal = isatty(STDOUT_FILENO) };
	int r = xdc_child_keep_only(kept, XDC_ARRAY_SIZE(kept));
	FILE *in = r < 0 ? NULL : fdopen(3, "r");
	int status = CLI_TROUBLE;

	if (!in) {
		cli_error("nothing can be shown: %s", strerror(r < 0 ? -r : errno));
		return CLI_TROUBLE;
	}
	screen.report = cli_make_report(options, NULL);
	/* Whoever counts is told, too, and ends this. */
	for (size_t i = 0; i < XDC_ARRAY_SIZE(signals); i++)
		signal(signals[i], SIG_IGN);
	if (screen.report && write(3, "", 1) == 1)
		status = show_all(&screen, in);
	xdc_report_free(screen.report);
	fclose(in);
	return status;
}

int cli_viewer_end(const struct cli_viewer *viewer)
{
	close(viewer->fd);
	return cli_take_over(viewer->pid, "this machine");
}

int cli_viewer_start(const struct cli_options *options, const struct cli_viewed *viewed,
		     struct cli_viewer *ret)
{
	struct cli_viewer viewer;
	int fds[2];
	char ready;

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0) {
		cli_error("nothing can be shown: %s", strerror(errno));
		return CLI_TROUBLE;
	}
	/* What stdio has buffered must not be written twice. */
	fflush(NULL);
	viewer = (struct cli_viewer){ .pid = fork(), .fd = fds[0] };
	if (viewer.pid == 0)
		exit(cli_close_output(view(options, viewed, fds[1])));
	close(fds[1]);
	if (viewer.pid < 0) {
		cli_error("no process to show it: %s", strerror(errno));
		close(fds[0]);
		return CLI_TROUBLE;
	}
	if (read(viewer.fd, &ready, 1) != 1)
		return cli_viewer_end(&viewer);
	*ret = viewer;
	return CLI_CLEAN;
}

static void write_interval(const struct xdc_interval *interval, const char *note, FILE *out)
{
	const struct message message = { interval->seconds, strlen(note), interval->count };

	fwrite(&message, sizeof(message), 1, out);
	fputs(note, out);
	for (size_t i = 0; i < interval->count; i++) {
		const char *path = interval->items[i].path;
		const struct item item = {
			.counted = interval->items[i].counted,
			.path_size = path ? strlen(path) : 0,
			.has_path = path,
		};

		fwrite(&item, sizeof(item), 1, out);
		fputs(path ? path : "", out);
	}
}

bool cli_viewer_show(const struct cli_viewer *viewer, const struct xdc_interval *interval,
		     const char *note)
{
	xdc_autofree char *data = NULL;
	size_t size = 0, sent = 0;
	FILE *out = xdc_open_text(&data, &size);
	ssize_t n = 0;

	write_interval(interval, note, out);
	fclose(out);
	while (sent < size && n >= 0) {
		n = send(viewer->fd, data + sent, size - sent, MSG_NOSIGNAL);
		sent += n > 0 ? (size_t)n : 0;
	}
	return sent == size;
}
