/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each path in each kind of domain; the path is observed, so that any can stand anywhere. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

enum domain { ARM_DOM0, ARM_COLOURED_DOM0, ARM_GUEST, ARM_BARE, PV_DOM0, PVH_DOM0, PV_GUEST };

static const struct machine machines[] = {
	[ARM_DOM0] = { "aarch64", "6.1.0", FEATURES_DIRECT_MAPPED, "HVM\n", "" },
	[ARM_COLOURED_DOM0] = { "aarch64", "6.1.0", FEATURES_NOT_DIRECT_MAPPED, "HVM\n", "" },
	[ARM_GUEST] = { "aarch64", "6.1.0", FEATURES_GUEST, "HVM\n", "" },
	[ARM_BARE] = { "aarch64", "6.1.0", NULL, NULL, "" },
	[PV_DOM0] = { "x86_64", "6.1.0", "00000800\n", "PV\n", "" },
	[PVH_DOM0] = { "x86_64", "6.1.0", "00000800\n", "PVH\n", "" },
	[PV_GUEST] = { "x86_64", "6.1.0", "00000000\n", "PV\n", "" },
};

#define TABLE(functions) "ops=table\nglobal_ops=1\nmap_sg=" functions "map_sg\n"
#define SWIOTLB		 TABLE("xen_swiotlb_")
#define IOMMU		 TABLE("iommu_dma_")
#define GRANT		 TABLE("xen_grant_dma_")
#define OTHER		 TABLE("gart_")
#define DIRECT		 "ops=none\nglobal_ops=1\n"
#define UNNAMED		 "ops=unreadable\nglobal_ops=1\n"

struct given {
	enum domain domain;
	const char *observed;
	const char *group; /* its IOMMU group's type, NULL: in none */
	bool serves_guests;
	const char *virtio; /* features of a virtio device on it */
	bool no_dma_known;  /* a platform device: nothing shows DMA */
};

struct expected {
	enum xdc_verdict verdict;
	enum xdc_memory own;
	enum xdc_memory foreign;
};

#define NAME(given) ((given)->no_dma_known ? "x" : "0000:00:02.0")

static struct xdc_report *judge(const struct given *given)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	char fields[128], groups[32];

	snprintf(fields, sizeof(fields), "driver=d\nof_node=/x\nbusmaster=1\n%s",
		 given->group ? "iommu_group=1\n" : "");
	if (given->no_dma_known)
		add_platform(evidence, "x", fields);
	else
		add_pci(evidence, "0000:00:02.0", fields);
	add_observation(evidence, NAME(given), given->observed);
	if (given->group) {
		snprintf(groups, sizeof(groups), *given->group ? "1=%s\n" : "1!absent\n%s",
			 given->group);
		add_record(evidence, "iommu-groups", XDC_STATUS_OK, groups);
	}
	if (given->serves_guests)
		add_device(evidence, "/devices/vbd-1-51712",
			   given->no_dma_known ? "bus=xen-backend\nserves=" PLATFORM_PATH
						 "x/block/sda\n"
					       : "bus=xen-backend\nserves=" PCI_PATH
						 "0000:00:02.0/block/sda\n");
	if (given->virtio) {
		snprintf(fields, sizeof(fields), "bus=virtio\ndriver=v\nfeatures=%s\n",
			 given->virtio);
		add_device(evidence, PCI_PATH "0000:00:02.0/virtio0", fields);
	}
	add_machine(evidence, &machines[given->domain]);
	return xdc_report_new(evidence);
}

static const char *memory(enum xdc_memory memory)
{
	return memory == XDC_MEMORY_NOT_ASKED ? "not asked" : xdc_memory_name(memory);
}

static void assert_verdict(const struct given *given, const struct expected *expected)
{
	xdc_autoreport struct xdc_report *report = judge(given);
	const struct xdc_attribution *a = attribution_of(report, NAME(given));

	assert_string_equal(memory(a->own_memory), memory(expected->own));
	assert_string_equal(memory(a->foreign_pages), memory(expected->foreign));
	assert_string_equal(xdc_verdict_name(a->verdict), xdc_verdict_name(expected->verdict));
}

#define GIVEN(...)                                                                                 \
	&(struct given)                                                                            \
	{                                                                                          \
		__VA_ARGS__                                                                        \
	}
#define EXPECT(v, o, f)                                                                            \
	&(struct expected)                                                                         \
	{                                                                                          \
		XDC_VERDICT_##v, XDC_MEMORY_##o, XDC_MEMORY_##f                                    \
	}
