/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "catalogue/condition.h"
#include "catalogue/pattern.h"
#include "model/address-map.h"

const char *const xdc_fact_names[] = {
	[XDC_FACT_STATED] = "stated",
	[XDC_FACT_ON_XEN] = "on-xen",
	[XDC_FACT_ROOT] = "root",
	[XDC_FACT_PRIVCMD_MISSING] = "privcmd-missing",
	[XDC_FACT_XENFS_MISSING] = "xenfs-missing",
	[XDC_FACT_XENSTORED_DOWN] = "xenstored-down",
	[XDC_FACT_INIT_DOM0_MISSING] = "init-dom0-missing",
	[XDC_FACT_XENCONSOLED_DOWN] = "xenconsoled-down",
	[XDC_FACT_TOOLS_MISMATCH] = "tools-mismatch",
	[XDC_FACT_XEN_IOMMU] = "xen-iommu",
	[XDC_FACT_IOMMU_IN_DOM0] = "iommu-in-dom0",
	[XDC_FACT_DIRECT_MAPPED] = "direct-mapped",
	[XDC_FACT_LOCKDOWN] = "lockdown",
	[XDC_FACT_KERNEL] = "kernel",
	[XDC_FACT_XEN] = "xen",
	[XDC_FACT_TOOLS] = "tools",
	[XDC_FACT_ARCH] = "arch",
	[XDC_FACT_KERNEL_OPTION] = "kernel-option",
	[XDC_FACT_KERNEL_CONFIG] = "kernel-config",
	[XDC_FACT_BACKEND_DRIVER] = "backend-driver",
	[XDC_FACT_FINDING] = "finding",
	[XDC_FACT_SEEN] = "seen",
	[XDC_FACT_ADDRESS] = "address",
	NULL,
};

static const char *const operators[] = {
	[XDC_OPERATOR_LESS] = "<",  [XDC_OPERATOR_AT_LEAST] = ">=", [XDC_OPERATOR_GREATER] = ">",
	[XDC_OPERATOR_EQUAL] = "=", [XDC_OPERATOR_IN] = "in",
};

static char *trim(char *text)
{
	size_t length;

	text += strspn(text, " \t");
	length = strlen(text);
	while (length && isspace((unsigned char)text[length - 1]))
		text[--length] = '\0';
	return text;
}

/* Takes the first word off @text; returns the rest. */
static char *split_word(char *text)
{
	size_t length = strcspn(text, " \t");
	char *rest = text + length;

	if (!*rest)
		return rest;
	*rest = '\0';
	return trim(rest + 1);
}

static enum xdc_operator find_operator(const char *word)
{
	for (size_t i = XDC_OPERATOR_LESS; i < XDC_ARRAY_SIZE(operators); i++)
		if (strcmp(operators[i], word) == 0)
			return (enum xdc_operator)i;
	return XDC_OPERATOR_NONE;
}

static const char *parse_comparison(struct xdc_arena *arena, char *rest, struct xdc_term *term)
{
	char *operation = rest;
	char *value = split_word(rest);

	term->operation = find_operator(operation);
	if (term->operation == XDC_OPERATOR_NONE)
		return xdc_arena_printf(arena, "'%s' is none of < >= > = in", operation);
	if (!*value)
		return "there is nothing to compare with";
	term->value = value;
	return NULL;
}

/* Only orders of releases that can be told from MAJOR.MINOR. */
static const char *check_version(struct xdc_arena *arena, const struct xdc_term *term)
{
	unsigned int major, minor;
	char behind;

	if (term->operation != XDC_OPERATOR_LESS && term->operation != XDC_OPERATOR_AT_LEAST)
		return "a version is compared by < or >=";
	if (sscanf(term->value, "%u.%u%c", &major, &minor, &behind) != 2)
		return xdc_arena_printf(arena, "'%s' is no version such as 4.17", term->value);
	return NULL;
}

/* Facts with a word; of some there is a list of those that mean something. */
static const char *parse_word(struct xdc_arena *arena, char *word, struct xdc_term *term)
{
	term->name = word;
	if (!*word)
		return "a word is missing behind it";
	for (int place = XDC_PLACE_UNKNOWN + 1; place < XDC_PLACES; place++)
		if (term->fact != XDC_FACT_ADDRESS ||
		    strcmp(xdc_place_name((enum xdc_place)place), word) == 0)
			return NULL;
	return xdc_arena_printf(arena, "'%s' is nothing that an address can be", word);
}

