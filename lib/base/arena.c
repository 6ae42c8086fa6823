/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

#include "base/base.h"

enum { CHUNK_SIZE = 32 * 1024 };

struct chunk {
	struct chunk *next;
	size_t used;
	size_t size;
	alignas(max_align_t) unsigned char bytes[];
};

struct xdc_arena {
	struct chunk *chunks; /* the one being filled first */
};

struct xdc_arena *xdc_arena_new(void)
{
	return xdc_zalloc(sizeof(struct xdc_arena));
}

void xdc_arena_free(struct xdc_arena *arena)
{
	if (!arena)
		return;
	while (arena->chunks) {
		struct chunk *next = arena->chunks->next;

		free(arena->chunks);
		arena->chunks = next;
	}
	free(arena);
}

static struct chunk *chunk_new(size_t size)
{
	struct chunk *chunk = xdc_zalloc(sizeof(*chunk) + size);

	chunk->size = size;
	return chunk;
}

static void *take(struct xdc_arena *arena, size_t size, size_t align)
{
	struct chunk *chunk = arena->chunks;
	size_t start = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;

	/* A large object gets a chunk of its own, behind the one being filled. */
	if (size > CHUNK_SIZE / 4) {
		struct chunk *own = chunk_new(size);

		own->used = size;
		if (chunk) {
			own->next = chunk->next;
			chunk->next = own;
		} else {
			arena->chunks = own;
		}
		return own->bytes;
	}
	if (!chunk || start + size > chunk->size) {
		chunk = chunk_new(CHUNK_SIZE);
		chunk->next = arena->chunks;
		arena->chunks = chunk;
		start = 0;
	}
	chunk->used = start + size;
	return chunk->bytes + start;
}

void *xdc_arena_alloc(struct xdc_arena *arena, size_t size)
{
	return take(arena, size, alignof(max_align_t));
}

char *xdc_arena_memdup(struct xdc_arena *arena, const void *data, size_t size)
{
	char *copy = take(arena, size + 1, 1);

	if (size)
		memcpy(copy, data, size);
	copy[size] = '\0';
	return copy;
}

char *xdc_arena_strdup(struct xdc_arena *arena, const char *text)
{
	return xdc_arena_memdup(arena, text, strlen(text));
}

char *xdc_arena_printf(struct xdc_arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int size;

	va_start(args, format);
	size = vsnprintf(NULL, 0, format, args);
	va_end(args);
	text = take(arena, size < 0 ? 1 : (size_t)size + 1, 1);
	va_start(args, format);
	vsnprintf(text, size < 0 ? 1 : (size_t)size + 1, format, args);
	va_end(args);
	return text;
}
