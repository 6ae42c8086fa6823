/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* Each disk of a machine whose second device does guests' pages wrong. */
static const char blocks[] =
	"sda=" PCI_PATH GOOD_DEVICE "/ata1/host0/block/sda\n"
	"sda1=" PCI_PATH GOOD_DEVICE "/ata1/host0/block/sda/sda1\n"
	"nvme0n1=" PCI_PATH BAD_DEVICE "/nvme/nvme0/nvme0n1\n"
	"nvme0n1p2=" PCI_PATH BAD_DEVICE "/nvme/nvme0/nvme0n1/nvme0n1p2\n"
	"sdi=/devices/platform/host3/session1/target3:0:0/block/sdi\n"
	"dm-0=/devices/virtual/block/dm-0\ndm-1=/devices/virtual/block/dm-1\n"
	"dm-2=/devices/virtual/block/dm-2\nmd0=/devices/virtual/block/md0\n"
	"md5=/devices/virtual/block/md5\nloop0=/devices/virtual/block/loop0\n"
	"loop1=/devices/virtual/block/loop1\nzram0=/devices/virtual/block/zram0\n"
	"nbd0=/devices/virtual/block/nbd0\ndm-9=/devices/virtual/block/dm-9\n"
	"dm-8=/devices/virtual/block/dm-8\nloop8=/devices/virtual/block/loop8\n";
static const char storage[] =
	"sda/dev=8:0\nsda1/dev=8:1\nsda1/partition=1\n"
	"nvme0n1/dev=259:0\nnvme0n1p2/dev=259:2\nnvme0n1p2/partition=2\nsdi/dev=8:128\n"
	/* A volume on the bad one; a volume on both; an encrypted one on the bad one. */
	"dm-0/dev=253:0\ndm-0/dm=LVM-abc\ndm-0/slave=nvme0n1p2\n"
	"dm-1/dev=253:1\ndm-1/dm=LVM-abd\ndm-1/slave=sda1\ndm-1/slave=nvme0n1p2\n"
	"dm-2/dev=253:2\ndm-2/dm=CRYPT-LUKS2-x\ndm-2/slave=nvme0n1\n"
	"md0/dev=9:0\nmd0/md=raid1\nmd0/slave=sda\n"
	"md5/dev=9:5\nmd5/md=raid5\nmd5/slave=nvme0n1\n"
	"loop0/dev=7:0\nloop0/loop=/a.img\nloop0/dio=0\n"
	"loop1/dev=7:1\nloop1/loop=/a.img\nloop1/dio=1\nzram0/dev=252:0\nnbd0/dev=43:0\n"
	/* It lies on itself. */
	"dm-9/dev=253:9\ndm-9/slave=dm-9\n"
	/* What could not be read: what it is made of, whether it has direct I/O. */
	"dm-8/dev=253:8\ndm-8/dm!denied\ndm-8/slave=sda\nloop8/dev=7:8\nloop8/loop=/a.img\n"
	"loop8/dio!io-error\n";

static void add_node(struct xdc_evidence *evidence, const char *path, const char *number)
{
	char fields[128];

	snprintf(fields, sizeof(fields), "path=%s\ntype=block\nrdev=%s\n", path, number);
	add_target(evidence, path, fields);
}

static struct xdc_evidence *machine(void)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	static const char *const nodes[][2] = {
		{ "/dev/sda", "8:0" },	      { "/dev/sda1", "8:1" },
		{ "/dev/nvme0n1", "259:0" },  { "/dev/nvme0n1p2", "259:2" },
		{ "/dev/vg/bad", "253:0" },   { "/dev/vg/both", "253:1" },
		{ "/dev/mapper/c", "253:2" }, { "/dev/md0", "9:0" },
		{ "/dev/md5", "9:5" },	      { "/dev/loop0", "7:0" },
		{ "/dev/loop1", "7:1" },      { "/dev/zram0", "252:0" },
		{ "/dev/sdi", "8:128" },      { "/dev/nbd0", "43:0" },
		{ "/dev/strange", "99:9" },   { "/dev/dm-9", "253:9" },
		{ "/dev/dm-8", "253:8" },     { "/dev/loop8", "7:8" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(nodes); i++)
		add_node(evidence, nodes[i][0], nodes[i][1]);
	add_target(evidence, "/a.img", "path=/a.img\ntype=file\nmode=0644\nsize=1\ndev=259:2\n");
	add_record(evidence, "class:block", XDC_STATUS_OK, blocks);
	add_record(evidence, "storage", XDC_STATUS_OK, storage);
	add_io_devices(evidence);
	return evidence;
}

