/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/console.h"
#include "unit.h"

#define START "(XEN) Xen version 4.17.5 (Debian 4.17.5-1) debug=n\n"

struct talk {
	struct xdc_arena *arena;
	struct xdc_console *console;
};

static int setup(void **state)
{
	struct talk *talk = xdc_zalloc(sizeof(*talk));

	talk->arena = xdc_arena_new();
	*state = talk;
	return 0;
}

static int teardown(void **state)
{
	struct talk *talk = *state;

	if (talk->console)
		xdc_console_clear(talk->console);
	xdc_arena_free(talk->arena);
	free(talk);
	return 0;
}

static const struct xdc_console *parse(struct talk *talk, const char *text)
{
	if (talk->console)
		xdc_console_clear(talk->console);
	talk->console =
		xdc_console_parse(talk->arena, xdc_arena_strdup(talk->arena, text), "xen:console");
	return talk->console;
}

static const struct xdc_xen_fault *only(struct talk *talk, const char *lines)
{
	const struct xdc_console *console =
		parse(talk, xdc_arena_printf(talk->arena, START "%s", lines));

	if (console->n_faults != 1)
		fail_msg("%zu faults in %s", console->n_faults, lines);
	assert_true(console->has_beginning);
	return &console->faults[0];
}

static void test_vtd_names_device_address_and_reason(void **state)
{
	const struct xdc_xen_fault *fault =
		only(*state, "(XEN) [VT-D]DMAR:[DMA Read] Request device [0000:00:02.0] fault addr "
			     "7d93e000\n"
			     "(XEN) [VT-D]DMAR: reason 06 - PTE Read access is not set\n");

	assert_int_equal(fault->kind, XDC_XEN_FAULT_DMA);
	assert_string_equal(fault->iommu, "VT-d");
	assert_text(fault->device, "0000:00:02.0");
	assert_true(fault->has_address);
	assert_int_equal(fault->address, 0x7d93e000);
	assert_string_equal(fault->reason, "DMA Read, reason 06 - PTE Read access is not set");
	assert_int_equal(fault->count, 1);
	assert_string_equal(fault->evidence, "xen:console");
}

/* The form up to 4.11, twice: the first is kept, the others are counted. */
static void test_faults_are_counted_and_the_first_is_kept(void **state)
{
	const struct xdc_xen_fault *fault = only(
		*state,
		"(XEN) [   10.000001] [VT-D]DMAR:[DMA Write] Request device [0000:00:02.0] fault "
		"addr 1000, iommu reg = ffff82c000209000\n"
		"(XEN) [   10.000002] [VT-D]DMAR: reason 05 - PTE Write access is not set\n"
		"(XEN) [   11.000000] [VT-D]DMAR:[DMA Read] Request device [0000:00:02.0] fault "
		"addr 2000, iommu reg = ffff82c000209000\n"
		"(XEN) [   11.000001] [VT-D]DMAR: reason 06 - PTE Read access is not set\n");

	assert_int_equal(fault->count, 2);
	assert_int_equal(fault->address, 0x1000);
	assert_string_equal(fault->reason, "DMA Write, reason 05 - PTE Write access is not set");
	assert_string_equal(fault->since, "10.000001");
}

static void test_vtd_interrupts_are_no_dma(void **state)
{
	const struct xdc_xen_fault *fault =
		only(*state, "(XEN) [VT-D]INTR-REMAP: Request device [0000:f0:1f.0] fault index 5\n"
			     "(XEN) [VT-D]INTR-REMAP: reason 25 - Blocked a compatibility format "
			     "interrupt request\n");

	assert_int_equal(fault->kind, XDC_XEN_FAULT_INTERRUPT);
	assert_text(fault->device, "0000:f0:1f.0");
	assert_int_equal(fault->address, 5);
	assert_string_equal(fault->reason,
			    "reason 25 - Blocked a compatibility format interrupt request");
}

static void test_amd_names_device_address_and_flags(void **state)
{
	const struct xdc_xen_fault *fault = only(
		*state, "(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:03:00.1 d0 addr 00000000fef00000 flags "
			"0x20 RW\n");

	assert_int_equal(fault->kind, XDC_XEN_FAULT_DMA);
	assert_string_equal(fault->iommu, "AMD-Vi");
	assert_text(fault->device, "0000:03:00.1");
	assert_int_equal(fault->address, 0xfef00000);
	assert_string_equal(fault->reason, "flags 0x20 RW");
}

