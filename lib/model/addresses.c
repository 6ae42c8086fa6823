/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the machine's evidence says of what lies where. */
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static void add(struct xdc_model *model, uint64_t first, uint64_t last, enum xdc_range_kind kind,
		const char *what, const char *source)
{
	xdc_address_map_add(&model->addresses,
			    &(struct xdc_range){ first, last, kind, false, what, source });
}

/* "40000000-9fffffff : System RAM"; whoever may not see addresses sees zeros. */
static void read_iomem(struct xdc_model *model)
{
	static const char key[] = "file:/proc/iomem";
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);
	xdc_autofree char *text = xdc_strdup(xdc_record_readable(record) ? record->data : "");
	char *cursor = text, *line;

	while ((line = xdc_text_next_line(&cursor))) {
		char *dash;
		uint64_t first = strtoull(line, &dash, 16);
		uint64_t last = *dash == '-' ? strtoull(dash + 1, NULL, 16) : 0;

		/* What is within another range, "  40080000-...", is of that. */
		if (!last || *line == ' ')
			continue;
		if (xdc_text_ends_with(line, " : System RAM"))
			add(model, first, last, XDC_RANGE_RAM, "System RAM of /proc/iomem", key);
		else if (xdc_text_ends_with(line, " : Reserved") ||
			 xdc_text_ends_with(line, " : reserved"))
			add(model, first, last, XDC_RANGE_RESERVED, "Reserved of /proc/iomem", key);
	}
}

/*
 * "7=0x000000007b800000 0x000000007fffffff direct": iommu_group_show_resv_regions(), drivers/
 * iommu/iommu.c. "direct" is what the firmware wants mapped as it is (RMRR, IVMD).
 */
static void read_reserved(struct xdc_model *model)
{
	static const char key[] = "iommu-reserved";
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);
	xdc_autofree char *text = xdc_strdup(xdc_record_readable(record) ? record->data : "");
	char *cursor = text, *line;

	while ((line = xdc_text_next_line(&cursor))) {
		char *at = strchr(line, '=');
		uint64_t first = at ? strtoull(at + 1, &at, 16) : 0;
		uint64_t last = at ? strtoull(at, &at, 16) : 0;

		/* "msi" on Arm is an IOVA window of Linux's own, no doorbell. */
		if (at && xdc_text_starts_with(at, " direct"))
			add(model, first, last, XDC_RANGE_DEVICES,
			    "a reserved region of an IOMMU group", key);
	}
}

static void read_doorbells(struct xdc_model *model, const struct xdc_devicetree *tree,
			   const char *key)
{
	for (size_t i = 0; tree && i < tree->n_doorbells; i++)
		add(model, tree->doorbells[i].first, tree->doorbells[i].last, XDC_RANGE_DOORBELL,
		    tree->doorbells[i].path, key);
}

/* What a guest wrote in the ring is no fact of the machine. */
static bool is_guests(struct xdc_model *model, const char *line, size_t size)
{
	const char *since;

	return !xdc_console_own_text(model->arena, xdc_arena_memdup(model->arena, line, size),
				     &since);
}

static void read_lines(struct xdc_model *model, const char *text, const char *literal, size_t index,
		       const char *key, bool is_console)
{
	const char *at = text;

	while ((at = strstr(at, literal))) {
		const char *begin = at, *end = at + strcspn(at, "\n");

		at += strlen(literal);
		while (begin > text && begin[-1] != '\n')
			begin--;
		/* A first line may be the end of one that a guest wrote. */
		if (is_console && (begin == text || is_guests(model, begin, (size_t)(end - begin))))
			continue;
		xdc_address_line_read(&model->addresses, index, begin, (size_t)(end - begin),
				      (size_t)(at - begin), key);
	}
}

static void read_log(struct xdc_model *model, const char *key, bool is_console)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);

	for (size_t i = 0; xdc_record_readable(record) && i < xdc_address_line_count(); i++)
		read_lines(model, record->data, xdc_address_line_literal(i), i, key, is_console);
}

void xdc_model_read_addresses(struct xdc_model *model)
{
	read_log(model, "xen:console", true);
	read_log(model, "kmsg", false);
	read_iomem(model);
	read_reserved(model);
	read_doorbells(model, model->devicetree, "devicetree");
	read_doorbells(model, model->board, "host-devicetree");
}
