/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void add_block(const struct tmp *tmp, const char *name, const char *file, const char *data)
{
	char path[256], target[256];

	snprintf(path, sizeof(path), "/sys/devices/virtual/block/%s/%s", name, file);
	tmp_file(tmp, path, data);
	if (strcmp(file, "dev") != 0)
		return;
	snprintf(path, sizeof(path), "/sys/class/block/%s", name);
	snprintf(target, sizeof(target), "../../devices/virtual/block/%s", name);
	tmp_link(tmp, path, target);
}

static void test_what_devices_are_made_of(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	const struct xdc_record *record;

	add_block(tmp, "dm-0", "dev", "253:0\n");
	add_block(tmp, "dm-0", "dm/uuid", "LVM-x\n");
	add_block(tmp, "dm-0", "dm/name", "vg-a\\b\n");
	tmp_dir(tmp, "/sys/devices/virtual/block/dm-0/slaves/sda1");
	tmp_dir(tmp, "/sys/devices/virtual/block/dm-0/slaves/sdb1");
	add_block(tmp, "loop0", "dev", "7:0\n");
	add_block(tmp, "loop0", "loop/backing_file", "/a\033.img\n");
	add_block(tmp, "loop0", "loop/dio", "1\n");
	add_block(tmp, "md0", "dev", "9:0\n");
	add_block(tmp, "md0", "md/level", "raid5\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_STORAGE, NULL, 0);
	record = xdc_evidence_find(evidence, "storage");
	assert_int_equal(record->status, XDC_STATUS_OK);
	assert_string_equal(record->data, "dm-0/dev=253:0\ndm-0/dm=LVM-x\ndm-0/dm_name=vg-a\\\\b\n"
					  "dm-0/slave=sda1\ndm-0/slave=sdb1\n"
					  "loop0/dev=7:0\nloop0/dio=1\nloop0/loop=/a\\x1b.img\n"
					  "md0/dev=9:0\nmd0/md=raid5\n");
}

static void test_what_could_not_be_read_is_told(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	add_block(tmp, "dm-0", "dev", "253:0\n");
	/* A link stands for what fails; as root any mode can be read. */
	tmp_link(tmp, "/sys/devices/virtual/block/dm-0/dm/uuid", "uuid");
	tmp_link(tmp, "/sys/devices/virtual/block/dm-0/slaves", "slaves");
	evidence = tmp_ask(tmp, XDC_REQUEST_STORAGE, NULL, 0);
	assert_string_equal(xdc_evidence_find(evidence, "storage")->data,
			    "dm-0/dev=253:0\ndm-0/dm!io-error\ndm-0/slave!io-error\n");
}

static void test_without_sysfs_it_is_absent(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		tmp_ask(*state, XDC_REQUEST_STORAGE, NULL, 0);

	assert_int_equal(xdc_evidence_find(evidence, "storage")->status, XDC_STATUS_ABSENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_what_devices_are_made_of),
		tree_test(test_what_could_not_be_read_is_told),
		tree_test(test_without_sysfs_it_is_absent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
