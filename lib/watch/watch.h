/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What devices do by DMA, as it was counted, and what is made of two counts. Pure; who counts
 * is bpf/watcher.h.
 */
#ifndef XDC_WATCH_H
#define XDC_WATCH_H

#include "base/base.h"
#include "bpf/counters.h"

/* Of one device: since the counting began, or within an interval. */
struct xdc_activity {
	const char *path; /* below /sys; NULL: of what could not be told to be some device's */
	struct xdc_counters counted;
};

/* Each path at most once. */
struct xdc_snapshot {
	uint64_t time_ns; /* of CLOCK_MONOTONIC */
	struct xdc_activity *items;
	size_t count;
};

/*
 * What happened between two snapshots: the devices of which anything was counted, the most bytes
 * first, then the most maps, then by path; what is of no device last. @seen is what was seen since
 * the counting began.
 */
struct xdc_interval {
	double seconds;
	struct xdc_activity *items;
	size_t count;
};

/* What the kernel does not let us watch, and why. */
struct xdc_unwatched {
	const char *what; /* a function or tracepoint of the kernel's */
	const char *why;
};

void xdc_counters_add(struct xdc_counters *sum, const struct xdc_counters *counted);
/*
 * What was counted between @before and @after; one that went back began again, at 0, in between.
 * @seen is @after's.
 */
struct xdc_counters xdc_counters_since(const struct xdc_counters *before,
				       const struct xdc_counters *after);

/* Adds @counted to what is counted of @path, which must outlive the snapshot. */
void xdc_snapshot_add(struct xdc_snapshot *snapshot, const char *path,
		      const struct xdc_counters *counted);
void xdc_snapshot_free(struct xdc_snapshot *snapshot);

/* The paths of both must outlive *@ret, which xdc_interval_free() releases. */
void xdc_interval_make(const struct xdc_snapshot *before, const struct xdc_snapshot *after,
		       struct xdc_interval *ret);
void xdc_interval_free(struct xdc_interval *interval);

/* What all devices of @interval did together; path NULL. */
struct xdc_activity xdc_interval_total(const struct xdc_interval *interval);

/* @count per second of @interval. */
double xdc_interval_rate(const struct xdc_interval *interval, uint64_t count);

/* Of 100 bytes mapped, how many were bounced; -1 where none was mapped. */
double xdc_bounced_percent(const struct xdc_activity *activity);

/*
 * The names of the paths in effect that were seen, as struct xdc_attribution has them:
 * "swiotlb-xen", "iommu", "grant", "arch", "direct". Returns how many.
 */
enum { XDC_SEEN_MAX = 5 };
size_t xdc_seen_names(const struct xdc_activity *activity, const char *ret[XDC_SEEN_MAX]);
/* The XDC_SEEN_... of the names in @words, blanks between them; other words are passed over. */
unsigned int xdc_seen_of(const char *words);

/* Whether it is known of a device what its maps call. */
enum xdc_told {
	XDC_UNTOLD,
	XDC_TRYING, /* it has begun a map while the tables' functions were watched */
	XDC_TOLD,   /* one of them was called, or that map has long since ended without */
};

/*
 * What is told of a device that was @before, where @since was counted between two reads.
 * @watched: the tables' functions were, from before the first of the two.
 */
enum xdc_told xdc_told_next(enum xdc_told before, const struct xdc_counters *since, bool watched);

/*
 * How often the maps in @counted may have called a function of a table: swiotlb-xen's and the
 * IOMMU's functions for a list call that for a page for each page of it (drivers/xen/swiotlb-xen.c;
 * drivers/iommu/dma-iommu.c where it bounces).
 */
uint64_t xdc_table_calls(const struct xdc_counters *counted);

/*
 * Whether to watch the tables' functions costs nothing worth mentioning when they are called
 * @calls times in @ns: a device may come that maps but once. @watched: they are now. What is begun
 * is left off at a higher rate than it was begun at, as the kernel is patched for either.
 */
bool xdc_tables_are_cheap(bool watched, uint64_t calls, uint64_t ns);

#endif
