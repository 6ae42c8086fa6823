/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"

enum key {
	KEY_ID,
	KEY_SEVERITY,
	KEY_TITLE,
	KEY_WHERE,
	KEY_PATTERN,
	KEY_WHEN,
	KEY_FOLLOWS,
	KEY_MEANS,
	KEY_CAUSE,
	KEY_TEST,
	KEY_CONFIRM,
	KEY_RULE_OUT,
	KEY_DO,
	KEY_VERSIONS,
	KEY_REFERENCE,
	KEY_SAMPLE,
	KEY_NO_SAMPLE,
	KEY_FROM,
};

const char *const xdc_entry_keys[] = {
	[KEY_ID] = "id",
	[KEY_SEVERITY] = "severity",
	[KEY_TITLE] = "title",
	[KEY_WHERE] = "where",
	[KEY_PATTERN] = "pattern",
	[KEY_WHEN] = "when",
	[KEY_FOLLOWS] = "follows",
	[KEY_MEANS] = "means",
	[KEY_CAUSE] = "cause",
	[KEY_TEST] = "test",
	[KEY_CONFIRM] = "confirm",
	[KEY_RULE_OUT] = "rule-out",
	[KEY_DO] = "do",
	[KEY_VERSIONS] = "versions",
	[KEY_REFERENCE] = "reference",
	[KEY_SAMPLE] = "sample",
	[KEY_NO_SAMPLE] = "no-sample",
	[KEY_FROM] = "from",
	NULL,
};

static const struct {
	const char *name;
	unsigned int mask;
} log_names[] = {
	{ "kernel", XDC_LOG_KERNEL },
	{ "hypervisor", XDC_LOG_HYPERVISOR },
	{ "libxl", XDC_LOG_LIBXL },
	{ "xenstored", XDC_LOG_XENSTORED },
	{ "device-model", XDC_LOG_DEVICE_MODEL },
	{ "guest", XDC_LOG_GUEST },
	{ "any", XDC_LOG_ANY },
};

const char *xdc_log_name(unsigned int log)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(log_names); i++)
		if (log_names[i].mask == log)
			return log_names[i].name;
	return NULL;
}

struct parser {
	struct xdc_arena *arena;
	struct xdc_entry *entry;
	const char *file;
	unsigned int line; /* where the value being read begins */
};

static const char *add_text(const char **items, size_t *count, size_t max, const char *text)
{
	if (*count == max)
		return "too many of these";
	items[(*count)++] = text;
	return NULL;
}

