/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "model/address-map.h"
#include "unit.h"

/* What @line states, whichever of the forms it has. */
static void take(struct xdc_address_map *map, const char *line)
{
	for (size_t i = 0; i < xdc_address_line_count(); i++) {
		const char *literal = xdc_address_line_literal(i), *at = strstr(line, literal);

		if (at)
			xdc_address_line_read(map, i, line, strlen(line),
					      (size_t)(at - line) + strlen(literal), "log");
	}
}

static void assert_range(const char *line, uint64_t first, uint64_t last, enum xdc_range_kind kind)
{
	struct xdc_address_map map = { 0 };

	take(&map, line);
	assert_int_equal(map.count, 1);
	assert_int_equal(map.ranges[0].first, first);
	assert_int_equal(map.ranges[0].last, last);
	assert_int_equal(map.ranges[0].kind, kind);
	xdc_address_map_clear(&map);
}

static void assert_nothing(const char *line)
{
	struct xdc_address_map map = { 0 };

	take(&map, line);
	assert_int_equal(map.count, 0);
}

static void lines_state_ranges(void **state)
{
	(void)state;
	assert_range("(XEN)  [0000000000100000, 000000007ffd3fff] (usable)", 0x100000, 0x7ffd3fff,
		     XDC_RANGE_RAM);
	assert_range("(XEN)  0000000000100000 - 000000007ffd4000 (usable)", 0x100000, 0x7ffd3fff,
		     XDC_RANGE_RAM);
	assert_range("(XEN)  [000000007ffd4000, 000000007fffffff] (reserved)", 0x7ffd4000,
		     0x7fffffff, XDC_RANGE_RESERVED);
	assert_range("(XEN) RAM: 0000000040000000 - 00000000bfffffff", 0x40000000, 0xbfffffff,
		     XDC_RANGE_RAM);
	assert_range("[    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009efff] usable",
		     0, 0x9efff, XDC_RANGE_RAM);
	assert_range("[    0.0] Xen: [mem 0x000000007ffd4000-0x000000007fffffff] reserved",
		     0x7ffd4000, 0x7fffffff, XDC_RANGE_RESERVED);
	assert_range("(XEN) [VT-D]dmar.c:615:   RMRR region: base_addr 78863000 end_addr 78882fff",
		     0x78863000, 0x78882fff, XDC_RANGE_DEVICES);
	assert_range("(XEN) [VT-D]RMRR address range 7b800000..7fffffff not in reserved memory",
		     0x7b800000, 0x7fffffff, XDC_RANGE_DEVICES);
	assert_range("DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff", 0x7b800000,
		     0x7fffffff, XDC_RANGE_DEVICES);
	assert_range("[    0.0] GICv2m: range[mem 0x08020000-0x08020fff], SPI[80:143]", 0x8020000,
		     0x8020fff, XDC_RANGE_DOORBELL);
	assert_range("(XEN)         gic_v2m_addr=0000000008020000", 0x8020000, 0x8020fff,
		     XDC_RANGE_DOORBELL);
	assert_range("[    0.0] ITS [mem 0x08080000-0x0809ffff]", 0x8080000, 0x809ffff,
		     XDC_RANGE_DOORBELL);
	assert_range("(XEN) GICv3: Found ITS @0x6020000", 0x6020000, 0x603ffff, XDC_RANGE_DOORBELL);
}

static void what_is_no_range_states_nothing(void **state)
{
	(void)state;
	assert_nothing(" (usable)");
	assert_nothing("(XEN) (usable)");
	assert_nothing("(XEN)  [00000000001x0000, 000000007ffd3fff] (usable)");
	assert_nothing("(XEN) RAM: 0000000040000000");
	assert_nothing("(XEN) RAM: ");
	assert_nothing("(XEN) RAM: 00000000bfffffff - 0000000040000000");
	assert_nothing("(XEN) RAM: 000000000000000040000000 - 0000000000000000bfffffff");
	assert_nothing("BIOS-e820: [mem 0x0-0x9efff] ACPI data");
	assert_nothing("Found ITS @");
}

static enum xdc_place place(const struct xdc_address_map *map, enum xdc_address_space space,
			    uint64_t address)
{
	struct xdc_arena *arena = xdc_arena_new();
	const char *text, *source;
	enum xdc_place found = xdc_address_place(arena, &map, 1, space, address, &text, &source);

	assert_int_equal(!text, found == XDC_PLACE_UNKNOWN);
	xdc_arena_free(arena);
	return found;
}

static void the_narrowest_says_what_an_address_is(void **state)
{
	struct xdc_address_map map = { 0 };

	(void)state;
	take(&map, "(XEN)  [0000000000100000, 000000007ffd3fff] (usable)");
	take(&map, "(XEN)  [000000007ffd4000, 000000007fffffff] (reserved)");
	take(&map, "(XEN)  [0000000100000000, 000000013fffffff] (usable)");
	take(&map, "(XEN) RMRR region: base_addr 7d000000 end_addr 7f7fffff");
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x200000), XDC_PLACE_RAM);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x7d93e000), XDC_PLACE_DEVICES);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x7ffff000), XDC_PLACE_RESERVED);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x90000000), XDC_PLACE_NOTHING);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x140000000), XDC_PLACE_BEYOND);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0xfee00018), XDC_PLACE_INTERRUPT);
	assert_int_equal(place(&map, XDC_SPACE_ARM, 0xfee00018), XDC_PLACE_NOTHING);
	assert_int_equal(place(&map, XDC_SPACE_AMD, 0xfffffffdf8020150), XDC_PLACE_INTERRUPT);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0xfdf8020150), XDC_PLACE_BEYOND);
	xdc_address_map_clear(&map);
}

/* What a dom0 has is less than the machine. */
static void the_end_of_a_kernels_own_memory_is_no_end(void **state)
{
	struct xdc_address_map map = { 0 };

	(void)state;
	take(&map, "Xen: [mem 0x0000000000100000-0x000000007ffd3fff] usable");
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x140000000), XDC_PLACE_NOTHING);
	xdc_address_map_clear(&map);
	assert_int_equal(place(&map, XDC_SPACE_INTEL, 0x1000), XDC_PLACE_UNKNOWN);
}

static void a_flood_of_ranges_ends(void **state)
{
	struct xdc_address_map map = { 0 };

	(void)state;
	for (uint64_t i = 0; i < 2 * XDC_RANGES_MAX; i++)
		for (unsigned int twice = 0; twice < 2; twice++)
			xdc_address_map_add(&map, &(struct xdc_range){ .first = i, .last = i });
	assert_int_equal(map.count, XDC_RANGES_MAX);
	assert_int_equal(map.ranges[1].first, 1);
	xdc_address_map_clear(&map);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_state_ranges),
		cmocka_unit_test(what_is_no_range_states_nothing),
		cmocka_unit_test(the_narrowest_says_what_an_address_is),
		cmocka_unit_test(the_end_of_a_kernels_own_memory_is_no_end),
		cmocka_unit_test(a_flood_of_ranges_ends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
