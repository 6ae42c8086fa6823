/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef XDC_FDT_H
#define XDC_FDT_H

#include <stddef.h>

/*
 * Whether @blob, of @size bytes and aligned to 8, is a flattened device tree that libfdt may walk:
 * 0, or -FDT_ERR_... for fdt_strerror(). To be asked in place of fdt_check_full(), of which that of
 * libfdt 1.6.1 follows a null pointer where a tree says that it is of version 15 or older
 * (fdt_get_name() wants a path there, and its NULL is used; nothing has written those versions
 * since 2005), and never ends, or finds nothing wrong, where a property's length is negative
 * (fdt_next_tag() adds it up to the same place, or an earlier one).
 */
int xdc_fdt_check(const void *blob, size_t size);

#endif
