/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static const struct xdc_comparison *compare(struct two *two)
{
	both_dom0(two);
	return two_compare(two);
}

static const struct xdc_fields *fields_of(const struct xdc_comparison *c, const char *name)
{
	return &device_change(c, name)->change.fields;
}

static void test_devices_come_and_go_by_path(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_pci(two->evidence[0], "0000:00:02.0", "driver=nvme\n");
	add_pci(two->evidence[1], "0000:01:02.0", "driver=nvme\n");
	c = compare(two);
	assert_int_equal(device_change(c, "0000:00:02.0")->change.kind, XDC_GONE);
	assert_null(device_change(c, "0000:00:02.0")->after);
	assert_int_equal(device_change(c, "0000:01:02.0")->change.kind, XDC_NEW);
	assert_int_equal(device_change(c, "4010000000.pcie")->change.kind, XDC_SAME);
	assert_int_equal(c->of_devices.differ, 2);
	assert_int_equal(c->of_devices.unread, 0);
}

static void test_a_list_that_was_denied_takes_no_device_away(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_record(two->evidence[1], "devices", XDC_STATUS_DENIED, "");
	add_pci(two->evidence[0], "0000:00:02.0", "driver=nvme\n");
	c = compare(two);
	assert_unread(&device_change(c, "0000:00:02.0")->change.unread, XDC_SIDE_AFTER, "devices");
	assert_int_equal(c->of_devices.unread, c->of_devices.differ);
}

/* The passthrough pair: the group's type decides whether swiotlb-xen is right. */
static void test_what_a_remedy_changes(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;
	const struct xdc_fields *fields;

	two_remedied(two);
	c = compare(two);
	fields = fields_of(c, "0000:00:02.0");
	assert_text(field_change(fields, "verdict")->before.text, "broken");
	assert_text(field_change(fields, "verdict")->after.text, "ok");
	assert_text(field_change(fields, "own_memory")->after.text, "ok");
	assert_text(field_change(fields, "iommu_group_type")->after.text, "identity");
	assert_false(has_field_change(fields, "dma_path"));
	assert_unread(&device_change(c, "0000:00:02.0")->change.unread, XDC_SIDE_NEITHER, NULL);
}

static void test_a_missing_input_explains_a_decision(void **state)
{
	struct two *two = *state;
	const struct xdc_fields *fields;

	add_record(two->evidence[1], FEATURES_KEY, XDC_STATUS_DENIED, "");
	add_file(two->evidence[1], "/proc/xen/capabilities", "control_d\n");
	both_pci(two, "0000:00:02.0", "driver=nvme\nbusmaster=1\n");
	both_platform(two, "4010000000.pcie", "driver=pci-host-generic\nof_node=/pcie@10000000\n");
	fields = fields_of(compare(two), "0000:00:02.0");
	assert_text(field_change(fields, "dma_path")->after.text, "unknown");
	assert_unread(&field_change(fields, "dma_path")->unread, XDC_SIDE_AFTER, FEATURES_KEY);
	assert_unread(&field_change(fields, "verdict")->unread, XDC_SIDE_AFTER, FEATURES_KEY);
}

/* The rules say the same of both: only one was read from the kernel, which says otherwise. */
static void test_only_like_is_compared_with_like(void **state)
{
	struct two *two = *state;
	const struct xdc_fields *fields;

	both_pci(two, "0000:00:02.0", "driver=nvme\nbusmaster=1\n");
	add_observation(two->evidence[0], "0000:00:02.0", "ops=none\n");
	fields = fields_of(compare(two), "0000:00:02.0");
	assert_text(field_change(fields, "dma_path")->before.text, "direct");
	assert_text(field_change(fields, "dma_path")->after.text, "swiotlb-xen");
	assert_unread(&field_change(fields, "dma_path")->unread, XDC_SIDE_AFTER,
		      "dma:" PCI_PATH "0000:00:02.0");
}

static void test_a_link_that_was_denied_is_no_other_driver(void **state)
{
	struct two *two = *state;
	const struct xdc_fields *fields;

	add_platform(two->evidence[0], "a", "driver=x\n");
	add_platform(two->evidence[1], "a", "driver!denied\n");
	add_platform(two->evidence[0], "b", "driver=x\n");
	add_platform(two->evidence[1], "b", "");
	compare(two);
	fields = fields_of(two->c, "a");
	assert_unread(&field_change(fields, "driver")->unread, XDC_SIDE_AFTER,
		      "device:" PLATFORM_PATH "a");
	fields = fields_of(two->c, "b");
	assert_unread(&field_change(fields, "driver")->unread, XDC_SIDE_NEITHER, NULL);
}

static void test_a_probe_that_no_log_tells_of_may_have_failed(void **state)
{
	struct two *two = *state;
	const struct xdc_fields *fields;
	xdc_autofree char *log = NULL;
	FILE *out = unit_stream();

	log_message(out, "+pci:0000:00:02.0", "nvme: probe of 0000:00:02.0 failed with error -5");
	log = unit_text(out);
	add_record(two->evidence[0], "kmsg", XDC_STATUS_OK, log);
	add_record(two->evidence[1], "kmsg", XDC_STATUS_DENIED, "");
	both_pci(two, "0000:00:02.0", "");
	fields = fields_of(compare(two), "0000:00:02.0");
	assert_text(field_change(fields, "probe")->before.text, "failed");
	assert_unread(&field_change(fields, "probe")->unread, XDC_SIDE_AFTER, "kmsg");
}

static void test_a_mask_is_known_where_it_was_read(void **state)
{
	struct two *two = *state;
	const struct xdc_fields *fields;

	/* Where both know it, it matters not who else was asked. */
	add_record(two->evidence[0], "dma", XDC_STATUS_DENIED, "");
	add_record(two->evidence[1], "dma", XDC_STATUS_OK, "");
	add_pci(two->evidence[0], "0000:00:02.0", "dma_mask_bits=32\n");
	add_pci(two->evidence[1], "0000:00:02.0", "dma_mask_bits=64\n");
	fields = fields_of(compare(two), "0000:00:02.0");
	assert_text(field_change(fields, "dma_mask")->before.text, "0xffffffff");
	assert_text(field_change(fields, "dma_mask")->after.text, "0xffffffffffffffff");
	assert_unread(&field_change(fields, "dma_mask")->unread, XDC_SIDE_NEITHER, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_devices_come_and_go_by_path),
		two_test(test_a_list_that_was_denied_takes_no_device_away),
		two_test(test_what_a_remedy_changes),
		two_test(test_a_missing_input_explains_a_decision),
		two_test(test_only_like_is_compared_with_like),
		two_test(test_a_link_that_was_denied_is_no_other_driver),
		two_test(test_a_probe_that_no_log_tells_of_may_have_failed),
		two_test(test_a_mask_is_known_where_it_was_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
