/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "source/record.h"

static const char MAGIC[] = "xen-dmacheck-records 1";

static const char *const status_names[] = {
	[XDC_STATUS_OK] = "ok",
	[XDC_STATUS_ABSENT] = "absent",
	[XDC_STATUS_DENIED] = "denied",
	[XDC_STATUS_TIMEOUT] = "timeout",
	[XDC_STATUS_TRUNCATED] = "truncated",
	[XDC_STATUS_IO_ERROR] = "io-error",
	[XDC_STATUS_REDACTED] = "redacted",
	[XDC_STATUS_UNSUPPORTED] = "unsupported",
};

const char *xdc_status_name(enum xdc_status status)
{
	return status_names[status];
}

int xdc_status_parse(const char *name, enum xdc_status *ret)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(status_names); i++) {
		if (strcmp(status_names[i], name) == 0) {
			*ret = (enum xdc_status)i;
			return 0;
		}
	}
	return -EINVAL;
}

enum xdc_status xdc_status_from_errno(int error)
{
	switch (error) {
	case ENOENT:
	case ENOTDIR:
	case ENODEV:
	case ENXIO:
		return XDC_STATUS_ABSENT;
	case EACCES:
	case EPERM:
		return XDC_STATUS_DENIED;
	case ETIMEDOUT:
		return XDC_STATUS_TIMEOUT;
	case EOPNOTSUPP:
	case ENOSYS:
		return XDC_STATUS_UNSUPPORTED;
	default:
		return XDC_STATUS_IO_ERROR;
	}
}

static void write_escaped(FILE *out, const char *text)
{
	xdc_text_escape(out, text, strlen(text));
}

void xdc_records_write_begin(FILE *out)
{
	fprintf(out, "%s\n", MAGIC);
}

void xdc_records_write(FILE *out, const struct xdc_record *record)
{
	write_escaped(out, record->key);
	fprintf(out, "\t%s\t", xdc_status_name(record->status));
	write_escaped(out, record->origin);
	fputc('\t', out);
	write_escaped(out, record->detail);
	fprintf(out, "\t%zu\n", record->size);
	fwrite(record->data, 1, record->size, out);
	fputc('\n', out);
}

void xdc_records_write_end(FILE *out, size_t count)
{
	fprintf(out, "end\t%zu\n", count);
}

struct reader {
	struct xdc_arena *arena;
	char *at;
	size_t left;
	size_t line; /* counts record headers, for the error message */
	const char **ret_error;
	bool has_nul; /* in the line taken last */
};

static int fail(struct reader *reader, const char *what)
{
	*reader->ret_error = xdc_arena_printf(reader->arena, "record %zu: %s", reader->line, what);
	return -EINVAL;
}

/* Takes a line off the text, or NULL where no newline is left. */
static char *take_line(struct reader *reader)
{
	char *line = reader->at;
	char *end = memchr(line, '\n', reader->left);

	if (!end)
		return NULL;
	/* Behind a NUL, nobody would see the rest of the line. */
	reader->has_nul = memchr(line, '\0', (size_t)(end - line));
	*end = '\0';
	reader->left -= (size_t)(end + 1 - line);
	reader->at = end + 1;
	return line;
}

/* Splits a header line at its tabs, unescaping each field; -EINVAL unless there are @n. */
static int split_fields(char *line, char *fields[], size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t size;

		if (!line)
			return -EINVAL;
		fields[i] = strsep(&line, "\t");
		if (xdc_text_unescape(fields[i], &size) < 0 || size != strlen(fields[i]))
			return -EINVAL;
	}
	return line ? -EINVAL : 0;
}

bool xdc_key_is_below(const char *key, const char *above)
{
	size_t length = strlen(above);

	return strncmp(key, above, length) == 0 && (!key[length] || key[length] == ':');
}

bool xdc_records_begin(const char *line)
{
	return strcmp(line, MAGIC) == 0;
}

