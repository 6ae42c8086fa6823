/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Masking: what leaves the machine in a bundle. Evidence in, evidence out, nothing is read or
 * printed. The policy is an allow-list: a record, a field, a word of a command line or a key
 * of xenstore is kept because a table here knows it (policy.c), and whatever no table knows
 * is masked. Only log text is the other way about: it is kept, and what is known to be a
 * name, or looks like an address or a secret, is masked in it.
 *
 * Names get pseudonyms, "host-1", "domain-2", numbered in the order in which the evidence
 * first shows them. A number is not made from the name by any function, so nothing can be
 * guessed and tried out, as it could with a hash; the same evidence gives the same numbers.
 * A name has one pseudonym within a bundle, wherever and however it is written: MAC
 * addresses, UUIDs and host names in either case, all of them also in hexadecimal or base64.
 * Secrets get no pseudonym and stand in no map: they are "<masked>".
 *
 * What this cannot do: know a name that no record tells to be one (a customer's in a volume
 * label), or mask one outside its own place that is a word of the kernel's, too (a guest that
 * is called "nvme"), shorter than three characters or a mere number.
 */
#ifndef XDC_REDACT_H
#define XDC_REDACT_H

#include "collect/evidence.h"

/* What was masked. The first have pseudonyms, which begin with the kind's name. */
enum xdc_mask {
	XDC_MASK_HOST,
	XDC_MASK_DOMAIN,
	XDC_MASK_USER,
	XDC_MASK_MAC,
	XDC_MASK_IP,
	XDC_MASK_SERIAL,
	XDC_MASK_UUID,
	XDC_MASK_MAIL,
	XDC_MASK_PATH,
	XDC_MASK_NAME,
	XDC_MASK_RECORD,
	XDC_MASK_PSEUDONYMS, /* how many of them */
	XDC_MASK_SECRET = XDC_MASK_PSEUDONYMS,
	XDC_MASK_OPTION,
	XDC_MASK_FIELD,
	XDC_MASK_GUEST_TEXT,
	XDC_MASK_PROGRAM_TEXT,
	XDC_MASK_KINDS,
};

struct xdc_redact_options {
	bool enabled;	    /* false: the evidence as it is; what would be masked is still told */
	bool guest_console; /* keep what guests wrote on their consoles, masked as other text */
};

struct xdc_redaction;

/* What was masked in one record: how often each kind. */
struct xdc_redacted {
	const char *key; /* as the masked evidence has it */
	unsigned int counts[XDC_MASK_KINDS];
};

/*
 * The masked copy of @evidence, the caller's, and in *@ret what was masked, to be released
 * with xdc_redaction_free(). A record that no policy knows is left, empty, with the status
 * redacted and why in its detail.
 */
struct xdc_evidence *xdc_redact(const struct xdc_evidence *evidence,
				const struct xdc_redact_options *options,
				struct xdc_redaction **ret);

void xdc_redaction_free(struct xdc_redaction *redaction);
void xdc_redaction_freep(struct xdc_redaction **redaction);
#define xdc_autoredaction __attribute__((cleanup(xdc_redaction_freep)))

/* What was masked in the record @key of the masked evidence; NULL: nothing. */
const struct xdc_redacted *xdc_redaction_find(const struct xdc_redaction *redaction,
					      const char *key);

/* The word for manifests ("mac", "guest-text") and why such are masked. Static. */
const char *xdc_mask_name(enum xdc_mask kind);
const char *xdc_mask_reason(enum xdc_mask kind);

/*
 * The pseudonyms, for whoever made the bundle: lines of pseudonym, tab and original, escaped
 * as xdc_text_escape() does. Secrets are not among them.
 */
void xdc_redaction_write_map(const struct xdc_redaction *redaction, FILE *out);

/* Writes, a sentence a line, what a bundle of this evidence would show if it were not masked. */
void xdc_redaction_describe(const struct xdc_redaction *redaction, FILE *out);

/*
 * The policy for records, as a manual page can list it: the key, or what it begins with where
 * @is_prefix, and a sentence of what is kept of it. NULL beyond the last.
 */
struct xdc_redact_policy {
	const char *key;
	bool is_prefix;
	const char *kept;
};
const struct xdc_redact_policy *xdc_redact_policy_at(size_t index);

#endif
