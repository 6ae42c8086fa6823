/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <libfdt.h>
#include <string.h>

#include "unit-mask.h"

/* A board with one of each: what it was started with, and what is its own. */
static void make_board(struct dt *dt)
{
	dt_start(dt);
	dt_text(dt, "model", "Acme Board");
	dt_text(dt, "serial-number", "10000000abcdef01");
	dt_begin(dt, "chosen");
	dt_text(dt, "bootargs", "ro hunter2 iommu.passthrough=1");
	dt_text(dt, "xen,dom0-bootargs", "root=/dev/x");
	dt_text(dt, "stdout-path", "/serial@1000");
	dt_text(dt, "vendor,note", "hunter2");
	DT_CELLS(dt, "vendor,cells", 0x68756e74, 0x65723200);
	DT_CELLS(dt, "kaslr-seed", 1, 2);
	DT_CELLS(dt, "linux,initrd-start", 0x48000000);
	dt_begin(dt, "module@1");
	dt_text(dt, "compatible", "multiboot,module");
	dt_text(dt, "bootargs", "quiet hunter2");
	dt_end(dt);
	dt_begin(dt, "acmeguest");
	dt_text(dt, "compatible", "xen,domain");
	dt_end(dt);
	dt_end(dt);
	dt_begin(dt, "ethernet@30be0000");
	dt_text(dt, "compatible", "vendor,gem");
	dt_text(dt, "label", "alphaville");
	DT_CELLS(dt, "local-mac-address", 0x52540012, 0x34560000);
	DT_CELLS(dt, "vendor,hdcp-key", 7);
	DT_CELLS(dt, "iommus", 1, 5);
	dt_end(dt);
	dt_finish(dt);
}

/* The masked tree in @blob, which has room and is aligned. */
static enum xdc_status mask(struct xdc_evidence *evidence, char *blob, size_t room)
{
	const struct xdc_redact_options options = { .enabled = true };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	xdc_autoevidence struct xdc_evidence *masked = xdc_redact(evidence, &options, &redaction);
	const struct xdc_record *record = xdc_evidence_find(masked, "devicetree");
	enum xdc_status status = record->status;

	assert_true(record->size <= room);
	memcpy(blob, record->data, record->size);
	if (status == XDC_STATUS_OK)
		assert_int_equal(fdt_check_full(blob, record->size), 0);
	xdc_evidence_free(evidence);
	return status;
}

static struct xdc_evidence *board_evidence(void)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "nodename=alphaville\n");
	static struct dt dt;

	make_board(&dt);
	add_devicetree(evidence, &dt);
	return evidence;
}

static const char *property(const void *blob, const char *path, const char *name)
{
	int node = fdt_path_offset(blob, path);
	const char *value = node < 0 ? NULL : fdt_getprop(blob, node, name, NULL);

	if (!value)
		fail_msg("%s has no %s", path, name);
	return value;
}

static _Alignas(8) char blob[64 << 10];

static void test_command_lines_are_masked(void **state)
{
	(void)state;
	assert_int_equal(mask(board_evidence(), blob, sizeof(blob)), XDC_STATUS_OK);
	assert_string_equal(property(blob, "/chosen", "bootargs"),
			    "ro <masked> iommu.passthrough=1");
	assert_string_equal(property(blob, "/chosen", "xen,dom0-bootargs"), "root=<masked>");
	assert_string_equal(property(blob, "/chosen/module@1", "bootargs"), "quiet <masked>");
}

static void test_unknown_properties_of_chosen_are_cleared(void **state)
{
	static const char zeros[8];

	(void)state;
	mask(board_evidence(), blob, sizeof(blob));
	assert_memory_equal(property(blob, "/chosen", "vendor,note"), zeros, 8);
	assert_memory_equal(property(blob, "/chosen", "vendor,cells"), zeros, 8);
	assert_memory_equal(property(blob, "/chosen", "kaslr-seed"), zeros, 8);
	assert_string_equal(property(blob, "/chosen", "stdout-path"), "/serial@1000");
	assert_memory_equal(property(blob, "/chosen", "linux,initrd-start"), "\x48\0\0\0", 4);
}

