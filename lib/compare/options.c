/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kernel's build options. */
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"

static const char prefix[] = "CONFIG_";

struct option {
	const char *name; /* with its prefix */
	const char *value;
};

struct options {
	struct option *items;
	size_t count;
};

/* "CONFIG_X=y"; one that is not set has no such line. */
static void parse(struct xdc_comparison *c, const char *config, struct options *ret)
{
	char *cursor = xdc_arena_strdup(c->arena, config), *line;

	while ((line = xdc_text_next_line(&cursor))) {
		char *equals = strchr(line, '=');

		if (!equals || !xdc_text_starts_with(line, prefix))
			continue;
		*equals = '\0';
		xdc_array_reserve((void **)&ret->items, ret->count, sizeof(*ret->items));
		ret->items[ret->count++] = (struct option){ line, equals + 1 };
	}
}

static size_t list(const struct options *options, struct xdc_named **ret)
{
	*ret = xdc_zalloc(options->count * sizeof(**ret));
	for (size_t i = 0; i < options->count; i++)
		(*ret)[i] = (struct xdc_named){ options->items[i].name, &options->items[i] };
	return options->count;
}

static const char *safe(struct xdc_comparison *c, const char *text)
{
	return xdc_text_escaped(c->arena, text, strlen(text));
}

static bool is_cut(const struct xdc_report *report)
{
	return report->model->host.config_is_cut;
}

struct pairing {
	struct xdc_comparison *c;
	const char *last; /* a second line of a name has no effect, as for xdc_host_config() */
};

static void pair_options(void *arg, const void *before, const void *after)
{
	struct pairing *pairing = arg;
	struct xdc_comparison *c = pairing->c;
	const struct option *x = before, *y = after;
	const char *name = x ? x->name : y->name;
	const char *was = x ? x->value : "n", *is = y ? y->value : "n";

	if (pairing->last && strcmp(pairing->last, name) == 0)
		return;
	pairing->last = name;
	/* What stands behind a cut is not known. */
	if (strcmp(was, is) == 0 || (!x && is_cut(c->before)) || (!y && is_cut(c->after)))
		return;
	xdc_array_reserve((void **)&c->options, c->n_options, sizeof(*c->options));
	c->options[c->n_options++] = (struct xdc_option_change){
		.name = safe(c, name),
		.before = safe(c, was),
		.after = safe(c, is),
		.matters = xdc_host_asks_config(name + strlen(prefix)),
	};
}

void xdc_compare_options(struct xdc_comparison *c)
{
	const char *before = c->before->model->host.config, *after = c->after->model->host.config;
	xdc_autofree struct xdc_named *x = NULL, *y = NULL;
	struct options of_before = { 0 }, of_after = { 0 };
	struct pairing pairing = { .c = c };
	size_t n_before, n_after;

	/* That one could not be read is told by its record. */
	if (!before || !after)
		return;
	parse(c, before, &of_before);
	parse(c, after, &of_after);
	n_before = list(&of_before, &x);
	n_after = list(&of_after, &y);
	xdc_pair(x, n_before, y, n_after, pair_options, &pairing);
	free(of_before.items);
	free(of_after.items);
	c->of_host.differ += c->n_options;
}
