/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a hostile helper sends: in whatever pieces it comes, the same records are taken from it,
 * and what is wrong with it is the same. The first byte is the pieces' size.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "source/record-stream.h"

/* All that was given on, written again. */
struct taken {
	FILE *out;
	char *text;
	size_t size;
	int result;
	char error[256];
};

static void take(void *arg, const struct xdc_record *record)
{
	struct taken *taken = arg;

	if (record->size > XDC_STREAM_RECORD_MAX || record->data[record->size])
		abort();
	xdc_records_write(taken->out, record);
}

static void feed(struct taken *taken, const char *data, size_t size, size_t piece)
{
	struct xdc_record_stream *stream = xdc_record_stream_new();

	taken->out = fuzz_stream(&taken->text, &taken->size);
	if (!taken->out)
		abort();
	for (size_t at = 0; taken->result == 0 && at < size; at += piece)
		taken->result = xdc_record_stream_feed(
			stream, data + at, size - at < piece ? size - at : piece, take, taken);
	snprintf(taken->error, sizeof(taken->error), "%s", xdc_record_stream_error(stream));
	fuzz_assert_printable(taken->error, strlen(taken->error));
	if (taken->result < 0 && !*taken->error)
		abort();
	fclose(taken->out);
	xdc_record_stream_free(stream);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct taken whole = { 0 }, pieces = { 0 };

	if (size < 2)
		return 0;
	feed(&whole, (const char *)data + 1, size - 1, size - 1);
	feed(&pieces, (const char *)data + 1, size - 1, data[0] % 32 + 1UL);
	if (whole.result != pieces.result || whole.size != pieces.size ||
	    memcmp(whole.text, pieces.text, whole.size) != 0 ||
	    strcmp(whole.error, pieces.error) != 0)
		abort();
	free(whole.text);
	free(pieces.text);
	return 0;
}