static const char *parse_id(struct parser *p, const char *value)
{
	if (!xdc_text_starts_with(value, "XDC-") || !value[strlen("XDC-")] ||
	    value[strspn(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")])
		return "an id is XDC- and capitals, digits and dashes";
	p->entry->id = value;
	return NULL;
}

static const char *parse_where(struct parser *p, char *value)
{
	for (char *word = strtok_r(value, ", ", &value); word;
	     word = strtok_r(NULL, ", ", &value)) {
		unsigned int mask = 0;

		for (size_t i = 0; i < XDC_ARRAY_SIZE(log_names); i++)
			if (strcmp(log_names[i].name, word) == 0)
				mask = log_names[i].mask;
		if (!mask)
			return xdc_arena_printf(p->arena,
						"'%s' is no log: kernel, hypervisor, libxl, "
						"xenstored, device-model, guest, any",
						word);
		p->entry->where |= mask;
	}
	return NULL;
}

static const char *parse_pattern(struct parser *p, const char *value)
{
	struct xdc_entry *e = p->entry;
	const char *error;

	if (e->n_patterns == XDC_ENTRY_TEXTS_MAX)
		return "too many of these";
	e->patterns[e->n_patterns] = xdc_pattern_new(value, &error);
	if (!e->patterns[e->n_patterns])
		return error;
	e->patterns[e->n_patterns++]->line = p->line;
	return NULL;
}

static const char *parse_follows(struct parser *p, char *value)
{
	for (char *word = strtok_r(value, ", ", &value); word;
	     word = strtok_r(NULL, ", ", &value)) {
		const char *error = add_text(p->entry->follows, &p->entry->n_follows,
					     XDC_ENTRY_TEXTS_MAX, word);

		if (error)
			return error;
	}
	return NULL;
}

static const char *parse_condition(struct parser *p, const char *text, struct xdc_condition *items,
				   size_t *count, size_t max)
{
	const char *error;

	if (*count == max)
		return "too many of these";
	if (xdc_condition_parse(p->arena, text, &items[*count], &error) < 0)
		return error;
	(*count)++;
	return NULL;
}

/* A test decides both ways. */
static const char *parse_test(struct parser *p, struct xdc_cause *cause, const char *value)
{
	const char *error =
		parse_condition(p, value, cause->confirm, &cause->n_confirm, XDC_CAUSE_TEXTS_MAX);
	struct xdc_condition *opposite = &cause->rule_out[cause->n_rule_out];

	if (error)
		return error;
	error = parse_condition(p, value, cause->rule_out, &cause->n_rule_out, XDC_CAUSE_TEXTS_MAX);
	if (error)
		return error;
	if (opposite->n_terms > 1)
		return "a test of several terms: use confirm and rule-out";
	opposite->terms[0].negated = !opposite->terms[0].negated;
	return NULL;
}

static const char *parse_of_cause(struct parser *p, enum key key, const char *value)
{
	struct xdc_entry *e = p->entry;
	struct xdc_cause *cause = e->n_causes ? &e->causes[e->n_causes - 1] : NULL;

	if (!cause)
		return "it belongs behind a cause";
	switch (key) {
	case KEY_TEST:
		return parse_test(p, cause, value);
	case KEY_CONFIRM:
		return parse_condition(p, value, cause->confirm, &cause->n_confirm,
				       XDC_CAUSE_TEXTS_MAX);
	case KEY_RULE_OUT:
		return parse_condition(p, value, cause->rule_out, &cause->n_rule_out,
				       XDC_CAUSE_TEXTS_MAX);
	default:
		return add_text(cause->advice, &cause->n_advice, XDC_CAUSE_TEXTS_MAX, value);
	}
}

static const char *parse_cause(struct parser *p, const char *value)
{
	if (p->entry->n_causes == XDC_ENTRY_TEXTS_MAX)
		return "too many of these";
	p->entry->causes[p->entry->n_causes++].text = value;
	return NULL;
}

static const char *parse_sample(struct parser *p, const char *value, bool matches)
{
	struct xdc_entry *e = p->entry;

	if (e->n_samples == XDC_ENTRY_TEXTS_MAX)
		return "too many of these";
	e->samples[e->n_samples++] =
		(struct xdc_sample){ .text = value, .matches = matches, .line = p->line };
	return NULL;
}

static const char *parse_from(struct parser *p, const char *value)
{
	struct xdc_entry *e = p->entry;

	if (!e->n_samples || e->samples[e->n_samples - 1].from)
		return "it belongs behind a sample";
	e->samples[e->n_samples - 1].from = value;
	return NULL;
}

static const char *parse_once(const char **item, const char *value)
{
	if (*item)
		return "it stands there twice";
	*item = value;
	return NULL;
}

static const char *parse_value(struct parser *p, enum key key, char *value)
{
	struct xdc_entry *e = p->entry;

	switch (key) {
	case KEY_ID:
		return e->id ? "it stands there twice" : parse_id(p, value);
	case KEY_SEVERITY:
		return xdc_severity_parse(value, &e->severity) < 0
			       ? "a severity is info, notice, warning or error"
			       : NULL;
	case KEY_TITLE:
		return parse_once(&e->title, value);
	case KEY_WHERE:
		return parse_where(p, value);
	case KEY_PATTERN:
		return parse_pattern(p, value);
	case KEY_WHEN:
		return parse_condition(p, value, e->when, &e->n_when, XDC_ENTRY_TEXTS_MAX);
	case KEY_FOLLOWS:
		return parse_follows(p, value);
	case KEY_MEANS:
		return parse_once(&e->means, value);
	case KEY_CAUSE:
		return parse_cause(p, value);
	case KEY_DO:
		if (!e->n_causes)
			return add_text(e->advice, &e->n_advice, XDC_ENTRY_TEXTS_MAX, value);
		return parse_of_cause(p, key, value);
	case KEY_TEST:
	case KEY_CONFIRM:
	case KEY_RULE_OUT:
		return parse_of_cause(p, key, value);
	case KEY_VERSIONS:
		return parse_once(&e->versions, value);
	case KEY_REFERENCE:
		return add_text(e->references, &e->n_references, XDC_ENTRY_TEXTS_MAX, value);
	case KEY_SAMPLE:
		return parse_sample(p, value, true);
	case KEY_NO_SAMPLE:
		return parse_sample(p, value, false);
	case KEY_FROM:
		return parse_from(p, value);
	}
	return "no such key";
}

static int find_key(const char *name)
{
	for (int i = 0; xdc_entry_keys[i]; i++)
		if (strcmp(xdc_entry_keys[i], name) == 0)
			return i;
	return -1;
}

/* Takes the lines that continue a value: those that begin with a blank. */
static void take_continuation(char **cursor, char *value, unsigned int *line)
{
	size_t length = strlen(value);

	while (**cursor == ' ' || **cursor == '\t') {
		char *next = xdc_text_first_line(xdc_text_next_line(cursor));

		++*line;
		next += strspn(next, " \t");
		/* It stood behind: there is room. */
		value[length] = ' ';
		memmove(value + length + 1, next, strlen(next) + 1);
		length += 1 + strlen(next);
	}
}

static const char *parse_line(struct parser *p, char *line, char **cursor, unsigned int *number)
{
	char *colon = strchr(line, ':');
	const char *error;
	char *value;
	int key;

	if (!colon)
		return "a line is 'key: value', or begins with a blank and continues the one above";
	*colon = '\0';
	key = find_key(line);
	if (key < 0)
		return xdc_arena_printf(p->arena, "there is no key '%s'", line);
	value = colon + 1 + strspn(colon + 1, " \t");
	take_continuation(cursor, xdc_text_first_line(value), number);
	if (!*value)
		return xdc_arena_printf(p->arena, "%s: a value is missing", line);
	error = parse_value(p, (enum key)key, value);
	return error ? xdc_arena_printf(p->arena, "%s: %s", line, error) : NULL;
}

/* Whether all of it can be shown as it is: then nothing of an entry need be escaped. */
static bool is_plain(struct xdc_arena *arena, const char *line)
{
	size_t backslashes = 0, length = strlen(line), ascii = 0;

	for (size_t i = 0; i < length; i++) {
		backslashes += line[i] == '\\';
		ascii += line[i] >= ' ' && line[i] <= '~';
	}
	/* They alone are doubled. */
	return ascii == length ||
	       strlen(xdc_text_escaped(arena, line, length)) == length + backslashes;
}

/* The first line that holds what is no text; tabs become blanks on the way. 0: none does. */
static unsigned int find_strange(struct xdc_arena *arena, char *text)
{
	char *cursor;
	unsigned int number = 0;

	for (char *at = text; *at; at++)
		if (*at == '\t')
			*at = ' ';
	cursor = xdc_arena_strdup(arena, text);
	for (char *line; (line = xdc_text_next_line(&cursor));) {
		number++;
		if (!is_plain(arena, line))
			return number;
	}
	return 0;
}

int xdc_entry_parse(struct xdc_arena *arena, const char *file, const char *text,
		    struct xdc_entry **ret, const char **ret_error)
{
	struct parser p = { .arena = arena, .entry = xdc_zalloc(sizeof(*p.entry)), .file = file };
	char *cursor = xdc_arena_strdup(arena, text);
	const char *error = NULL;
	unsigned int number = 0;

	p.entry->file = xdc_text_escaped(arena, file, strlen(file));
	p.entry->line = 1;
	p.line = find_strange(arena, cursor);
	if (p.line)
		error = "control characters, or no UTF-8";
	while (*cursor && !error) {
		char *line = xdc_text_next_line(&cursor);

		p.line = ++number;
		if (*line == '#' || !line[strspn(line, " \t")])
			continue;
		if (!p.entry->id)
			p.entry->line = number;
		error = parse_line(&p, line, &cursor, &number);
	}
	if (error) {
		error = xdc_arena_printf(arena, "%s:%u: %s", file, p.line, error);
		*ret_error = xdc_text_escaped(arena, error, strlen(error));
		xdc_entry_free(p.entry);
		return -EINVAL;
	}
	*ret = p.entry;
	return 0;
}

void xdc_entry_free(struct xdc_entry *entry)
{
	if (!entry)
		return;
	for (size_t i = 0; i < entry->n_patterns; i++)
		xdc_pattern_free(entry->patterns[i]);
	free(entry);
}
