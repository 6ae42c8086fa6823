/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/address-map.h"

void xdc_address_map_clear(struct xdc_address_map *map)
{
	free(map->ranges);
	*map = (struct xdc_address_map){ 0 };
}

void xdc_address_map_add(struct xdc_address_map *map, const struct xdc_range *range)
{
	if (map->count == XDC_RANGES_MAX || range->last < range->first)
		return;
	for (size_t i = 0; i < map->count; i++)
		if (map->ranges[i].first == range->first && map->ranges[i].last == range->last &&
		    map->ranges[i].kind == range->kind)
			return;
	xdc_array_reserve((void **)&map->ranges, map->count, sizeof(*map->ranges));
	map->ranges[map->count++] = *range;
}

const struct xdc_range *xdc_address_map_find(const struct xdc_address_map *map, uint64_t address)
{
	const struct xdc_range *found = NULL;

	for (size_t i = 0; i < map->count; i++) {
		const struct xdc_range *range = &map->ranges[i];

		if (address >= range->first && address <= range->last &&
		    (!found || range->kind < found->kind))
			found = range;
	}
	return found;
}

uint64_t xdc_address_map_ram_end(const struct xdc_address_map *map, bool of_host)
{
	uint64_t end = 0;

	for (size_t i = 0; i < map->count; i++)
		if (map->ranges[i].kind == XDC_RANGE_RAM && map->ranges[i].of_host == of_host &&
		    map->ranges[i].last + 1 > end)
			end = map->ranges[i].last + 1;
	return end;
}

const char *xdc_place_name(enum xdc_place place)
{
	static const char *const names[XDC_PLACES] = {
		[XDC_PLACE_UNKNOWN] = "unknown",
		[XDC_PLACE_INTERRUPT] = "interrupt",
		[XDC_PLACE_DEVICES] = "reserved-for-devices",
		[XDC_PLACE_RESERVED] = "reserved",
		[XDC_PLACE_RAM] = "ram",
		[XDC_PLACE_BEYOND] = "beyond-ram",
		[XDC_PLACE_NOTHING] = "nothing",
	};

	return names[place];
}

/* AMD's range has 40 bits; also printed sign-extended. */
static bool is_interrupt(enum xdc_address_space space, uint64_t address, const char **ret_what)
{
	if (space == XDC_SPACE_AMD && (address & 0xffffffffff) >> 24 == 0xfdf8) {
		*ret_what = "where AMD's IOMMUs take interrupts (0xfdf8000000 to 0xfdf8ffffff)";
		return true;
	}
	*ret_what = "where x86 devices write their interrupts (0xfee00000 to 0xfeefffff)";
	return space != XDC_SPACE_ARM && address >> 20 == 0xfee;
}

static enum xdc_place of_range(struct xdc_arena *arena, const struct xdc_range *range,
			       uint64_t address, const char **ret_text)
{
	static const struct {
		enum xdc_place place;
		const char *is;
	} kinds[] = {
		[XDC_RANGE_DOORBELL] = { XDC_PLACE_INTERRUPT, "a doorbell for interrupts (MSI)" },
		[XDC_RANGE_DEVICES] = { XDC_PLACE_DEVICES,
					"reserved by the firmware for a device's DMA" },
		[XDC_RANGE_RESERVED] = { XDC_PLACE_RESERVED, "reserved, no RAM" },
		[XDC_RANGE_RAM] = { XDC_PLACE_RAM, "RAM" },
	};

	*ret_text = xdc_arena_printf(arena, "0x%llx is in 0x%llx to 0x%llx: %s (%s)",
				     (unsigned long long)address, (unsigned long long)range->first,
				     (unsigned long long)range->last, kinds[range->kind].is,
				     range->what);
	return kinds[range->kind].place;
}

/*
 * In no range: what the hypervisor says of the machine's RAM tells most; of what a dom0 has, only
 * that it is not its own.
 */
static enum xdc_place outside(struct xdc_arena *arena, const struct xdc_address_map *const *maps,
			      size_t count, uint64_t address, const char **ret_text,
			      const char **ret_source)
{
	unsigned long long at = address;

	for (size_t n = 0; n < 2 * count; n++) {
		const struct xdc_address_map *map = maps[n % count];
		bool of_host = n < count;
		unsigned long long end = xdc_address_map_ram_end(map, of_host);

		if (!end)
			continue;
		*ret_source = map->ranges[0].source;
		if (of_host && at >= end) {
			*ret_text = xdc_arena_printf(
				arena, "0x%llx is beyond the end of RAM (0x%llx)", at, end);
			return XDC_PLACE_BEYOND;
		}
		*ret_text = xdc_arena_printf(arena, "0x%llx is in no RAM%s, and nowhere reserved",
					     at, of_host ? "" : " of this kernel's");
		return XDC_PLACE_NOTHING;
	}
	return XDC_PLACE_UNKNOWN;
}

enum xdc_place xdc_address_place(struct xdc_arena *arena, const struct xdc_address_map *const *maps,
				 size_t count, enum xdc_address_space space, uint64_t address,
				 const char **ret_text, const char **ret_source)
{
	const char *what;

	*ret_text = *ret_source = NULL;
	if (is_interrupt(space, address, &what)) {
		*ret_text =
			xdc_arena_printf(arena, "0x%llx is %s", (unsigned long long)address, what);
		return XDC_PLACE_INTERRUPT;
	}
	for (size_t i = 0; i < count; i++) {
		const struct xdc_range *range = xdc_address_map_find(maps[i], address);

		if (!range)
			continue;
		*ret_source = range->source;
		return of_range(arena, range, address, ret_text);
	}
	return outside(arena, maps, count, address, ret_text, ret_source);
}
