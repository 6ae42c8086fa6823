/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Lines of logs that say what lies where. Formats: the sources named beside each. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/address-map.h"

enum {
	ITS_SIZE = 0x20000, /* GICv3: control and translation page of 64 KiB each */
	PAGE = 0x1000,
};

struct line {
	struct xdc_address_map *map;
	const char *text;
	size_t size;
	size_t at;
	const char *source;
};

typedef void read_fn(const struct line *line);

/* A hexadecimal number at *@at, moved behind it; with "0x" or not. */
static bool take_number(const struct line *line, size_t *at, uint64_t *ret)
{
	size_t digits = 0;
	uint64_t value = 0;

	if (line->size - *at > 2 && line->text[*at] == '0' && line->text[*at + 1] == 'x')
		*at += 2;
	for (; *at < line->size && isxdigit((unsigned char)line->text[*at]) && digits <= 16;
	     ++*at) {
		char c = line->text[*at];

		value = value << 4 |
			(uint64_t)(isdigit((unsigned char)c) ? c - '0' : (c | 0x20) - 'a' + 10);
		digits++;
	}
	*ret = value;
	return digits && digits <= 16;
}

/* Two numbers at @at with @between between them. */
static bool take_range(const struct line *line, size_t at, const char *between, uint64_t *first,
		       uint64_t *last)
{
	size_t length = strlen(between);

	if (at > line->size || !take_number(line, &at, first) || line->size - at < length ||
	    memcmp(line->text + at, between, length) != 0)
		return false;
	at += length;
	return take_number(line, &at, last);
}

static void add(const struct line *line, uint64_t first, uint64_t last, enum xdc_range_kind kind,
		bool of_host, const char *what)
{
	xdc_address_map_add(line->map,
			    &(struct xdc_range){ first, last, kind, of_host, what, line->source });
}

/*
 * "(XEN)  [0000000000100000, 000000007ffd3fff] (usable)"; up to 4.13 "(XEN)  0000000000100000 -
 * 000000007ffd4000 (usable)", its end not included: xen/arch/x86/e820.c, print_e820_memory_map().
 */
static void read_xen_map(const struct line *line, enum xdc_range_kind kind, size_t word)
{
	static const char what[] = "the hypervisor's memory map";
	enum { NEW = 2 + 2 * 16 + 2, OLD = 2 * 16 + 3 };
	size_t end = line->at - word - 1;
	uint64_t first, last;

	if (end >= NEW && line->text[end - NEW] == '[' &&
	    take_range(line, end - NEW + 1, ", ", &first, &last))
		add(line, first, last, kind, true, what);
	else if (end >= OLD && take_range(line, end - OLD, " - ", &first, &last) && last)
		add(line, first, last - 1, kind, true, what);
}

static void read_xen_usable(const struct line *line)
{
	read_xen_map(line, XDC_RANGE_RAM, strlen("(usable)"));
}

static void read_xen_reserved(const struct line *line)
{
	read_xen_map(line, XDC_RANGE_RESERVED, strlen("(reserved)"));
}

/* "(XEN) RAM: 0000000040000000 - 00000000bfffffff": xen/arch/arm/setup.c */
static void read_xen_bank(const struct line *line)
{
	uint64_t first, last;

	if (take_range(line, line->at, " - ", &first, &last))
		add(line, first, last, XDC_RANGE_RAM, true, "the hypervisor's memory map");
}

/* "BIOS-e820: [mem 0x...-0x...] usable": arch/x86/kernel/e820.c, e820__print_table() */
static void read_linux_map(const struct line *line)
{
	static const char usable[] = "] usable", reserved[] = "] reserved";
	const char *rest = line->text + line->at;
	size_t size = line->size - line->at;
	uint64_t first, last;

	if (!take_range(line, line->at, "-", &first, &last))
		return;
	if (memmem(rest, size, usable, strlen(usable)))
		add(line, first, last, XDC_RANGE_RAM, false, "the kernel's memory map");
	else if (memmem(rest, size, reserved, strlen(reserved)))
		add(line, first, last, XDC_RANGE_RESERVED, false, "the kernel's memory map");
}

static void add_rmrr(const struct line *line, const char *between)
{
	uint64_t first, last;

	if (take_range(line, line->at, between, &first, &last))
		add(line, first, last, XDC_RANGE_DEVICES, true, "an RMRR");
}

/* "RMRR region: base_addr 78863000 end_addr 78882fff": xen/drivers/passthrough/vtd/dmar.c */
static void read_rmrr_region(const struct line *line)
{
	add_rmrr(line, memmem(line->text, line->size, " end_address ", 13) ? " end_address "
									   : " end_addr ");
}

/* "RMRR address range 7b800000..7fffffff not in reserved memory": the same file */
static void read_rmrr_range(const struct line *line)
{
	add_rmrr(line, "..");
}

/* "DMAR: RMRR base: 0x0000007b800000 end: 0x0000007fffffff": drivers/iommu/intel/dmar.c */
static void read_rmrr_linux(const struct line *line)
{
	add_rmrr(line, " end: ");
}

/* "GICv2m: range[mem 0x08020000-0x08020fff], SPI[80:143]": drivers/irqchip/irq-gic-v2m.c */
static void read_v2m(const struct line *line)
{
	uint64_t first, last;

	if (take_range(line, line->at, "-", &first, &last))
		add(line, first, last, XDC_RANGE_DOORBELL, true, "a GICv2m frame");
}

/* "gic_v2m_addr=0000000008020000": xen/arch/arm/gic-v2.c */
static void read_v2m_xen(const struct line *line)
{
	size_t at = line->at;
	uint64_t first;

	if (take_number(line, &at, &first))
		add(line, first, first + PAGE - 1, XDC_RANGE_DOORBELL, true, "a GICv2m frame");
}

/* "ITS [mem 0x08080000-0x0809ffff]": drivers/irqchip/irq-gic-v3-its.c */
static void read_its(const struct line *line)
{
	uint64_t first, last;

	if (take_range(line, line->at, "-", &first, &last))
		add(line, first, last, XDC_RANGE_DOORBELL, true, "an ITS");
}

/* "GICv3: Found ITS @0x6020000": xen/arch/arm/gic-v3-its.c */
static void read_its_xen(const struct line *line)
{
	size_t at = line->at;
	uint64_t first;

	if (take_number(line, &at, &first))
		add(line, first, first + ITS_SIZE - 1, XDC_RANGE_DOORBELL, true, "an ITS");
}

static const struct {
	const char *literal;
	read_fn *read;
} readers[] = {
	{ " (usable)", read_xen_usable },
	{ " (reserved)", read_xen_reserved },
	{ "(XEN) RAM: ", read_xen_bank },
	{ "BIOS-e820: [mem ", read_linux_map },
	{ "Xen: [mem ", read_linux_map },
	{ "RMRR region: base_addr ", read_rmrr_region },
	{ "RMRR address range ", read_rmrr_range },
	{ "RMRR base: ", read_rmrr_linux },
	{ "GICv2m: range[mem ", read_v2m },
	{ "gic_v2m_addr=", read_v2m_xen },
	{ "ITS [mem ", read_its },
	{ "Found ITS @", read_its_xen },
};

size_t xdc_address_line_count(void)
{
	return XDC_ARRAY_SIZE(readers);
}

const char *xdc_address_line_literal(size_t index)
{
	return readers[index].literal;
}

void xdc_address_line_read(struct xdc_address_map *map, size_t index, const char *line, size_t size,
			   size_t at, const char *source)
{
	readers[index].read(&(struct line){ map, line, size, at, source });
}
