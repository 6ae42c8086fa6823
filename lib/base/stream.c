/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A stream into memory that is whole or does not return. open_memstream(3) tells of memory that
 * ran out only who asks after each write and at the end, and what it has by then reads like all.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { FIRST_ROOM = 128 };

struct stream {
	char **text;
	size_t *size;
	size_t room;
};

/* For @more bytes, and a NUL behind them. */
static void make_room(struct stream *stream, size_t more)
{
	size_t needed = *stream->size + more + 1, room = stream->room * 2;
	char *text;

	if (needed <= stream->room)
		return;
	if (room < needed)
		room = needed;
	text = realloc(*stream->text, room);
	if (!text)
		xdc_out_of_memory();
	*stream->text = text;
	stream->room = room;
}

static ssize_t keep(void *cookie, const char *data, size_t size)
{
	struct stream *stream = cookie;

	make_room(stream, size);
	memcpy(*stream->text + *stream->size, data, size);
	*stream->size += size;
	(*stream->text)[*stream->size] = '\0';
	return (ssize_t)size;
}

/* What ftell() asks. Text is only added. */
static int tell(void *cookie, off64_t *offset, int whence)
{
	const struct stream *stream = cookie;

	if (whence != SEEK_CUR || *offset != 0) {
		errno = ESPIPE;
		return -1;
	}
	*offset = (off64_t)*stream->size;
	return 0;
}

static int finish(void *cookie)
{
	free(cookie);
	return 0;
}

FILE *xdc_open_text(char **ret_text, size_t *ret_size)
{
	static const cookie_io_functions_t functions = { .write = keep,
							 .seek = tell,
							 .close = finish };
	struct stream *stream = xdc_zalloc(sizeof(*stream));
	FILE *file = fopencookie(stream, "w", functions);

	if (!file)
		xdc_out_of_memory();
	*ret_text = xdc_zalloc(FIRST_ROOM);
	*ret_size = 0;
	*stream = (struct stream){ ret_text, ret_size, FIRST_ROOM };
	return file;
}
