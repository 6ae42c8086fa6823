/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

#define EVENT(prefix, first, address)                                                              \
	prefix ": event 0x10 received:\n" prefix ": \t0x" first "\n" prefix                        \
	       ": \t0x0000008000000000\n" prefix ": \t0x" address "\n" prefix                      \
	       ": \t0x0000000000000000\n"
#define XEN "(XEN) SMMUv3: /smmuv3@9050000"

static bool tells(const struct xdc_explained *item, const char *part)
{
	for (size_t i = 0; i < item->n_numbers; i++)
		if (strstr(item->numbers[i], part))
			return true;
	return false;
}

/* arm64, the board's tree in full, 0000:00:02.0 and an Ethernet controller of stream ID 5. */
static struct xdc_report *board(void)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	struct dt dt;

	dt_start(&dt);
	dt_begin_iommu(&dt, "smmuv3@9050000", "arm,smmu-v3", 1);
	dt_end(&dt);
	dt_begin(&dt, "pcie@10000000");
	DT_CELLS(&dt, "iommu-map", 0, 1, 0, 0x10000);
	dt_end(&dt);
	dt_begin(&dt, "ethernet@30be0000");
	DT_CELLS(&dt, "iommus", 1, 0x10005, 1, 0x10006);
	dt_end(&dt);
	dt_begin(&dt, "intc@8000000");
	DT_CELLS(&dt, "#address-cells", 2);
	DT_CELLS(&dt, "#size-cells", 2);
	dt_flag(&dt, "ranges");
	dt_begin(&dt, "its@8080000");
	dt_text(&dt, "compatible", "arm,gic-v3-its");
	DT_CELLS(&dt, "reg", 0, 0x8080000, 0, 0x20000);
	dt_end(&dt);
	dt_end(&dt);
	dt_finish(&dt);
	add_bytes(evidence, "host-devicetree", dt.blob, dt.size);
	add_file(evidence, "/proc/iomem", "40000000-7fffffff : System RAM\n");
	add_pci(evidence, "0000:00:02.0", "driver=ahci\nbusmaster=1\n");
	add_platform(evidence, "30be0000.ethernet", "driver=fec\nof_node=/ethernet@30be0000\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

static void a_stream_is_a_device_and_an_address_a_doorbell(void **state)
{
	xdc_autoreport struct xdc_report *report = board();
	const struct xdc_explanation *x =
		log_explain(*state, EVENT(XEN, "0000001000000010", "0000000008090040"), report);

	assert_int_equal(x->n_causes, 1);
	assert_text(x->items[0].device->name, "0000:00:02.0");
	assert_true(tells(&x->items[0], "stream ID 0x10 is 0000:00:02.0 (driver ahci)"));
	assert_true(tells(&x->items[0], "a doorbell for interrupts (MSI) (/intc@8000000/its@"));
	assert_int_equal(x->items[0].causes[0].status, XDC_CAUSE_CONFIRMED);
	assert_int_equal(x->items[0].causes[1].status, XDC_CAUSE_RULED_OUT);
}

/* The second of a device's IDs, and memory: no interrupt then. */
static void any_of_a_devices_ids_is_its(void **state)
{
	xdc_autoreport struct xdc_report *report = board();
	const struct xdc_explanation *x =
		log_explain(*state, EVENT(XEN, "0001000600000010", "0000000040001040"), report);

	assert_text(x->items[0].device->name, "30be0000.ethernet");
	assert_true(tells(&x->items[0], "RAM"));
	for (size_t i = 0; i < x->items[0].n_causes; i++)
		if (strstr(x->items[0].causes[i].text, "MSI"))
			assert_int_equal(x->items[0].causes[i].status, XDC_CAUSE_RULED_OUT);
}

static void each_stream_is_told_by_itself(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    EVENT(XEN, "0000001000000010", "0000000040000000")
				    EVENT(XEN, "0000001800000010", "0000000040000000")
					    EVENT(XEN, "0000001000000010", "0000000040001000"),
			    NULL);

	assert_int_equal(x->n_causes, 2);
	assert_text(x->items[0].match->device, "stream ID 0x00000010");
	assert_int_equal(x->items[0].match->count, 2);
	assert_int_equal(x->items[0].match->line, 1);
	assert_text(x->items[1].match->device, "stream ID 0x00000018");
	assert_int_equal(x->items[1].match->count, 1);
	assert_int_equal(x->items[1].match->line, 6);
	/* Without the machine what the number alone tells, and that it is no certainty. */
	assert_null(x->items[0].device);
	assert_true(tells(&x->items[0], "stream ID 0x10 is the PCI function 00:02.0, if"));
}

