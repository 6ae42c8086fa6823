/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "bpf/observe-names.h"
#include "unit.h"

enum { MAP_SG = 0x1000, MAP_PAGE = 0x2000, NAMELESS = 0x3000 };

/* The fields of @sample; the caller's. */
static char *fields_of(const struct xdc_bpf_sample *sample)
{
	static char symbols[] = "0000000000001000 t xen_swiotlb_map_sg\n"
				"0000000000002000 t xen_swiotlb_map_page\n";
	xdc_autofclose FILE *file = fmemopen(symbols, strlen(symbols), "r");
	struct xdc_kallsyms *kallsyms = NULL;
	FILE *out = unit_stream();

	assert_int_equal(xdc_kallsyms_read(file, &kallsyms), 0);
	xdc_observe_write_fields(out, sample, kallsyms);
	xdc_kallsyms_free(kallsyms);
	return unit_text(out);
}

static bool has_line(const char *text, const char *line)
{
	size_t length = strlen(line);

	for (const char *at = text; (at = strstr(at, line)); at++)
		if ((at == text || at[-1] == '\n') && at[length] == '\n')
			return true;
	return false;
}

static void test_a_table_is_told_by_the_names_of_its_functions(void **state)
{
	const struct xdc_bpf_sample sample = { .dma_ops = 1, .map_sg = MAP_SG, .map = MAP_PAGE };
	xdc_autofree char *text = fields_of(&sample);

	(void)state;
	assert_true(has_line(text, "ops=table"));
	assert_true(has_line(text, "map_sg=xen_swiotlb_map_sg"));
	assert_true(has_line(text, "map=xen_swiotlb_map_page"));
}

/* Addresses tell where the kernel is: none may be written down. */
static void test_no_address_is_written(void **state)
{
	const struct xdc_bpf_sample sample = {
		.dma_ops = 0xffffffc0deadbeef,
		.map_sg = NAMELESS,
		.map = 0,
		.arch_mapping = 0xffffffc0cafe0000,
		.has = XDC_BPF_HAS_ARCH_MAPPING,
	};
	xdc_autofree char *text = fields_of(&sample);

	(void)state;
	assert_true(has_line(text, "ops=table"));
	assert_true(has_line(text, "map_sg!absent"));
	assert_lacks(text, "map=");
	assert_lacks(text, "map!");
	assert_true(has_line(text, "arch_mapping=1"));
	assert_lacks(text, "deadbeef");
	assert_lacks(text, "cafe");
	assert_lacks(text, "3000");
}

static void test_no_table_has_no_functions(void **state)
{
	const struct xdc_bpf_sample sample = { .dma_ops = 0, .map_sg = MAP_SG };
	xdc_autofree char *text = fields_of(&sample);

	(void)state;
	assert_true(has_line(text, "ops=none"));
	assert_lacks(text, "map_sg");
}

static void test_a_table_that_could_not_be_read_is_told(void **state)
{
	const struct xdc_bpf_sample sample = { .dma_ops = 1, .has = XDC_BPF_OPS_UNREADABLE };
	xdc_autofree char *text = fields_of(&sample);

	(void)state;
	assert_true(has_line(text, "ops=unreadable"));
}

