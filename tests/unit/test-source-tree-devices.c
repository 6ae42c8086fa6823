/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* Makes a device's directory and its entry on the bus; @path is below /sys/devices. */
static void make_device(const struct tmp *tmp, const char *bus, const char *path)
{
	const char *slash = strrchr(path, '/');
	char entry[256], target[256], dir[256];

	snprintf(dir, sizeof(dir), "/sys/devices/%s", path);
	snprintf(entry, sizeof(entry), "/sys/bus/%s/devices/%s", bus, slash ? slash + 1 : path);
	snprintf(target, sizeof(target), "../../../devices/%s", path);
	tmp_dir(tmp, dir);
	tmp_link(tmp, entry, target);
}

/* Its attribute @name, or link where @target is set. */
static void make_attribute(const struct tmp *tmp, const char *path, const char *name,
			   const char *value, const char *target)
{
	char full[256];

	snprintf(full, sizeof(full), "/sys/devices/%s/%s", path, name);
	if (target)
		tmp_link(tmp, full, target);
	else
		tmp_file(tmp, full, value);
}

/* The first 64 bytes of configuration space with this command register. */
static void make_config(const struct tmp *tmp, const char *path, unsigned char command)
{
	unsigned char config[64] = { 0x86, 0x80, 0x26, 0x29, command };
	char full[256];

	/* A newline at the end is a byte like any other. */
	config[62] = '\n';
	snprintf(full, sizeof(full), "/sys/devices/%s/config", path);
	tmp_bytes(tmp, full, config, sizeof(config));
}

/* The value of a device's field; @status is what stands there in its place. */
static const char *value_of(struct xdc_arena *arena, const struct xdc_evidence *evidence,
			    const char *path, const char *name, enum xdc_status *status)
{
	char key[256];
	const struct xdc_record *record;

	snprintf(key, sizeof(key), "device:/devices/%s", path);
	record = xdc_evidence_find(evidence, key);
	assert_non_null(record);
	return xdc_field_find(arena, record->data, name, status);
}

static void assert_value(const struct xdc_evidence *evidence, const char *path, const char *name,
			 const char *expected)
{
	struct xdc_arena *arena = xdc_arena_new();

	assert_text(value_of(arena, evidence, path, name, NULL), expected);
	xdc_arena_free(arena);
}

static void assert_no_value(const struct xdc_evidence *evidence, const char *path, const char *name,
			    enum xdc_status expected)
{
	struct xdc_arena *arena = xdc_arena_new();
	enum xdc_status status;

	assert_null(value_of(arena, evidence, path, name, &status));
	assert_int_equal(status, expected);
	xdc_arena_free(arena);
}

#define BRIDGE	 "platform/4010000000.pcie"
#define FUNCTION BRIDGE "/pci0000:00/0000:00:02.0"

static void test_a_device_is_told_by_its_links(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "platform", BRIDGE);
	make_attribute(tmp, BRIDGE, "driver", NULL, "../../../bus/platform/drivers/pci-host");
	make_attribute(tmp, BRIDGE, "of_node", NULL,
		       "../../../firmware/devicetree/base/soc@0/pcie@10000000");
	make_device(tmp, "pci", FUNCTION);
	make_attribute(tmp, FUNCTION, "iommu_group", NULL, "../../../../../kernel/iommu_groups/7");
	make_attribute(tmp, FUNCTION, "iommu", NULL,
		       "../../../9050000.smmuv3/iommu/smmu3.0x9050000");
	make_attribute(tmp, FUNCTION, "physfn", NULL, "../0000:00:01.0");
	make_attribute(tmp, FUNCTION, "firmware_node", NULL, "../../LNXSYSTM:00/device:07");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_text(xdc_evidence_find(evidence, "devices")->data,
		    "/devices/" BRIDGE "\n/devices/" FUNCTION "\n");
	assert_int_equal(xdc_evidence_find(evidence, "devices")->status, XDC_STATUS_OK);
	assert_value(evidence, BRIDGE, "bus", "platform");
	assert_value(evidence, BRIDGE, "driver", "pci-host");
	assert_value(evidence, BRIDGE, "of_node", "/soc@0/pcie@10000000");
	assert_no_value(evidence, BRIDGE, "iommu_group", XDC_STATUS_ABSENT);
	assert_value(evidence, FUNCTION, "bus", "pci");
	assert_value(evidence, FUNCTION, "iommu_group", "7");
	assert_value(evidence, FUNCTION, "iommu", "smmu3.0x9050000");
	assert_value(evidence, FUNCTION, "physfn", "0000:00:01.0");
	assert_value(evidence, FUNCTION, "firmware_node", "device:07");
	assert_no_value(evidence, FUNCTION, "driver", XDC_STATUS_ABSENT);
}

