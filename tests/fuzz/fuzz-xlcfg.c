/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A guest's configuration: the keys that are found in it stand there, in their order. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "helper/xlcfg.h"

enum { NAMES_MAX = 64 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct xdc_xlcfg_name names[NAMES_MAX];
	const char *text = (const char *)data, *at = text;
	size_t count = size ? xdc_xlcfg_names(text, size, names, NAMES_MAX) : 0;
	unsigned int line = 1;

	if (count > NAMES_MAX)
		abort();
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(names[i].name);

		if (!length || length >= XDC_XLCFG_NAME_MAX || names[i].line < line)
			abort();
		line = names[i].line;
		at = memmem(at, (size_t)(text + size - at), names[i].name, length);
		if (!at)
			abort();
		at += length;
	}
	return 0;
}
