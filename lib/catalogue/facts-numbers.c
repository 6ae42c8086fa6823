/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The numbers of an IOMMU's fault: whose DMA it was, and what lies at the address. A log alone
 * tells what it states itself; with its machine, what that has there.
 */
#include <string.h>

#include "catalogue/explanation.h"

static const char *value_of(const struct xdc_fact_context *c, const char *name)
{
	return xdc_capture_find(c->captures, name);
}

static bool number_of(const struct xdc_fact_context *c, const char *name, uint64_t *ret)
{
	const char *value = value_of(c, name);

	if (!value)
		return false;
	if (xdc_text_starts_with(value, "0x"))
		value += 2;
	return xdc_number_parse(value, 16, ret) == 0;
}

static enum xdc_address_space space_of(const struct xdc_fact_context *c)
{
	if (value_of(c, "smmu"))
		return XDC_SPACE_ARM;
	return strstr(c->match->text, "AMD-Vi") ? XDC_SPACE_AMD : XDC_SPACE_INTEL;
}

/* A guest's addresses are its own: what the host has there says nothing. */
static bool is_guests(const struct xdc_fact_context *c)
{
	const char *domid = value_of(c, "domid");

	return (domid && strcmp(domid, "0") != 0) || c->match->kind == XDC_LOG_GUEST;
}

enum xdc_place xdc_captured_place(const struct xdc_fact_context *c, const char **ret_text)
{
	const struct xdc_address_map *maps[2] = { &c->log->addresses };
	size_t count = 1;
	const char *source;
	uint64_t address;

	*ret_text = NULL;
	if (!number_of(c, "address", &address))
		return XDC_PLACE_UNKNOWN;
	if (is_guests(c))
		count = 0; /* where interrupts are on x86 is the same for all */
	else if (c->report)
		maps[count++] = &c->report->model->addresses;
	return xdc_address_place(c->arena, maps, count, space_of(c), address, ret_text, &source);
}

/* GITS_TRANSLATER is at 0x10040 of an ITS, MSI_SETSPI_NS at 0x040 of a GICv2m frame. */
static bool like_doorbell(uint64_t address)
{
	return (address & 0xfff) == 0x040;
}

enum xdc_tri xdc_captured_is_interrupt(const struct xdc_fact_context *c, const char **ret_text)
{
	enum xdc_place place = xdc_captured_place(c, ret_text);
	uint64_t address;

	if (place != XDC_PLACE_UNKNOWN)
		return xdc_tri_of(place == XDC_PLACE_INTERRUPT);
	/* Where interrupts are on x86 is known without any map. */
	if (!number_of(c, "address", &address) ||
	    (space_of(c) == XDC_SPACE_ARM && (is_guests(c) || like_doorbell(address))))
		return XDC_UNKNOWN;
	*ret_text = xdc_arena_printf(c->arena, "0x%llx %s", (unsigned long long)address,
				     space_of(c) == XDC_SPACE_ARM
					     ? "does not end in 0x040, as the doorbells of an ITS "
					       "and of GICv2m do"
					     : "is in no range for interrupts");
	return XDC_NO;
}

static void tell(struct xdc_explained *item, const char *text)
{
	if (text && item->n_numbers < XDC_NUMBERS_MAX)
		item->numbers[item->n_numbers++] = text;
}

static const char *name_of(const struct xdc_fact_context *c, const struct xdc_device *device)
{
	return xdc_arena_printf(c->arena, "%s (%s%s)", device->name,
				device->driver ? "driver " : "no driver",
				device->driver ? device->driver : "");
}

/* Linux makes a requester ID of bus, device and function; most bridges hand it on as it is. */
static const char *as_function(const struct xdc_fact_context *c, uint64_t id)
{
	return xdc_arena_printf(c->arena, "%02x:%02x.%x", (unsigned int)(id >> 8 & 0xff),
				(unsigned int)(id >> 3 & 0x1f), (unsigned int)(id & 7));
}

