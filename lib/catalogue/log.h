/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading logs: what of the catalogue stands in them, and what they say of the machine that
 * wrote them. Text is taken in pieces of any size; memory does not grow with it.
 */
#ifndef XDC_LOG_H
#define XDC_LOG_H

#include "catalogue/catalogue.h"
#include "catalogue/libxl-lines.h"
#include "catalogue/log-time.h"
#include "model/address-map.h"

enum {
	XDC_LOG_MATCHES_MAX = 512, /* different ones: of an entry, a domain, device and attempt */
	XDC_LOG_DEVICES_MAX = 16,  /* of one entry, domain and attempt */
	XDC_LOG_TEXT_MAX = 300,	   /* bytes of a line that are kept */
	XDC_LOG_ERRORS_MAX = 32,
	XDC_LOG_NEAR_MAX = 64, /* lines of the ring of the moment of an error */
};

struct xdc_log_match {
	const struct xdc_entry *entry;
	const char *file;
	unsigned int file_index; /* the how manieth */
	const char *text;	 /* the line, safe to print, cut where it is long */
	unsigned long line;
	unsigned long last_line; /* of the last one like it */
	unsigned long count;
	unsigned long attempt; /* which run of xl create wrote it; 0: before any */
	long domid;	       /* -1: it names none */
	const char *device;    /* that the line names, safe to print; NULL: none */
	struct xdc_log_time time;
	unsigned int kind; /* the logs that the line can be of */
	struct xdc_captures captures;
};

/* A fact as a line of the log states it. */
struct xdc_log_fact {
	enum xdc_tri value;
	const char *text; /* the line, safe to print; NULL: no line states it */
	const char *file;
	unsigned long line;
};

/* What the logs say of the machine. The first line that states a thing counts. */
struct xdc_log_facts {
	struct xdc_log_fact on_xen;
	struct xdc_log_fact xen_iommu;
	struct xdc_log_fact direct_mapped;
	struct xdc_log_fact root;
	struct xdc_log_fact lockdown;
	struct xdc_log_fact xl_began; /* xl create has read a configuration */
	struct xdc_log_fact kernel;   /* value: a version was found */
	struct xdc_log_fact xen;
	unsigned int kernel_version[2]; /* major, minor */
	unsigned int xen_version[2];
	struct xdc_libxl_releases libxl; /* that can have written the lines of libxl */
	struct xdc_log_fact errors[XDC_LOG_ERRORS_MAX]; /* the first ones that libxl reports */
	struct xdc_log_time error_times[XDC_LOG_ERRORS_MAX];
	size_t n_errors;
};

/* A line of the hypervisor's ring, with a date, of the moment of an error of libxl's. */
struct xdc_log_near {
	const char *text; /* safe to print */
	const char *file;
	unsigned long line;
	struct xdc_log_time time;
};

struct xdc_log {
	struct xdc_arena *arena;
	struct xdc_log_match *matches; /* in the order of the lines */
	size_t n_matches;
	struct xdc_log_facts facts;
	struct xdc_address_map addresses; /* as lines state what lies where */
	struct xdc_log_near near[XDC_LOG_NEAR_MAX];
	size_t n_near;
	unsigned int n_files;
	unsigned long n_lines;	  /* of all files */
	unsigned long n_left_out; /* matches beyond XDC_LOG_MATCHES_MAX */
};

struct xdc_log_reader;

/* The caller's; @catalogue must outlive it and its log. */
struct xdc_log_reader *xdc_log_reader_new(const struct xdc_catalogue *catalogue);
void xdc_log_reader_free(struct xdc_log_reader *reader);

/* A file follows: lines are counted from 1 again. @name must outlive the reader. */
void xdc_log_reader_begin(struct xdc_log_reader *reader, const char *name);
/*
 * The same of the hypervisor's ring on the machine that the files before are of: of it counts
 * only what is of the moment of an error in them. It must be the last.
 */
void xdc_log_reader_begin_ring(struct xdc_log_reader *reader, const char *name);
void xdc_log_reader_feed(struct xdc_log_reader *reader, const char *data, size_t size);
void xdc_log_reader_end(struct xdc_log_reader *reader);

/* What was read so far, of the reader's. */
const struct xdc_log *xdc_log_reader_log(const struct xdc_log_reader *reader);

/* A place in it, of @arena: "line 7", or "FILE:7" where there are several files. */
const char *xdc_log_place(struct xdc_arena *arena, const struct xdc_log *log, const char *file,
			  unsigned long line);

/* Whether any error of libxl's is of that moment. */
bool xdc_log_has_error_at(const struct xdc_log *log, const struct xdc_log_time *time);
/* Whether two times are of one moment, as far as they can be compared. */
bool xdc_log_same_moment(const struct xdc_log_time *a, const struct xdc_log_time *b);

/* Inside catalogue/, log-matches.c: a line in which an entry's pattern was found. */
struct xdc_log_found {
	const struct xdc_entry *entry;
	const struct xdc_captures *captures;
	const char *line;
	size_t size;
	unsigned int kind;
	const char *file;
	unsigned long number;
	unsigned long attempt;
	bool joined; /* of several lines of the log, @number is the first's */
	struct xdc_log_time time;
};
void xdc_log_keep(struct xdc_log *log, const struct xdc_log_found *found);

/* log-near.c: the ring's latest lines, until it is known which are of the moment of an error. */
struct xdc_log_ring;
struct xdc_log_ring *xdc_log_ring_new(void);
void xdc_log_ring_free(struct xdc_log_ring *ring);
struct xdc_log_line;
void xdc_log_ring_take(struct xdc_log_ring *ring, const struct xdc_log_line *line,
		       struct xdc_log *log);
/* An error that came later: @log's last one. */
void xdc_log_ring_look_back(struct xdc_log_ring *ring, struct xdc_log *log);

/* Inside catalogue/, log-facts.c: the texts by which lines that state facts are found. */
size_t xdc_log_fact_count(void);
const char *xdc_log_fact_literal(size_t index);
/* Reads the line; @at is behind the literal, @line begins it. */
struct xdc_log_line {
	const char *text;
	size_t size;
	const char *file;
	unsigned long number;
	struct xdc_log_time time; /* where the log has it elsewhere than in the line */
};
void xdc_log_fact_read(struct xdc_arena *arena, size_t index, const struct xdc_log_line *line,
		       size_t at, struct xdc_log_facts *facts);
/* The line as it is kept: escaped and cut. */
const char *xdc_log_line_text(struct xdc_arena *arena, const char *text, size_t size);

#endif
