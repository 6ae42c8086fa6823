/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Of the ACPI table DMAR only what is asked of it: its RMRRs, which are numbers. */
#include "base/dmar.h"
#include "bundle/mask.h"

static void put_little_endian(FILE *out, size_t value)
{
	for (int i = 0; i < 4; i++)
		fputc((int)(value >> 8 * i & 0xff), out);
}

const char *xdc_mask_dmar(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	const unsigned char *table = (const unsigned char *)record->data;
	size_t offset = XDC_DMAR_HEADER, size = XDC_DMAR_HEADER;
	struct xdc_rmrr rmrr;

	if (!xdc_dmar_is_valid(table, record->size))
		return xdc_mask_empty(masker, record, out);
	while (xdc_dmar_next(table, record->size, &offset, &rmrr))
		size += rmrr.size;
	/* The maker's names, and a checksum that would be wrong, become zeros. */
	fwrite(table, 1, 4, out);
	put_little_endian(out, size);
	for (int i = 8; i < XDC_DMAR_HEADER; i++)
		fputc(0, out);
	offset = XDC_DMAR_HEADER;
	while (xdc_dmar_next(table, record->size, &offset, &rmrr))
		fwrite(rmrr.raw, 1, rmrr.size, out);
	return NULL;
}
