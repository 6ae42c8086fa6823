/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Devices of the machine that the guest is to get, and virtio devices. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

static struct xdc_preflight_check *refuse(struct xdc_flight *flight, const char *id,
					  enum xdc_outcome outcome, const char *key,
					  const char *title, const char *why, const char *evidence)
{
	return xdc_check_tell(flight, id, outcome, xdc_guest_line(flight->guest, key), title, why,
			      evidence);
}

static size_t count_items(const struct xdc_guest *guest, const char *key)
{
	const struct xdc_setting *setting = xdc_guest_setting(guest, key);

	return setting && setting->list ? setting->n_items : 0;
}

static void refuse_iommu(struct xdc_flight *flight, const char *key)
{
	const char *option = xdc_xen_option(flight, "iommu");
	struct xdc_preflight_check *check =
		refuse(flight, "passthrough-iommu", XDC_OUTCOME_FAIL, key,
		       "Xen drives no IOMMU here, which passing devices through takes",
		       "xl says \"passthrough not supported on this platform\"", "xen:physinfo");

	if (option)
		xdc_check_because(check,
				  xdc_flight_printf(flight, "the hypervisor was started with %s",
						    xdc_shown(flight, option)),
				  "xen:version");
	xdc_check_advise(check,
			 "Turn it on in the firmware, or use a Xen that has a driver for it.");
}

/* libxl__domain_config_setdefault() and libxl__arch_passthrough_mode_setdefault(). */
static void check_mode(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	const char *mode = xdc_guest_text(guest, "passthrough");
	bool disabled = mode && strcasecmp(mode, "disabled") == 0;
	bool devices = guest->n_pcis || count_items(guest, "dtdev");
	const char *key = mode ? "passthrough" : guest->n_pcis ? "pci" : "dtdev";
	long long iommu = xdc_physinfo(flight, "directio");
	long long memory = xdc_guest_number(guest, "memory", 32);

	if (disabled && devices)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "passthrough=\"disabled\", and it is to get devices",
		       "libxl says \"passthrough disabled but devices are specified\"", NULL);
	if (disabled || (!devices && (!mode || strcasecmp(mode, "default") == 0)))
		return;
	if (iommu == 0)
		refuse_iommu(flight, key);
	else if (iommu < 0)
		refuse(flight, "passthrough-iommu", XDC_OUTCOME_UNKNOWN, key,
		       "Whether Xen drives an IOMMU could not be told",
		       "the hypervisor did not say what it can", NULL);
	if (flight->on_arm && mode && strcasecmp(mode, "sync_pt") == 0)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "passthrough=\"sync_pt\" is not for Arm",
		       "guest and IOMMU share their tables there", NULL);
	if (mode && strcasecmp(mode, "share_pt") == 0 && guest->kind == XDC_KIND_PV)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "passthrough=\"share_pt\" is not for a pv guest",
		       "it has no tables that an IOMMU could share", NULL);
	if (!flight->on_arm && guest->kind == XDC_KIND_PVH)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "A pvh guest gets no devices on x86",
		       "libxl says \"passthrough not yet supported for x86 PVH guests\"", NULL);
	if (guest->kind != XDC_KIND_PV && xdc_guest_number(guest, "maxmem", memory) > memory)
		refuse(flight, "passthrough-memory", XDC_OUTCOME_FAIL, "maxmem",
		       "maxmem= above memory= excludes passing devices through",
		       "memory that is populated on demand cannot be behind an IOMMU", NULL);
}

/*
 * iommu_do_dt_domctl() (xen/drivers/passthrough/device_tree.c) takes the whole path, refuses what
 * no IOMMU of Xen's is in front of, and what dom0 has.
 */
static void check_dtdev(struct xdc_flight *flight, size_t index, const char *path)
{
	const struct xdc_setting *setting = xdc_guest_setting(flight->guest, "dtdev");
	const char *shown = xdc_shown(flight, path);
	enum xdc_fdt_node node = *path == '/' ? xdc_fdt_node(flight, path) : XDC_FDT_ABSENT;

	for (size_t i = 0; i < index; i++)
		if (strcmp(setting->items[i], path) == 0)
			refuse(flight, "dtdev", XDC_OUTCOME_FAIL, "dtdev",
			       xdc_flight_printf(flight, "%s stands in dtdev= twice", shown),
			       "Xen assigns a device once", NULL);
	if (node == XDC_FDT_ABSENT)
		refuse(flight, "dtdev", XDC_OUTCOME_FAIL, "dtdev",
		       xdc_flight_printf(flight, "The device tree has no node %s", shown),
		       *path == '/' ? "dtdev= names it, by its whole path"
				    : "dtdev= takes the whole path, from / on",
		       "devicetree");
	else if (node == XDC_FDT_AVAILABLE)
		xdc_check_advise(
			refuse(flight, "dtdev", XDC_OUTCOME_FAIL, "dtdev",
			       xdc_flight_printf(flight, "dom0 has %s", shown),
			       "its node is not turned off in dom0's device tree: Xen refuses to "
			       "assign it",
			       "devicetree"),
			"Give it the property xen,passthrough in the device tree that Xen is "
			"started with.");
	else if (node == XDC_FDT_DISABLED)
		refuse(flight, "dtdev", XDC_OUTCOME_WARNING, "dtdev",
		       xdc_flight_printf(flight, "%s is turned off, but not for a guest", shown),
		       "its node has no xen,passthrough: the board's firmware may have turned the "
		       "device off",
		       "devicetree");
	if (node == XDC_FDT_PASSTHROUGH && xdc_fdt_board_has_iommu(flight, path) == XDC_NO)
		refuse(flight, "dtdev", XDC_OUTCOME_FAIL, "dtdev",
		       xdc_flight_printf(flight, "No IOMMU is in front of %s", shown),
		       "its node in the board's device tree has no iommus property",
		       "host-devicetree");
	else if (node != XDC_FDT_ABSENT && node != XDC_FDT_AVAILABLE)
		xdc_not_checked(flight, "whether Xen's IOMMU is in front of each device of dtdev= "
					"(--host-dtb tells)");
}

