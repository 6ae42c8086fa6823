/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit.h"

static struct xdc_devicetree *parse(struct xdc_arena *arena, const struct dt *dt)
{
	struct xdc_devicetree *tree = NULL;
	const char *error = NULL;

	assert_int_equal(xdc_devicetree_parse(arena, dt->blob, dt->size, &tree, &error), 0);
	return tree;
}

/* An SMMUv2's second cell is a mask of bits that do not count; a cut specifier is none. */
static void test_any_specifier_of_a_node_is_looked_at(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	const struct xdc_dt_node *smmu, *other, *node;
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin(&dt, "smmu@1");
	DT_CELLS(&dt, "#iommu-cells", 2);
	DT_CELLS(&dt, "phandle", 1);
	dt_end(&dt);
	dt_begin_iommu(&dt, "smmu@2", "arm,smmu-v3", 2);
	dt_end(&dt);
	dt_begin(&dt, "dma");
	DT_CELLS(&dt, "iommus", 2, 7, 1, 0x870, 0xf, 2, 9, 1, 5);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	smmu = xdc_devicetree_find(tree, "/smmu@1");
	other = xdc_devicetree_find(tree, "/smmu@2");
	node = xdc_devicetree_find(tree, "/dma");
	assert_true(xdc_devicetree_has_id(tree, node, smmu, 0x87c));
	assert_false(xdc_devicetree_has_id(tree, node, smmu, 0x880));
	assert_true(xdc_devicetree_has_id(tree, node, other, 7));
	assert_true(xdc_devicetree_has_id(tree, node, other, 9));
	assert_false(xdc_devicetree_has_id(tree, node, other, 0x870));
	assert_false(xdc_devicetree_has_id(tree, node, smmu, 5));
	xdc_arena_free(arena);
}

static void test_a_requester_of_two_segments_is_none(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct xdc_model *model;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=ahci\n");
	add_pci(evidence, "0000:00:03.0", "driver=ahci\n");
	add_pci(evidence, "0001:00:03.0", "driver=nvme\n");
	add_arm64_dom0(evidence, "6.1.0");
	model = xdc_model_new(evidence);
	assert_string_equal(xdc_model_requester(model, 0x10)->name, "0000:00:02.0");
	assert_null(xdc_model_requester(model, 0x18));
	assert_null(xdc_model_requester(model, 0x20));
	xdc_model_free(model);
	xdc_evidence_free(evidence);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_specifier_of_a_node_is_looked_at),
		cmocka_unit_test(test_a_requester_of_two_segments_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
