/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "catalogue/catalogue.h"

struct xdc_catalogue *xdc_catalogue_new(void)
{
	struct xdc_catalogue *catalogue = xdc_zalloc(sizeof(*catalogue));

	catalogue->arena = xdc_arena_new();
	return catalogue;
}

void xdc_catalogue_free(struct xdc_catalogue *catalogue)
{
	if (!catalogue)
		return;
	for (size_t i = 0; i < catalogue->count; i++)
		xdc_entry_free(catalogue->entries[i]);
	free(catalogue->entries);
	free(catalogue->errors);
	xdc_arena_free(catalogue->arena);
	free(catalogue);
}

void xdc_catalogue_freep(struct xdc_catalogue **catalogue)
{
	xdc_catalogue_free(*catalogue);
}

int xdc_catalogue_add_error(struct xdc_catalogue *catalogue, const char *error)
{
	xdc_array_reserve((void **)&catalogue->errors, catalogue->n_errors,
			  sizeof(*catalogue->errors));
	catalogue->errors[catalogue->n_errors++] = error;
	return -EINVAL;
}

/* Where the entry belongs, or stands. */
static size_t place_of(const struct xdc_catalogue *catalogue, const char *id)
{
	size_t from = 0, to = catalogue->count;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (strcasecmp(catalogue->entries[middle]->id, id) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static int insert(struct xdc_catalogue *catalogue, struct xdc_entry *entry)
{
	size_t at = place_of(catalogue, entry->id);

	if (at < catalogue->count && strcmp(catalogue->entries[at]->id, entry->id) == 0) {
		const char *error = xdc_arena_printf(
			catalogue->arena, "%s:%u: the id %s is taken, by %s", entry->file,
			entry->line, entry->id, catalogue->entries[at]->file);

		xdc_entry_free(entry);
		return xdc_catalogue_add_error(catalogue, error);
	}
	xdc_array_reserve((void **)&catalogue->entries, catalogue->count,
			  sizeof(*catalogue->entries));
	memmove(&catalogue->entries[at + 1], &catalogue->entries[at],
		(catalogue->count - at) * sizeof(*catalogue->entries));
	catalogue->entries[at] = entry;
	catalogue->count++;
	return 0;
}

enum checks {
	CHECK_NOTHING,
	CHECK_QUICKLY,
	CHECK_ALL,
};

static int add(struct xdc_catalogue *catalogue, const char *file, const char *text,
	       enum checks checks)
{
	struct xdc_entry *entry;
	const char *error;

	if (xdc_entry_parse(catalogue->arena, file, text, &entry, &error) < 0)
		return xdc_catalogue_add_error(catalogue, error);
	if (checks != CHECK_NOTHING &&
	    xdc_entry_check(catalogue->arena, entry, checks == CHECK_ALL, &error) < 0) {
		xdc_entry_free(entry);
		return xdc_catalogue_add_error(catalogue, error);
	}
	entry->local = checks != CHECK_NOTHING;
	return insert(catalogue, entry);
}

int xdc_catalogue_add(struct xdc_catalogue *catalogue, const char *file, const char *text)
{
	return add(catalogue, file, text, CHECK_ALL);
}

int xdc_catalogue_add_quickly(struct xdc_catalogue *catalogue, const char *file, const char *text)
{
	return add(catalogue, file, text, CHECK_QUICKLY);
}

int xdc_catalogue_add_checked(struct xdc_catalogue *catalogue, const char *file, const char *text)
{
	return add(catalogue, file, text, CHECK_NOTHING);
}

static int check_id(struct xdc_catalogue *catalogue, const struct xdc_entry *entry, const char *key,
		    const char *id)
{
	if (xdc_catalogue_find(catalogue, id))
		return 0;
	return xdc_catalogue_add_error(
		catalogue, xdc_arena_printf(catalogue->arena, "%s:%u: %s: there is no entry %s",
					    entry->file, entry->line, key, id));
}

static int check_condition(struct xdc_catalogue *catalogue, const struct xdc_entry *entry,
			   const struct xdc_condition *condition)
{
	int r = 0;

	for (size_t i = 0; i < condition->n_terms; i++)
		if (condition->terms[i].fact == XDC_FACT_SEEN &&
		    check_id(catalogue, entry, "seen", condition->terms[i].name) < 0)
			r = -EINVAL;
	return r;
}

int xdc_catalogue_check_ids(struct xdc_catalogue *catalogue)
{
	int r = 0;

	for (size_t i = 0; i < catalogue->count; i++) {
		const struct xdc_entry *e = catalogue->entries[i];

		for (size_t n = 0; n < e->n_follows; n++)
			if (strcmp(e->follows[n], "any") != 0 &&
			    check_id(catalogue, e, "follows", e->follows[n]) < 0)
				r = -EINVAL;
		for (size_t n = 0; n < e->n_causes; n++) {
			for (size_t c = 0; c < e->causes[n].n_confirm; c++)
				r |= check_condition(catalogue, e, &e->causes[n].confirm[c]);
			for (size_t c = 0; c < e->causes[n].n_rule_out; c++)
				r |= check_condition(catalogue, e, &e->causes[n].rule_out[c]);
		}
	}
	return r < 0 ? -EINVAL : 0;
}

const struct xdc_entry *xdc_catalogue_find(const struct xdc_catalogue *catalogue, const char *id)
{
	size_t at = place_of(catalogue, id);

	if (at < catalogue->count && strcasecmp(catalogue->entries[at]->id, id) == 0)
		return catalogue->entries[at];
	return NULL;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

static unsigned char upper(char c)
{
	return (unsigned char)(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
}

/* How many characters have to change to make one of the other (Levenshtein); @b is short. */
static size_t distance(const char *a, const char *b)
{
	size_t row[64], length = strlen(b);

	if (length >= XDC_ARRAY_SIZE(row))
		return SIZE_MAX;
	for (size_t i = 0; i <= length; i++)
		row[i] = i;
	for (size_t i = 1; a[i - 1]; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t n = 1; n <= length; n++) {
			size_t above = row[n];

			row[n] = least(least(row[n] + 1, row[n - 1] + 1),
				       diagonal + (upper(a[i - 1]) != upper(b[n - 1])));
			diagonal = above;
		}
	}
	return row[length];
}

const char *xdc_catalogue_nearest(const struct xdc_catalogue *catalogue, const char *id)
{
	size_t best = SIZE_MAX;
	const char *nearest = NULL;

	for (size_t i = 0; i < catalogue->count && strlen(id) < 64; i++) {
		const char *other = catalogue->entries[i]->id;
		size_t d = least(distance(id, other), distance(id, other + strlen("XDC-")));

		if (d < best) {
			best = d;
			nearest = other;
		}
	}
	return best <= 3 || best <= strlen(id) / 3 ? nearest : NULL;
}
