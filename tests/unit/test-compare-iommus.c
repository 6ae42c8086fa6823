/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static const struct xdc_comparison *compare(struct two *two)
{
	both_dom0(two);
	return two_compare(two);
}

static void test_an_iommu_is_new_and_gone(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	both_platform(two, "x.smmu", "driver=arm-smmu\n");
	add_record(two->evidence[0], "class:iommu", XDC_STATUS_OK, "a=/devices/platform/x.smmu\n");
	add_record(two->evidence[1], "class:iommu", XDC_STATUS_OK, "");
	c = compare(two);
	assert_int_equal(c->n_iommus, 1);
	assert_int_equal(c->iommus[0].change.kind, XDC_GONE);
	assert_text(c->iommus[0].before->name, "a");
	assert_unread(&c->iommus[0].change.unread, XDC_SIDE_NEITHER, NULL);
}

static void test_one_that_could_not_be_seen_may_be_there(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	both_platform(two, "x.smmu", "driver=arm-smmu\n");
	add_record(two->evidence[0], "class:iommu", XDC_STATUS_DENIED, "");
	add_record(two->evidence[1], "class:iommu", XDC_STATUS_OK, "a=/devices/platform/x.smmu\n");
	c = compare(two);
	assert_int_equal(c->n_iommus, 1);
	assert_int_equal(c->iommus[0].change.kind, XDC_NEW);
	assert_unread(&c->iommus[0].change.unread, XDC_SIDE_BEFORE, "class:iommu");
	assert_int_equal(c->of_iommus.unread, 1);
}

static void test_another_owner_is_told(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	for (size_t i = 0; i < 2; i++)
		add_board(two->evidence[i]);
	add_arm64_dom0(two->evidence[0], "6.1.0");
	add_machine(two->evidence[1], &(struct machine){ .machine = "aarch64", .kernel = "6.1.0" });
	c = two_compare(two);
	assert_int_equal(c->n_iommus, 1);
	assert_text(field_change(&c->iommus[0].change.fields, "owner")->before.text, "dom0");
	assert_text(field_change(&c->iommus[0].change.fields, "owner")->after.text, "linux");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_an_iommu_is_new_and_gone),
		two_test(test_one_that_could_not_be_seen_may_be_there),
		two_test(test_another_owner_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
