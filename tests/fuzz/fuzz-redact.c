/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Evidence of any content, with names and secrets planted among it: masking it ends, what comes
 * out is a recording again and its device trees are such, and none of what was planted is left.
 */
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fdt.h"
#include "bundle/redact.h"
#include "fuzz.h"

/* Longer than what is found by chance, and unlike what tells by its form that it is a secret. */
static const char *const planted[] = { "quintessenz", "habergeiss", "wolpertinger" };

static const struct xdc_record records[] = {
	{ "uname", "", "", "nodename=quintessenz\n", 21, XDC_STATUS_OK },
	{ "xenstore:/local/domain", "", "", "1/name=habergeiss\n", 18, XDC_STATUS_OK },
	{ "xenstore:/local/domain/0/backend", "", "", "vbd/1/1/password=wolpertinger\n", 30,
	  XDC_STATUS_OK },
	{ "file:/sys/kernel/debug/devices_deferred", "quintessenz", "habergeiss",
	  "wolpertinger habergeiss 7175696e74657373656e7a", 46, XDC_STATUS_OK },
};

static bool has(const char *data, size_t size)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(planted); i++) {
		size_t length = strlen(planted[i]);

		for (size_t at = 0; at + length <= size; at++)
			if (strncasecmp(data + at, planted[i], length) == 0)
				return true;
	}
	return false;
}

static void check(const struct xdc_evidence *masked)
{
	for (size_t i = 0; i < xdc_evidence_count(masked); i++) {
		const struct xdc_record *record = xdc_evidence_at(masked, i);
		xdc_autofree char *blob = NULL;

		if (has(record->key, strlen(record->key)) || has(record->data, record->size) ||
		    has(record->origin, strlen(record->origin)) ||
		    has(record->detail, strlen(record->detail)))
			abort();
		if (strcmp(record->key, "devicetree") != 0 || !record->size)
			continue;
		blob = xdc_zalloc(record->size);
		memcpy(blob, record->data, record->size);
		if (xdc_fdt_check(blob, record->size) < 0)
			abort();
	}
}

/* What is written can be read again. */
static void check_written(const struct xdc_evidence *masked)
{
	struct xdc_evidence *again = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	const char *error;
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	xdc_evidence_write(masked, out);
	fclose(out);
	if (xdc_records_parse(arena, text, size, xdc_evidence_add, again, &error) < 0 ||
	    xdc_evidence_count(again) != xdc_evidence_count(masked))
		abort();
	xdc_evidence_free(again);
	xdc_arena_free(arena);
	free(text);
}

static void mask(const struct xdc_evidence *evidence, bool guest_console)
{
	const struct xdc_redact_options options = { true, guest_console };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	struct xdc_evidence *masked = xdc_redact(evidence, &options, &redaction);
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	check(masked);
	check_written(masked);
	xdc_redaction_write_map(redaction, out);
	xdc_redaction_describe(redaction, out);
	fclose(out);
	free(text);
	xdc_evidence_free(masked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_arena *arena = xdc_arena_new();
	char *copy = xdc_arena_memdup(arena, data, size);
	const char *error;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(records); i++)
		xdc_evidence_add(evidence, &records[i]);
	/* Input that has them as a driver's name, or so, is another case. */
	if (!has((const char *)data, size) &&
	    xdc_records_parse(arena, copy, size, xdc_evidence_add, evidence, &error) == 0)
		mask(evidence, size & 1);
	xdc_evidence_free(evidence);
	xdc_arena_free(arena);
	return 0;
}