#define VERDICT(given, expected) assert_verdict(given, expected)

static void test_swiotlb_xen_in_dom0_is_right(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "identity"), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(PV_DOM0, SWIOTLB), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(PV_GUEST, SWIOTLB), EXPECT(OK, OK, NOT_ASKED));
}

static void test_swiotlb_xen_over_a_translating_iommu_is_broken(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "DMA"), EXPECT(BROKEN, BROKEN, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "DMA-FQ"), EXPECT(BROKEN, BROKEN, BROKEN));
	/* The domain in force beats the default one's type. */
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB "group_domain=identity\n", .group = "DMA"),
		EXPECT(OK, OK, OK));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB "group_domain=DMA\n", .group = "identity"),
		EXPECT(BROKEN, BROKEN, BROKEN));
}

static void test_swiotlb_xen_in_a_group_of_unknown_type_is_unknown(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = ""), EXPECT(UNKNOWN, UNKNOWN, UNKNOWN));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "unknown"), EXPECT(UNKNOWN, UNKNOWN, UNKNOWN));
}

/* A character for each bit; the last is VIRTIO_F_ACCESS_PLATFORM. */
#define AROUND	"0010101000000000000000000000000010"
#define THROUGH "0010101000000000000000000000000011"

static void test_virtio_without_access_platform_goes_around_the_iommu(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "DMA", .virtio = AROUND), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "DMA", .virtio = THROUGH),
		EXPECT(BROKEN, BROKEN, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, IOMMU, .group = "DMA", .virtio = AROUND),
		EXPECT(BROKEN, BROKEN, BROKEN));
	VERDICT(GIVEN(ARM_BARE, IOMMU, .group = "DMA", .virtio = AROUND),
		EXPECT(OK, OK, NOT_ASKED));
}

static void test_the_iommu_in_dom0_is_wrong_for_guests_pages(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, IOMMU, .group = "DMA"), EXPECT(AT_RISK, OK, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, IOMMU, .group = "DMA", .serves_guests = true),
		EXPECT(BROKEN, OK, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB "dma_iommu=1\n", .group = "DMA"),
		EXPECT(AT_RISK, OK, BROKEN));
}

static void test_the_iommu_elsewhere_is_right(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_BARE, IOMMU, .group = "DMA"), EXPECT(OK, OK, NOT_ASKED));
	VERDICT(GIVEN(ARM_GUEST, IOMMU, .group = "DMA"), EXPECT(OK, OK, NOT_ASKED));
}

static void test_direct_in_a_1_to_1_dom0_is_wrong_for_guests_pages(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, DIRECT), EXPECT(AT_RISK, OK, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, DIRECT, .serves_guests = true), EXPECT(BROKEN, OK, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, DIRECT "restricted_pool=1\n"), EXPECT(AT_RISK, OK, BROKEN));
}

static void test_direct_in_a_coloured_dom0_depends_on_what_xen_covers(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_COLOURED_DOM0, DIRECT), EXPECT(UNKNOWN, UNKNOWN, UNKNOWN));
}

static void test_direct_in_a_pv_dom0_is_broken(void **state)
{
	(void)state;
	VERDICT(GIVEN(PV_DOM0, DIRECT), EXPECT(BROKEN, BROKEN, BROKEN));
}

static void test_direct_elsewhere_is_right(void **state)
{
	(void)state;
	VERDICT(GIVEN(PVH_DOM0, DIRECT), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(PVH_DOM0, DIRECT, .virtio = THROUGH), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(ARM_GUEST, DIRECT), EXPECT(OK, OK, NOT_ASKED));
	VERDICT(GIVEN(ARM_BARE, DIRECT), EXPECT(OK, OK, NOT_ASKED));
	VERDICT(GIVEN(PV_GUEST, DIRECT), EXPECT(OK, OK, NOT_ASKED));
}

/* Where it takes Xen's IOMMU to find dom0's memory. */
static void test_virtio_around_xens_iommu_is_broken(void **state)
{
	(void)state;
	VERDICT(GIVEN(PVH_DOM0, DIRECT, .virtio = AROUND), EXPECT(BROKEN, BROKEN, BROKEN));
	VERDICT(GIVEN(ARM_GUEST, DIRECT, .virtio = AROUND), EXPECT(OK, OK, NOT_ASKED));
}

