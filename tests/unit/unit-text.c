/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* One stream at a time is open. */
static char *written;
static size_t written_size;

FILE *unit_stream(void)
{
	FILE *stream;

	written = NULL;
	stream = open_memstream(&written, &written_size);
	assert_non_null(stream);
	return stream;
}

char *unit_text(FILE *stream)
{
	assert_int_equal(fclose(stream), 0);
	assert_non_null(written);
	/* A NUL would hide what is behind it from the tests. */
	assert_int_equal(strlen(written), written_size);
	return written;
}

size_t widest_line(const char *text)
{
	size_t widest = 0, columns = 0;

	for (; *text; text++) {
		/* The bytes behind a character's first take no column. */
		if (*text == '\n')
			columns = 0;
		else if (((unsigned char)*text & 0xc0) != 0x80)
			columns++;
		if (columns > widest)
			widest = columns;
	}
	return widest;
}

bool is_harmless(const char *text)
{
	const unsigned char *s = (const unsigned char *)text;

	for (; *s; s++) {
		if ((*s < 0x20 && *s != '\n') || *s == 0x7f)
			return false;
		if (s[0] == 0xc2 && s[1] >= 0x80 && s[1] < 0xa0)
			return false;
	}
	return true;
}

void log_message(FILE *log, const char *device, const char *text)
{
	fprintf(log, "4,100,5000000,-;%s\n", text);
	if (device)
		fprintf(log, " SUBSYSTEM=any\n DEVICE=%s\n", device);
}

/* arm_smmu_evtq_thread(): a line, and the event's four words, tabs written as \x09. */
void log_fault(FILE *log, const char *smmu, uint32_t stream_id, uint64_t address)
{
	const uint64_t words[] = { (uint64_t)stream_id << 32 | 0x10, 0x20000000000, address, 0 };
	char text[128], device[64];

	snprintf(device, sizeof(device), "+platform:%s", smmu);
	snprintf(text, sizeof(text), "arm-smmu-v3 %s: event 0x10 received:", smmu);
	log_message(log, device, text);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++) {
		snprintf(text, sizeof(text), "arm-smmu-v3 %s: \\x090x%016llx", smmu,
			 (unsigned long long)words[i]);
		log_message(log, device, text);
	}
}

void add_log(struct xdc_evidence *evidence, FILE *log)
{
	xdc_autofree char *text = unit_text(log);

	add_record(evidence, "kmsg", XDC_STATUS_OK, text);
}
