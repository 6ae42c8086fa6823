/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "compare/compare.h"

/* Those of one name lie in an array in their order, so their addresses have it too. */
static int by_name(const void *a, const void *b)
{
	const struct xdc_named *x = a, *y = b;
	int r = strcmp(x->name, y->name);

	if (r)
		return r;
	return (x->thing > y->thing) - (x->thing < y->thing);
}

void xdc_pair(struct xdc_named *before, size_t n_before, struct xdc_named *after, size_t n_after,
	      xdc_pair_fn *pair, void *arg)
{
	size_t b = 0, a = 0;

	if (n_before)
		qsort(before, n_before, sizeof(*before), by_name);
	if (n_after)
		qsort(after, n_after, sizeof(*after), by_name);
	while (b < n_before || a < n_after) {
		int r = b == n_before  ? 1
			: a == n_after ? -1
				       : strcmp(before[b].name, after[a].name);
		const void *gone = r <= 0 ? before[b++].thing : NULL;
		const void *came = r >= 0 ? after[a++].thing : NULL;

		pair(arg, gone, came);
	}
}
