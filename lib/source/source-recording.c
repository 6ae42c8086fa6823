/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bundle/bundle.h"
#include "collect/evidence.h"
#include "source/tree.h"

enum { FILE_LIMIT = 64 << 20 };

/* What records alone begin with; no archive has an entry of this name first. */
static const char PLAIN[] = "xen-dmacheck-records ";

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
	case XDC_REQUEST_IOMMU_GROUPS:
		return "iommu-reserved";
	case XDC_REQUEST_CATALOGUE:
		return "catalogue:";
	case XDC_REQUEST_NAMES:
		return "udev:";
	case XDC_REQUEST_DMA_STATE:
		return "dma:";
	case XDC_REQUEST_ACTIVITY:
		return "activity:";
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

static void answer_missing(const char *key, xdc_emit_fn *emit, void *arg)
{
	xdc_emit(emit, arg, key, "recording", XDC_STATUS_UNSUPPORTED, "not in this recording", NULL,
		 0);
}

static void answer_target(const struct xdc_evidence *evidence, const char *key, xdc_emit_fn *emit,
			  void *arg)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);

	if (record)
		emit(arg, record);
	else
		answer_missing(key, emit, arg);
}

static void records_ask(struct xdc_source *source, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	const struct xdc_evidence *evidence = ((struct source_records *)source)->evidence;
	struct xdc_arena *arena = xdc_arena_new();
	char *key = xdc_request_key(arena, request);
	const char *members = member_prefix(request->type);
	/* That DMA was not counted is no evidence of anything. */
	bool found = request->type == XDC_REQUEST_TARGETS || request->type == XDC_REQUEST_ACTIVITY;

	for (size_t i = 0; i < request->n_devices && request->type == XDC_REQUEST_TARGETS; i++)
		answer_target(evidence, xdc_arena_printf(arena, "%s%s", key, request->devices[i]),
			      emit, arg);
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
		answer_missing(key, emit, arg);
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
	char *twice; /* a key that was there before */
};

static void keep(void *arg, const struct xdc_record *record)
{
	struct loader *loader = arg;

	if (!loader->twice && xdc_evidence_find(loader->evidence, record->key)) {
		struct xdc_arena *arena = xdc_arena_new();

		loader->twice = xdc_strdup(xdc_arena_printf(
			arena, "the key %s stands there twice",
			xdc_text_escaped(arena, record->key, strlen(record->key))));
		xdc_arena_free(arena);
	}
	xdc_evidence_add(loader->evidence, record);
}

int xdc_user_file_open(const char *path, int *ret_fd, char **ret_error)
{
	/* O_NONBLOCK: a FIFO would make us wait. */
	xdc_autoclose int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	struct stat st;

	if (fd < 0 || fstat(fd, &st) < 0) {
		int r = -errno;

		*ret_error = xdc_strdup(strerror(-r));
		return r;
	}
	if (!S_ISREG(st.st_mode)) {
		*ret_error = xdc_strdup("not a regular file");
		return -EINVAL;
	}
	*ret_fd = fd;
	fd = -1;
	return 0;
}

static int read_whole(int fd, char **ret_text, size_t *ret_size, char **ret_error)
{
	switch (xdc_read_all(fd, FILE_LIMIT, ret_text, ret_size)) {
	case XDC_STATUS_OK:
		return 0;
	case XDC_STATUS_TRUNCATED:
		xdc_freep(ret_text);
		*ret_error = xdc_strdup("larger than 64 MiB");
		return -EFBIG;
	default:
		*ret_error = xdc_strdup("cannot be read");
		return -EIO;
	}
}

int xdc_read_user_file(const char *path, char **ret_text, size_t *ret_size, char **ret_error)
{
	xdc_autoclose int fd = -1;
	int r = xdc_user_file_open(path, &fd, ret_error);

	return r < 0 ? r : read_whole(fd, ret_text, ret_size, ret_error);
}

/* What a file begins with has to be looked at before it is known how to read it. */
struct input {
	int fd;
	char bytes[64 << 10];
	size_t size; /* of @bytes, not yet handed on */
};

static ssize_t fill(struct input *input)
{
	ssize_t n;

	do
		n = read(input->fd, input->bytes, sizeof(input->bytes));
	while (n < 0 && errno == EINTR);
	input->size = n > 0 ? (size_t)n : 0;
	return n < 0 ? -errno : n;
}

static ssize_t next_bytes(void *arg, const void **ret_bytes)
{
	struct input *input = arg;
	ssize_t n = input->size ? (ssize_t)input->size : fill(input);

	*ret_bytes = input->bytes;
	input->size = 0;
	return n;
}

/* Records as they are: what the helper sends over its pipe, and what tests write by hand. */
static int read_plain(struct input *input, struct loader *loader, char **ret_error)
{
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *text = NULL;
	const char *error = NULL;
	const void *bytes;
	size_t size = 0;
	FILE *out = xdc_open_text(&text, &size);
	ssize_t n;
	int r = -EFBIG;

	while ((n = next_bytes(input, &bytes)) > 0 && ftell(out) <= FILE_LIMIT)
		fwrite(bytes, 1, (size_t)n, out);
	fclose(out);
	if (size > FILE_LIMIT)
		error = "larger than 64 MiB";
	else
		r = xdc_records_parse(arena, text, size, keep, loader, &error);
	if (r < 0)
		*ret_error = xdc_strdup(error);
	xdc_arena_free(arena);
	return r;
}

int xdc_source_recording(int fd, const struct xdc_archive *archive, struct xdc_source **ret,
			 char **ret_error)
{
	struct loader loader = { xdc_evidence_new(), NULL };
	xdc_autofree struct input *input = xdc_zalloc(sizeof(*input));
	int r;

	input->fd = fd;
	r = (int)fill(input);
	if (r < 0)
		*ret_error = xdc_strdup(strerror(-r));
	else if ((size_t)r >= strlen(PLAIN) && memcmp(input->bytes, PLAIN, strlen(PLAIN)) == 0)
		r = read_plain(input, &loader, ret_error);
	else
		r = xdc_bundle_read(archive, next_bytes, input, keep, &loader, ret_error);
	if (r == 0 && loader.twice) {
		*ret_error = loader.twice;
		loader.twice = NULL;
		r = -EINVAL;
	}
	free(loader.twice);
	if (r < 0)
		xdc_evidence_free(loader.evidence);
	else
		*ret = xdc_source_records(loader.evidence);
	return r;
}