static void test_what_no_rule_knows_is_unknown_on_xen(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, OTHER), EXPECT(UNKNOWN, UNKNOWN, UNKNOWN));
	VERDICT(GIVEN(ARM_GUEST, OTHER), EXPECT(UNKNOWN, UNKNOWN, NOT_ASKED));
	VERDICT(GIVEN(ARM_BARE, OTHER), EXPECT(OK, OK, NOT_ASKED));
}

static void test_grants_are_right_for_a_guest(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_GUEST, GRANT), EXPECT(OK, OK, NOT_ASKED));
	VERDICT(GIVEN(ARM_DOM0, GRANT), EXPECT(UNKNOWN, OK, UNKNOWN));
}

/* Observed without a name, the inferred path stands in. */
static void test_an_unnamed_table_leaves_the_inferred_path(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, UNNAMED), EXPECT(OK, OK, OK));
	VERDICT(GIVEN(ARM_DOM0, UNNAMED, .group = "DMA"), EXPECT(BROKEN, BROKEN, BROKEN));
}

/* Most platform devices never do DMA: what would be wrong for one that does is no alarm. */
static void test_a_device_not_known_to_do_dma_is_never_broken(void **state)
{
	(void)state;
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .group = "DMA", .no_dma_known = true),
		EXPECT(UNKNOWN, BROKEN, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, DIRECT, .serves_guests = true, .no_dma_known = true),
		EXPECT(UNKNOWN, OK, BROKEN));
	VERDICT(GIVEN(ARM_DOM0, SWIOTLB, .no_dma_known = true), EXPECT(OK, OK, OK));
}

/*
 * Up to 5.12 every dom0 has swiotlb-xen, mapped 1:1 or not: its own frame numbers are then
 * not where it counts them, and Xen maps no guest's page by machine frame either.
 */
static void test_swiotlb_xen_in_a_coloured_dom0_is_not_right(void **state)
{
	xdc_autoreport struct xdc_report *report =
		judge(GIVEN(ARM_COLOURED_DOM0, SWIOTLB, .serves_guests = true));
	const struct xdc_attribution *a = attribution_of(report, "0000:00:02.0");

	(void)state;
	assert_string_equal(memory(a->foreign_pages), "broken");
	assert_int_not_equal(a->verdict, XDC_VERDICT_OK);
}

static void test_an_unknown_role_is_no_ok(void **state)
{
	struct xdc_evidence *evidence = evidence_with(FEATURES_KEY, XDC_STATUS_DENIED, "");
	xdc_autoreport struct xdc_report *report = NULL;

	(void)state;
	add_pci(evidence, "0000:00:02.0", "driver=d\nbusmaster=1\n");
	add_observation(evidence, "0000:00:02.0", DIRECT);
	add_machine(evidence, &machines[ARM_DOM0]);
	report = xdc_report_new(evidence);
	assert_int_equal(report->model->host.role, XDC_ROLE_UNKNOWN);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->path, XDC_PATH_DIRECT);
	assert_int_equal(attribution_of(report, "0000:00:02.0")->verdict, XDC_VERDICT_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_swiotlb_xen_in_dom0_is_right),
		cmocka_unit_test(test_swiotlb_xen_over_a_translating_iommu_is_broken),
		cmocka_unit_test(test_swiotlb_xen_in_a_group_of_unknown_type_is_unknown),
		cmocka_unit_test(test_virtio_without_access_platform_goes_around_the_iommu),
		cmocka_unit_test(test_the_iommu_in_dom0_is_wrong_for_guests_pages),
		cmocka_unit_test(test_the_iommu_elsewhere_is_right),
		cmocka_unit_test(test_direct_in_a_1_to_1_dom0_is_wrong_for_guests_pages),
		cmocka_unit_test(test_direct_in_a_coloured_dom0_depends_on_what_xen_covers),
		cmocka_unit_test(test_direct_in_a_pv_dom0_is_broken),
		cmocka_unit_test(test_direct_elsewhere_is_right),
		cmocka_unit_test(test_virtio_around_xens_iommu_is_broken),
		cmocka_unit_test(test_what_no_rule_knows_is_unknown_on_xen),
		cmocka_unit_test(test_grants_are_right_for_a_guest),
		cmocka_unit_test(test_an_unnamed_table_leaves_the_inferred_path),
		cmocka_unit_test(test_a_device_not_known_to_do_dma_is_never_broken),
		cmocka_unit_test(test_swiotlb_xen_in_a_coloured_dom0_is_not_right),
		cmocka_unit_test(test_an_unknown_role_is_no_ok),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
