/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "bundle/mask.h"
#include "bundle/options.h"

enum { VALUE_MAX = 256 };

/* Where the word at @at ends: blanks within double quotes are its own (lib/cmdline.c, next_arg()).
 */
static size_t word_end(const char *text, size_t size, size_t at)
{
	bool quoted = false;

	for (; at < size; at++) {
		if (text[at] == '"')
			quoted = !quoted;
		else if (!quoted && isspace((unsigned char)text[at]))
			break;
	}
	return at;
}

/* Kept values are words and numbers; one that is something else is not what the table means. */
static bool is_plain(const char *value, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!isalnum((unsigned char)value[i]) &&
		    !strchr("_.,:;+-/@%=!*()[]<>^&|", value[i]))
			return false;
	return size <= VALUE_MAX && !memchr(value, '\0', size);
}

/* "rd.password=..." is masked elsewhere, too. */
static void remember(struct xdc_masker *masker, const char *name, size_t length, const char *value,
		     size_t size)
{
	static const char *const words[] = { "passw", "passphrase", "_pass", "-pass",	  "secret",
					     "token", "key",	    "psk",   "credential" };
	char *copy = xdc_zalloc(length + 1);

	memcpy(copy, name, length);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++) {
		if (!strcasestr(copy, words[i]))
			continue;
		xdc_pseudonym_of(masker->names, XDC_MASK_SECRET, value, size);
		break;
	}
	xdc_freep(&copy);
}

static void learn_host(struct xdc_masker *masker, const char *name, size_t length,
		       const char *value, size_t size)
{
	static const char *const names[] = { "systemd.hostname", "hostname" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		if (size && strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
			xdc_pseudonym_of(masker->names, XDC_MASK_HOST, value, size);
}

static void mask_word(struct xdc_masker *masker, FILE *out, const char *word, size_t size)
{
	const char *equals = memchr(word, '=', size);
	size_t length = equals ? (size_t)(equals - word) : size;
	const char *value = equals ? equals + 1 : word + size;
	size_t value_size = size - (size_t)(value - word);
	bool whole;
	enum xdc_option policy = xdc_option_policy(word, length, &whole);

	remember(masker, word, length, value, value_size);
	learn_host(masker, word, length, value, value_size);
	if (policy == XDC_OPTION_UNKNOWN) {
		xdc_mask_hide(masker, out, XDC_MASK_OPTION);
		return;
	}
	if (whole)
		fwrite(word, 1, length, out);
	else
		xdc_mask_text(masker, out, word, length);
	if (!equals)
		return;
	fputc('=', out);
	if (policy == XDC_OPTION_KEPT && is_plain(value, value_size))
		xdc_mask_text(masker, out, value, value_size);
	else
		xdc_mask_hide(masker, out, XDC_MASK_OPTION);
}

void xdc_mask_command_line(struct xdc_masker *masker, FILE *out, const char *text, size_t size)
{
	for (size_t at = 0; at < size;) {
		size_t end = word_end(text, size, at);

		if (end == at)
			fputc(text[end++], out);
		else
			mask_word(masker, out, text + at, end - at);
		at = end;
	}
}
