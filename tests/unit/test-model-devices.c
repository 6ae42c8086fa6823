/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_devices_are_found_by_path_whatever_the_order(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_device(evidence, "/devices/platform/z", "bus=platform\n");
	add_device(evidence, "/devices/platform/a/b", "bus=platform\n");
	add_device(evidence, "/devices/platform/a", "bus=platform\n");
	add_device(evidence, "/devices/platform/a-b", "bus=platform\n");
	model = xdc_model_new(evidence);
	assert_int_equal(model->n_devices, 4);
	assert_string_equal(xdc_model_device(model, "/devices/platform/a/b")->name, "b");
	assert_string_equal(xdc_model_device(model, "/devices/platform/z")->name, "z");
	assert_null(xdc_model_device(model, "/devices/platform"));
	assert_null(xdc_model_device(model, "/devices/platform/"));
}

static void test_no_devices_at_all(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = xdc_model_new(evidence);

	(void)state;
	assert_int_equal(model->n_devices, 0);
	assert_null(xdc_model_device(model, "/devices/x"));
}

static void test_the_parent_is_the_nearest_device_above(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "");
	add_device(evidence, PCI_PATH "0000:00:01.0/0000:01:00.0", "bus=pci\n");
	model = xdc_model_new(evidence);
	/* "pci0000:00" stands between them and is a device of no bus. */
	assert_ptr_equal(device_of(model, "0000:00:01.0")->parent,
			 device_of(model, "4010000000.pcie"));
	assert_ptr_equal(device_of(model, "0000:01:00.0")->parent,
			 device_of(model, "0000:00:01.0"));
	assert_null(device_of(model, "4010000000.pcie")->parent);
	assert_ptr_equal(xdc_device_bearer(device_of(model, "0000:01:00.0")),
			 device_of(model, "4010000000.pcie"));
}

