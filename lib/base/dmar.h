/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Intel's ACPI table DMAR ("Intel Virtualization Technology for Directed I/O", chapter 8): the
 * memory that firmware reserves for a device (RMRR). Where Xen drives VT-d it hides the table from
 * a PV dom0 by the signature "RMAD", which leaves the checksum right (acpi_dmar_zap(),
 * xen/drivers/passthrough/vtd/dmar.c, 4.14 to 4.21); Linux lists it by that name.
 */
#ifndef XDC_DMAR_H
#define XDC_DMAR_H

#include "base/base.h"

#define XDC_DMAR_FILE	     "/sys/firmware/acpi/tables/DMAR"
#define XDC_DMAR_HIDDEN_FILE "/sys/firmware/acpi/tables/RMAD"

enum {
	XDC_DMAR_HEADER = 48, /* bytes before the first structure */
	XDC_DMAR_LIMIT = 64 << 10,
};

struct xdc_rmrr {
	uint64_t base;
	uint64_t end;		  /* the last byte */
	unsigned int segment;	  /* of PCI */
	unsigned int n_devices;	  /* as Xen counts them (scope_device_count()) */
	const unsigned char *raw; /* the structure itself, in the table */
	size_t size;
};

/* Whether the @size bytes are such a table, with nothing in it cut off or too short. */
bool xdc_dmar_is_valid(const unsigned char *table, size_t size);

/*
 * The next RMRR of a valid table, from *@offset on, which begins with XDC_DMAR_HEADER. Returns
 * false, and leaves *@ret alone, where there is none.
 */
bool xdc_dmar_next(const unsigned char *table, size_t size, size_t *offset, struct xdc_rmrr *ret);

/*
 * Whether it is for the function whose path below /sys is @path. A device is named by a bus and the
 * way from there through bridges, which the path shows.
 */
bool xdc_rmrr_is_of(const struct xdc_rmrr *rmrr, const char *path);

#endif
