/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The logs of a machine's evidence, told apart by boot: a failure of an earlier boot is not this
 * one's. What of a file is this boot's was found out for the model: model/boot-log.c for the
 * kernel's, xdc_console_last_boot() for the hypervisor's.
 */
#include <string.h>

#include "catalogue/findings.h"

#define HYPERVISOR_LOG "log:/var/log/xen/console/hypervisor.log"

bool xdc_is_log(const char *key)
{
	return strcmp(key, "kmsg") == 0 || strcmp(key, "xen:console") == 0 ||
	       xdc_text_starts_with(key, "log:");
}

bool xdc_is_kmsg(const char *key)
{
	return strcmp(key, "kmsg") == 0 || xdc_text_starts_with(key, "log:journal:");
}

static const char *journal_of_this_boot(const struct xdc_report *report, struct xdc_arena *arena)
{
	const struct xdc_record *logs = xdc_evidence_find(report->evidence, "logs");
	const char *boot = xdc_record_readable(logs)
				   ? xdc_field_find(arena, logs->data, "boot_id", NULL)
				   : NULL;

	return boot ? xdc_arena_printf(arena, "log:journal:%s", boot) : NULL;
}

/* Lines that begin with a blank belong to a record and are no messages: " DEVICE=...". */
static void feed_messages(struct xdc_log_reader *reader, const char *text, size_t size)
{
	while (size) {
		const char *newline = memchr(text, '\n', size);
		size_t length = newline ? (size_t)(newline - text) + 1 : size;

		if (*text == ' ')
			xdc_log_reader_feed(reader, "\n", 1);
		else
			xdc_log_reader_feed(reader, text, length);
		text += length;
		size -= length;
	}
}

static bool read_messages(const struct xdc_evidence *evidence, const char *key,
			  struct xdc_log_reader *reader)
{
	const struct xdc_record *record = key ? xdc_evidence_find(evidence, key) : NULL;

	if (!xdc_record_readable(record))
		return false;
	xdc_log_reader_begin(reader, record->key);
	feed_messages(reader, record->data, record->size);
	xdc_log_reader_end(reader);
	return true;
}

/* A log's first line may be the end of one that a guest wrote: see model/console.h. */
static void read_console_text(const char *key, const char *text, size_t size,
			      struct xdc_log_reader *reader)
{
	const char *newline = memchr(text, '\n', size);
	size_t skip = newline ? (size_t)(newline - text) : size;

	xdc_log_reader_begin(reader, key);
	xdc_log_reader_feed(reader, text + skip, size - skip);
	xdc_log_reader_end(reader);
}

static bool read_console(const struct xdc_report *report, struct xdc_arena *arena,
			 struct xdc_log_reader *reader)
{
	const struct xdc_record *ring = xdc_evidence_find(report->evidence, "xen:console");
	const struct xdc_record *log = xdc_evidence_find(report->evidence, HYPERVISOR_LOG);
	const char *text = NULL;

	if (xdc_record_readable(ring)) {
		read_console_text(ring->key, ring->data, ring->size, reader);
		return true;
	}
	if (xdc_record_readable(log))
		text = xdc_console_last_boot(arena, log->data, report->model->host.xen);
	if (text)
		read_console_text(log->key, text, strlen(text), reader);
	return text;
}

bool xdc_read_this_boot(const struct xdc_report *report, struct xdc_log_reader *reader)
{
	const struct xdc_model *model = report->model;
	struct xdc_arena *arena = xdc_arena_new();
	bool any = read_messages(report->evidence, "kmsg", reader);

	any = read_messages(report->evidence, journal_of_this_boot(report, arena), reader) || any;
	for (size_t i = 0; i < model->n_boot_logs; i++) {
		xdc_log_reader_begin(reader, model->boot_logs[i].key);
		xdc_log_reader_feed(reader, model->boot_logs[i].text,
				    strlen(model->boot_logs[i].text));
		xdc_log_reader_end(reader);
		any = true;
	}
	any = read_console(report, arena, reader) || any;
	xdc_arena_free(arena);
	return any;
}

bool xdc_is_earlier_log(const struct xdc_report *report, const struct xdc_record *record)
{
	struct xdc_arena *arena;
	const char *journal;
	bool is_earlier;

	if (!xdc_record_readable(record) || !xdc_text_starts_with(record->key, "log:"))
		return false;
	arena = xdc_arena_new();
	journal = journal_of_this_boot(report, arena);
	is_earlier = !journal || strcmp(record->key, journal) != 0;
	xdc_arena_free(arena);
	return is_earlier;
}

void xdc_read_earlier_log(const struct xdc_record *record, struct xdc_log_reader *reader)
{
	if (strcmp(record->key, HYPERVISOR_LOG) == 0) {
		read_console_text(record->key, record->data, record->size, reader);
		return;
	}
	xdc_log_reader_begin(reader, record->key);
	if (xdc_is_kmsg(record->key))
		feed_messages(reader, record->data, record->size);
	else
		xdc_log_reader_feed(reader, record->data, record->size);
	xdc_log_reader_end(reader);
}
