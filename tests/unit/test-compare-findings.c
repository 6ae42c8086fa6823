/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit.h"

static const struct xdc_finding_change *finding_change(const struct xdc_comparison *c,
						       const char *id)
{
	for (size_t i = 0; i < c->n_findings; i++) {
		const struct xdc_finding_change *d = &c->findings[i];

		if (strcmp((d->before ? d->before : d->after)->id, id) == 0)
			return d;
	}
	fail_msg("%s does not differ", id);
	return NULL;
}

/* A board whose SMMU dom0 drives, with its groups as they are said to be. */
static void add_smmu_machine(struct xdc_evidence *evidence, const char *groups)
{
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	add_board(evidence);
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\niommu_group=1\n");
	add_arm64_dom0(evidence, "6.1.0");
}

static void test_a_finding_goes_and_another_is_milder(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;
	const struct xdc_finding_change *change;

	add_smmu_machine(two->evidence[0], "1=DMA\n");
	add_smmu_machine(two->evidence[1], "1=identity\n");
	c = two_compare(two);
	change = finding_change(c, "XDC-SWIOTLB-OVER-IOMMU");
	assert_int_equal(change->change.kind, XDC_GONE);
	assert_unread(&change->change.unread, XDC_SIDE_NEITHER, NULL);
	change = finding_change(c, "XDC-IOMMU-IN-DOM0");
	assert_int_equal(change->change.kind, XDC_CHANGED);
	assert_text(field_change(&change->change.fields, "severity")->before.text, "error");
	assert_text(field_change(&change->change.fields, "severity")->after.text, "notice");
	assert_true(has_field_change(&change->change.fields, "advice"));
	assert_int_equal(c->of_findings.unread, 0);
}

/* Without the features nothing is known of the path, so nothing is wrong that is known. */
static void test_a_finding_is_in_doubt_with_its_device(void **state)
{
	struct two *two = *state;
	const struct xdc_finding_change *change;
	const struct xdc_comparison *c;

	add_record(two->evidence[1], FEATURES_KEY, XDC_STATUS_DENIED, "");
	for (size_t i = 0; i < 2; i++) {
		add_file(two->evidence[i], "/proc/xen/capabilities", "control_d\n");
		add_smmu_machine(two->evidence[i], "1=DMA\n");
	}
	c = two_compare(two);
	change = finding_change(c, "XDC-SWIOTLB-OVER-IOMMU");
	assert_int_equal(change->change.kind, XDC_GONE);
	assert_unread(&change->change.unread, XDC_SIDE_AFTER, FEATURES_KEY);
	change = finding_change(c, "XDC-IOMMU-IN-DOM0");
	assert_unread(&change->change.unread, XDC_SIDE_AFTER, FEATURES_KEY);
}

static void test_a_finding_needs_the_evidence_that_it_cites(void **state)
{
	struct two *two = *state;
	const struct xdc_finding_change *change;

	add_record(two->evidence[0], "kernel-config", XDC_STATUS_OK, "CONFIG_SWIOTLB_XEN=y\n");
	add_record(two->evidence[1], "kernel-config", XDC_STATUS_DENIED, "");
	for (size_t i = 0; i < 2; i++)
		add_arm64_dom0(two->evidence[i], "6.1.0");
	change = finding_change(two_compare(two), "XDC-KCONFIG");
	assert_int_equal(change->change.kind, XDC_GONE);
	assert_unread(&change->change.unread, XDC_SIDE_AFTER, "kernel-config");
}

static void test_the_gravest_comes_first(void **state)
{
	struct two *two = *state;
	const struct xdc_comparison *c;
	int last = XDC_SEVERITY_ERROR;

	add_smmu_machine(two->evidence[0], "1=DMA\n");
	add_record(two->evidence[0], "xen:physinfo", XDC_STATUS_OK, "directio=0\n");
	add_machine(two->evidence[1], &(struct machine){ .machine = "aarch64", .kernel = "6.1.0" });
	c = two_compare(two);
	assert_true(c->n_findings > 1);
	for (size_t i = 0; i < c->n_findings; i++) {
		assert_true((int)c->findings[i].before->severity <= last);
		last = (int)c->findings[i].before->severity;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		two_test(test_a_finding_goes_and_another_is_milder),
		two_test(test_a_finding_is_in_doubt_with_its_device),
		two_test(test_a_finding_needs_the_evidence_that_it_cites),
		two_test(test_the_gravest_comes_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
