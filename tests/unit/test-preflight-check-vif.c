/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

static void assert_vif(struct xdc_evidence *evidence, const char *vif, const char *id,
		       enum xdc_outcome outcome)
{
	xdc_autofree char *config = NULL;
	struct flown flown;

	assert_true(asprintf(&config, "vif=[%s]\n", vif) > 0);
	flown = fly_guest(evidence, config);
	if (outcome == XDC_OUTCOME_PASS)
		assert_no_check(&flown, id);
	else
		assert_check(&flown, id, outcome);
	land(&flown);
}

static void test_bridges(void **state)
{
	(void)state;
	assert_vif(xdc_evidence_new(), "bridge=br0", "vif-bridge", XDC_OUTCOME_PASS);
	assert_vif(xdc_evidence_new(), "mac=00:16:3e:00:00:01", "vif-bridge", XDC_OUTCOME_PASS);
	assert_vif(xdc_evidence_new(), "bridge=none", "vif-bridge", XDC_OUTCOME_FAIL);
	assert_vif(evidence_with("class:net", XDC_STATUS_OK, "lo=/devices/virtual/net/lo\n"),
		   "mac=00:16:3e:00:00:01", "vif-bridge", XDC_OUTCOME_FAIL);
	assert_vif(evidence_with("class:net", XDC_STATUS_DENIED, ""), "bridge=br0", "vif-bridge",
		   XDC_OUTCOME_UNKNOWN);
	assert_vif(evidence_with("network", XDC_STATUS_OK, "br0/flags=0x1002\nbr0/bridge=\n"),
		   "bridge=br0", "vif-bridge", XDC_OUTCOME_WARNING);
	/* What is looked for where none is named is xl.conf's to say. */
	assert_vif(evidence_with("file:/etc/xen/xl.conf", XDC_STATUS_OK,
				 "vif.default.bridge=\"nobr\"\n"),
		   "mac=00:16:3e:00:00:01", "vif-bridge", XDC_OUTCOME_FAIL);
}

/* The script takes ethN, a bridge, for a xenbrN that is not there. */
static void test_an_old_bridge_by_its_new_name(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	(void)state;
	add_record(evidence, "class:net", XDC_STATUS_OK, "eth1=/devices/virtual/net/eth1\n");
	add_record(evidence, "network", XDC_STATUS_OK, "eth1/flags=0x1003\neth1/bridge=\n");
	assert_vif(evidence, "bridge=xenbr1", "vif-bridge", XDC_OUTCOME_PASS);
}

static void test_addresses(void **state)
{
	static const char used[] = "vif/3/0/mac=00:16:3e:00:00:01\n";

	(void)state;
	assert_vif(xdc_evidence_new(), "bridge=br0,mac=zz", "vif-mac", XDC_OUTCOME_WARNING);
	assert_vif(xdc_evidence_new(), "bridge=br0,mac=01:16:3e:00:00:01", "vif-mac",
		   XDC_OUTCOME_WARNING);
	assert_vif(xdc_evidence_new(),
		   "bridge=br0,mac=00:16:3e:00:00:01|bridge=br0,mac=0:16:3E:0:0:1", "vif-mac",
		   XDC_OUTCOME_WARNING);
	assert_vif(evidence_with("xenstore:/local/domain/0/backend", XDC_STATUS_OK, used),
		   "bridge=br0,mac=00:16:3E:00:00:01", "vif-mac", XDC_OUTCOME_WARNING);
	assert_vif(evidence_with("xenstore:/local/domain/0/backend", XDC_STATUS_OK, used),
		   "bridge=br0,mac=00:16:3e:00:00:02", "vif-mac", XDC_OUTCOME_PASS);
}

static void test_words(void **state)
{
	(void)state;
	assert_vif(xdc_evidence_new(), "bridge=br0,nonsense=1", "vif-syntax", XDC_OUTCOME_WARNING);
	assert_vif(xdc_evidence_new(), "bridge=br0,type=ioemu", "vif-type", XDC_OUTCOME_FAIL);
	assert_vif(xdc_evidence_new(), "bridge=br0,type=vif,model=e1000,rate=1MB/s", "vif-syntax",
		   XDC_OUTCOME_PASS);
	assert_vif(evidence_with("guest:0:rate:0", XDC_STATUS_IO_ERROR, ""), "bridge=br0,rate=x",
		   "vif-syntax", XDC_OUTCOME_FAIL);
	assert_vif(xdc_evidence_new(), "bridge=br0,vifname=br0", "vif-name", XDC_OUTCOME_FAIL);
	assert_vif(xdc_evidence_new(), "bridge=br0,vifname=sixteen-letters-x", "vif-name",
		   XDC_OUTCOME_FAIL);
	assert_vif(xdc_evidence_new(), "bridge=br0,vifname=v", "vif-name", XDC_OUTCOME_PASS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bridges),
		cmocka_unit_test(test_an_old_bridge_by_its_new_name),
		cmocka_unit_test(test_addresses),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
