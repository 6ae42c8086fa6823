/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Text goes into a buffer; when that is full its whole lines are cleaned, scanned for the
 * literals of all patterns in one pass, and only lines that hold one are matched. Lines that a
 * terminal or a mail program may have broken are joined aside and looked at once more.
 */
#include <stdlib.h>
#include <string.h>

#include "catalogue/log-join.h"
#include "catalogue/log-text.h"
#include "catalogue/log.h"
#include "catalogue/scan.h"

enum {
	BUFFER = 512 << 10,
	OVERLAP = 2048, /* of the pieces of a line that is longer than the buffer */
	HELD_LINES = 5, /* at the end of a piece: the next may continue them */
	ATTEMPTS_MAX = 4096,
};

/* What a literal leads to: a pattern of an entry, or a fact. */
struct needle {
	const struct xdc_entry *entry; /* NULL: a fact */
	struct xdc_pattern *pattern;
	size_t fact;
	const void *tried; /* the piece of line where it was tried last */
};

struct xdc_log_reader {
	const struct xdc_catalogue *catalogue;
	struct xdc_log log;
	struct needle *needles;
	const char **literals;
	size_t n_needles;
	size_t attempt_needle; /* "Parsing config from": xl create begins */
	struct xdc_scanner *scanner;
	const char *file;
	unsigned int file_index;
	char *buffer;
	size_t used;
	unsigned long line;		      /* of the first byte of the buffer */
	unsigned long attempts[ATTEMPTS_MAX]; /* the lines where they begin, in this file */
	size_t n_attempts;
	unsigned long earlier_attempts; /* of the files before */
	/* Of the piece being scanned: */
	const char *text;
	size_t size;
	size_t line_start;
	size_t line_size;
	unsigned long line_number;
	const size_t *joints; /* where lines were joined; NULL: the text is the log's own */
	size_t n_joints;
};

static const char ATTEMPT[] = "Parsing config ";

static void add_needle(struct xdc_log_reader *r, const char *literal, const struct needle *needle)
{
	xdc_array_reserve((void **)&r->needles, r->n_needles, sizeof(*r->needles));
	xdc_array_reserve((void **)&r->literals, r->n_needles, sizeof(*r->literals));
	r->needles[r->n_needles] = *needle;
	r->literals[r->n_needles++] = literal;
}

struct xdc_log_reader *xdc_log_reader_new(const struct xdc_catalogue *catalogue)
{
	struct xdc_log_reader *r = xdc_zalloc(sizeof(*r));

	r->catalogue = catalogue;
	r->log.arena = xdc_arena_new();
	r->buffer = xdc_zalloc(BUFFER);
	for (size_t i = 0; i < catalogue->count; i++)
		for (size_t n = 0; n < catalogue->entries[i]->n_patterns; n++)
			add_needle(
				r, catalogue->entries[i]->patterns[n]->literal,
				&(struct needle){ .entry = catalogue->entries[i],
						  .pattern = catalogue->entries[i]->patterns[n] });
	for (size_t i = 0; i < xdc_log_fact_count(); i++)
		add_needle(r, xdc_log_fact_literal(i), &(struct needle){ .fact = i });
	r->attempt_needle = r->n_needles;
	add_needle(r, ATTEMPT, &(struct needle){ 0 });
	r->scanner = xdc_scanner_new(r->literals, r->n_needles);
	return r;
}

