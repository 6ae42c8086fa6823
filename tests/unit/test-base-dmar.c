/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "base/dmar.h"
#include "unit-dmar.h"
#include "unit.h"

static void test_what_is_reserved_for_whom(void **state)
{
	struct unit_dmar dmar = unit_dmar("RMAD");
	size_t offset = XDC_DMAR_HEADER;
	struct xdc_rmrr rmrr;

	(void)state;
	assert_true(xdc_dmar_is_valid(dmar.table, dmar.size));
	assert_true(xdc_dmar_next(dmar.table, dmar.size, &offset, &rmrr));
	assert_true(rmrr.base == 0x7b800000 && rmrr.end == 0x7bffffff);
	assert_int_equal(rmrr.segment, 0);
	assert_int_equal(rmrr.n_devices, 1);
	assert_true(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:02.0"));
	assert_false(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:02.1"));
	assert_false(xdc_rmrr_is_of(&rmrr, "/devices/pci0001:00/0001:00:02.0"));
	assert_false(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:40/0000:40:02.0"));
	assert_false(xdc_rmrr_is_of(&rmrr, "/devices/platform/x"));
	assert_false(xdc_rmrr_is_of(&rmrr, ""));
	assert_true(xdc_dmar_next(dmar.table, dmar.size, &offset, &rmrr));
	assert_int_equal(rmrr.n_devices, 2);
	assert_true(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:05.0"));
	assert_false(xdc_dmar_next(dmar.table, dmar.size, &offset, &rmrr));
}

/* The number of a bus behind a bridge is not the firmware's to know: it names the way there. */
static void test_a_device_behind_a_bridge(void **state)
{
	struct unit_dmar dmar = unit_dmar("DMAR");
	size_t offset = XDC_DMAR_HEADER;
	struct xdc_rmrr rmrr;

	(void)state;
	assert_true(xdc_dmar_next(dmar.table, dmar.size, &offset, &rmrr));
	assert_true(xdc_dmar_next(dmar.table, dmar.size, &offset, &rmrr));
	assert_true(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:1c.0/0000:03:00.0"));
	assert_false(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:1c.0"));
	assert_false(xdc_rmrr_is_of(&rmrr, "/devices/pci0000:00/0000:00:1d.0/0000:03:00.0"));
}

static void test_what_is_cut_off_or_too_short_is_none(void **state)
{
	struct unit_dmar dmar = unit_dmar("DMAR");

	(void)state;
	/* A copy of each size, so that a byte too far is seen. */
	for (size_t size = 0; size < dmar.size; size++) {
		unsigned char *cut = malloc(size + 1);

		memcpy(cut, dmar.table, size);
		assert_false(xdc_dmar_is_valid(cut, size));
		/* Also one that says that this is all. */
		if (size >= XDC_DMAR_HEADER) {
			cut[4] = (unsigned char)size;
			assert_int_equal(xdc_dmar_is_valid(cut, size),
					 size == XDC_DMAR_HEADER || size == UNIT_DMAR_FIRST ||
						 size == UNIT_DMAR_SECOND);
		}
		free(cut);
	}
	dmar.table[0] = 'X';
	assert_false(xdc_dmar_is_valid(dmar.table, dmar.size));
}

static void test_a_structure_of_no_length_is_none(void **state)
{
	struct unit_dmar dmar = unit_dmar("DMAR");

	(void)state;
	dmar.table[XDC_DMAR_HEADER + 2] = 0;
	assert_false(xdc_dmar_is_valid(dmar.table, dmar.size));
	dmar = unit_dmar("DMAR");
	/* A device's length. */
	dmar.table[UNIT_DMAR_FIRST + 24 + 1] = 0;
	assert_false(xdc_dmar_is_valid(dmar.table, dmar.size));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_is_reserved_for_whom),
		cmocka_unit_test(test_a_device_behind_a_bridge),
		cmocka_unit_test(test_what_is_cut_off_or_too_short_is_none),
		cmocka_unit_test(test_a_structure_of_no_length_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