static void test_amd_s_interrupt_range_is_a_kind_of_its_own(void **state)
{
	const struct xdc_xen_fault *fault = only(
		*state, "(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:14.0 d0 addr 000000fdf8020150 flags "
			"0x8 I\n");

	assert_int_equal(fault->kind, XDC_XEN_FAULT_INTERRUPT_RANGE);
	/* Up to 4.13, and sign-extended. */
	fault = only(*state, "(XEN) AMD-Vi: IO_PAGE_FAULT: domain = 0, device id = 0x2602, fault "
			     "address = 0xfffffffdf8000000, flags = 0x8\n");
	assert_int_equal(fault->kind, XDC_XEN_FAULT_INTERRUPT_RANGE);
	assert_text(fault->device, "0000:26:00.2");
	fault = only(*state, "(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:14.0 d0 addr 000000fdf9000000 "
			     "flags 0x8 I\n");
	assert_int_equal(fault->kind, XDC_XEN_FAULT_DMA);
}

static void test_smmuv2_context_faults_have_an_address_and_no_stream(void **state)
{
	const struct xdc_xen_fault *fault =
		only(*state, "(XEN) smmu: /axi/smmu@fd800000: Unhandled context fault: fsr=0x402, "
			     "iova=0xf9030040, fsynr=0x12, cb=1\n");

	assert_string_equal(fault->iommu, "/axi/smmu@fd800000");
	assert_null(fault->device);
	assert_false(fault->has_stream_id);
	assert_int_equal(fault->address, 0xf9030040);
	assert_string_equal(fault->reason, "fsr 0x402 (translation fault)");
}

static void test_smmuv2_global_faults_have_a_stream_and_no_address(void **state)
{
	const struct xdc_xen_fault *fault = only(
		*state,
		"(XEN) smmu: /smmu@1: Unexpected global fault, this could be serious\n"
		"(XEN) smmu: /smmu@2: \tGFSR 0x1, GFSYNR0 0x0, GFSYNR1 0x00000099, GFSYNR2 0x0\n"
		"(XEN) smmu: /smmu@1: \tGFSR 0x80000002, GFSYNR0 0x00000004, GFSYNR1 "
		"0x00000877, GFSYNR2 0x00000000\n");

	assert_true(fault->has_stream_id);
	assert_int_equal(fault->stream_id, 0x877);
	assert_false(fault->has_address);
	assert_string_equal(fault->reason, "global fault, GFSR 0x80000002");
}

#define EVENT(node, stream, address)                                                               \
	"(XEN) SMMUv3: " node ": event 0x10 received:\n"                                           \
	"(XEN) SMMUv3: " node ": \t0x" stream "00000010\n"                                         \
	"(XEN) SMMUv3: " node ": \t0x0000008000000000\n"                                           \
	"(XEN) SMMUv3: " node ": \t0x" address "\n"                                                \
	"(XEN) SMMUv3: " node ": \t0x0000000000000000\n"

static void test_smmuv3_events_have_both(void **state)
{
	const struct xdc_xen_fault *fault =
		only(*state, EVENT("/smmuv3@9050000", "00000010", "0000000008090040")
				     EVENT("/smmuv3@9050000", "00000010", "0000000000001000"));

	assert_string_equal(fault->iommu, "/smmuv3@9050000");
	assert_int_equal(fault->stream_id, 0x10);
	assert_int_equal(fault->address, 0x8090040);
	assert_string_equal(fault->reason, "event 0x10 (F_TRANSLATION)");
	assert_int_equal(fault->count, 2);
}

static void test_an_event_of_an_unknown_stream_has_no_address(void **state)
{
	const struct xdc_xen_fault *fault =
		only(*state, "(XEN) SMMUv3: /smmuv3@9050000: event 0x02 received:\n"
			     "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000001000000002\n"
			     "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000000000000000\n"
			     "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000000000000000\n"
			     "(XEN) SMMUv3: /smmuv3@9050000: \t0x0000000000000000\n");

	assert_int_equal(fault->stream_id, 0x10);
	assert_true(fault->has_stream_id);
	assert_false(fault->has_address);
}

static void test_half_an_event_is_none(void **state)
{
	const struct xdc_console *console =
		parse(*state, START "(XEN) SMMUv3: /a@1: event 0x10 received:\n"
				    "(XEN) SMMUv3: /a@1: \t0x0000001000000010\n" EVENT(
					    "/b@2", "00000020",
					    "0000000000002000") "(XEN) SMMUv3: /a@1: \t0x0\n");

	assert_int_equal(console->n_faults, 1);
	assert_string_equal(console->faults[0].iommu, "/b@2");
	assert_int_equal(console->faults[0].stream_id, 0x20);
}

static void test_an_ipmmu_has_an_address(void **state)
{
	const struct xdc_xen_fault *fault =
		only(*state, "(XEN) ipmmu: /soc/iommu@e67b0000: d1: Unhandled fault: status "
			     "0x00000001 iova 0x7d93e000\n");

	assert_string_equal(fault->iommu, "/soc/iommu@e67b0000");
	assert_int_equal(fault->address, 0x7d93e000);
	assert_string_equal(fault->reason, "status 0x1");
}

