/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading logs: what of the catalogue stands in them, and what they say of the machine that
 * wrote them. Text is taken in pieces of any size; memory does not grow with it.
 */
#ifndef XDC_LOG_H
#define XDC_LOG_H

#include "catalogue/catalogue.h"
#include "catalogue/libxl-lines.h"

enum {
	XDC_LOG_MATCHES_MAX = 512, /* different ones: of an entry, a domain and an attempt */
	XDC_LOG_TEXT_MAX = 300,	   /* bytes of a line that are kept */
	XDC_LOG_ERRORS_MAX = 32,
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
	long time;	       /* xdc_log_time() */
	unsigned int kind;     /* the logs that the line can be of */
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
	size_t n_errors;
};

struct xdc_log {
	struct xdc_arena *arena;
	struct xdc_log_match *matches; /* in the order of the lines */
	size_t n_matches;
	struct xdc_log_facts facts;
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
void xdc_log_reader_feed(struct xdc_log_reader *reader, const char *data, size_t size);
void xdc_log_reader_end(struct xdc_log_reader *reader);

/* What was read so far, of the reader's. */
const struct xdc_log *xdc_log_reader_log(const struct xdc_log_reader *reader);

/* A place in it, of @arena: "line 7", or "FILE:7" where there are several files. */
const char *xdc_log_place(struct xdc_arena *arena, const struct xdc_log *log, const char *file,
			  unsigned long line);

/* Inside catalogue/, log-facts.c: the texts by which lines that state facts are found. */
size_t xdc_log_fact_count(void);
const char *xdc_log_fact_literal(size_t index);
/* Reads the line; @at is behind the literal, @line begins it. */
struct xdc_log_line {
	const char *text;
	size_t size;
	const char *file;
	unsigned long number;
};
void xdc_log_fact_read(struct xdc_arena *arena, size_t index, const struct xdc_log_line *line,
		       size_t at, struct xdc_log_facts *facts);
/* The line as it is kept: escaped and cut. */
const char *xdc_log_line_text(struct xdc_arena *arena, const char *text, size_t size);

#endif
