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
	struct xdc_preflight_check *check =
		xdc_check_add(flight, id, outcome, xdc_guest_line(flight->guest, key), title);

	xdc_check_because(check, why, evidence);
	return check;
}

static size_t count_items(const struct xdc_guest *guest, const char *key)
{
	const struct xdc_setting *setting = xdc_guest_setting(guest, key);

	return setting && setting->list ? setting->n_items : 0;
}

static enum xdc_tri physinfo(struct xdc_flight *flight, const char *name)
{
	const struct xdc_record *record = xdc_evidence_find(flight->evidence, "xen:physinfo");
	const char *text = xdc_record_readable(record)
				   ? xdc_field_find(flight->arena, record->data, name, NULL)
				   : NULL;

	return text ? xdc_tri_of(strcmp(text, "0") != 0) : XDC_UNKNOWN;
}

/* libxl__domain_config_setdefault() and libxl__arch_passthrough_mode_setdefault(). */
static void check_mode(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	const char *mode = xdc_guest_text(guest, "passthrough");
	bool disabled = mode && strcasecmp(mode, "disabled") == 0;
	bool devices = guest->n_pcis || count_items(guest, "dtdev");
	const char *key = mode ? "passthrough" : guest->n_pcis ? "pci" : "dtdev";
	enum xdc_tri iommu = physinfo(flight, "directio"), hvm = physinfo(flight, "hvm");
	long long memory = xdc_guest_number(guest, "memory", 32);

	if (disabled && devices)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "passthrough=\"disabled\", and it is to get devices",
		       "libxl says \"passthrough disabled but devices are specified\"", NULL);
	if (disabled || (!devices && (!mode || strcasecmp(mode, "default") == 0)))
		return;
	if (iommu == XDC_NO || hvm == XDC_NO)
		xdc_check_advise(
			refuse(flight, "passthrough-iommu", XDC_OUTCOME_FAIL, key,
			       "Xen drives no IOMMU here, which passing devices through takes",
			       "xl says \"passthrough not supported on this platform\"",
			       "xen:physinfo"),
			"Turn it on in the firmware, or use a Xen that has a driver for it.");
	else if (iommu == XDC_UNKNOWN)
		refuse(flight, "passthrough-iommu", XDC_OUTCOME_UNKNOWN, key,
		       "Whether Xen drives an IOMMU could not be told",
		       "the hypervisor did not say what it can", NULL);
	if (flight->on_arm && mode && strcasecmp(mode, "sync_pt") == 0)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "passthrough=\"sync_pt\" is not for Arm",
		       "guest and IOMMU share their tables there", NULL);
	if (!flight->on_arm && guest->kind == XDC_KIND_PVH)
		refuse(flight, "passthrough-mode", XDC_OUTCOME_FAIL, key,
		       "A pvh guest gets no devices on x86",
		       "libxl says \"passthrough not yet supported for x86 PVH guests\"", NULL);
	if (guest->kind != XDC_KIND_PV && xdc_guest_number(guest, "maxmem", memory) > memory)
		refuse(flight, "passthrough-memory", XDC_OUTCOME_FAIL, "maxmem",
		       "maxmem= above memory= excludes passing devices through",
		       "memory that is populated on demand cannot be behind an IOMMU", NULL);
}

static const struct xdc_device *pci_device(const struct xdc_flight *flight, const char *name)
{
	for (size_t i = 0; i < flight->model->n_devices; i++)
		if (flight->model->devices[i].pci.present &&
		    strcmp(flight->model->devices[i].name, name) == 0)
			return &flight->model->devices[i];
	return NULL;
}

static void check_driver(struct xdc_flight *flight, const struct xdc_guest_pci *pci,
			 const struct xdc_device *device)
{
	const char *shown = xdc_shown(flight, pci->device);
	bool seize =
		xdc_guest_number(flight->guest, "pci_seize", 0) || strstr(pci->text, "seize=1");

	if (device->driver &&
	    (strcmp(device->driver, "pciback") == 0 || strcmp(device->driver, "xen-pciback") == 0))
		return;
	if (seize)
		refuse(flight, "pci-assignable", XDC_OUTCOME_WARNING, "pci",
		       xdc_flight_printf(flight, "xl takes %s away from dom0", shown),
		       xdc_flight_printf(flight, "seize is set, and %s has it",
					 device->driver ? xdc_shown(flight, device->driver)
							: "no driver"),
		       xdc_device_key(flight->all->report->attributions, device));
	else
		xdc_check_advise(
			refuse(flight, "pci-assignable", XDC_OUTCOME_FAIL, "pci",
			       xdc_flight_printf(flight, "%s is not assignable", shown),
			       xdc_flight_printf(flight, "%s has it, and not xen-pciback",
						 device->driver ? xdc_shown(flight, device->driver)
								: "no driver"),
			       xdc_device_key(flight->all->report->attributions, device)),
			xdc_flight_printf(
				flight, "modprobe xen-pciback && xl pci-assignable-add %s", shown));
}