int xdc_record_parse_header(char *line, struct xdc_record *ret, const char **ret_error)
{
	struct xdc_record record = { .data = "" };
	char *fields[5];
	uint64_t size;

	if (split_fields(line, fields, XDC_ARRAY_SIZE(fields)) < 0)
		*ret_error = "the header does not have five well-formed fields";
	else if (!fields[0][0])
		*ret_error = "the key is empty";
	else if (xdc_status_parse(fields[1], &record.status) < 0)
		*ret_error = "the status is none of ours";
	else if (xdc_number_parse(fields[4], 10, &size) < 0 || size > SIZE_MAX / 2)
		*ret_error = "the size is no number";
	else {
		record.key = fields[0];
		record.origin = fields[2];
		record.detail = fields[3];
		record.size = (size_t)size;
		*ret = record;
		return 0;
	}
	return -EINVAL;
}

static int read_record(struct reader *reader, char *line, xdc_emit_fn *emit, void *arg)
{
	struct xdc_record record;
	const char *error;

	if (xdc_record_parse_header(line, &record, &error) < 0)
		return fail(reader, error);
	if (record.size >= reader->left || reader->at[record.size] != '\n')
		return fail(reader, "the data does not end where its size says");
	record.data = reader->at;
	reader->at[record.size] = '\0';
	reader->at += record.size + 1;
	reader->left -= record.size + 1;
	emit(arg, &record);
	return 0;
}

int xdc_records_parse(struct xdc_arena *arena, char *text, size_t size, xdc_emit_fn *emit,
		      void *arg, const char **ret_error)
{
	struct reader reader = { arena, text, size, 0, ret_error, false };
	char *line = take_line(&reader);
	uint64_t count;
	int r;

	if (!line || reader.has_nul || !xdc_records_begin(line)) {
		*ret_error = "not a xen-dmacheck recording (the first line is another)";
		return -EINVAL;
	}
	while ((line = take_line(&reader))) {
		if (reader.has_nul)
			return fail(&reader, "there is a NUL in the line behind it");
		if (xdc_text_starts_with(line, "end\t")) {
			if (xdc_number_parse(line + 4, 10, &count) < 0 || count != reader.line)
				return fail(&reader, "the last line counts other records");
			if (reader.left)
				return fail(&reader, "there is more behind the last line");
			return 0;
		}
		reader.line++;
		r = read_record(&reader, line, emit, arg);
		if (r < 0)
			return r;
	}
	return fail(&reader, "the recording ends before its last line: it was cut short");
}

void xdc_field_write(FILE *out, const char *name, const char *value)
{
	fprintf(out, "%s=", name);
	write_escaped(out, value);
	fputc('\n', out);
}

void xdc_field_write_number(FILE *out, const char *name, uint64_t value)
{
	fprintf(out, "%s=%" PRIu64 "\n", name, value);
}

void xdc_field_write_status(FILE *out, const char *name, enum xdc_status status)
{
	fprintf(out, "%s!%s\n", name, xdc_status_name(status));
}

const char *xdc_field_find(struct xdc_arena *arena, const char *data, const char *name,
			   enum xdc_status *ret_status)
{
	size_t length = strlen(name);
	enum xdc_status status = XDC_STATUS_ABSENT;
	const char *found = NULL;

	for (const char *line = data; *line && !found;
	     line += strcspn(line, "\n"), line += *line == '\n') {
		size_t size = strcspn(line, "\n");
		char *value;

		if (strncmp(line, name, length) != 0 ||
		    (line[length] != '=' && line[length] != '!'))
			continue;
		value = xdc_arena_memdup(arena, line + length + 1, size - length - 1);
		if (line[length] == '=' && xdc_text_unescape(value, NULL) == 0) {
			found = value;
			status = XDC_STATUS_OK;
		} else if (line[length] == '=' || xdc_status_parse(value, &status) < 0 ||
			   status == XDC_STATUS_OK) {
			status = XDC_STATUS_IO_ERROR;
			break;
		} else {
			break;
		}
	}
	if (ret_status)
		*ret_status = status;
	return found;
}