static struct flown fly_disk(const char *disk)
{
	xdc_autofree char *config = NULL;

	assert_true(asprintf(&config, "disk=[%s]\n", disk) > 0);
	return fly_guest(machine(), config);
}

static void assert_way(const char *disk, size_t index, const char *way, const char *device,
		       enum xdc_pages to_device, enum xdc_pages from_device,
		       enum xdc_io_verdict verdict)
{
	unit_autoland struct flown flown = fly_disk(disk);
	const struct xdc_io *io = &flown.guest->io[index];
	char text[512] = "";

	assert_true(flown.guest->n_io > index);
	for (size_t i = 0; i < io->n_through; i++)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s", i ? " " : "",
			 io->through[i]);
	assert_string_equal(text, way);
	if (device)
		assert_string_equal(io->device->device->name, device);
	else
		assert_null(io->device);
	assert_string_equal(xdc_pages_name(io->to_device), xdc_pages_name(to_device));
	assert_string_equal(xdc_pages_name(io->from_device), xdc_pages_name(from_device));
	assert_string_equal(xdc_io_verdict_name(io->verdict), xdc_io_verdict_name(verdict));
}

#define REACH  XDC_PAGES_REACH
#define COPIED XDC_PAGES_COPIED

static void test_what_reaches_a_device_depends_on_the_device(void **state)
{
	(void)state;
	assert_way("/dev/sda,raw,xvda,w", 0, "/dev/sda", GOOD_DEVICE, REACH, REACH, XDC_IO_SAFE);
	assert_way("/dev/nvme0n1,raw,xvda,w", 0, "/dev/nvme0n1", BAD_DEVICE, REACH, REACH,
		   XDC_IO_UNSAFE);
	assert_way("/dev/nvme0n1p2,raw,xvda,w", 0, "/dev/nvme0n1p2", BAD_DEVICE, REACH, REACH,
		   XDC_IO_UNSAFE);
	assert_way("/dev/vg/bad,raw,xvda,w", 0, "/dev/vg/bad dm-0 (LVM) nvme0n1p2 nvme0n1",
		   BAD_DEVICE, REACH, REACH, XDC_IO_UNSAFE);
	assert_way("/dev/md0,raw,xvda,w", 0, "/dev/md0 md0 (raid1) sda", GOOD_DEVICE, REACH, REACH,
		   XDC_IO_SAFE);
}

static void test_each_device_below_is_a_way(void **state)
{
	unit_autoland struct flown flown = fly_disk("/dev/vg/both,raw,xvda,w");

	(void)state;
	assert_int_equal(flown.guest->n_io, 2);
	assert_way("/dev/vg/both,raw,xvda,w", 0, "/dev/vg/both dm-1 (LVM) sda1 sda", GOOD_DEVICE,
		   REACH, REACH, XDC_IO_SAFE);
	assert_way("/dev/vg/both,raw,xvda,w", 1, "/dev/vg/both dm-1 (LVM) nvme0n1p2 nvme0n1",
		   BAD_DEVICE, REACH, REACH, XDC_IO_UNSAFE);
	assert_int_equal(flown.guest->io_safe, XDC_IO_UNSAFE);
	assert_int_equal(flown.guest->start, XDC_OUTCOME_PASS);
	assert_int_equal(flown.guest->result, XDC_OUTCOME_FAIL);
}

/* The kernel's own memory is what a device sees of these; of two of them, in one direction. */
static void test_who_copies(void **state)
{
	(void)state;
	assert_way("/a.img,raw,xvda,w", 0, "/a.img", NULL, COPIED, COPIED, XDC_IO_SAFE);
	assert_way("/dev/loop0,raw,xvda,w", 0, "/dev/loop0 /a.img", NULL, COPIED, COPIED,
		   XDC_IO_SAFE);
	assert_way("/a.img,raw,xvda,w,backendtype=qdisk", 0, "/a.img", NULL, COPIED, COPIED,
		   XDC_IO_SAFE);
	assert_way("/dev/zram0,raw,xvda,w", 0, "/dev/zram0", NULL, COPIED, COPIED, XDC_IO_SAFE);
	assert_way("/dev/mapper/c,raw,xvda,w", 0, "/dev/mapper/c dm-2 (dm-crypt) nvme0n1",
		   BAD_DEVICE, COPIED, REACH, XDC_IO_UNSAFE);
	assert_way("/dev/md5,raw,xvda,w", 0, "/dev/md5 md5 (raid5) nvme0n1", BAD_DEVICE, COPIED,
		   REACH, XDC_IO_UNSAFE);
}

