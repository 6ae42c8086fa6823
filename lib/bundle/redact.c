/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Two passes over the evidence: in the first the names are gathered, in the second they are
 * looked for everywhere. A guest's name stands in xenstore, which is read after the log that
 * has it, too.
 */
#include <stdlib.h>
#include <string.h>

#include "bundle/policy.h"

struct xdc_redaction {
	struct xdc_pseudonyms *names;
	struct xdc_redacted **records; /* of those in which something was masked */
	size_t count;
	struct xdc_arena *arena;
	unsigned int totals[XDC_MASK_KINDS];
};

struct pass {
	struct xdc_masker masker;
	struct xdc_redaction *redaction;
	struct xdc_arena *arena;
	struct xdc_evidence *to; /* NULL while names are gathered */
};

/* A text of the record's header. */
static const char *mask_string(struct pass *pass, const char *text, size_t from)
{
	xdc_autofree char *masked = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&masked, &length);

	fwrite(text, 1, from, out);
	xdc_mask_text(&pass->masker, out, text + from, strlen(text + from));
	fclose(out);
	return xdc_arena_memdup(pass->arena, masked, length);
}

/* The ID of a boot is a UUID without its dashes. */
static const char *mask_journal_key(struct pass *pass, const char *key, size_t from)
{
	const struct xdc_pseudonym *name =
		xdc_pseudonym_of(pass->masker.names, XDC_MASK_UUID, key + from, strlen(key + from));

	pass->masker.counts[XDC_MASK_UUID]++;
	return xdc_arena_printf(pass->arena, "%.*s%s", (int)from, key, name->text);
}

/* What the policy has of a key is ours; the rest, a device's path, may hold names. */
static const char *mask_key(struct pass *pass, const char *key, const struct xdc_policy *policy)
{
	static const char journal[] = "log:journal:";
	size_t known = strlen(policy->is.key);

	if (strcmp(policy->is.key, journal) == 0 && key[known])
		return mask_journal_key(pass, key, known);
	return mask_string(pass, key, known);
}

static void leave_out(struct pass *pass, struct xdc_record *record, const char *why)
{
	record->status = XDC_STATUS_REDACTED;
	record->detail = why;
	record->data = "";
	record->size = 0;
	pass->masker.counts[XDC_MASK_RECORD]++;
}

static void mask_known(struct pass *pass, struct xdc_record *record,
		       const struct xdc_policy *policy, char **ret_data)
{
	const struct xdc_record original = *record;
	size_t size = 0;
	FILE *out = xdc_open_text(ret_data, &size);
	const char *why = policy->mask(&pass->masker, &original, out);

	fclose(out);
	record->key = mask_key(pass, original.key, policy);
	record->origin = mask_string(pass, original.origin, 0);
	/* Ours, of a bundle that is bundled again. */
	record->detail = strcmp(original.detail, XDC_DETAIL_MASKED) == 0
				 ? XDC_DETAIL_MASKED
				 : mask_string(pass, original.detail, 0);
	record->data = *ret_data;
	record->size = size;
	if (why)
		leave_out(pass, record, why);
}

/* Not even its key is shown. */
static void mask_unknown(struct pass *pass, struct xdc_record *record)
{
	const struct xdc_pseudonym *name = xdc_pseudonym_of(pass->masker.names, XDC_MASK_RECORD,
							    record->key, strlen(record->key));

	record->key = name->text;
	record->origin = "";
	leave_out(pass, record, "no policy of masking knows this record");
}

static struct xdc_redacted *note(struct xdc_redaction *redaction, const char *key,
				 const unsigned int *counts)
{
	struct xdc_redacted *redacted = xdc_arena_alloc(redaction->arena, sizeof(*redacted));

	redacted->key = xdc_arena_strdup(redaction->arena, key);
	memcpy(redacted->counts, counts, sizeof(redacted->counts));
	xdc_array_reserve((void **)&redaction->records, redaction->count,
			  sizeof(*redaction->records));
	redaction->records[redaction->count++] = redacted;
	return redacted;
}

