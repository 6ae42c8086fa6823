/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/base.h"

static void (*oom_handler)(void) = abort;

void xdc_set_oom_handler(void (*handler)(void))
{
	oom_handler = handler;
}

void xdc_out_of_memory(void)
{
	oom_handler();
	abort();
}

static void *checked(void *memory)
{
	if (!memory)
		xdc_out_of_memory();
	return memory;
}

void *xdc_zalloc(size_t size)
{
	return checked(calloc(1, size ? size : 1));
}

char *xdc_strdup(const char *text)
{
	return checked(strdup(text));
}

void xdc_array_reserve(void **items, size_t count, size_t size)
{
	/* Full exactly when empty or when the count is a power of two. */
	if (count & (count - 1))
		return;
	*items = checked(reallocarray(*items, count ? count * 2 : 1, size));
}

void xdc_freep(void *pointer)
{
	free(*(void **)pointer);
}

void xdc_fclosep(FILE **file)
{
	if (*file)
		fclose(*file);
}

void xdc_closep(int *fd)
{
	if (*fd >= 0)
		close(*fd);
}
