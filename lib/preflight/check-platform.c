/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the guest asks of the platform: to run as its type, an interrupt controller, firmware. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "preflight/preflight.h"

static struct xdc_preflight_check *add(struct xdc_flight *flight, const char *id,
				       enum xdc_outcome outcome, const char *key, const char *title,
				       const char *why, const char *evidence)
{
	struct xdc_preflight_check *check =
		xdc_check_add(flight, id, outcome, xdc_guest_line(flight->guest, key), title);

	xdc_check_because(check, why, evidence);
	return check;
}

/* libxl and Xen ask for hvm for a pvh guest too (XEN_DOMCTL_CDF_hvm). */
static void check_type(struct xdc_flight *flight)
{
	bool pv = flight->guest->kind == XDC_KIND_PV;
	const char *capability = pv ? "pv" : "hvm";

	if (flight->on_arm && flight->guest->kind == XDC_KIND_HVM) {
		add(flight, "type-capability", XDC_OUTCOME_FAIL, "type",
		    "There are no guests of type=\"hvm\" on Arm",
		    "a guest there is what type=\"pvh\" says; xl ends with a failed assertion",
		    NULL);
		return;
	}
	if (flight->guest->kind == XDC_KIND_UNKNOWN || xdc_physinfo(flight, capability) != 0)
		return;
	add(flight, "type-capability", XDC_OUTCOME_FAIL, "type",
	    xdc_flight_printf(flight, "This machine runs no guests of type=\"%s\"",
			      xdc_guest_kind_name(flight->guest->kind)),
	    pv ? "the hypervisor is built without CONFIG_PV"
	       : "the hypervisor does not say hvm: VT-x or AMD-V is not there, or off in the "
		 "firmware",
	    "xen:physinfo");
}

