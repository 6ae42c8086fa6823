/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

#define IOMMU "directio=1\nhvm=1\nnr_cpus=4\ntotal_pages=786432\nfree_pages=262144\n"
#define PCI   "0000:00:05.0"
#define MATE  "0000:00:05.1"

static struct xdc_evidence *with_device(const char *fields)
{
	struct xdc_evidence *evidence = evidence_with("xen:physinfo", XDC_STATUS_OK, IOMMU);

	add_pci(evidence, PCI, fields);
	add_target(evidence, "/sys/bus/pci/devices/" PCI "/reset", "type=file\n");
	return evidence;
}

static void test_a_device_is_one_guests(void **state)
{
	struct xdc_evidence *evidence = with_device("driver=pciback\n");

	(void)state;
	add_record(evidence, "xenstore:/local/domain/0/backend", XDC_STATUS_OK,
		   "pci/3/0/dev-0=" PCI "\n");
	assert_guest(evidence, "pci=[" PCI "]\n", "pci-in-use", XDC_OUTCOME_FAIL);
	assert_guest(with_device("driver=pciback\n"), "pci=[" PCI "|" PCI "]\n", "pci-in-use",
		     XDC_OUTCOME_FAIL);
	assert_guest(with_device("driver=pciback\n"), "pci=[" PCI "]\n", "pci-in-use",
		     XDC_OUTCOME_PASS);
}

static void assert_mate(const char *device, const char *mate, const char *config,
			enum xdc_outcome outcome)
{
	struct xdc_evidence *evidence = with_device(device);

	add_pci(evidence, MATE, mate);
	assert_guest(evidence, config, "pci-group", outcome);
}

static void test_what_belongs_together_goes_together(void **state)
{
	(void)state;
	assert_mate("driver=pciback\n", "driver=d\n", "pci=[" PCI "]\n", XDC_OUTCOME_WARNING);
	assert_mate("driver=pciback\n", "driver=pciback\n", "pci=[" PCI "]\n", XDC_OUTCOME_PASS);
	assert_mate("driver=pciback\n", "driver=d\n", "pci=[" PCI "|" MATE "]\n", XDC_OUTCOME_PASS);
	/* Where there are groups, they tell. */
	assert_mate("driver=pciback\niommu_group=1\n", "driver=d\niommu_group=2\n",
		    "pci=[" PCI "]\n", XDC_OUTCOME_PASS);
	assert_mate("driver=pciback\niommu_group=1\n", "driver=d\niommu_group=1\n",
		    "pci=[" PCI "]\n", XDC_OUTCOME_WARNING);
}

static void test_arm_takes_an_option_of_xens(void **state)
{
	static const struct {
		const char *command_line;
		enum xdc_outcome outcome;
	} cases[] = {
		{ "command_line=dom0_mem=1G\n", XDC_OUTCOME_FAIL },
		{ "command_line=pci-passthrough=on\n", XDC_OUTCOME_UNKNOWN },
		{ "command_line!denied\n", XDC_OUTCOME_UNKNOWN },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_evidence *evidence = with_device("driver=pciback\n");

		add_record(evidence, "xen:version", XDC_STATUS_OK, cases[i].command_line);
		assert_guest(evidence, "pci=[" PCI "]\n", "pci-arm", cases[i].outcome);
	}
}

static void test_what_cannot_be_reset_is_told(void **state)
{
	struct xdc_evidence *evidence = evidence_with("xen:physinfo", XDC_STATUS_OK, IOMMU);

	(void)state;
	add_pci(evidence, PCI, "driver=pciback\n");
	add_absent(evidence, "/sys/bus/pci/devices/" PCI "/reset");
	assert_guest(evidence, "pci=[" PCI "]\n", "pci-reset", XDC_OUTCOME_NOTICE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_device_is_one_guests),
		cmocka_unit_test(test_what_belongs_together_goes_together),
		cmocka_unit_test(test_arm_takes_an_option_of_xens),
		cmocka_unit_test(test_what_cannot_be_reset_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
