/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libfdt.h>

#include "base/fdt.h"

enum { VERSION_MIN = 16 };

int xdc_fdt_check(const void *blob, size_t size)
{
	if (size < FDT_V1_SIZE)
		return -FDT_ERR_TRUNCATED;
	if (fdt_magic(blob) == FDT_MAGIC && fdt_version(blob) < VERSION_MIN)
		return -FDT_ERR_BADVERSION;
	return fdt_check_full(blob, size);
}
