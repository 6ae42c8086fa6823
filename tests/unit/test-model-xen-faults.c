/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#define LOG   "log:/var/log/xen/console/hypervisor.log"
#define START "(XEN) Xen version 4.17.5 (Debian 4.17.5-1) debug=n\n"
#define FAULT(function)                                                                            \
	"(XEN) AMD-Vi: IO_PAGE_FAULT: " function " d0 addr 0000000000001000 flags 0x20 RW\n"
#define EVENT                                                                                      \
	"(XEN) SMMUv3: /smmuv3@9050000: event 0x10 received:\n"                                    \
	"(XEN) SMMUv3: /smmuv3@9050000: \t0x0000001000000010\n"                                    \
	"(XEN) SMMUv3: /smmuv3@9050000: \t0x0\n"                                                   \
	"(XEN) SMMUv3: /smmuv3@9050000: \t0x0000000008090040\n"                                    \
	"(XEN) SMMUv3: /smmuv3@9050000: \t0x0\n"
#define CONTEXT(node)                                                                              \
	"(XEN) smmu: " node ": Unhandled context fault: fsr=0x402, iova=0x1000, fsynr=0x12, "      \
	"cb=1\n"

/* A dom0 of a Xen that drives an IOMMU, with the PCI function 0000:00:02.0. */
static struct xdc_model *model_of(struct xdc_evidence *evidence)
{
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=1\n");
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=0\nclass=0x010802\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_model_new(evidence);
}

/* Xen has turned its bus mastering off: the fault shows that it did DMA. */
static void test_a_function_s_fault_is_its_dma(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:console", XDC_STATUS_OK, START FAULT("0000:00:02.0"));
	xdc_automodel struct xdc_model *model = model_of(evidence);
	const struct xdc_device *device = device_of(model, "0000:00:02.0");

	(void)state;
	assert_non_null(device->xen_fault);
	assert_ptr_equal(device->xen_fault->master, device);
	assert_int_equal(device->dma, XDC_DMA_YES);
	assert_text(device->dma_reason, "an IOMMU of Xen's has refused DMA of it");
}

static void test_an_interrupt_is_no_dma(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = evidence_with(
		"xen:console", XDC_STATUS_OK,
		START "(XEN) [VT-D]INTR-REMAP: Request device [0000:00:02.0] fault index 5\n");
	xdc_automodel struct xdc_model *model = model_of(evidence);
	const struct xdc_device *device = device_of(model, "0000:00:02.0");

	(void)state;
	assert_ptr_equal(model->console->faults[0].master, device);
	assert_null(device->xen_fault);
	assert_int_equal(device->dma, XDC_DMA_NO);
}

static void test_a_device_that_is_not_here_has_no_master(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:console", XDC_STATUS_OK, START FAULT("0000:00:03.0") EVENT);
	xdc_automodel struct xdc_model *model = model_of(evidence);

	(void)state;
	assert_int_equal(model->console->n_faults, 2);
	assert_null(model->console->faults[0].master);
	assert_null(model->console->faults[1].master);
}

static void add_host_board(struct xdc_evidence *evidence)
{
	struct dt dt;

	dt_board(&dt);
	add_bytes(evidence, "host-devicetree", dt.blob, dt.size);
}

/* dom0's tree lacks an IOMMU that Xen drives; the board's tells whose the stream is. */
static void test_a_stream_is_found_in_the_board_s_tree(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:console", XDC_STATUS_OK, START EVENT);
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_host_board(evidence);
	model = model_of(evidence);
	assert_ptr_equal(model->console->faults[0].master, device_of(model, "0000:00:02.0"));
}

