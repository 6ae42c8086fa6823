/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void assert_dma(const struct xdc_evidence *evidence, const char *name, enum xdc_dma dma,
		       const char *reason)
{
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);
	const struct xdc_device *device = device_of(model, name);

	assert_string_equal(xdc_dma_name(device->dma), xdc_dma_name(dma));
	assert_text(device->dma_reason, reason);
}

static void assert_pci(const char *fields, enum xdc_dma dma, const char *reason)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	add_pci(evidence, "0000:00:02.0", fields);
	assert_dma(evidence, "0000:00:02.0", dma, reason);
}

static void test_the_bus_master_bit_decides_for_pci(void **state)
{
	(void)state;
	assert_pci("busmaster=1\n", XDC_DMA_YES, "PCI bus mastering is on");
	assert_pci("busmaster=0\ndriver=nvme\n", XDC_DMA_NO, "PCI bus mastering is off");
	/* The driver would turn it on. */
	assert_pci("busmaster=0\n", XDC_DMA_MAYBE, "a PCI function");
	assert_pci("busmaster!denied\ndriver=nvme\n", XDC_DMA_MAYBE, "a PCI function");
}

static void test_a_pci_bridge_masters_for_others(void **state)
{
	(void)state;
	assert_pci("class=0x060400\nbusmaster=1\ndriver=pcieport\n", XDC_DMA_MAYBE, "a PCI bridge");
}

static void test_a_pci_function_whose_driver_failed_was_to_do_dma(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("kmsg", XDC_STATUS_OK,
			      "4,1,2,-;ahci: probe of 0000:00:02.0 failed with error -5\n"
			      "4,1,2,-;pcieport: probe of 0000:00:03.0 failed with error -5\n"
			      "4,1,2,-;drv: probe of x failed with error -5\n");

	(void)state;
	add_pci(evidence, "0000:00:02.0", "busmaster=0\n");
	add_pci(evidence, "0000:00:03.0", "class=0x060400\n");
	add_platform(evidence, "x", "");
	assert_dma(evidence, "0000:00:02.0", XDC_DMA_YES, "a PCI function whose driver failed");
	assert_dma(evidence, "0000:00:03.0", XDC_DMA_MAYBE, "a PCI bridge");
	assert_dma(evidence, "x", XDC_DMA_MAYBE, "no driver");
}

static void test_a_platform_device_is_a_maybe(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	add_platform(evidence, "bound", "driver=gpio\n");
	add_platform(evidence, "free", "");
	assert_dma(evidence, "bound", XDC_DMA_MAYBE, "a driver is bound, nothing shows DMA");
	assert_dma(evidence, "free", XDC_DMA_MAYBE, "no driver");
}

static void test_iommus_in_the_device_tree_show_dma(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	add_board(evidence);
	add_platform(evidence, "30be0000.ethernet", "of_node=/ethernet@30be0000\n");
	add_platform(evidence, "other", "driver=x\nof_node=/other\n");
	assert_dma(evidence, "30be0000.ethernet", XDC_DMA_YES,
		   "the device tree puts it behind an IOMMU");
	assert_dma(evidence, "other", XDC_DMA_MAYBE, "a driver is bound, nothing shows DMA");
}

