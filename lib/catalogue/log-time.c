/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>
#include <time.h>

#include "catalogue/log-text.h"
#include "catalogue/log-time.h"

enum {
	WITHIN = 64, /* a time stands in the beginning of a line */
	DAY = 86400,
	SAME = 2, /* seconds: one moment, as two programs write it */
};

/* "HH:MM:SS" at @at, as seconds; -1: there is none. */
static long clock_at(const char *line, size_t at, size_t size)
{
	long parts[3] = { 0 };

	if (size - at < 8)
		return -1;
	for (size_t i = 0; i < 3; i++, at += 3) {
		if (!isdigit((unsigned char)line[at]) || !isdigit((unsigned char)line[at + 1]) ||
		    (i < 2 && line[at + 2] != ':'))
			return -1;
		parts[i] = (line[at] - '0') * 10 + line[at + 1] - '0';
	}
	return parts[0] * 3600 + parts[1] * 60 + parts[2];
}

/* Of a leap year: then each date has a number of its own. */
static long day_of(unsigned int month, long day)
{
	static const short before[] = { 0, 0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335 };

	return month >= 1 && month <= 12 ? (before[month] + day - 1) * DAY : -1;
}

static long two_digits(const char *text)
{
	return (text[0] == ' ' ? 0 : text[0] - '0') * 10 + text[1] - '0';
}

/* What stands before a clock: "2024-05-13 " or "May 13 ". */
static long date_before(const char *line, size_t clock)
{
	unsigned int month;

	if (clock >= 11 && line[clock - 4] == '-' && isdigit((unsigned char)line[clock - 3]) &&
	    isdigit((unsigned char)line[clock - 2]) && isdigit((unsigned char)line[clock - 6]) &&
	    isdigit((unsigned char)line[clock - 5]))
		return day_of((unsigned int)two_digits(line + clock - 6),
			      two_digits(line + clock - 3));
	if (clock >= 7 && xdc_log_month(line + clock - 7, 4, &month) &&
	    isdigit((unsigned char)line[clock - 2]))
		return day_of(month, two_digits(line + clock - 3));
	return -1;
}

/* "Z", "+0200", "+02:00", " UTC" behind a clock and its fraction: seconds east of UTC. */
static bool zone_at(const char *line, size_t at, size_t size, long *ret)
{
	const char *text = line + at;
	size_t left = size - at;

	*ret = 0;
	if (left && (*text == 'Z' || (left >= 4 && memcmp(text, " UTC", 4) == 0) ||
		     (left >= 4 && memcmp(text, " GMT", 4) == 0)))
		return true;
	if (left < 5 || (*text != '+' && *text != '-') || !isdigit((unsigned char)text[1]) ||
	    !isdigit((unsigned char)text[2]))
		return false;
	*ret = two_digits(text + 1) * 3600;
	text += text[3] == ':' ? 4 : 3;
	if (text + 2 <= line + size && isdigit((unsigned char)text[0]) &&
	    isdigit((unsigned char)text[1]))
		*ret += two_digits(text) * 60;
	if (line[at] == '-')
		*ret = -*ret;
	return true;
}

static void read_date(const char *line, size_t size, struct xdc_log_time *ret)
{
	for (size_t at = 7; at + 8 <= size && at < WITHIN; at++) {
		long seconds, day, zone;
		size_t end = at + 8;

		if (line[at + 2] != ':')
			continue;
		seconds = clock_at(line, at, size);
		day = seconds < 0 ? -1 : date_before(line, at);
		if (day < 0)
			continue;
		ret->wall = day + seconds;
		if (end < size && (line[end] == '.' || line[end] == ','))
			for (end++; end < size && isdigit((unsigned char)line[end]);)
				end++;
		if (zone_at(line, end, size, &zone)) {
			ret->zone = XDC_ZONE_UTC;
			ret->wall -= zone;
		}
		return;
	}
}

/* "   12.345678]" behind a bracket: whole seconds; -1: it is none. */
static long boot_at(const char *text, size_t size)
{
	long seconds = 0;
	size_t at = 0, digits = 0;

	while (at < size && text[at] == ' ')
		at++;
	for (; at < size && isdigit((unsigned char)text[at]) && digits < 9; at++, digits++)
		seconds = seconds * 10 + (text[at] - '0');
	return digits && at < size && text[at] == '.' ? seconds : -1;
}

/* A date of the ring itself, of UTC, says more than what a program put in front. */
static void read_ring(const char *stamp, size_t size, struct xdc_log_time *ret)
{
	struct xdc_log_time own = { .wall = -1, .boot = -1 };

	ret->boot = boot_at(stamp, size);
	ret->clock = XDC_BOOT_HYPERVISOR;
	read_date(stamp, size < 20 ? size : 20, &own);
	if (own.wall < 0)
		return;
	ret->wall = own.wall;
	ret->zone = XDC_ZONE_UTC;
}

static void read_kernel(const char *line, size_t size, struct xdc_log_time *ret)
{
	size_t early = size < WITHIN ? size : WITHIN;
	const char *bracket = memmem(line, early, "kernel: [", 9);

	if (bracket)
		bracket += strlen("kernel: ");
	else if (early && *line == '[')
		bracket = line;
	else if (early && *line == '<')
		bracket = memchr(line, '[', early);
	if (bracket)
		ret->boot = boot_at(bracket + 1, size - (size_t)(bracket + 1 - line));
}

struct xdc_log_time xdc_log_time(const char *line, size_t size)
{
	struct xdc_log_time time = { .wall = -1, .boot = -1 };
	size_t skip = xdc_log_skip_quotes(line, size);
	const char *xen;

	line += skip;
	size -= skip;
	read_date(line, size, &time);
	xen = memmem(line, size < WITHIN ? size : WITHIN, "(XEN) [", 7);
	if (xen) {
		xen += strlen("(XEN) [");
		read_ring(xen, size - (size_t)(xen - line), &time);
	} else {
		read_kernel(line, size, &time);
	}
	return time;
}

struct xdc_log_time xdc_log_time_of_epoch(uint64_t microseconds)
{
	struct xdc_log_time time = { .wall = -1, .boot = -1, .zone = XDC_ZONE_UTC };
	time_t seconds = (time_t)(microseconds / 1000000);
	struct tm tm;

	if (gmtime_r(&seconds, &tm))
		time.wall = day_of((unsigned int)tm.tm_mon + 1, tm.tm_mday) + tm.tm_hour * 3600 +
			    tm.tm_min * 60 + tm.tm_sec;
	return time;
}

bool xdc_log_time_between(const struct xdc_log_time *a, const struct xdc_log_time *b, long *ret)
{
	long apart = b->wall - a->wall;

	if (a->wall >= 0 && b->wall >= 0 &&
	    (a->zone == b->zone || (apart >= -SAME && apart <= SAME))) {
		*ret = apart;
		return true;
	}
	if (a->boot >= 0 && b->boot >= 0 && a->clock == b->clock) {
		*ret = b->boot - a->boot;
		return true;
	}
	return false;
}
