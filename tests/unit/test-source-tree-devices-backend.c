/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* lib/source/tree-devices.c: on which device a guest's disk ends. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* A backend whose device has that number. */
static void make_backend(const struct tmp *tmp, const char *number)
{
	tmp_link(tmp, "/sys/bus/xen-backend/devices/vbd-1-51712", "../../../devices/vbd-1-51712");
	tmp_dir(tmp, "/sys/devices/vbd-1-51712");
	if (number)
		tmp_file(tmp, "/sys/devices/vbd-1-51712/physical_device", number);
}

/* The values of the backend's fields "serves", separated by blanks; the caller's. */
static char *served(const struct tmp *tmp)
{
	xdc_autoevidence struct xdc_evidence *evidence = tmp_ask(tmp, XDC_REQUEST_DEVICES, NULL, 0);
	const struct xdc_record *record =
		xdc_evidence_find(evidence, "device:/devices/vbd-1-51712");
	xdc_autofree char *data = NULL;
	FILE *out = unit_stream();
	char *cursor, *line;

	assert_non_null(record);
	data = xdc_strdup(record->data);
	cursor = data;
	while ((line = xdc_text_next_line(&cursor)))
		if (xdc_text_starts_with(line, "serves="))
			fprintf(out, "%s ", line + strlen("serves="));
	return unit_text(out);
}

static void assert_serves(const struct tmp *tmp, const char *expected)
{
	xdc_autofree char *found = served(tmp);

	assert_string_equal(found, expected);
}

#define NVME "/devices/pci0000:00/0000:00:02.0/nvme/nvme0/nvme0n1"

static void test_a_disk_ends_on_the_block_device_of_its_number(void **state)
{
	const struct tmp *tmp = *state;

	/* Hexadecimal there, decimal in /sys/dev. */
	make_backend(tmp, "103:1a\n");
	tmp_link(tmp, "/sys/dev/block/259:26", "../.." NVME);
	tmp_dir(tmp, "/sys" NVME);
	assert_serves(tmp, NVME " ");
}

static void test_a_volume_ends_on_what_it_is_made_of(void **state)
{
	const struct tmp *tmp = *state;

	make_backend(tmp, "fd:0\n");
	tmp_link(tmp, "/sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
	tmp_link(tmp, "/sys/devices/virtual/block/dm-0/slaves/dm-1", "../../dm-1");
	tmp_link(tmp, "/sys/devices/virtual/block/dm-0/slaves/sda", "../../../../pci0000:00/sda");
	tmp_link(tmp, "/sys/devices/virtual/block/dm-1/slaves/nvme0n1", "../../../../.." NVME);
	tmp_dir(tmp, "/sys" NVME);
	tmp_dir(tmp, "/sys/devices/pci0000:00/sda/slaves");
	assert_serves(tmp, NVME " /devices/pci0000:00/sda ");
}

/* A tree that somebody made up may go in circles. */
static void test_volumes_made_of_themselves_come_to_an_end(void **state)
{
	const struct tmp *tmp = *state;

	make_backend(tmp, "fd:0\n");
	tmp_link(tmp, "/sys/dev/block/253:0", "../../devices/virtual/block/dm-0");
	tmp_link(tmp, "/sys/devices/virtual/block/dm-0/slaves/dm-0", "../../dm-0");
	assert_serves(tmp, "/devices/virtual/block/dm-0 ");
}

static void test_a_backend_without_a_device_serves_none(void **state)
{
	const struct tmp *tmp = *state;

	make_backend(tmp, NULL);
	assert_serves(tmp, "");
}

static void test_a_number_that_is_none_serves_none(void **state)
{
	const struct tmp *tmp = *state;

	make_backend(tmp, "../../x\n");
	tmp_link(tmp, "/sys/dev/block/0:0", "../.." NVME);
	assert_serves(tmp, "");
}

static void test_a_number_of_no_device_serves_none(void **state)
{
	const struct tmp *tmp = *state;

	make_backend(tmp, "fd:0\n");
	assert_serves(tmp, "");
	tmp_link(tmp, "/sys/dev/block/253:0", "../../../etc");
	assert_serves(tmp, "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_disk_ends_on_the_block_device_of_its_number),
		tree_test(test_a_volume_ends_on_what_it_is_made_of),
		tree_test(test_volumes_made_of_themselves_come_to_an_end),
		tree_test(test_a_backend_without_a_device_serves_none),
		tree_test(test_a_number_that_is_none_serves_none),
		tree_test(test_a_number_of_no_device_serves_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
