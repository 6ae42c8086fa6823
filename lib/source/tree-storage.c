/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What block devices are made of. Attributes: Documentation/ABI/testing/sysfs-block,
 * sysfs-block-dm and sysfs-block-loop; "slaves" is bd_link_disk_holder() (block/holder.c). None
 * of them takes a device's lock.
 */
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>

#include "source/tree.h"

static const char BASE[] = "/sys/class/block";

/* Whose names begin otherwise does not have it (drivers/md/dm.c, md.c, drivers/block/loop.c). */
static const struct {
	const char *names;
	const char *field;
	const char *attribute;
} attributes[] = {
	{ "", "dev", "dev" },
	{ "", "partition", "partition" },
	{ "", "ro", "ro" },
	{ "dm-", "dm", "dm/uuid" },
	{ "dm-", "dm_name", "dm/name" },
	{ "md", "md", "md/level" },
	{ "loop", "dio", "loop/dio" },
	{ "loop", "loop", "loop/backing_file" },
};

static void write_block(const struct xdc_tree *tree, const char *name, FILE *out)
{
	char path[PATH_MAX], field[NAME_MAX + 32];
	xdc_autoclose int dir = -1;
	char **slaves;
	size_t count;

	snprintf(path, sizeof(path), "%s/%s", BASE, name);
	dir = xdc_tree_open(tree, path, O_RDONLY | O_DIRECTORY);
	if (dir < 0) {
		snprintf(field, sizeof(field), "%s/dev", name);
		xdc_tree_write_unread(field, xdc_status_from_errno(-dir), out);
		return;
	}
	for (size_t i = 0; i < XDC_ARRAY_SIZE(attributes); i++) {
		if (!xdc_text_starts_with(name, attributes[i].names))
			continue;
		snprintf(field, sizeof(field), "%s/%s", name, attributes[i].field);
		xdc_tree_write_attribute(tree, dir, attributes[i].attribute, field, out);
	}
	/* A loop device has a file below it, or a device that "loop" names. */
	if (xdc_text_starts_with(name, "loop"))
		return;
	snprintf(path, sizeof(path), "%s/%s/slaves", BASE, name);
	snprintf(field, sizeof(field), "%s/slave", name);
	xdc_tree_write_unread(field, xdc_tree_list(tree, path, &slaves, &count), out);
	for (size_t i = 0; i < count; i++)
		xdc_field_write(out, field, slaves[i]);
	xdc_names_free(slaves, count);
}

void xdc_tree_storage(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	xdc_tree_tell_each(tree, BASE, "storage", write_block, emit, arg);
}
