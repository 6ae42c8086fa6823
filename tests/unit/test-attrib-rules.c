/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The table of rules, and what is told of each that was asked. */
#include <stdlib.h>
#include <string.h>

#include "attrib/rules.h"
#include "unit.h"

/* The steps for a function in a group of an arm64 dom0. */
static size_t steps_of(const struct xdc_report *report, struct xdc_step *steps)
{
	return xdc_attribution_steps(report->attributions, device_of(report->model, "0000:00:02.0"),
				     steps, XDC_STEPS_MAX);
}

static const struct xdc_step *find_step(const struct xdc_step *steps, size_t count,
					const char *rule)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(steps[i].rule, rule) == 0)
			return &steps[i];
	fail_msg("%s was not asked", rule);
	abort();
}

static struct xdc_report *report_of(const char *kernel, const char *groups)
{
	struct xdc_evidence *evidence = evidence_with("iommu-groups", XDC_STATUS_OK, groups);

	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_arm64_dom0(evidence, kernel);
	return xdc_report_new(evidence);
}

static void test_the_last_step_is_the_one_that_decided(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("6.1.0", "1=identity\n");
	struct xdc_step steps[XDC_STEPS_MAX];
	size_t count = steps_of(report, steps);

	(void)state;
	assert_true(count > 3);
	for (size_t i = 0; i + 1 < count; i++)
		assert_int_equal(steps[i].answer, XDC_NO);
	assert_int_equal(steps[count - 1].answer, XDC_YES);
	assert_string_equal(steps[count - 1].rule, "arm-swiotlb-xen");
	assert_non_null(find_reason(attribution_of(report, "0000:00:02.0"), steps[count - 1].rule));
}

static void test_a_step_tells_what_it_saw(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("6.12.0", "1=DMA\n");
	struct xdc_step steps[XDC_STEPS_MAX];
	size_t count = steps_of(report, steps);

	(void)state;
	assert_string_equal(find_step(steps, count, "bus-sets-up-no-dma")->seen, "bus pci");
	assert_string_equal(find_step(steps, count, "held-by-pciback")->seen, "driver nvme");
	assert_string_equal(steps[count - 1].rule, "arm64-iommu-first");
	assert_contains(steps[count - 1].seen, "6.12.0");
	assert_contains(steps[count - 1].seen, "type DMA");
}

static void test_a_step_without_its_input_is_the_last_and_unknown(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("6.12.0", "1!denied\n");
	struct xdc_step steps[XDC_STEPS_MAX];
	size_t count = steps_of(report, steps);

	(void)state;
	assert_int_equal(steps[count - 1].answer, XDC_UNKNOWN);
	assert_contains(steps[count - 1].seen, "iommu-groups could not be read");
	assert_int_equal(attribution_of(report, "0000:00:02.0")->inferred_path, XDC_PATH_UNKNOWN);
}

/* Rules of another architecture are not asked: their questions would make no sense. */
static void test_only_rules_of_this_architecture_are_asked(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("6.1.0", "1=identity\n");
	struct xdc_step steps[XDC_STEPS_MAX];
	size_t count = steps_of(report, steps);

	(void)state;
	for (size_t i = 0; i < count; i++)
		assert_false(xdc_text_starts_with(steps[i].rule, "x86-"));
}

static void test_no_more_steps_are_written_than_there_is_room_for(void **state)
{
	xdc_autoreport struct xdc_report *report = report_of("6.1.0", "1=identity\n");
	struct xdc_step steps[2] = { { .rule = "x" }, { .rule = "untouched" } };

	(void)state;
	assert_int_equal(xdc_attribution_steps(report->attributions,
					       device_of(report->model, "0000:00:02.0"), steps, 1),
			 1);
	assert_string_equal(steps[1].rule, "untouched");
}

/* Ids are stable for programs, questions are for people. */
static void test_every_rule_has_an_id_of_its_own_and_a_question(void **state)
{
	(void)state;
	assert_true(xdc_n_rules <= XDC_STEPS_MAX);
	for (size_t i = 0; i < xdc_n_rules; i++) {
		assert_true(strlen(xdc_rules[i].id) > 0);
		assert_true(xdc_text_ends_with(xdc_rules[i].question, "?"));
		for (size_t n = 0; n < i; n++)
			assert_string_not_equal(xdc_rules[i].id, xdc_rules[n].id);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_last_step_is_the_one_that_decided),
		cmocka_unit_test(test_a_step_tells_what_it_saw),
		cmocka_unit_test(test_a_step_without_its_input_is_the_last_and_unknown),
		cmocka_unit_test(test_only_rules_of_this_architecture_are_asked),
		cmocka_unit_test(test_no_more_steps_are_written_than_there_is_room_for),
		cmocka_unit_test(test_every_rule_has_an_id_of_its_own_and_a_question),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
