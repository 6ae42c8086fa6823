/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What /var/log/kern.log has of this boot, where the ring has lost its beginning and the journal
 * is not there. The files hold many boots, and a failure of an earlier one must not explain this
 * one. A boot is told apart by three things:
 *  - it begins with the last "Linux version" line of kernel time 0, and from there to the end of
 *    the newest file nothing is missing;
 *  - that line has the release that runs;
 *  - what the ring still has of its oldest messages is there, at the same microsecond: else the
 *    files are of a boot before this one (syslog may not have run since).
 * Where any is missing, the files say nothing. Only the kernel writes there: syslogd takes
 * facility "kern" from nobody else.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

enum {
	FILES = XDC_BOOT_LOGS_MAX,
	WITNESSES = 16, /* of the ring's oldest messages */
};

/* A file's part of this boot, as records of /dev/kmsg. */
struct part {
	const char *key;
	char *text;
};

/*
 * "... host kernel: [   12.345678] text": the text behind the time, which is in microseconds in
 * *@ret_time; NULL for what is no such line.
 */
static const char *kernel_message(const char *line, uint64_t *ret_time)
{
	static const char tag[] = " kernel: [";
	const char *at = strstr(line, tag);
	char *end;
	uint64_t seconds, fraction;

	if (!at)
		return NULL;
	at += strlen(tag);
	at += strspn(at, " ");
	if (!isdigit((unsigned char)*at))
		return NULL;
	seconds = strtoull(at, &end, 10);
	if (*end != '.' || !isdigit((unsigned char)end[1]))
		return NULL;
	fraction = strtoull(end + 1, &end, 10);
	if (fraction >= 1000000 || !xdc_text_starts_with(end, "] "))
		return NULL;
	*ret_time = seconds * 1000000 + fraction;
	return end + strlen("] ");
}

/* The beginning of the last boot in @text, and the release that it names; NULL: none. */
static const char *last_start(struct xdc_arena *arena, const char *text, const char **ret_release)
{
	static const char version[] = "Linux version ";
	const char *start = NULL;

	for (const char *at = text; (at = strstr(at, version)); at += strlen(version)) {
		const char *line = at, *message;
		uint64_t time;

		while (line > text && line[-1] != '\n')
			line--;
		message = kernel_message(xdc_arena_memdup(arena, line, strcspn(line, "\n")), &time);
		if (!message || time || !xdc_text_starts_with(message, version))
			continue;
		message += strlen(version);
		start = line;
		*ret_release = xdc_arena_memdup(arena, message, strcspn(message, " "));
	}
	return start;
}

/* syslogd writes control characters as "#011"; the kernel's own log has "\x09". */
static void write_text(FILE *out, const char *text)
{
	for (; *text; text++) {
		unsigned int code = 0;

		if (text[0] == '#' && strspn(text + 1, "01234567") >= 3)
			code = (unsigned int)(text[1] - '0') << 6 |
			       (unsigned int)(text[2] - '0') << 3 | (unsigned int)(text[3] - '0');
		if (code && code < ' ') {
			fprintf(out, "\\x%02x", code);
			text += 3;
		} else if (*text == '\\') {
			fputs("\\x5c", out);
		} else {
			fputc(*text, out);
		}
	}
}

static char *to_records(const char *text)
{
	xdc_autofree char *copy = xdc_strdup(text);
	char *cursor = copy, *line, *records = NULL;
	size_t size = 0;
	FILE *out = xdc_open_text(&records, &size);

	while ((line = xdc_text_next_line(&cursor))) {
		uint64_t time;
		const char *message = kernel_message(line, &time);

		if (!message)
			continue;
		fprintf(out, "6,0,%llu,-;", (unsigned long long)time);
		write_text(out, message);
		fputc('\n', out);
	}
	fclose(out);
	return records;
}

/* The file of that age: logrotate may not have packed it yet. */
static const struct xdc_record *find_file(const struct xdc_model *model, size_t age)
{
	static const char *const keys[FILES][2] = {
		{ "log:/var/log/kern.log", NULL },
		{ "log:/var/log/kern.log.1", "log:/var/log/kern.log.1.gz" },
		{ "log:/var/log/kern.log.2.gz", NULL },
	};

	for (size_t i = 0; i < 2 && keys[age][i]; i++) {
		const struct xdc_record *record = xdc_evidence_find(model->evidence, keys[age][i]);

		/* Of a packed file that is cut, the end may be what is missing. */
		if (xdc_record_readable(record) &&
		    (!xdc_text_ends_with(keys[age][i], ".gz") || record->status == XDC_STATUS_OK))
			return record;
	}
	return NULL;
}

/* This boot's parts, the newest first; returns how many, 0 where it cannot be told apart. */
static size_t find_parts(const struct xdc_model *model, struct part parts[FILES])
{
	for (size_t age = 0; age < FILES; age++) {
		const struct xdc_record *record = find_file(model, age);
		const char *release = NULL, *start;

		if (!record)
			return 0;
		start = last_start(model->arena, record->data, &release);
		parts[age].key = record->key;
		parts[age].text = to_records(start ? start : record->data);
		if (start)
			return model->host.kernel && strcmp(release, model->host.kernel) == 0
				       ? age + 1
				       : 0;
		/* What is missing at its beginning may be the start that is looked for. */
		if (record->status != XDC_STATUS_OK)
			return 0;
	}
	return 0;
}

/* Whether a message that the ring has is in one of the parts, with the same time and text. */
static bool is_there(const struct part parts[FILES], size_t count, const char *line)
{
	xdc_autofree char *needle = NULL;
	const char *time = strchr(line, ','), *end, *text;

	time = time ? strchr(time + 1, ',') : NULL;
	end = time ? strchr(time + 1, ',') : NULL;
	text = end ? strchr(end, ';') : NULL;
	/* What is escaped may be so in another way here and there. */
	if (!text || !text[1] || strchr(text, '\\') ||
	    asprintf(&needle, ",%.*s,-;%s\n", (int)(end - time - 1), time + 1, text + 1) < 0)
		return false;
	for (size_t i = 0; i < count; i++)
		if (strstr(parts[i].text, needle))
			return true;
	return false;
}

static bool has_witness(const struct xdc_model *model, const struct part parts[FILES], size_t count)
{
	const struct xdc_record *ring = xdc_evidence_find(model->evidence, "kmsg");
	xdc_autofree char *text = xdc_strdup(xdc_record_readable(ring) ? ring->data : "");
	char *cursor = text, *line;

	for (size_t i = 0; i < WITNESSES && (line = xdc_text_next_line(&cursor));) {
		/* Lines of what belongs to a message begin with a blank. */
		if (*line == ' ')
			continue;
		if (is_there(parts, count, line))
			return true;
		i++;
	}
	return false;
}

void xdc_model_read_boot_log(struct xdc_model *model)
{
	struct part parts[FILES] = { 0 };
	size_t count = find_parts(model, parts);

	if (count && !has_witness(model, parts, count))
		count = 0;
	for (size_t i = 0; i < count; i++) {
		model->boot_logs[model->n_boot_logs++] = (struct xdc_boot_log){
			.key = parts[i].key,
			.text = xdc_arena_strdup(model->arena, parts[i].text),
		};
		xdc_kernel_log_merge(model->log, xdc_kernel_log_parse(model->arena, parts[i].text,
								      parts[i].key));
	}
	for (size_t i = 0; i < FILES; i++)
		free(parts[i].text);
}
