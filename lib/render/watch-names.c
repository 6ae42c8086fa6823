/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "render/render.h"

const char *xdc_watch_name(struct xdc_arena *arena, const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;

	if (!path)
		return "(unknown)";
	path = slash ? slash + 1 : path;
	return xdc_text_escaped(arena, path, strlen(path));
}

const struct xdc_attribution *xdc_watch_attribution(const struct xdc_report *report,
						    const char *path)
{
	for (size_t i = 0; path && i < report->attributions->count; i++)
		if (strcmp(report->attributions->items[i].device->path, path) == 0)
			return &report->attributions->items[i];
	return NULL;
}

enum xdc_tri xdc_watch_confined(const struct xdc_watch_view *view, const char *path)
{
	const struct xdc_attribution *a = xdc_watch_attribution(view->report, path);

	return a ? xdc_device_confined(view->report->attributions->model, a->device) : XDC_UNKNOWN;
}

static bool was_active(const struct xdc_interval *interval, const char *path)
{
	for (size_t i = 0; i < interval->count; i++)
		if (interval->items[i].path && strcmp(interval->items[i].path, path) == 0)
			return true;
	return false;
}

size_t xdc_watch_idle(const struct xdc_watch_view *view, const char ***ret_names)
{
	const struct xdc_attributions *all = view->report->attributions;
	const char **names = xdc_zalloc((all->count + 1) * sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < all->count; i++)
		if (xdc_fold_of(&all->items[i]) == XDC_FOLD_NOT &&
		    !was_active(view->interval, all->items[i].device->path))
			names[count++] = all->items[i].device->name;
	*ret_names = names;
	return count;
}

size_t xdc_watch_unconfined(const struct xdc_watch_view *view, const char ***ret_names)
{
	const struct xdc_interval *interval = view->interval;
	const char **names = xdc_zalloc((interval->count + 1) * sizeof(*names));
	size_t count = 0;

	for (size_t i = 0; i < interval->count; i++) {
		const char *path = interval->items[i].path;
		const struct xdc_attribution *a = xdc_watch_attribution(view->report, path);

		if (a && xdc_watch_confined(view, path) == XDC_NO)
			names[count++] = a->device->name;
	}
	*ret_names = names;
	return count;
}
