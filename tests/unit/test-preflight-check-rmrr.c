/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-dmar.h"
#include "unit-preflight.h"

#define ALONE  "0000:00:02.0"
#define SHARED "0000:00:05.0"
#define OTHER  "0000:00:06.0"

/* A dom0 with these devices for guests; @table: the record of the table that has it, or NULL. */
static struct xdc_evidence *dom0(const char *guest_type, const char *table)
{
	static const char *const names[] = { ALONE, SHARED, OTHER };
	static const char *const keys[] = { "file:" XDC_DMAR_FILE, "file:" XDC_DMAR_HIDDEN_FILE };
	const struct unit_dmar dmar = unit_dmar("RMAD");
	struct xdc_evidence *evidence = evidence_with(
		"xen:physinfo", XDC_STATUS_OK,
		"directio=1\nhvm=1\nnr_cpus=4\ntotal_pages=786432\nfree_pages=262144\n");

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++) {
		char path[64];

		add_pci(evidence, names[i], "driver=pciback\n");
		snprintf(path, sizeof(path), "/sys/bus/pci/devices/%s/reset", names[i]);
		add_target(evidence, path, "type=file\n");
	}
	add_record(evidence, "uname", XDC_STATUS_OK, "machine=x86_64\n");
	add_file(evidence, "/sys/hypervisor/guest_type", guest_type);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		if (table && strcmp(table, keys[i]) == 0)
			add_bytes(evidence, keys[i], dmar.table, dmar.size);
		else
			add_record(evidence, keys[i], XDC_STATUS_ABSENT, "");
	return evidence;
}

static void assert_rmrr(const char *config, enum xdc_outcome outcome)
{
	assert_guest(dom0("PV\n", "file:" XDC_DMAR_HIDDEN_FILE), config, "pci-rmrr", outcome);
	assert_guest(dom0("PV\n", "file:" XDC_DMAR_FILE), config, "pci-rmrr", outcome);
}

static void test_what_is_shared_is_refused(void **state)
{
	(void)state;
	assert_rmrr("pci=[" SHARED "]\n", XDC_OUTCOME_FAIL);
	assert_rmrr("pci=[" ALONE "]\n", XDC_OUTCOME_PASS);
	assert_rmrr("pci=[" OTHER "]\n", XDC_OUTCOME_PASS);
}

static void test_a_relaxed_policy_is_a_warning(void **state)
{
	(void)state;
	assert_rmrr("pci=[" SHARED ",rdm_policy=relaxed]\n", XDC_OUTCOME_WARNING);
	assert_rmrr("pci=[" SHARED ",rdm_policy=strict]\n", XDC_OUTCOME_FAIL);
	assert_rmrr("type=hvm\nrdm=strategy=host,policy=relaxed\npci=[" SHARED "]\n",
		    XDC_OUTCOME_WARNING);
	assert_rmrr("type=hvm\nrdm=strategy=host,policy=strict\npci=[" SHARED "]\n",
		    XDC_OUTCOME_FAIL);
	/* The item's goes first. */
	assert_rmrr("type=hvm\nrdm=strategy=host,policy=relaxed\npci=[" SHARED
		    ",rdm_policy=strict]\n",
		    XDC_OUTCOME_FAIL);
}

static bool is_unchecked(struct xdc_evidence *evidence, const char *part)
{
	unit_autoland struct flown flown = fly_guest(evidence, "pci=[" SHARED "]\n");

	for (size_t i = 0; i < flown.guest->n_not_checked; i++)
		if (strstr(flown.guest->not_checked[i], part))
			return true;
	return false;
}

static void test_where_nothing_tells_that_is_said(void **state)
{
	struct xdc_evidence *broken;

	(void)state;
	assert_true(is_unchecked(dom0("PVH\n", NULL), "RMRR"));
	assert_false(is_unchecked(dom0("PV\n", NULL), "RMRR"));
	assert_false(is_unchecked(dom0("PV\n", "file:" XDC_DMAR_FILE), "RMRR"));
	broken = evidence_with("file:" XDC_DMAR_FILE, XDC_STATUS_OK, "DMAR");
	add_record(broken, "uname", XDC_STATUS_OK, "machine=x86_64\n");
	add_pci(broken, SHARED, "driver=pciback\n");
	assert_true(is_unchecked(broken, "does not parse"));
	broken = evidence_with("file:" XDC_DMAR_FILE, XDC_STATUS_DENIED, "");
	add_record(broken, "uname", XDC_STATUS_OK, "machine=x86_64\n");
	add_pci(broken, SHARED, "driver=pciback\n");
	assert_true(is_unchecked(broken, "RMRR"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_shared_is_refused),
		cmocka_unit_test(test_a_relaxed_policy_is_a_warning),
		cmocka_unit_test(test_where_nothing_tells_that_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
