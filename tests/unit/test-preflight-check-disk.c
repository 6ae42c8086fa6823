/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* A file, a block device 8:0 that is mounted in part, and loop7 on a second file. */
static struct xdc_evidence *with_disks(void)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_target(evidence, "/a.img", "path=/a.img\ntype=file\nmode=0644\nsize=1\n");
	add_target(evidence, "/ro.img", "path=/ro.img\ntype=file\nmode=0444\nsize=1\n");
	add_target(evidence, "/used.img", "path=/used.img\ntype=file\nmode=0644\nsize=1\n");
	add_target(evidence, "/dev/sda", "path=/dev/sda\ntype=block\nrdev=8:0\n");
	add_target(evidence, "/dev/sdb", "path=/dev/sdb\ntype=block\nrdev=8:16\n");
	add_target(evidence, "/dev/vda1", "path=/dev/vda1\ntype=block\nrdev=254:1\n");
	add_target(evidence, "/dir", "path=/dir\ntype=directory\nmode=0755\n");
	add_absent(evidence, "/none");
	add_record(evidence, "storage", XDC_STATUS_OK,
		   "sda/dev=8:0\nsdb/dev=8:16\nvda1/dev=254:1\nloop7/dev=7:7\n"
		   "loop7/loop=/used.img\n");
	/* sdb is read by one guest, loop7 is written by another. */
	add_record(evidence, "xenstore:/local/domain/0/backend", XDC_STATUS_OK,
		   "vbd/3/51712/mode=r\nvbd/3/51712/physical-device=8:10\n"
		   "vbd/4/51712/physical-device=7:7\nvbd/4/51712/mode=w\n");
	return evidence;
}

static void assert_disk(const char *disk, const char *id, enum xdc_outcome outcome)
{
	xdc_autofree char *config = NULL;
	struct flown flown;

	assert_true(asprintf(&config, "disk=[%s]\n", disk) > 0);
	flown = fly_guest(with_disks(), config);
	if (outcome == XDC_OUTCOME_PASS)
		assert_no_check(&flown, id);
	else
		assert_check(&flown, id, outcome);
	land(&flown);
}

static void test_targets_must_be_there(void **state)
{
	(void)state;
	assert_disk("/none,raw,xvda,w", "disk-target", XDC_OUTCOME_FAIL);
	assert_disk("a.img,raw,xvda,w", "disk-target", XDC_OUTCOME_UNKNOWN);
	assert_disk("/unseen,raw,xvda,w", "disk-target", XDC_OUTCOME_UNKNOWN);
	assert_disk("/a.img,raw,xvda,w", "disk-target", XDC_OUTCOME_PASS);
	/* QEMU opens it itself, later. */
	assert_disk("/none,qcow2,xvda,w,backendtype=qdisk", "disk-target", XDC_OUTCOME_PASS);
}

/* What a recording says of a target is another's text. */
static void test_what_a_target_is_can_be_shown(void **state)
{
	struct xdc_evidence *evidence = with_disks();
	struct flown flown;

	(void)state;
	add_target(evidence, "/odd", "path=/odd\ntype=\\x1b[2J\\x94\n");
	flown = fly_guest(evidence, "disk=[/odd,raw,xvda,w]\n");
	assert_string_equal(check_of(&flown, "disk-target")->because[0].text,
			    "it is a \\x1b[2J\\x94");
	land(&flown);
	evidence = with_disks();
	add_target(evidence, "/nothing", "path=/nothing\n");
	flown = fly_guest(evidence, "disk=[/nothing,raw,xvda,w]\n");
	assert_string_equal(check_of(&flown, "disk-target")->because[0].text,
			    "it is of no kind that is known");
	land(&flown);
}

static void test_something_must_serve_them(void **state)
{
	(void)state;
	assert_disk("/dir,raw,xvda,w,backendtype=phy", "disk-target", XDC_OUTCOME_FAIL);
	assert_disk("/a.img,qcow2,xvda,w,backendtype=phy", "disk-backend", XDC_OUTCOME_FAIL);
	assert_disk("/a.img,empty,xvda,w", "disk-backend", XDC_OUTCOME_FAIL);
	assert_disk("/a.img,raw,xvda,w,backendtype=standalone", "disk-backend", XDC_OUTCOME_FAIL);
	assert_disk("/a.img,raw,xvda,w,backendtype=qdisk,script=s", "disk-backend",
		    XDC_OUTCOME_FAIL);
	assert_disk("/a.img,qcow2,xvda,w", "device-model", XDC_OUTCOME_FAIL);
	assert_disk("/a.img,raw,xvda,w", "device-model", XDC_OUTCOME_PASS);
	assert_disk("!", "disk-syntax", XDC_OUTCOME_FAIL);
	assert_disk("/a.img,raw,xvda,w,backend=nobody", "backend-domain", XDC_OUTCOME_FAIL);
	assert_disk("/none,raw,xvda,w,backend=other", "disk-target", XDC_OUTCOME_PASS);
}

