/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* When a line was written, in the forms that logs have it, and which of those can be compared. */
#ifndef XDC_LOG_TIME_H
#define XDC_LOG_TIME_H

#include "base/base.h"

enum xdc_log_zone {
	XDC_ZONE_LOCAL, /* the machine's own, whatever that is */
	XDC_ZONE_UTC,	/* reckoned to it */
};

enum xdc_log_boot {
	XDC_BOOT_KERNEL,     /* seconds since a kernel began */
	XDC_BOOT_HYPERVISOR, /* since the hypervisor did */
};

/* Seconds; -1: the line does not say. Of a date the year does not count: many have none. */
struct xdc_log_time {
	long wall;
	long boot;
	enum xdc_log_zone zone;
	enum xdc_log_boot clock;
};

/*
 * What the line says: dates of syslog, ISO 8601, libvirt, xl -T and xenconsoled; "(XEN) [2026-01-
 * 02 03:04:05]" with console_timestamps=date, which is UTC (xen/drivers/char/console.c); seconds
 * since boot of both rings.
 */
struct xdc_log_time xdc_log_time(const char *line, size_t size);

/* The same of microseconds since 1970, as journal exports have it: "__REALTIME_TIMESTAMP=...". */
struct xdc_log_time xdc_log_time_of_epoch(uint64_t microseconds);

/*
 * Seconds from @a to @b in *@ret; false where the two cannot be compared: one has no date, or
 * they count from different boots. A local date and one of UTC can be where they are the same.
 */
bool xdc_log_time_between(const struct xdc_log_time *a, const struct xdc_log_time *b, long *ret);

#endif
