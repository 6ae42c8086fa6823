/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void assert_key(enum xdc_request_type type, const char *subject, const char *expected)
{
	const struct xdc_request request = { .type = type, .subject = subject };
	struct xdc_arena *arena = xdc_arena_new();

	assert_string_equal(xdc_request_key(arena, &request), expected);
	xdc_arena_free(arena);
}

/* Recordings hold these: they do not change. */
static void test_each_request_has_its_key(void **state)
{
	(void)state;
	assert_key(XDC_REQUEST_FILE, "/proc/cmdline", "file:/proc/cmdline");
	assert_key(XDC_REQUEST_UNAME, NULL, "uname");
	assert_key(XDC_REQUEST_RECORDED, NULL, "recorded");
	assert_key(XDC_REQUEST_DEVICES, NULL, "devices");
	assert_key(XDC_REQUEST_CLASS, "net", "class:net");
	assert_key(XDC_REQUEST_IOMMU_GROUPS, NULL, "iommu-groups");
	assert_key(XDC_REQUEST_NAMES, NULL, "udev");
	assert_key(XDC_REQUEST_DEVICETREE, NULL, "devicetree");
	assert_key(XDC_REQUEST_KERNEL_CONFIG, NULL, "kernel-config");
	assert_key(XDC_REQUEST_KERNEL_LOG, NULL, "kmsg");
	assert_key(XDC_REQUEST_DMA_STATE, NULL, "dma");
	assert_key(XDC_REQUEST_ACTIVITY, NULL, "activity");
}

static void test_no_source_is_freed_quietly(void **state)
{
	xdc_autosource struct xdc_source *source = NULL;

	(void)state;
	xdc_source_free(NULL);
	assert_null(source);
}

/* Every request is answered with its key, whatever the source: nothing is left unsaid. */
static void test_a_directory_answers_every_request(void **state)
{
	static const struct xdc_request requests[] = {
		{ .type = XDC_REQUEST_FILE, .subject = "/x" },
		{ .type = XDC_REQUEST_UNAME },
		{ .type = XDC_REQUEST_RECORDED },
		{ .type = XDC_REQUEST_DEVICES },
		{ XDC_REQUEST_CLASS, "net", 0, NULL, 0 },
		{ .type = XDC_REQUEST_IOMMU_GROUPS },
		{ .type = XDC_REQUEST_NAMES },
		{ .type = XDC_REQUEST_DEVICETREE },
		{ .type = XDC_REQUEST_KERNEL_CONFIG },
		{ .type = XDC_REQUEST_KERNEL_LOG },
		{ .type = XDC_REQUEST_DMA_STATE },
		{ .type = XDC_REQUEST_ACTIVITY, .seconds = 1 },
	};
	const struct tmp *tmp = *state;
	xdc_autosource struct xdc_source *source = NULL;

	assert_int_equal(xdc_source_tree(tmp->root, &source), 0);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(requests); i++) {
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
		struct xdc_arena *arena = xdc_arena_new();

		xdc_source_ask(source, &requests[i], xdc_evidence_add, evidence);
		assert_non_null(xdc_evidence_find(evidence, xdc_request_key(arena, &requests[i])));
		xdc_arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_each_request_has_its_key),
		cmocka_unit_test(test_no_source_is_freed_quietly),
		tree_test(test_a_directory_answers_every_request),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
