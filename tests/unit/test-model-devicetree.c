/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static struct xdc_devicetree *parse(struct xdc_arena *arena, const struct dt *dt)
{
	struct xdc_devicetree *tree = NULL;
	const char *error = NULL;

	assert_int_equal(xdc_devicetree_parse(arena, dt->blob, dt->size, &tree, &error), 0);
	return tree;
}

static const struct xdc_dt_node *find(const struct xdc_devicetree *tree, const char *path)
{
	const struct xdc_dt_node *node = xdc_devicetree_find(tree, path);

	assert_non_null(node);
	return node;
}

/* The node @name below the root with `iommus` <@cells>, and what that leads to. */
static void assert_iommu(const struct xdc_devicetree *tree, const char *name, const char *iommu,
			 uint32_t id)
{
	uint32_t found_id = 99;
	const struct xdc_dt_node *found = xdc_devicetree_iommu(tree, find(tree, name), &found_id);

	if (!iommu) {
		assert_null(found);
		return;
	}
	assert_non_null(found);
	assert_string_equal(found->path, iommu);
	assert_int_equal(found_id, id);
}

static void test_iommus_leads_to_the_node_and_its_first_id(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin_iommu(&dt, "smmu@1", "arm,smmu-v3", 1);
	dt_end(&dt);
	dt_begin(&dt, "sysmmu@2");
	DT_CELLS(&dt, "#iommu-cells", 0);
	DT_CELLS(&dt, "phandle", 2);
	dt_end(&dt);
	dt_begin(&dt, "clock@3");
	DT_CELLS(&dt, "phandle", 3);
	dt_flag(&dt, "dma-coherent");
	dt_end(&dt);
	dt_begin(&dt, "one");
	DT_CELLS(&dt, "iommus", 1, 0x40, 1, 0x41);
	dt_end(&dt);
	dt_begin(&dt, "none");
	DT_CELLS(&dt, "iommus", 2, 1, 0x50);
	dt_end(&dt);
	dt_begin(&dt, "wrong");
	DT_CELLS(&dt, "iommus", 3, 1);
	dt_end(&dt);
	dt_begin(&dt, "dangling");
	DT_CELLS(&dt, "iommus", 77, 1);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_iommu(tree, "/one", "/smmu@1", 0x40);
	/* Without specifier cells there is no ID, whatever stands behind. */
	assert_iommu(tree, "/none", "/sysmmu@2", 0);
	assert_iommu(tree, "/wrong", NULL, 0);
	assert_iommu(tree, "/dangling", NULL, 0);
	assert_iommu(tree, "/clock@3", NULL, 0);
	xdc_arena_free(arena);
}

static void assert_pci(const struct xdc_devicetree *tree, const char *bridge, uint32_t rid,
		       const char *iommu, uint32_t id)
{
	uint32_t found_id = 99;
	const struct xdc_dt_node *found =
		xdc_devicetree_pci_iommu(tree, find(tree, bridge), rid, &found_id);

	if (!iommu) {
		assert_null(found);
		return;
	}
	assert_non_null(found);
	assert_string_equal(found->path, iommu);
	assert_int_equal(found_id, id);
}

static void test_iommu_map_translates_requester_ids(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin_iommu(&dt, "smmu@1", "arm,smmu-v3", 1);
	dt_end(&dt);
	dt_begin_iommu(&dt, "smmu@2", "arm,smmu-v3", 2);
	dt_end(&dt);
	dt_begin(&dt, "pcie@3");
	DT_CELLS(&dt, "iommu-map", 0x100, 1, 0x8000, 0x10, 0x200, 2, 0x0, 0x100, 0x300, 9, 0, 1);
	dt_end(&dt);
	dt_begin(&dt, "pcie@4");
	DT_CELLS(&dt, "iommu-map", 0x0, 1, 0x40, 0x8);
	DT_CELLS(&dt, "iommu-map-mask", 0xfff8);
	dt_end(&dt);
	dt_begin(&dt, "pcie@5");
	/* An entry cut short. */
	DT_CELLS(&dt, "iommu-map", 0x0, 1, 0x40);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_pci(tree, "/pcie@3", 0x100, "/smmu@1", 0x8000);
	assert_pci(tree, "/pcie@3", 0x10f, "/smmu@1", 0x800f);
	assert_pci(tree, "/pcie@3", 0x110, NULL, 0);
	assert_pci(tree, "/pcie@3", 0x2ff, "/smmu@2", 0xff);
	assert_pci(tree, "/pcie@3", 0x0ff, NULL, 0);
	/* A phandle that leads nowhere. */
	assert_pci(tree, "/pcie@3", 0x300, NULL, 0);
	/* The mask takes the function off the requester ID. */
	assert_pci(tree, "/pcie@4", 0x3, "/smmu@1", 0x40);
	assert_pci(tree, "/pcie@4", 0x8, NULL, 0);
	assert_pci(tree, "/pcie@5", 0, NULL, 0);
	xdc_arena_free(arena);
}

