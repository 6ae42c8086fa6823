/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What devices do by DMA for some seconds, as records. "activity" has the fields milliseconds,
 * unnamed_maps and unnamed_bytes (of devices that went before they could be named), and unwatched
 * for each function of the kernel's that it does not let us watch. "activity:PATH" has the fields
 * maps, bytes, partial_maps, allocations, allocated_bytes, bounces, bounced_bytes, as struct
 * xdc_counters has them, and seen: the paths that were, with blanks between.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bpf/watcher.h"
#include "source/providers.h"

static const char ORIGIN[] = "bpf";

struct activity {
	struct xdc_watcher *watcher;
	struct xdc_interval interval;
	xdc_emit_fn *emit;
	void *arg;
};

static void sleep_until(const struct timespec *end)
{
	while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, end, NULL) == EINTR)
		;
}

/* It is read each second: devices come and go, and which path is taken shows between two reads. */
static void count(struct activity *activity, unsigned int seconds)
{
	struct xdc_snapshot first, last = { 0 };
	struct timespec end;

	xdc_watcher_read(activity->watcher, &first);
	clock_gettime(CLOCK_MONOTONIC, &end);
	for (unsigned int i = 0; i < seconds; i++) {
		end.tv_sec++;
		sleep_until(&end);
		xdc_snapshot_free(&last);
		xdc_watcher_read(activity->watcher, &last);
	}
	xdc_interval_make(&first, &last, &activity->interval);
	xdc_snapshot_free(&first);
	xdc_snapshot_free(&last);
}

static void emit_device(const struct activity *activity, const struct xdc_activity *item)
{
	const struct xdc_counters *counted = &item->counted;
	struct xdc_arena *arena = xdc_arena_new();
	const char *key = xdc_arena_printf(arena, "activity:%s", item->path), *names = "";
	const char *seen[XDC_SEEN_MAX];
	size_t n_seen = xdc_seen_names(item, seen), length = 0;
	xdc_autofree char *buffer = NULL;
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < n_seen; i++)
		names = xdc_arena_printf(arena, "%s%s%s", names, i ? " " : "", seen[i]);
	xdc_field_write_number(out, "maps", counted->maps);
	xdc_field_write_number(out, "bytes", counted->bytes);
	xdc_field_write_number(out, "partial_maps", counted->partial);
	xdc_field_write_number(out, "allocations", counted->allocations);
	xdc_field_write_number(out, "allocated_bytes", counted->allocated_bytes);
	xdc_field_write_number(out, "bounces", counted->bounces);
	xdc_field_write_number(out, "bounced_bytes", counted->bounced_bytes);
	xdc_field_write(out, "seen", names);
	fclose(out);
	xdc_emit(activity->emit, activity->arg, key, ORIGIN, XDC_STATUS_OK, "", buffer, length);
	xdc_arena_free(arena);
}

static void emit_all(const struct activity *activity)
{
	const struct xdc_interval *interval = &activity->interval;
	struct xdc_counters unnamed = { 0 };
	const struct xdc_unwatched *unwatched;
	xdc_autofree char *buffer = NULL;
	size_t n_unwatched, length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	for (size_t i = 0; i < interval->count; i++)
		if (!interval->items[i].path)
			xdc_counters_add(&unnamed, &interval->items[i].counted);
	xdc_field_write_number(out, "milliseconds", (uint64_t)(interval->seconds * 1000));
	xdc_field_write_number(out, "unnamed_maps", unnamed.maps);
	xdc_field_write_number(out, "unnamed_bytes", unnamed.bytes);
	unwatched = xdc_watcher_unwatched(activity->watcher, &n_unwatched);
	for (size_t i = 0; i < n_unwatched; i++)
		xdc_field_write(out, "unwatched", unwatched[i].what);
	fclose(out);
	xdc_emit(activity->emit, activity->arg, "activity", ORIGIN, XDC_STATUS_OK, "", buffer,
		 length);
	for (size_t i = 0; i < interval->count; i++)
		if (interval->items[i].path)
			emit_device(activity, &interval->items[i]);
}

void xdc_live_activity(unsigned int seconds, xdc_emit_fn *emit, void *arg)
{
	struct activity activity = { .emit = emit, .arg = arg };
	const char *error;
	int r = xdc_watcher_new(&activity.watcher, &error);

	if (r < 0) {
		xdc_emit(emit, arg, "activity", ORIGIN,
			 r == -EACCES ? XDC_STATUS_DENIED : XDC_STATUS_UNSUPPORTED, error, NULL, 0);
		return;
	}
	count(&activity, seconds);
	emit_all(&activity);
	xdc_interval_free(&activity.interval);
	xdc_watcher_free(activity.watcher);
}
