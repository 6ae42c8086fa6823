/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Features and command lines, word by word. */
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"

/* The words of one line in their order, each safe to print. */
struct words {
	const char **items;
	size_t count;
	bool known;
};

static void add_word(struct words *words, const char *word)
{
	xdc_array_reserve((void **)&words->items, words->count, sizeof(*words->items));
	words->items[words->count++] = word;
}

/* As the kernel splits its command line: blanks between double quotes part no words
 * (next_arg(), lib/cmdline.c). */
static void split(struct xdc_comparison *c, const char *line, struct words *ret)
{
	ret->known = line != NULL;
	while (line && *line) {
		const char *start = line + strspn(line, " ");
		bool quoted = false;

		for (line = start; *line && (quoted || *line != ' '); line++)
			quoted ^= *line == '"';
		if (line > start)
			add_word(ret, xdc_arena_memdup(c->arena, start, (size_t)(line - start)));
	}
}

/* Which words of each line the other has not. */
struct lacking {
	const struct words *before;
	const struct words *after;
	bool *gone;
	bool *added;
};

static void mark_lacking(void *arg, const void *before, const void *after)
{
	const struct lacking *l = arg;

	if (!after)
		l->gone[(const char **)before - l->before->items] = true;
	if (!before)
		l->added[(const char **)after - l->after->items] = true;
}

static struct xdc_named *list(const struct words *words)
{
	struct xdc_named *named = xdc_zalloc(words->count * sizeof(*named));

	for (size_t i = 0; i < words->count; i++)
		named[i] = (struct xdc_named){ words->items[i], &words->items[i] };
	return named;
}

/* The marked words in the line's own order: the caller's. */
static const char **marked(const struct words *words, const bool *marks, size_t *ret_count)
{
	struct words found = { 0 };

	for (size_t i = 0; i < words->count; i++)
		if (marks[i])
			add_word(&found, words->items[i]);
	*ret_count = found.count;
	return found.items;
}

static bool same_order(const struct words *before, const struct words *after)
{
	for (size_t i = 0; i < before->count; i++)
		if (strcmp(before->items[i], after->items[i]) != 0)
			return false;
	return true;
}

static void compare_words(const struct words *before, const struct words *after,
			  struct xdc_words_change *ret)
{
	xdc_autofree struct xdc_named *x = list(before), *y = list(after);
	xdc_autofree bool *gone = xdc_zalloc(before->count * sizeof(*gone));
	xdc_autofree bool *added = xdc_zalloc(after->count * sizeof(*added));
	struct lacking lacking = { before, after, gone, added };

	xdc_pair(x, before->count, y, after->count, mark_lacking, &lacking);
	ret->gone = marked(before, gone, &ret->n_gone);
	ret->added = marked(after, added, &ret->n_added);
	ret->reordered = !ret->n_gone && !ret->n_added && !same_order(before, after);
}

static void compare(struct xdc_comparison *c, const char *name, const char *label, const char *key,
		    const struct words *before, const struct words *after)
{
	struct xdc_words_change change = { .name = name, .label = label };

	if (before->known != after->known) {
		change.unread.side = before->known ? XDC_SIDE_AFTER : XDC_SIDE_BEFORE;
		change.unread.key = key;
	} else {
		compare_words(before, after, &change);
	}
	if (change.unread.side == XDC_SIDE_NEITHER && !change.n_gone && !change.n_added &&
	    !change.reordered)
		return;
	xdc_array_reserve((void **)&c->words, c->n_words, sizeof(*c->words));
	c->words[c->n_words++] = change;
	c->of_host.differ++;
	c->of_host.unread += change.unread.side != XDC_SIDE_NEITHER;
}

static void compare_lines(struct xdc_comparison *c, const char *name, const char *label,
			  const char *key, const char *before, const char *after)
{
	struct words x = { 0 }, y = { 0 };

	split(c, before, &x);
	split(c, after, &y);
	compare(c, name, label, key, &x, &y);
	free(x.items);
	free(y.items);
}

static void list_features(const struct xdc_host *host, struct words *ret)
{
	ret->known = host->have_features == XDC_YES;
	for (unsigned int bit = 0; ret->known && bit < XDC_FEATURES_MAX; bit++)
		if ((host->features >> bit) & 1)
			add_word(ret, xdc_feature_name(bit));
}

static void compare_features(struct xdc_comparison *c)
{
	struct words x = { 0 }, y = { 0 };

	list_features(&c->before->model->host, &x);
	list_features(&c->after->model->host, &y);
	compare(c, "features", "Xen's features", "file:/sys/hypervisor/properties/features", &x,
		&y);
	free(x.items);
	free(y.items);
}

void xdc_compare_words(struct xdc_comparison *c)
{
	const struct xdc_model *before = c->before->model, *after = c->after->model;

	compare_lines(c, "command_line", "command line", "file:/proc/cmdline",
		      before->host.command_line, after->host.command_line);
	/* That there is no Xen is told by the role. */
	if (before->host.role == XDC_ROLE_NONE || after->host.role == XDC_ROLE_NONE)
		return;
	compare_lines(c, "xen_command_line", "Xen's command line", "xen:version",
		      before->xen.command_line, after->xen.command_line);
	compare_features(c);
}
