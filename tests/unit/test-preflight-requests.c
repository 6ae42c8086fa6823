/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a constructed machine is asked for a guest, and what it answers. */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

static const struct xdc_record *record_of(struct xdc_evidence *evidence, const char *key)
{
	const struct xdc_record *record = xdc_evidence_find(evidence, key);

	if (!record)
		fail_msg("not asked: %s", key);
	return record;
}

static void test_a_guests_files_are_asked_for_and_what_they_lead_to(void **state)
{
	const struct tmp *tmp = *state;
	static const char *const configs[] = { "g.cfg" };
	xdc_autosource struct xdc_source *source = NULL;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	tmp_file(tmp, "/etc/xen/xl.conf", "vif.default.script=\"vif-own\"\n");
	tmp_file(tmp, "/etc/xen/scripts/vif-own", "#! /bin/sh -e\n");
	tmp_file(tmp, "/a.img", "data");
	tmp_link(tmp, "/link.img", "/a.img");
	tmp_file(tmp, "/sys/devices/virtual/block/loop0/loop/backing_file", "/backed.img\n");
	tmp_link(tmp, "/sys/class/block/loop0", "../../devices/virtual/block/loop0");
	assert_int_equal(xdc_source_tree(tmp->root, &source), 0);
	add_record(evidence, "uname", XDC_STATUS_OK, "release=6.12.0\n");
	add_guest(evidence, 0,
		  "name=g\nkernel=/k\nramdisk=relative\ndisk=[/"
		  "link.img,raw,xvda,w]\nvif=[bridge=b]\n");
	xdc_preflight_collect(source, evidence, configs, 1);
	assert_int_equal(record_of(evidence, "target:/k")->status, XDC_STATUS_ABSENT);
	assert_contains(record_of(evidence, "target:/link.img")->data, "path=/a.img\n");
	assert_contains(record_of(evidence, "target:/etc/xen/scripts/vif-own")->data,
			"interpreter=/bin/sh\n");
	assert_int_equal(record_of(evidence, "target:/bin/sh")->status, XDC_STATUS_ABSENT);
	assert_int_equal(record_of(evidence, "target:/backed.img")->status, XDC_STATUS_ABSENT);
	assert_contains(record_of(evidence, "storage")->data, "loop0/loop=/backed.img\n");
	record_of(evidence, "network");
	record_of(evidence,
		  "target:/lib/modules/6.12.0/kernel/drivers/block/xen-blkback/xen-blkback.ko.zst");
	assert_null(xdc_evidence_find(evidence, "target:relative"));
	/* It needs no QEMU. */
	assert_null(xdc_evidence_find(evidence, "target:/usr/bin/qemu-system-i386"));
}

static void test_qemu_is_looked_for_where_it_is_needed(void **state)
{
	const struct tmp *tmp = *state;
	static const char *const lines[] = { "disk=[/a.qcow2,qcow2,xvda,w]\n",
					     "disk=[/a.img,raw,xvda,w,backendtype=qdisk]\n",
					     "vfb=[vnc=1]\n", "type=hvm\n" };
	static const char *const configs[] = { "g.cfg" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(lines); i++) {
		xdc_autosource struct xdc_source *source = NULL;
		xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

		assert_int_equal(xdc_source_tree(tmp->root, &source), 0);
		add_guest(evidence, 0, lines[i]);
		xdc_preflight_collect(source, evidence, configs, 1);
		record_of(evidence, "target:/usr/bin/qemu-system-i386");
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_guests_files_are_asked_for_and_what_they_lead_to),
		tree_test(test_qemu_is_looked_for_where_it_is_needed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
