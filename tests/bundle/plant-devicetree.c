/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "secret.h"

static void put_string(void *blob, const char *name, const char *value)
{
	fdt_property(blob, name, value, (int)strlen(value) + 1);
}

static void put_command_line(const struct planting *p, void *blob)
{
	xdc_autofree char *words = NULL;
	size_t size = 0;
	const struct planting line = { open_memstream(&words, &size), p->plan };

	plant_words(&line);
	fclose(line.out);
	put_string(blob, "bootargs", words);
}

static void put_chosen(const struct planting *p, void *blob)
{
	fdt_begin_node(blob, "chosen");
	put_command_line(p, blob);
	for (size_t i = 0; i < p->plan->count; i++) {
		const char *text = p->plan->secrets[i].text;
		char name[40], cells[80] = "\1\2\3";

		memcpy(cells + 4, text, strlen(text));
		if (!p->plan->known && i % 2)
			continue;
		snprintf(name, sizeof(name), "vendor,text%zu", i);
		put_string(blob, name, text);
		snprintf(name, sizeof(name), "vendor,cells%zu", i);
		fdt_property(blob, name, cells, 72);
	}
	fdt_end_node(blob);
}

static void put_node(const struct planting *p, void *blob, size_t index)
{
	const struct secret *secret = &p->plan->secrets[index];
	bool text = p->plan->known || secret_has_shape(secret);
	char name[128], cells[80] = "\1\2\3";

	memcpy(cells + 4, secret->text, strlen(secret->text));
	snprintf(name, sizeof(name), "node-%zu-%s", index, text ? secret->text : "");
	fdt_begin_node(blob, name);
	/* It tells that the text is a secret, which must not help below /chosen. */
	if (index % 2)
		put_string(blob, "vendor,hdcp-key", secret->text);
	if (secret->kind == SECRET_SERIAL)
		put_string(blob, "serial-number", secret->text);
	if (text)
		put_string(blob, "label", secret->text);
	if (p->plan->known)
		fdt_property(blob, "vendor,cells", cells, 72);
	fdt_end_node(blob);
}

void plant_devicetree(const struct planting *p)
{
	enum { ROOM = 256 << 10 };
	xdc_autofree char *blob = xdc_zalloc(ROOM);

	fdt_create(blob, ROOM);
	fdt_finish_reservemap(blob);
	fdt_begin_node(blob, "");
	put_chosen(p, blob);
	for (size_t i = 0; i < p->plan->count; i++)
		put_node(p, blob, i);
	fdt_end_node(blob);
	assert_int_equal(fdt_finish(blob), 0);
	fwrite(blob, 1, fdt_totalsize((const void *)blob), p->out);
}
