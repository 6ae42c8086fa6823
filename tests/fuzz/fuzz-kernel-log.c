/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/kernel-log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_kernel_log *log = xdc_kernel_log_parse(
		arena, xdc_arena_memdup(arena, data, strnlen((const char *)data, size)));

	for (size_t i = 0; i < log->n_failures; i++) {
		fuzz_assert_printable(log->failures[i].device, strlen(log->failures[i].device));
		fuzz_assert_printable(log->failures[i].text, strlen(log->failures[i].text));
	}
	for (size_t i = 0; i < log->n_events; i++)
		fuzz_assert_printable(log->events[i].iommu, strlen(log->events[i].iommu));
	free(log->failures);
	free(log->events);
	xdc_arena_free(arena);
	return 0;
}
