/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <fcntl.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "unit.h"

#define BASE "/sys/firmware/devicetree/base"

/* The same walk over the machine's own tree, which is not confined. */
static struct xdc_evidence *ask(const struct tmp *tmp, bool confined)
{
	const struct xdc_tree tree = { .root = tmp->tree.root, .confined = confined };
	struct xdc_evidence *evidence = xdc_evidence_new();

	xdc_tree_devicetree(&tree, xdc_evidence_add, evidence);
	assert_int_equal(xdc_evidence_count(evidence), 1);
	return evidence;
}

static void make_tree(const struct tmp *tmp)
{
	tmp_bytes(tmp, BASE "/#address-cells", "\0\0\0\2", 4);
	tmp_bytes(tmp, BASE "/compatible", "acme,board\0acme,soc", 20);
	tmp_bytes(tmp, BASE "/name", "", 1);
	tmp_file(tmp, BASE "/zzz-last", "");
	tmp_bytes(tmp, BASE "/iommu@9050000/#iommu-cells", "\0\0\0\1", 4);
	tmp_bytes(tmp, BASE "/iommu@9050000/phandle", "\0\0\0\7", 4);
	tmp_bytes(tmp, BASE "/soc/dev@1/iommus", "\0\0\0\7\0\0\0\5", 8);
	tmp_bytes(tmp, BASE "/soc/dev@1/name", "dev", 4);
	tmp_bytes(tmp, BASE "/soc/aaa-first", "x", 2);
}

static void assert_property(const void *blob, const char *node, const char *name,
			    const char *expected, int size)
{
	int found, offset = fdt_path_offset(blob, node);
	const void *value;

	assert_true(offset >= 0);
	value = fdt_getprop(blob, offset, name, &found);
	assert_non_null(value);
	assert_int_equal(found, size);
	assert_memory_equal(value, expected, (size_t)size);
}

static void assert_flattened(const struct xdc_evidence *evidence)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, "devicetree");
	/* libfdt wants it aligned. */
	xdc_autofree char *blob = xdc_zalloc(record->size);

	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->origin, BASE);
	memcpy(blob, record->data, record->size);
	assert_int_equal(fdt_check_full(blob, record->size), 0);
	assert_property(blob, "/", "#address-cells", "\0\0\0\2", 4);
	assert_property(blob, "/", "compatible", "acme,board\0acme,soc", 20);
	assert_property(blob, "/", "zzz-last", "", 0);
	assert_property(blob, "/iommu@9050000", "#iommu-cells", "\0\0\0\1", 4);
	assert_property(blob, "/soc/dev@1", "iommus", "\0\0\0\7\0\0\0\5", 8);
	assert_property(blob, "/soc", "aaa-first", "x", 2);
	/* The kernel adds "name"; it is no property of the flattened form. */
	assert_null(fdt_getprop(blob, 0, "name", NULL));
	assert_int_equal(fdt_path_offset(blob, "/soc/dev@1/iommus"), -FDT_ERR_NOTFOUND);
}

static void test_the_live_tree_is_flattened_with_its_properties(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_tree(tmp);
	evidence = ask(tmp, false);
	assert_flattened(evidence);
}

static void test_a_directory_s_live_tree_is_flattened_with_its_properties(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_tree(tmp);
	evidence = ask(tmp, true);
	assert_flattened(evidence);
}

static void test_the_blob_the_kernel_was_given_is_preferred(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	make_tree(tmp);
	/* It is passed on as it is; the model checks it. */
	tmp_bytes(tmp, "/sys/firmware/fdt", "\xd0\x0d\xfe\xed\0rest", 9);
	evidence = ask(tmp, true);
	record = xdc_evidence_find(evidence, "devicetree");
	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->origin, "/sys/firmware/fdt");
	assert_int_equal(record->size, 9);
	assert_memory_equal(record->data, "\xd0\x0d\xfe\xed\0rest", 9);
}

