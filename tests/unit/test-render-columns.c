/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "render/render.h"
#include "unit.h"

/* The names of the columns in @list, separated by blanks; the caller's. */
static char *names_of(const char *list)
{
	xdc_autofree const struct xdc_column **columns = NULL;
	FILE *out = unit_stream();
	char *unknown = NULL;
	size_t count = 0;

	assert_int_equal(xdc_columns_parse(list, &columns, &count, &unknown), 0);
	assert_null(unknown);
	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s%s", i ? " " : "", columns[i]->name);
	return unit_text(out);
}

static void assert_columns(const char *list, const char *expected)
{
	xdc_autofree char *names = names_of(list);

	assert_string_equal(names, expected);
}

#define DEFAULT "NAME BUS DRIVER PATH BASIS VERDICT GROUP WHY"

static void test_columns_come_in_the_order_asked_for(void **state)
{
	(void)state;
	assert_columns("PATH,NAME", "PATH NAME");
	assert_columns("path,Name,dma-because", "PATH NAME DMA-BECAUSE");
	assert_columns("NAME", "NAME");
	assert_columns("NAME,NAME", "NAME NAME");
}

static void test_a_plus_adds_to_the_default_ones(void **state)
{
	(void)state;
	assert_columns(NULL, DEFAULT);
	assert_columns("+PROBE", DEFAULT " PROBE");
	assert_columns("+PROBE,DMA", DEFAULT " PROBE DMA");
}

static void assert_unknown(const char *list, const char *expected)
{
	const struct xdc_column **columns = NULL;
	xdc_autofree char *unknown = NULL;
	size_t count = 0;

	assert_int_equal(xdc_columns_parse(list, &columns, &count, &unknown), -EINVAL);
	assert_text(unknown, expected);
	assert_null(columns);
}

static void test_an_unknown_column_is_named(void **state)
{
	(void)state;
	assert_unknown("NAME,NOPE,PATH", "NOPE");
	assert_unknown("+nope", "nope");
	assert_unknown("PAT", "PAT");
	assert_unknown("NAMES", "NAMES");
	assert_unknown("NAME, PATH", " PATH");
	assert_unknown("", "");
	assert_unknown("NAME,", "");
	assert_unknown(",NAME", "");
	assert_unknown("+", "");
}

static void test_every_column_listed_can_be_asked_for(void **state)
{
	xdc_autofree char *list = NULL;
	char *cursor, *line;
	size_t count = 0;
	FILE *out = unit_stream();

	(void)state;
	xdc_columns_list(out);
	list = unit_text(out);
	cursor = list;
	while ((line = xdc_text_next_line(&cursor))) {
		xdc_autofree char *names = NULL;

		line += strspn(line, " ");
		/* Behind the name is what it holds. */
		assert_true(strlen(line) > strcspn(line, " ") + 2);
		line[strcspn(line, " ")] = '\0';
		names = names_of(line);
		assert_string_equal(names, line);
		count++;
	}
	assert_true(count > 8);
}

static const char *cell(struct xdc_arena *arena, const struct xdc_attribution *a, const char *name)
{
	xdc_autofree const struct xdc_column **columns = NULL;
	char *unknown;
	size_t count;

	assert_int_equal(xdc_columns_parse(name, &columns, &count, &unknown), 0);
	return columns[0]->cell(arena, a);
}

static void test_cells_hold_what_is_known(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("iommu-groups", XDC_STATUS_OK, "7=identity\n8!absent\n");
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_attribution *full, *bare;

	(void)state;
	add_pci(evidence, "0000:00:01.0",
		"driver=ahci\nbusmaster=1\niommu_group=7\ndma_mask_bits=32\n");
	add_observation(evidence, "0000:00:01.0",
			"ops=table\nmap_sg=xen_swiotlb_map_sg\ncoherent=1\n");
	add_record(evidence, "activity", XDC_STATUS_OK, "milliseconds=1000\n");
	add_record(evidence, "activity:" PCI_PATH "0000:00:01.0", XDC_STATUS_OK,
		   "maps=2\nbytes=3145728\nbounced_bytes=1572864\n");
	add_pci(evidence, "0000:00:02.0", "iommu_group=8\n");
	add_pci(evidence, "0000:00:03.0", "");
	add_arm64_dom0(evidence, "6.1.0");
	report = xdc_report_new(evidence);
	full = attribution_of(report, "0000:00:01.0");
	bare = attribution_of(report, "0000:00:03.0");
	assert_text(cell(arena, full, "GROUP"), "7 identity");
	assert_text(cell(arena, full, "MASK"), "0xffffffff");
	assert_text(cell(arena, full, "COHERENT"), "yes");
	assert_text(cell(arena, full, "OBSERVED"), "swiotlb-xen");
	assert_text(cell(arena, full, "OWN"), "ok");
	assert_text(cell(arena, full, "DEVPATH"), PCI_PATH "0000:00:01.0");
	assert_text(cell(arena, attribution_of(report, "0000:00:02.0"), "GROUP"), "8 ?");
	assert_text(cell(arena, full, "MAPPED"), "3.0 MiB");
	assert_text(cell(arena, full, "BOUNCED"), "50%");
	/* What is not known is no cell, not a made-up one. */
	assert_null(cell(arena, bare, "MAPPED"));
	assert_null(cell(arena, bare, "BOUNCED"));
	assert_null(cell(arena, bare, "GROUP"));
	assert_null(cell(arena, bare, "MASK"));
	assert_null(cell(arena, bare, "COHERENT"));
	assert_null(cell(arena, bare, "OBSERVED"));
	assert_null(cell(arena, bare, "OWN"));
	assert_null(cell(arena, bare, "DRIVER"));
	assert_null(cell(arena, bare, "DESCRIPTION"));
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns_come_in_the_order_asked_for),
		cmocka_unit_test(test_a_plus_adds_to_the_default_ones),
		cmocka_unit_test(test_an_unknown_column_is_named),
		cmocka_unit_test(test_every_column_listed_can_be_asked_for),
		cmocka_unit_test(test_cells_hold_what_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
