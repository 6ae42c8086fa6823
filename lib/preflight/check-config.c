/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The configuration by itself: what xl refuses, and what it takes for something else. */
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

static void check_syntax(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	struct xdc_preflight_check *check;
	const char *key = xdc_flight_printf(flight, "guest:%zu", guest->index);
	bool syntax = guest->status == XDC_STATUS_IO_ERROR && guest->error_line;

	if (guest->status == XDC_STATUS_OK && !guest->incomplete)
		return;
	check = xdc_check_add(flight, syntax ? "config-syntax" : "config-read",
			      syntax ? XDC_OUTCOME_FAIL : XDC_OUTCOME_UNKNOWN, guest->error_line,
			      syntax ? "It does not parse" : "It could not be read as xl reads it");
	xdc_check_because(
		check, *guest->error ? guest->error : "it has more in it than is looked at", key);
	if (syntax)
		xdc_check_advise(check, "Correct the line; strings stand in quotation marks.");
	else if (guest->status == XDC_STATUS_UNSUPPORTED)
		xdc_check_advise(check, "It takes libxlutil of the Xen that runs here, and "
					"xen-dmacheck built with it.");
}

/* A grammar of another release may know other words. */
static void check_library(struct xdc_flight *flight)
{
	const char *tools = flight->model->xen.tools_release, *library = flight->guest->library;
	struct xdc_preflight_check *check;

	if (!tools || !library || strcmp(tools, library) == 0)
		return;
	check = xdc_check_add(flight, "config-library", XDC_OUTCOME_WARNING, 0,
			      "It was read by the parser of another Xen release");
	xdc_check_because(check,
			  xdc_flight_printf(flight,
					    "libxlutil is of Xen %s, and xl here of Xen %s: a "
					    "specification may mean something else to it",
					    xdc_shown(flight, library), tools),
			  NULL);
}

static unsigned int minor_of(const char *release)
{
	const char *dot = release ? strchr(release, '.') : NULL;

	return dot ? (unsigned int)strtoul(dot + 1, NULL, 10) : 0;
}

static void check_unknown(struct xdc_flight *flight, const struct xdc_setting *setting)
{
	const char *successor = xdc_key_of_xm(setting->name);
	const struct xdc_key *near = successor ? NULL : xdc_key_nearest(setting->name);
	const char *name = xdc_shown(flight, setting->name);
	struct xdc_preflight_check *check = xdc_check_add(
		flight, "config-unknown-key", XDC_OUTCOME_WARNING, setting->line,
		xdc_flight_printf(flight, "xl does not know '%s', and leaves it alone", name));

	xdc_check_because(check,
			  successor ? "it was a key of xm, or of an xl before 4.14"
				    : "no xl of Xen 4.14 to 4.21 reads such a key",
			  NULL);
	if (successor)
		xdc_check_advise(check, xdc_flight_printf(flight, "Use %s.", successor));
	if (near)
		xdc_check_advise(check,
				 xdc_flight_printf(flight, "Did you mean '%s'?", near->name));
}

static bool is_kind(const struct xdc_setting *setting, const struct xdc_key *key)
{
	if (setting->list)
		return key->kinds & XDC_KEY_LIST;
	return setting->has_number ? key->kinds & (XDC_KEY_NUMBER | XDC_KEY_TEXT)
				   : key->kinds & XDC_KEY_TEXT;
}

static void check_kind(struct xdc_flight *flight, const struct xdc_setting *setting,
		       const struct xdc_key *key)
{
	bool fatal = key->kinds & XDC_KEY_REQUIRED;
	struct xdc_preflight_check *check;

	if (is_kind(setting, key))
		return;
	check = xdc_check_add(flight, "config-kind", fatal ? XDC_OUTCOME_FAIL : XDC_OUTCOME_WARNING,
			      setting->line,
			      xdc_flight_printf(flight, "%s= is to be %s%s", key->name,
						xdc_key_kind_name(key),
						fatal ? "" : ": xl leaves it alone"));
	xdc_check_because(check,
			  setting->list ? "it is a list"
					: xdc_flight_printf(flight, "it is \"%s\"",
							    xdc_shown(flight, setting->text)),
			  NULL);
	if (strcmp(key->name, "memory") == 0)
		xdc_check_because(check, "the guest gets 32 MiB then, which is libxl's own choice",
				  NULL);
	if (strcmp(key->name, "vcpus") == 0)
		xdc_check_because(check, "the guest gets one processor then", NULL);
	xdc_check_advise(
		check,
		key->kinds & XDC_KEY_LIST
			? xdc_flight_printf(flight, "Write %s=[ \"...\" ].", key->name)
			: xdc_flight_printf(flight, "Write %s=%s.", key->name,
					    key->kinds & XDC_KEY_TEXT ? "\"...\"" : "NUMBER"));
}

