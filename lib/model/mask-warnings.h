/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The splats that dma_supported() (kernel/dma/mapping.c, Linux 6.12 and later) makes where
 * dma-iommu and a table of operations are both set for a device. A WARN names no device. What
 * the same task prints next often does: the driver that stands in the call trace says something
 * of its device ("nvme 0000:00:02.0: ..."). Only that is taken for an answer.
 */
#ifndef XDC_MASK_WARNINGS_H
#define XDC_MASK_WARNINGS_H

#include "base/base.h"

struct xdc_mask_warning {
	const char *text;     /* the line "WARNING: ...", safe to print */
	const char *caller;   /* who asked for the mask: "nvme_probe"; NULL: not said */
	const char *device;   /* whose mask it is: "0000:00:02.0"; NULL: the log does not tell */
	const char *evidence; /* the record that has it */
};

struct xdc_mask_reader;

/* Reads messages in their order; warnings are of @arena. The caller's, released with free(). */
struct xdc_mask_reader *xdc_mask_reader_new(struct xdc_arena *arena, const char *evidence);
/* @device: the device of a bus that the message is tied to; NULL where it is tied to none. */
void xdc_mask_reader_take(struct xdc_mask_reader *reader, const char *text, const char *device);
/* The warnings so far; the array is the caller's, released with free(). */
struct xdc_mask_warning *xdc_mask_reader_warnings(const struct xdc_mask_reader *reader,
						  size_t *ret_count);

#endif
