/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define NVME "0000:00:02.0"

static struct xdc_model *counted(struct xdc_evidence **evidence, enum xdc_status status,
				 const char *fields)
{
	*evidence = evidence_with("activity", status, "milliseconds=5004\nunnamed_maps=0\n");
	add_pci(*evidence, NVME, "driver=nvme\nbusmaster=0\n");
	add_pci(*evidence, "0000:00:03.0", "driver=e1000e\nbusmaster=0\n");
	add_record(*evidence, "activity:" PCI_PATH NVME, XDC_STATUS_OK, fields);
	return xdc_model_new(*evidence);
}

static void test_what_was_counted_is_read(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model =
		counted(&evidence, XDC_STATUS_OK,
			"maps=7\nbytes=65536\npartial_maps=1\nallocations=2\n"
			"allocated_bytes=8192\nbounces=3\nbounced_bytes=12288\n"
			"seen=swiotlb-xen direct\n");
	const struct xdc_activity *activity = device_of(model, NVME)->activity;

	(void)state;
	assert_int_equal(model->watched_ms, 5004);
	assert_non_null(activity);
	assert_string_equal(activity->path, PCI_PATH NVME);
	assert_int_equal(activity->counted.maps, 7);
	assert_int_equal(activity->counted.bytes, 65536);
	assert_int_equal(activity->counted.partial, 1);
	assert_int_equal(activity->counted.allocations, 2);
	assert_int_equal(activity->counted.allocated_bytes, 8192);
	assert_int_equal(activity->counted.bounces, 3);
	assert_int_equal(activity->counted.bounced_bytes, 12288);
	assert_int_equal(activity->counted.seen, XDC_SEEN_SWIOTLB_XEN | XDC_SEEN_DIRECT);
	assert_null(device_of(model, "0000:00:03.0")->activity);
}

/* Whatever its registers said when they were read. */
static void test_what_did_dma_does_it(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model =
		counted(&evidence, XDC_STATUS_OK, "maps=7\nallocations=2\n");

	(void)state;
	assert_int_equal(device_of(model, NVME)->dma, XDC_DMA_YES);
	assert_text(device_of(model, NVME)->dma_reason, "it did: 7 maps, 2 allocations in 5.0 s");
	assert_int_equal(device_of(model, "0000:00:03.0")->dma, XDC_DMA_NO);
}

static void test_nothing_is_made_of_what_was_not_counted(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model = counted(&evidence, XDC_STATUS_DENIED, "maps=7\n");

	(void)state;
	assert_int_equal(model->watched_ms, 0);
	assert_null(device_of(model, NVME)->activity);
	assert_int_equal(device_of(model, NVME)->dma, XDC_DMA_NO);
}

static void test_what_is_no_number_is_none(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model =
		counted(&evidence, XDC_STATUS_OK, "maps=-1\nbytes=x\nseen=nothing known\n");
	const struct xdc_activity *activity = device_of(model, NVME)->activity;

	(void)state;
	assert_non_null(activity);
	assert_int_equal(activity->counted.maps, 0);
	assert_int_equal(activity->counted.bytes, 0);
	assert_int_equal(activity->counted.seen, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_was_counted_is_read),
		cmocka_unit_test(test_what_did_dma_does_it),
		cmocka_unit_test(test_nothing_is_made_of_what_was_not_counted),
		cmocka_unit_test(test_what_is_no_number_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