static void test_a_fault_without_a_stream_is_of_the_only_device(void **state)
{
	xdc_autoevidence struct xdc_evidence *one =
		evidence_with("xen:console", XDC_STATUS_OK, START CONTEXT("/smmuv3@9050000"));
	xdc_autoevidence struct xdc_evidence *two =
		evidence_with("xen:console", XDC_STATUS_OK, START CONTEXT("/smmuv3@9050000"));
	xdc_automodel struct xdc_model *of_one = NULL, *of_two = NULL;

	(void)state;
	add_host_board(one);
	of_one = model_of(one);
	assert_ptr_equal(of_one->console->faults[0].master, device_of(of_one, "0000:00:02.0"));
	add_host_board(two);
	add_platform(two, "30be0000.ethernet", "of_node=/ethernet@30be0000\n");
	of_two = model_of(two);
	assert_null(of_two->console->faults[0].master);
}

/* Whoever wrote that, it was no IOMMU of Xen's. */
static void test_where_xen_drives_no_iommu_nothing_is_believed(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:console", XDC_STATUS_OK, START FAULT("0000:00:02.0"));
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=0\n");
	model = model_of(evidence);
	assert_int_equal(model->console->n_faults, 0);
	assert_null(device_of(model, "0000:00:02.0")->xen_fault);
}

static size_t faults_of(const char *ring, enum xdc_status status, const char *log)
{
	xdc_autoevidence struct xdc_evidence *evidence = evidence_with("xen:console", status, ring);
	xdc_automodel struct xdc_model *model = NULL;

	add_record(evidence, LOG, XDC_STATUS_OK, log);
	model = model_of(evidence);
	if (model->console->n_faults)
		assert_string_equal(model->console->faults[0].evidence,
				    status == XDC_STATUS_OK ? "xen:console" : LOG);
	return model->console->n_faults;
}

/* Only where the ring could not be read, and only behind the last start of this Xen. */
static void test_the_log_stands_in_for_the_ring(void **state)
{
#define OLD FAULT("0000:00:05.0")
#define NEW FAULT("0000:00:02.0")
	(void)state;
	assert_int_equal(faults_of("", XDC_STATUS_DENIED, START OLD START NEW), 1);
	assert_int_equal(faults_of("", XDC_STATUS_DENIED, OLD), 0);
	assert_int_equal(faults_of("", XDC_STATUS_DENIED, START OLD "(XEN) Xen version 4.20.4\n"),
			 0);
	assert_int_equal(faults_of(START, XDC_STATUS_OK, START NEW), 0);
	assert_int_equal(faults_of(START NEW, XDC_STATUS_OK, START OLD OLD), 1);
}

static void test_the_sentence(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence =
		evidence_with("xen:console", XDC_STATUS_OK,
			      "cut\n(XEN) [   88.116441] AMD-Vi: IO_PAGE_FAULT: 0000:00:02.0 d0 "
			      "addr 1000 flags 0\n" EVENT EVENT);
	xdc_automodel struct xdc_model *model = model_of(evidence);
	struct xdc_console *console = model->console;

	(void)state;
	assert_string_equal(
		xdc_xen_fault_text(model->arena, console, &console->faults[0]),
		"the hypervisor's console: AMD-Vi refused DMA, 1 time, first at address "
		"0x1000 (flags 0), since 88.116441; the console has lost its beginning, "
		"and perhaps more");
	console->has_beginning = true;
	assert_string_equal(
		xdc_xen_fault_text(model->arena, console, &console->faults[1]),
		"the hypervisor's console: /smmuv3@9050000 refused DMA of its stream ID "
		"0x10, 2 times, first at address 0x8090040 (event 0x10 "
		"(F_TRANSLATION))");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_function_s_fault_is_its_dma),
		cmocka_unit_test(test_an_interrupt_is_no_dma),
		cmocka_unit_test(test_a_device_that_is_not_here_has_no_master),
		cmocka_unit_test(test_a_stream_is_found_in_the_board_s_tree),
		cmocka_unit_test(test_a_fault_without_a_stream_is_of_the_only_device),
		cmocka_unit_test(test_where_xen_drives_no_iommu_nothing_is_believed),
		cmocka_unit_test(test_the_log_stands_in_for_the_ring),
		cmocka_unit_test(test_the_sentence),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
