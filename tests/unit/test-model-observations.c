/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

static struct xdc_model *observed(struct xdc_evidence **evidence, const char *fields)
{
	*evidence = xdc_evidence_new();
	add_platform(*evidence, "x", "driver=d\n");
	add_observation(*evidence, "x", fields);
	return xdc_model_new(*evidence);
}

static void test_every_field_is_read(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model = observed(
		&evidence, "ops=table\nmap_sg=xen_swiotlb_map_sg\nmap=xen_swiotlb_map_page\n"
			   "group_domain=DMA-FQ\ndma_iommu=0\ncoherent=1\ndma_configure=1\n"
			   "can_match=1\nrestricted_pool=0\narch_mapping=1\nglobal_ops=1\n"
			   "dma_mask=0xffffffff\ncoherent_dma_mask=0xffffffffffffffff\n"
			   "bus_dma_limit=0x3fffffff\n");
	const struct xdc_observation *o = &device_of(model, "x")->observed;

	(void)state;
	assert_int_equal(model->observed, XDC_YES);
	assert_true(o->present);
	assert_true(o->table);
	assert_false(o->unreadable);
	assert_text(o->map_sg, "xen_swiotlb_map_sg");
	assert_text(o->map, "xen_swiotlb_map_page");
	assert_text(o->group_domain, "DMA-FQ");
	assert_int_equal(o->dma_iommu, XDC_NO);
	assert_int_equal(o->coherent, XDC_YES);
	assert_int_equal(o->can_match, XDC_YES);
	assert_int_equal(o->restricted_pool, XDC_NO);
	assert_int_equal(o->arch_mapping, XDC_YES);
	assert_int_equal(o->global_ops, XDC_YES);
	assert_int_equal(o->dma_mask, 0xffffffff);
	assert_true(o->coherent_dma_mask == UINT64_MAX);
	assert_int_equal(o->bus_dma_limit, 0x3fffffff);
}

/* What the kernel does not have is not "no": a kernel without the flag is another one. */
static void test_what_this_kernel_does_not_have_is_unknown(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model =
		observed(&evidence, "ops=none\ncoherent!unsupported\n");
	const struct xdc_observation *o = &device_of(model, "x")->observed;

	(void)state;
	assert_true(o->present);
	assert_false(o->table);
	assert_null(o->map_sg);
	assert_null(o->group_domain);
	assert_int_equal(o->dma_iommu, XDC_UNKNOWN);
	assert_int_equal(o->coherent, XDC_UNKNOWN);
	assert_int_equal(o->arch_mapping, XDC_UNKNOWN);
	assert_int_equal(o->global_ops, XDC_UNKNOWN);
	assert_int_equal(o->dma_mask, 0);
}

static void test_a_table_that_could_not_be_read_is_one(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model =
		observed(&evidence, "ops=unreadable\nmap_sg!absent\n");

	(void)state;
	assert_true(device_of(model, "x")->observed.table);
	assert_true(device_of(model, "x")->observed.unreadable);
	assert_null(device_of(model, "x")->observed.map_sg);
}

static void test_a_record_without_ops_is_no_observation(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = NULL;
	xdc_automodel struct xdc_model *model = observed(&evidence, "dma_iommu=1\n");

	(void)state;
	assert_false(device_of(model, "x")->observed.present);
}

static void test_the_mask_in_force_is_the_kernel_s(void **state)
{
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_automodel struct xdc_model *model = NULL;

	(void)state;
	add_pci(evidence, "0000:00:01.0", "dma_mask_bits=64\n");
	add_observation(evidence, "0000:00:01.0", "ops=none\ndma_mask=0xffffffff\n");
	add_pci(evidence, "0000:00:02.0", "dma_mask_bits=64\n");
	add_observation(evidence, "0000:00:02.0", "ops=none\ndma_mask=nonsense\n");
	model = xdc_model_new(evidence);
	assert_int_equal(device_of(model, "0000:00:01.0")->dma_mask, 0xffffffff);
	assert_true(device_of(model, "0000:00:02.0")->dma_mask == UINT64_MAX);
}

static void test_why_the_kernel_was_not_read(void **state)
{
	const struct xdc_record denied = {
		"dma", "bpf", "needs root\x1b", "", 0, XDC_STATUS_DENIED
	};
	xdc_autoevidence struct xdc_evidence *refused = xdc_evidence_new();
	xdc_autoevidence struct xdc_evidence *not_asked = xdc_evidence_new();
	xdc_automodel struct xdc_model *refused_model = NULL, *not_asked_model = NULL;

	(void)state;
	xdc_evidence_add(refused, &denied);
	refused_model = xdc_model_new(refused);
	assert_int_equal(refused_model->observed, XDC_NO);
	assert_text(refused_model->observe_detail, "needs root\\x1b");
	not_asked_model = xdc_model_new(not_asked);
	assert_int_equal(not_asked_model->observed, XDC_UNKNOWN);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_field_is_read),
		cmocka_unit_test(test_what_this_kernel_does_not_have_is_unknown),
		cmocka_unit_test(test_a_table_that_could_not_be_read_is_one),
		cmocka_unit_test(test_a_record_without_ops_is_no_observation),
		cmocka_unit_test(test_the_mask_in_force_is_the_kernel_s),
		cmocka_unit_test(test_why_the_kernel_was_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
