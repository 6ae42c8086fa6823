/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <string.h>

#include "bundle/bundle.h"

struct writer {
	const struct xdc_archive *api;
	struct archive *archive;
	struct archive_entry *entry;
	time_t time;
};

static bool add(const struct writer *writer, const char *name, const char *data, size_t size)
{
	const struct xdc_archive *api = writer->api;
	char path[256];

	snprintf(path, sizeof(path), XDC_BUNDLE_ROOT "%s", name);
	api->archive_entry_clear(writer->entry);
	api->archive_entry_set_pathname(writer->entry, path);
	api->archive_entry_set_size(writer->entry, (la_int64_t)size);
	api->archive_entry_set_filetype(writer->entry, AE_IFREG);
	api->archive_entry_set_perm(writer->entry, 0644);
	api->archive_entry_set_mtime(writer->entry, writer->time, 0);
	return api->archive_write_header(writer->archive, writer->entry) == ARCHIVE_OK &&
	       api->archive_write_data(writer->archive, data, size) == (la_ssize_t)size;
}

/* In the form of sha256sum(1). Written last: without it, the end is missing. */
static bool add_manifest_sum(const struct writer *writer, const char *text)
{
	char sum[XDC_BUNDLE_SUM_TEXT];

	xdc_bundle_sum(writer->api, text, strlen(text), sum);
	return add(writer, XDC_BUNDLE_SUM, sum, strlen(sum));
}

static bool write_all(const struct writer *writer, const struct xdc_manifest *manifest)
{
	xdc_autofree char *text = xdc_manifest_format(manifest);

	if (!add(writer, XDC_BUNDLE_MANIFEST, text, strlen(text)))
		return false;
	for (size_t i = 0; i < manifest->count; i++) {
		const struct xdc_manifest_entry *entry = &manifest->entries[i];

		if (entry->name[0] &&
		    !add(writer, entry->name, entry->record.data, entry->record.size))
			return false;
	}
	return add_manifest_sum(writer, text) &&
	       writer->api->archive_write_close(writer->archive) == ARCHIVE_OK;
}

static bool open_archive(const struct writer *writer, FILE *out)
{
	const struct xdc_archive *api = writer->api;

	return api->archive_write_add_filter_zstd(writer->archive) == ARCHIVE_OK &&
	       /* A third smaller than the default level, and still a tenth of a second. */
	       api->archive_write_set_filter_option(writer->archive, "zstd", "compression-level",
						    "12") == ARCHIVE_OK &&
	       api->archive_write_set_format_ustar(writer->archive) == ARCHIVE_OK &&
	       /* No padding behind the compressed data. */
	       api->archive_write_set_bytes_in_last_block(writer->archive, 1) == ARCHIVE_OK &&
	       api->archive_write_open_FILE(writer->archive, out) == ARCHIVE_OK;
}

static bool is_too_large(const struct xdc_manifest *manifest)
{
	size_t size = 0;

	for (size_t i = 0; i < manifest->count; i++)
		size += manifest->entries[i].record.size;
	return size > XDC_BUNDLE_DATA_MAX || manifest->count > XDC_BUNDLE_RECORDS_MAX;
}

int xdc_bundle_write(const struct xdc_archive *archive, const struct xdc_bundle *bundle, FILE *out,
		     char **ret_error)
{
	struct writer writer = { .api = archive, .time = bundle->time };
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_manifest manifest;
	int r = -EIO;

	xdc_manifest_make(arena, archive, bundle, &manifest);
	if (is_too_large(&manifest)) {
		*ret_error = xdc_strdup("the evidence is larger than a bundle may be (64 MiB)");
		xdc_arena_free(arena);
		return -EFBIG;
	}
	writer.archive = archive->archive_write_new();
	writer.entry = archive->archive_entry_new();
	if (open_archive(&writer, out) && write_all(&writer, &manifest)) {
		r = 0;
	} else {
		const char *error = archive->archive_error_string(writer.archive);

		*ret_error = xdc_strdup(error ? error : "the archive could not be written");
	}
	archive->archive_entry_free(writer.entry);
	archive->archive_write_free(writer.archive);
	xdc_arena_free(arena);
	return r;
}
