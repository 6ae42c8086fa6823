/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * dom0's device tree beyond what the model has of it (DMA). Xen gives dom0 a node that it shall
 * not use, marked xen,passthrough, with status = "disabled", and none for what it uses itself
 * (handle_node() and write_properties(), xen/arch/arm/domain_build.c).
 */
#include <libfdt.h>
#include <limits.h>
#include <string.h>

#include "base/fdt.h"
#include "preflight/preflight.h"

/* The blob, once it is known to be one. */
static const void *checked_blob(const struct xdc_flight *flight, const char *key)
{
	const struct xdc_record *record = xdc_evidence_find(flight->evidence, key);
	void *blob;

	if (!xdc_record_readable(record) || record->size > INT_MAX)
		return NULL;
	/* libfdt reads 64-bit words where they are aligned in the blob. */
	blob = xdc_arena_alloc(flight->arena, record->size);
	memcpy(blob, record->data, record->size);
	return xdc_fdt_check(blob, record->size) == 0 ? blob : NULL;
}

/* "okay" or "ok" or no status, and so for each node above it. */
static bool is_available(const void *blob, int node)
{
	for (; node >= 0; node = fdt_parent_offset(blob, node)) {
		const char *status = fdt_getprop(blob, node, "status", NULL);

		if (status && strcmp(status, "okay") != 0 && strcmp(status, "ok") != 0)
			return false;
	}
	return true;
}

enum xdc_fdt_node xdc_fdt_node(const struct xdc_flight *flight, const char *path)
{
	const void *blob = checked_blob(flight, "devicetree");
	int node;

	if (!blob)
		return XDC_FDT_UNKNOWN;
	node = fdt_path_offset(blob, path);
	if (node < 0)
		return XDC_FDT_ABSENT;
	if (is_available(blob, node))
		return XDC_FDT_AVAILABLE;
	return fdt_getprop(blob, node, "xen,passthrough", NULL) ? XDC_FDT_PASSTHROUGH
								: XDC_FDT_DISABLED;
}

enum xdc_tri xdc_fdt_has_compatible(const struct xdc_flight *flight, const char *compatible)
{
	const void *blob = checked_blob(flight, "devicetree");

	if (!blob)
		return XDC_UNKNOWN;
	return xdc_tri_of(fdt_node_offset_by_compatible(blob, -1, compatible) >= 0);
}

enum xdc_tri xdc_fdt_board_has_iommu(const struct xdc_flight *flight, const char *path)
{
	const void *blob = checked_blob(flight, "host-devicetree");
	int node = blob ? fdt_path_offset(blob, path) : -1;

	if (node < 0)
		return XDC_UNKNOWN;
	return xdc_tri_of(fdt_getprop(blob, node, "iommus", NULL));
}
