/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "bpf/watcher.h"
#include "live.h"
#include "viewer.h"

enum {
	SECONDS_MAX = 1000000,
	SECONDS_UNASKED = 10, /* where nobody can end it by a key */
};

struct watch {
	struct xdc_watcher *watcher;
	struct cli_viewer viewer;
	struct cli_live live;
	struct xdc_snapshot before;
	long long interval_ms;
	long long end_ms; /* of cli_live_now_ms(); 0: when it is told to */
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

/* What has happened since it was shown last; false where nobody shows it any more. */
static bool show(struct watch *watch)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_interval interval;
	struct xdc_snapshot now;
	bool shown;

	xdc_watcher_read(watch->watcher, &now);
	xdc_interval_make(&watch->before, &now, &interval);
	shown = cli_viewer_show(&watch->viewer, &interval, note(watch, arena));
	xdc_interval_free(&interval);
	xdc_snapshot_free(&watch->before);
	watch->before = now;
	xdc_arena_free(arena);
	return shown;
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
	while (!watch->end_ms || next < watch->end_ms) {
		next = next_end(next, watch->interval_ms);
		if (watch->end_ms && next > watch->end_ms)
			next = watch->end_ms;
		if (!cli_live_wait(&watch->live, next) || !show(watch))
			break;
	}
	xdc_snapshot_free(&watch->before);
}

/* Shows it until it ends. */
static int show_live(struct watch *watch, uint64_t seconds)
{
	int status;

	if (cli_live_begin(&watch->live) < 0) {
		cli_error("no signals can be waited for: %s", strerror(errno));
		cli_viewer_end(&watch->viewer);
		return CLI_TROUBLE;
	}
	go_on(watch, seconds);
	status = cli_viewer_end(&watch->viewer);
	cli_live_end(&watch->live);
	return status;
}

static int run(struct watch *watch, const struct cli_options *given, uint64_t seconds)
{
	struct cli_options options = *given;
	struct cli_viewed viewed;
	const char *error;
	int status;

	if (xdc_watcher_new(&watch->watcher, &error) < 0) {
		cli_error("DMA cannot be watched: %s", error);
		return CLI_TROUBLE;
	}
	viewed.unwatched = xdc_watcher_unwatched(watch->watcher, &viewed.n_unwatched);
	options.lasting = true;
	status = cli_viewer_start(&options, &viewed, &watch->viewer);
	if (status != CLI_CLEAN)
		return status;
	watch->interval_ms = options.interval * 1000LL;
	if (!seconds && !isatty(STDOUT_FILENO))
		seconds = SECONDS_UNASKED;
	status = show_live(watch, seconds);
	return status == CLI_CLEAN && viewed.n_unwatched ? CLI_INCOMPLETE : status;
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
	return status;
}
