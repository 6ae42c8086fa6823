/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What lies where in physical memory, as far as it can be read: to tell what a device wanted
 * at the address that an IOMMU refused. Ranges are of the machine's evidence, or of lines in a
 * log.
 */
#ifndef XDC_ADDRESS_MAP_H
#define XDC_ADDRESS_MAP_H

#include "base/base.h"

/* In the order in which a range says most of an address that is in several. */
enum xdc_range_kind {
	XDC_RANGE_DOORBELL, /* written by devices that signal an interrupt (MSI) */
	XDC_RANGE_DEVICES,  /* firmware reserves it for DMA of some device: RMRR */
	XDC_RANGE_RESERVED, /* by the firmware's memory map */
	XDC_RANGE_RAM,
};

struct xdc_range {
	uint64_t first;
	uint64_t last;
	enum xdc_range_kind kind;
	bool of_host;	    /* the whole machine's; else as the kernel that runs on it has it */
	const char *what;   /* "an ITS", "the hypervisor's memory map"; safe to print */
	const char *source; /* the record or file that has it */
};

enum { XDC_RANGES_MAX = 512 };

struct xdc_address_map {
	struct xdc_range *ranges;
	size_t count;
};

void xdc_address_map_clear(struct xdc_address_map *map);

/* Adds a range; texts must outlive the map. One that is there, or too many, changes nothing. */
void xdc_address_map_add(struct xdc_address_map *map, const struct xdc_range *range);

/*
 * address-lines.c. The texts by which lines that state ranges are found, and what such a line
 * states; @at is behind the text. @source must outlive the map.
 */
size_t xdc_address_line_count(void);
const char *xdc_address_line_literal(size_t index);
void xdc_address_line_read(struct xdc_address_map *map, size_t index, const char *line, size_t size,
			   size_t at, const char *source);

/* The range that says most of @address; NULL: in none. */
const struct xdc_range *xdc_address_map_find(const struct xdc_address_map *map, uint64_t address);

/* One behind the last address of RAM, the machine's or this kernel's; 0: no such is known. */
uint64_t xdc_address_map_ram_end(const struct xdc_address_map *map, bool of_host);

/* Whose address it is: that decides what is an interrupt's. */
enum xdc_address_space {
	XDC_SPACE_ARM,
	XDC_SPACE_INTEL, /* 0xfeexxxxx: Intel SDM, volume 3, "Message address register format" */
	XDC_SPACE_AMD,	 /* and 0xfdf8000000 to 0xfdf8ffffff: AMD I/O virtualization, 2.1.2 */
};

/* What stands at an address. XDC_PLACE_UNKNOWN: no memory map says enough. */
enum xdc_place {
	XDC_PLACE_UNKNOWN,
	XDC_PLACE_INTERRUPT,
	XDC_PLACE_DEVICES,
	XDC_PLACE_RESERVED,
	XDC_PLACE_RAM,
	XDC_PLACE_BEYOND,  /* the end of the machine's RAM */
	XDC_PLACE_NOTHING, /* not RAM, nor reserved */
	XDC_PLACES,
};

/* "interrupt", "reserved-for-devices", "reserved", "ram", "beyond-ram", "nothing"; "unknown". */
const char *xdc_place_name(enum xdc_place place);

/*
 * What is at @address, as @maps (@count of them, the first that has it decides) say; in words in
 * *@ret_text, of @arena, NULL where nothing is known. *@ret_source: what says so, or NULL.
 */
enum xdc_place xdc_address_place(struct xdc_arena *arena, const struct xdc_address_map *const *maps,
				 size_t count, enum xdc_address_space space, uint64_t address,
				 const char **ret_text, const char **ret_source);

#endif
