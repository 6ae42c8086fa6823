/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A bundle: the evidence of a run in a file that somebody else can read, with what it is and
 * the report that was made of it. A tar archive, compressed with zstd, of regular files in this
 * order, all below "xen-dmacheck/":
 *
 *	manifest.json	what follows: names, sizes, SHA-256, and the key, origin and status of
 *			each record
 *	report.txt...	what was made of the evidence, for people who have no xen-dmacheck
 *	evidence/NNNN-*	the data of each record that has some, in the order of the manifest
 *	manifest.sha256	of the manifest, as sha256sum(1) writes it
 *
 * The same evidence gives the same bytes. Described in xen-dmacheck-bundle(5).
 */
#ifndef XDC_BUNDLE_H
#define XDC_BUNDLE_H

#include <time.h>

#include "bundle/archive.h"
#include "bundle/redact.h"
#include "collect/evidence.h"

/* A file beside the evidence. */
struct xdc_bundle_file {
	const char *name; /* "report.txt" */
	const char *data;
	size_t size;
};

struct xdc_bundle {
	const struct xdc_evidence *evidence;
	const struct xdc_redaction *redaction; /* what was masked in it; NULL: nothing was */
	const struct xdc_bundle_file *files;
	size_t n_files;
	time_t time; /* of the archive's entries */
};

enum {
	XDC_BUNDLE_RECORDS_MAX = 100000,
	XDC_BUNDLE_DATA_MAX = 64 << 20,	    /* bytes of all records, unpacked */
	XDC_BUNDLE_MANIFEST_MAX = 32 << 20, /* bytes of the manifest */
};

/*
 * Writes @bundle to @out. Returns 0, or -EIO with what failed in *@ret_error (to be freed);
 * -EFBIG where it would be larger than what xdc_bundle_read() takes.
 */
int xdc_bundle_write(const struct xdc_archive *archive, const struct xdc_bundle *bundle, FILE *out,
		     char **ret_error);

/*
 * Where the bytes come from: as read(2), 0 at their end, -errno where it failed. *@ret_bytes is
 * valid until the next call.
 */
typedef ssize_t xdc_bundle_input_fn(void *arg, const void **ret_bytes);

/*
 * Reads a bundle and calls @emit for each record, valid during the call. Takes an archive that
 * holds a bundle named xen-dmacheck*.tar.zst too, such as that of sos(1). Nothing is written
 * anywhere, all that was read is bounded, and everything must be as the manifest says.
 * Returns 0, or -EINVAL with what is wrong, and in which entry, in *@ret_error (to be freed).
 */
int xdc_bundle_read(const struct xdc_archive *archive, xdc_bundle_input_fn *input, void *input_arg,
		    xdc_emit_fn *emit, void *arg, char **ret_error);

/* Inside bundle/. manifest.c */

struct xdc_manifest_entry {
	const char *name;	  /* below "xen-dmacheck/"; "": a record without data */
	struct xdc_record record; /* without data; no key: one of the files */
	char sha256[XDC_SHA256_TEXT];
	const struct xdc_redacted *redacted; /* when it is written; NULL: nothing was masked */
};

struct xdc_manifest {
	struct xdc_manifest_entry *entries; /* in the order of the archive, files first */
	size_t count;
	bool masked; /* when it is written */
};

/* What stands before each name in the archive. */
#define XDC_BUNDLE_ROOT	    "xen-dmacheck/"
#define XDC_BUNDLE_MANIFEST "manifest.json"
#define XDC_BUNDLE_SUM	    "manifest.sha256"

enum {
	XDC_BUNDLE_SUM_TEXT = XDC_SHA256_TEXT + sizeof("  " XDC_BUNDLE_MANIFEST "\n"),
};

/* The line of sha256sum(1) for the manifest @text. */
void xdc_bundle_sum(const struct xdc_archive *archive, const char *text, size_t size,
		    char ret[XDC_BUNDLE_SUM_TEXT]);

/* The manifest of @bundle; everything in it is @arena's, or the bundle's. */
void xdc_manifest_make(struct xdc_arena *arena, const struct xdc_archive *archive,
		       const struct xdc_bundle *bundle, struct xdc_manifest *ret);
/* As JSON; to be freed. */
char *xdc_manifest_format(const struct xdc_manifest *manifest);
/*
 * Reads the JSON back. Returns 0, or -EINVAL with what is wrong in *@ret_error (of @arena);
 * what it says of sizes and names is within bounds.
 */
int xdc_manifest_parse(struct xdc_arena *arena, const char *text, size_t size,
		       struct xdc_manifest *ret, const char **ret_error);

#endif
