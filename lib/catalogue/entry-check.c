/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "catalogue/catalogue.h"

/* As much of a sample is tried as its start; longer ones are of no other kind. */
enum {
	SAMPLE_MAX = 256,
	/* What takes long with this takes too long: steps grow with its square or faster. */
	HOSTILE_LINE = 1024,
};

static const char *check_keys(const struct xdc_entry *e)
{
	bool positive = false, negative = false;

	if (!e->id)
		return "id: is missing";
	if (!e->title)
		return "title: is missing";
	if (!e->where)
		return "where: is missing";
	if (!e->n_patterns)
		return "pattern: is missing";
	/* What is worth a warning is worth saying why it happens. */
	if (!e->n_causes && e->severity >= XDC_SEVERITY_WARNING)
		return "cause: is missing";
	for (size_t i = 0; i < e->n_samples; i++) {
		positive |= e->samples[i].matches;
		negative |= !e->samples[i].matches;
	}
	if (!positive)
		return "sample: is missing";
	if (!negative)
		return "no-sample: is missing";
	return NULL;
}

bool xdc_entry_holds(const struct xdc_entry *entry, const struct xdc_captures *captures)
{
	for (size_t i = 0; i < entry->n_when; i++) {
		const struct xdc_condition *when = &entry->when[i];

		for (size_t t = 0; t < when->n_terms; t++)
			if (xdc_term_compare(&when->terms[t], captures) !=
			    (when->terms[t].negated ? XDC_NO : XDC_YES))
				return false;
	}
	return true;
}

bool xdc_entry_matches(const struct xdc_entry *entry, const char *text, size_t size,
		       struct xdc_captures *ret)
{
	for (size_t i = 0; i < entry->n_patterns; i++) {
		const char *literal = entry->patterns[i]->literal;

		if (memmem(text, size, literal, strlen(literal)) &&
		    xdc_pattern_match(entry->patterns[i], text, size, ret) == XDC_MATCH_FOUND &&
		    xdc_entry_holds(entry, ret))
			return true;
	}
	return false;
}

static const char *check_samples(struct xdc_arena *arena, const struct xdc_entry *e,
				 unsigned int *ret_line)
{
	for (size_t i = 0; i < e->n_samples; i++) {
		const struct xdc_sample *sample = &e->samples[i];
		struct xdc_captures captures;
		bool matches = xdc_entry_matches(e, sample->text, strlen(sample->text), &captures);

		*ret_line = sample->line;
		if (matches != sample->matches)
			return sample->matches ? "sample: no pattern matches it"
					       : "no-sample: a pattern matches it";
		if (sample->matches && !sample->from)
			return xdc_arena_printf(arena, "sample: where is it from? "
						       "('from:' is missing behind it)");
	}
	return NULL;
}

/* "when" is asked before anything is known of the machine. */
static const char *check_when(const struct xdc_entry *e)
{
	for (size_t i = 0; i < e->n_when; i++)
		for (size_t t = 0; t < e->when[i].n_terms; t++)
			if (e->when[i].terms[t].fact != XDC_FACT_CAPTURE)
				return "when: only what the pattern captures ($NAME) can be asked";
	return NULL;
}

/* A long line of @unit over and over behind @start. */
static void fill_line(char line[HOSTILE_LINE], const char *start, const char *unit,
		      size_t unit_size)
{
	size_t at = strlen(start);

	memcpy(line, start, at < HOSTILE_LINE ? at : HOSTILE_LINE);
	for (size_t i = 0; at < HOSTILE_LINE; at++, i++)
		line[at] = unit[i % unit_size];
}

static bool gives_up(struct xdc_pattern *pattern, const char *start, const char *unit, size_t size)
{
	char line[HOSTILE_LINE];

	fill_line(line, start, unit, size);
	return xdc_pattern_match(pattern, line, sizeof(line), NULL) == XDC_MATCH_GAVE_UP;
}

/* The sample up to the beginning of each of its words, and then one of a few things for ever. */
static bool is_endless_within(struct xdc_pattern *pattern, const char *sample)
{
	static const char *const units[] = { "a", "0" };
	char start[SAMPLE_MAX];

	for (size_t i = 0; sample[i] && i + 1 < sizeof(start); i++) {
		start[i] = sample[i];
		start[i + 1] = '\0';
		if (isalnum((unsigned char)sample[i]) || !isalnum((unsigned char)sample[i + 1]))
			continue;
		for (size_t u = 0; u < XDC_ARRAY_SIZE(units); u++)
			if (gives_up(pattern, start, units[u], strlen(units[u])))
				return true;
	}
	return false;
}

/* Lines made to have the pattern try much and not match: what a hostile log would hold. */
static bool is_endless(const struct xdc_entry *e, struct xdc_pattern *pattern)
{
	static const char *const units[] = { "a", "0", " ", "a ", "0 a", ": ", "[]", "0.", "a,0" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(units); i++)
		if (gives_up(pattern, pattern->literal, units[i], strlen(units[i])) ||
		    gives_up(pattern, "", units[i], strlen(units[i])))
			return true;
	if (gives_up(pattern, "", pattern->literal, strlen(pattern->literal)))
		return true;
	for (size_t i = 0; i < e->n_samples; i++) {
		const char *text = e->samples[i].text;
		size_t size = strlen(text);

		/* Almost what it looks for, again and again. */
		if (e->samples[i].matches && is_endless_within(pattern, text))
			return true;
		if (size > 1 && (gives_up(pattern, "", text, size - 1) ||
				 gives_up(pattern, "", text + 1, size - 1) ||
				 gives_up(pattern, "", text, size - size / 4)))
			return true;
	}
	return false;
}

/* Asked of a copy that takes no shortcut: a hostile line would hold what that looks for. */
static bool is_endless_at_worst(const struct xdc_entry *e, const struct xdc_pattern *pattern)
{
	const char *error;
	struct xdc_pattern *copy;
	bool endless;

	/* What repeats nothing tries each place once. */
	if (!strpbrk(pattern->text, "*+{"))
		return false;
	copy = xdc_pattern_new(pattern->text, &error);
	copy->without_shortcuts = true;
	endless = is_endless(e, copy);
	xdc_pattern_free(copy);
	return endless;
}

static const char *check_patterns(struct xdc_arena *arena, const struct xdc_entry *e, bool at_worst,
				  unsigned int *ret_line)
{
	for (size_t i = 0; i < e->n_patterns; i++) {
		struct xdc_pattern *pattern = e->patterns[i];
		char error[256];

		*ret_line = pattern->line;
		if (xdc_pattern_compile(pattern, error, sizeof(error)) < 0)
			return xdc_arena_printf(arena, "pattern: %s", error);
		if (at_worst && is_endless_at_worst(e, pattern))
			return "pattern: it backtracks without bound on a long line; make what it "
			       "repeats narrower ([^,]* instead of .*)";
	}
	return NULL;
}

int xdc_entry_check(struct xdc_arena *arena, const struct xdc_entry *entry, bool at_worst,
		    const char **ret_error)
{
	unsigned int line = entry->line;
	const char *error = check_keys(entry);

	if (!error)
		error = check_when(entry);
	if (!error)
		error = check_patterns(arena, entry, at_worst, &line);
	if (!error)
		error = check_samples(arena, entry, &line);
	if (!error)
		return 0;
	error = xdc_arena_printf(arena, "%s:%u: %s", entry->file, line, error);
	*ret_error = xdc_text_escaped(arena, error, strlen(error));
	return -EINVAL;
}
