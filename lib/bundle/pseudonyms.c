/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/pseudonyms.h"
#include "bundle/shapes.h"

enum {
	/* What a hostile log can have us look for everywhere; in its place each is masked. */
	EACH_MAX = 8192,
	ORIGINAL_MAX = 256,
	SHORTEST = 3,
	SHORTEST_SECRET = 6,
	SERIAL_DIGITS = 8,
	/* So long a name is no part of another word by chance. */
	DISTINCT = 10,
};

struct named {
	const char *key;
	struct xdc_pseudonym *name; /* NULL: a word */
};

struct xdc_pseudonyms {
	struct xdc_arena *arena;
	void *by_key; /* trees of tsearch(3) */
	void *words;
	struct named **entries, **word_entries;
	size_t n_entries, n_words;
	unsigned int counts[XDC_MASK_KINDS];
};

static int by_key(const void *a, const void *b)
{
	return strcmp(((const struct named *)a)->key, ((const struct named *)b)->key);
}

struct xdc_pseudonyms *xdc_pseudonyms_new(void)
{
	struct xdc_pseudonyms *names = xdc_zalloc(sizeof(*names));

	names->arena = xdc_arena_new();
	return names;
}

static void empty(void **tree, struct named **entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		tdelete(entries[i], tree, by_key);
	free(entries);
}

void xdc_pseudonyms_free(struct xdc_pseudonyms *names)
{
	if (!names)
		return;
	empty(&names->by_key, names->entries, names->n_entries);
	empty(&names->words, names->word_entries, names->n_words);
	xdc_arena_free(names->arena);
	free(names);
}

static struct named *find(void *const *tree, const char *key)
{
	const struct named wanted = { .key = key };
	void *node = tfind(&wanted, tree, by_key);

	return node ? *(struct named **)node : NULL;
}

static struct named *add(struct xdc_pseudonyms *names, void **tree, struct named ***entries,
			 size_t *count, const char *key)
{
	struct named *entry = xdc_arena_alloc(names->arena, sizeof(*entry));

	entry->key = key;
	if (!tsearch(entry, tree, by_key))
		return entry;
	xdc_array_reserve((void **)entries, *count, sizeof(**entries));
	(*entries)[(*count)++] = entry;
	return entry;
}

static bool ignores_case(enum xdc_mask kind)
{
	return kind == XDC_MASK_HOST || kind == XDC_MASK_MAC || kind == XDC_MASK_UUID ||
	       kind == XDC_MASK_IP;
}

static void fold(char *text)
{
	for (; *text; text++)
		*text = (char)tolower((unsigned char)*text);
}

/*
 * By what a name is known: those without regard to case begin with 'i', the others with 's',
 * so that neither is taken for the other; NULs and the like are escaped.
 */
static char *key_of(struct xdc_pseudonyms *names, bool insensitive, enum xdc_mask kind,
		    const char *text, size_t size)
{
	char digits[64];
	char *key;

	if ((kind == XDC_MASK_MAC || kind == XDC_MASK_UUID) &&
	    xdc_hex_digits(text, size, digits, sizeof(digits)))
		return xdc_arena_printf(names->arena, "i%s", digits);
	key = xdc_arena_printf(names->arena, "%c%s", insensitive ? 'i' : 's',
			       xdc_text_escaped(names->arena, text, size));
	if (insensitive)
		fold(key);
	return key;
}

/* Escaped text is what the escape stands for; a NUL would end it, so such stays as it is. */
static char *unescaped(struct xdc_pseudonyms *names, const char *text, size_t *size)
{
	char *copy = xdc_arena_memdup(names->arena, text, *size);
	char *again;
	size_t length;

	if (!memchr(text, '\\', *size) || memchr(text, '\0', *size))
		return copy;
	again = xdc_arena_strdup(names->arena, copy);
	if (xdc_text_unescape(again, &length) < 0)
		return copy;
	*size = length;
	return again;
}

static const char *pseudonym(struct xdc_pseudonyms *names, enum xdc_mask kind)
{
	unsigned int number = ++names->counts[kind];

	if (kind >= XDC_MASK_PSEUDONYMS)
		return XDC_MASKED;
	return xdc_arena_printf(names->arena, "%s-%u", xdc_mask_name(kind), number);
}

const struct xdc_pseudonym *xdc_pseudonym_of(struct xdc_pseudonyms *names, enum xdc_mask kind,
					     const char *text, size_t size)
{
	char *original = unescaped(names, text, &size);
	/* A domain that is called as the host is, is not another name. */
	char *key = key_of(names, true, kind, original, size);
	struct named *entry = find(&names->by_key, key);

	if (!entry && !ignores_case(kind)) {
		key = key_of(names, false, kind, original, size);
		entry = find(&names->by_key, key);
	}
	if (entry) {
		entry->name->seen |= 1U << kind;
		return entry->name;
	}
	entry = add(names, &names->by_key, &names->entries, &names->n_entries, key);
	entry->name = xdc_arena_alloc(names->arena, sizeof(*entry->name));
	*entry->name = (struct xdc_pseudonym){
		.kind = kind,
		.seen = 1U << kind,
		.text = pseudonym(names, kind),
		.original = original,
		.size = size,
	};
	return entry->name;
}

