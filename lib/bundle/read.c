/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The reader of what anybody may have written. It goes through the archive once and takes nothing
 * but what must come next, so a name that is there twice, is absolute, or is of no regular file,
 * is simply not the one that must come.
 */
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/bundle.h"

enum {
	/* Texts and device trees shrink to a tenth; zeroes, to a ten-thousandth. */
	RATIO_MAX = 500,
	RATIO_FROM = 4 << 20, /* bytes unpacked; a small bundle is harmless */
	OUTER_ENTRIES_MAX = 500000,
	INNER_MAX = 64 << 20,
};
static const long long OUTER_BYTES_MAX = 8LL << 30;
static const char INNER_NAME[] = "xen-dmacheck*.tar.zst";

struct reader {
	const struct xdc_archive *api;
	struct xdc_arena *arena;
	struct archive *archive;
	struct archive_entry *entry;
	xdc_bundle_input_fn *input;
	void *input_arg;
	size_t packed; /* bytes taken from the input */
	size_t unpacked;
	size_t n_entries;
	xdc_emit_fn *emit;
	void *arg;
	char **ret_error;
};

static int fail(const struct reader *reader, const char *what)
{
	const char *name =
		reader->entry ? reader->api->archive_entry_pathname(reader->entry) : NULL;

	*reader->ret_error = xdc_strdup(
		name ? xdc_arena_printf(reader->arena, "entry %zu, %s: %s", reader->n_entries,
					xdc_text_escaped(reader->arena, name, strnlen(name, 256)),
					what)
		     : what);
	return -EINVAL;
}

/* What libarchive has to say may quote the archive. */
static int fail_as_archive(const struct reader *reader)
{
	const char *error = reader->api->archive_error_string(reader->archive);

	if (!error)
		error = "the archive cannot be read";
	error = xdc_text_escaped(reader->arena, error, strnlen(error, 256));
	return fail(reader, reader->n_entries
				    ? error
				    : xdc_arena_printf(reader->arena, "not a bundle: %s", error));
}

static la_ssize_t read_input(struct archive *archive, void *arg, const void **ret_bytes)
{
	struct reader *reader = arg;
	ssize_t n = reader->input(reader->input_arg, ret_bytes);

	(void)archive;
	if (n > 0)
		reader->packed += (size_t)n;
	return n < 0 ? ARCHIVE_FATAL : (la_ssize_t)n;
}

/* Goes to the next entry. Returns 1, 0 at the end, or -EINVAL. */
static int next(struct reader *reader)
{
	int r = reader->api->archive_read_next_header(reader->archive, &reader->entry);

	if (r == ARCHIVE_OK) {
		reader->n_entries++;
		return 1;
	}
	reader->entry = NULL;
	return r == ARCHIVE_EOF ? 0 : fail_as_archive(reader);
}

static bool is_file(const struct reader *reader)
{
	return reader->api->archive_entry_filetype(reader->entry) == AE_IFREG &&
	       !reader->api->archive_entry_hardlink(reader->entry);
}

static bool is_named(const struct reader *reader, const char *path)
{
	const char *name = reader->api->archive_entry_pathname(reader->entry);

	return name && strcmp(name, path) == 0;
}

/* Reads the entry, which must have @size bytes, into *@ret (NUL behind it, to be freed). */
static int read_data(struct reader *reader, size_t size, char **ret)
{
	xdc_autofree char *data = xdc_zalloc(size + 1);
	size_t done = 0;

	while (done < size) {
		la_ssize_t n =
			reader->api->archive_read_data(reader->archive, data + done, size - done);

		if (n < 0)
			return fail_as_archive(reader);
		if (n == 0)
			return fail(reader, "it is shorter than it says");
		done += (size_t)n;
	}
	reader->unpacked += size;
	if (reader->unpacked > RATIO_FROM && reader->unpacked / RATIO_MAX > reader->packed)
		return fail(reader, "it unpacks to more than 500 times its size");
	*ret = data;
	data = NULL;
	return 0;
}

/* The same for an entry of any size up to @limit. */
static int read_entry(struct reader *reader, size_t limit, char **ret, size_t *ret_size)
{
	la_int64_t size = reader->api->archive_entry_size(reader->entry);

	if (!is_file(reader))
		return fail(reader, "it is no regular file");
	if (size < 0 || (uint64_t)size > limit)
		return fail(reader, "it is too large");
	*ret_size = (size_t)size;
	return read_data(reader, *ret_size, ret);
}

/* Goes to the next entry, which must be the file @name of @size bytes, and reads it. */
static int take_file(struct reader *reader, const char *name, size_t size, char **ret)
{
	const char *path = xdc_arena_printf(reader->arena, XDC_BUNDLE_ROOT "%s", name);
	int r = next(reader);

	if (r < 0)
		return r;
	if (r == 0)
		return fail(reader, xdc_arena_printf(reader->arena, "%s is missing", path));
	if (!is_named(reader, path) || !is_file(reader))
		return fail(reader, xdc_arena_printf(reader->arena,
						     "the manifest has the file %s here", path));
	if (reader->api->archive_entry_size(reader->entry) != (la_int64_t)size)
		return fail(reader, "its size is not what the manifest says");
	return read_data(reader, size, ret);
}

