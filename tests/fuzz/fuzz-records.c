/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A recording: what is accepted is written again, and read again as the same. */
#include <stdlib.h>
#include <string.h>

#include "collect/evidence.h"
#include "fuzz.h"

static struct xdc_evidence *read_records(const char *data, size_t size)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	char *copy = xdc_arena_memdup(arena, data, size);
	const char *error = NULL;
	int r = xdc_records_parse(arena, copy, size, xdc_evidence_add, evidence, &error);

	if (r < 0) {
		if (!error)
			abort();
		fuzz_assert_printable(error, strlen(error));
		xdc_evidence_free(evidence);
		evidence = NULL;
	}
	xdc_arena_free(arena);
	return evidence;
}

static char *write_records(const struct xdc_evidence *evidence, size_t *ret_size)
{
	char *text = NULL;
	FILE *out = fuzz_stream(&text, ret_size);

	xdc_evidence_write(evidence, out);
	fclose(out);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_evidence *first = read_records((const char *)data, size), *second;
	char *once, *twice;
	size_t once_size, twice_size;

	if (!first)
		return 0;
	once = write_records(first, &once_size);
	second = read_records(once, once_size);
	if (!second)
		abort();
	twice = write_records(second, &twice_size);
	if (once_size != twice_size || memcmp(once, twice, once_size) != 0)
		abort();
	free(once);
	free(twice);
	xdc_evidence_free(first);
	xdc_evidence_free(second);
	return 0;
}
