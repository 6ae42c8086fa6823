/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Observes this machine with the kernel's type information and without, and compares what came
 * of it, device by device and field by field. Run in the lab on kernels that have it: what is
 * right there is all that can be known of those that have none.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/observe-words.h"
#include "collect/evidence.h"
#include "source/providers.h"

static const char *const fields[] = { "ops", "map_sg", "map", "dma_mask", "coherent_dma_mask" };

struct paths {
	const char **items;
	size_t count;
	struct xdc_arena *arena;
};

static void keep_path(void *arg, const struct xdc_record *record)
{
	struct paths *paths = arg;

	if (!xdc_text_starts_with(record->key, "device:/"))
		return;
	xdc_array_reserve((void **)&paths->items, paths->count, sizeof(*paths->items));
	paths->items[paths->count++] =
		xdc_arena_strdup(paths->arena, record->key + strlen("device:"));
}

static void keep_record(void *arg, const struct xdc_record *record)
{
	xdc_evidence_add(arg, record);
}

static const char *field(struct xdc_arena *arena, const struct xdc_record *record, const char *name)
{
	const char *value = xdc_field_find(arena, record->data, name, NULL);

	return value ? value : "";
}

/* Whether all fields are the same; says which are not. */
static bool agree(struct xdc_arena *arena, const char *path, const struct xdc_record *with,
		  const struct xdc_record *without)
{
	bool same = true;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(fields); i++) {
		const char *a = field(arena, with, fields[i]),
			   *b = field(arena, without, fields[i]);

		if (strcmp(a, b) == 0)
			continue;
		printf("differs: %s %s: with types '%s', without '%s'\n", path, fields[i], a, b);
		same = false;
	}
	return same;
}

int main(void)
{
	xdc_autosource struct xdc_source *source = xdc_source_live(NULL);
	struct xdc_tree tree = { .root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC) };
	struct xdc_evidence *with = xdc_evidence_new(), *without = xdc_evidence_new();
	struct paths paths = { .arena = xdc_arena_new() };
	const struct xdc_request devices = { .type = XDC_REQUEST_DEVICES };
	struct xdc_request state = { .type = XDC_REQUEST_DMA_STATE };
	size_t compared = 0, same = 0, tables = 0;

	xdc_source_ask(source, &devices, keep_path, &paths);
	state.devices = paths.items;
	state.n_devices = paths.count;
	xdc_live_dma_state(&tree, &state, keep_record, with);
	xdc_observe_by_words(&tree, &state, keep_record, without);
	for (size_t i = 0; i < paths.count; i++) {
		const char *key = xdc_arena_printf(paths.arena, "dma:%s", paths.items[i]);
		const struct xdc_record *a = xdc_evidence_find(with, key);
		const struct xdc_record *b = xdc_evidence_find(without, key);

		if (!a)
			continue;
		compared++;
		if (!b)
			printf("differs: %s: not observed without types\n", paths.items[i]);
		else
			same += agree(paths.arena, paths.items[i], a, b);
		tables += strcmp(field(paths.arena, a, "ops"), "table") == 0;
	}
	printf("%s\n", xdc_evidence_find(without, "dma")->detail);
	printf("%zu of %zu devices agree, %zu with a table\n", same, compared, tables);
	xdc_evidence_free(with);
	xdc_evidence_free(without);
	xdc_arena_free(paths.arena);
	free(paths.items);
	return compared && same == compared ? 0 : 1;
}
