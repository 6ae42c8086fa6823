/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * An archive of any content. Every SHA-256 is right here, as no fuzzer finds one: what lies
 * behind is to be fuzzed too.
 */
#include <stdlib.h>
#include <string.h>

#include "bundle/bundle.h"
#include "fuzz.h"

static void sum_nothing(struct sha256_ctx *context, size_t size, const uint8_t *data)
{
	(void)context;
	(void)size;
	(void)data;
}

static void sum_is_zero(struct sha256_ctx *context, size_t size, uint8_t *digest)
{
	(void)context;
	memset(digest, 0, size);
}

static const struct xdc_archive *archive(void)
{
	static struct xdc_archive changed;
	char *error = NULL;
	const struct xdc_archive *loaded = xdc_archive_load(&error);

	if (!loaded)
		abort();
	changed = *loaded;
	changed.sha256_update = sum_nothing;
	changed.sha256_digest = sum_is_zero;
	return &changed;
}

struct input {
	const uint8_t *data;
	size_t size;
};

static ssize_t next(void *arg, const void **ret_bytes)
{
	struct input *input = arg;
	size_t size = input->size;

	*ret_bytes = input->data;
	input->size = 0;
	return (ssize_t)size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct input input = { data, size };
	char *error = NULL;

	if (xdc_bundle_read(archive(), next, &input, xdc_evidence_add, evidence, &error) < 0) {
		if (!error)
			abort();
		fuzz_assert_printable(error, strlen(error));
		free(error);
	}
	xdc_evidence_free(evidence);
	return 0;
}