static void test_the_node_of_the_root_is_a_slash(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "platform", "platform/soc");
	make_attribute(tmp, "platform/soc", "of_node", NULL, "../../../firmware/devicetree/base");
	make_device(tmp, "platform", "platform/stray");
	make_attribute(tmp, "platform/stray", "of_node", NULL, "../../../firmware/elsewhere");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_value(evidence, "platform/soc", "of_node", "/");
	assert_no_value(evidence, "platform/stray", "of_node", XDC_STATUS_IO_ERROR);
}

static void test_a_node_beside_the_device_tree_is_none_of_it(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "platform", "platform/beside");
	make_attribute(tmp, "platform/beside", "of_node", NULL,
		       "../../../firmware/devicetree/based/soc");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_no_value(evidence, "platform/beside", "of_node", XDC_STATUS_IO_ERROR);
}

static void test_a_pci_function_is_told_by_its_attributes(void **state)
{
	static const char *const names[] = { "class", "vendor", "device", "dma_mask_bits",
					     "consistent_dma_mask_bits" };
	static const char *const values[] = { "0x010802", "0x8086", "0x2926", "64", "32" };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "pci", FUNCTION);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++) {
		char line[32];

		snprintf(line, sizeof(line), "%s\n", values[i]);
		make_attribute(tmp, FUNCTION, names[i], line, NULL);
	}
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		assert_value(evidence, FUNCTION, names[i], values[i]);
}

static void test_the_bus_master_bit_is_read_from_the_command_register(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "pci", "pci0000:00/0000:00:01.0");
	make_config(tmp, "pci0000:00/0000:00:01.0", 0x06);
	make_device(tmp, "pci", "pci0000:00/0000:00:02.0");
	make_config(tmp, "pci0000:00/0000:00:02.0", 0x03);
	make_attribute(tmp, "pci0000:00/0000:00:02.0", "power/runtime_status", "unsupported\n",
		       NULL);
	make_device(tmp, "pci", "pci0000:00/0000:00:03.0");
	make_config(tmp, "pci0000:00/0000:00:03.0", 0x04);
	make_attribute(tmp, "pci0000:00/0000:00:03.0", "power/runtime_status", "active\n", NULL);
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_value(evidence, "pci0000:00/0000:00:01.0", "busmaster", "1");
	assert_value(evidence, "pci0000:00/0000:00:02.0", "busmaster", "0");
	assert_value(evidence, "pci0000:00/0000:00:03.0", "busmaster", "1");
}

/* Reading the configuration space of a suspended function wakes it. */
static void test_the_configuration_of_a_suspended_function_is_not_read(void **state)
{
	static const char *const states[] = { "suspended\n", "suspending\n", "resuming\n",
					      "error\n" };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	char path[64];

	for (unsigned int i = 0; i < XDC_ARRAY_SIZE(states); i++) {
		snprintf(path, sizeof(path), "pci0000:00/0000:00:%02x.0", i);
		make_device(tmp, "pci", path);
		make_config(tmp, path, 0x04);
		make_attribute(tmp, path, "power/runtime_status", states[i], NULL);
	}
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	for (unsigned int i = 0; i < XDC_ARRAY_SIZE(states); i++) {
		snprintf(path, sizeof(path), "pci0000:00/0000:00:%02x.0", i);
		assert_no_value(evidence, path, "busmaster", XDC_STATUS_UNSUPPORTED);
	}
}

