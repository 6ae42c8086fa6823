/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/kallsyms.h"

enum {
	SYMBOLS_MAX = 4096, /* a kernel has some fifty; more is no kernel's list */
	NAME_MAX_KEPT = 128,
};

struct symbol {
	uint64_t address;
	const char *name;
};

struct xdc_kallsyms {
	struct xdc_arena *arena;
	struct symbol *symbols;
	size_t count;
	uint64_t global_dma_ops;
	unsigned int n_global;
	uint64_t stext;
	uint64_t einittext;
	unsigned int word_size;
	bool seen_address; /* not all were zero */
	bool seen_any;
};

/* Every table has a map_sg and a map_page or map_phys, and they are named after it. */
static bool is_dma_function(char type, const char *name)
{
	if (tolower((unsigned char)type) != 't' && tolower((unsigned char)type) != 'w')
		return false;
	return strstr(name, "map_sg") || strstr(name, "map_page") || strstr(name, "map_phys");
}

static void take_symbol(struct xdc_kallsyms *kallsyms, uint64_t address, char type, char *name)
{
	bool in_module = strchr(name, '\t');

	kallsyms->seen_any = true;
	if (address)
		kallsyms->seen_address = true;
	name[strcspn(name, "\t\n")] = '\0';
	if (strcmp(name, "_stext") == 0 && !in_module)
		kallsyms->stext = address;
	else if (strcmp(name, "_einittext") == 0 && !in_module)
		kallsyms->einittext = address;
	else if (strcmp(name, "dma_ops") == 0 && strchr("BbDd", type) && !in_module) {
		kallsyms->global_dma_ops = address;
		kallsyms->n_global++;
	} else if (is_dma_function(type, name) && kallsyms->count < SYMBOLS_MAX &&
		   strlen(name) < NAME_MAX_KEPT) {
		xdc_array_reserve((void **)&kallsyms->symbols, kallsyms->count,
				  sizeof(*kallsyms->symbols));
		kallsyms->symbols[kallsyms->count].address = address;
		kallsyms->symbols[kallsyms->count++].name = xdc_arena_strdup(kallsyms->arena, name);
	}
}

static int by_address(const void *a, const void *b)
{
	const struct symbol *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

int xdc_kallsyms_read(FILE *file, struct xdc_kallsyms **ret)
{
	struct xdc_kallsyms *kallsyms = xdc_zalloc(sizeof(*kallsyms));
	bool in_line = false;
	char line[512];

	kallsyms->arena = xdc_arena_new();
	while (fgets(line, sizeof(line), file)) {
		bool whole = strchr(line, '\n');
		bool is_rest = in_line;
		char *end;
		uint64_t address;

		/* The rest of a line that was too long is no line. */
		in_line = !whole;
		if (is_rest)
			continue;
		errno = 0;
		address = strtoull(line, &end, 16);
		if (errno || end == line || end[0] != ' ' || !end[1] || end[2] != ' ')
			continue;
		/* "%px": all digits of a word, two to the byte. */
		kallsyms->word_size = (unsigned int)(end - line) / 2;
		take_symbol(kallsyms, address, end[1], end + 3);
	}
	if (kallsyms->count)
		qsort(kallsyms->symbols, kallsyms->count, sizeof(*kallsyms->symbols), by_address);
	if (!kallsyms->count || !kallsyms->seen_address) {
		int r = kallsyms->seen_any && !kallsyms->seen_address ? -EACCES : -ENOENT;

		xdc_kallsyms_free(kallsyms);
		return r;
	}
	*ret = kallsyms;
	return 0;
}

void xdc_kallsyms_free(struct xdc_kallsyms *kallsyms)
{
	if (!kallsyms)
		return;
	xdc_arena_free(kallsyms->arena);
	free(kallsyms->symbols);
	free(kallsyms);
}

const char *xdc_kallsyms_function(const struct xdc_kallsyms *kallsyms, uint64_t address)
{
	/* The address of a Thumb function has bit 0 set, its symbol has not. */
	const struct symbol key = {
		.address = kallsyms->word_size == 4 ? address & ~UINT64_C(1) : address,
	};
	const struct symbol *found = bsearch(&key, kallsyms->symbols, kallsyms->count,
					     sizeof(*kallsyms->symbols), by_address);

	return found ? found->name : NULL;
}

uint64_t xdc_kallsyms_global_dma_ops(const struct xdc_kallsyms *kallsyms)
{
	return kallsyms->n_global == 1 ? kallsyms->global_dma_ops : 0;
}

bool xdc_kallsyms_has_function(const struct xdc_kallsyms *kallsyms, const char *name)
{
	for (size_t i = 0; i < kallsyms->count; i++)
		if (strcmp(kallsyms->symbols[i].name, name) == 0)
			return true;
	return false;
}

unsigned int xdc_kallsyms_word_size(const struct xdc_kallsyms *kallsyms)
{
	return kallsyms->word_size;
}

bool xdc_kallsyms_in_image(const struct xdc_kallsyms *kallsyms, uint64_t address)
{
	return kallsyms->stext && address >= kallsyms->stext && address < kallsyms->einittext;
}
