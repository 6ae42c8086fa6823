/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An administrator's entry: whatever it holds is taken or refused with one printable line. */
#include <stdlib.h>
#include <string.h>

#include "catalogue/catalogue.h"
#include "fuzz.h"
#include "render/catalogue.h"

static void check_entry(const struct xdc_catalogue *catalogue)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = fuzz_stream(&text, &size);

	xdc_render_entry(catalogue->entries[0], 80, out);
	xdc_render_known(catalogue, 80, out);
	fclose(out);
	fuzz_assert_printable(text, size);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	xdc_autocatalogue struct xdc_catalogue *catalogue = xdc_catalogue_new();
	char *text = xdc_zalloc(size + 1);

	memcpy(text, data, size);
	if (xdc_catalogue_add(catalogue, "fuzz.entry", text) == 0)
		check_entry(catalogue);
	else if (catalogue->n_errors != 1)
		abort();
	xdc_catalogue_check_ids(catalogue);
	for (size_t i = 0; i < catalogue->n_errors; i++)
		fuzz_assert_printable(catalogue->errors[i], strlen(catalogue->errors[i]));
	free(text);
	return 0;
}
