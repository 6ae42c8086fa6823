/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A record: one named piece of what was read, with how reading it went. Records are all that
 * leaves a source; a file of records is a recording, and a source can answer from it.
 */
#ifndef XDC_RECORD_H
#define XDC_RECORD_H

#include "base/base.h"

/* The detail of a record that is there, with names in it that are others: see bundle/redact.h. */
#define XDC_DETAIL_MASKED "names or values in it are masked"

/* How reading went. Whatever is not OK is a fact too: nothing aborts because of it. */
enum xdc_status {
	XDC_STATUS_OK,
	XDC_STATUS_ABSENT,	/* there is no such thing here */
	XDC_STATUS_DENIED,	/* there is, but not for this user, or the kernel is locked down */
	XDC_STATUS_TIMEOUT,	/* no answer before the deadline */
	XDC_STATUS_TRUNCATED,	/* more than the limit; what fits is kept */
	XDC_STATUS_IO_ERROR,	/* reading failed, or what was read is malformed */
	XDC_STATUS_REDACTED,	/* left out of a recording on purpose */
	XDC_STATUS_UNSUPPORTED, /* this kernel, source or recording cannot answer */
};

struct xdc_record {
	const char *key;    /* "file:/proc/cmdline", "device:/devices/...": unique in a run */
	const char *origin; /* where it was read, for people: a path, "bpf: dev_attr_show" */
	const char *detail; /* why the status is not OK; "" where there is nothing to add */
	const char *data;   /* @size bytes and a NUL; "" without data */
	size_t size;
	enum xdc_status status;
};

/* The word used in recordings and JSON: "ok", "io-error"... Static. */
const char *xdc_status_name(enum xdc_status status);
/* 0, or -EINVAL where no status has that name. */
int xdc_status_parse(const char *name, enum xdc_status *ret);
/* @error is a positive errno. */
enum xdc_status xdc_status_from_errno(int error);

/* Whether the data is there to be used. */
static inline bool xdc_record_readable(const struct xdc_record *record)
{
	return record &&
	       (record->status == XDC_STATUS_OK || record->status == XDC_STATUS_TRUNCATED);
}

/*
 * The recording format. A line "xen-dmacheck-records 1"; for each record one line of five
 * fields (key, status, origin, detail, size of the data in bytes), separated by tabs and
 * escaped as xdc_text_escape() does, then the data and a newline; last a line "end", a tab
 * and the number of records, so that a recording cut short is noticed.
 */
void xdc_records_write_begin(FILE *out);
void xdc_records_write(FILE *out, const struct xdc_record *record);
void xdc_records_write_end(FILE *out, size_t count);

/*
 * Reads a recording of @size bytes; @text must have a NUL behind it, is written into, and
 * must outlive the records that @emit is given.
 * Returns 0, or -EINVAL with what is wrong and where in *@ret_error (of @arena).
 */
typedef void xdc_emit_fn(void *arg, const struct xdc_record *record);
int xdc_records_parse(struct xdc_arena *arena, char *text, size_t size, xdc_emit_fn *emit,
		      void *arg, const char **ret_error);

/*
 * The parts of the format, for a reader that has not all of it yet (record-stream.h); each
 * line without its newline. Whether @line is the first line.
 */
bool xdc_records_begin(const char *line);
/*
 * Reads a record's header, writing into @line, which *@ret then points into: all but the data,
 * of which it has the size. Returns 0, or -EINVAL with what is wrong (static) in *@ret_error.
 */
int xdc_record_parse_header(char *line, struct xdc_record *ret, const char **ret_error);

/* Whether @key is @above, or a part of it: "xen:version" of "xen", which "xenstore" is not. */
bool xdc_key_is_below(const char *key, const char *above);

/*
 * Records with several facts hold lines of "name=value" and, where a value could not be
 * read, "name!status"; values are escaped as xdc_text_escape() does.
 */
void xdc_field_write(FILE *out, const char *name, const char *value);
void xdc_field_write_number(FILE *out, const char *name, uint64_t value);
void xdc_field_write_status(FILE *out, const char *name, enum xdc_status status);

/*
 * The value of @name among the fields @data, unescaped, of @arena; NULL where it is not
 * there. *@ret_status (may be NULL) tells why: ABSENT, or the status that stands there.
 */
const char *xdc_field_find(struct xdc_arena *arena, const char *data, const char *name,
			   enum xdc_status *ret_status);

#endif
