/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "collect/evidence.h"
#include "source/tree.h"

enum { FILE_LIMIT = 64 << 20 };

struct source_records {
	struct xdc_source base;
	struct xdc_evidence *evidence;
};

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
	case XDC_REQUEST_LOGS:
		return "log:";
	case XDC_REQUEST_HYPERVISOR:
		return "xen:";
	case XDC_REQUEST_XENSTORE:
		return "xenstore:";
	default:
		return NULL;
	}
}

static void records_ask(struct xdc_source *source, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	const struct xdc_evidence *evidence = ((struct source_records *)source)->evidence;
	struct xdc_arena *arena = xdc_arena_new();
	char *key = xdc_request_key(arena, request);
	const char *members = member_prefix(request->type);
	bool found = false;

	for (size_t i = 0; members && i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);
		bool first = strcmp(record->key, key) == 0;

		found = found || first;
		if (first || xdc_text_starts_with(record->key, members))
			emit(arg, record);
	}
	if (!members && xdc_evidence_find(evidence, key)) {
		emit(arg, xdc_evidence_find(evidence, key));
		found = true;
	}
	if (!found)
		xdc_emit(emit, arg, key, "recording", XDC_STATUS_UNSUPPORTED,
			 "not in this recording", NULL, 0);
	xdc_arena_free(arena);
}

static void records_free(struct xdc_source *source)
{
	xdc_evidence_free(((struct source_records *)source)->evidence);
	free(source);
}

static const struct xdc_source_ops records_ops = {
	.ask = records_ask,
	.free = records_free,
};

struct xdc_source *xdc_source_records(struct xdc_evidence *evidence)
{
	struct source_records *source = xdc_zalloc(sizeof(*source));

	source->base.ops = &records_ops;
	source->evidence = evidence;
	return &source->base;
}

struct loader {
	struct xdc_evidence *evidence;
	struct xdc_arena *arena;
	const char *twice; /* a key that was there before */
};

static void keep(void *arg, const struct xdc_record *record)
{
	struct loader *loader = arg;

	if (!loader->twice && xdc_evidence_find(loader->evidence, record->key))
		loader->twice = xdc_text_escaped(loader->arena, record->key, strlen(record->key));
	xdc_evidence_add(loader->evidence, record);
}

static int read_file(const char *path, char **ret_text, size_t *ret_size, const char **ret_error)
{
	/* O_NONBLOCK: a FIFO would make us wait. */
	xdc_autoclose int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		*ret_error = strerror(errno);
		return -errno;
	}
	if (!S_ISREG(st.st_mode)) {
		*ret_error = "not a regular file";
		return -EINVAL;
	}
	switch (xdc_read_all(fd, FILE_LIMIT, ret_text, ret_size)) {
	case XDC_STATUS_OK:
		return 0;
	case XDC_STATUS_TRUNCATED:
		*ret_error = "larger than 64 MiB";
		return -EFBIG;
	default:
		*ret_error = "cannot be read";
		return -EIO;
	}
}

int xdc_read_user_file(const char *path, char **ret_text, size_t *ret_size, char **ret_error)
{
	const char *error = "";
	int r = read_file(path, ret_text, ret_size, &error);

	if (r < 0)
		*ret_error = xdc_strdup(error);
	return r;
}

int xdc_source_recording(const char *path, struct xdc_source **ret, char **ret_error)
{
	struct loader loader = { xdc_evidence_new(), xdc_arena_new(), NULL };
	xdc_autofree char *text = NULL;
	const char *error = "";
	size_t size;
	int r = xdc_read_user_file(path, &text, &size, ret_error);

	if (r == 0) {
		r = xdc_records_parse(loader.arena, text, size, keep, &loader, &error);
		if (r == 0 && loader.twice) {
			error = xdc_arena_printf(loader.arena, "the key %s stands there twice",
						 loader.twice);
			r = -EINVAL;
		}
		if (r < 0)
			*ret_error = xdc_strdup(error);
	}
	xdc_arena_free(loader.arena);
	if (r < 0)
		xdc_evidence_free(loader.evidence);
	else
		*ret = xdc_source_records(loader.evidence);
	return r;
}
