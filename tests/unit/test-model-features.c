/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit.h"

/* By xen/include/public/features.h; every bit has a name. */
static void test_features_have_xens_names(void **state)
{
	(void)state;
	assert_text(xdc_feature_name(0), "writable_page_tables");
	assert_text(xdc_feature_name(XDC_XENFEAT_DOM0), "dom0");
	assert_text(xdc_feature_name(XDC_XENFEAT_NOT_DIRECT_MAPPED), "not_direct_mapped");
	assert_text(xdc_feature_name(XDC_XENFEAT_DIRECT_MAPPED), "direct_mapped");
	assert_text(xdc_feature_name(XDC_FEATURES_MAX - 1), "bit31");
	for (unsigned int bit = 0; bit < XDC_FEATURES_MAX; bit++)
		assert_non_null(xdc_feature_name(bit));
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(test_features_have_xens_names) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