static void note_word(struct xdc_pseudonyms *names, const char *text, size_t size)
{
	char *word;

	if (size < SHORTEST || size > ORIGINAL_MAX)
		return;
	word = xdc_arena_memdup(names->arena, text, size);
	fold(word);
	if (!find(&names->words, word))
		add(names, &names->words, &names->word_entries, &names->n_words, word);
}

void xdc_pseudonyms_note_words(struct xdc_pseudonyms *names, const char *text, size_t size)
{
	note_word(names, text, size);
	for (size_t i = 0; i < size;) {
		size_t length = 0;

		while (i + length < size && isalnum((unsigned char)text[i + length]))
			length++;
		note_word(names, text + i, length);
		i += length + 1;
	}
}

static bool is_word(const struct xdc_pseudonyms *names, const struct xdc_pseudonym *name)
{
	char word[ORIGINAL_MAX + 1];

	memcpy(word, name->original, name->size);
	word[name->size] = '\0';
	fold(word);
	return xdc_is_common_word(word, name->size) || find(&names->words, word);
}

/* "0000:00:02.0" and "0x10" as names would have us mask what is something else. */
static bool is_number(const char *text, size_t size)
{
	bool separated = false, letters = false;

	bool hex = size > 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');

	for (size_t i = hex ? 2 : 0; i < size; i++) {
		if (!isxdigit((unsigned char)text[i]) && !strchr(":.,-", text[i]))
			return false;
		separated = separated || text[i] == ':' || text[i] == '.';
		letters = letters || isalpha((unsigned char)text[i]);
	}
	return hex || separated || !letters;
}

static bool is_digits(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return true;
}

static bool is_distinct_as(const struct xdc_pseudonyms *names, const struct xdc_pseudonym *name,
			   enum xdc_mask kind)
{
	switch (kind) {
	case XDC_MASK_MAC:
	case XDC_MASK_UUID:
	case XDC_MASK_IP:
		return true;
	case XDC_MASK_SERIAL:
		if (is_digits(name->original, name->size))
			return name->size >= SERIAL_DIGITS;
		break;
	case XDC_MASK_SECRET:
		return name->size >= SHORTEST_SECRET && !is_number(name->original, name->size) &&
		       !xdc_is_common_word(name->original, name->size);
	case XDC_MASK_PATH:
	case XDC_MASK_MAIL:
	case XDC_MASK_RECORD:
		return name->size >= DISTINCT;
	default:
		break;
	}
	return !is_number(name->original, name->size) && !is_word(names, name);
}

/* And digits: of others there may be any number. */
static size_t count_letters(const struct xdc_pseudonym *name)
{
	size_t count = 0;

	for (size_t i = 0; i < name->size; i++)
		count += isalnum((unsigned char)name->original[i]) || (name->original[i] & 0x80);
	return count;
}

/* A host may be called by its address. */
static bool is_address(const struct xdc_pseudonym *name)
{
	const char *text = name->original;

	return xdc_shape_ipv4(text, name->size, 0) == name->size ||
	       xdc_shape_ipv6(text, name->size) == name->size ||
	       xdc_shape_mac(text, name->size) == name->size;
}

/*
 * Whether the name is to be looked for everywhere, and not only masked where it is in place:
 * as one of the things that it was seen to be.
 */
static bool is_distinct(const struct xdc_pseudonyms *names, const struct xdc_pseudonym *name)
{
	if (name->size > ORIGINAL_MAX || count_letters(name) < SHORTEST)
		return false;
	for (unsigned int kind = 0; kind < XDC_MASK_KINDS; kind++)
		if ((name->seen >> kind & 1) && is_distinct_as(names, name, (enum xdc_mask)kind))
			return true;
	return is_address(name);
}

static bool is_secret(const struct xdc_pseudonym *name)
{
	return name->seen >> XDC_MASK_SECRET & 1;
}

struct xdc_matcher *xdc_pseudonyms_matcher(const struct xdc_pseudonyms *names)
{
	struct xdc_matcher *matcher = xdc_matcher_new();

	/* Plain ones first: where there is no room for all forms, they matter most. */
	for (int round = 0; round < 2; round++) {
		unsigned int counts[XDC_MASK_KINDS] = { 0 };

		for (size_t i = 0; i < names->n_entries; i++) {
			const struct xdc_pseudonym *name = names->entries[i]->name;
			bool anywhere = name->size >= DISTINCT || is_secret(name);

			if (!is_distinct(names, name) || counts[name->kind]++ >= EACH_MAX)
				continue;
			if (round)
				xdc_forms_add(matcher, name);
			else
				xdc_matcher_add(matcher, name->original, name->size,
						anywhere ? 0 : XDC_MATCH_WORD, name);
		}
	}
	xdc_matcher_build(matcher);
	return matcher;
}

unsigned int xdc_pseudonyms_count(const struct xdc_pseudonyms *names, enum xdc_mask kind)
{
	return names->counts[kind];
}

void xdc_pseudonyms_write(const struct xdc_pseudonyms *names, FILE *out)
{
	for (size_t i = 0; i < names->n_entries; i++) {
		const struct xdc_pseudonym *name = names->entries[i]->name;

		if (is_secret(name))
			continue;
		fprintf(out, "%s\t", name->text);
		xdc_text_escape(out, name->original, name->size);
		fputc('\n', out);
	}
}