static void test_the_live_tree_stands_in_where_the_blob_is_denied(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_tree(tmp);
	tmp_file(tmp, "/sys/firmware/fdt", "x");
	tmp_forbid(tmp, "/sys/firmware/fdt");
	if (!as_nobody())
		skip();
	evidence = ask(tmp, false);
	assert_string_equal(xdc_evidence_find(evidence, "devicetree")->origin, BASE);
	assert_int_equal(xdc_evidence_find(evidence, "devicetree")->status, XDC_STATUS_OK);
}

static void test_a_machine_without_a_device_tree(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = ask(tmp, true);

	assert_int_equal(xdc_evidence_find(evidence, "devicetree")->status, XDC_STATUS_ABSENT);
}

/* Larger than the first buffer, with properties that span a growth. */
static void test_a_large_tree_is_flattened_whole(void **state)
{
	enum { PROPERTIES = 64, SIZE = 3000 };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_autofree char *value = xdc_zalloc(SIZE), *blob = NULL;
	const struct xdc_record *record;
	char name[64];

	for (unsigned int i = 0; i < PROPERTIES; i++) {
		memset(value, (int)i, SIZE);
		snprintf(name, sizeof(name), BASE "/soc/prop-%u", i);
		tmp_bytes(tmp, name, value, SIZE);
	}
	evidence = ask(tmp, false);
	record = xdc_evidence_find(evidence, "devicetree");
	assert_int_equal(record->status, XDC_STATUS_OK);
	blob = xdc_zalloc(record->size);
	memcpy(blob, record->data, record->size);
	assert_int_equal(fdt_check_full(blob, record->size), 0);
	for (unsigned int i = 0; i < PROPERTIES; i++) {
		memset(value, (int)i, SIZE);
		snprintf(name, sizeof(name), "prop-%u", i);
		assert_property(blob, "/soc", name, value, SIZE);
	}
}

/* Larger than any real one: an end, and said so. */
static void test_a_tree_of_megabytes_is_given_up(void **state)
{
	enum { PROPERTIES = 70, SIZE = 64 << 10 };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_autofree char *value = xdc_zalloc(SIZE);
	char name[64];

	for (unsigned int i = 0; i < PROPERTIES; i++) {
		snprintf(name, sizeof(name), BASE "/soc/prop-%u", i);
		tmp_bytes(tmp, name, value, SIZE);
	}
	evidence = ask(tmp, false);
	assert_int_equal(xdc_evidence_find(evidence, "devicetree")->status, XDC_STATUS_TRUNCATED);
	assert_int_equal(xdc_evidence_find(evidence, "devicetree")->size, 0);
}

static void test_a_tree_deeper_than_any_real_one_is_cut_and_says_so(void **state)
{
	enum { DEPTH = 60 };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_autofree char *blob = NULL;
	const struct xdc_record *record;
	char path[512] = BASE;

	for (int i = 0; i < DEPTH; i++)
		strcat(path, "/n");
	tmp_dir(tmp, path);
	evidence = ask(tmp, false);
	record = xdc_evidence_find(evidence, "devicetree");
	assert_int_equal(record->status, XDC_STATUS_TRUNCATED);
	blob = xdc_zalloc(record->size);
	memcpy(blob, record->data, record->size);
	assert_int_equal(fdt_check_full(blob, record->size), 0);
	assert_true(fdt_path_offset(blob, "/n/n/n/n") > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_the_live_tree_is_flattened_with_its_properties),
		tree_test(test_a_directory_s_live_tree_is_flattened_with_its_properties),
		tree_test(test_the_blob_the_kernel_was_given_is_preferred),
		tree_test(test_the_live_tree_stands_in_where_the_blob_is_denied),
		tree_test(test_a_machine_without_a_device_tree),
		tree_test(test_a_large_tree_is_flattened_whole),
		tree_test(test_a_tree_of_megabytes_is_given_up),
		tree_test(test_a_tree_deeper_than_any_real_one_is_cut_and_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
