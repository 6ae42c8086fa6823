/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>

#include "render/json.h"

static json_t *count(unsigned long long value)
{
	return json_integer((json_int_t)value);
}

static json_t *seen_names(const struct xdc_activity *activity)
{
	const char *names[XDC_SEEN_MAX];
	size_t n = xdc_seen_names(activity, names);
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, json_string(names[i]));
	return array;
}

static json_t *device(const struct xdc_watch_view *view, const struct xdc_activity *activity)
{
	const struct xdc_attribution *a = xdc_watch_attribution(view->report, activity->path);
	const struct xdc_counters *counted = &activity->counted;
	struct xdc_arena *arena = xdc_arena_new();
	double percent = xdc_bounced_percent(activity);
	json_t *object = json_object();

	xdc_json_set(object, "path", activity->path ? xdc_json_raw(activity->path) : json_null());
	xdc_json_set(object, "name",
		     activity->path ? json_string(xdc_watch_name(arena, activity->path))
				    : json_null());
	xdc_json_set(object, "dma_path", xdc_json_text(a ? xdc_path_name(a->path) : NULL));
	xdc_json_set(object, "basis", xdc_json_text(a ? xdc_basis_name(a->basis) : NULL));
	xdc_json_set(object, "seen", seen_names(activity));
	xdc_json_set(object, "confined", xdc_json_tri(xdc_watch_confined(view, activity->path)));
	xdc_json_set(object, "maps", count(counted->maps));
	xdc_json_set(object, "bytes", count(counted->bytes));
	xdc_json_set(object, "partial_maps", count(counted->partial));
	xdc_json_set(object, "maps_per_second",
		     json_real(xdc_interval_rate(view->interval, counted->maps)));
	xdc_json_set(object, "bytes_per_second",
		     json_real(xdc_interval_rate(view->interval, counted->bytes)));
	xdc_json_set(object, "bounces", count(counted->bounces));
	xdc_json_set(object, "bounced_bytes", count(counted->bounced_bytes));
	xdc_json_set(object, "bounced_percent", percent < 0 ? json_null() : json_real(percent));
	xdc_json_set(object, "allocations", count(counted->allocations));
	xdc_json_set(object, "allocated_bytes", count(counted->allocated_bytes));
	xdc_arena_free(arena);
	return object;
}

static json_t *devices(const struct xdc_watch_view *view)
{
	json_t *array = json_array();

	for (size_t i = 0; i < view->interval->count; i++)
		json_array_append_new(array, device(view, &view->interval->items[i]));
	return array;
}

static json_t *idle(const struct xdc_watch_view *view)
{
	xdc_autofree const char **names = NULL;
	size_t n = xdc_watch_idle(view, &names);
	json_t *array = json_array();

	for (size_t i = 0; i < n; i++)
		json_array_append_new(array, xdc_json_text(names[i]));
	return array;
}

static json_t *unwatched(const struct xdc_watch_view *view)
{
	json_t *array = json_array();

	for (size_t i = 0; i < view->n_unwatched; i++)
		json_array_append_new(array, json_pack("{s:s,s:s}", "what", view->unwatched[i].what,
						       "why", view->unwatched[i].why));
	return array;
}

int xdc_render_watch_json(const struct xdc_watch_view *view, int64_t time, FILE *out)
{
	json_t *object = json_object();
	int r;

	xdc_json_set(object, "schema", json_string("xen-dmacheck-watch/1"));
	xdc_json_set(object, "time", xdc_json_time(time));
	xdc_json_set(object, "seconds", json_real(view->interval->seconds));
	xdc_json_set(object, "devices", devices(view));
	xdc_json_set(object, "idle", idle(view));
	xdc_json_set(object, "not_watched", unwatched(view));
	r = json_dumpf(object, out, JSON_COMPACT | JSON_REAL_PRECISION(12));
	fputc('\n', out);
	json_decref(object);
	return r < 0 || ferror(out) ? -EIO : 0;
}