static void test_each_class_of_data_shows_dma_of_the_device_above(void **state)
{
	static const char *const classes[][2] = {
		{ "class:block", "a block device is behind it" },
		{ "class:net", "a network interface is behind it" },
		{ "class:drm", "a display is behind it" },
		{ "class:sound", "a sound card is behind it" },
		{ "class:mmc_host", "an MMC host is behind it" },
		{ "class:nvme", "an NVMe controller is behind it" },
		{ "class:scsi_host", "a SCSI host is behind it" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(classes); i++) {
		xdc_autoevidence struct xdc_evidence *evidence = evidence_with(
			classes[i][0], XDC_STATUS_OK, "thing0=" PLATFORM_PATH "dev/any/thing0\n");

		add_platform(evidence, "dev", "driver=x\n");
		add_platform(evidence, "devil", "driver=x\n");
		assert_dma(evidence, "dev", XDC_DMA_YES, classes[i][1]);
		assert_dma(evidence, "devil", XDC_DMA_MAYBE,
			   "a driver is bound, nothing shows DMA");
	}
}

/* A disk's DMA is not its own: USB and SCSI devices stand between it and the controller. */
static void test_a_disk_on_usb_shows_dma_of_the_controller(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = evidence_with(
		"class:block", XDC_STATUS_OK,
		"sda=" PCI_PATH "0000:00:01.0/usb1/1-1/1-1:1.0/host0/target0/block/sda\n");
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "driver=xhci_hcd\n");
	add_device(evidence, PCI_PATH "0000:00:01.0/usb1", "bus=usb\ndriver=usb\n");
	add_device(evidence, PCI_PATH "0000:00:01.0/usb1/1-1", "bus=usb\ndriver=usb\n");
	assert_dma(evidence, "0000:00:01.0", XDC_DMA_YES, "a block device is behind it");
	assert_dma(evidence, "1-1", XDC_DMA_NO, "its bus sets up no DMA");
	model = xdc_model_new(evidence);
	assert_ptr_equal(device_of(model, "1-1")->dma_via, device_of(model, "0000:00:01.0"));
	assert_ptr_equal(device_of(model, "usb1")->dma_via, device_of(model, "0000:00:01.0"));
	assert_null(device_of(model, "0000:00:01.0")->dma_via);
}

static void test_a_device_of_no_controller_goes_through_none(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("class:net", XDC_STATUS_OK, "lo=/devices/virtual/net/lo\nbad\n=\n");
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_device(evidence, "/devices/system/cpu/cpu0", "bus=cpu\ndriver=processor\n");
	model = xdc_model_new(evidence);
	assert_null(device_of(model, "cpu0")->dma_via);
	assert_int_equal(device_of(model, "cpu0")->dma, XDC_DMA_NO);
}

static void test_paths_in_a_class_are_escaped(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("class:net", XDC_STATUS_OK,
			      "broken=" PLATFORM_PATH "a\\q\n"
			      "eth0=" PLATFORM_PATH "a\\x0ab/net/eth0\n");

	(void)state;
	add_platform(evidence, "a\nb", "driver=x\n");
	add_platform(evidence, "a", "driver=x\n");
	assert_dma(evidence, "a\\x0ab", XDC_DMA_YES, "a network interface is behind it");
	assert_dma(evidence, "a", XDC_DMA_MAYBE, "a driver is bound, nothing shows DMA");
}

/* The kernel itself says whether the bus sets DMA up: it knows buses that we do not. */
static void test_an_observed_bus_is_believed(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	add_device(evidence, "/devices/new0", "bus=newbus\ndriver=x\n");
	add_observation(evidence, "new0", "ops=none\ndma_configure=1\n");
	add_platform(evidence, "old0", "driver=x\n");
	add_observation(evidence, "old0", "ops=none\ndma_configure=0\n");
	assert_dma(evidence, "new0", XDC_DMA_MAYBE, "a driver is bound, nothing shows DMA");
	assert_dma(evidence, "old0", XDC_DMA_NO, "its bus sets up no DMA");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_bus_master_bit_decides_for_pci),
		cmocka_unit_test(test_a_pci_bridge_masters_for_others),
		cmocka_unit_test(test_a_pci_function_whose_driver_failed_was_to_do_dma),
		cmocka_unit_test(test_a_platform_device_is_a_maybe),
		cmocka_unit_test(test_iommus_in_the_device_tree_show_dma),
		cmocka_unit_test(test_each_class_of_data_shows_dma_of_the_device_above),
		cmocka_unit_test(test_a_disk_on_usb_shows_dma_of_the_controller),
		cmocka_unit_test(test_a_device_of_no_controller_goes_through_none),
		cmocka_unit_test(test_paths_in_a_class_are_escaped),
		cmocka_unit_test(test_an_observed_bus_is_believed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
