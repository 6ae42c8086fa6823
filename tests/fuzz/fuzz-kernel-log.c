/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/kernel-log.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_kernel_log *log = xdc_kernel_log_parse(
		arena, xdc_arena_memdup(arena, data, strnlen((const char *)data, size)), "kmsg");

	for (size_t i = 0; i < log->n_failures; i++) {
		fuzz_assert_printable(log->failures[i].device, strlen(log->failures[i].device));
		fuzz_assert_printable(log->failures[i].text, strlen(log->failures[i].text));
	}
	for (size_t i = 0; i < log->n_events; i++)
		fuzz_assert_printable(log->events[i].iommu, strlen(log->events[i].iommu));
	for (size_t i = 0; i < log->n_mask_warnings; i++) {
		const struct xdc_mask_warning *warning = &log->mask_warnings[i];

		fuzz_assert_printable(warning->text, strlen(warning->text));
		if (warning->device)
			fuzz_assert_printable(warning->device, strlen(warning->device));
		if (warning->caller)
			fuzz_assert_printable(warning->caller, strlen(warning->caller));
	}
	xdc_kernel_log_clear(log);
	xdc_arena_free(arena);
	return 0;
}