/* The last requester ID, the whole range: id - base must not overflow. */
static void test_iommu_map_of_the_whole_range(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_board(&dt);
	tree = parse(arena, &dt);
	assert_pci(tree, "/pcie@10000000", 0, "/smmuv3@9050000", 0);
	assert_pci(tree, "/pcie@10000000", 0xffff, "/smmuv3@9050000", 0xffff);
	assert_pci(tree, "/pcie@10000000", 0x10000, NULL, 0);
	xdc_arena_free(arena);
}

static void test_a_node_is_available_as_far_as_its_parents_are(void **state)
{
	static const char *const words[] = { "okay", "ok", "disabled", "fail", "" };
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++) {
		char name[16];

		snprintf(name, sizeof(name), "soc@%zu", i);
		dt_begin(&dt, name);
		dt_text(&dt, "status", words[i]);
		dt_begin_iommu(&dt, "iommu", "arm,smmu-v3", (uint32_t)i + 1);
		dt_end(&dt);
		dt_end(&dt);
	}
	dt_begin_iommu(&dt, "iommu", "arm,smmu-v3", 9);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_true(find(tree, "/soc@0/iommu")->available);
	assert_true(find(tree, "/soc@1/iommu")->available);
	assert_false(find(tree, "/soc@2/iommu")->available);
	assert_false(find(tree, "/soc@3/iommu")->available);
	assert_false(find(tree, "/soc@4/iommu")->available);
	/* What was off before is no matter of its neighbour's. */
	assert_true(find(tree, "/iommu")->available);
	xdc_arena_free(arena);
}

static void test_grant_dma_is_an_iommu(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin_iommu(&dt, "xen_iommu", "xen,grant-dma", 1);
	dt_end(&dt);
	dt_begin(&dt, "virtio@2000000");
	DT_CELLS(&dt, "iommus", 1, 7);
	dt_end(&dt);
	dt_begin(&dt, "virtio@2000200");
	DT_CELLS(&dt, "xen,backend-domid", 3);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_iommu(tree, "/virtio@2000000", "/xen_iommu", 7);
	assert_true(find(tree, "/virtio@2000200")->has_backend_domid);
	assert_int_equal(find(tree, "/virtio@2000200")->backend_domid, 3);
	xdc_arena_free(arena);
}

static void test_a_node_without_dma_in_it_is_left_out(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_text(&dt, "model", "Acme Board\x1b[31m");
	dt_begin(&dt, "hypervisor");
	dt_text(&dt, "compatible", "xen,xen-4.17");
	dt_end(&dt);
	dt_begin(&dt, "serial@1");
	dt_text(&dt, "compatible", "arm,pl011");
	dt_end(&dt);
	dt_begin(&dt, "dma@2");
	DT_CELLS(&dt, "dma-ranges", 1, 2, 3);
	DT_CELLS(&dt, "memory-region", 5);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_int_equal(tree->count, 1);
	assert_null(xdc_devicetree_find(tree, "/serial@1"));
	assert_int_equal(find(tree, "/dma@2")->n_dma_ranges, 1);
	assert_int_equal(find(tree, "/dma@2")->dma_ranges[0].size, 3);
	assert_int_equal(find(tree, "/dma@2")->memory_region[0], 5);
	assert_text(tree->model, "Acme Board\\x1b[31m");
	assert_text(tree->hypervisor, "xen,xen-4.17");
	assert_null(xdc_devicetree_by_phandle(tree, 0));
	xdc_arena_free(arena);
}

static void test_a_property_that_is_no_cells_is_none(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin(&dt, "a");
	dt_flag(&dt, "dma-coherent");
	dt_text(&dt, "iommus", "x");
	dt_flag(&dt, "#iommu-cells");
	dt_text(&dt, "iommu-map-mask", "four5");
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_int_equal(find(tree, "/a")->n_iommus, 0);
	assert_false(find(tree, "/a")->is_iommu);
	assert_int_equal(find(tree, "/a")->iommu_map_mask, UINT32_MAX);
	xdc_arena_free(arena);
}

