/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>

#include "bpf/watcher.h"

int xdc_watcher_new(struct xdc_watcher **ret, const char **ret_error)
{
	(void)ret;
	*ret_error = "this build has no observation by BPF";
	return -ENOTSUP;
}

/* There never is a watcher here. */
void xdc_watcher_free(struct xdc_watcher *watcher)
{
	(void)watcher;
}

void xdc_watcher_read(struct xdc_watcher *watcher, struct xdc_snapshot *ret)
{
	(void)watcher;
	(void)ret;
	abort();
}

const struct xdc_unwatched *xdc_watcher_unwatched(const struct xdc_watcher *watcher,
						  size_t *ret_count)
{
	(void)watcher;
	(void)ret_count;
	abort();
}
