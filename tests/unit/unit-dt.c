/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <endian.h>
#include <libfdt.h>
#include <string.h>

#include "unit.h"

void dt_start(struct dt *dt)
{
	assert_int_equal(fdt_create(dt->blob, (int)sizeof(dt->blob)), 0);
	assert_int_equal(fdt_finish_reservemap(dt->blob), 0);
	dt_begin(dt, "");
}

void dt_begin(struct dt *dt, const char *name)
{
	assert_int_equal(fdt_begin_node(dt->blob, name), 0);
}

void dt_cells(struct dt *dt, const char *name, const uint32_t *cells, size_t count)
{
	uint32_t value[64];

	assert_true(count <= XDC_ARRAY_SIZE(value));
	for (size_t i = 0; i < count; i++)
		value[i] = htobe32(cells[i]);
	assert_int_equal(fdt_property(dt->blob, name, value, (int)(count * sizeof(*value))), 0);
}

void dt_text(struct dt *dt, const char *name, const char *value)
{
	const int size = (int)strlen(value) + 1;

	assert_int_equal(fdt_property(dt->blob, name, value, size), 0);
}

void dt_flag(struct dt *dt, const char *name)
{
	assert_int_equal(fdt_property(dt->blob, name, NULL, 0), 0);
}

void dt_end(struct dt *dt)
{
	assert_int_equal(fdt_end_node(dt->blob), 0);
}

void dt_finish(struct dt *dt)
{
	const void *blob = dt->blob;

	dt_end(dt);
	assert_int_equal(fdt_finish(dt->blob), 0);
	dt->size = fdt_totalsize(blob);
}

void dt_begin_iommu(struct dt *dt, const char *name, const char *compatible, uint32_t phandle)
{
	dt_begin(dt, name);
	dt_text(dt, "compatible", compatible);
	DT_CELLS(dt, "#iommu-cells", 1);
	DT_CELLS(dt, "phandle", phandle);
}

void dt_board(struct dt *dt)
{
	dt_start(dt);
	dt_begin_iommu(dt, "smmuv3@9050000", "arm,smmu-v3", 1);
	dt_end(dt);
	dt_begin(dt, "pcie@10000000");
	DT_CELLS(dt, "iommu-map", 0, 1, 0, 0x10000);
	dt_end(dt);
	dt_begin(dt, "ethernet@30be0000");
	DT_CELLS(dt, "iommus", 1, 5);
	dt_end(dt);
	dt_finish(dt);
}

void add_devicetree(struct xdc_evidence *evidence, const struct dt *dt)
{
	add_bytes(evidence, "devicetree", dt->blob, dt->size);
}

void add_board(struct xdc_evidence *evidence)
{
	struct dt dt;

	dt_board(&dt);
	add_devicetree(evidence, &dt);
	add_platform(evidence, "9050000.smmuv3", "driver=arm-smmu-v3\nof_node=/smmuv3@9050000\n");
	add_record(evidence, "class:iommu", XDC_STATUS_OK,
		   "smmu3.0x0000000009050000=" PLATFORM_PATH
		   "9050000.smmuv3/iommu/smmu3.0x0000000009050000\n");
}
