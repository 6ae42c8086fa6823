/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets made up for a test, planted in evidence in several forms, and looked for in it. */
#ifndef XDC_TEST_SECRET_H
#define XDC_TEST_SECRET_H

#include "collect/evidence.h"

enum secret_kind {
	SECRET_VNC, /* a password in xenstore */
	SECRET_PASSWORD,
	SECRET_TOKEN,
	SECRET_HEX_KEY,
	SECRET_HOST,
	SECRET_DOMAIN,
	SECRET_USER,
	SECRET_MAC,
	SECRET_IP,
	SECRET_UUID,
	SECRET_SERIAL,
	SECRET_KINDS,
};

struct secret {
	enum secret_kind kind;
	char text[64];
};

/* secret.c: the same @seed makes the same secrets. */
void secret_make(struct secret *secrets, size_t count, uint32_t seed);

/* How it may be written. */
enum secret_form {
	FORM_PLAIN,
	FORM_BASE64,
	FORM_HEX,
	FORM_CELLS, /* "0x68756e74 0x65723200" */
	FORMS_PLANTED,
	FORM_UPPER_HEX = FORMS_PLANTED,
	FORM_UTF16_LITTLE,
	FORM_UTF16_BIG,
	FORMS,
};
/* Writes the form to @buffer, which has a NUL behind; returns its length. */
size_t secret_form(const struct secret *secret, enum secret_form form, char *buffer, size_t room);

/*
 * The form in which @secret stands in the bytes; -1: in none. @folded are the same bytes with
 * letters in lower case: all but base64 is found in either case.
 */
int secret_find(const struct secret *secret, const char *data, const char *folded, size_t size);
/* Such a copy, the caller's. */
char *secret_fold(const char *data, size_t size);

/* plant.c: a copy of @evidence with the secrets in every record, and in some that were not there.
 */
struct xdc_evidence *secret_plant(const struct xdc_evidence *evidence, const struct secret *secrets,
				  size_t count);

#endif