void xdc_log_reader_free(struct xdc_log_reader *r)
{
	if (!r)
		return;
	xdc_scanner_free(r->scanner);
	xdc_arena_free(r->log.arena);
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

/* How many attempts had begun at that line, of all files. */
static unsigned long attempt_of(const struct xdc_log_reader *r, unsigned long line)
{
	size_t count = r->n_attempts;

	while (count && r->attempts[count - 1] > line)
		count--;
	return count ? r->earlier_attempts + count : 0;
}

static struct xdc_log_match *find_match(struct xdc_log_reader *r, const struct xdc_entry *entry,
					long domid, unsigned long attempt)
{
	for (size_t i = r->log.n_matches; i-- > 0;) {
		struct xdc_log_match *m = &r->log.matches[i];

		if (m->entry == entry && m->attempt == attempt &&
		    (m->domid == domid || m->domid < 0 || domid < 0))
			return m;
	}
	return NULL;
}

static long domid_of(const struct xdc_captures *captures, const char *line, size_t size)
{
	const char *captured = xdc_capture_find(captures, "domid");
	uint64_t domid;

	if (captured && xdc_number_parse(captured, 10, &domid) == 0 && domid < 65536)
		return (long)domid;
	return xdc_log_domid(line, size);
}

static void keep_match(struct xdc_log_reader *r, const struct xdc_entry *entry,
		       const struct xdc_captures *captures, unsigned int kind)
{
	const char *line = r->text + r->line_start;
	size_t size = r->line_size < XDC_LINE_MAX ? r->line_size : XDC_LINE_MAX;
	long domid = domid_of(captures, line, size);
	unsigned long attempt = attempt_of(r, r->line_number);
	struct xdc_log_match *m = find_match(r, entry, domid, attempt);

	if (m) {
		/* The joined form of the line says more. */
		if (m->line == r->line_number && r->joints && m->file == r->file) {
			m->captures = *captures;
			m->text = xdc_log_line_text(r->log.arena, line, size);
		} else if (m->last_line != r->line_number) {
			m->count++;
			m->last_line = r->line_number;
		}
		if (m->domid < 0)
			m->domid = domid;
		return;
	}
	if (r->log.n_matches == XDC_LOG_MATCHES_MAX) {
		r->log.n_left_out++;
		return;
	}
	xdc_array_reserve((void **)&r->log.matches, r->log.n_matches, sizeof(*r->log.matches));
	r->log.matches[r->log.n_matches++] = (struct xdc_log_match){
		.entry = entry,
		.file = r->file,
		.file_index = r->file_index,
		.text = xdc_log_line_text(r->log.arena, line, size),
		.line = r->line_number,
		.last_line = r->line_number,
		.count = 1,
		.attempt = attempt,
		.domid = domid,
		.time = xdc_log_time(line, size),
		.kind = kind,
		.captures = *captures,
	};
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

/*
 * Tries the pattern on the line, once; of a line that is too long on the part around @at, once
 * for each half of such a part.
 */
static void try_pattern(struct xdc_log_reader *r, struct needle *needle, size_t at)
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
	if (!(kind & needle->entry->where))
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
	if (r->joints || r->n_attempts == ATTEMPTS_MAX)
		return;
	if (!r->n_attempts || r->attempts[r->n_attempts - 1] != r->line_number)
		r->attempts[r->n_attempts++] = r->line_number;
}

static void found(void *arg, size_t literal, size_t end)
{
	struct xdc_log_reader *r = arg;
	struct needle *needle = &r->needles[literal];
	struct xdc_log_line line;

	find_line(r, end);
	if (literal == r->attempt_needle) {
		begin_attempt(r);
	} else if (needle->entry) {
		try_pattern(r, needle, end - strlen(r->literals[literal]));
	} else if (!r->joints) {
		line = (struct xdc_log_line){ r->text + r->line_start, r->line_size, r->file,
					      r->line_number };
		if (line.size > XDC_LINE_MAX)
			return;
		xdc_log_fact_read(r->log.arena, needle->fact, &line, end - r->line_start,
				  &r->log.facts);
	}
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
	xdc_scanner_run(r->scanner, text, size, found, r);
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

/*
 * Lines, cleaned: as they are, then those that may belong together. Returns how many bytes
 * are done with: where more follows, not the last few lines. @number: of the first line.
 */
static void scan_lines(struct xdc_log_reader *r, char *text, size_t size, unsigned long number)
{
	size_t before = 0;
	bool begun = false;

	scan(r, text, size, number);
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
	r->file_index = ++r->log.n_files;
	r->line = 1;
	r->used = 0;
	r->earlier_attempts += r->n_attempts;
	r->n_attempts = 0;
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
	r->log.n_lines += r->line - 1 + lines;
	r->used = 0;
}
