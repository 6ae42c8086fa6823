/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text goes into a buffer; when that is full its whole lines are cleaned, scanned for the
 * literals of all patterns in one pass, and only lines that hold one are matched. Lines that a
 * terminal or a mail program may have broken are joined aside and looked at once more.
 */
#include <stdlib.h>
#include <string.h>

#include "catalogue/log-join.h"
#include "catalogue/log-reader.h"
#include "catalogue/log-text.h"

enum {
	BUFFER = 512 << 10,
	OVERLAP = 2048, /* of the pieces of a line that is longer than the buffer */
	HELD_LINES = XDC_EVENT_LINES + 1, /* at the end of a piece: the next may continue them */
};

static void add_needle(struct xdc_log_reader *r, const char *literal,
		       const struct xdc_needle *needle)
{
	xdc_array_reserve((void **)&r->needles, r->n_needles, sizeof(*r->needles));
	xdc_array_reserve((void **)&r->literals, r->n_needles, sizeof(*r->literals));
	r->needles[r->n_needles] = *needle;
	r->literals[r->n_needles++] = literal;
}

static void add_patterns(struct xdc_log_reader *r, const struct xdc_catalogue *catalogue)
{
	for (size_t i = 0; i < catalogue->count; i++) {
		const struct xdc_entry *entry = catalogue->entries[i];

		for (size_t n = 0; n < entry->n_patterns; n++)
			add_needle(r, entry->patterns[n]->literal,
				   &(struct xdc_needle){ .kind = XDC_NEEDLE_PATTERN,
							 .entry = entry,
							 .pattern = entry->patterns[n] });
	}
}

struct xdc_log_reader *xdc_log_reader_new(const struct xdc_catalogue *catalogue)
{
	static const struct {
		const char *literal;
		enum xdc_needle_kind kind;
	} others[] = {
		{ "Parsing config ", XDC_NEEDLE_ATTEMPT },
		{ ": event 0x", XDC_NEEDLE_EVENT },
		{ "(XEN) [20", XDC_NEEDLE_RING },
		{ "__REALTIME_TIMESTAMP=", XDC_NEEDLE_EPOCH },
	};
	struct xdc_log_reader *r = xdc_zalloc(sizeof(*r));

	r->catalogue = catalogue;
	r->log.arena = xdc_arena_new();
	r->buffer = xdc_zalloc(BUFFER);
	r->ring = xdc_log_ring_new();
	r->exported = (struct xdc_log_time){ .wall = -1, .boot = -1 };
	add_patterns(r, catalogue);
	for (size_t i = 0; i < xdc_log_fact_count(); i++)
		add_needle(r, xdc_log_fact_literal(i),
			   &(struct xdc_needle){ .kind = XDC_NEEDLE_FACT, .index = i });
	for (size_t i = 0; i < xdc_address_line_count(); i++)
		add_needle(r, xdc_address_line_literal(i),
			   &(struct xdc_needle){ .kind = XDC_NEEDLE_RANGE, .index = i });
	for (size_t i = 0; i < XDC_ARRAY_SIZE(others); i++)
		add_needle(r, others[i].literal, &(struct xdc_needle){ .kind = others[i].kind });
	r->scanner = xdc_scanner_new(r->literals, r->n_needles);
	return r;
}

void xdc_log_reader_free(struct xdc_log_reader *r)
{
	if (!r)
		return;
	xdc_scanner_free(r->scanner);
	xdc_arena_free(r->log.arena);
	xdc_log_ring_free(r->ring);
	xdc_address_map_clear(&r->log.addresses);
	free(r->log.matches);
	free(r->needles);
	free(r->literals);
	free(r->buffer);
	free(r);
}

const struct xdc_log *xdc_log_reader_log(const struct xdc_log_reader *r)
{
	return &r->log;
}

const char *xdc_log_place(struct xdc_arena *arena, const struct xdc_log *log, const char *file,
			  unsigned long line)
{
	if (log->n_files <= 1)
		return xdc_arena_printf(arena, "line %lu", line);
	return xdc_arena_printf(arena, "%s:%lu", xdc_text_escaped(arena, file, strlen(file)), line);
}

static void scan(struct xdc_log_reader *r, const char *text, size_t size, unsigned long number)
{
	const char *newline = memchr(text, '\n', size);

	r->text = text;
	r->size = size;
	r->line_start = 0;
	r->line_size = newline ? (size_t)(newline - text) : size;
	r->line_number = number;
	for (size_t i = 0; i < r->n_needles; i++)
		r->needles[i].tried = NULL;
	xdc_scanner_run(r->scanner, text, size, xdc_log_found, r);
}

