/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a literal in a line leads to: a pattern is tried, or the line read for what it states. */
#include <string.h>

#include "catalogue/log-reader.h"
#include "catalogue/log-text.h"

/* How many attempts had begun at that line, of all files. */
static unsigned long attempt_of(const struct xdc_log_reader *r, unsigned long line)
{
	size_t count = r->n_attempts;

	while (count && r->attempts[count - 1] > line)
		count--;
	return count ? r->earlier_attempts + count : 0;
}

/* In a journal's export the time of "MESSAGE=..." stands in a line of its own. */
static struct xdc_log_time time_of(const struct xdc_log_reader *r, const char *line, size_t size)
{
	static const char message[] = "MESSAGE=";

	if (size > strlen(message) && memcmp(line, message, strlen(message)) == 0)
		return r->exported;
	return xdc_log_time(line, size);
}

static void count_file(struct xdc_log_reader *r)
{
	r->log.n_files += !r->is_counted;
	r->is_counted = true;
}

static void keep_match(struct xdc_log_reader *r, const struct xdc_entry *entry,
		       const struct xdc_captures *captures, unsigned int kind)
{
	const char *line = r->text + r->line_start;
	size_t size = r->line_size < XDC_LINE_MAX ? r->line_size : XDC_LINE_MAX;
	struct xdc_log_time time = time_of(r, line, size);

	if (r->only_moments && !xdc_log_has_error_at(&r->log, &time))
		return;
	count_file(r);
	xdc_log_keep(&r->log, &(struct xdc_log_found){
				      .entry = entry,
				      .captures = captures,
				      .line = line,
				      .size = size,
				      .kind = kind,
				      .file = r->file,
				      .number = r->line_number,
				      .attempt = attempt_of(r, r->line_number),
				      .joined = r->joints,
				      .time = time,
			      });
}

/* In a joined text only what goes over a joint is new. */
static bool is_new(const struct xdc_log_reader *r, const struct xdc_captures *captures)
{
	if (!r->joints)
		return true;
	for (size_t i = 0; i < r->n_joints; i++)
		if (captures->start < r->joints[i] && captures->end > r->joints[i])
			return true;
	return false;
}

/* The first line of an event, of which the rest says whose it is: see scan_events(). */
static bool is_event(const struct xdc_log_reader *r)
{
	static const char begin[] = ": event 0x", received[] = " received:";
	const char *text = r->text + r->line_start;

	return r->n_events < XDC_EVENTS_MAX && r->line_size <= XDC_LINE_MAX &&
	       memmem(text, r->line_size, received, strlen(received)) &&
	       memmem(text, r->line_size, begin, strlen(begin));
}

/*
 * Tries the pattern on the line, once; of a line that is too long on the part around @at, once
 * for each half of such a part.
 */
static void try_pattern(struct xdc_log_reader *r, struct xdc_needle *needle, size_t at)
{
	const char *piece = r->text + r->line_start;
	size_t size = r->line_size;
	struct xdc_captures captures;
	unsigned int kind;

	if (size > XDC_LINE_MAX) {
		size_t half = XDC_LINE_MAX / 2, from = (at - r->line_start) / half * half;

		from = from > half / 2 ? from - half / 2 : 0;
		piece += from;
		size = size - from < XDC_LINE_MAX ? size - from : XDC_LINE_MAX;
	}
	if (needle->tried == piece)
		return;
	needle->tried = piece;
	kind = xdc_log_kind(r->text + r->line_start, r->line_size);
	if (!(kind & needle->entry->where) || (!r->at_events && !r->joints && is_event(r)))
		return;
	if (xdc_pattern_match(needle->pattern, piece, size, &captures) == XDC_MATCH_FOUND &&
	    xdc_entry_holds(needle->entry, &captures) && is_new(r, &captures))
		keep_match(r, needle->entry, &captures, kind);
}

/* Moves on to the line that @at is in. */
static void find_line(struct xdc_log_reader *r, size_t at)
{
	while (at > r->line_start + r->line_size) {
		const char *newline;

		r->line_start += r->line_size + 1;
		r->line_number++;
		newline = memchr(r->text + r->line_start, '\n', r->size - r->line_start);
		r->line_size = newline ? (size_t)(newline - r->text) - r->line_start
				       : r->size - r->line_start;
	}
}

static void begin_attempt(struct xdc_log_reader *r)
{
	if (r->n_attempts == XDC_ATTEMPTS_MAX)
		return;
	if (!r->n_attempts || r->attempts[r->n_attempts - 1] != r->line_number)
		r->attempts[r->n_attempts++] = r->line_number;
}

static void note_event(struct xdc_log_reader *r)
{
	if (r->n_events == XDC_EVENTS_MAX)
		return;
	r->events[r->n_events] = r->line_start;
	r->event_lines[r->n_events++] = r->line_number;
}

static void read_epoch(struct xdc_log_reader *r, size_t end)
{
	char digits[20] = "";
	size_t size = r->line_start + r->line_size - end;
	uint64_t microseconds;

	if (size < sizeof(digits))
		memcpy(digits, r->text + end, size);
	if (xdc_number_parse(digits, 10, &microseconds) == 0)
		r->exported = xdc_log_time_of_epoch(microseconds);
}

/* What stands in the line itself, not in one that was joined. */
static void read_line(struct xdc_log_reader *r, const struct xdc_needle *needle, size_t end)
{
	const char *text = r->text + r->line_start;
	struct xdc_log_line line = {
		text, r->line_size, r->file, r->line_number, { .wall = -1, .boot = -1 }
	};
	size_t errors = r->log.facts.n_errors, near = r->log.n_near;

	if (r->line_size > XDC_LINE_MAX)
		return;
	if (needle->kind == XDC_NEEDLE_RING) {
		xdc_log_ring_take(r->ring, &line, &r->log);
		if (r->log.n_near > near)
			count_file(r);
	} else if (r->only_moments) {
		return;
	} else if (needle->kind == XDC_NEEDLE_RANGE) {
		if (xdc_log_kind(text, r->line_size) != XDC_LOG_GUEST)
			xdc_address_line_read(&r->log.addresses, needle->index, text, r->line_size,
					      end - r->line_start, r->file);
	} else {
		line.time = time_of(r, text, r->line_size);
		xdc_log_fact_read(r->log.arena, needle->index, &line, end - r->line_start,
				  &r->log.facts);
		if (r->log.facts.n_errors > errors)
			xdc_log_ring_look_back(r->ring, &r->log);
	}
}

void xdc_log_found(void *arg, size_t literal, size_t end)
{
	struct xdc_log_reader *r = arg;
	struct xdc_needle *needle = &r->needles[literal];

	find_line(r, end);
	if (needle->kind == XDC_NEEDLE_PATTERN)
		try_pattern(r, needle, end - strlen(r->literals[literal]));
	else if (r->joints)
		return;
	else if (needle->kind == XDC_NEEDLE_ATTEMPT)
		begin_attempt(r);
	else if (needle->kind == XDC_NEEDLE_EVENT)
		note_event(r);
	else if (needle->kind == XDC_NEEDLE_EPOCH)
		read_epoch(r, end);
	else
		read_line(r, needle, end);
}
