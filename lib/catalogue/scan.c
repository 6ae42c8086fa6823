/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "catalogue/scan.h"

enum {
	BLOCK = 3,
	BEFORE = 3, /* bytes before the last block that are looked at first */
	HASH_BITS = 17,
	SHIFT_MAX = 255,
};

struct xdc_scanner {
	const char *const *literals;
	size_t *lengths;
	uint32_t *before; /* what stands before its last block: tells most others apart */
	uint32_t *next;	  /* the next literal that ends in the same block, plus one; 0: none */
	size_t count;
	size_t window; /* the length of the shortest: of others only the end decides */
	unsigned char shift[1 << HASH_BITS];
	uint32_t first[1 << HASH_BITS]; /* where shift is 0 */
};

/* Three bytes as a number. */
static uint32_t three(const char *text)
{
	const unsigned char *b = (const unsigned char *)text;

	return (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16;
}

static size_t hash(const char *block)
{
	return (size_t)((three(block) * UINT32_C(2654435761)) >> (32 - HASH_BITS));
}

static void add_literal(struct xdc_scanner *scanner, size_t index)
{
	const char *end = scanner->literals[index] + scanner->lengths[index];

	scanner->before[index] = three(end - BLOCK - BEFORE);
	for (size_t left = 0; left + BLOCK <= scanner->window; left++) {
		size_t h = hash(end - left - BLOCK);

		if (left < scanner->shift[h])
			scanner->shift[h] = (unsigned char)left;
		if (left)
			continue;
		scanner->next[index] = scanner->first[h];
		scanner->first[h] = (uint32_t)index + 1;
	}
}

struct xdc_scanner *xdc_scanner_new(const char *const *literals, size_t count)
{
	struct xdc_scanner *scanner = xdc_zalloc(sizeof(*scanner));
	size_t window = SHIFT_MAX;

	scanner->literals = literals;
	scanner->count = count;
	scanner->lengths = xdc_zalloc(count * sizeof(*scanner->lengths));
	scanner->before = xdc_zalloc(count * sizeof(*scanner->before));
	scanner->next = xdc_zalloc(count * sizeof(*scanner->next));
	for (size_t i = 0; i < count; i++) {
		scanner->lengths[i] = strlen(literals[i]);
		if (scanner->lengths[i] < window)
			window = scanner->lengths[i];
	}
	scanner->window = window;
	memset(scanner->shift, (int)(window - BLOCK + 1), sizeof(scanner->shift));
	for (size_t i = 0; i < count; i++)
		add_literal(scanner, i);
	return scanner;
}

void xdc_scanner_free(struct xdc_scanner *scanner)
{
	if (!scanner)
		return;
	free(scanner->lengths);
	free(scanner->before);
	free(scanner->next);
	free(scanner);
}

static void try_literals(const struct xdc_scanner *scanner, size_t h, const char *text, size_t end,
			 xdc_found_fn *found, void *arg)
{
	uint32_t before = three(text + end - BLOCK - BEFORE);

	for (size_t i = scanner->first[h]; i; i = scanner->next[i - 1]) {
		size_t length = scanner->lengths[i - 1];

		if (before == scanner->before[i - 1] && length <= end &&
		    memcmp(text + end - length, scanner->literals[i - 1], length) == 0)
			found(arg, i - 1, end);
	}
}

void xdc_scanner_run(const struct xdc_scanner *scanner, const char *text, size_t size,
		     xdc_found_fn *found, void *arg)
{
	if (!scanner->count)
		return;
	for (size_t end = scanner->window; end <= size;) {
		size_t h = hash(text + end - BLOCK);

		if (scanner->shift[h]) {
			end += scanner->shift[h];
			continue;
		}
		try_literals(scanner, h, text, end, found, arg);
		end++;
	}
}
