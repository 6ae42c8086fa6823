/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-mask.h"

#define DOMAINS	 "xenstore:/local/domain"
#define BACKENDS "xenstore:/local/domain/0/backend"

static void test_domains_get_pseudonyms(void **state)
{
	(void)state;
	assert_masked(DOMAINS, "0/name=Domain-0\n1/name=mail\n12/name=db 2\n3/name!denied\n",
		      "0/name=Domain-0\n1/name=domain-1\n12/name=domain-2\n3/name!denied\n");
	assert_masked(DOMAINS, "1/vm=/vm/8be4ab61-0e13\n2/vm=hunter2\nx/vm=/vm/8be4\n",
		      "1/vm=/vm/uuid-1\n<masked>\n<masked>\n");
	assert_masked(DOMAINS, "1/xm=/vm/8be4\nname=x\n/name=x\nx/name=y\n1/name!hunter2\n1/name\n",
		      "<masked>\n<masked>\n<masked>\n<masked>\n1/name!<masked>\n<masked>\n");
}

static void test_what_the_model_reads_of_backends_stays(void **state)
{
	static const char lines[] = "vbd/1/51712/frontend=/local/domain/1/device/vbd/51712\n"
				    "vbd/1/51712/frontend-id=1\nvbd/1/51712/online=1\n"
				    "vbd/1/51712/state=4\nvbd/1/51712/type=phy\n"
				    "vbd/1/51712/mode=r\nvbd/1/51712/device-type=disk\n"
				    "vbd/1/51712/params=/dev/nvme0n1p2\n"
				    "vbd/1/51712/params=phy:/dev/sda1\n"
				    "vbd/1/51712/physical-device-path=/dev/dm-3\n"
				    "vbd/1/51712/feature-max-indirect-segments=256\n"
				    "vbd/1/51712/physical-device=103:0\n"
				    "vbd/1/51712/hotplug-status=connected\n"
				    "vbd/1/51712/script=/etc/xen/scripts/block\n"
				    "pci/1/0/dev-0=0000:00:03.0\n"
				    "vif/1/0/bridge=xenbr0\nvif/1/0/handle=0\n"
				    "console/1/0/state!denied\nqdisk!denied\nqdisk/1!absent\n";

	(void)state;
	assert_masked(BACKENDS, lines, lines);
}

static void test_targets_are_reduced_to_their_kind(void **state)
{
	(void)state;
	assert_masked(BACKENDS,
		      "vbd/1/1/params=/dev/vg0/acme-mail\nvbd/1/1/params=aio:/srv/acme.img\n"
		      "vbd/1/1/params=tap:aio:/home/alicia/x\nvbd/1/1/params=rbd:pool/acme\n"
		      "vbd/1/2/params=/srv/acme.img\nvbd/1/2/params=/dev/sdabcdef9\n",
		      "vbd/1/1/params=/dev/path-1\nvbd/1/1/params=aio:path-2\n"
		      "vbd/1/1/params=tap:aio:path-3\nvbd/1/1/params=rbd:path-4\n"
		      "vbd/1/2/params=path-2\nvbd/1/2/params=/dev/path-5\n");
}

static void test_other_values_are_masked(void **state)
{
	(void)state;
	assert_masked(BACKENDS,
		      "vif/1/0/mac=00:16:3e:12:34:56\nvif/1/0/bridge=acme\nvif/1/0/script=/srv/x\n"
		      "vbd/1/1/state=hunter2\nvbd/1/1/type=hunter2\nvbd/1/1/frontend=/local/x\n",
		      "vif/1/0/mac=mac-1\nvif/1/0/bridge=name-1\nvif/1/0/script=path-1\n"
		      "vbd/1/1/state=<masked>\nvbd/1/1/type=<masked>\nvbd/1/1/frontend=<masked>\n");
}

static void test_unknown_keys_are_masked(void **state)
{
	static const char *const lines[] = {
		"vbd/1/51712/vnc-passwd=hunter2",
		"vbd/1/51712/password=hunter2",
		"data/hunter2=1",
		"vbd/1/hunter2/state=1",
		"vbd/hunter2/1/state=1",
		"hunter2/1/1/state=1",
		"hunter2!denied",
		"vbd/1/1/x/state=hunter2",
		"vbd/1/51712/token=hunter2",
		"hunter2",
		"vbd/1/1/state!hunter2",
		"vkbd/1/0/keys=hunter2",
		"pci/1/0/device=hunter2",
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(lines); i++)
		assert_masked(BACKENDS, lines[i], "<masked>");
}

static void test_a_password_is_masked_elsewhere_too(void **state)
{
	(void)state;
	assert_masked_with(evidence_with(BACKENDS, XDC_STATUS_OK, "vbd/1/1/vnc-passwd=hunter2x\n"),
			   "kmsg", "6,1,1,-;a hunter2x b\n", "6,1,1,-;a <masked> b\n");
}

static void test_settings_are_numbers(void **state)
{
	(void)state;
	assert_masked("xenstore:/tool/xenstored", "domid=10\nname=hunter2\nquota=10\nx\n",
		      "domid=10\n<masked>\n<masked>\n<masked>\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_domains_get_pseudonyms),
		cmocka_unit_test(test_what_the_model_reads_of_backends_stays),
		cmocka_unit_test(test_targets_are_reduced_to_their_kind),
		cmocka_unit_test(test_other_values_are_masked),
		cmocka_unit_test(test_unknown_keys_are_masked),
		cmocka_unit_test(test_a_password_is_masked_elsewhere_too),
		cmocka_unit_test(test_settings_are_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
