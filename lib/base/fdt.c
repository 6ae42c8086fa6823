/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libfdt.h>

#include "base/fdt.h"

enum { VERSION_MIN = 16 };

/* The header has been looked at. */
static int check_lengths(const void *blob)
{
	int offset = 0, next;
	uint32_t tag;

	while ((tag = fdt_next_tag(blob, offset, &next)) != FDT_END) {
		const fdt32_t *length =
			fdt_offset_ptr(blob, offset + (int)FDT_TAGSIZE, sizeof(*length));

		if (tag == FDT_PROP && (!length || fdt32_ld(length) > INT32_MAX))
			return -FDT_ERR_BADSTRUCTURE;
		offset = next;
	}
	return next < 0 ? next : 0;
}

int xdc_fdt_check(const void *blob, size_t size)
{
	int r;

	if (size < FDT_V1_SIZE)
		return -FDT_ERR_TRUNCATED;
	if (fdt_magic(blob) == FDT_MAGIC && fdt_version(blob) < VERSION_MIN)
		return -FDT_ERR_BADVERSION;
	r = fdt_check_header(blob);
	if (r == 0 && fdt_totalsize(blob) > size)
		r = -FDT_ERR_TRUNCATED;
	if (r == 0)
		r = check_lengths(blob);
	return r < 0 ? r : fdt_check_full(blob, size);
}