static void test_a_configuration_too_short_is_an_error(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "pci", "pci0000:00/0000:00:01.0");
	make_attribute(tmp, "pci0000:00/0000:00:01.0", "config", "\x86\x80\x26", NULL);
	make_device(tmp, "pci", "pci0000:00/0000:00:02.0");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_no_value(evidence, "pci0000:00/0000:00:01.0", "busmaster", XDC_STATUS_IO_ERROR);
	assert_no_value(evidence, "pci0000:00/0000:00:02.0", "busmaster", XDC_STATUS_ABSENT);
}

static void test_a_virtio_device_has_features(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "virtio", "platform/a000000.virtio_mmio/virtio0");
	make_attribute(tmp, "platform/a000000.virtio_mmio/virtio0", "features",
		       "0010101000000000000000000000001011000000\n", NULL);
	make_device(tmp, "platform", "platform/other");
	make_attribute(tmp, "platform/other", "features", "111\n", NULL);
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_value(evidence, "platform/a000000.virtio_mmio/virtio0", "features",
		     "0010101000000000000000000000001011000000");
	assert_no_value(evidence, "platform/other", "features", XDC_STATUS_ABSENT);
}

/* uevent and its like take the device's lock, behind which a hung probe may sit. */
static void test_no_attribute_is_read_that_takes_a_lock(void **state)
{
	static const char *const names[] = { "uevent", "online", "waiting_for_supplier",
					     "driver_override" };
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "pci", FUNCTION);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		make_attribute(tmp, FUNCTION, names[i], "x\n", NULL);
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		assert_no_value(evidence, FUNCTION, names[i], XDC_STATUS_ABSENT);
}

static void test_what_is_no_link_to_a_device_is_counted(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *list;

	make_device(tmp, "platform", "platform/real");
	tmp_file(tmp, "/sys/bus/platform/devices/file", "");
	tmp_dir(tmp, "/sys/bus/platform/devices/dir");
	tmp_link(tmp, "/sys/bus/platform/devices/away", "../../../../etc");
	tmp_link(tmp, "/sys/bus/platform/devices/loop", "loop");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	list = xdc_evidence_find(evidence, "devices");
	assert_int_equal(list->status, XDC_STATUS_IO_ERROR);
	assert_string_equal(list->detail, "4 names are no links into /sys/devices");
	assert_string_equal(list->data, "/devices/platform/real\n");
	assert_int_equal(xdc_evidence_count(evidence), 2);
}

/* The port of a serial controller is no device beside the controller. */
static void test_buses_without_masters_are_passed_over(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "platform", "platform/serial8250");
	make_device(tmp, "serial-base", "platform/serial8250/serial8250:0");
	make_device(tmp, "gpio", "platform/gpiochip0");
	make_device(tmp, "memory_tiering", "virtual/memory_tiering4");
	make_device(tmp, "memory", "system/memory0");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_string_equal(xdc_evidence_find(evidence, "devices")->data,
			    "/devices/platform/serial8250\n");
	assert_int_equal(xdc_evidence_count(evidence), 2);
}

static void test_a_link_to_a_device_that_is_gone_is_told(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_link(tmp, "/sys/bus/pci/devices/0000:00:09.0",
		 "../../../devices/pci0000:00/0000:00:09.0");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_int_equal(
		xdc_evidence_find(evidence, "device:/devices/pci0000:00/0000:00:09.0")->status,
		XDC_STATUS_ABSENT);
}

