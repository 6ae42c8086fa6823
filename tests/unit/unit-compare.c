/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

int two_setup(void **state)
{
	struct two *two = xdc_zalloc(sizeof(*two));

	two->evidence[0] = xdc_evidence_new();
	two->evidence[1] = xdc_evidence_new();
	*state = two;
	return 0;
}

int two_teardown(void **state)
{
	struct two *two = *state;

	xdc_comparison_free(two->c);
	for (size_t i = 0; i < 2; i++) {
		/* A report has taken the evidence over. */
		if (two->reports[i])
			xdc_report_free(two->reports[i]);
		else
			xdc_evidence_free(two->evidence[i]);
	}
	free(two);
	return 0;
}

void both_record(struct two *two, const char *key, enum xdc_status status, const char *data)
{
	add_record(two->evidence[0], key, status, data);
	add_record(two->evidence[1], key, status, data);
}

void both_platform(struct two *two, const char *name, const char *fields)
{
	add_platform(two->evidence[0], name, fields);
	add_platform(two->evidence[1], name, fields);
}

void both_pci(struct two *two, const char *name, const char *fields)
{
	add_pci(two->evidence[0], name, fields);
	add_pci(two->evidence[1], name, fields);
}

void both_dom0(struct two *two)
{
	for (size_t i = 0; i < 2; i++)
		add_arm64_dom0(two->evidence[i], "6.1.0");
}

void two_remedied(struct two *two)
{
	add_record(two->evidence[0], "iommu-groups", XDC_STATUS_OK, "1=DMA\n");
	add_record(two->evidence[1], "iommu-groups", XDC_STATUS_OK, "1=identity\n");
	for (size_t i = 0; i < 2; i++) {
		add_board(two->evidence[i]);
		add_pci(two->evidence[i], "0000:00:02.0",
			"driver=nvme\nbusmaster=1\niommu_group=1\n");
	}
	add_pci(two->evidence[1], "0000:00:03.0", "driver=nvme\nbusmaster=1\n");
	add_platform(two->evidence[1], "timer", "");
}

const struct xdc_comparison *two_compare(struct two *two)
{
	for (size_t i = 0; i < 2; i++)
		two->reports[i] = xdc_report_new(two->evidence[i]);
	two->c = xdc_compare(two->reports[0], two->reports[1]);
	return two->c;
}

static const struct xdc_field_change *find(const struct xdc_fields *fields, const char *name)
{
	for (size_t i = 0; i < fields->count; i++)
		if (strcmp(fields->items[i].name, name) == 0)
			return &fields->items[i];
	return NULL;
}

bool has_field_change(const struct xdc_fields *fields, const char *name)
{
	return find(fields, name) != NULL;
}

const struct xdc_field_change *field_change(const struct xdc_fields *fields, const char *name)
{
	const struct xdc_field_change *field = find(fields, name);

	if (!field)
		fail_msg("%s does not differ", name);
	return field;
}

const struct xdc_device_change *device_change(const struct xdc_comparison *c, const char *name)
{
	for (size_t i = 0; i < c->n_devices; i++) {
		const struct xdc_device_change *d = &c->devices[i];

		if (strcmp((d->before ? d->before : d->after)->device->name, name) == 0)
			return d;
	}
	fail_msg("no device %s in either", name);
	abort();
}

void assert_unread(const struct xdc_unread *unread, enum xdc_side side, const char *key)
{
	assert_int_equal(unread->side, side);
	if (side != XDC_SIDE_NEITHER)
		assert_text(unread->key, key);
}
