/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * How network interfaces lie on each other: net/core/dev.c makes a link "lower_NAME" for each
 * interface that one sends through: a bridge's ports, a bond's slaves, what a VLAN is on.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "source/tree.h"

static const char BASE[] = "/sys/class/net";

static void write_interface(const struct xdc_tree *tree, const char *name, FILE *out)
{
	static const char lower[] = "lower_";
	char path[PATH_MAX], field[NAME_MAX + 32];
	xdc_autoclose int dir = -1;
	char **entries;
	size_t count;

	snprintf(path, sizeof(path), "%s/%s", BASE, name);
	dir = xdc_tree_open(tree, path, O_RDONLY | O_DIRECTORY);
	/* A file, "bonding_masters", lies among them. */
	if (dir == -ENOTDIR)
		return;
	snprintf(field, sizeof(field), "%s/flags", name);
	if (dir >= 0)
		xdc_tree_write_attribute(tree, dir, "flags", field, out);
	snprintf(field, sizeof(field), "%s/lower", name);
	xdc_tree_write_unread(field, xdc_tree_list(tree, path, &entries, &count), out);
	for (size_t i = 0; i < count; i++) {
		bool is_lower = xdc_text_starts_with(entries[i], lower);

		if (!is_lower && strcmp(entries[i], "bridge") != 0)
			continue;
		snprintf(field, sizeof(field), "%s/%s", name, is_lower ? "lower" : "bridge");
		xdc_field_write(out, field, is_lower ? entries[i] + strlen(lower) : "");
	}
	xdc_names_free(entries, count);
}

void xdc_tree_network(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	xdc_tree_tell_each(tree, BASE, "network", write_interface, emit, arg);
}
