/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source/tree.h"

enum { RECORDING_LIMIT = 64 << 20 };

struct source_recording {
	struct xdc_source base;
	struct xdc_arena *arena;
	char *text;
	struct xdc_record *records; /* in the order in which they were written */
	size_t count;
};

static void keep(void *arg, const struct xdc_record *record)
{
	struct source_recording *recording = arg;

	xdc_array_reserve((void **)&recording->records, recording->count,
			  sizeof(*recording->records));
	recording->records[recording->count++] = *record;
}

/*
 * A request with several records is answered by its first ("devices") and all that have its
 * name and a subject ("device:..."): one pass in the order of the recording, so that replay
 * yields the same order as the run did.
 */
static const char *member_prefix(enum xdc_request_type type)
{
	switch (type) {
	case XDC_REQUEST_DEVICES:
		return "device:";
	case XDC_REQUEST_NAMES:
		return "udev:";
	case XDC_REQUEST_DMA_STATE:
		return "dma:";
	default:
		return NULL;
	}
}

static void recording_ask(struct xdc_source *source, const struct xdc_request *request,
			  xdc_emit_fn *emit, void *arg)
{
	struct source_recording *recording = (struct source_recording *)source;
	struct xdc_arena *arena = xdc_arena_new();
	char *key = xdc_request_key(arena, request);
	const char *members = member_prefix(request->type);
	bool found = false;

	for (size_t i = 0; i < recording->count; i++) {
		const struct xdc_record *record = &recording->records[i];
		bool first = strcmp(record->key, key) == 0;

		found = found || first;
		if (first || (members && xdc_text_starts_with(record->key, members)))
			emit(arg, record);
		if (first && !members)
			break;
	}
	if (!found)
		xdc_emit(emit, arg, key, "recording", XDC_STATUS_UNSUPPORTED,
			 "not in this recording", NULL, 0);
	xdc_arena_free(arena);
}

static void recording_free(struct xdc_source *source)
{
	struct source_recording *recording = (struct source_recording *)source;

	xdc_arena_free(recording->arena);
	free(recording->records);
	free(recording->text);
	free(recording);
}

static const struct xdc_source_ops recording_ops = {
	.ask = recording_ask,
	.free = recording_free,
};

static int by_key(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int check_unique(const struct source_recording *recording, const char **ret_error)
{
	xdc_autofree const char **keys = xdc_zalloc(recording->count * sizeof(*keys));

	for (size_t i = 0; i < recording->count; i++)
		keys[i] = recording->records[i].key;
	qsort(keys, recording->count, sizeof(*keys), by_key);
	for (size_t i = 1; i < recording->count; i++) {
		if (strcmp(keys[i - 1], keys[i]) == 0) {
			*ret_error = xdc_arena_printf(
				recording->arena, "the key %s stands there twice",
				xdc_text_escaped(recording->arena, keys[i], strlen(keys[i])));
			return -EINVAL;
		}
	}
	return 0;
}

static int load(struct source_recording *recording, const char *path, const char **ret_error)
{
	/* O_NONBLOCK: a FIFO would make us wait. */
	xdc_autoclose int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;
	size_t size;
	int r;

	if (fd < 0 || fstat(fd, &st) < 0) {
		*ret_error = strerror(errno);
		return -errno;
	}
	if (!S_ISREG(st.st_mode)) {
		*ret_error = "not a regular file";
		return -EINVAL;
	}
	switch (xdc_read_all(fd, RECORDING_LIMIT, &recording->text, &size)) {
	case XDC_STATUS_OK:
		break;
	case XDC_STATUS_TRUNCATED:
		*ret_error = "larger than 64 MiB";
		return -EFBIG;
	default:
		*ret_error = "cannot be read";
		return -EIO;
	}
	r = xdc_records_parse(recording->arena, recording->text, size, keep, recording, ret_error);
	return r < 0 ? r : check_unique(recording, ret_error);
}

int xdc_source_recording(const char *path, struct xdc_source **ret, char **ret_error)
{
	struct source_recording *recording = xdc_zalloc(sizeof(*recording));
	const char *error = "";
	int r;

	recording->base.ops = &recording_ops;
	recording->arena = xdc_arena_new();
	r = load(recording, path, &error);
	if (r < 0) {
		*ret_error = xdc_strdup(error);
		recording_free(&recording->base);
		return r;
	}
	*ret = &recording->base;
	return 0;
}