/* Scans what a terminal or a mail program broke, joined with nothing and with a blank. */
static void scan_joined(struct xdc_log_reader *r, const char *text, size_t size,
			unsigned long number)
{
	for (unsigned int blank = 0; blank < 2; blank++) {
		struct xdc_log_joined joined;

		if (!xdc_log_join(text, size, blank, &joined))
			return;
		r->joints = joined.joints;
		r->n_joints = joined.n_joints;
		scan(r, joined.text, joined.size, number);
		r->joints = NULL;
	}
}

/* Events of an SMMUv3, with the words that stand in lines behind, where they are there. */
static void scan_events(struct xdc_log_reader *r, const char *text, size_t size)
{
	size_t count = r->n_events;

	r->at_events = true;
	for (size_t i = 0; i < count; i++) {
		struct xdc_log_joined joined;
		size_t at = r->events[i];
		const char *newline = memchr(text + at, '\n', size - at);

		if (xdc_log_join_event(text + at, size - at, &joined)) {
			r->joints = joined.joints;
			r->n_joints = joined.n_joints;
			scan(r, joined.text, joined.size, r->event_lines[i]);
			r->joints = NULL;
		} else {
			scan(r, text + at, newline ? (size_t)(newline - text) - at : size - at,
			     r->event_lines[i]);
		}
	}
	r->at_events = false;
	r->n_events = 0;
}

/*
 * Lines, cleaned: as they are, then those that may belong together. Returns how many bytes
 * are done with: where more follows, not the last few lines. @number: of the first line.
 */
static void scan_lines(struct xdc_log_reader *r, char *text, size_t size, unsigned long number)
{
	size_t before = 0;
	bool begun = false;

	scan(r, text, size, number);
	scan_events(r, text, size);
	for (size_t at = 0; at < size; number++) {
		const char *newline = memchr(text + at, '\n', size - at);
		size_t length = newline ? (size_t)(newline - text) - at : size - at;
		bool begins = xdc_log_begins_message(text + at, length);

		if (begun && !begins)
			scan_joined(r, text + before, size - before, number - 1);
		begun = begins;
		before = at;
		at += length + 1;
	}
}

static unsigned long count_lines(const char *text, size_t size)
{
	unsigned long count = 0;

	for (size_t i = 0; i < size; i++)
		count += text[i] == '\n';
	return count;
}

/* How much of the buffer is scanned now: whole lines, but for the last few; else all of it. */
static size_t whole_lines(const struct xdc_log_reader *r)
{
	const char *end = r->buffer + r->used;

	for (unsigned int i = 0; i <= HELD_LINES && end; i++)
		end = memrchr(r->buffer, '\n', (size_t)(end - r->buffer));
	return end ? (size_t)(end - r->buffer) + 1 : 0;
}

/* Of a line longer than the buffer its end is kept: what is over the edge is seen then. */
static void flush(struct xdc_log_reader *r)
{
	size_t done = whole_lines(r), size = done ? done : r->used;
	size_t kept = done ? done : r->used - OVERLAP;
	xdc_autofree char *rest = xdc_zalloc(r->used - kept + 1);
	size_t n_rest = r->used - kept;
	unsigned long lines = count_lines(r->buffer, kept);

	memcpy(rest, r->buffer + kept, n_rest);
	scan_lines(r, r->buffer, xdc_log_clean(r->buffer, size), r->line);
	r->line += lines;
	memcpy(r->buffer, rest, n_rest);
	r->used = n_rest;
}

void xdc_log_reader_begin(struct xdc_log_reader *r, const char *name)
{
	r->file = name;
	r->only_moments = false;
	r->is_counted = true;
	r->log.n_files++;
	r->line = 1;
	r->used = 0;
	r->earlier_attempts += r->n_attempts;
	r->n_attempts = 0;
}

void xdc_log_reader_begin_ring(struct xdc_log_reader *r, const char *name)
{
	xdc_log_reader_begin(r, name);
	r->only_moments = true;
	/* Not before something of it is told: places are named differently then. */
	r->is_counted = false;
	r->log.n_files--;
}

void xdc_log_reader_feed(struct xdc_log_reader *r, const char *data, size_t size)
{
	while (size) {
		size_t room = BUFFER - r->used, part = size < room ? size : room;

		memcpy(r->buffer + r->used, data, part);
		r->used += part;
		data += part;
		size -= part;
		if (r->used == BUFFER)
			flush(r);
	}
}

void xdc_log_reader_end(struct xdc_log_reader *r)
{
	unsigned long lines = count_lines(r->buffer, r->used);

	if (r->used && r->buffer[r->used - 1] != '\n')
		lines++;
	scan_lines(r, r->buffer, xdc_log_clean(r->buffer, r->used), r->line);
	if (!r->only_moments)
		r->log.n_lines += r->line - 1 + lines;
	r->used = 0;
}
