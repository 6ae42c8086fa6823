/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Block devices on block devices, network interfaces on network interfaces. */
#include <string.h>

#include "preflight/preflight.h"

const char *xdc_topology_field(const struct xdc_flight *flight, const char *record,
			       const char *name, const char *field)
{
	const struct xdc_record *r = xdc_evidence_find(flight->evidence, record);

	return xdc_record_readable(r)
		       ? xdc_field_find(flight->arena, r->data,
					xdc_flight_printf(flight, "%s/%s", name, field), NULL)
		       : NULL;
}

const char *xdc_topology_unread(const struct xdc_flight *flight, const char *record,
				const char *name, const char *const *fields)
{
	const struct xdc_record *r = xdc_evidence_find(flight->evidence, record);
	enum xdc_status status = XDC_STATUS_ABSENT;

	if (!xdc_record_readable(r))
		return NULL;
	for (; *fields; fields++) {
		xdc_field_find(flight->arena, r->data,
			       xdc_flight_printf(flight, "%s/%s", name, *fields), &status);
		if (status != XDC_STATUS_OK && status != XDC_STATUS_ABSENT)
			return xdc_flight_printf(flight, "%s of %s could not be read (%s)", *fields,
						 xdc_shown(flight, name), xdc_status_name(status));
	}
	return NULL;
}

size_t xdc_topology_below(const struct xdc_flight *flight, const char *record, const char *name,
			  const char *field, const char **ret, size_t max)
{
	const struct xdc_record *r = xdc_evidence_find(flight->evidence, record);
	const char *wanted = xdc_flight_printf(flight, "%s/%s=", name, field);
	size_t count = 0;
	char *cursor, *line;

	if (!xdc_record_readable(r))
		return 0;
	cursor = xdc_arena_strdup(flight->arena, r->data);
	while (count < max && (line = xdc_text_next_line(&cursor)))
		if (xdc_text_starts_with(line, wanted) &&
		    xdc_text_unescape(line + strlen(wanted), NULL) == 0)
			ret[count++] = line + strlen(wanted);
	return count;
}

const char *xdc_class_path(const struct xdc_flight *flight, const char *class_key, const char *name)
{
	const struct xdc_record *r = xdc_evidence_find(flight->evidence, class_key);

	return xdc_record_readable(r) ? xdc_field_find(flight->arena, r->data, name, NULL) : NULL;
}

const char *xdc_block_by_number(const struct xdc_flight *flight, const char *number)
{
	const struct xdc_record *r = xdc_evidence_find(flight->evidence, "storage");
	char *cursor, *line;

	if (!xdc_record_readable(r) || !number)
		return NULL;
	cursor = xdc_arena_strdup(flight->arena, r->data);
	while ((line = xdc_text_next_line(&cursor))) {
		char *field = strstr(line, "/dev=");

		if (!field || strcmp(field + strlen("/dev="), number) != 0)
			continue;
		*field = '\0';
		return line;
	}
	return NULL;
}