static void assert_refused(const void *blob, size_t size)
{
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree = NULL;
	const char *error = NULL;

	assert_int_equal(xdc_devicetree_parse(arena, blob, size, &tree, &error), -EINVAL);
	assert_non_null(error);
	assert_null(tree);
	xdc_arena_free(arena);
}

static void test_a_blob_cut_short_anywhere_is_refused(void **state)
{
	struct dt dt;

	(void)state;
	dt_board(&dt);
	for (size_t size = 0; size < dt.size; size++)
		assert_refused(dt.blob, size);
	assert_refused("", 0);
	assert_refused("hello, I am no device tree at all, but long enough", 50);
}

/* Any byte may be wrong: whatever comes of it, nothing is read outside of the blob. */
static void test_a_corrupted_blob_is_refused_or_read_safely(void **state)
{
	struct dt dt;
	size_t refused = 0;

	(void)state;
	dt_board(&dt);
	for (size_t i = 0; i < dt.size; i++) {
		struct xdc_arena *arena = xdc_arena_new();
		/* Of just that size, so that a memory checker sees what is behind. */
		xdc_autofree char *blob = xdc_zalloc(dt.size);
		struct xdc_devicetree *tree;
		const char *error;

		memcpy(blob, dt.blob, dt.size);
		blob[i] = (char)~blob[i];
		if (xdc_devicetree_parse(arena, blob, dt.size, &tree, &error) < 0)
			refused++;
		xdc_arena_free(arena);
	}
	/* The header alone has forty bytes, of which most are checked. */
	assert_true(refused > 40);
}

/* The model is made all the same, without a tree and with what is wrong. */
static void test_the_model_says_what_is_wrong_with_a_tree(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("devicetree", XDC_STATUS_OK, "no tree");
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);

	(void)state;
	assert_null(model->devicetree);
	assert_non_null(model->devicetree_error);
}

static void test_nodes_beyond_any_real_depth_are_left_out(void **state)
{
	enum { DEPTH = 60 };
	struct xdc_arena *arena = xdc_arena_new();
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	for (int i = 0; i < DEPTH; i++) {
		dt_begin(&dt, "n");
		dt_flag(&dt, "dma-coherent");
	}
	for (int i = 0; i < DEPTH; i++)
		dt_end(&dt);
	dt_begin(&dt, "last");
	dt_flag(&dt, "dma-coherent");
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_int_equal(tree->count, 32 + 1);
	assert_non_null(xdc_devicetree_find(tree, "/n/n"));
	assert_non_null(xdc_devicetree_find(tree, "/last"));
	xdc_arena_free(arena);
}

/* A node whose path is too long is left out; its children must not pass for another's. */
static void test_the_children_of_a_node_left_out_are_left_out(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	xdc_autofree char *name = xdc_zalloc(5000);
	struct xdc_devicetree *tree;
	struct dt dt;

	(void)state;
	memset(name, 'x', 4999);
	dt_start(&dt);
	dt_begin(&dt, "soc");
	dt_end(&dt);
	dt_begin(&dt, name);
	dt_begin_iommu(&dt, "iommu", "arm,smmu-v3", 1);
	dt_end(&dt);
	dt_end(&dt);
	dt_finish(&dt);
	tree = parse(arena, &dt);
	assert_null(xdc_devicetree_find(tree, "/soc/iommu"));
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_iommus_leads_to_the_node_and_its_first_id),
		cmocka_unit_test(test_iommu_map_translates_requester_ids),
		cmocka_unit_test(test_iommu_map_of_the_whole_range),
		cmocka_unit_test(test_a_node_is_available_as_far_as_its_parents_are),
		cmocka_unit_test(test_grant_dma_is_an_iommu),
		cmocka_unit_test(test_a_node_without_dma_in_it_is_left_out),
		cmocka_unit_test(test_a_property_that_is_no_cells_is_none),
		cmocka_unit_test(test_a_blob_cut_short_anywhere_is_refused),
		cmocka_unit_test(test_a_corrupted_blob_is_refused_or_read_safely),
		cmocka_unit_test(test_the_model_says_what_is_wrong_with_a_tree),
		cmocka_unit_test(test_nodes_beyond_any_real_depth_are_left_out),
		cmocka_unit_test(test_the_children_of_a_node_left_out_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