static void check_reset(struct xdc_flight *flight, const struct xdc_guest_pci *pci)
{
	struct xdc_target reset = xdc_target_read(
		flight, xdc_flight_printf(flight, "/sys/bus/pci/devices/%s/reset", pci->device));

	if (xdc_target_exists(&reset) == XDC_NO)
		refuse(flight, "pci-reset", XDC_OUTCOME_NOTICE, "pci",
		       xdc_flight_printf(flight, "%s cannot be reset by itself",
					 xdc_shown(flight, pci->device)),
		       "what it holds of one guest the next may find", reset.key);
}

static void check_pci(struct xdc_flight *flight, size_t index)
{
	const struct xdc_guest_pci *pci = &flight->guest->pcis[index];
	const struct xdc_record *devices = xdc_evidence_find(flight->evidence, "devices");
	const struct xdc_device *device;

	if (pci->error) {
		refuse(flight, "pci-syntax", XDC_OUTCOME_FAIL, "pci",
		       xdc_flight_printf(flight, "pci= item %zu does not parse", index + 1),
		       *pci->error ? pci->error
				   : xdc_flight_printf(flight, "it is \"%s\"",
						       xdc_shown(flight, pci->text)),
		       NULL);
		return;
	}
	if (!pci->device) {
		xdc_not_checked(flight, "PCI devices that are named by name=");
		return;
	}
	device = pci_device(flight, pci->device);
	if (!device && devices && devices->status == XDC_STATUS_OK)
		refuse(flight, "pci-device", XDC_OUTCOME_FAIL, "pci",
		       xdc_flight_printf(flight, "There is no PCI device %s",
					 xdc_shown(flight, pci->device)),
		       "sysfs lists none of that address (lspci -D)", "devices");
	if (!device)
		return;
	check_driver(flight, pci, device);
	check_reset(flight, pci);
	if (flight->on_arm)
		refuse(flight, "pci-arm", XDC_OUTCOME_UNKNOWN, "pci",
		       "Whether this Xen passes PCI devices through could not be told",
		       "on Arm it takes pci-passthrough=on and a build with it (EXPERT)", NULL);
	xdc_not_checked(flight, "RMRRs, and other devices that share an IOMMU group with one");
}

/* A node that dom0 has in use is refused; Xen turns off those marked xen,passthrough. */
static void check_dtdev(struct xdc_flight *flight, const char *path)
{
	const struct xdc_dt_node *node =
		flight->model->devicetree && path
			? xdc_devicetree_find(flight->model->devicetree, path)
			: NULL;

	if (node && node->available)
		xdc_check_advise(
			refuse(flight, "dtdev", XDC_OUTCOME_FAIL, "dtdev",
			       xdc_flight_printf(flight, "dom0 has %s", xdc_shown(flight, path)),
			       "its node is not turned off in dom0's device tree: Xen refuses to "
			       "assign it",
			       "devicetree"),
			"Give it the property xen,passthrough in the device tree that Xen is "
			"started "
			"with.");
	else
		xdc_not_checked(flight, "whether Xen's IOMMU is in front of each device of dtdev=");
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
		else
			xdc_not_checked(
				flight,
				"whether Xen gives the guest its iomem=, irqs= and ioports=");
	}
}

static void check_virtio(struct xdc_flight *flight, const struct xdc_guest_virtio *virtio)
{
	if (virtio->unknown)
		refuse(flight, "virtio-syntax", XDC_OUTCOME_FAIL, "virtio",
		       xdc_flight_printf(flight, "'%s' is nothing that virtio= takes",
					 xdc_shown(flight, virtio->unknown)),
		       "it takes backend=, type=, transport=mmio and grant_usage=", NULL);
	xdc_need_backend_domain(flight, virtio->backend, xdc_guest_line(flight->guest, "virtio"));
	xdc_not_checked(flight, "whether the guest's kernel has what grant_usage= takes "
				"(CONFIG_XEN_VIRTIO)");
}

void xdc_check_passthrough(struct xdc_flight *flight)
{
	static const char *const ranges[] = { "iomem", "irqs", "ioports" };
	const struct xdc_setting *dtdevs = xdc_guest_setting(flight->guest, "dtdev");

	check_mode(flight);
	for (size_t i = 0; i < flight->guest->n_pcis; i++)
		check_pci(flight, i);
	for (size_t i = 0; dtdevs && dtdevs->list && i < dtdevs->n_items; i++)
		check_dtdev(flight, dtdevs->items[i]);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(ranges); i++)
		check_ranges(flight, ranges[i]);
	for (size_t i = 0; i < flight->guest->n_virtios; i++)
		check_virtio(flight, &flight->guest->virtios[i]);
}