/* As /dev/kmsg has it, and cut short. */
static void an_event_is_read_in_whatever_form_it_is(void **state)
{
	const struct xdc_explanation *x =
		log_explain(*state,
			    "3,1,2,-;arm-smmu-v3 9050000.smmuv3: event 0x10 received:\n\n\n"
			    "3,2,2,-;arm-smmu-v3 9050000.smmuv3: \\x090x0000001000000010\n\n\n"
			    "3,3,2,-;arm-smmu-v3 9050000.smmuv3: \\x090x0000008000000000\n\n\n"
			    "3,4,2,-;arm-smmu-v3 9050000.smmuv3: \\x090x0000000040000000\n\n\n"
			    "3,5,2,-;arm-smmu-v3 9050000.smmuv3: \\x090x0000000000000000\n",
			    NULL);

	assert_text(xdc_capture_find(&x->items[0].match->captures, "address"),
		    "0x0000000040000000");
}

static void an_event_that_is_cut_is_told_without_numbers(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state, XEN ": event 0x10 received:\n" XEN ": 0x0000001000000010\n", NULL);

	assert_int_equal(x->n_causes, 1);
	assert_text(x->items[0].match->entry->id, "XDC-SMMU-FAULT");
	assert_int_equal(x->items[0].n_numbers, 0);
}

/* The log's own memory map decides where the machine is not at hand. */
static void a_log_tells_what_it_states_itself(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"(XEN)  [0000000000100000, 000000007ffd3fff] (usable)\n"
		"(XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 7d000000 end_addr 7f7fffff\n"
		"(XEN) [VT-D]DMAR:[DMA Read] Request device [0000:00:14.0] fault addr 7d93e000\n"
		"(XEN) [VT-D]DMAR: reason 06 - PTE Read access is not set\n",
		NULL);

	assert_true(tells(&x->items[0], "reserved by the firmware for a device's DMA"));
	assert_int_equal(x->items[0].causes[0].status, XDC_CAUSE_CONFIRMED);
	assert_contains(x->items[0].causes[0].text, "memory that the firmware reserves");
}

static void what_a_guest_states_is_not_believed(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"(d1) (XEN) RMRR region: base_addr 7d000000 end_addr 7f7fffff\n"
		"(XEN) [VT-D]DMAR:[DMA Read] Request device [0000:00:14.0] fault addr 7d93e000\n",
		NULL);

	assert_int_equal(x->items[0].n_numbers, 0);
}

static void interrupts_are_told_by_their_range(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"(XEN) [VT-D]DMAR:[DMA Write] Request device [0000:03:00.0] fault addr fee00018\n"
		"(XEN) AMD-Vi: IO_PAGE_FAULT: domain = 0, device id = 0xa0, fault address = "
		"0xfffffffdf8020140, flags = 0x8\n"
		"(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:02.0 d3 addr 0000000012345000 flags 0x10\n",
		NULL);

	for (size_t i = 0; i < 2; i++) {
		assert_int_equal(x->items[i].causes[0].status, XDC_CAUSE_CONFIRMED);
		assert_contains(x->items[i].causes[0].text, "interrupt");
	}
	assert_true(tells(&x->items[1], "device id 0xa0 is the PCI function 00:14.0"));
	/* A guest's addresses are its own. */
	assert_true(tells(&x->items[2], "one of the domain's own"));
}

/* SMMUv2: the ID is half of a register, and the bits of another say why. */
static void registers_of_an_smmuv2_are_taken_apart(void **state)
{
	const struct xdc_explanation *x = log_explain(
		*state,
		"[    9.2] arm-smmu fd800000.smmu: Unhandled context fault: fsr=0x402, "
		"iova=0x7d93e000, fsynr=0x1, cbfrsynra=0x870, cb=3\n"
		"(XEN) smmu: /axi/smmu@fd800000: \tGFSR 0x80000002, GFSYNR0 0x00000004, GFSYNR1 "
		"0x08770877, GFSYNR2 0x00000000\n",
		NULL);

	assert_true(tells(&x->items[0], "stream ID 0x870 is the PCI function 08:0e.0, if"));
	assert_true(tells(&x->items[0], "translation fault"));
	assert_true(tells(&x->items[1], "stream ID 0x877 is"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		log_test(a_stream_is_a_device_and_an_address_a_doorbell),
		log_test(any_of_a_devices_ids_is_its),
		log_test(each_stream_is_told_by_itself),
		log_test(an_event_is_read_in_whatever_form_it_is),
		log_test(an_event_that_is_cut_is_told_without_numbers),
		log_test(a_log_tells_what_it_states_itself),
		log_test(what_a_guest_states_is_not_believed),
		log_test(interrupts_are_told_by_their_range),
		log_test(registers_of_an_smmuv2_are_taken_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
