/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static void test_groups_are_listed_with_their_types(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL;

	tmp_file(tmp, "/sys/kernel/iommu_groups/0/type", "DMA\n");
	tmp_file(tmp, "/sys/kernel/iommu_groups/12/type", "identity\n");
	/* Kernels before 5.10 have none. */
	tmp_dir(tmp, "/sys/kernel/iommu_groups/3");
	tmp_file(tmp, "/sys/kernel/iommu_groups/notes/type", "DMA\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_IOMMU_GROUPS, NULL, 0);
	assert_text(xdc_evidence_find(evidence, "iommu-groups")->data,
		    "0=DMA\n12=identity\n3!absent\n");
}

static void test_reserved_regions_are_listed_where_there_are_any(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = NULL, *none = NULL;

	tmp_file(tmp, "/sys/kernel/iommu_groups/0/type", "DMA\n");
	none = tmp_ask(tmp, XDC_REQUEST_IOMMU_GROUPS, NULL, 0);
	assert_null(xdc_evidence_find(none, "iommu-reserved"));
	tmp_file(tmp, "/sys/kernel/iommu_groups/0/reserved_regions",
		 "0x000000007b800000 0x000000007fffffff direct\n"
		 "0x00000000fee00000 0x00000000feefffff msi\n");
	evidence = tmp_ask(tmp, XDC_REQUEST_IOMMU_GROUPS, NULL, 0);
	assert_text(xdc_evidence_find(evidence, "iommu-reserved")->data,
		    "0=0x000000007b800000 0x000000007fffffff direct\n"
		    "0=0x00000000fee00000 0x00000000feefffff msi\n");
}

/* That a group's regions could not be read is not that it has none. */
static void test_regions_that_cannot_be_read_are_told(void **state)
{
	const struct tmp *tmp = *state;
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();

	tmp_file(tmp, "/sys/kernel/iommu_groups/1/type", "DMA\n");
	tmp_dir(tmp, "/sys/kernel/iommu_groups/1/reserved_regions");
	xdc_tree_iommu_groups(&tmp->tree, xdc_evidence_add, evidence);
	assert_int_equal(xdc_evidence_find(evidence, "iommu-groups")->status, XDC_STATUS_OK);
	assert_int_equal(xdc_evidence_find(evidence, "iommu-reserved")->status,
			 XDC_STATUS_IO_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_groups_are_listed_with_their_types),
		tree_test(test_reserved_regions_are_listed_where_there_are_any),
		tree_test(test_regions_that_cannot_be_read_are_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
