/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The names and secrets of one bundle: what each is called in it, and how each may be
 * written. First they are gathered, then looked for.
 */
#ifndef XDC_PSEUDONYMS_H
#define XDC_PSEUDONYMS_H

#include "bundle/matcher.h"
#include "bundle/redact.h"

struct xdc_pseudonym {
	enum xdc_mask kind; /* as which it was first seen */
	unsigned int seen;  /* a bit for each kind as which it was seen */
	const char *text;   /* "host-1"; "<masked>" for secrets */
	const char *original;
	size_t size; /* of the original */
};

/* What stands for whatever has no pseudonym. */
#define XDC_MASKED "<masked>"

struct xdc_pseudonyms;

struct xdc_pseudonyms *xdc_pseudonyms_new(void);
void xdc_pseudonyms_free(struct xdc_pseudonyms *names);

/*
 * The pseudonym of @text, which may have escapes in it ("\x41"), given now if it has none.
 * Valid as long as @names. Of a secret, what is remembered is that it is one.
 */
const struct xdc_pseudonym *xdc_pseudonym_of(struct xdc_pseudonyms *names, enum xdc_mask kind,
					     const char *text, size_t size);

/*
 * Notes that the kernel or firmware uses @text, and the words in it, itself (names of drivers
 * and buses, compatibles): a name that is such a word is masked only in its own place.
 */
void xdc_pseudonyms_note_words(struct xdc_pseudonyms *names, const char *text, size_t size);

/* A matcher of all that was gathered, in every form; what it finds are xdc_pseudonyms. */
struct xdc_matcher *xdc_pseudonyms_matcher(const struct xdc_pseudonyms *names);

void xdc_pseudonyms_write(const struct xdc_pseudonyms *names, FILE *out);

/* How many have been given of @kind. */
unsigned int xdc_pseudonyms_count(const struct xdc_pseudonyms *names, enum xdc_mask kind);

/* words.c: whether the kernel's messages and our own parsers use the word @text. */
bool xdc_is_common_word(const char *text, size_t size);

/*
 * forms.c: adds to @matcher how @name may be written besides plainly: escaped, in hexadecimal
 * (also in groups of four bytes, as cells of a device tree are), in base64, in UTF-16.
 */
void xdc_forms_add(struct xdc_matcher *matcher, const struct xdc_pseudonym *name);

/* The hexadecimal digits of a MAC address or UUID without what separates them, in lower case. */
size_t xdc_hex_digits(const char *text, size_t size, char *digits, size_t room);

#endif
