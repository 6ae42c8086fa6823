/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "source/tree.h"

enum {
	ENTRY_LIMIT = 64 << 10,
	ENTRIES_MAX = 1000,
};

static const char DIRECTORY[] = "/etc/xen-dmacheck/catalogue.d";

static void add_entry(const struct xdc_tree *tree, const char *name, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *data = NULL;
	char path[512], key[512];
	size_t size;
	enum xdc_status status;

	snprintf(path, sizeof(path), "%s/%s", DIRECTORY, name);
	snprintf(key, sizeof(key), "catalogue:%s", name);
	status = xdc_tree_read(tree, path, ENTRY_LIMIT, &data, &size);
	xdc_emit(emit, arg, key, path, status, "", data, size);
}

void xdc_tree_catalogue(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *list = NULL;
	size_t size = 0, count = 0, taken = 0;
	char **names = NULL;
	enum xdc_status status = xdc_tree_list(tree, DIRECTORY, &names, &count);
	FILE *out = xdc_open_text(&list, &size);

	for (size_t i = 0; i < count && taken < ENTRIES_MAX; i++) {
		if (!xdc_text_ends_with(names[i], ".entry"))
			continue;
		add_entry(tree, names[i], emit, arg);
		taken++;
		fprintf(out, "%s\n", names[i]);
	}
	fclose(out);
	xdc_emit(emit, arg, "catalogue", DIRECTORY, status, "", list, size);
	xdc_names_free(names, count);
}