static void test_what_is_of_one_board_is_cleared(void **state)
{
	static const char zeros[16];

	(void)state;
	mask(board_evidence(), blob, sizeof(blob));
	assert_memory_equal(property(blob, "/", "serial-number"), zeros, 16);
	assert_memory_equal(property(blob, "/ethernet@30be0000", "local-mac-address"), zeros, 8);
	assert_memory_equal(property(blob, "/ethernet@30be0000", "vendor,hdcp-key"), zeros, 4);
	assert_string_equal(property(blob, "/ethernet@30be0000", "label"), "host-1");
	assert_string_equal(property(blob, "/", "model"), "Acme Board");
	assert_memory_equal(property(blob, "/ethernet@30be0000", "iommus"), "\0\0\0\1\0\0\0\5", 8);
}

/* A domain that Xen starts: its node is called as it is; a compatible means what it says. */
static void test_names_of_domains_are_masked(void **state)
{
	(void)state;
	mask(board_evidence(), blob, sizeof(blob));
	assert_string_equal(property(blob, "/chosen/domain-1", "compatible"), "xen,domain");
	assert_string_equal(property(blob, "/ethernet@30be0000", "compatible"), "vendor,gem");
}

/* What the tree tells is looked for elsewhere, too. */
static void test_serial_numbers_are_masked_elsewhere(void **state)
{
	(void)state;
	assert_masked_with(board_evidence(), "kmsg", "6,1,1,-;board 10000000abcdef01 x\n",
			   "6,1,1,-;board serial-1 x\n");
}

static void test_a_malformed_tree_is_left_out(void **state)
{
	(void)state;
	assert_int_equal(
		mask(evidence_with("devicetree", XDC_STATUS_OK, "hunter2"), blob, sizeof(blob)),
		XDC_STATUS_REDACTED);
	assert_int_equal(
		mask(evidence_with("devicetree", XDC_STATUS_ABSENT, ""), blob, sizeof(blob)),
		XDC_STATUS_ABSENT);
}

/* What is behind the tree, or between its parts, is no part of it. */
static void test_only_the_tree_is_kept(void **state)
{
	static struct dt dt;
	struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	make_board(&dt);
	fdt_set_totalsize(dt.blob, (uint32_t)dt.size + 64);
	memcpy(dt.blob + dt.size, "hunter2", 7);
	add_bytes(evidence, "devicetree", dt.blob, dt.size + 64);
	mask(evidence, blob, sizeof(blob));
	assert_null(memmem(blob, fdt_totalsize((const void *)blob), "hunter2", 7));
}

/* Nobody's compiler makes one, and libfdt by name only ever finds the first. */
static void test_properties_of_one_name_are_masked_each(void **state)
{
	struct xdc_evidence *evidence =
		evidence_with("uname", XDC_STATUS_OK, "nodename=alphaville\n");
	static struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin(&dt, "chosen");
	dt_text(&dt, "bootargs", "ro");
	dt_text(&dt, "bootargs", "quiet hunter2");
	dt_text(&dt, "bootargs", "hunter2 ro iommu.passthrough=1");
	dt_text(&dt, "vendor,note", "a");
	dt_text(&dt, "vendor,note", "hunter2");
	dt_end(&dt);
	dt_begin(&dt, "ethernet@1");
	dt_text(&dt, "label", "alphaville");
	dt_text(&dt, "label", "the alphaville port");
	dt_text(&dt, "vendor,last", "kept");
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	assert_int_equal(mask(evidence, blob, sizeof(blob)), XDC_STATUS_OK);
	assert_null(memmem(blob, fdt_totalsize(blob), "hunter2", 7));
	assert_null(memmem(blob, fdt_totalsize(blob), "alphaville", 10));
	assert_string_equal(property(blob, "/chosen", "bootargs"), "ro");
	assert_string_equal(property(blob, "/ethernet@1", "vendor,last"), "kept");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_properties_of_one_name_are_masked_each),
		cmocka_unit_test(test_command_lines_are_masked),
		cmocka_unit_test(test_unknown_properties_of_chosen_are_cleared),
		cmocka_unit_test(test_what_is_of_one_board_is_cleared),
		cmocka_unit_test(test_names_of_domains_are_masked),
		cmocka_unit_test(test_serial_numbers_are_masked_elsewhere),
		cmocka_unit_test(test_a_malformed_tree_is_left_out),
		cmocka_unit_test(test_only_the_tree_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
