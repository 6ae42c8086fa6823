/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-preflight.h"

/* /uart for a guest, /off turned off by firmware, /bus with /bus/dev below what is off. */
static void build(struct dt *dt)
{
	dt_start(dt);
	dt_begin(dt, "uart");
	dt_text(dt, "status", "disabled");
	dt_flag(dt, "xen,passthrough");
	dt_end(dt);
	dt_begin(dt, "off");
	dt_text(dt, "status", "disabled");
	dt_begin(dt, "below");
	dt_end(dt);
	dt_end(dt);
	dt_begin(dt, "on");
	dt_text(dt, "compatible", "acme,on");
	dt_flag(dt, "iommus");
	dt_end(dt);
	dt_finish(dt);
}

struct asked {
	struct xdc_evidence *evidence;
	struct xdc_flight flight;
};

static struct asked ask(const char *key)
{
	struct asked asked = { .evidence = xdc_evidence_new() };
	static struct dt dt;
	const struct xdc_record *record;
	struct xdc_record renamed;

	build(&dt);
	add_devicetree(asked.evidence, &dt);
	record = xdc_evidence_find(asked.evidence, "devicetree");
	renamed = *record;
	renamed.key = key;
	xdc_evidence_add(asked.evidence, &renamed);
	asked.flight.evidence = asked.evidence;
	asked.flight.arena = xdc_arena_new();
	return asked;
}

static void done(struct asked *asked)
{
	xdc_arena_free(asked->flight.arena);
	xdc_evidence_free(asked->evidence);
}

static void test_what_dom0_may_use(void **state)
{
	struct asked asked = ask("devicetree");

	(void)state;
	assert_int_equal(xdc_fdt_node(&asked.flight, "/uart"), XDC_FDT_PASSTHROUGH);
	assert_int_equal(xdc_fdt_node(&asked.flight, "/off"), XDC_FDT_DISABLED);
	assert_int_equal(xdc_fdt_node(&asked.flight, "/off/below"), XDC_FDT_DISABLED);
	assert_int_equal(xdc_fdt_node(&asked.flight, "/on"), XDC_FDT_AVAILABLE);
	assert_int_equal(xdc_fdt_node(&asked.flight, "/none"), XDC_FDT_ABSENT);
	assert_int_equal(xdc_fdt_has_compatible(&asked.flight, "acme,on"), XDC_YES);
	assert_int_equal(xdc_fdt_has_compatible(&asked.flight, "acme,off"), XDC_NO);
	assert_int_equal(xdc_fdt_board_has_iommu(&asked.flight, "/on"), XDC_UNKNOWN);
	done(&asked);
}

static void test_the_boards_own_tree_tells_of_iommus(void **state)
{
	struct asked asked = ask("host-devicetree");

	(void)state;
	assert_int_equal(xdc_fdt_board_has_iommu(&asked.flight, "/on"), XDC_YES);
	assert_int_equal(xdc_fdt_board_has_iommu(&asked.flight, "/uart"), XDC_NO);
	assert_int_equal(xdc_fdt_board_has_iommu(&asked.flight, "/none"), XDC_UNKNOWN);
	done(&asked);
}

static void test_without_a_tree_nothing_is_known(void **state)
{
	static const char *const blobs[] = { "", "no tree" };

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(blobs); i++) {
		struct xdc_evidence *evidence =
			evidence_with("devicetree", XDC_STATUS_OK, blobs[i]);
		struct xdc_flight flight = { .evidence = evidence, .arena = xdc_arena_new() };

		assert_int_equal(xdc_fdt_node(&flight, "/on"), XDC_FDT_UNKNOWN);
		assert_int_equal(xdc_fdt_has_compatible(&flight, "x"), XDC_UNKNOWN);
		xdc_arena_free(flight.arena);
		xdc_evidence_free(evidence);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_dom0_may_use),
		cmocka_unit_test(test_the_boards_own_tree_tells_of_iommus),
		cmocka_unit_test(test_without_a_tree_nothing_is_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