static void mask_record(struct pass *pass, const struct xdc_record *original)
{
	unsigned int counts[XDC_MASK_KINDS] = { 0 };
	const struct xdc_policy *policy = xdc_policy_of(original->key);
	struct xdc_record record = *original;
	xdc_autofree char *data = NULL;
	bool any = false;

	pass->masker.counts = counts;
	if (policy)
		mask_known(pass, &record, policy, &data);
	else
		mask_unknown(pass, &record);
	pass->masker.counts = NULL;
	if (!pass->to)
		return;
	for (size_t i = 0; i < XDC_MASK_KINDS; i++) {
		pass->redaction->totals[i] += counts[i];
		any = any || counts[i];
	}
	if (any)
		note(pass->redaction, record.key, counts);
	if (any && !record.detail[0])
		record.detail = XDC_DETAIL_MASKED;
	xdc_evidence_add(pass->to, &record);
}

static void run_pass(struct pass *pass, const struct xdc_evidence *evidence)
{
	pass->arena = xdc_arena_new();
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++)
		mask_record(pass, xdc_evidence_at(evidence, i));
	xdc_arena_free(pass->arena);
}

static struct xdc_evidence *copy_of(const struct xdc_evidence *evidence)
{
	struct xdc_evidence *copy = xdc_evidence_new();

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++)
		xdc_evidence_add(copy, xdc_evidence_at(evidence, i));
	return copy;
}

static int by_key(const void *a, const void *b)
{
	return strcmp((*(struct xdc_redacted *const *)a)->key,
		      (*(struct xdc_redacted *const *)b)->key);
}

struct xdc_evidence *xdc_redact(const struct xdc_evidence *evidence,
				const struct xdc_redact_options *options,
				struct xdc_redaction **ret)
{
	struct xdc_redaction *redaction = xdc_zalloc(sizeof(*redaction));
	struct pass pass = {
		.masker = { .names = xdc_pseudonyms_new(),
			    .signs = xdc_signs_matcher(),
			    .guest_console = options->guest_console },
		.redaction = redaction,
	};

	redaction->names = pass.masker.names;
	redaction->arena = xdc_arena_new();
	run_pass(&pass, evidence);
	pass.masker.known = xdc_pseudonyms_matcher(pass.masker.names);
	pass.to = xdc_evidence_new();
	run_pass(&pass, evidence);
	xdc_matcher_free(pass.masker.signs);
	xdc_matcher_free(pass.masker.known);
	if (redaction->count)
		qsort(redaction->records, redaction->count, sizeof(*redaction->records), by_key);
	*ret = redaction;
	if (options->enabled)
		return pass.to;
	xdc_evidence_free(pass.to);
	return copy_of(evidence);
}

void xdc_redaction_free(struct xdc_redaction *redaction)
{
	if (!redaction)
		return;
	xdc_pseudonyms_free(redaction->names);
	free(redaction->records);
	xdc_arena_free(redaction->arena);
	free(redaction);
}

void xdc_redaction_freep(struct xdc_redaction **redaction)
{
	xdc_redaction_free(*redaction);
}

const struct xdc_redacted *xdc_redaction_find(const struct xdc_redaction *redaction,
					      const char *key)
{
	const struct xdc_redacted wanted = { .key = key }, *pointer = &wanted;
	struct xdc_redacted **found =
		redaction->count ? bsearch(&pointer, redaction->records, redaction->count,
					   sizeof(*redaction->records), by_key)
				 : NULL;

	return found ? *found : NULL;
}

void xdc_redaction_write_map(const struct xdc_redaction *redaction, FILE *out)
{
	xdc_pseudonyms_write(redaction->names, out);
}

void xdc_redaction_describe(const struct xdc_redaction *redaction, FILE *out)
{
	for (size_t i = 0; i < XDC_MASK_KINDS; i++) {
		unsigned int different =
			i < XDC_MASK_PSEUDONYMS
				? xdc_pseudonyms_count(redaction->names, (enum xdc_mask)i)
				: 0;

		if (!redaction->totals[i])
			continue;
		fprintf(out, "It holds %s", xdc_mask_unmasked((enum xdc_mask)i));
		if (different)
			fprintf(out, ": %u", different);
		fprintf(out, ", in %u %s.\n", redaction->totals[i],
			redaction->totals[i] == 1 ? "place" : "places");
	}
}
