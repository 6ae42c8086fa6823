/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libxl says what failed, the hypervisor why, in its ring at the same moment. Either may stand
 * first in a log: so the ring's latest lines are held until an error tells which were of its
 * moment, and later ones are compared with the errors that are known. Only lines with a date:
 * of others nobody can tell.
 */
#include <stdlib.h>
#include <string.h>

#include "catalogue/log-text.h"
#include "catalogue/log.h"

enum {
	HELD = 256,
	HELD_BYTES = 240,
	MOMENT = 2, /* seconds */
};

struct held {
	char text[HELD_BYTES];
	size_t size;
	const char *file;
	unsigned long line;
	struct xdc_log_time time;
};

struct xdc_log_ring {
	struct held lines[HELD];
	size_t next;
	size_t count;
};

struct xdc_log_ring *xdc_log_ring_new(void)
{
	return xdc_zalloc(sizeof(struct xdc_log_ring));
}

void xdc_log_ring_free(struct xdc_log_ring *ring)
{
	free(ring);
}

bool xdc_log_same_moment(const struct xdc_log_time *a, const struct xdc_log_time *b)
{
	long apart;

	return xdc_log_time_between(a, b, &apart) && apart >= -MOMENT && apart <= MOMENT;
}

bool xdc_log_has_error_at(const struct xdc_log *log, const struct xdc_log_time *time)
{
	for (size_t i = 0; i < log->facts.n_errors; i++)
		if (xdc_log_same_moment(&log->facts.error_times[i], time))
			return true;
	return false;
}

static void keep(struct xdc_log *log, const struct held *held)
{
	if (log->n_near == XDC_LOG_NEAR_MAX)
		return;
	for (size_t i = 0; i < log->n_near; i++)
		if (log->near[i].line == held->line && log->near[i].file == held->file)
			return;
	log->near[log->n_near++] = (struct xdc_log_near){
		.text = xdc_log_line_text(log->arena, held->text, held->size),
		.file = held->file,
		.line = held->line,
		.time = held->time,
	};
}

void xdc_log_ring_take(struct xdc_log_ring *ring, const struct xdc_log_line *line,
		       struct xdc_log *log)
{
	struct held *held = &ring->lines[ring->next];
	struct xdc_log_time time = xdc_log_time(line->text, line->size);

	if (time.wall < 0 || xdc_log_kind(line->text, line->size) != XDC_LOG_HYPERVISOR)
		return;
	held->size = line->size < HELD_BYTES ? line->size : HELD_BYTES;
	memcpy(held->text, line->text, held->size);
	held->file = line->file;
	held->line = line->number;
	held->time = time;
	ring->next = (ring->next + 1) % HELD;
	ring->count += ring->count < HELD;
	if (xdc_log_has_error_at(log, &time))
		keep(log, held);
}

void xdc_log_ring_look_back(struct xdc_log_ring *ring, struct xdc_log *log)
{
	const struct xdc_log_time *time;

	if (!log->facts.n_errors)
		return;
	time = &log->facts.error_times[log->facts.n_errors - 1];
	for (size_t i = 0; i < ring->count; i++) {
		const struct held *held =
			&ring->lines[(ring->next + HELD - ring->count + i) % HELD];

		if (xdc_log_same_moment(time, &held->time))
			keep(log, held);
	}
}
