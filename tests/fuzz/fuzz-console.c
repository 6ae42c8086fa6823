/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The hypervisor's console, or a log of it: whatever it holds, what is told of it is safe. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/console.h"

static void assert_safe(const char *text)
{
	if (text)
		fuzz_assert_printable(text, strlen(text));
}

static void parse(struct xdc_arena *arena, const char *text)
{
	struct xdc_console *console =
		xdc_console_parse(arena, xdc_arena_strdup(arena, text), "xen:console");

	for (size_t i = 0; i < console->n_faults; i++) {
		const struct xdc_xen_fault *fault = &console->faults[i];

		if (!fault->count || !fault->iommu || !fault->reason || !fault->since)
			abort();
		assert_safe(fault->iommu);
		assert_safe(fault->device);
		assert_safe(fault->since);
		assert_safe(xdc_xen_fault_text(arena, console, fault));
	}
	xdc_console_clear(console);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	const char *text = xdc_arena_memdup(arena, data, strnlen((const char *)data, size));
	const char *last = xdc_console_last_boot(arena, text, "4.17.5");

	parse(arena, text);
	if (last)
		parse(arena, last);
	xdc_arena_free(arena);
	return 0;
}