/* What arch_sanitise_domain_config() of xen/arch/arm/domain.c refuses, whatever the machine. */
static void check_arm_flags(struct xdc_flight *flight)
{
	static const struct {
		const char *key;
		long long refused;
		const char *why;
	} flags[] = {
		{ "nestedhvm", 1, "no hypervisor runs in a guest on Arm" },
		{ "hap", 0, "on Arm each guest has its memory by stage 2 of the processor" },
		{ "oos", 0, "shadow page tables are x86's" },
		{ "max_grant_version", 2, "it has grant tables of version 1 alone" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(flags); i++) {
		long long value = xdc_guest_number(flight->guest, flags[i].key, -1);

		/* A switch is on with any number. */
		if (value < 0 || (flags[i].refused == 1 ? !value : value != flags[i].refused))
			continue;
		xdc_check_because(add(flight, "platform-flag", XDC_OUTCOME_FAIL, flags[i].key,
				      xdc_flight_printf(flight, "Xen on Arm refuses %s=%lld",
							flags[i].key, value),
				      flags[i].why, NULL),
				  "xl says \"domain creation fail: Invalid argument\", and no more",
				  NULL);
	}
}

static void check_altp2m(struct xdc_flight *flight)
{
	const char *altp2m = xdc_guest_text(flight->guest, "altp2m");

	if (altp2m && strcasecmp(altp2m, "disabled") != 0 && strcmp(altp2m, "0") != 0)
		xdc_check_because(add(flight, "platform-flag", XDC_OUTCOME_FAIL, "altp2m",
				      xdc_flight_printf(flight, "Xen on Arm refuses altp2m=\"%s\"",
							xdc_shown(flight, altp2m)),
				      "a guest has one map of its memory there", NULL),
				  "xl says \"domain creation fail: Invalid argument\", and no more",
				  NULL);
}

/* tee_get_type() is what Xen found: its node in the device tree (xen/arch/arm/tee/optee.c). */
static void check_tee(struct xdc_flight *flight)
{
	const char *tee = xdc_guest_text(flight->guest, "tee");
	bool optee = tee && strcasecmp(tee, "optee") == 0;
	enum xdc_tri there =
		optee ? xdc_fdt_has_compatible(flight, "linaro,optee-tz") : XDC_UNKNOWN;

	if (!tee || (!optee && strcasecmp(tee, "ffa") != 0))
		return;
	if (there == XDC_NO)
		xdc_check_because(add(flight, "platform-tee", XDC_OUTCOME_FAIL, "tee",
				      "There is no OP-TEE here",
				      "the device tree has no linaro,optee-tz", "devicetree"),
				  "xl says \"domain creation fail: Invalid argument\", and no more",
				  NULL);
	else
		add(flight, "platform-tee", XDC_OUTCOME_UNKNOWN, "tee",
		    "Whether Xen can give it tee= could not be told",
		    optee ? "it takes a Xen that is built with CONFIG_OPTEE"
			  : "it takes firmware with FF-A and a Xen that is built for it",
		    NULL);
}

static void check_sve(struct xdc_flight *flight)
{
	const char *sve = xdc_guest_text(flight->guest, "sve");

	if (sve && strcasecmp(sve, "disabled") != 0 && xdc_key_allows(xdc_key_find("sve"), sve))
		add(flight, "platform-sve", XDC_OUTCOME_UNKNOWN, "sve",
		    "Whether the processor has SVE for it could not be told",
		    "it takes vectors of that length, and a Xen that is built with "
		    "CONFIG_ARM64_SVE",
		    NULL);
}

/* A GICv3 may do for a guest of a GICv2; then Xen says so at boot (xen/arch/arm/gic-v3.c). */
static enum xdc_tri gicv3_does_gicv2(const struct xdc_flight *flight)
{
	const struct xdc_record *console = xdc_evidence_find(flight->evidence, "xen:console");

	if (!xdc_record_readable(console))
		return XDC_UNKNOWN;
	if (memmem(console->data, console->size, "GICv3 compatible with GICv2", 27))
		return XDC_YES;
	return flight->model->console->has_beginning ? XDC_NO : XDC_UNKNOWN;
}

/* vgic_v2_init() and vgic_v3_init(): "is not supported on this platform". */
static enum xdc_tri supports_gic(const struct xdc_flight *flight, const char *version)
{
	enum xdc_tri is_v3 = xdc_fdt_has_compatible(flight, "arm,gic-v3");

	if (is_v3 == XDC_UNKNOWN)
		return XDC_UNKNOWN;
	if (strcasecmp(version, "v3") == 0)
		return is_v3;
	return is_v3 == XDC_NO ? XDC_YES : gicv3_does_gicv2(flight);
}

static void check_gic(struct xdc_flight *flight)
{
	const char *version = xdc_guest_text(flight->guest, "gic_version");
	enum xdc_tri supported;

	/* What is none of its words is told of them. */
	if (!version || (strcasecmp(version, "v2") != 0 && strcasecmp(version, "v3") != 0))
		return;
	supported = supports_gic(flight, version);
	if (supported == XDC_NO)
		xdc_check_advise(
			add(flight, "platform-gic", XDC_OUTCOME_FAIL, "gic_version",
			    xdc_flight_printf(flight, "This machine gives no guest a GIC%s",
					      xdc_shown(flight, version)),
			    "its own is another, and does not stand in for that", "devicetree"),
			"Leave gic_version= out: the guest gets what the machine has.");
	else if (supported == XDC_UNKNOWN)
		add(flight, "platform-gic", XDC_OUTCOME_UNKNOWN, "gic_version",
		    "Whether this machine gives a guest that GIC could not be told",
		    "a GICv3 may stand in for a GICv2; Xen says so at boot, and that is gone",
		    NULL);
}

/* libxl__cpupool names: "Pool-0" is always there. */
static void check_pool(struct xdc_flight *flight)
{
	const char *pool = xdc_guest_text(flight->guest, "pool");

	if (pool && strcmp(pool, "Pool-0") != 0 && strcmp(pool, "0") != 0)
		add(flight, "cpupool", XDC_OUTCOME_UNKNOWN, "pool",
		    xdc_flight_printf(flight,
				      "Whether there is a CPU pool \"%s\" could not be told",
				      xdc_shown(flight, pool)),
		    "xl says \"Illegal pool specified\" where there is none (xl cpupool-list)",
		    NULL);
}

/* "^node:1-2": an item of update_cpumap_range() and parse_range(), tools/xl/xl_parse.c. */
static bool is_cpu_range(const char *text)
{
	bool without = *text == '^';
	char *end;
	unsigned long first, last;

	text += without;
	if (xdc_text_starts_with(text, "node:"))
		text += strlen("node:");
	else if (xdc_text_starts_with(text, "nodes:"))
		text += strlen("nodes:");
	if (strcmp(text, "all") == 0)
		return !without;
	first = last = strtoul(text, &end, 10);
	if (end == text)
		return false;
	if (*end == '-') {
		text = end + 1;
		last = strtoul(text, &end, 10);
	}
	return end != text && !*end && last >= first;
}

static void check_affinity(struct xdc_flight *flight, const char *key, const char *text)
{
	char *items = xdc_arena_strdup(flight->arena, text), *next = NULL;

	for (char *item = strtok_r(items, ",", &next); item; item = strtok_r(NULL, ",", &next))
		if (!is_cpu_range(item))
			add(flight, "config-value", XDC_OUTCOME_FAIL, key,
			    xdc_flight_printf(flight, "%s=: '%s' is no range of processors", key,
					      xdc_shown(flight, item)),
			    "it takes numbers, \"all\", \"0-3\", \"^2\", \"node:1\", by commas",
			    NULL);
}

static void check_affinities(struct xdc_flight *flight)
{
	static const char *const keys[] = { "cpus", "cpus_soft" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		const struct xdc_setting *setting = xdc_guest_setting(flight->guest, keys[i]);

		if (setting && setting->text)
			check_affinity(flight, keys[i], setting->text);
		for (size_t j = 0; setting && setting->list && j < setting->n_items; j++)
			if (setting->items[j])
				check_affinity(flight, keys[i], setting->items[j]);
	}
}

/* xenstore and the console take port 1 and 2 before the guest runs; no port is above it. */
static void check_event_channels(struct xdc_flight *flight)
{
	if (xdc_guest_number(flight->guest, "max_event_channels", 0) == 1)
		add(flight, "config-value", XDC_OUTCOME_FAIL, "max_event_channels",
		    "max_event_channels=1 is too little",
		    "xenstore and the console take two before the guest has run", NULL);
}

void xdc_check_platform(struct xdc_flight *flight)
{
	check_type(flight);
	check_pool(flight);
	check_affinities(flight);
	check_event_channels(flight);
	if (!flight->on_arm)
		return;
	check_arm_flags(flight);
	check_altp2m(flight);
	check_tee(flight);
	check_sve(flight);
	check_gic(flight);
}
