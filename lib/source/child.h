/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading that may wait for ever is done in a child process, item by item, with a deadline
 * for each. A child that is past its deadline is killed; one that the kernel will not let go
 * of (state D behind a device's lock) is left behind: the parent never waits for it.
 */
#ifndef XDC_CHILD_H
#define XDC_CHILD_H

#include <poll.h>
#include <sys/types.h>

#include "base/base.h"

/*
 * Runs in the child, which has no rights of root's left but to read: writes what it knows of item
 * @index to @out; nothing is an answer too.
 */
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

/* What every child is started, watched and ended with. */

/*
 * In a child: makes @fds[0] to @fds[@count - 1] its descriptors 0, 1, 2... (-1: /dev/null) and
 * closes all others; has the kernel kill it when its parent ends. One that is left behind must
 * hold nothing of ours: a reader of our standard output would wait for it to be closed, and
 * the kernel for the last user of a BPF program. Returns 0 or -errno.
 */
int xdc_child_keep_only(const int *fds, size_t count);

/* The time on the monotonic clock, in milliseconds. */
long long xdc_now_ms(void);

/*
 * Waits for one of @fds until the clock shows @deadline, whatever signals arrive; what is ready
 * is in their revents. Returns 0, -ETIMEDOUT, or -errno.
 */
int xdc_poll_until(struct pollfd *fds, nfds_t count, long long deadline);

/*
 * Waits at most @milliseconds for the child to end. Returns true with how it did in
 * *@ret_status, as wait(2) has it; the child is then reaped. init does otherwise.
 */
bool xdc_child_reap(pid_t pid, unsigned int milliseconds, int *ret_status);

#endif
