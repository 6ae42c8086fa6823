/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>

#include "catalogue/catalogue.h"

static const struct {
	const char *file;
	const char *text;
} entries[] = {
#include "catalogue-entries.inc"
};

struct xdc_catalogue *xdc_catalogue_builtin(void)
{
	struct xdc_catalogue *catalogue = xdc_catalogue_new();

	/* The build has checked them, with this very parser. */
	for (size_t i = 0; i < XDC_ARRAY_SIZE(entries); i++)
		if (xdc_catalogue_add_checked(catalogue, entries[i].file, entries[i].text) < 0)
			abort();
	return catalogue;
}
