/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* An ACPI table DMAR that was made up: no lab machine's firmware reserves memory. */
#ifndef XDC_UNIT_DMAR_H
#define XDC_UNIT_DMAR_H

#include "base/dmar.h"

enum {
	UNIT_DMAR_FIRST = XDC_DMAR_HEADER + 16, /* behind a DRHD: an RMRR for 0000:00:02.0 alone */
	UNIT_DMAR_SECOND =
		UNIT_DMAR_FIRST + 32, /* one for 0000:00:05.0 and for 0000:00:1c.0's 00.0 */
	UNIT_DMAR_SIZE = UNIT_DMAR_SECOND + 42,
};

struct unit_dmar {
	unsigned char table[UNIT_DMAR_SIZE];
	size_t size;
};

struct unit_dmar unit_dmar(const char *signature);

#endif
