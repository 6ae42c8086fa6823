/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

#define GROUP "iommu_group_of"

/* Three functions in the groups named, on either side; NULL: in none. */
static const struct xdc_comparison *compare(struct two *two, const char *const groups[2][3])
{
	static const char *const names[] = { "0000:00:01.0", "0000:00:02.0", "0000:00:03.0" };

	for (size_t side = 0; side < 2; side++) {
		for (size_t i = 0; i < 3; i++) {
			char fields[64] = "";

			if (groups[side][i])
				snprintf(fields, sizeof(fields), "iommu_group=%s\n",
					 groups[side][i]);
			add_pci(two->evidence[side], names[i], fields);
		}
		add_record(two->evidence[side], "iommu-groups", XDC_STATUS_OK, "");
	}
	return two_compare(two);
}

static void test_other_numbers_are_no_difference(void **state)
{
	static const char *const groups[2][3] = { { "1", "1", "2" }, { "7", "7", "1" } };

	assert_true(xdc_comparison_is_empty(compare(*state, groups)));
}

static void test_other_members_are_one(void **state)
{
	static const char *const groups[2][3] = { { "1", "1", "2" }, { "1", "2", "2" } };
	const struct xdc_comparison *c = compare(*state, groups);
	const struct xdc_field_change *second =
		field_change(&device_change(c, "0000:00:02.0")->change.fields, GROUP);
	const struct xdc_field_change *third =
		field_change(&device_change(c, "0000:00:03.0")->change.fields, GROUP);

	assert_text(second->before.text, PCI_PATH "0000:00:01.0");
	assert_text(second->after.text, PCI_PATH "0000:00:02.0");
	assert_text(third->before.text, PCI_PATH "0000:00:03.0");
	assert_text(third->after.text, PCI_PATH "0000:00:02.0");
	/* That it is left is told of who left. */
	assert_int_equal(device_change(c, "0000:00:01.0")->change.kind, XDC_SAME);
}

static void test_no_group_is_another(void **state)
{
	static const char *const groups[2][3] = { { "1", "2", "3" }, { "1", "2", NULL } };
	const struct xdc_comparison *c = compare(*state, groups);
	const struct xdc_field_change *field =
		field_change(&device_change(c, "0000:00:03.0")->change.fields, GROUP);

	assert_text(field->before.text, PCI_PATH "0000:00:03.0");
	assert_int_equal(field->after.type, XDC_VALUE_NONE);
	assert_int_equal(c->of_devices.differ, 1);
}

/* That it is gone is told of itself, not of each that was in its group. */
static void test_a_device_that_is_gone_changes_no_group(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	both_record(two, "iommu-groups", XDC_STATUS_OK, "");
	both_pci(two, "0000:00:01.0", "iommu_group=1\n");
	add_pci(two->evidence[0], "0000:00:02.0", "iommu_group=1\n");
	c = two_compare(two);
	assert_int_equal(c->of_devices.differ, 1);
	assert_int_equal(device_change(c, "0000:00:02.0")->change.kind, XDC_GONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_other_numbers_are_no_difference),
		two_test(test_other_members_are_one),
		two_test(test_no_group_is_another),
		two_test(test_a_device_that_is_gone_changes_no_group),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
