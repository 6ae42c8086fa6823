/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libarchive (and libnettle, for SHA-256), loaded when a bundle is written or read and not
 * before: with what libarchive brings along, loading it takes longer than a whole report.
 */
#ifndef XDC_ARCHIVE_H
#define XDC_ARCHIVE_H

#include <archive.h>
#include <archive_entry.h>
#include <nettle/sha2.h>

#include "base/base.h"

#define XDC_ARCHIVE_FUNCTIONS(X)                                                                   \
	X(archive_entry_clear)                                                                     \
	X(archive_entry_filetype)                                                                  \
	X(archive_entry_free)                                                                      \
	X(archive_entry_hardlink)                                                                  \
	X(archive_entry_new)                                                                       \
	X(archive_entry_pathname)                                                                  \
	X(archive_entry_set_filetype)                                                              \
	X(archive_entry_set_mtime)                                                                 \
	X(archive_entry_set_pathname)                                                              \
	X(archive_entry_set_perm)                                                                  \
	X(archive_entry_set_size)                                                                  \
	X(archive_entry_size)                                                                      \
	X(archive_error_string)                                                                    \
	X(archive_read_data)                                                                       \
	X(archive_read_free)                                                                       \
	X(archive_read_new)                                                                        \
	X(archive_read_next_header)                                                                \
	X(archive_read_open)                                                                       \
	X(archive_read_support_filter_gzip)                                                        \
	X(archive_read_support_filter_xz)                                                          \
	X(archive_read_support_filter_zstd)                                                        \
	X(archive_read_support_format_tar)                                                         \
	X(archive_write_add_filter_zstd)                                                           \
	X(archive_write_close)                                                                     \
	X(archive_write_data)                                                                      \
	X(archive_write_free)                                                                      \
	X(archive_write_header)                                                                    \
	X(archive_write_new)                                                                       \
	X(archive_write_open_FILE)                                                                 \
	X(archive_write_set_bytes_in_last_block)                                                   \
	X(archive_write_set_filter_option)                                                         \
	X(archive_write_set_format_ustar)

/* The functions of the libraries, each under its own name. */
struct xdc_archive {
#define XDC_MEMBER(name) __typeof__(&name) name;
	XDC_ARCHIVE_FUNCTIONS(XDC_MEMBER)
#undef XDC_MEMBER
	__typeof__(&nettle_sha256_init) sha256_init;
	__typeof__(&nettle_sha256_update) sha256_update;
	__typeof__(&nettle_sha256_digest) sha256_digest;
};

enum { XDC_SHA256_TEXT = 2 * SHA256_DIGEST_SIZE + 1 };

/*
 * The libraries, loaded now unless they are already. Must be called before this process gives
 * up its files. NULL where one is not installed, with what is missing, and where to get it, in
 * *@ret_error (to be freed).
 */
const struct xdc_archive *xdc_archive_load(char **ret_error);

/* The SHA-256 of @size bytes of @data, in lower-case hexadecimal. */
void xdc_archive_sha256(const struct xdc_archive *archive, const void *data, size_t size,
			char ret[XDC_SHA256_TEXT]);

#endif