static void test_hostile_names_are_escaped_in_the_list_and_kept_in_the_key(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	make_device(tmp, "platform", "platform/a\nb\x1b[31m");
	make_attribute(tmp, "platform/a\nb\x1b[31m", "driver", NULL, "../drivers/x\ny\x1b");
	evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	assert_text(xdc_evidence_find(evidence, "devices")->data,
		    "/devices/platform/a\\x0ab\\x1b[31m\n");
	assert_text(xdc_evidence_find(evidence, "device:/devices/platform/a\nb\x1b[31m")->data,
		    "bus=platform\ndriver=x\\x0ay\\x1b\n");
}

static void test_no_sysfs_is_no_device_and_no_success(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);

	assert_int_equal(xdc_evidence_find(evidence, "devices")->status, XDC_STATUS_ABSENT);
	assert_int_equal(xdc_evidence_count(evidence), 1);
}

static void test_a_class_lists_names_and_devices(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL, *none = NULL;

	tmp_link(tmp, "/sys/class/net/eth0", "../../devices/platform/30be0000.eth/net/eth0");
	tmp_link(tmp, "/sys/class/net/a\nb", "../../devices/virtual/net/a\nb");
	tmp_link(tmp, "/sys/class/net/c=d", "../../devices/virtual/net/c=d");
	tmp_file(tmp, "/sys/class/net/bonding_masters", "");
	evidence = tmp_ask(tmp, XDC_REQUEST_CLASS, "net", 0);
	assert_text(xdc_evidence_find(evidence, "class:net")->data,
		    "a\\x0ab=/devices/virtual/net/a\\x0ab\n"
		    "eth0=/devices/platform/30be0000.eth/net/eth0\n");
	assert_int_equal(xdc_evidence_find(evidence, "class:net")->status, XDC_STATUS_OK);
	none = tmp_ask(tmp, XDC_REQUEST_CLASS, "nvme", 0);
	assert_int_equal(xdc_evidence_find(none, "class:nvme")->status, XDC_STATUS_ABSENT);
}

/* What is no link where one should be: nobody knows what it would have led to. */
static void test_a_node_that_cannot_be_followed_is_told(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	make_device(tmp, "platform", "platform/a");
	make_attribute(tmp, "platform/a", "of_node", "no link", NULL);
	xdc_tree_devices(&tmp->tree, xdc_evidence_add, evidence);
	assert_no_value(evidence, "platform/a", "of_node", XDC_STATUS_IO_ERROR);
}

/* A bus whose devices cannot be listed may have any. */
static void test_a_bus_that_cannot_be_listed_is_told(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	make_device(tmp, "platform", "platform/a");
	tmp_file(tmp, "/sys/bus/pci/devices", "no directory");
	xdc_tree_devices(&tmp->tree, xdc_evidence_add, evidence);
	assert_int_not_equal(xdc_evidence_find(evidence, "devices")->status, XDC_STATUS_OK);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_device_is_told_by_its_links),
		tree_test(test_the_node_of_the_root_is_a_slash),
		tree_test(test_a_node_beside_the_device_tree_is_none_of_it),
		tree_test(test_a_pci_function_is_told_by_its_attributes),
		tree_test(test_the_bus_master_bit_is_read_from_the_command_register),
		tree_test(test_the_configuration_of_a_suspended_function_is_not_read),
		tree_test(test_a_configuration_too_short_is_an_error),
		tree_test(test_a_virtio_device_has_features),
		tree_test(test_no_attribute_is_read_that_takes_a_lock),
		tree_test(test_what_is_no_link_to_a_device_is_counted),
		tree_test(test_buses_without_masters_are_passed_over),
		tree_test(test_a_link_to_a_device_that_is_gone_is_told),
		tree_test(test_hostile_names_are_escaped_in_the_list_and_kept_in_the_key),
		tree_test(test_no_sysfs_is_no_device_and_no_success),
		tree_test(test_a_class_lists_names_and_devices),
		tree_test(test_a_node_that_cannot_be_followed_is_told),
		tree_test(test_a_bus_that_cannot_be_listed_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
