/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "report.h"
#include "unit.h"

#define GIB	 (UINT64_C(1) << 30)
#define PI_PCIE	 PLATFORM_PATH "scb/fd500000.pcie"
#define PI_XHCI	 PI_PCIE "/pci0000:00/0000:01:00.0"
#define PI_SD	 PLATFORM_PATH "emmc2bus/fe340000.mmc"
#define PI_ETHER PLATFORM_PATH "scb/fd580000.ethernet"

/* The buses of a Raspberry Pi 4: bcm2711.dtsi and bcm283x.dtsi, Linux 6.1. */
static void add_pi(struct xdc_evidence *evidence)
{
	struct dt dt;

	dt_start(&dt);
	DT_CELLS(&dt, "#address-cells", 2);
	DT_CELLS(&dt, "#size-cells", 1);
	dt_begin(&dt, "emmc2bus");
	DT_CELLS(&dt, "#address-cells", 2);
	DT_CELLS(&dt, "#size-cells", 1);
	DT_CELLS(&dt, "dma-ranges", 0, 0xc0000000, 0, 0, 0x40000000);
	dt_begin(&dt, "mmc@7e340000");
	dt_end(&dt);
	dt_end(&dt);
	dt_begin(&dt, "scb");
	DT_CELLS(&dt, "#address-cells", 2);
	DT_CELLS(&dt, "#size-cells", 1);
	dt_begin(&dt, "pcie@7d500000");
	DT_CELLS(&dt, "#address-cells", 3);
	DT_CELLS(&dt, "#size-cells", 2);
	DT_CELLS(&dt, "dma-ranges", 0x02000000, 0, 0, 0, 0, 0, 0xc0000000);
	dt_end(&dt);
	dt_begin(&dt, "ethernet@7d580000");
	dt_end(&dt);
	dt_end(&dt);
	dt_finish(&dt);
	add_devicetree(evidence, &dt);
	add_device(evidence, PI_SD,
		   "bus=platform\ndriver=sdhci-iproc\nof_node=/emmc2bus/mmc@7e340000\n");
	add_device(evidence, PI_PCIE, "bus=platform\nof_node=/scb/pcie@7d500000\n");
	add_device(evidence, PI_XHCI, "bus=pci\ndriver=xhci_hcd\nbusmaster=1\ndma_mask_bits=64\n");
	add_device(evidence, PI_ETHER,
		   "bus=platform\ndriver=bcmgenet\nof_node=/scb/ethernet@7d580000\n");
	add_record(evidence, "class:mmc_host", XDC_STATUS_OK, "mmc0=" PI_SD "/mmc_host/mmc0\n");
	add_arm64_dom0(evidence, "6.1.0");
}

static void test_a_bus_lets_through_what_its_dma_ranges_say(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_pi(evidence);
	model = xdc_model_new(evidence);
	/* Memory from 0 is what the card's bus calls 0xc0000000. */
	assert_true(xdc_device_reach(device_of(model, "fe340000.mmc")) == GIB - 1);
	assert_true(xdc_device_bus_limit(device_of(model, "fe340000.mmc")) == 4 * GIB - 1);
	assert_true(xdc_device_reach(device_of(model, "0000:01:00.0")) == 3 * GIB - 1);
	assert_true(xdc_device_bus_limit(device_of(model, "0000:01:00.0")) == 3 * GIB - 1);
	/* The bridge is none of its own functions, and no dma-ranges are above it. */
	assert_true(xdc_device_bus_limit(device_of(model, "fd500000.pcie")) == 0);
	assert_true(xdc_device_reach(device_of(model, "fd580000.ethernet")) == 0);
}