static void check_words(struct xdc_flight *flight, const struct xdc_setting *setting,
			const struct xdc_key *key)
{
	struct xdc_preflight_check *check;

	/* A number stands for a word, where the key takes one. */
	if (!setting->text || (setting->has_number && (key->kinds & XDC_KEY_NUMBER)) ||
	    xdc_key_allows(key, setting->text))
		return;
	check = xdc_check_add(flight, "config-value", XDC_OUTCOME_FAIL, setting->line,
			      xdc_flight_printf(flight, "'%s' is no value of %s=",
						xdc_shown(flight, setting->text), key->name));
	xdc_check_because(check, xdc_flight_printf(flight, "it may be: %s", key->words), NULL);
}

static void check_release(struct xdc_flight *flight, const struct xdc_setting *setting,
			  const struct xdc_key *key)
{
	struct xdc_preflight_check *check;

	if (!key->since || !flight->release || minor_of(flight->release) >= key->since)
		return;
	check = xdc_check_add(flight, "config-release", XDC_OUTCOME_WARNING, setting->line,
			      xdc_flight_printf(flight, "xl of Xen %s does not know '%s' yet",
						xdc_shown(flight, flight->release), key->name));
	xdc_check_because(check,
			  xdc_flight_printf(flight, "it came with Xen 4.%u, and is left alone here",
					    key->since),
			  NULL);
}

/* What parse_config_data() ends at, one by one. */
static void fail(struct xdc_flight *flight, const char *id, const char *key, const char *title,
		 const char *why)
{
	struct xdc_preflight_check *check = xdc_check_add(
		flight, id, XDC_OUTCOME_FAIL, xdc_guest_line(flight->guest, key), title);

	xdc_check_because(check, why, NULL);
}

static void check_key(struct xdc_flight *flight, const struct xdc_setting *setting)
{
	const struct xdc_key *key = xdc_key_find(setting->name);
	struct xdc_preflight_check *check;

	if (!key) {
		check_unknown(flight, setting);
		return;
	}
	check_release(flight, setting, key);
	if ((key->kinds & XDC_KEY_HVM) && flight->guest->kind != XDC_KIND_HVM) {
		check = xdc_check_add(
			flight, "config-ignored", XDC_OUTCOME_NOTICE, setting->line,
			xdc_flight_printf(flight, "%s= is for type=\"hvm\" alone", key->name));
		xdc_check_because(check, "xl leaves it alone for this guest", NULL);
		return;
	}
	check_kind(flight, setting, key);
	if (is_kind(setting, key))
		check_words(flight, setting, key);
	if ((key->kinds & XDC_KEY_REQUIRED) && setting->has_number && setting->number < 0 &&
	    (key->kinds & XDC_KEY_NUMBER))
		fail(flight, "config-value", key->name,
		     xdc_flight_printf(flight, "%s= is less than 0", key->name),
		     "xl ends at a value out of range");
	if (key->successor) {
		check = xdc_check_add(flight, "config-obsolete", XDC_OUTCOME_WARNING, setting->line,
				      xdc_flight_printf(flight, "%s= is obsolete", key->name));
		xdc_check_because(check, "xl warns about it, or no longer does what it says", NULL);
		xdc_check_advise(check, xdc_flight_printf(flight, "Use %s.", key->successor));
	}
}

