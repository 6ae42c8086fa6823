/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* The second of two guests, each behind its own name. */
static void assert_second(const char *first, const char *second, const char *id,
			  enum xdc_outcome outcome)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct flown flown;
	char config[256];

	add_target(evidence, "/a.img", "path=/a.img\ntype=file\nmode=0644\nsize=1\n");
	add_target(evidence, "/dev/sda", "path=/dev/sda\ntype=block\nrdev=8:0\n");
	add_target(evidence, "/dev/disk", "path=/dev/sda\ntype=block\nrdev=8:0\n");
	add_target(evidence, "/link", "path=/a.img\ntype=file\nmode=0644\nsize=1\n");
	snprintf(config, sizeof(config), "kernel=/k\n%s", first);
	add_guest(evidence, 0, config);
	snprintf(config, sizeof(config), "kernel=/k\n%s", second);
	add_guest(evidence, 1, config);
	flown = fly_guests(evidence, 2);
	if (outcome == XDC_OUTCOME_PASS)
		assert_no_check(&flown, id);
	else
		assert_check(&flown, id, outcome);
	/* The first has nothing to do with those behind it. */
	assert_int_equal(flown.all->items[0].start, XDC_OUTCOME_PASS);
	land(&flown);
}

static void test_names(void **state)
{
	(void)state;
	assert_second("name=a\nmemory=64\n", "name=a\nmemory=64\n", "together-name",
		      XDC_OUTCOME_FAIL);
	assert_second("name=a\nmemory=64\n", "name=b\nmemory=64\n", "together-name",
		      XDC_OUTCOME_PASS);
}

static void test_memory(void **state)
{
	(void)state;
	assert_second("name=a\nmemory=600\n", "name=b\nmemory=600\n", "together-memory",
		      XDC_OUTCOME_FAIL);
	assert_second("name=a\nmemory=300\n", "name=b\nmemory=300\n", "together-memory",
		      XDC_OUTCOME_PASS);
}

static void test_disks(void **state)
{
	(void)state;
	assert_second("name=a\nmemory=64\ndisk=[/a.img,raw,xvda,w]\n",
		      "name=b\nmemory=64\ndisk=[/link,raw,xvda,r]\n", "together-disk",
		      XDC_OUTCOME_UNKNOWN);
	assert_second("name=a\nmemory=64\ndisk=[/dev/sda,raw,xvda,w]\n",
		      "name=b\nmemory=64\ndisk=[/dev/disk,raw,xvda,r]\n", "together-disk",
		      XDC_OUTCOME_FAIL);
	assert_second("name=a\nmemory=64\ndisk=[/a.img,raw,xvda,r]\n",
		      "name=b\nmemory=64\ndisk=[/link,raw,xvda,r]\n", "together-disk",
		      XDC_OUTCOME_PASS);
}

static void test_interfaces(void **state)
{
	(void)state;
	assert_second("name=a\nmemory=64\nvif=[bridge=br0,mac=00:16:3e:00:00:01]\n",
		      "name=b\nmemory=64\nvif=[bridge=br0,mac=00:16:3e:00:00:01]\n", "together-mac",
		      XDC_OUTCOME_WARNING);
	assert_second("name=a\nmemory=64\nvif=[bridge=br0,vifname=v]\n",
		      "name=b\nmemory=64\nvif=[bridge=br0,vifname=v]\n", "together-vifname",
		      XDC_OUTCOME_FAIL);
}

static void test_uuids(void **state)
{
	(void)state;
	assert_second("name=a\nmemory=64\nuuid=01234567-89ab-cdef-0123-456789abcdef\n",
		      "name=b\nmemory=64\nuuid=01234567-89ab-cdef-0123-456789abcdef\n",
		      "together-uuid", XDC_OUTCOME_WARNING);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names), cmocka_unit_test(test_memory),
		cmocka_unit_test(test_disks), cmocka_unit_test(test_interfaces),
		cmocka_unit_test(test_uuids),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
