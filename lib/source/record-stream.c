/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "source/record-stream.h"

struct xdc_record_stream {
	size_t count; /* records begun */
	size_t used;  /* bytes of @bytes */
	bool begun;
	bool in_record; /* the data of @record is awaited */
	struct xdc_record record;
	char error[128];
	char line[XDC_STREAM_LINE_MAX]; /* what @record points into */
	char bytes[XDC_STREAM_RECORD_MAX + 1];
};

struct xdc_record_stream *xdc_record_stream_new(void)
{
	return xdc_zalloc(sizeof(struct xdc_record_stream));
}

void xdc_record_stream_free(struct xdc_record_stream *stream)
{
	free(stream);
}

void xdc_record_stream_freep(struct xdc_record_stream **stream)
{
	xdc_record_stream_free(*stream);
}

const char *xdc_record_stream_error(const struct xdc_record_stream *stream)
{
	return stream->error;
}

static int fail(struct xdc_record_stream *stream, const char *what)
{
	snprintf(stream->error, sizeof(stream->error), "record %zu: %s", stream->count, what);
	return -EINVAL;
}

/* The last line must count the records, as one that lost some must not pass for whole. */
static int take_end(struct xdc_record_stream *stream, const char *number)
{
	uint64_t count;

	if (xdc_number_parse(number, 10, &count) < 0 || count != stream->count)
		return fail(stream, "the last line counts other records");
	return 1;
}

static int take_line(struct xdc_record_stream *stream)
{
	const char *error;

	if (!stream->begun) {
		stream->begun = true;
		return xdc_records_begin(stream->line) ? 0 : fail(stream, "not our format");
	}
	if (xdc_text_starts_with(stream->line, "end\t"))
		return take_end(stream, stream->line + strlen("end\t"));
	if (++stream->count > XDC_STREAM_RECORDS_MAX)
		return fail(stream, "too many records");
	if (xdc_record_parse_header(stream->line, &stream->record, &error) < 0)
		return fail(stream, error);
	if (stream->record.size > XDC_STREAM_RECORD_MAX)
		return fail(stream, "too much data");
	stream->in_record = true;
	return 0;
}

static int take_record(struct xdc_record_stream *stream, xdc_emit_fn *emit, void *arg)
{
	size_t size = stream->record.size;

	if (stream->bytes[size] != '\n')
		return fail(stream, "the data does not end where its size says");
	stream->bytes[size] = '\0';
	stream->record.data = stream->bytes;
	stream->in_record = false;
	emit(arg, &stream->record);
	return 0;
}

/* Moves what is still missing of a line or of a record's data to @bytes; false: not all there. */
static bool gather(struct xdc_record_stream *stream, const char **data, size_t *size)
{
	size_t wanted = stream->in_record ? stream->record.size + 1 : XDC_STREAM_LINE_MAX;
	size_t n = wanted - stream->used;
	const char *newline = NULL;

	if (n > *size)
		n = *size;
	if (!stream->in_record)
		newline = memchr(*data, '\n', n);
	if (newline)
		n = (size_t)(newline - *data) + 1;
	memcpy(stream->bytes + stream->used, *data, n);
	stream->used += n;
	*data += n;
	*size -= n;
	return newline || stream->used == wanted;
}

int xdc_record_stream_feed(struct xdc_record_stream *stream, const char *data, size_t size,
			   xdc_emit_fn *emit, void *arg)
{
	int r = 0;

	while (r == 0 && size && gather(stream, &data, &size)) {
		if (stream->in_record) {
			r = take_record(stream, emit, arg);
		} else if (stream->bytes[stream->used - 1] != '\n') {
			r = fail(stream, "a line that does not end");
		} else {
			stream->bytes[stream->used - 1] = '\0';
			memcpy(stream->line, stream->bytes, stream->used);
			r = take_line(stream);
		}
		stream->used = 0;
	}
	return r;
}