static const char *parse_fact(struct xdc_arena *arena, char *word, char *rest,
			      struct xdc_term *term)
{
	const char *error;

	for (int i = 0; xdc_fact_names[i]; i++) {
		if (strcmp(xdc_fact_names[i], word) != 0)
			continue;
		term->fact = (enum xdc_fact)i;
		if (term->fact >= XDC_FACT_ARCH)
			return parse_word(arena, rest, term);
		if (term->fact < XDC_FACT_KERNEL)
			return *rest ? xdc_arena_printf(arena, "'%s' stands behind it", rest)
				     : NULL;
		error = parse_comparison(arena, rest, term);
		return error ? error : check_version(arena, term);
	}
	return "no such fact; see xen-dmacheck-catalogue(5)";
}

static const char *parse_term(struct xdc_arena *arena, char *text, struct xdc_term *term)
{
	char *rest;

	text = trim(text);
	if (xdc_text_starts_with(text, "not ")) {
		term->negated = true;
		text = trim(text + strlen("not "));
	}
	if (!*text)
		return "a fact is missing";
	rest = split_word(text);
	if (*text == '$') {
		term->fact = XDC_FACT_CAPTURE;
		term->name = text + 1;
		return parse_comparison(arena, rest, term);
	}
	return parse_fact(arena, text, rest, term);
}

int xdc_condition_parse(struct xdc_arena *arena, const char *text, struct xdc_condition *ret,
			const char **ret_error)
{
	struct xdc_condition condition = { .text = text };
	char *rest = xdc_arena_strdup(arena, text);

	while (rest) {
		char *term = rest, *next = strstr(rest, " and ");
		const char *error;

		rest = next ? next + strlen(" and ") : NULL;
		if (next)
			*next = '\0';
		if (condition.n_terms == XDC_TERMS_MAX) {
			*ret_error = "too many terms";
			return -EINVAL;
		}
		error = parse_term(arena, term, &condition.terms[condition.n_terms++]);
		if (error) {
			*ret_error = xdc_arena_printf(arena, "'%s': %s", text, error);
			return -EINVAL;
		}
	}
	*ret = condition;
	return 0;
}

static bool number(const char *text, uint64_t *ret)
{
	if (xdc_text_starts_with(text, "0x"))
		return xdc_number_parse(text + 2, 16, ret) == 0;
	return xdc_number_parse(text, 10, ret) == 0;
}

static enum xdc_tri in_range(const char *text, uint64_t value)
{
	char first[XDC_CAPTURE_BYTES];
	const char *dash = strchr(text, '-');
	uint64_t low, high;

	if (!dash || (size_t)(dash - text) >= sizeof(first))
		return XDC_UNKNOWN;
	memcpy(first, text, (size_t)(dash - text));
	first[dash - text] = '\0';
	if (!number(first, &low) || !number(dash + 1, &high))
		return XDC_UNKNOWN;
	return xdc_tri_of(value >= low && value <= high);
}

enum xdc_tri xdc_term_compare(const struct xdc_term *term, const struct xdc_captures *captures)
{
	const char *left = xdc_capture_find(captures, term->name);
	const char *right =
		*term->value == '$' ? xdc_capture_find(captures, term->value + 1) : term->value;
	uint64_t a, b = 0;

	if (!left || !right)
		return XDC_UNKNOWN;
	if (!number(left, &a) || (term->operation != XDC_OPERATOR_IN && !number(right, &b)))
		return term->operation == XDC_OPERATOR_EQUAL ? xdc_tri_of(strcmp(left, right) == 0)
							     : XDC_UNKNOWN;
	switch (term->operation) {
	case XDC_OPERATOR_LESS:
		return xdc_tri_of(a < b);
	case XDC_OPERATOR_AT_LEAST:
		return xdc_tri_of(a >= b);
	case XDC_OPERATOR_GREATER:
		return xdc_tri_of(a > b);
	case XDC_OPERATOR_EQUAL:
		return xdc_tri_of(a == b);
	case XDC_OPERATOR_IN:
		return in_range(right, a);
	default:
		return XDC_UNKNOWN;
	}
}
