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

/* How secrets are planted. */
struct secret_plan {
	const struct secret *secrets;
	size_t count;
	/*
	 * Whether records besides tell what each is: a domain's name stands in xenstore, a
	 * password behind "password=" in the log. If not, text gets only what is known by its
	 * form, plainly; places that only an allow-list guards get everything in any case.
	 */
	bool known;
	const char *only; /* the one record they are planted in; NULL: in all */
};

/* plant.c: @evidence and records that it may lack, of every kind that there is. */
struct xdc_evidence *secret_records(const struct xdc_evidence *evidence);
/* A copy of @records with secrets; where they are planted in one only, without most others. */
struct xdc_evidence *secret_plant(const struct xdc_evidence *records,
				  const struct secret_plan *plan);
/* Records whose keys, origins and details have the secrets in them. */
struct xdc_evidence *secret_plant_keys(const struct secret_plan *plan);

/* plant-text.c: the ways of writing secrets. */
struct planting {
	FILE *out;
	const struct secret_plan *plan;
};
/* Each secret in each form, where nothing but a list of what is kept can keep it out. */
void plant_list(const struct planting *p, const char *before, const char *behind);
/* The same where text is kept. */
void plant_text(const struct planting *p, const char *before, const char *behind);
/* Lines that tell what each secret is. */
void plant_announced(const struct planting *p, const char *before);
/* Words of a command line. */
void plant_words(const struct planting *p);
/* plant-devicetree.c: a board's tree with the secrets below /chosen, in names, text and cells. */
void plant_devicetree(const struct planting *p);
/* Whether @secret is known by its form alone. */
bool secret_has_shape(const struct secret *secret);

#endif
