/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "bpf/watch-names.h"

uint64_t xdc_watch_names_ask(const struct xdc_watch_names *names, const char *path)
{
	const unsigned long long before = names->asked->sequence;

	if (xdc_probe_trigger(names->probe, path) < 0 || names->asked->sequence != before + 1)
		return 0;
	return names->asked->device;
}

static int by_address(const void *a, const void *b)
{
	const struct xdc_watch_name *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

const char *xdc_watch_names_path(const struct xdc_watch_names *names, uint64_t address)
{
	const struct xdc_watch_name key = { .address = address };
	const struct xdc_watch_name *found =
		names->count ? bsearch(&key, names->items, names->count, sizeof(key), by_address)
			     : NULL;

	return found ? found->path : NULL;
}

/* The one copy of a path that is kept, as snapshots and intervals hold it. */
static const char *kept(const struct xdc_watch_names *names, const char *path)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->items[i].path, path) == 0)
			return names->items[i].path;
	return xdc_arena_strdup(names->arena, path);
}

static void take_devices(void *arg, const struct xdc_record *record)
{
	char **list = arg;

	if (strcmp(record->key, "devices") == 0 && !*list && record->size)
		*list = xdc_strdup(record->data);
}

void xdc_watch_names_learn(struct xdc_watch_names *names, struct xdc_watch_name **ret_old,
			   size_t *ret_n_old)
{
	xdc_autofree char *list = NULL;
	char *cursor, *path;
	struct xdc_watch_name *items = NULL;
	size_t count = 0;

	xdc_tree_devices(names->probe->tree, take_devices, &list);
	cursor = list;
	while (cursor && (path = xdc_text_next_line(&cursor))) {
		const uint64_t address = xdc_watch_names_ask(names, path);

		if (!address)
			continue;
		xdc_array_reserve((void **)&items, count, sizeof(*items));
		items[count++] = (struct xdc_watch_name){ address, kept(names, path) };
	}
	if (count)
		qsort(items, count, sizeof(*items), by_address);
	*ret_old = names->items;
	*ret_n_old = names->count;
	names->items = items;
	names->count = count;
}