static void test_sources_are_told_apart(void **state)
{
	const struct xdc_console *console = parse(
		*state, START
		"(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:01.0 d0 addr 1000 flags 0\n"
		"(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:01.1 d0 addr 1000 flags 0\n"
		"(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:01.0 d0 addr fdf8000000 flags 8\n" EVENT(
			"/a@1", "00000010", "0000000000001000")
			EVENT("/a@1", "00000018", "0000000000001000")
				EVENT("/b@2", "00000018", "0000000000001000"));

	assert_int_equal(console->n_faults, 6);
}

/* Neither what a guest writes, nor the rest of such a line at the ring's beginning. */
static void test_what_a_guest_writes_is_no_fault(void **state)
{
#define FAULT "(XEN) AMD-Vi: IO_PAGE_FAULT: 0000:00:01.0 d0 addr 1000 flags 0\n"
	const struct xdc_console *console = parse(*state, FAULT "(d1) " FAULT);

	assert_int_equal(console->n_faults, 0);
	assert_false(console->has_beginning);
	assert_int_equal(parse(*state, "x\n" FAULT)->n_faults, 1);
	/* Xen had not ended its line. */
	assert_int_equal(parse(*state, START "(XEN) x" FAULT)->n_faults, 0);
}

static void test_io_virtualisation_is_read(void **state)
{
	assert_int_equal(parse(*state, "")->io_virtualisation, XDC_UNKNOWN);
	assert_int_equal(
		parse(*state, START "(XEN) I/O virtualisation disabled\r\n")->io_virtualisation,
		XDC_NO);
	assert_int_equal(parse(*state, START "(XEN) [    0.1] I/O virtualisation enabled\n")
				 ->io_virtualisation,
			 XDC_YES);
	assert_int_equal(
		parse(*state, START "(d1) I/O virtualisation enabled\n")->io_virtualisation,
		XDC_UNKNOWN);
}

static void test_garbage_is_passed_over(void **state)
{
	static const char *const lines[] = {
		"[VT-D]",
		"[VT-D]DMAR:[DMA Read] Request device [00:02.0] fault addr 1",
		"[VT-D]DMAR:[DMA Read] Request device [0000:00:02.0",
		"[VT-D]DMAR: reason 06 - of no fault",
		"AMD-Vi: IO_PAGE_FAULT: ",
		"AMD-Vi: IO_PAGE_FAULT: , device id = , fault address",
		"AMD-Vi: IO_PAGE_FAULT: xxxx:xx:xx.x d0 addr 1",
		"smmu: /a: ",
		"smmu: a: Unhandled context fault: iova=0x1",
		"smmu: /a: \tGFSR 0x1, GFSYNR1 0x2",
		"SMMUv3: /a",
		"SMMUv3: /a: \t0x1",
		"ipmmu: /a: Unhandled",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(lines); i++) {
		char text[256];

		snprintf(text, sizeof(text), START "(XEN) %s\n", lines[i]);
		assert_int_equal(parse(*state, text)->n_faults, 0);
	}
}

static void test_what_is_kept_has_bounds_and_is_safe(void **state)
{
	struct talk *talk = *state;
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	fputs(START, out);
	for (unsigned int i = 0; i < 1000; i++)
		fprintf(out, "(XEN) smmu: /a\x1b@%u: Unhandled context fault: iova=0x1\n", i);
	text = unit_text(out);
	assert_int_equal(parse(talk, text)->n_faults, 256);
	assert_string_equal(talk->console->faults[0].iommu, "/a\\x1b@0");
}

#define talk_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		talk_test(test_vtd_names_device_address_and_reason),
		talk_test(test_faults_are_counted_and_the_first_is_kept),
		talk_test(test_vtd_interrupts_are_no_dma),
		talk_test(test_amd_names_device_address_and_flags),
		talk_test(test_amd_s_interrupt_range_is_a_kind_of_its_own),
		talk_test(test_smmuv2_context_faults_have_an_address_and_no_stream),
		talk_test(test_smmuv2_global_faults_have_a_stream_and_no_address),
		talk_test(test_smmuv3_events_have_both),
		talk_test(test_an_event_of_an_unknown_stream_has_no_address),
		talk_test(test_half_an_event_is_none),
		talk_test(test_an_ipmmu_has_an_address),
		talk_test(test_sources_are_told_apart),
		talk_test(test_what_a_guest_writes_is_no_fault),
		talk_test(test_io_virtualisation_is_read),
		talk_test(test_garbage_is_passed_over),
		talk_test(test_what_is_kept_has_bounds_and_is_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
