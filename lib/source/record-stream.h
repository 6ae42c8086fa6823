/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A recording (record.h) that arrives piece by piece from somebody who may write anything:
 * each record is given on as soon as it is whole, and what is kept has bounds.
 */
#ifndef XDC_RECORD_STREAM_H
#define XDC_RECORD_STREAM_H

#include "source/record.h"

enum {
	XDC_STREAM_LINE_MAX = 16 << 10,	 /* a record's header */
	XDC_STREAM_RECORD_MAX = 2 << 20, /* a record's data */
	XDC_STREAM_RECORDS_MAX = 64,
};

struct xdc_record_stream;

struct xdc_record_stream *xdc_record_stream_new(void);
void xdc_record_stream_free(struct xdc_record_stream *stream);
void xdc_record_stream_freep(struct xdc_record_stream **stream);
#define xdc_autostream __attribute__((cleanup(xdc_record_stream_freep)))

/*
 * Takes the next @size bytes; calls @emit for each record that they complete, which is valid
 * only during the call. Returns 1 once the last line has come (what follows it is not looked
 * at), 0 while more is needed, -EINVAL for what is no recording or is more than the bounds
 * above allow: xdc_record_stream_error() then says what, and nothing more may be fed.
 */
int xdc_record_stream_feed(struct xdc_record_stream *stream, const char *data, size_t size,
			   xdc_emit_fn *emit, void *arg);

/* What is wrong and where; lives as long as the stream. */
const char *xdc_record_stream_error(const struct xdc_record_stream *stream);

#endif
