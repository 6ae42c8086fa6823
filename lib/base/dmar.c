/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <endian.h>
#include <stdio.h>
#include <string.h>

#include "base/dmar.h"

enum {
	TYPE_RMRR = 1,
	STRUCTURE = 4, /* type and length */
	RMRR = 24,     /* before its devices */
	SCOPE = 6,     /* before its way */
	HOP = 2,       /* device, function */
	HOPS_MAX = 32,
	/* Endpoint, bridge, I/O APIC and HPET; Xen passes over the others. */
	SCOPE_FIRST = 1,
	SCOPE_LAST = 4,
};

static unsigned int get16(const unsigned char *at)
{
	return (unsigned int)(at[0] | at[1] << 8);
}

static uint64_t get64(const unsigned char *at)
{
	uint64_t value;

	memcpy(&value, at, sizeof(value));
	return le64toh(value);
}

/* The size of the structure at @offset; 0: it is cut off or too short. */
static size_t structure_size(const unsigned char *table, size_t size, size_t offset)
{
	size_t length;

	if (size - offset < STRUCTURE)
		return 0;
	length = get16(table + offset + 2);
	return length >= STRUCTURE && length <= size - offset ? length : 0;
}

/* Likewise of a device at @offset in the @size bytes of an RMRR. */
static size_t scope_size(const unsigned char *raw, size_t size, size_t offset)
{
	size_t length;

	if (size - offset < SCOPE)
		return 0;
	length = raw[offset + 1];
	return length >= SCOPE + HOP && length <= size - offset ? length : 0;
}

static bool is_counted(const unsigned char *scope)
{
	return scope[0] >= SCOPE_FIRST && scope[0] <= SCOPE_LAST;
}

static bool are_scopes_valid(const unsigned char *raw, size_t size)
{
	for (size_t offset = RMRR, length; offset < size; offset += length)
		if (!(length = scope_size(raw, size, offset)))
			return false;
	return true;
}

bool xdc_dmar_is_valid(const unsigned char *table, size_t size)
{
	if (size < XDC_DMAR_HEADER ||
	    (memcmp(table, "DMAR", 4) != 0 && memcmp(table, "RMAD", 4) != 0))
		return false;
	if ((get16(table + 4) | (uint64_t)get16(table + 6) << 16) != size)
		return false;
	for (size_t offset = XDC_DMAR_HEADER, length; offset < size; offset += length) {
		length = structure_size(table, size, offset);
		if (!length)
			return false;
		if (get16(table + offset) == TYPE_RMRR &&
		    (length < RMRR || !are_scopes_valid(table + offset, length)))
			return false;
	}
	return true;
}

static unsigned int count_devices(const unsigned char *raw, size_t size)
{
	unsigned int count = 0;

	for (size_t offset = RMRR; offset < size; offset += scope_size(raw, size, offset))
		count += is_counted(raw + offset);
	return count;
}

bool xdc_dmar_next(const unsigned char *table, size_t size, size_t *offset, struct xdc_rmrr *ret)
{
	while (*offset < size) {
		const unsigned char *raw = table + *offset;
		size_t length = structure_size(table, size, *offset);

		*offset += length;
		if (get16(raw) != TYPE_RMRR)
			continue;
		*ret = (struct xdc_rmrr){
			.base = get64(raw + 8),
			.end = get64(raw + 16),
			.segment = get16(raw + 6),
			.n_devices = count_devices(raw, length),
			.raw = raw,
			.size = length,
		};
		return true;
	}
	return false;
}

struct function {
	unsigned int segment, bus, device, function;
};

/* The last of the functions on the way, at most HOPS_MAX; returns how many. */
static size_t functions_of(const char *path, struct function ret[HOPS_MAX])
{
	size_t count = 0;

	for (const char *at = strchr(path, '/'); at; at = strchr(at + 1, '/')) {
		struct function f;
		int used = 0;

		if (sscanf(at, "/%8x:%2x:%2x.%1x%n", &f.segment, &f.bus, &f.device, &f.function,
			   &used) != 4 ||
		    (at[used] && at[used] != '/'))
			continue;
		if (count == HOPS_MAX)
			memmove(ret, ret + 1, --count * sizeof(*ret));
		ret[count++] = f;
	}
	return count;
}

static bool leads_to(const unsigned char *scope, size_t length, unsigned int segment,
		     const struct function *functions, size_t count)
{
	size_t hops = (length - SCOPE) / HOP;

	if (hops > count || functions[count - hops].bus != scope[5])
		return false;
	functions += count - hops;
	for (size_t i = 0; i < hops; i++)
		if (functions[i].segment != segment ||
		    functions[i].device != scope[SCOPE + HOP * i] ||
		    functions[i].function != scope[SCOPE + HOP * i + 1])
			return false;
	return true;
}

bool xdc_rmrr_is_of(const struct xdc_rmrr *rmrr, const char *path)
{
	struct function functions[HOPS_MAX] = { 0 };
	size_t count = functions_of(path, functions);

	for (size_t offset = RMRR, length; offset < rmrr->size; offset += length) {
		const unsigned char *scope = rmrr->raw + offset;

		length = scope_size(rmrr->raw, rmrr->size, offset);
		if (is_counted(scope) && leads_to(scope, length, rmrr->segment, functions, count))
			return true;
	}
	return false;
}
