/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Masking, the parts: each writes @text as it may be shown to a stream. The same text gives the
 * same result wherever it stands, so that what refers to one another still does.
 */
#ifndef XDC_MASK_H
#define XDC_MASK_H

#include "bundle/pseudonyms.h"

struct xdc_masker {
	struct xdc_pseudonyms *names;
	struct xdc_matcher *signs; /* what announces a name or secret: see mask-signs.c */
	struct xdc_matcher *known; /* names, NULL while they are being gathered */
	unsigned int *counts;	   /* of the record at hand */
	bool guest_console;
};

/* Writes the pseudonym of @text, or that it is masked, and counts it. */
void xdc_mask_put(struct xdc_masker *masker, FILE *out, enum xdc_mask kind, const char *text,
		  size_t size);
/* Writes that something is masked which nothing need be remembered of. */
void xdc_mask_hide(struct xdc_masker *masker, FILE *out, enum xdc_mask kind);

/* lines.c: the lines of a text, which may hold anything, also NULs. */
struct xdc_line {
	const char *text;
	size_t size;
	size_t next;	  /* where the next begins */
	bool has_newline; /* the last one may have none */
};
/* Goes to the next line, or returns false. Begins with a @line of zeros. */
bool xdc_line_next(struct xdc_line *line, const char *data, size_t size);
/* Writes the newline, where there is one. */
void xdc_line_end(const struct xdc_line *line, FILE *out);
bool xdc_line_begins(const struct xdc_line *line, const char *with);
/* Whether @text is the name of a status, as it stands behind a field's '!'. */
bool xdc_is_status(const char *text, size_t size);
bool xdc_is_one_of(const char *text, size_t size, const char *const *words, size_t count);

/* mask-text.c: text of any kind: names, addresses, secrets. */
void xdc_mask_text(struct xdc_masker *masker, FILE *out, const char *text, size_t size);

/*
 * mask-signs.c: what a sign in the text announces. A handler is given where the sign begins
 * and ends, masks what follows, and returns where to go on; *@ret_from is where what it wrote
 * begins. It returns 0 where nothing is announced.
 */
struct xdc_scan {
	struct xdc_masker *masker;
	FILE *out;
	const char *text;
	size_t size;
	size_t done; /* up to here all is written */
};
struct xdc_matcher *xdc_signs_matcher(void);
size_t xdc_sign_take(struct xdc_scan *scan, const struct xdc_match *sign);
/* Writes what is before @at as it is. */
void xdc_scan_flush(struct xdc_scan *scan, size_t at);
/* Writes @start to @end masked. */
void xdc_scan_mask(struct xdc_scan *scan, enum xdc_mask kind, size_t start, size_t end);

/* mask-command-line.c: words of the kernel's or the hypervisor's command line, without newline. */
void xdc_mask_command_line(struct xdc_masker *masker, FILE *out, const char *text, size_t size);

/* mask-target.c: what a guest's disk is made of: the kind stays, and /dev/nvme0n1. */
void xdc_mask_target(struct xdc_masker *masker, FILE *out, const char *text, size_t size);

/*
 * The following are of whole records: they return NULL, or why the record cannot be masked and
 * is left out (static).
 */
typedef const char *xdc_mask_fn(struct xdc_masker *masker, const struct xdc_record *record,
				FILE *out);

/* mask-fields.c: "name=value" lines by tables of forms. */
xdc_mask_fn xdc_mask_uname, xdc_mask_recorded, xdc_mask_device, xdc_mask_udev, xdc_mask_dma,
	xdc_mask_watched, xdc_mask_activity, xdc_mask_groups, xdc_mask_reserved, xdc_mask_tools,
	xdc_mask_logs, xdc_mask_interfaces, xdc_mask_version, xdc_mask_physinfo, xdc_mask_domains;
/* mask-topology.c */
xdc_mask_fn xdc_mask_storage, xdc_mask_network, xdc_mask_file_state, xdc_mask_xl_conf;
/* mask-xenstore.c */
xdc_mask_fn xdc_mask_xenstore_domains, xdc_mask_xenstore_backends, xdc_mask_xenstore_settings;
/* mask-log.c */
xdc_mask_fn xdc_mask_kmsg, xdc_mask_log_file, xdc_mask_console;
/* mask-files.c */
xdc_mask_fn xdc_mask_command_line_file, xdc_mask_plain, xdc_mask_small, xdc_mask_number,
	xdc_mask_build_id, xdc_mask_iomem, xdc_mask_mounts, xdc_mask_config, xdc_mask_empty;
/* mask-devicetree.c */
xdc_mask_fn xdc_mask_devicetree;
/* mask-dmar.c */
xdc_mask_fn xdc_mask_dmar;

#endif