/* A member that this kernel does not have is no field, so that nobody takes it for a zero. */
static void test_only_what_the_kernel_has_is_written(void **state)
{
	static const struct {
		unsigned int has;
		const char *line;
		const char *name;
	} cases[] = {
		{ XDC_BPF_HAS_DMA_IOMMU, "dma_iommu=1", "dma_iommu" },
		{ XDC_BPF_HAS_BUS_LIMIT, "bus_dma_limit=0x3fffffff", "bus_dma_limit" },
		{ XDC_BPF_HAS_COHERENT, "coherent=1", "coherent=" },
		{ XDC_BPF_HAS_DMA_CONFIGURE, "dma_configure=1", "dma_configure" },
		{ XDC_BPF_HAS_CAN_MATCH, "can_match=1", "can_match" },
		{ XDC_BPF_HAS_POOL, "restricted_pool=1", "restricted_pool" },
		{ XDC_BPF_HAS_ARCH_MAPPING, "arch_mapping=1", "arch_mapping" },
		{ XDC_BPF_HAS_GROUP, "group_domain=DMA", "group_domain" },
		{ XDC_BPF_HAS_DMA_MASK, "dma_mask=0xff", "\ndma_mask" },
		{ XDC_BPF_HAS_COHERENT_MASK, "coherent_dma_mask=0xffff", "coherent_dma_mask" },
		{ XDC_BPF_HAS_DRIVER, "driver=1", "driver" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		struct xdc_bpf_sample sample = {
			.bus_dma_limit = 0x3fffffff,
			.dma_mask = 0xff,
			.coherent_dma_mask = 0xffff,
			.driver = 1,
			.arch_mapping = 1,
			.has = cases[i].has,
			.group_domain = 3,
			.dma_iommu = 1,
			.coherent = 1,
			.dma_configure = 1,
			.can_match = 1,
			.restricted_pool = 1,
		};
		xdc_autofree char *with = fields_of(&sample), *without = NULL;

		sample.has = 0;
		without = fields_of(&sample);
		assert_true(has_line(with, cases[i].line));
		assert_lacks(without, cases[i].name);
	}
}

static void test_masks_and_the_global_table_are_told(void **state)
{
	const struct xdc_bpf_sample sample = {
		.dma_mask = 0xffffffff,
		.coherent_dma_mask = 0xffffffffffffffff,
		.has = XDC_BPF_HAS_GLOBAL_OPS | XDC_BPF_HAS_DMA_MASK | XDC_BPF_HAS_COHERENT_MASK |
		       XDC_BPF_HAS_DRIVER,
		.driver = 1,
	};
	xdc_autofree char *text = fields_of(&sample);

	(void)state;
	assert_true(has_line(text, "dma_mask=0xffffffff"));
	assert_true(has_line(text, "coherent_dma_mask=0xffffffffffffffff"));
	assert_true(has_line(text, "global_ops=1"));
	assert_true(has_line(text, "driver=1"));
}

/* include/linux/iommu.h: flags, of which the combinations have names. */
static void test_each_kind_of_domain_has_sysfs_s_name(void **state)
{
	static const struct {
		unsigned int type;
		const char *line;
	} cases[] = {
		{ 0x0, "group_domain=blocked" }, { 0x1, "group_domain=unmanaged" },
		{ 0x3, "group_domain=DMA" },	 { 0x4, "group_domain=identity" },
		{ 0xb, "group_domain=DMA-FQ" },	 { 0x10, "group_domain=16" },
	};

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(cases); i++) {
		const struct xdc_bpf_sample sample = { .has = XDC_BPF_HAS_GROUP,
						       .group_domain = cases[i].type };
		xdc_autofree char *text = fields_of(&sample);

		assert_true(has_line(text, cases[i].line));
	}
}

static void test_a_group_without_a_domain_has_none(void **state)
{
	const struct xdc_bpf_sample sample = { .has = XDC_BPF_HAS_GROUP,
					       .group_domain = XDC_BPF_NO_DOMAIN };
	xdc_autofree char *text = fields_of(&sample);

	(void)state;
	assert_lacks(text, "group_domain");
}

/* What is written here is read by the model: both must mean the same fields. */
static void test_the_model_reads_what_is_written(void **state)
{
	const struct xdc_bpf_sample sample = {
		.dma_ops = 1,
		.map_sg = MAP_SG,
		.dma_mask = 0xffffffff,
		.has = XDC_BPF_HAS_DMA_IOMMU | XDC_BPF_HAS_GROUP | XDC_BPF_HAS_CAN_MATCH |
		       XDC_BPF_HAS_DMA_MASK,
		.group_domain = 0xb,
		.can_match = 1,
	};
	xdc_autoevidence struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree char *text = fields_of(&sample);
	xdc_automodel struct xdc_model *model = NULL;
	const struct xdc_observation *observed;

	(void)state;
	add_platform(evidence, "x", "driver=d\n");
	add_observation(evidence, "x", text);
	model = xdc_model_new(evidence);
	observed = &device_of(model, "x")->observed;
	assert_true(observed->present && observed->table);
	assert_text(observed->map_sg, "xen_swiotlb_map_sg");
	assert_text(observed->group_domain, "DMA-FQ");
	assert_int_equal(observed->dma_iommu, XDC_NO);
	assert_int_equal(observed->can_match, XDC_YES);
	assert_int_equal(observed->coherent, XDC_UNKNOWN);
	assert_int_equal(observed->dma_mask, 0xffffffff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_table_is_told_by_the_names_of_its_functions),
		cmocka_unit_test(test_no_address_is_written),
		cmocka_unit_test(test_no_table_has_no_functions),
		cmocka_unit_test(test_a_table_that_could_not_be_read_is_told),
		cmocka_unit_test(test_only_what_the_kernel_has_is_written),
		cmocka_unit_test(test_masks_and_the_global_table_are_told),
		cmocka_unit_test(test_each_kind_of_domain_has_sysfs_s_name),
		cmocka_unit_test(test_a_group_without_a_domain_has_none),
		cmocka_unit_test(test_the_model_reads_what_is_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
