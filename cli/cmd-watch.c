/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bpf/watcher.h"
#include "live.h"

enum {
	SECONDS_MAX = 1000000,
	SECONDS_UNASKED = 10, /* where nobody can end it by a key */
};

struct watch {
	struct xdc_watcher *watcher;
	struct xdc_report *report;
	struct cli_live live;
	struct xdc_snapshot before;
	long long interval_ms;
	long long end_ms; /* of cli_live_now_ms(); 0: when it is told to */
	bool terminal;
	size_t lines; /* drawn on it */
};

static int parse_seconds(const struct cli_options *options, uint64_t *ret)
{
	const char *text = options->n_arguments ? options->arguments[0] : NULL;

	*ret = 0;
	if (options->n_arguments > 1)
		cli_error("watch takes one number of seconds");
	else if (text && (xdc_number_parse(text, 10, ret) < 0 || !*ret || *ret > SECONDS_MAX))
		cli_error("'%s' is no number of seconds from 1 to %d", text, SECONDS_MAX);
	else
		return 0;
	return -1;
}

/* How to end it, and when it ends by itself; of @arena. */
static const char *note(const struct watch *watch, struct xdc_arena *arena)
{
	const char *key = watch->live.keys ? "q" : "Ctrl-C";
	long long left = watch->end_ms - cli_live_now_ms();

	if (!watch->end_ms)
		return xdc_arena_printf(arena, " %s ends this.", key);
	if (left < 500)
		return "";
	return xdc_arena_printf(arena, " %lld s left, %s ends this.", (left + 500) / 1000, key);
}

static void draw(struct watch *watch, const struct xdc_watch_view *view)
{
	xdc_autofree char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	if (!out)
		return;
	xdc_render_watch_table(view, out);
	fclose(out);
	cli_redraw(text, &watch->lines);
}

/* What has happened since it was shown last. */
static void show(struct watch *watch)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_watch_view view = { .report = watch->report, .note = note(watch, arena) };
	struct xdc_interval interval;
	struct xdc_snapshot now;

	xdc_watcher_read(watch->watcher, &now);
	xdc_interval_make(&watch->before, &now, &interval);
	view.interval = &interval;
	view.unwatched = xdc_watcher_unwatched(watch->watcher, &view.n_unwatched);
	if (watch->terminal) {
		view.width = cli_terminal_width();
		view.lines = cli_terminal_lines();
		draw(watch, &view);
	} else {
		/* An error on standard output is told when it is closed. */
		xdc_render_watch_json(&view, (int64_t)time(NULL), stdout);
		fflush(stdout);
	}
	xdc_interval_free(&interval);
	xdc_snapshot_free(&watch->before);
	watch->before = now;
	xdc_arena_free(arena);
}

/*
 * When the interval ends that follows one which should have ended at @last; those that a machine
 * slept through, or was too busy for, are not made up for.
 */
static long long next_end(long long last, long long interval)
{
	const long long now = cli_live_now_ms();

	return (last + interval > now ? last : now) + interval;
}

static void go_on(struct watch *watch, uint64_t seconds)
{
	long long next;

	xdc_watcher_read(watch->watcher, &watch->before);
	next = cli_live_now_ms();
	if (seconds)
		watch->end_ms = next + (long long)seconds * 1000;
	while (!ferror(stdout) && (!watch->end_ms || next < watch->end_ms)) {
		next = next_end(next, watch->interval_ms);
		if (watch->end_ms && next > watch->end_ms)
			next = watch->end_ms;
		if (!cli_live_wait(&watch->live, next))
			break;
		show(watch);
	}
	xdc_snapshot_free(&watch->before);
}

static int run(struct watch *watch, const struct cli_options *options, uint64_t seconds)
{
	const char *error;
	size_t unwatched;

	if (xdc_watcher_new(&watch->watcher, &error) < 0) {
		cli_error("DMA cannot be watched: %s", error);
		return CLI_TROUBLE;
	}
	watch->report = cli_make_report(options, NULL);
	if (!watch->report)
		return CLI_TROUBLE;
	watch->terminal = isatty(STDOUT_FILENO);
	watch->interval_ms = options->interval * 1000LL;
	if (!seconds && !watch->terminal)
		seconds = SECONDS_UNASKED;
	if (cli_live_begin(&watch->live) < 0) {
		cli_error("no signals can be waited for: %s", strerror(errno));
		return CLI_TROUBLE;
	}
	go_on(watch, seconds);
	cli_live_end(&watch->live);
	xdc_watcher_unwatched(watch->watcher, &unwatched);
	return unwatched ? CLI_INCOMPLETE : CLI_CLEAN;
}

int cmd_watch(const struct cli_options *options)
{
	struct watch watch = { 0 };
	uint64_t seconds;
	int status;

	if (parse_seconds(options, &seconds) < 0)
		return CLI_TROUBLE;
	status = run(&watch, options, seconds);
	xdc_watcher_free(watch.watcher);
	xdc_report_free(watch.report);
	return status;
}
