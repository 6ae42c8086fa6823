/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading that may wait for ever is done in a child process, item by item, with a deadline
 * for each. A child that is past its deadline is killed; one that the kernel will not let go
 * of (state D behind a device's lock) is left behind: the parent never waits for it.
 */
#ifndef XDC_CHILD_H
#define XDC_CHILD_H

#include "base/base.h"

/* Runs in the child: writes what it knows of item @index to @out; nothing is an answer too. */
typedef void xdc_child_fn(void *arg, size_t index, FILE *out);

/* Runs in the parent for each item in order: @text is NULL where the deadline passed. */
typedef void xdc_child_answer_fn(void *arg, size_t index, const char *text, size_t size);

/*
 * Has @read called in a child for the items 0 to @count - 1 and @answer in this process.
 * After a deadline of @milliseconds has passed for an item, a new child goes on with the
 * next; when that has happened @patience times, the rest is answered NULL.
 * Returns 0 or -errno (no child could be started; nothing was answered then).
 */
int xdc_child_run(size_t count, unsigned int milliseconds, unsigned int patience,
		  xdc_child_fn *read, xdc_child_answer_fn *answer, void *arg);

#endif
