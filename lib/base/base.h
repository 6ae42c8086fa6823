/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What every other part stands on: memory, text, numbers. Knows nothing of Xen, DMA or files.
 *
 * Running out of memory is not an error that callers handle: the allocators call the handler
 * set with xdc_set_oom_handler() (a command prints a line and exits; the default aborts) and
 * never return NULL. A short-lived reader that cannot hold its few megabytes has nothing
 * better to do, and thousands of untested branches are worse than one tested one.
 */
#ifndef XDC_BASE_H
#define XDC_BASE_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define XDC_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

/* A fact that may be unknown: an input that could not be read is not a "no". */
enum xdc_tri {
	XDC_UNKNOWN = -1,
	XDC_NO = 0,
	XDC_YES = 1,
};

static inline enum xdc_tri xdc_tri_of(bool value)
{
	return value ? XDC_YES : XDC_NO;
}

/* alloc.c */

/* Sets what is called when memory runs out; @handler must not return. */
void xdc_set_oom_handler(void (*handler)(void));
/* Calls that handler, for what allocates by itself. */
_Noreturn void xdc_out_of_memory(void);

/* Return memory of the caller's, zeroed; released with free(). Never NULL. */
void *xdc_zalloc(size_t size) __attribute__((returns_nonnull));
char *xdc_strdup(const char *text) __attribute__((returns_nonnull));

/*
 * Makes room for one more element in the array *@items that holds @count elements of @size
 * bytes. Its capacity is the next power of two, so no capacity need be kept.
 */
void xdc_array_reserve(void **items, size_t count, size_t size);

/* Take back what a variable with the cleanup attribute owns. */
void xdc_freep(void *pointer);
void xdc_fclosep(FILE **file);
void xdc_closep(int *fd);

#define xdc_autofree   __attribute__((cleanup(xdc_freep)))
#define xdc_autofclose __attribute__((cleanup(xdc_fclosep)))
#define xdc_autoclose  __attribute__((cleanup(xdc_closep)))

/*
 * arena.c: memory that lives and dies with one object (the evidence of a run, its model).
 * Everything an xdc_arena_*() function returns is valid until xdc_arena_free().
 */
struct xdc_arena;

struct xdc_arena *xdc_arena_new(void);
void xdc_arena_free(struct xdc_arena *arena);

/* Zeroed, aligned for any object. */
void *xdc_arena_alloc(struct xdc_arena *arena, size_t size);
/* @data with a NUL behind it, so that what is text can be used as text. */
char *xdc_arena_memdup(struct xdc_arena *arena, const void *data, size_t size);
char *xdc_arena_strdup(struct xdc_arena *arena, const char *text);
char *xdc_arena_printf(struct xdc_arena *arena, const char *format, ...)
	__attribute__((format(printf, 2, 3), nonnull(2), returns_nonnull));

/* stream.c */

/*
 * A stream that is written into memory, as open_memstream(3) does it, but that memory which runs
 * out ends the process instead of the text. Never NULL. *@ret_text (the caller's, to free()) and
 * *@ret_size are right after fflush() and fclose(); *@ret_text is always text, "" to begin with.
 * It knows its place (ftell()), and no other.
 */
FILE *xdc_open_text(char **ret_text, size_t *ret_size) __attribute__((returns_nonnull));

/* text.c */

/*
 * Writes @text so that it is safe on a terminal and inside a line-based format: control
 * characters (C0, DEL and C1), backslash and bytes that are no valid UTF-8 become \xNN or
 * \\. Device names, DT strings, kernel messages and xenstore values are written by firmware,
 * guests and bundles; nothing of theirs is printed in any other way.
 */
void xdc_text_escape(FILE *out, const char *text, size_t size);
char *xdc_text_escaped(struct xdc_arena *arena, const char *text, size_t size);

/* Undoes xdc_text_escape() in place; returns the length, or -EINVAL for a broken escape. */
int xdc_text_unescape(char *text, size_t *ret_size);

/* Length of the valid UTF-8 sequence at @text, at most @size bytes; 0 where there is none. */
size_t xdc_utf8_length(const char *text, size_t size);

/* Cuts @text at its first newline and takes white space off its end; returns @text. */
char *xdc_text_first_line(char *text);

/*
 * Takes the next line off *@cursor (NUL-terminated text) and moves it on; NULL at the end.
 * Writes into the text.
 */
char *xdc_text_next_line(char **cursor);

/* "2026-11-24T10:00:00Z" (RFC 3339) for @seconds since 1970; NULL where time_t cannot hold it. */
char *xdc_text_time(struct xdc_arena *arena, int64_t seconds);

bool xdc_text_starts_with(const char *text, const char *prefix);
bool xdc_text_ends_with(const char *text, const char *suffix);

/* Whether @word stands in the white-space separated @list. */
bool xdc_text_has_word(const char *list, const char *word);

/*
 * Reads the whole of @text as an unsigned number of @base (0: as C writes it). Returns 0,
 * -EINVAL where it is no number, -ERANGE where it does not fit.
 */
int xdc_number_parse(const char *text, int base, uint64_t *ret);

#endif