/* 31 bits are nothing of a bus whose addresses begin at 3 GiB, and 32 bits are all of it. */
static void test_a_mask_counts_on_the_bus(void **state)
{
	struct xdc_dma_range ranges[] = { { 3 * GIB, 0, GIB }, { 0, 8 * GIB, GIB } };
	struct xdc_device device = { .bus_ranges = ranges, .n_bus_ranges = 1 };

	(void)state;
	device.dma_mask = 2 * GIB - 1;
	assert_true(xdc_device_reach(&device) == 0);
	device.dma_mask = 4 * GIB - 1;
	assert_true(xdc_device_reach(&device) == GIB - 1);
	device.dma_mask = 3 * GIB + 0xfff;
	assert_true(xdc_device_reach(&device) == 0xfff);
	device.n_bus_ranges = 2;
	assert_true(xdc_device_reach(&device) == 9 * GIB - 1);
	/* What the kernel holds is asked first. */
	device.observed.present = true;
	device.observed.bus_dma_limit = GIB / 2 - 1;
	assert_true(xdc_device_reach(&device) == 8 * GIB + GIB / 2 - 1);
	assert_true(xdc_device_bus_limit(&device) == GIB / 2 - 1);
}

/* of_dma_get_range(): the first bus may lack the property, another one ends the search. */
static void test_the_search_goes_up_as_the_kernels_does(void **state)
{
	struct xdc_dma_range range = { 0, 0, GIB };
	struct xdc_dt_node nodes[] = {
		{ .path = "/soc", .has_dma_ranges = true, .dma_ranges = &range, .n_dma_ranges = 1 },
		{ .path = "/soc/empty", .has_dma_ranges = true },
	};
	struct xdc_devicetree tree = { .nodes = nodes, .count = 2 };

	(void)state;
	assert_ptr_equal(xdc_devicetree_dma_bus(&tree, "/soc"), &nodes[0]);
	assert_ptr_equal(xdc_devicetree_dma_bus(&tree, "/soc/bus"), &nodes[0]);
	assert_ptr_equal(xdc_devicetree_dma_bus(&tree, "/soc/empty"), &nodes[0]);
	assert_ptr_equal(xdc_devicetree_dma_bus(&tree, "/soc/empty/bus"), &nodes[0]);
	assert_null(xdc_devicetree_dma_bus(&tree, "/soc/bus/bus"));
	assert_null(xdc_devicetree_dma_bus(&tree, "/other"));
	assert_null(xdc_devicetree_dma_bus(&tree, ""));
}

static void test_ranges_that_make_no_sense_are_none(void **state)
{
	static const struct {
		uint32_t cells[4], widths[3];
		size_t count;
	} cases[] = {
		{ { 0, 0, 0 }, { 1, 1, 1 }, 3 },		      /* nothing */
		{ { 0, 0, 1, 1 }, { 1, 1, 1 }, 4 },		      /* one and a third */
		{ { 0, 0, 1 }, { 0, 0, 0 }, 3 },		      /* no cells */
		{ { 0, 0, 1 }, { 1, UINT32_MAX, 2 }, 3 },	      /* too many */
		{ { UINT32_MAX, UINT32_MAX, 0, 2 }, { 2, 1, 1 }, 4 }, /* beyond the last address */
	};
	struct xdc_arena *arena = xdc_arena_new();
	size_t count;

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++)
		assert_null(xdc_dma_ranges_parse(arena, cases[i].cells, cases[i].count,
						 cases[i].widths, &count));
	xdc_arena_free(arena);
}

/* Memory of 4 GiB: the card's bus does not reach it all, and neither does PCI Express. */
static void test_memory_beyond_a_bus_is_a_notice(void **state)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autoreport struct xdc_report *report = NULL;
	const struct xdc_finding *finding;

	(void)state;
	add_pi(evidence);
	add_file(evidence, "/proc/iomem", "00000000-fbffffff : System RAM\n");
	report = xdc_report_new(evidence);
	assert_int_equal(count_findings(report, "XDC-DMA-RANGE"), 2);
	finding = find_finding(report, "XDC-DMA-RANGE");
	assert_int_equal(finding->severity, XDC_SEVERITY_NOTICE);
	assert_contains(finding->because[0].text, "0xbfffffff");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_bus_lets_through_what_its_dma_ranges_say),
		cmocka_unit_test(test_a_mask_counts_on_the_bus),
		cmocka_unit_test(test_the_search_goes_up_as_the_kernels_does),
		cmocka_unit_test(test_ranges_that_make_no_sense_are_none),
		cmocka_unit_test(test_memory_beyond_a_bus_is_a_notice),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
