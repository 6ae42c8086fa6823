/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What a guest is known by: name and UUID, and whether another has them. */
#include <ctype.h>
#include <string.h>

#include "preflight/preflight.h"

static void check_name(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	struct xdc_preflight_check *check;
	long domain;

	if (!xdc_guest_setting(guest, "name")) {
		xdc_check_because(xdc_check_add(flight, "config-name", XDC_OUTCOME_FAIL, 0,
						"It names no guest: name= is missing"),
				  "xl says \"Domain name must be specified\"", NULL);
		return;
	}
	if (!guest->name || !*guest->name)
		return;
	domain = xdc_domain_by_name(flight, guest->name);
	if (domain == -2) {
		const struct xdc_record *record =
			xdc_evidence_find(flight->evidence, "xenstore:/local/domain");

		/* Where xenstore did not answer, that is told of it. */
		if (record && record->status == XDC_STATUS_OK)
			xdc_check_add(flight, "name-in-use", XDC_OUTCOME_UNKNOWN,
				      xdc_guest_line(guest, "name"),
				      "Whether another domain has its name is not known: names "
				      "are masked");
		return;
	}
	if (domain >= 0) {
		check = xdc_check_add(
			flight, "name-in-use", XDC_OUTCOME_FAIL, xdc_guest_line(guest, "name"),
			xdc_flight_printf(flight, "A domain named \"%s\" is there already",
					  xdc_shown(flight, guest->name)));
		xdc_check_because(
			check, xdc_flight_printf(flight, "xenstore has it for domain %ld", domain),
			"xenstore:/local/domain");
		xdc_check_advise(check, "Give it another name, or end the other: xl list, xl "
					"destroy.");
	} else {
		xdc_check_add(flight, "name-in-use", XDC_OUTCOME_PASS,
			      xdc_guest_line(guest, "name"), "No other domain has its name");
	}
}

/* As uuid_parse(3) takes it, which libxl_uuid_from_string() is. */
static bool is_uuid(const char *text)
{
	enum { LENGTH = 36 };

	if (strlen(text) != LENGTH)
		return false;
	for (size_t i = 0; i < LENGTH; i++) {
		bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;

		if (hyphen ? text[i] != '-' : !isxdigit((unsigned char)text[i]))
			return false;
	}
	return true;
}

/*
 * xl starts a second domain with a UUID that is in use: both then share /vm/UUID in xenstore, and
 * the block script takes them for one guest (same_vm() of tools/hotplug/Linux/block-common.sh).
 */
static void check_uuid(struct xdc_flight *flight)
{
	const char *uuid = xdc_guest_text(flight->guest, "uuid");
	unsigned int line = xdc_guest_line(flight->guest, "uuid");
	struct xdc_preflight_check *check;
	long domain;

	if (!uuid)
		return;
	if (!is_uuid(uuid)) {
		check = xdc_check_add(flight, "config-uuid", XDC_OUTCOME_FAIL, line,
				      "uuid= is no UUID");
		xdc_check_because(
			check, xdc_flight_printf(flight, "it is \"%s\"", xdc_shown(flight, uuid)),
			NULL);
		return;
	}
	domain = xdc_domain_by_uuid(flight, uuid);
	if (domain < 0)
		return;
	check = xdc_check_add(flight, "uuid-in-use", XDC_OUTCOME_WARNING, line,
			      "Another domain has its UUID");
	xdc_check_because(check,
			  xdc_flight_printf(flight, "xenstore has it for domain %ld", domain),
			  "xenstore:/local/domain");
	xdc_check_because(check,
			  "xl starts it all the same; scripts take both for one guest, and let "
			  "both write to one disk",
			  NULL);
	xdc_check_advise(check, "Give it another, or leave uuid= out: xl makes one up.");
}

void xdc_check_identity(struct xdc_flight *flight)
{
	check_name(flight);
	check_uuid(flight);
}
