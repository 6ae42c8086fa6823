/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Inside catalogue/: a reader of logs, shared by log.c (pieces and lines) and log-found.c. */
#ifndef XDC_LOG_READER_H
#define XDC_LOG_READER_H

#include "catalogue/log.h"
#include "catalogue/scan.h"

enum {
	XDC_ATTEMPTS_MAX = 4096,
	XDC_EVENTS_MAX = 4096, /* in a piece: what would be more is no log */
};

enum xdc_needle_kind {
	XDC_NEEDLE_PATTERN,
	XDC_NEEDLE_FACT,    /* of the machine: log-facts.c */
	XDC_NEEDLE_RANGE,   /* of its memory: model/address-lines.c */
	XDC_NEEDLE_ATTEMPT, /* xl create begins */
	XDC_NEEDLE_EVENT,   /* of an SMMUv3: its words follow, a line for each */
	XDC_NEEDLE_RING,    /* a line of the hypervisor's with a date */
	XDC_NEEDLE_EPOCH,   /* a journal's export says when the record was written */
};

/* What a literal leads to. */
struct xdc_needle {
	enum xdc_needle_kind kind;
	size_t index; /* of the fact or range */
	const struct xdc_entry *entry;
	struct xdc_pattern *pattern;
	const void *tried; /* the piece of line where it was tried last */
};

struct xdc_log_reader {
	const struct xdc_catalogue *catalogue;
	struct xdc_log log;
	struct xdc_needle *needles;
	const char **literals;
	size_t n_needles;
	struct xdc_scanner *scanner;
	const char *file;
	bool only_moments; /* of it counts what is of the moment of an error before */
	bool is_counted;   /* it is one of the log's files */
	char *buffer;
	size_t used;
	unsigned long line;			  /* of the first byte of the buffer */
	unsigned long attempts[XDC_ATTEMPTS_MAX]; /* the lines where they begin, in this file */
	size_t n_attempts;
	unsigned long earlier_attempts; /* of the files before */
	struct xdc_log_ring *ring;
	struct xdc_log_time exported; /* of the journal's record at hand */
	/* Of the piece being scanned: */
	const char *text;
	size_t size;
	size_t line_start;
	size_t line_size;
	unsigned long line_number;
	const size_t *joints; /* where lines were joined; NULL: the text is the log's own */
	size_t n_joints;
	size_t events[XDC_EVENTS_MAX]; /* where they begin */
	unsigned long event_lines[XDC_EVENTS_MAX];
	size_t n_events;
	bool at_events; /* they are being read: else their first lines wait for the rest */
};

/* log-found.c: called by the scanner, @arg is the reader: a literal ends at @end of its text. */
void xdc_log_found(void *arg, size_t literal, size_t end);

#endif
