/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * xenstore's names and values, which guests write in part, on their way: walked by the helper,
 * through its pipe, into the model and a report. The input has a line for each answer: names
 * separated by blanks, or a value, escaped; "!" and an errno's letter for one that fails.
 */
#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "helper/xenstore-walk.h"
#include "render/render.h"
#include "source/record-stream.h"
#include "source/tree.h"

struct answers {
	char *cursor;
};

/* The next answer, unescaped, of *@ret_size bytes; NULL with errno where it is to fail. */
static char *next_answer(struct answers *answers, size_t *ret_size)
{
	char *line = xdc_text_next_line(&answers->cursor);

	errno = ENOENT;
	if (!line)
		return NULL;
	if (*line == '!') {
		errno = line[1] == 'A' ? EACCES : line[1] == 'I' ? EIO : ENOENT;
		return NULL;
	}
	*ret_size = strlen(line);
	xdc_text_unescape(line, ret_size);
	return line;
}

/* The array, and the names behind it, as xs_directory() gives them. */
static int directory(void *arg, const char *path, char ***ret_names, unsigned int *ret_count)
{
	size_t size = 0, room;
	const char *line = next_answer(arg, &size);
	unsigned int count = 0;
	char *text;

	(void)path;
	if (!line)
		return -1;
	room = (size / 2 + 2) * sizeof(**ret_names);
	*ret_names = xdc_zalloc(room + size + 1);
	text = (char *)*ret_names + room;
	memcpy(text, line, size);
	for (char *at = text; at < text + size; at += strlen(at) + 1) {
		at += strspn(at, " ");
		if (!*at)
			continue;
		(*ret_names)[count++] = at;
		at[strcspn(at, " ")] = '\0';
	}
	*ret_count = count;
	return 0;
}

static int read_value(void *arg, const char *path, char **ret_value, unsigned int *ret_size)
{
	size_t size = 0;
	const char *line = next_answer(arg, &size);

	(void)path;
	if (!line)
		return -1;
	*ret_value = xdc_zalloc(size + 1);
	memcpy(*ret_value, line, size);
	*ret_size = (unsigned int)size;
	return 0;
}

static bool is_late(void *arg)
{
	(void)arg;
	return false;
}

/* Every line is a field, and no value that is there is one that must not be. */
static void assert_fields(const char *text)
{
	xdc_autofree char *copy = xdc_strdup(text);
	char *cursor = copy, *line;

	fuzz_assert_printable(text, strlen(text));
	while ((line = xdc_text_next_line(&cursor))) {
		char *value = line + strcspn(line, "=!");
		size_t size = 0;

		if (value == line || !*value)
			abort();
		if (*value++ == '!')
			continue;
		if (xdc_text_unescape(value, &size) < 0 || size > XDC_XENSTORE_VALUE_MAX)
			abort();
		/* A value may have NULs in it. */
		for (size_t i = 0; i < size; i += strlen(value + i) + 1)
			if (xdc_value_is_secret(value + i))
				abort();
	}
}

static void walk(struct xdc_xenstore *xenstore, const char *key,
		 int (*subtree)(struct xdc_xenstore *xenstore, FILE *out), FILE *records)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);
	int r;

	r = subtree(xenstore, out);
	fclose(out);
	assert_fields(text);
	xdc_records_write(records, &(struct xdc_record){
					   .key = key,
					   .origin = "xenstored",
					   .detail = "",
					   .data = text,
					   .size = size,
					   .status = r ? xdc_status_from_errno(r) : XDC_STATUS_OK,
				   });
	free(text);
}

static char *walk_all(const char *data, size_t size)
{
	xdc_autofree char *copy = xdc_zalloc(size + 1);
	struct answers answers = { memcpy(copy, data, size) };
	struct xdc_xenstore xenstore = { &answers, directory, read_value, is_late, 0, false, 0 };
	char *text = NULL;
	size_t written = 0;
	FILE *out = fuzz_stream(&text, &written);

	xdc_records_write_begin(out);
	walk(&xenstore, "xenstore:/local/domain", xdc_walk_domains, out);
	walk(&xenstore, "xenstore:/local/domain/0/backend", xdc_walk_backends, out);
	walk(&xenstore, "xenstore:/tool/xenstored", xdc_walk_xenstored, out);
	xdc_records_write_end(out, 3);
	fclose(out);
	return text;
}

static void assert_report(struct xdc_evidence *evidence)
{
	struct xdc_report *report;
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	xdc_emit(xdc_evidence_add, evidence, "file:/sys/hypervisor/type", "", XDC_STATUS_OK, "",
		 "xen\n", 4);
	xdc_emit(xdc_evidence_add, evidence, "file:/proc/xen/capabilities", "", XDC_STATUS_OK, "",
		 "control_d\n", 10);
	xdc_emit(xdc_evidence_add, evidence, "xenstore", "", XDC_STATUS_OK, "", NULL, 0);
	report = xdc_report_new(evidence);
	if (xdc_render_json(report, out) < 0)
		abort();
	xdc_render_table(report, &(struct xdc_table_options){ .all = true, .width = 80 }, out);
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
	xdc_report_free(report);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_record_stream *stream = xdc_record_stream_new();
	struct xdc_evidence *evidence = xdc_evidence_new();
	char *text = walk_all((const char *)data, size);

	if (xdc_record_stream_feed(stream, text, strlen(text), xdc_evidence_add, evidence) != 1)
		abort();
	assert_report(evidence);
	xdc_record_stream_free(stream);
	free(text);
	return 0;
}
