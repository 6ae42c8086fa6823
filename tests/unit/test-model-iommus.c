/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static const struct xdc_iommu *iommu_of(const struct xdc_model *model, const char *name)
{
	for (size_t i = 0; i < model->n_iommus; i++)
		if (strcmp(model->iommus[i].name, name) == 0)
			return &model->iommus[i];
	fail_msg("no IOMMU %s in the model", name);
	abort();
}

static struct xdc_evidence *board_of(const struct machine *machine)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_board(evidence);
	add_machine(evidence, machine);
	return evidence;
}

static struct xdc_evidence *dom0_board(void)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_board(evidence);
	add_arm64_dom0(evidence, "6.1.0");
	return evidence;
}

/* One IOMMU: a node, a device and a class entry. */
static void test_node_device_and_class_entry_are_one_iommu(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = dom0_board();
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);
	const struct xdc_iommu *iommu;

	(void)state;
	assert_int_equal(model->n_iommus, 1);
	iommu = iommu_of(model, "9050000.smmuv3");
	assert_text(iommu->compatible, "arm,smmu-v3");
	assert_text(iommu->driver, "arm-smmu-v3");
	assert_text(iommu->of_node, "/smmuv3@9050000");
	assert_text(iommu->class_name, "smmu3.0x0000000009050000");
	assert_int_equal(iommu->owner, XDC_OWNER_DOM0);
}

static void test_the_owner_depends_on_who_we_are(void **state)
{
	static const struct machine bare = { .machine = "aarch64", .kernel = "6.1.0" };
	static const struct machine guest = { .machine = "aarch64",
					      .kernel = "6.1.0",
					      .features = FEATURES_GUEST };
	xdc_autoevidence struct xdc_evidence *on_bare = board_of(&bare);
	xdc_autoevidence struct xdc_evidence *in_guest = board_of(&guest);
	xdc_automodel struct xdc_model *bare_model = xdc_model_new(on_bare);
	xdc_automodel struct xdc_model *guest_model = xdc_model_new(in_guest);

	(void)state;
	assert_int_equal(iommu_of(bare_model, "9050000.smmuv3")->owner, XDC_OWNER_LINUX);
	assert_int_equal(iommu_of(guest_model, "9050000.smmuv3")->owner, XDC_OWNER_UNKNOWN);
	assert_string_equal(xdc_owner_name(XDC_OWNER_LINUX), "linux");
	assert_string_equal(xdc_owner_name(XDC_OWNER_DISABLED), "disabled");
}

static void test_a_node_that_is_off_is_nobody_s(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;
	struct dt dt;

	(void)state;
	dt_start(&dt);
	dt_begin_iommu(&dt, "sysmmu@1", "samsung,exynos-sysmmu", 1);
	dt_text(&dt, "status", "disabled");
	dt_end(&dt);
	dt_begin_iommu(&dt, "xen_iommu", "xen,grant-dma", 2);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_arm64_dom0(evidence, "6.1.0");
	model = xdc_model_new(evidence);
	/* The stub of grant DMA is no hardware. */
	assert_int_equal(model->n_iommus, 1);
	assert_int_equal(iommu_of(model, "sysmmu@1")->owner, XDC_OWNER_DISABLED);
	assert_null(iommu_of(model, "sysmmu@1")->device);
}

static void test_a_class_entry_without_a_node_is_an_iommu_too(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("class:iommu", XDC_STATUS_OK,
			      "broken\nworse=\\q\n"
			      "smmu3.0x1=" PLATFORM_PATH "arm-smmu-v3.0.auto/iommu/smmu3.0x1\n"
			      "dmar0=/devices/virtual/iommu/dmar0\n");
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_platform(evidence, "arm-smmu-v3.0.auto", "driver=arm-smmu-v3\n");
	add_platform(evidence, "x", "iommu=smmu3.0x1\niommu_group=1\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->n_iommus, 2);
	assert_text(iommu_of(model, "arm-smmu-v3.0.auto")->driver, "arm-smmu-v3");
	assert_null(iommu_of(model, "dmar0")->device);
	assert_int_equal(iommu_of(model, "arm-smmu-v3.0.auto")->n_masters, 1);
	assert_ptr_equal(device_of(model, "x")->iommu, iommu_of(model, "arm-smmu-v3.0.auto"));
}

static void test_masters_are_those_in_force_and_those_described(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = dom0_board();
	xdc_automodel struct xdc_model *model = NULL;
	const struct xdc_iommu *iommu;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "iommu=smmu3.0x0000000009050000\niommu_group=1\n");
	add_platform(evidence, "30be0000.ethernet", "of_node=/ethernet@30be0000\n");
	add_platform(evidence, "other", "of_node=/other\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/virtio0", "bus=virtio\n");
	model = xdc_model_new(evidence);
	iommu = iommu_of(model, "9050000.smmuv3");
	assert_int_equal(iommu->n_masters, 2);
	assert_ptr_equal(device_of(model, "0000:00:02.0")->iommu, iommu);
	assert_ptr_equal(device_of(model, "30be0000.ethernet")->iommu, iommu);
	assert_null(device_of(model, "other")->iommu);
	assert_null(device_of(model, "virtio0")->iommu);
}

