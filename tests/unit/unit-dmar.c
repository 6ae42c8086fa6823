/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-dmar.h"

/* Types, lengths and places of chapter 8 of Intel's specification. */
static const unsigned char structures[] = {
	/* DRHD of all devices, its registers at 0xfed90000. */
	0,
	0,
	16,
	0,
	1,
	0,
	0,
	0,
	0,
	0,
	0xd9,
	0xfe,
	0,
	0,
	0,
	0,
	/* RMRR 0x7b800000-0x7bffffff; an endpoint: 00:02.0. */
	1,
	0,
	32,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0x80,
	0x7b,
	0,
	0,
	0,
	0,
	0xff,
	0xff,
	0xff,
	0x7b,
	0,
	0,
	0,
	0,
	1,
	8,
	0,
	0,
	0,
	0,
	2,
	0,
	/* RMRR 0x7c000000-0x7c00ffff; two endpoints: 00:05.0, and 00.0 behind 00:1c.0. */
	1,
	0,
	42,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0x7c,
	0,
	0,
	0,
	0,
	0xff,
	0xff,
	0,
	0x7c,
	0,
	0,
	0,
	0,
	1,
	8,
	0,
	0,
	0,
	0,
	5,
	0,
	1,
	10,
	0,
	0,
	0,
	0,
	0x1c,
	0,
	0,
	0,
};

struct unit_dmar unit_dmar(const char *signature)
{
	struct unit_dmar dmar = { .size = UNIT_DMAR_SIZE };

	_Static_assert(XDC_DMAR_HEADER + sizeof(structures) == UNIT_DMAR_SIZE, "the sizes above");
	memcpy(dmar.table, signature, 4);
	dmar.table[4] = UNIT_DMAR_SIZE;
	/* The maker's name for it. */
	memcpy(dmar.table + 10, "HUNTER", 6);
	memcpy(dmar.table + XDC_DMAR_HEADER, structures, sizeof(structures));
	return dmar;
}
