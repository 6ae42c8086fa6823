/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What journalctl writes, or what stands in its place: each entry becomes one record of
 * /dev/kmsg, in ASCII, and the kernel log's parser takes it.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "model/kernel-log.h"
#include "source/journal.h"

/* "PRIORITY,SEQUENCE,TIME,-;MESSAGE", and lines that begin with a blank. */
static void check_record(const char *text, size_t size, const struct xdc_journal_entry *entry)
{
	unsigned int lines = 1U + !!*entry->subsystem + !!*entry->device;

	fuzz_assert_printable(text, size);
	for (size_t i = 0; i < size; i++) {
		if ((unsigned char)text[i] >= 0x7f)
			abort();
		if (text[i] != '\n')
			continue;
		lines--;
		if (i + 1 < size && text[i + 1] != ' ')
			abort();
	}
	if (lines || !memmem(text, size, ",-;", 3))
		abort();
}

static void take(const struct xdc_journal_entry *entry, unsigned int sequence, FILE *all)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	xdc_journal_write(out, entry, sequence);
	fclose(out);
	check_record(text, size, entry);
	fwrite(text, 1, size, all);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_journal_entry entry;
	unsigned int sequence = 0;
	char *text = NULL;
	size_t length = 0;
	FILE *all = fuzz_stream(&text, &length);
	FILE *in = size ? fmemopen((void *)data, size, "r") : NULL;

	while (in && xdc_journal_read(in, &entry))
		take(&entry, sequence++, all);
	if (in)
		fclose(in);
	fclose(all);
	xdc_kernel_log_clear(xdc_kernel_log_parse(arena, text, "log:journal"));
	xdc_arena_free(arena);
	free(text);
	return 0;
}