static void test_a_pci_name_is_a_requester_id(void **state)
{
	static const struct {
		const char *name;
		bool present;
		uint16_t requester_id;
	} cases[] = {
		{ "0000:00:02.0", true, 0x0010 },  { "0000:ff:1f.7", true, 0xffff },
		{ "10000:e1:00.1", true, 0xe101 }, { "0000:00:20.0", false, 0 },
		{ "0000:00:02.8", false, 0 },	   { "0000:00:02:0", false, 0 },
		{ "0000:0:02.0", false, 0 },	   { "0000:g0:02.0", false, 0 },
		{ "0000:00:-2.0", false, 0 },	   { "0000:00:02.0x", false, 0 },
		{ "nonsense", false, 0 },	   { ":", false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_automodel struct xdc_model *model = NULL;

		add_pci(evidence, cases[i].name, "");
		model = xdc_model_new(evidence);
		assert_int_equal(device_of(model, cases[i].name)->pci.present, cases[i].present);
		assert_int_equal(device_of(model, cases[i].name)->pci.requester_id,
				 cases[i].requester_id);
	}
}

static void test_pci_attributes_are_numbers(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;
	const struct xdc_device *device;

	(void)state;
	add_pci(evidence, "0000:00:02.0",
		"class=0x010802\nvendor=0x8086\ndevice=0x2926\nbusmaster=1\ndma_mask_bits=32\n");
	add_pci(evidence, "0000:00:03.0", "class=nonsense\nbusmaster=2\ndma_mask_bits=64\n");
	add_pci(evidence, "0000:00:04.0", "busmaster!unsupported\ndma_mask_bits=65\n");
	add_pci(evidence, "0000:00:05.0", "busmaster=0\n");
	model = xdc_model_new(evidence);
	device = device_of(model, "0000:00:02.0");
	assert_int_equal(device->pci.class_code, 0x010802);
	assert_int_equal(device->pci.vendor, 0x8086);
	assert_int_equal(device->pci.device, 0x2926);
	assert_int_equal(device->pci.bus_master, XDC_YES);
	assert_int_equal(device->dma_mask, 0xffffffff);
	device = device_of(model, "0000:00:03.0");
	assert_int_equal(device->pci.class_code, 0);
	assert_int_equal(device->pci.bus_master, XDC_UNKNOWN);
	assert_true(device->dma_mask == UINT64_MAX);
	device = device_of(model, "0000:00:04.0");
	assert_int_equal(device->pci.bus_master, XDC_UNKNOWN);
	assert_int_equal(device->dma_mask, 0);
	assert_int_equal(device_of(model, "0000:00:05.0")->pci.bus_master, XDC_NO);
}

static void test_the_group_has_its_number_and_type(void **state)
{
	static const struct {
		const char *fields;
		long group;
		const char *type;
	} cases[] = {
		{ "iommu_group=7\n", 7, "DMA" },
		{ "iommu_group=8\n", 8, NULL },
		{ "iommu_group=9\n", 9, NULL },
		{ "iommu_group=x\n", -1, NULL },
		{ "iommu_group=-7\n", -1, NULL },
		{ "iommu_group=99999999999\n", -1, NULL },
		{ "", -1, NULL },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoevidence struct xdc_evidence *evidence =
			evidence_with("iommu-groups", XDC_STATUS_OK, "7=DMA\n8!absent\n");
		xdc_automodel struct xdc_model *model = NULL;
		const struct xdc_device *device;

		add_platform(evidence, "x", cases[i].fields);
		model = xdc_model_new(evidence);
		device = device_of(model, "x");
		assert_int_equal(device->group, cases[i].group);
		if (cases[i].type)
			assert_text(device->group_type, cases[i].type);
		else
			assert_null(device->group_type);
	}
}

static void test_udev_s_names_make_the_description(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_platform(evidence, "both", "");
	add_platform(evidence, "model", "");
	add_platform(evidence, "vendor", "");
	add_platform(evidence, "late", "");
	add_record(evidence, "udev:" PLATFORM_PATH "both", XDC_STATUS_OK,
		   "vendor=Acme\\x1b\nmodel=Rocket\n");
	add_record(evidence, "udev:" PLATFORM_PATH "model", XDC_STATUS_OK, "model=Rocket\n");
	add_record(evidence, "udev:" PLATFORM_PATH "vendor", XDC_STATUS_OK, "vendor=Acme\n");
	add_record(evidence, "udev:" PLATFORM_PATH "late", XDC_STATUS_TIMEOUT, "model=Rocket\n");
	model = xdc_model_new(evidence);
	assert_text(device_of(model, "both")->description, "Acme\\x1b Rocket");
	assert_text(device_of(model, "model")->description, "Rocket");
	assert_text(device_of(model, "vendor")->description, "Acme");
	assert_null(device_of(model, "late")->description);
}

/* A character for each of 64 bits; VIRTIO_F_ACCESS_PLATFORM is bit 33. */
#define BITS_0_TO_32 "001010100000000000000000000000001"

static void test_what_a_virtio_device_says_is_about_its_transport(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "");
	add_device(evidence, PCI_PATH "0000:00:01.0/virtio0",
		   "bus=virtio\ndriver=v\nfeatures=" BITS_0_TO_32 "100000\n");
	add_pci(evidence, "0000:00:02.0", "");
	add_device(evidence, PCI_PATH "0000:00:02.0/virtio1",
		   "bus=virtio\ndriver=v\nfeatures=" BITS_0_TO_32 "011111\n");
	add_pci(evidence, "0000:00:03.0", "");
	add_device(evidence, PCI_PATH "0000:00:03.0/virtio2",
		   "bus=virtio\ndriver=v\nfeatures=" BITS_0_TO_32 "\n");
	add_pci(evidence, "0000:00:04.0", "");
	/* Nothing is agreed on before there is a driver. */
	add_pci(evidence, "0000:00:05.0", "");
	add_device(evidence, PCI_PATH "0000:00:05.0/virtio3",
		   "bus=virtio\nfeatures=" BITS_0_TO_32 "011111\n");
	model = xdc_model_new(evidence);
	assert_int_equal(device_of(model, "0000:00:05.0")->access_platform, XDC_UNKNOWN);
	assert_true(device_of(model, "0000:00:01.0")->is_virtio);
	assert_int_equal(device_of(model, "0000:00:01.0")->access_platform, XDC_YES);
	assert_true(device_of(model, "0000:00:02.0")->is_virtio);
	assert_int_equal(device_of(model, "0000:00:02.0")->access_platform, XDC_NO);
	assert_true(device_of(model, "0000:00:03.0")->is_virtio);
	assert_int_equal(device_of(model, "0000:00:03.0")->access_platform, XDC_UNKNOWN);
	assert_false(device_of(model, "0000:00:04.0")->is_virtio);
}

