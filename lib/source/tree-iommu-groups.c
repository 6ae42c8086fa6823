/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <limits.h>

#include "source/tree.h"

/* "7=0x... 0x... direct" for each line of a group's reserved_regions, of which there are few. */
static enum xdc_status write_reserved(FILE *out, const struct xdc_tree *tree, const char *group)
{
	enum { LIMIT = 4096 };
	xdc_autofree char *data = NULL;
	char path[NAME_MAX + 64];
	char *cursor, *line;
	enum xdc_status status;
	size_t size;

	snprintf(path, sizeof(path), "/sys/kernel/iommu_groups/%s/reserved_regions", group);
	status = xdc_tree_read(tree, path, LIMIT, &data, &size);
	if (status != XDC_STATUS_OK)
		return status == XDC_STATUS_ABSENT ? XDC_STATUS_OK : status;
	cursor = data;
	while ((line = xdc_text_next_line(&cursor)))
		if (*line)
			xdc_field_write(out, group, line);
	return XDC_STATUS_OK;
}

void xdc_tree_iommu_groups(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	static const char base[] = "/sys/kernel/iommu_groups";
	xdc_autofree char *buffer = NULL, *regions = NULL;
	size_t length = 0, regions_length = 0, count;
	char **names;
	enum xdc_status status = xdc_tree_list(tree, base, &names, &count);
	enum xdc_status reserved_status = XDC_STATUS_OK;
	FILE *out = xdc_open_text(&buffer, &length);
	FILE *reserved = xdc_open_text(&regions, &regions_length);

	for (size_t i = 0; i < count; i++) {
		xdc_autofree char *data = NULL;
		char path[sizeof(base) + NAME_MAX + 16];
		enum xdc_status r;
		uint64_t number;
		size_t size;

		if (xdc_number_parse(names[i], 10, &number) < 0)
			continue;
		snprintf(path, sizeof(path), "%s/%s/type", base, names[i]);
		r = xdc_tree_read(tree, path, 64, &data, &size);
		if (r == XDC_STATUS_OK)
			xdc_field_write(out, names[i], xdc_text_first_line(data));
		else
			xdc_field_write_status(out, names[i], r);
		r = write_reserved(reserved, tree, names[i]);
		if (r != XDC_STATUS_OK)
			reserved_status = r;
	}
	fclose(out);
	fclose(reserved);
	xdc_names_free(names, count);
	xdc_emit(emit, arg, "iommu-groups", base, status, "", buffer, length);
	/* Most machines have none: that is no evidence of anything. */
	if (regions_length || reserved_status != XDC_STATUS_OK)
		xdc_emit(emit, arg, "iommu-reserved", base, reserved_status, "", regions,
			 regions_length);
}
