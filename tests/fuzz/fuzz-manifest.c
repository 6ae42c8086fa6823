/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The JSON of a bundle that anybody made: refused with one line, or within bounds. */
#include <stdlib.h>
#include <string.h>

#include "bundle/bundle.h"
#include "fuzz.h"

static void check(const struct xdc_manifest *manifest)
{
	size_t total = 0;

	if (manifest->count > XDC_BUNDLE_RECORDS_MAX)
		abort();
	for (size_t i = 0; i < manifest->count; i++) {
		const struct xdc_manifest_entry *entry = &manifest->entries[i];

		/* Nothing of it may lead out of the bundle. */
		fuzz_assert_printable(entry->name, strlen(entry->name));
		if (*entry->name == '/' || strstr(entry->name, ".."))
			abort();
		total +=
			strlen(entry->sha256) + (entry->record.key ? strlen(entry->record.key) : 0);
	}
	if (manifest->count && !total && *manifest->entries[0].name)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_manifest manifest;
	const char *error = NULL;

	if (xdc_manifest_parse(arena, (const char *)data, size, &manifest, &error) == 0) {
		check(&manifest);
	} else {
		if (!error)
			abort();
		fuzz_assert_printable(error, strlen(error));
	}
	xdc_arena_free(arena);
	return 0;
}
