/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "bundle/pseudonyms.h"

enum {
	/* Of less, hexadecimal and base64 are found in addresses by chance. */
	SHORTEST = 6,
	BYTES_MAX = 256,
};

size_t xdc_hex_digits(const char *text, size_t size, char *digits, size_t room)
{
	size_t count = 0;

	for (size_t i = 0; i < size; i++) {
		if (!isxdigit((unsigned char)text[i]))
			continue;
		if (count + 1 == room)
			return 0;
		digits[count++] = (char)tolower((unsigned char)text[i]);
	}
	digits[count] = '\0';
	return count;
}

static void add_text(struct xdc_matcher *matcher, const char *text, unsigned int flags,
		     const struct xdc_pseudonym *name)
{
	xdc_matcher_add(matcher, text, strlen(text), flags, name);
}

/* "616c6963 65", "616c6963 0x65": what cells of a device tree are printed as. */
static void add_cells(struct xdc_matcher *matcher, const char *digits, const char *separator,
		      const struct xdc_pseudonym *name)
{
	char text[BYTES_MAX * 2 + BYTES_MAX];
	size_t length = 0;

	for (size_t i = 0; digits[i]; i++) {
		if (i && i % 8 == 0)
			length += (size_t)snprintf(text + length, sizeof(text) - length, "%s",
						   separator);
		text[length++] = digits[i];
	}
	text[length] = '\0';
	add_text(matcher, text, 0, name);
}

/* Digits of an address are found within others by chance, those of text are not (@flags). */
static void add_hex(struct xdc_matcher *matcher, const char *digits, unsigned int flags,
		    const struct xdc_pseudonym *name)
{
	add_text(matcher, digits, flags, name);
	if (strlen(digits) <= 8)
		return;
	add_cells(matcher, digits, " ", name);
	add_cells(matcher, digits, " 0x", name);
}

/*
 * As it stands within a longer base64 text, behind @before bytes of something else: without
 * the characters that other bytes have a part in.
 */
static void add_base64(struct xdc_matcher *matcher, size_t before, const char *alphabet,
		       const struct xdc_pseudonym *name)
{
	char text[BYTES_MAX * 2];
	size_t bits = before * 8, end = bits + name->size * 8, length = 0;

	for (size_t at = (bits + 5) / 6 * 6; at + 6 <= end; at += 6) {
		unsigned int value = 0;

		for (size_t bit = at; bit < at + 6; bit++) {
			size_t of = bit - bits;
			unsigned int byte = (unsigned char)name->original[of / 8];

			value = value << 1 | ((byte >> (7 - of % 8)) & 1);
		}
		text[length++] = alphabet[value];
	}
	xdc_matcher_add(matcher, text, length, XDC_MATCH_CASE, name);
}

static void add_utf16(struct xdc_matcher *matcher, const struct xdc_pseudonym *name)
{
	char text[BYTES_MAX * 2];

	/* Without the last byte's NUL it is the same in either order of bytes, but for the first's.
	 */
	for (size_t i = 0; i < name->size; i++) {
		text[2 * i] = name->original[i];
		text[2 * i + 1] = '\0';
	}
	xdc_matcher_add(matcher, text, 2 * name->size - 1, 0, name);
}

/* The two ways in which records escape: the kernel's (kernel/printk/printk.c) and our own. */
static void add_escaped(struct xdc_matcher *matcher, const struct xdc_pseudonym *name)
{
	struct xdc_arena *arena = xdc_arena_new();
	char *ours = xdc_text_escaped(arena, name->original, name->size);
	char kernel[BYTES_MAX * 4 + 1];
	size_t length = 0;

	for (size_t i = 0; i < name->size; i++) {
		unsigned char c = (unsigned char)name->original[i];

		length += (size_t)snprintf(kernel + length, sizeof(kernel) - length,
					   c < ' ' || c >= 127 || c == '\\' ? "\\x%02x" : "%c", c);
	}
	add_text(matcher, ours, 0, name);
	add_text(matcher, kernel, 0, name);
	xdc_arena_free(arena);
}

static bool has_strange(const struct xdc_pseudonym *name)
{
	for (size_t i = 0; i < name->size; i++)
		if (!isprint((unsigned char)name->original[i]) || name->original[i] == '\\')
			return true;
	return false;
}

void xdc_forms_add(struct xdc_matcher *matcher, const struct xdc_pseudonym *name)
{
	static const char base64[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	static const char base64url[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
	char digits[BYTES_MAX * 2 + 1];

	if (has_strange(name))
		add_escaped(matcher, name);
	if ((name->kind == XDC_MASK_MAC || name->kind == XDC_MASK_UUID) &&
	    xdc_hex_digits(name->original, name->size, digits, sizeof(digits)) >= 12)
		add_hex(matcher, digits, XDC_MATCH_HEX, name);
	if (name->size < SHORTEST)
		return;
	for (size_t i = 0; i < name->size; i++)
		snprintf(digits + 2 * i, 3, "%02x", (unsigned char)name->original[i]);
	add_hex(matcher, digits, 0, name);
	for (size_t before = 0; before < 3; before++) {
		add_base64(matcher, before, base64, name);
		add_base64(matcher, before, base64url, name);
	}
	add_utf16(matcher, name);
}