static void check_twice(struct xdc_flight *flight, const struct xdc_setting *setting)
{
	struct xdc_preflight_check *check;

	if (!setting->first_line)
		return;
	check = xdc_check_add(flight, "config-twice", XDC_OUTCOME_WARNING, setting->line,
			      xdc_flight_printf(flight, "%s= is set twice: the last one counts",
						xdc_shown(flight, setting->name)));
	xdc_check_because(
		check, xdc_flight_printf(flight, "what line %u says is lost", setting->first_line),
		NULL);
}

static void check_type(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	const char *type = xdc_guest_text(guest, "type"),
		   *builder = xdc_guest_text(guest, "builder");
	struct xdc_preflight_check *check;

	if (guest->kind == XDC_KIND_UNKNOWN) {
		fail(flight, "config-type", type ? "type" : "builder",
		     xdc_flight_printf(flight, "'%s' is no type of guest",
				       xdc_shown(flight, type ? type : builder)),
		     "type= is \"pv\", \"pvh\" or \"hvm\"");
		return;
	}
	if (type && builder &&
	    (strncmp(type, "hvm", strlen(type)) == 0) !=
		    (strncmp(builder, "hvm", strlen(builder)) == 0)) {
		fail(flight, "config-type", "builder", "type= and builder= contradict each other",
		     "xl says \"Contradicting\" and ends");
		return;
	}
	if (type && *type && strcmp(type, "pv") != 0 && strcmp(type, "pvh") != 0 &&
	    strcmp(type, "hvm") != 0) {
		check = xdc_check_add(flight, "config-type", XDC_OUTCOME_WARNING,
				      xdc_guest_line(guest, "type"),
				      xdc_flight_printf(flight, "xl takes type=\"%s\" for \"%s\"",
							xdc_shown(flight, type),
							xdc_guest_kind_name(guest->kind)));
		xdc_check_because(check, "it compares no more letters than there are", NULL);
	}
	if (flight->on_arm && type && strcmp(type, "pv") == 0) {
		check = xdc_check_add(flight, "config-type", XDC_OUTCOME_NOTICE,
				      xdc_guest_line(guest, "type"),
				      "type=\"pv\" becomes \"pvh\" on Arm");
		xdc_check_because(check, "libxl converts it: there is one type of guest only",
				  NULL);
	}
}

static void check_values(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	long long vcpus = xdc_guest_number(guest, "vcpus", 1);
	long long maxvcpus = xdc_guest_number(guest, "maxvcpus", 0);

	if (maxvcpus && maxvcpus < vcpus)
		fail(flight, "config-vcpus", "maxvcpus", "maxvcpus= is less than vcpus=",
		     xdc_flight_printf(flight, "%lld is less than %lld", maxvcpus, vcpus));
}

/* xl goes through disk=, vif= and the like only up to an item that is a list itself. */
static void check_items(struct xdc_flight *flight, const struct xdc_setting *setting)
{
	static const char *const lists[] = { "disk", "vif", "pci", "dtdev", "virtio" };
	struct xdc_preflight_check *check;

	for (size_t i = 0; setting->list && i < XDC_ARRAY_SIZE(lists); i++) {
		size_t n = 0;

		if (strcmp(setting->name, lists[i]) != 0)
			continue;
		while (n < setting->n_items && setting->items[n])
			n++;
		if (n == setting->n_items)
			continue;
		check = xdc_check_add(
			flight, "config-kind", XDC_OUTCOME_WARNING, setting->line,
			xdc_flight_printf(flight, "xl leaves items of %s= alone", lists[i]));
		xdc_check_because(check,
				  xdc_flight_printf(flight,
						    "item %zu is a list itself: xl stops there",
						    n + 1),
				  NULL);
	}
}

void xdc_check_config(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;

	check_syntax(flight);
	if (guest->status != XDC_STATUS_OK)
		return;
	check_library(flight);
	for (size_t i = 0; i < guest->n_settings; i++) {
		check_key(flight, &guest->settings[i]);
		check_twice(flight, &guest->settings[i]);
		check_items(flight, &guest->settings[i]);
	}
	xdc_check_identity(flight);
	check_type(flight);
	check_values(flight);
	xdc_check_overridden(flight);
	xdc_not_checked(flight, "whether the guest's own system comes up");
}
