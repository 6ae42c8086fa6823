/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit.h"

static struct xdc_devicetree *parse(struct xdc_arena *arena, const struct dt *dt)
{
	struct xdc_devicetree *tree = NULL;
	const char *error = NULL;

	assert_int_equal(xdc_devicetree_parse(arena, dt->blob, dt->size, &tree, &error), 0);
	return tree;
}

/* Behind `ranges` that translate, an address is not the CPU's. */
static void test_doorbells_are_those_at_addresses_of_the_cpu(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	DT_CELLS(&dt, "#address-cells", 2);
	DT_CELLS(&dt, "#size-cells", 1);
	dt_begin(&dt, "v2m@8020000");
	dt_text(&dt, "compatible", "arm,gic-v2m-frame");
	DT_CELLS(&dt, "reg", 1, 0x8020000, 0x1000);
	dt_end(&dt);
	dt_begin(&dt, "soc");
	DT_CELLS(&dt, "ranges", 0, 1, 0, 0x1000000);
	dt_begin(&dt, "its@0");
	dt_text(&dt, "compatible", "arm,gic-v3-its");
	DT_CELLS(&dt, "reg", 0, 0, 0x20000);
	dt_end(&dt);
	dt_end(&dt);
	dt_begin(&dt, "its@9");
	dt_text(&dt, "compatible", "arm,gic-v3-its");
	DT_CELLS(&dt, "reg", 0, 9);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_int_equal(tree->n_doorbells, 1);
	assert_string_equal(tree->doorbells[0].path, "/v2m@8020000");
	assert_int_equal(tree->doorbells[0].first, 0x108020000);
	assert_int_equal(tree->doorbells[0].last, 0x108020fff);
	xdc_arena_free(arena);
}

static void test_regions_of_iommu_groups_are_the_devices(void **state)
{
	struct xdc_evidence *evidence = evidence_with(
		"iommu-reserved", XDC_STATUS_OK,
		"7=0x000000007b800000 0x000000007fffffff direct\n7=0x8000000 0x80fffff msi\n7=x\n");
	struct xdc_model *model;

	(void)state;
	add_file(evidence, "/proc/iomem",
		 "40000000-7fffffff : System RAM\n  40080000-40ffffff : Kernel code\n"
		 "80000000-8fffffff : Reserved\n00000000-00000000 : System RAM\n");
	add_arm64_dom0(evidence, "6.1.0");
	model = xdc_model_new(evidence);
	assert_int_equal(model->addresses.count, 3);
	assert_int_equal(xdc_address_map_find(&model->addresses, 0x7c000000)->kind,
			 XDC_RANGE_DEVICES);
	assert_int_equal(xdc_address_map_find(&model->addresses, 0x50000000)->kind, XDC_RANGE_RAM);
	assert_int_equal(xdc_address_map_find(&model->addresses, 0x80000000)->kind,
			 XDC_RANGE_RESERVED);
	xdc_model_free(model);
	xdc_evidence_free(evidence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_doorbells_are_those_at_addresses_of_the_cpu),
		cmocka_unit_test(test_regions_of_iommu_groups_are_the_devices),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
