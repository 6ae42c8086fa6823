/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/matcher.h"

enum { STATES_MAX = 4 << 20 };

struct word {
	const char *text;
	size_t size;
	unsigned int flags;
	const void *what;
	uint32_t next; /* another that differs in case only */
};

/* A state is the word's beginning that was read; its successors are a list. 0 is the root. */
struct state {
	uint32_t child;
	uint32_t sibling;
	uint32_t fail;	/* the longest end of it that is a beginning, too */
	uint32_t word;	/* the number of the word that it is, from 1 */
	uint32_t ended; /* the nearest such end that is a word */
	unsigned char byte;
};

struct xdc_matcher {
	struct xdc_arena *arena;
	struct state *states;
	size_t n_states;
	struct word *words;
	size_t n_words;
	uint32_t first[256]; /* the root's successors */
};

static unsigned char fold(char c)
{
	return (unsigned char)tolower((unsigned char)c);
}

static uint32_t add_state(struct xdc_matcher *matcher, unsigned char byte)
{
	xdc_array_reserve((void **)&matcher->states, matcher->n_states, sizeof(*matcher->states));
	matcher->states[matcher->n_states] = (struct state){ .byte = byte };
	return (uint32_t)matcher->n_states++;
}

struct xdc_matcher *xdc_matcher_new(void)
{
	struct xdc_matcher *matcher = xdc_zalloc(sizeof(*matcher));

	matcher->arena = xdc_arena_new();
	add_state(matcher, 0);
	return matcher;
}

void xdc_matcher_free(struct xdc_matcher *matcher)
{
	if (!matcher)
		return;
	xdc_arena_free(matcher->arena);
	free(matcher->states);
	free(matcher->words);
	free(matcher);
}

/* 0: there is no such successor. */
static uint32_t child_of(const struct xdc_matcher *matcher, uint32_t state, unsigned char byte)
{
	uint32_t child;

	if (!state)
		return matcher->first[byte];
	child = matcher->states[state].child;
	while (child && matcher->states[child].byte != byte)
		child = matcher->states[child].sibling;
	return child;
}

static uint32_t make_child(struct xdc_matcher *matcher, uint32_t state, unsigned char byte)
{
	uint32_t child = child_of(matcher, state, byte);

	if (child)
		return child;
	child = add_state(matcher, byte);
	matcher->states[child].sibling = matcher->states[state].child;
	matcher->states[state].child = child;
	if (!state)
		matcher->first[byte] = child;
	return child;
}

static bool is_known(const struct xdc_matcher *matcher, uint32_t state, const char *text,
		     size_t size, unsigned int flags)
{
	for (uint32_t n = matcher->states[state].word; n; n = matcher->words[n - 1].next) {
		const struct word *word = &matcher->words[n - 1];

		if (word->flags == flags && memcmp(word->text, text, size) == 0)
			return true;
	}
	return false;
}

bool xdc_matcher_add(struct xdc_matcher *matcher, const char *text, size_t size, unsigned int flags,
		     const void *what)
{
	uint32_t state = 0;
	uint32_t *last;

	if (!size || matcher->n_states + size > STATES_MAX)
		return false;
	for (size_t i = 0; i < size; i++)
		state = make_child(matcher, state, fold(text[i]));
	if (is_known(matcher, state, text, size, flags))
		return true;
	xdc_array_reserve((void **)&matcher->words, matcher->n_words, sizeof(*matcher->words));
	matcher->words[matcher->n_words++] = (struct word){
		.text = xdc_arena_memdup(matcher->arena, text, size),
		.size = size,
		.flags = flags,
		.what = what,
	};
	last = &matcher->states[state].word;
	while (*last)
		last = &matcher->words[*last - 1].next;
	*last = (uint32_t)matcher->n_words;
	return true;
}

static uint32_t step(const struct xdc_matcher *matcher, uint32_t state, unsigned char byte)
{
	uint32_t next;

	while (!(next = child_of(matcher, state, byte)) && state)
		state = matcher->states[state].fail;
	return next;
}

void xdc_matcher_build(struct xdc_matcher *matcher)
{
	xdc_autofree uint32_t *queue = xdc_zalloc(matcher->n_states * sizeof(*queue));
	struct state *states = matcher->states;
	size_t head = 0, tail = 0;

	/* By length, as a state's end is shorter than itself; those of one byte fail to the root.
	 */
	for (uint32_t child = states[0].child; child; child = states[child].sibling)
		queue[tail++] = child;
	while (head < tail) {
		uint32_t state = queue[head++];

		for (uint32_t child = states[state].child; child; child = states[child].sibling) {
			uint32_t fail = step(matcher, states[state].fail, states[child].byte);

			states[child].fail = fail;
			states[child].ended = states[fail].word ? fail : states[fail].ended;
			queue[tail++] = child;
		}
	}
}

static bool is_escape(const char *text)
{
	return text[0] == '\\' && text[1] == 'x' && isxdigit((unsigned char)text[2]) &&
	       isxdigit((unsigned char)text[3]);
}

bool xdc_word_begins(const char *text, size_t at)
{
	return !at || !isalnum((unsigned char)text[at - 1]) ||
	       (at >= 4 && is_escape(text + at - 4));
}

static bool stands_so(const struct word *word, const char *text, size_t size, size_t start)
{
	size_t end = start + word->size;

	if ((word->flags & XDC_MATCH_CASE) && memcmp(text + start, word->text, word->size) != 0)
		return false;
	if ((word->flags & XDC_MATCH_HEX) && ((start && isxdigit((unsigned char)text[start - 1])) ||
					      (end < size && isxdigit((unsigned char)text[end]))))
		return false;
	if ((word->flags & XDC_MATCH_BEGIN) && !xdc_word_begins(text, start))
		return false;
	return !(word->flags & XDC_MATCH_END) || end == size || !isalnum((unsigned char)text[end]);
}

/* Of words that differ in case only, the one that is written as it stands there. */
static const struct word *choose(const struct xdc_matcher *matcher, uint32_t state,
				 const char *text, size_t size, size_t end)
{
	const struct word *chosen = NULL;

	for (uint32_t n = matcher->states[state].word; n; n = matcher->words[n - 1].next) {
		const struct word *word = &matcher->words[n - 1];
		size_t start = end - word->size;

		if (!stands_so(word, text, size, start))
			continue;
		if (memcmp(text + start, word->text, word->size) == 0)
			return word;
		if (!chosen)
			chosen = word;
	}
	return chosen;
}

static int by_place(const void *a, const void *b)
{
	const struct xdc_match *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end > y->end ? -1 : x->end < y->end;
}

/* Sorts the matches and drops those that begin within another. */
static size_t settle(struct xdc_match *matches, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(matches, count, sizeof(*matches), by_place);
	for (size_t i = 0; i < count; i++)
		if (!kept || matches[i].start >= matches[kept - 1].end)
			matches[kept++] = matches[i];
	return kept;
}

size_t xdc_matcher_find(const struct xdc_matcher *matcher, const char *text, size_t size,
			struct xdc_match **ret)
{
	struct xdc_match *matches = NULL;
	uint32_t state = 0;
	size_t count = 0;

	for (size_t i = 0; i < size; i++) {
		state = step(matcher, state, fold(text[i]));
		for (uint32_t at = state; at; at = matcher->states[at].ended) {
			const struct word *word = choose(matcher, at, text, size, i + 1);

			if (!word)
				continue;
			xdc_array_reserve((void **)&matches, count, sizeof(*matches));
			matches[count++] =
				(struct xdc_match){ i + 1 - word->size, i + 1, word->what };
		}
	}
	*ret = matches;
	return settle(matches, count);
}
