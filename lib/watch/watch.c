/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "watch/watch.h"

static bool same_path(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static struct xdc_activity *find(const struct xdc_snapshot *snapshot, const char *path)
{
	for (size_t i = 0; i < snapshot->count; i++)
		if (same_path(snapshot->items[i].path, path))
			return &snapshot->items[i];
	return NULL;
}

void xdc_counters_add(struct xdc_counters *sum, const struct xdc_counters *counted)
{
	sum->maps += counted->maps;
	sum->bytes += counted->bytes;
	sum->partial += counted->partial;
	sum->allocations += counted->allocations;
	sum->allocated_bytes += counted->allocated_bytes;
	sum->bounces += counted->bounces;
	sum->bounced_bytes += counted->bounced_bytes;
	sum->seen |= counted->seen;
}

void xdc_snapshot_add(struct xdc_snapshot *snapshot, const char *path,
		      const struct xdc_counters *counted)
{
	struct xdc_activity *activity = find(snapshot, path);

	if (!activity) {
		xdc_array_reserve((void **)&snapshot->items, snapshot->count,
				  sizeof(*snapshot->items));
		activity = &snapshot->items[snapshot->count++];
		*activity = (struct xdc_activity){ .path = path };
	}
	xdc_counters_add(&activity->counted, counted);
}

void xdc_snapshot_free(struct xdc_snapshot *snapshot)
{
	free(snapshot->items);
	*snapshot = (struct xdc_snapshot){ 0 };
}

static unsigned long long since(unsigned long long before, unsigned long long after)
{
	return after < before ? after : after - before;
}

struct xdc_counters xdc_counters_since(const struct xdc_counters *before,
				       const struct xdc_counters *after)
{
	return (struct xdc_counters){
		.maps = since(before->maps, after->maps),
		.bytes = since(before->bytes, after->bytes),
		.partial = since(before->partial, after->partial),
		.allocations = since(before->allocations, after->allocations),
		.allocated_bytes = since(before->allocated_bytes, after->allocated_bytes),
		.bounces = since(before->bounces, after->bounces),
		.bounced_bytes = since(before->bounced_bytes, after->bounced_bytes),
		.seen = after->seen,
	};
}

static int compare_counts(unsigned long long a, unsigned long long b)
{
	return a > b ? -1 : a < b;
}

static int most_active(const void *a, const void *b)
{
	const struct xdc_activity *x = a, *y = b;
	int order;

	if (!x->path || !y->path)
		return (x->path ? 0 : 1) - (y->path ? 0 : 1);
	order = compare_counts(x->counted.bytes, y->counted.bytes);
	if (!order)
		order = compare_counts(x->counted.maps, y->counted.maps);
	return order ? order : strcmp(x->path, y->path);
}

void xdc_interval_make(const struct xdc_snapshot *before, const struct xdc_snapshot *after,
		       struct xdc_interval *ret)
{
	*ret = (struct xdc_interval){
		.seconds = (double)(after->time_ns - before->time_ns) / 1e9,
		.items = xdc_zalloc((after->count + 1) * sizeof(*ret->items)),
	};
	for (size_t i = 0; i < after->count; i++) {
		const struct xdc_activity *now = &after->items[i], *then = find(before, now->path);
		const struct xdc_counters none = { 0 };
		struct xdc_counters d =
			xdc_counters_since(then ? &then->counted : &none, &now->counted);

		if (d.maps || d.allocations || d.bounces)
			ret->items[ret->count++] = (struct xdc_activity){ now->path, d };
	}
	qsort(ret->items, ret->count, sizeof(*ret->items), most_active);
}

void xdc_interval_free(struct xdc_interval *interval)
{
	free(interval->items);
	*interval = (struct xdc_interval){ 0 };
}

struct xdc_activity xdc_interval_total(const struct xdc_interval *interval)
{
	struct xdc_activity total = { 0 };

	for (size_t i = 0; i < interval->count; i++)
		xdc_counters_add(&total.counted, &interval->items[i].counted);
	return total;
}

double xdc_interval_rate(const struct xdc_interval *interval, uint64_t count)
{
	return interval->seconds > 0 ? (double)count / interval->seconds : 0;
}

double xdc_bounced_percent(const struct xdc_activity *activity)
{
	const struct xdc_counters *counted = &activity->counted;

	if (!counted->bytes)
		return -1;
	/* An interval may begin between a page's map and its bounce. */
	if (counted->bounced_bytes >= counted->bytes)
		return 100;
	return 100 * (double)counted->bounced_bytes / (double)counted->bytes;
}

static const struct {
	unsigned int bit;
	const char *name;
} paths[] = {
	{ XDC_SEEN_SWIOTLB_XEN, "swiotlb-xen" },
	{ XDC_SEEN_IOMMU, "iommu" },
	{ XDC_SEEN_GRANT, "grant" },
	{ XDC_SEEN_ARCH, "arch" },
	{ XDC_SEEN_DIRECT, "direct" },
};

size_t xdc_seen_names(const struct xdc_activity *activity, const char *ret[XDC_SEEN_MAX])
{
	size_t count = 0;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++)
		if (activity->counted.seen & paths[i].bit)
			ret[count++] = paths[i].name;
	return count;
}

unsigned int xdc_seen_of(const char *words)
{
	unsigned int seen = 0;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(paths); i++)
		if (xdc_text_has_word(words, paths[i].name))
			seen |= paths[i].bit;
	return seen;
}

enum xdc_told xdc_told_next(enum xdc_told before, const struct xdc_counters *since, bool watched)
{
	if (before == XDC_TOLD || since->seen)
		return XDC_TOLD;
	if (!watched)
		return XDC_UNTOLD;
	/* A map that was counted at a read may only after it have come to the table's function. */
	if (before == XDC_TRYING)
		return XDC_TOLD;
	return since->maps ? XDC_TRYING : XDC_UNTOLD;
}

uint64_t xdc_table_calls(const struct xdc_counters *counted)
{
	const uint64_t page = 4096;

	return counted->maps + counted->bytes / page;
}

bool xdc_tables_are_cheap(bool watched, uint64_t calls, uint64_t ns)
{
	/* Each costs some microseconds: half a percent of the time, where it is begun at most a
	 * tenth. */
	const uint64_t left_off_ns = 1000000, begun_ns = 10000000;

	return calls < ns / (watched ? left_off_ns : begun_ns);
}