/* What the manifest announces. */
static int take_entry(struct reader *reader, const struct xdc_manifest_entry *announced)
{
	struct xdc_record record = announced->record;
	xdc_autofree char *data = NULL;
	char sha256[XDC_SHA256_TEXT];
	int r = take_file(reader, announced->name, record.size, &data);

	if (r < 0)
		return r;
	xdc_archive_sha256(reader->api, data, record.size, sha256);
	if (strcmp(sha256, announced->sha256) != 0)
		return fail(reader, "its SHA-256 is not what the manifest says");
	record.data = data;
	if (record.key)
		reader->emit(reader->arg, &record);
	return 0;
}

static int take_sum(struct reader *reader, const char *manifest, size_t size)
{
	xdc_autofree char *data = NULL;
	char sum[XDC_BUNDLE_SUM_TEXT];
	int r;

	xdc_bundle_sum(reader->api, manifest, size, sum);
	r = take_file(reader, XDC_BUNDLE_SUM, strlen(sum), &data);
	if (r == 0 && (!data || strcmp(data, sum) != 0))
		r = fail(reader, "it is of another manifest");
	return r;
}

/* The bundle whose manifest is the current entry. */
static int read_bundle(struct reader *reader)
{
	struct xdc_manifest manifest;
	xdc_autofree char *text = NULL;
	const char *error;
	size_t size;
	int r = read_entry(reader, XDC_BUNDLE_MANIFEST_MAX, &text, &size);

	if (r < 0)
		return r;
	if (xdc_manifest_parse(reader->arena, text, size, &manifest, &error) < 0)
		return fail(reader, error);
	for (size_t i = 0; i < manifest.count; i++) {
		const struct xdc_manifest_entry *entry = &manifest.entries[i];

		if (entry->name[0])
			r = take_entry(reader, entry);
		else
			reader->emit(reader->arg, &entry->record);
		if (r < 0)
			return r;
	}
	r = take_sum(reader, text, size);
	if (r == 0)
		r = next(reader);
	return r > 0 ? fail(reader, "the manifest does not have it") : r;
}

static int read_archive(struct reader *reader, bool is_inner);

/* Input that is in memory: of an archive in an archive. */
struct memory {
	const char *data;
	size_t size;
};

static ssize_t read_memory(void *arg, const void **ret_bytes)
{
	struct memory *memory = arg;
	size_t size = memory->size;

	*ret_bytes = memory->data;
	memory->size = 0;
	return (ssize_t)size;
}

static int read_inner(struct reader *outer)
{
	struct memory memory = { 0 };
	xdc_autofree char *data = NULL;
	struct reader inner = *outer;
	int r = read_entry(outer, INNER_MAX, &data, &memory.size);

	if (r < 0)
		return r;
	memory.data = data;
	inner.input = read_memory;
	inner.input_arg = &memory;
	inner.packed = inner.unpacked = inner.n_entries = 0;
	return read_archive(&inner, true);
}

/* From the current entry on, the first that is a bundle by its name. */
static int find_inner(struct reader *reader)
{
	long long bytes = 0;
	int r = 1;

	while (r > 0) {
		const char *name = reader->api->archive_entry_pathname(reader->entry);
		const char *slash = name ? strrchr(name, '/') : NULL;

		if (name && is_file(reader) &&
		    fnmatch(INNER_NAME, slash ? slash + 1 : name, FNM_NOESCAPE) == 0)
			return read_inner(reader);
		bytes += reader->api->archive_entry_size(reader->entry);
		if (reader->n_entries >= OUTER_ENTRIES_MAX || bytes > OUTER_BYTES_MAX)
			return fail(reader, "no bundle in all that stands before it");
		r = next(reader);
	}
	return r < 0 ? r
		     : fail(reader, "neither a bundle nor an archive that holds one "
				    "(xen-dmacheck*.tar.zst)");
}

static int read_archive(struct reader *reader, bool is_inner)
{
	const struct xdc_archive *api = reader->api;
	int r;

	reader->archive = api->archive_read_new();
	reader->entry = NULL;
	/* bundles are zstd; sos(1) writes xz or gzip. */
	if (api->archive_read_support_format_tar(reader->archive) != ARCHIVE_OK ||
	    api->archive_read_support_filter_zstd(reader->archive) != ARCHIVE_OK ||
	    (!is_inner && (api->archive_read_support_filter_xz(reader->archive) != ARCHIVE_OK ||
			   api->archive_read_support_filter_gzip(reader->archive) != ARCHIVE_OK)) ||
	    api->archive_read_open(reader->archive, reader, NULL, read_input, NULL) != ARCHIVE_OK)
		r = fail_as_archive(reader);
	else
		r = next(reader);
	if (r == 0)
		r = fail(reader, "not a bundle: there is nothing in it");
	else if (r > 0 && is_named(reader, XDC_BUNDLE_ROOT XDC_BUNDLE_MANIFEST))
		r = read_bundle(reader);
	else if (r > 0)
		r = is_inner ? fail(reader, "not a bundle: the first entry is not " XDC_BUNDLE_ROOT
						    XDC_BUNDLE_MANIFEST)
			     : find_inner(reader);
	api->archive_read_free(reader->archive);
	return r;
}

int xdc_bundle_read(const struct xdc_archive *archive, xdc_bundle_input_fn *input, void *input_arg,
		    xdc_emit_fn *emit, void *arg, char **ret_error)
{
	struct reader reader = {
		.api = archive,
		.arena = xdc_arena_new(),
		.input = input,
		.input_arg = input_arg,
		.emit = emit,
		.arg = arg,
		.ret_error = ret_error,
	};
	int r = read_archive(&reader, false);

	xdc_arena_free(reader.arena);
	return r;
}
