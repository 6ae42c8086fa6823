/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Counts the DMA of this machine's devices in the kernel, by BPF programs on the functions and
 * tracepoints that map (watch.bpf.c). All of it dies with the process.
 *
 * A program that interrupts another one on the same processor may not be run by the kernel, so
 * a count may be a little too low, never too high.
 */
#ifndef XDC_WATCHER_H
#define XDC_WATCHER_H

#include "watch/watch.h"

struct xdc_watcher;

/*
 * Begins to count. Returns 0; or -EACCES where rights are missing, -ENOTSUP where this kernel or
 * build cannot do it, with the reason for people in *@ret_error.
 */
int xdc_watcher_new(struct xdc_watcher **ret, const char **ret_error);
void xdc_watcher_free(struct xdc_watcher *watcher);

/*
 * What has been counted so far, into *@ret (of which nothing is read). Devices that have come
 * since are recognised. The paths live as long as @watcher.
 *
 * Whose functions a device's maps call is found out by watching these, too, which costs as much
 * again as counting does: it is left off while much is mapped by devices of which that is known.
 * "direct" is told after two reads in which the device did map.
 */
void xdc_watcher_read(struct xdc_watcher *watcher, struct xdc_snapshot *ret);

/* The @watcher's. */
const struct xdc_unwatched *xdc_watcher_unwatched(const struct xdc_watcher *watcher,
						  size_t *ret_count);

#endif
