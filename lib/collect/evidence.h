/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The evidence of one run: every record that a source gave, in the order given. All later
 * stages see only this, and a recording is this written down.
 */
#ifndef XDC_EVIDENCE_H
#define XDC_EVIDENCE_H

#include "source/record.h"

struct xdc_evidence;

struct xdc_evidence *xdc_evidence_new(void);
void xdc_evidence_free(struct xdc_evidence *evidence);
void xdc_evidence_freep(struct xdc_evidence **evidence);
#define xdc_autoevidence __attribute__((cleanup(xdc_evidence_freep)))

/*
 * Adds a copy of @record; an xdc_emit_fn whose argument is the evidence. A second record
 * with a key that is there already is dropped: the first answer stands.
 */
void xdc_evidence_add(void *evidence, const struct xdc_record *record);

/* Valid as long as the evidence. NULL where the key was never asked for or answered. */
const struct xdc_record *xdc_evidence_find(const struct xdc_evidence *evidence, const char *key);

size_t xdc_evidence_count(const struct xdc_evidence *evidence);
const struct xdc_record *xdc_evidence_at(const struct xdc_evidence *evidence, size_t index);

/* Writes the evidence as a recording, see source/record.h. */
void xdc_evidence_write(const struct xdc_evidence *evidence, FILE *out);

#endif
