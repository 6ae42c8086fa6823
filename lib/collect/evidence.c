/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "collect/evidence.h"

struct xdc_evidence {
	struct xdc_arena *arena;
	struct xdc_record **records;
	size_t count;
	void *by_key; /* a tree of tsearch(3) */
};

static int compare_keys(const void *a, const void *b)
{
	return strcmp(((const struct xdc_record *)a)->key, ((const struct xdc_record *)b)->key);
}

struct xdc_evidence *xdc_evidence_new(void)
{
	struct xdc_evidence *evidence = xdc_zalloc(sizeof(*evidence));

	evidence->arena = xdc_arena_new();
	return evidence;
}

void xdc_evidence_free(struct xdc_evidence *evidence)
{
	if (!evidence)
		return;
	for (size_t i = 0; i < evidence->count; i++)
		tdelete(evidence->records[i], &evidence->by_key, compare_keys);
	free(evidence->records);
	xdc_arena_free(evidence->arena);
	free(evidence);
}

void xdc_evidence_freep(struct xdc_evidence **evidence)
{
	xdc_evidence_free(*evidence);
}

void xdc_evidence_add(void *arg, const struct xdc_record *record)
{
	struct xdc_evidence *evidence = arg;
	struct xdc_record *copy;

	if (xdc_evidence_find(evidence, record->key))
		return;
	copy = xdc_arena_alloc(evidence->arena, sizeof(*copy));
	*copy = *record;
	copy->key = xdc_arena_strdup(evidence->arena, record->key);
	copy->origin = xdc_arena_strdup(evidence->arena, record->origin);
	copy->detail = xdc_arena_strdup(evidence->arena, record->detail);
	copy->data = xdc_arena_memdup(evidence->arena, record->data, record->size);
	if (!tsearch(copy, &evidence->by_key, compare_keys))
		return;
	xdc_array_reserve((void **)&evidence->records, evidence->count, sizeof(*evidence->records));
	evidence->records[evidence->count++] = copy;
}

const struct xdc_record *xdc_evidence_find(const struct xdc_evidence *evidence, const char *key)
{
	const struct xdc_record wanted = { .key = key };
	void *node = tfind(&wanted, &evidence->by_key, compare_keys);

	return node ? *(struct xdc_record **)node : NULL;
}

size_t xdc_evidence_count(const struct xdc_evidence *evidence)
{
	return evidence->count;
}

const struct xdc_record *xdc_evidence_at(const struct xdc_evidence *evidence, size_t index)
{
	return evidence->records[index];
}

void xdc_evidence_write(const struct xdc_evidence *evidence, FILE *out)
{
	xdc_records_write_begin(out);
	for (size_t i = 0; i < evidence->count; i++)
		xdc_records_write(out, evidence->records[i]);
	xdc_records_write_end(out, evidence->count);
}