static void test_only_some_buses_configure_dma(void **state)
{
	static const struct {
		const char *bus;
		enum xdc_tri configures;
	} cases[] = {
		{ "platform", XDC_YES }, { "pci", XDC_YES }, { "amba", XDC_YES },
		{ "usb", XDC_NO },	 { "i2c", XDC_NO },  { "virtio", XDC_NO },
		{ "", XDC_NO },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_automodel struct xdc_model *model = NULL;
		char fields[32];

		snprintf(fields, sizeof(fields), "bus=%s\n", cases[i].bus);
		add_device(evidence, "/devices/x", fields);
		model = xdc_model_new(evidence);
		assert_int_equal(device_of(model, "x")->has_dma_configure, cases[i].configures);
	}
}

static void test_hostile_names_are_made_safe(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_platform(evidence, "a\nb\x1b[31m", "driver=d\\x1b\nof_node=/n\\x0a\niommu=i\\xff\n");
	add_device(evidence, "/", "bus=\n");
	model = xdc_model_new(evidence);
	assert_non_null(device_of(model, "a\\x0ab\\x1b[31m"));
	assert_text(device_of(model, "a\\x0ab\\x1b[31m")->driver, "d\\x1b");
	assert_text(device_of(model, "a\\x0ab\\x1b[31m")->of_node, "/n\\x0a");
	assert_text(device_of(model, "a\\x0ab\\x1b[31m")->iommu_class, "i\\xff");
	/* A recording may name anything a device. */
	assert_int_equal(model->n_devices, 2);
}

/* A link that could not be read is no link that is not there. */
static void test_what_could_not_be_read_is_named(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_platform(evidence, "no-driver", "");
	add_platform(evidence, "hidden-driver", "driver!denied\n");
	add_platform(evidence, "hidden-node", "driver=d\nof_node!io-error\n");
	/* A directory has that name for an IOMMU's own device. */
	add_platform(evidence, "smmu", "driver=d\niommu!io-error\n");
	add_record(evidence, "device:" PLATFORM_PATH "hidden", XDC_STATUS_IO_ERROR, "");
	add_pci(evidence, "0000:00:02.0", "driver=virtio-pci\n");
	add_device(evidence, PCI_PATH "0000:00:02.0/virtio0",
		   "bus=virtio\ndriver=virtio_blk\nfeatures!io-error\n");
	model = xdc_model_new(evidence);
	assert_null(device_of(model, "no-driver")->unread);
	assert_null(device_of(model, "smmu")->unread);
	assert_text(device_of(model, "hidden-driver")->unread,
		    "device:" PLATFORM_PATH "hidden-driver");
	assert_text(device_of(model, "hidden-node")->unread, "device:" PLATFORM_PATH "hidden-node");
	assert_text(device_of(model, "hidden")->unread, "device:" PLATFORM_PATH "hidden");
	assert_int_equal(device_of(model, "hidden")->dma, XDC_DMA_MAYBE);
	/* Whether it goes around the IOMMU is said by the device on it. */
	assert_text(device_of(model, "0000:00:02.0")->unread,
		    "device:" PCI_PATH "0000:00:02.0/virtio0");
}

/* The device on a transport says whether its DMA goes around the IOMMU, and may be what is not
 * there. */
static void test_a_transport_without_its_device_is_unread_where_the_list_is_cut(void **state)
{
	(void)state;
	for (int cut = 0; cut < 2; cut++) {
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
		xdc_automodel struct xdc_model *model = NULL;

		add_record(evidence, "devices", cut ? XDC_STATUS_IO_ERROR : XDC_STATUS_OK, "");
		add_pci(evidence, "0000:00:01.0", "driver=virtio-pci\n");
		add_pci(evidence, "0000:00:02.0", "driver=nvme\n");
		model = xdc_model_new(evidence);
		assert_null(device_of(model, "0000:00:02.0")->unread);
		if (cut)
			assert_text(device_of(model, "0000:00:01.0")->unread, "devices");
		else
			assert_null(device_of(model, "0000:00:01.0")->unread);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devices_are_found_by_path_whatever_the_order),
		cmocka_unit_test(test_no_devices_at_all),
		cmocka_unit_test(test_the_parent_is_the_nearest_device_above),
		cmocka_unit_test(test_a_pci_name_is_a_requester_id),
		cmocka_unit_test(test_pci_attributes_are_numbers),
		cmocka_unit_test(test_the_group_has_its_number_and_type),
		cmocka_unit_test(test_udev_s_names_make_the_description),
		cmocka_unit_test(test_what_a_virtio_device_says_is_about_its_transport),
		cmocka_unit_test(test_only_some_buses_configure_dma),
		cmocka_unit_test(test_hostile_names_are_made_safe),
		cmocka_unit_test(test_what_could_not_be_read_is_named),
		cmocka_unit_test(
			test_a_transport_without_its_device_is_unread_where_the_list_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