static void test_names_of_disks(void **state)
{
	static const char *const good[] = { "xvda", "xvdz9", "xvdaa1", "hda", "hdd3",
					    "sda",  "sdp15", "51712",  "d1p2" };
	static const char *const bad[] = { "foo", "xvd", "xvda0", "hde", "sdq", "xvda1x", "" };
	char disk[64];

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(good); i++) {
		snprintf(disk, sizeof(disk), "/a.img,raw,%s,w", good[i]);
		assert_disk(disk, "disk-vdev", XDC_OUTCOME_PASS);
	}
	for (size_t i = 0; i < XDC_ARRAY_SIZE(bad); i++) {
		snprintf(disk, sizeof(disk), "/a.img,raw,%s,w", bad[i]);
		assert_disk(disk, "disk-vdev", XDC_OUTCOME_FAIL);
	}
	assert_disk("/a.img,raw,xvda,w|/dev/sda,raw,xvda,w", "disk-vdev", XDC_OUTCOME_FAIL);
}

static void assert_mounted(const char *mount, const char *disk, enum xdc_outcome outcome)
{
	struct xdc_evidence *evidence = with_disks();
	xdc_autofree char *config = NULL, *mounts = NULL;
	struct flown flown;

	assert_true(asprintf(&mounts, "%s21 20 0:5 / /dev/pts rw - devpts devpts rw\n", mount) > 0);
	assert_true(asprintf(&config, "disk=[%s]\n", disk) > 0);
	add_file(evidence, "/proc/self/mountinfo", mounts);
	flown = fly_guest(evidence, config);
	if (outcome == XDC_OUTCOME_PASS)
		assert_no_check(&flown, "disk-in-use");
	else
		assert_check(&flown, "disk-in-use", outcome);
	land(&flown);
}

static void test_what_somebody_has_is_refused(void **state)
{
	static const char *const read_only[] = {
		"22 20 8:0 / /m ro,relatime - ext4 /dev/sda rw\n",
		"22 20 8:0 / /m rw - ext4 /dev/sda ro\n",
		"22 20 8:0 / /m rw shared:1 master:2 - ext4 /dev/sda ro,seclabel\n",
	};

	(void)state;
	/* Mounted in dom0, to be written. */
	assert_disk("/dev/vda1,raw,xvda,w", "disk-in-use", XDC_OUTCOME_FAIL);
	assert_disk("/dev/vda1,raw,xvda,r", "disk-in-use", XDC_OUTCOME_FAIL);
	/* Mounted to be read: it may be read, and not written. */
	for (size_t i = 0; i < XDC_ARRAY_SIZE(read_only); i++) {
		assert_mounted(read_only[i], "/dev/sda,raw,xvda,r", XDC_OUTCOME_PASS);
		assert_mounted(read_only[i], "/dev/sda,raw,xvda,w", XDC_OUTCOME_FAIL);
	}
	assert_mounted("22 20 8:0 / /m rw shared:1 - ext4 /dev/sda rw\n", "/dev/sda,raw,xvda,r",
		       XDC_OUTCOME_FAIL);
	/* Read by a guest: it may be read, and not written. */
	assert_disk("/dev/sdb,raw,xvda,r", "disk-in-use", XDC_OUTCOME_PASS);
	assert_disk("/dev/sdb,raw,xvda,w", "disk-in-use", XDC_OUTCOME_FAIL);
	/* Written by a guest, through a loop device: the script may find that, or may not. */
	assert_disk("/used.img,raw,xvda,r", "disk-in-use", XDC_OUTCOME_UNKNOWN);
	assert_disk("/dev/sda,raw,xvda,w", "disk-in-use", XDC_OUTCOME_PASS);
	assert_disk("/ro.img,raw,xvda,w", "disk-mode", XDC_OUTCOME_FAIL);
	assert_disk("/ro.img,raw,xvda,r", "disk-mode", XDC_OUTCOME_PASS);
}

static void test_loop_devices_are_needed_for_files(void **state)
{
	struct xdc_evidence *evidence = with_disks();
	struct flown flown;

	(void)state;
	add_absent(evidence, "/dev/loop-control");
	add_absent(evidence, "/dev/loop0");
	flown = fly_guest(evidence, "disk=[/a.img,raw,xvda,w]\n");
	assert_check(&flown, "disk-loop", XDC_OUTCOME_FAIL);
	land(&flown);
	evidence = with_disks();
	add_absent(evidence, "/dev/loop-control");
	add_absent(evidence, "/dev/loop0");
	flown = fly_guest(evidence, "disk=[/dev/sda,raw,xvda,w]\n");
	assert_no_check(&flown, "disk-loop");
	land(&flown);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_targets_must_be_there),
		cmocka_unit_test(test_what_a_target_is_can_be_shown),
		cmocka_unit_test(test_something_must_serve_them),
		cmocka_unit_test(test_names_of_disks),
		cmocka_unit_test(test_what_somebody_has_is_refused),
		cmocka_unit_test(test_loop_devices_are_needed_for_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