/* Regions that firmware reserves (RMRR) are mapped for a guest on x86 alone. */
static void check_rdm(struct xdc_flight *flight)
{
	const char *error = flight->guest->rdm_error;

	if (!xdc_guest_setting(flight->guest, "rdm"))
		return;
	if (error)
		refuse(flight, "rdm-syntax", XDC_OUTCOME_WARNING, "rdm",
		       "rdm= does not parse: xl leaves it alone",
		       *error ? error : "it takes strategy=host and policy=strict or relaxed",
		       NULL);
	else if (flight->on_arm || flight->guest->kind != XDC_KIND_HVM)
		refuse(flight, "config-ignored", XDC_OUTCOME_NOTICE, "rdm",
		       "rdm= is for type=\"hvm\" on x86 alone",
		       "no other guest has what it reserves", NULL);
}

/* What parse_config_data() takes each item for, with sscanf() and strtoul(). */
static bool is_range(const char *key, const char *text)
{
	uint64_t start, number, guest;
	int used = 0, more = 0;
	char *end;

	if (strcmp(key, "iomem") == 0) {
		if (sscanf(text, "%" SCNx64 ",%" SCNx64 "%n@%" SCNx64 "%n", &start, &number, &used,
			   &guest, &more) < 2)
			return false;
		return !text[more ? more : used];
	}
	start = strtoul(text, &end, strcmp(key, "irqs") == 0 ? 10 : 16);
	if (end == text || start >= UINT32_MAX)
		return false;
	if (!*end || strcmp(key, "irqs") == 0)
		return !*end;
	text = end + 1;
	if (*end != '-')
		return true; /* xl says so, and goes on */
	strtoul(text, &end, 16);
	return end != text && !*end;
}

static void check_ranges(struct xdc_flight *flight, const char *key)
{
	const struct xdc_setting *setting = xdc_guest_setting(flight->guest, key);

	for (size_t i = 0; setting && setting->list && i < setting->n_items; i++) {
		if (!setting->items[i] || !is_range(key, setting->items[i]))
			refuse(flight, "ranges", XDC_OUTCOME_FAIL, key,
			       xdc_flight_printf(flight, "%s= item %zu does not parse", key, i + 1),
			       xdc_flight_printf(flight, "it is \"%s\"",
						 xdc_shown(flight, setting->items[i])),
			       NULL);
	}
	if (!setting || !setting->list || !setting->n_items)
		return;
	if (flight->on_arm && strcmp(key, "ioports") == 0)
		refuse(flight, "ranges", XDC_OUTCOME_FAIL, key, "There are no I/O ports on Arm",
		       "xl says \"failed give domain access to ioports\"", NULL);
	else
		refuse(flight, "ranges-access", XDC_OUTCOME_UNKNOWN, key,
		       xdc_flight_printf(flight,
					 "Whether Xen lets dom0 give away %s= could not be told",
					 key),
		       "it gives a guest what dom0 itself may use, and nothing that Xen does: else "
		       "xl "
		       "says \"Operation not permitted\"",
		       NULL);
}

void xdc_check_passthrough(struct xdc_flight *flight)
{
	static const char *const ranges[] = { "iomem", "irqs", "ioports" };
	const struct xdc_setting *dtdevs = xdc_guest_setting(flight->guest, "dtdev");

	check_mode(flight);
	check_rdm(flight);
	for (size_t i = 0; i < flight->guest->n_pcis; i++)
		xdc_check_pci(flight, i);
	for (size_t i = 0; dtdevs && dtdevs->list && i < dtdevs->n_items && dtdevs->items[i]; i++)
		check_dtdev(flight, i, dtdevs->items[i]);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(ranges); i++)
		check_ranges(flight, ranges[i]);
	xdc_check_virtio(flight);
}
