/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices whose backend is a program or a domain of its own: sound, displays, USB, TPM. */
#include <string.h>

#include "preflight/preflight.h"

static const struct xdc_setting *list_of(const struct xdc_flight *flight, const char *key)
{
	const struct xdc_setting *setting = xdc_guest_setting(flight->guest, key);

	return setting && setting->list && setting->n_items ? setting : NULL;
}

/* libxl waits ten seconds for the backend, as for a disk's. */
static void check_backends(struct xdc_flight *flight)
{
	static const char *const keys[] = { "vsnd", "vdispl", "usbctrl" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		struct xdc_preflight_check *check;

		if (!list_of(flight, keys[i]))
			continue;
		check = xdc_check_add(flight, "service", XDC_OUTCOME_UNKNOWN,
				      xdc_guest_line(flight->guest, keys[i]),
				      xdc_flight_printf(flight,
							"Whether something serves %s= could not "
							"be told",
							keys[i]));
		xdc_check_because(check,
				  "its backend is a program or a driver of its own: xl waits ten "
				  "seconds for it, and then says no more than \"unable to add "
				  "device\"",
				  NULL);
	}
}

/* The value of "backend=..." in "a=b,backend=c"; of the flight's arena. */
static const char *backend_in(struct xdc_flight *flight, const char *item)
{
	static const char key[] = "backend=";
	char *words = xdc_arena_strdup(flight->arena, item), *next = NULL;

	for (char *word = strtok_r(words, ",", &next); word; word = strtok_r(NULL, ",", &next)) {
		word += strspn(word, " ");
		if (xdc_text_starts_with(word, key))
			return word + strlen(key);
	}
	return NULL;
}

/* parse_vtpm_config(): "vtpm spec missing required backend field". */
static void check_vtpms(struct xdc_flight *flight)
{
	const struct xdc_setting *setting = list_of(flight, "vtpm");

	for (size_t i = 0; setting && i < setting->n_items && setting->items[i]; i++) {
		const char *backend = backend_in(flight, setting->items[i]);

		if (backend)
			xdc_need_backend_domain(flight, backend, setting->line);
		else
			xdc_check_because(
				xdc_check_add(
					flight, "vtpm-syntax", XDC_OUTCOME_FAIL, setting->line,
					xdc_flight_printf(
						flight, "vtpm= item %zu names no backend=", i + 1)),
				"a domain of its own is the TPM; xl ends here", NULL);
	}
}

/* parse_vdispl_config(): "At least one connector should be specified." */
static void check_displays(struct xdc_flight *flight)
{
	const struct xdc_setting *setting = list_of(flight, "vdispl");

	for (size_t i = 0; setting && i < setting->n_items && setting->items[i]; i++)
		if (!strstr(setting->items[i], "connectors="))
			xdc_check_because(
				xdc_check_add(
					flight, "vdispl-syntax", XDC_OUTCOME_FAIL, setting->line,
					xdc_flight_printf(
						flight,
						"vdispl= item %zu has no connectors=", i + 1)),
				"xl says \"At least one connector should be specified\"", NULL);
}

void xdc_check_services(struct xdc_flight *flight)
{
	check_backends(flight);
	check_vtpms(flight);
	check_displays(flight);
	if (list_of(flight, "vnuma"))
		xdc_not_checked(flight, "whether vnuma= puts each processor into a node");
}
