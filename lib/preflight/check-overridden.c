/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings that each are right, and of which xl makes something else: parse_config_data(). */
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

static struct xdc_preflight_check *add(struct xdc_flight *flight, const char *id,
				       enum xdc_outcome outcome, const char *key, const char *title,
				       const char *why)
{
	struct xdc_preflight_check *check =
		xdc_check_add(flight, id, outcome, xdc_guest_line(flight->guest, key), title);

	xdc_check_because(check, why, NULL);
	return check;
}

static void check_command_line(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;

	if (xdc_guest_setting(guest, "cmdline") &&
	    (xdc_guest_setting(guest, "root") || xdc_guest_setting(guest, "extra")))
		add(flight, "config-overridden", XDC_OUTCOME_WARNING, "cmdline",
		    "cmdline= makes xl leave root= and extra= alone",
		    "the kernel gets what cmdline= says, and no more");
}

/* No more letters are compared than there are. */
static void check_firmware(struct xdc_flight *flight)
{
	const char *firmware = xdc_guest_text(flight->guest, "firmware");

	if (firmware && flight->guest->kind != XDC_KIND_HVM &&
	    strncmp(firmware, "pvgrub32", strlen(firmware)) != 0 &&
	    strncmp(firmware, "pvgrub64", strlen(firmware)) != 0)
		add(flight, "config-value", XDC_OUTCOME_FAIL, "firmware",
		    xdc_flight_printf(flight,
				      "'%s' is no value of firmware=", xdc_shown(flight, firmware)),
		    "it may be: pvgrub32 pvgrub64");
}

static void check_number_for_word(struct xdc_flight *flight, const char *key, long long least)
{
	enum { MOST = 3 };
	const struct xdc_setting *setting = xdc_guest_setting(flight->guest, key);

	if (!setting || !setting->has_number)
		return;
	if (setting->number < least || setting->number > MOST)
		add(flight, "config-value", XDC_OUTCOME_FAIL, key,
		    xdc_flight_printf(flight, "%lld is no value of %s=", setting->number, key),
		    xdc_flight_printf(flight, "it may be: %s", xdc_key_find(key)->words));
	else
		xdc_check_advise(
			add(flight, "config-obsolete", XDC_OUTCOME_WARNING, key,
			    xdc_flight_printf(flight, "%s= as a number is obsolete", key),
			    "xl warns about it"),
			xdc_flight_printf(flight, "Use one of: %s.", xdc_key_find(key)->words));
}

static void check_loader(struct xdc_flight *flight)
{
	const char *kernel = xdc_guest_text(flight->guest, "kernel");
	const char *slash = kernel ? strrchr(kernel, '/') : NULL;

	if (kernel && flight->guest->kind == XDC_KIND_HVM &&
	    strcmp(slash ? slash + 1 : kernel, "hvmloader") == 0)
		xdc_check_advise(add(flight, "config-overridden", XDC_OUTCOME_WARNING, "kernel",
				     "xl leaves kernel=\"hvmloader\" alone",
				     "that loader is taken for a guest of type=\"hvm\" anyway"),
				 "Leave it out; another one is firmware_override=.");
}

/* A pv guest's vnc= is a vfb=, unless there is one; the fields of an hvm guest mean nothing to
 * others. */
static void check_vnc(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	const struct xdc_setting *vfb = xdc_guest_setting(guest, "vfb");
	const char *type = xdc_guest_text(guest, "type");
	/* On Arm libxl makes it pvh later. */
	bool pv = guest->kind == XDC_KIND_PV || (type && strcmp(type, "pv") == 0);

	if (xdc_guest_number(guest, "vnc", 0) == 0 || guest->kind == XDC_KIND_HVM)
		return;
	if (pv && !(vfb && vfb->n_items))
		xdc_need_device_model(flight, "vnc", "vnc=");
	else
		add(flight, "config-overridden", XDC_OUTCOME_WARNING, "vnc", "xl leaves vnc= alone",
		    pv ? "vfb= says it already" : "a pvh guest has no display");
}

void xdc_check_overridden(struct xdc_flight *flight)
{
	check_command_line(flight);
	check_firmware(flight);
	check_number_for_word(flight, "tsc_mode", 0);
	check_number_for_word(flight, "timer_mode", -1);
	check_loader(flight);
	check_vnc(flight);
}