static void tell_requester(const struct xdc_fact_context *c, struct xdc_explained *item,
			   uint64_t id)
{
	const struct xdc_device *device =
		c->report ? xdc_model_requester(c->report->model, (uint32_t)id) : NULL;

	if (id > 0xffff)
		return;
	tell(item,
	     xdc_arena_printf(c->arena,
			      "stream ID 0x%llx is the PCI function %s, if a host bridge "
			      "hands requester IDs on as they are (iommu-map)%s%s%s",
			      (unsigned long long)id, as_function(c, id),
			      device ? "; here that is " : "", device ? name_of(c, device) : "",
			      c->report && !c->report->model->board
				      ? ": the board's device tree tells, --host-dtb FILE"
				      : ""));
}

static void tell_stream(const struct xdc_fact_context *c, struct xdc_explained *item)
{
	const char *smmu = value_of(c, "smmu");
	uint64_t value;
	uint32_t id;
	bool has_id = number_of(c, "stream", &value);

	/* SMMUv2: the lower half of GFSYNR1 and of CBFRSYNRA. */
	if (has_id && strstr(c->match->text, "SYNR"))
		value &= 0xffff;
	if (has_id && strstr(c->match->text, "cbfrsynra"))
		value &= 0xffff;
	id = has_id ? (uint32_t)value : 0;
	if (c->report)
		item->device = xdc_model_stream_master(c->report->model, smmu, has_id ? &id : NULL);
	if (item->device && has_id)
		tell(item, xdc_arena_printf(c->arena, "stream ID 0x%x is %s, by the device tree",
					    id, name_of(c, item->device)));
	else if (item->device)
		tell(item, xdc_arena_printf(c->arena, "the only device behind it is %s",
					    name_of(c, item->device)));
	else if (has_id)
		tell_requester(c, item, value);
}

static const struct xdc_device *find_device(const struct xdc_model *model, const char *name)
{
	for (size_t i = 0; i < model->n_devices; i++)
		if (strcmp(model->devices[i].name, name) == 0)
			return &model->devices[i];
	return NULL;
}

/* "00:14.0", "0000:00:14.0", or the number that AMD's old messages have. */
static void tell_function(const struct xdc_fact_context *c, struct xdc_explained *item)
{
	const char *bdf = value_of(c, "bdf");
	uint64_t id;

	if (xdc_text_starts_with(bdf, "0x") && number_of(c, "bdf", &id)) {
		bdf = as_function(c, id);
		tell(item, xdc_arena_printf(c->arena, "device id 0x%llx is the PCI function %s",
					    (unsigned long long)id, bdf));
	}
	if (!c->report)
		return;
	if (c->match->device && strchr(c->match->device, ':') && strlen(c->match->device) > 7)
		bdf = c->match->device;
	item->device =
		find_device(c->report->model,
			    strlen(bdf) > 7 ? bdf : xdc_arena_printf(c->arena, "0000:%s", bdf));
	if (item->device)
		tell(item, xdc_arena_printf(c->arena, "here that is %s", name_of(c, item->device)));
}

/* SMMU_CBn_FSR: Arm SMMU architecture, version 2. */
static void tell_status(const struct xdc_fact_context *c, struct xdc_explained *item)
{
	uint64_t fsr;

	if (!number_of(c, "fsr", &fsr))
		return;
	if (fsr & 2)
		tell(item, "fsr says translation fault: the address is in no table");
	else if (fsr & 8)
		tell(item, "fsr says permission fault: the address may not be used so");
}

static void tell_address(const struct xdc_fact_context *c, struct xdc_explained *item)
{
	const char *text;
	uint64_t address;

	if (!number_of(c, "address", &address))
		return;
	if (xdc_captured_place(c, &text) == XDC_PLACE_UNKNOWN) {
		if (is_guests(c))
			text = "the address is one of the domain's own, not of the machine's "
			       "memory";
		else if (space_of(c) == XDC_SPACE_ARM && like_doorbell(address))
			text = xdc_arena_printf(
				c->arena,
				"0x%llx ends in 0x040, as the doorbells of an ITS and of GICv2m "
				"do: perhaps an interrupt (a guess)",
				(unsigned long long)address);
	}
	tell(item, text);
}

void xdc_read_numbers(const struct xdc_fact_context *c, struct xdc_explained *item)
{
	/* Of a fault: other messages have such names for other things. */
	if (!value_of(c, "address") && !value_of(c, "stream") && !value_of(c, "fsr"))
		return;
	if (value_of(c, "smmu"))
		tell_stream(c, item);
	else if (value_of(c, "bdf"))
		tell_function(c, item);
	tell_status(c, item);
	tell_address(c, item);
}