/* Direct I/O hands the pages on to what the file is on. */
static void test_loop_with_direct_io_copies_nothing(void **state)
{
	(void)state;
	assert_way("/dev/loop1,raw,xvda,w", 0, "/dev/loop1 /a.img nvme0n1p2 nvme0n1", BAD_DEVICE,
		   REACH, REACH, XDC_IO_UNSAFE);
}

static void test_what_cannot_be_followed_is_unknown(void **state)
{
	static const char *const disks[] = {
		"/dev/sdi,raw,xvda,w",
		"/dev/nbd0,raw,xvda,w",
		"/dev/strange,raw,xvda,w",
		"/a.img,raw,xvda,w,script=block-drbd",
		"/a.img,raw,xvda,w,backend=other",
		"/unseen,raw,xvda,w",
		"/dev/dm-9,raw,xvda,w",
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(disks); i++) {
		unit_autoland struct flown flown = fly_disk(disks[i]);

		assert_int_equal(flown.guest->n_io, 1);
		assert_int_equal(flown.guest->io[0].verdict, XDC_IO_UNKNOWN);
		assert_non_null(flown.guest->io[0].why);
		assert_int_equal(flown.guest->io_safe, XDC_IO_UNKNOWN);
	}
}

static void test_what_could_not_be_read_is_named(void **state)
{
	static const char *const disks[][2] = {
		{ "/dev/dm-8,raw,xvda,w", "dm of dm-8 could not be read (denied)" },
		{ "/dev/loop8,raw,xvda,w", "dio of loop8 could not be read (io-error)" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(disks); i++) {
		unit_autoland struct flown flown = fly_disk(disks[i][0]);

		assert_int_equal(flown.guest->n_io, 1);
		assert_int_equal(flown.guest->io[0].verdict, XDC_IO_UNKNOWN);
		assert_text(flown.guest->io[0].why, disks[i][1]);
		assert_int_equal(flown.guest->io_safe, XDC_IO_UNKNOWN);
	}
}

/* A recording of before: no node, no numbers, and yet the kernel's list of block devices. */
static void test_a_name_in_the_kernels_list_will_do(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;

	(void)state;
	add_record(evidence, "target:/dev/nvme0n1", XDC_STATUS_UNSUPPORTED, "");
	add_record(evidence, "class:block", XDC_STATUS_OK, blocks);
	add_record(evidence, "storage", XDC_STATUS_UNSUPPORTED, "");
	add_io_devices(evidence);
	flown = fly_guest(evidence, "disk=[/dev/nvme0n1,raw,xvda,r]\n");
	assert_int_equal(flown.guest->start, XDC_OUTCOME_PASS);
	assert_int_equal(flown.guest->io_safe, XDC_IO_UNSAFE);
	assert_string_equal(flown.guest->io[0].device->device->name, BAD_DEVICE);
	land(&flown);
}

static void test_it_is_said_what_to_do(void **state)
{
	unit_autoland struct flown flown = fly_disk("/dev/nvme0n1,raw,xvda,w");
	const struct xdc_preflight_check *check = check_of(&flown, "XDC-FOREIGN-PAGES");

	(void)state;
	assert_non_null(check);
	assert_true(check->about_io);
	assert_contains(check->title, BAD_DEVICE);
	assert_contains(check->advice[0], "iommu.passthrough=1");
	assert_contains(check->advice[1], "loop");
}

static void test_an_empty_drive_has_no_io(void **state)
{
	unit_autoland struct flown flown = fly_disk(",empty,xvda,r,cdrom=1");

	(void)state;
	assert_int_equal(flown.guest->n_io, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_reaches_a_device_depends_on_the_device),
		cmocka_unit_test(test_each_device_below_is_a_way),
		cmocka_unit_test(test_who_copies),
		cmocka_unit_test(test_loop_with_direct_io_copies_nothing),
		cmocka_unit_test(test_what_cannot_be_followed_is_unknown),
		cmocka_unit_test(test_what_could_not_be_read_is_named),
		cmocka_unit_test(test_a_name_in_the_kernels_list_will_do),
		cmocka_unit_test(test_it_is_said_what_to_do),
		cmocka_unit_test(test_an_empty_drive_has_no_io),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