static void test_a_pci_function_is_described_by_its_bridge(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = dom0_board();
	xdc_automodel struct xdc_model *model = NULL;
	const struct xdc_dt_node *node;
	uint32_t id = 0;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "");
	add_device(evidence, PCI_PATH "0000:00:02.0/0000:01:00.1", "bus=pci\n");
	add_platform(evidence, "30be0000.ethernet", "of_node=/ethernet@30be0000\n");
	model = xdc_model_new(evidence);
	node = xdc_model_described_iommu(model, device_of(model, "0000:01:00.1"), &id);
	assert_non_null(node);
	assert_string_equal(node->path, "/smmuv3@9050000");
	assert_int_equal(id, 0x101);
	node = xdc_model_described_iommu(model, device_of(model, "30be0000.ethernet"), &id);
	assert_non_null(node);
	assert_int_equal(id, 5);
	assert_null(xdc_model_described_iommu(model, device_of(model, "9050000.smmuv3"), &id));
}

static void test_faults_are_tied_to_the_device_of_their_stream_id(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = dom0_board();
	xdc_automodel struct xdc_model *model = NULL;
	FILE *log = unit_stream();

	(void)state;
	log_fault(log, "9050000.smmuv3", 0x10, 0xfffe1000);
	add_log(evidence, log);
	add_pci(evidence, "0000:00:02.0", "");
	add_pci(evidence, "0000:00:03.0", "");
	model = xdc_model_new(evidence);
	assert_non_null(device_of(model, "0000:00:02.0")->iommu_event);
	assert_int_equal(device_of(model, "0000:00:02.0")->iommu_event->address, 0xfffe1000);
	assert_int_equal(device_of(model, "0000:00:02.0")->n_iommu_events, 1);
	assert_null(device_of(model, "0000:00:03.0")->iommu_event);
}

/* Another SMMU's event with the same stream ID is of another device. */
static void test_faults_of_another_iommu_are_not_tied(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = dom0_board();
	xdc_automodel struct xdc_model *model = NULL;
	FILE *log = unit_stream();

	(void)state;
	log_fault(log, "1.smmuv3", 0x10, 0xfffe1000);
	add_log(evidence, log);
	add_pci(evidence, "0000:00:02.0", "");
	model = xdc_model_new(evidence);
	assert_int_equal(model->log->n_events, 1);
	assert_null(device_of(model, "0000:00:02.0")->iommu_event);
}

/* sysfs could not hold such a name; a recording can. */
static void test_a_hostile_class_name_is_made_safe(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("class:iommu", XDC_STATUS_OK, "a\x1b[31m\xff=/devices/virtual/x\n");
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);

	(void)state;
	assert_int_equal(model->n_iommus, 1);
	assert_string_equal(model->iommus[0].name, "a\\x1b[31m\\xff");
}

/* The names of both are written by sysfs, escaped in one way here and in another there. */
static void test_a_class_name_with_a_backslash_is_found_again(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("class:iommu", XDC_STATUS_OK, "a\\\\b=/devices/virtual/x\n");
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_platform(evidence, "x", "iommu=a\\\\b\niommu_group=1\n");
	model = xdc_model_new(evidence);
	assert_non_null(device_of(model, "x")->iommu);
}

/* Xen has taken the board's SMMU: is what dom0's functions and platform devices do translated? */
static void assert_covered(const char *minor, enum xdc_tri function, enum xdc_tri platform)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;
	struct dt board, own;

	dt_board(&board);
	add_bytes(evidence, "host-devicetree", board.blob, board.size);
	dt_start(&own);
	dt_finish(&own);
	add_devicetree(evidence, &own);
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=1\n");
	add_file(evidence, "/sys/hypervisor/version/major", "4\n");
	add_file(evidence, "/sys/hypervisor/version/minor", minor);
	add_device(evidence, BRIDGE_PATH, "bus=platform\nof_node=/pcie@10000000\n");
	add_pci(evidence, "0000:00:02.0", "driver=nvme\n");
	add_platform(evidence, "30be0000.ethernet", "of_node=/ethernet@30be0000\n");
	add_arm64_dom0(evidence, "6.1.0");
	model = xdc_model_new(evidence);
	assert_int_equal(device_of(model, "0000:00:02.0")->covered, function);
	assert_int_equal(device_of(model, "30be0000.ethernet")->covered, platform);
}

static void test_xen_before_4_21_translates_for_no_pci_function_on_arm(void **state)
{
	(void)state;
	assert_covered("17\n", XDC_NO, XDC_YES);
	assert_covered("21\n", XDC_UNKNOWN, XDC_YES);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_node_device_and_class_entry_are_one_iommu),
		cmocka_unit_test(test_the_owner_depends_on_who_we_are),
		cmocka_unit_test(test_a_node_that_is_off_is_nobody_s),
		cmocka_unit_test(test_a_class_entry_without_a_node_is_an_iommu_too),
		cmocka_unit_test(test_masters_are_those_in_force_and_those_described),
		cmocka_unit_test(test_a_pci_function_is_described_by_its_bridge),
		cmocka_unit_test(test_faults_are_tied_to_the_device_of_their_stream_id),
		cmocka_unit_test(test_faults_of_another_iommu_are_not_tied),
		cmocka_unit_test(test_xen_before_4_21_translates_for_no_pci_function_on_arm),
		cmocka_unit_test(test_a_hostile_class_name_is_made_safe),
		cmocka_unit_test(test_a_class_name_with_a_backslash_is_found_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
