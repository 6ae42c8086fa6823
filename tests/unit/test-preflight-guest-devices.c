/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

static struct xdc_guest *read_config(struct xdc_arena *arena, const char *config)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	add_guest(evidence, 0, config);
	return xdc_guest_read(arena, evidence, 0, "g.cfg", true);
}

static void test_disks_are_what_libxlutil_says(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	const struct xdc_guest *guest =
		read_config(arena, "disk=[/dev/sda,raw,xvda,r|/a.img,qcow2,xvdb,w|!]\n");

	(void)state;
	assert_int_equal(guest->n_disks, 3);
	assert_text(guest->disks[0].target, "/dev/sda");
	assert_text(guest->disks[0].vdev, "xvda");
	assert_false(guest->disks[0].writable);
	assert_text(guest->disks[1].format, "qcow2");
	assert_true(guest->disks[1].writable);
	assert_null(guest->disks[1].script);
	assert_non_null(guest->disks[2].error);
	xdc_arena_free(arena);
}

static void test_vifs_are_taken_apart_as_xl_does(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	const struct xdc_guest *guest = read_config(
		arena,
		"vif=[bridge=br0, mac=00:16:3E:00:00:1f,vifname=v|mac=zz,nonsense=1|type=foo|"
		"type=ioemu,backend=net,script=s,untrusted,colo_x=1]\n");
	static const unsigned char mac[] = { 0, 0x16, 0x3e, 0, 0, 0x1f };

	(void)state;
	assert_int_equal(guest->n_vifs, 4);
	assert_text(guest->vifs[0].bridge, "br0");
	assert_text(guest->vifs[0].name, "v");
	assert_true(guest->vifs[0].has_mac);
	assert_memory_equal(guest->vifs[0].mac, mac, sizeof(mac));
	assert_text(guest->vifs[1].bad_mac, "zz");
	assert_text(guest->vifs[1].unknown, "nonsense=1");
	assert_text(guest->vifs[2].unknown, "type=foo");
	assert_null(guest->vifs[2].type);
	assert_text(guest->vifs[3].type, "ioemu");
	assert_text(guest->vifs[3].backend, "net");
	assert_text(guest->vifs[3].script, "s");
	assert_null(guest->vifs[3].unknown);
	xdc_arena_free(arena);
}

static void test_virtio_types_hold_a_comma(void **state)
{
	struct xdc_arena *arena = xdc_arena_new();
	const struct xdc_guest *guest = read_config(
		arena, "virtio=[backend=io,type=virtio,device22,transport=mmio,grant_usage=1|"
		       "transport=pci|type=virtio|what=1]\n");

	(void)state;
	assert_int_equal(guest->n_virtios, 4);
	assert_text(guest->virtios[0].type, "virtio,device22");
	assert_text(guest->virtios[0].backend, "io");
	assert_null(guest->virtios[0].unknown);
	assert_text(guest->virtios[1].unknown, "transport=pci");
	assert_text(guest->virtios[2].type, "virtio");
	assert_text(guest->virtios[3].unknown, "what=1");
	xdc_arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_disks_are_what_libxlutil_says),
		cmocka_unit_test(test_vifs_are_taken_apart_as_xl_does),
		cmocka_unit_test(test_virtio_types_hold_a_comma),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
