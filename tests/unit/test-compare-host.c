/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static void test_versions_and_role(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_arm64_dom0(two->evidence[0], "6.1.0");
	add_file(two->evidence[1], "/sys/hypervisor/version/minor", "20\n");
	add_arm64_dom0(two->evidence[1], "6.12.0");
	c = two_compare(two);
	assert_text(field_change(&c->host, "kernel")->before.text, "6.1.0");
	assert_text(field_change(&c->host, "kernel")->after.text, "6.12.0");
	assert_text(field_change(&c->host, "xen_version")->after.text, "4.20.5");
	assert_int_equal(field_change(&c->host, "domctl")->before.number, 21);
	assert_int_equal(field_change(&c->host, "domctl")->after.number, 23);
	assert_false(has_field_change(&c->host, "sysctl"));
	assert_false(has_field_change(&c->host, "role"));
	assert_int_equal(c->of_host.unread, 0);
}

/* That it has none of Xen's facts is known of a machine without Xen. */
static void test_a_machine_without_xen_lacks_nothing(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;

	add_arm64_dom0(two->evidence[0], "6.1.0");
	add_machine(two->evidence[1], &(struct machine){ .machine = "aarch64", .kernel = "6.1.0" });
	c = two_compare(two);
	assert_text(field_change(&c->host, "role")->after.text, "none");
	assert_int_equal(field_change(&c->host, "xen_version")->after.type, XDC_VALUE_NONE);
	assert_int_equal(field_change(&c->host, "direct_mapped")->after.type, XDC_VALUE_NONE);
	assert_int_equal(c->of_host.unread, 0);
}

static void test_what_was_denied_may_be_the_same(void **state)
{
	struct two *two = *state;
	const struct xdc_field_change *field;

	add_record(two->evidence[0], FEATURES_KEY, XDC_STATUS_DENIED, "");
	for (size_t i = 0; i < 2; i++)
		add_arm64_dom0(two->evidence[i], "6.1.0");
	field = field_change(&two_compare(two)->host, "direct_mapped");
	assert_int_equal(field->before.type, XDC_VALUE_UNKNOWN);
	assert_int_equal(field->after.number, 1);
	assert_unread(&field->unread, XDC_SIDE_BEFORE, FEATURES_KEY);
}

/* A kernel that has no lockdown is as one that is not locked down. */
static void test_no_lockdown_is_none(void **state)
{
	static const char key[] = "file:/sys/kernel/security/lockdown";
	struct two *two = *state;

	add_record(two->evidence[0], key, XDC_STATUS_ABSENT, "");
	add_record(two->evidence[1], key, XDC_STATUS_OK, "[none] integrity confidentiality\n");
	assert_false(has_field_change(&two_compare(two)->host, "lockdown"));
}

/* One version, two builds. */
static void test_a_build_id_is_bytes(void **state)
{
	static const char key[] = "file:/sys/hypervisor/properties/buildid";
	struct two *two = *state;
	const struct xdc_field_change *field;

	add_bytes(two->evidence[0], key, "\x00\xff", 2);
	add_bytes(two->evidence[1], key, "\x00\xfe", 2);
	field = field_change(&two_compare(two)->host, "xen_build_id");
	assert_text(field->before.text, "00ff");
	assert_text(field->after.text, "00fe");
}

/* Whoever may not see addresses reads zeros: that is no end of memory. */
static void test_hidden_addresses_are_not_known(void **state)
{
	struct two *two = *state;
	const struct xdc_field_change *field;

	add_file(two->evidence[0], "/proc/iomem", "40000000-9fffffff : System RAM\n");
	add_file(two->evidence[1], "/proc/iomem", "00000000-00000000 : System RAM\n");
	field = field_change(&two_compare(two)->host, "ram_end");
	assert_text(field->before.text, "0xa0000000");
	assert_unread(&field->unread, XDC_SIDE_AFTER, "file:/proc/iomem");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_versions_and_role),
		two_test(test_a_machine_without_xen_lacks_nothing),
		two_test(test_what_was_denied_may_be_the_same),
		two_test(test_no_lockdown_is_none),
		two_test(test_a_build_id_is_bytes),
		two_test(test_hidden_addresses_are_not_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
