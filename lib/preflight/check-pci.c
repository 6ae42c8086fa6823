/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A PCI device that the guest is to get. */
#include <string.h>

#include "preflight/preflight.h"

static struct xdc_preflight_check *refuse(struct xdc_flight *flight, const char *id,
					  enum xdc_outcome outcome, const char *title,
					  const char *why, const char *evidence)
{
	return xdc_check_tell(flight, id, outcome, xdc_guest_line(flight->guest, "pci"), title, why,
			      evidence);
}

static const struct xdc_device *pci_device(const struct xdc_flight *flight, const char *name)
{
	for (size_t i = 0; i < flight->model->n_devices; i++)
		if (flight->model->devices[i].pci.present &&
		    strcmp(flight->model->devices[i].name, name) == 0)
			return &flight->model->devices[i];
	return NULL;
}

static bool is_pciback(const struct xdc_device *device)
{
	return device->driver && (strcmp(device->driver, "pciback") == 0 ||
				  strcmp(device->driver, "xen-pciback") == 0);
}

static bool has_pciback(const struct xdc_flight *flight)
{
	struct xdc_target driver = xdc_target_read(flight, "/sys/bus/pci/drivers/pciback");

	return xdc_target_exists(&driver) != XDC_NO;
}

static void check_driver(struct xdc_flight *flight, const struct xdc_guest_pci *pci,
			 const struct xdc_device *device)
{
	const char *shown = xdc_shown(flight, pci->device);
	bool seize =
		xdc_guest_number(flight->guest, "pci_seize", 0) || strstr(pci->text, "seize=1");

	if (is_pciback(device))
		return;
	/* pciback_dev_is_assigned() of libxl_pci.c takes its absence for an answer: no seizing. */
	if (seize && !has_pciback(flight))
		xdc_check_advise(
			refuse(flight, "pci-assignable", XDC_OUTCOME_FAIL,
			       xdc_flight_printf(flight, "%s is not assignable", shown),
			       "seize is set, but xen-pciback is not loaded, so xl takes nothing",
			       "target:/sys/bus/pci/drivers/pciback"),
			"modprobe xen-pciback");
	else if (seize)
		refuse(flight, "pci-assignable", XDC_OUTCOME_WARNING,
		       xdc_flight_printf(flight, "xl takes %s away from dom0", shown),
		       xdc_flight_printf(flight, "seize is set, and %s has it",
					 device->driver ? xdc_shown(flight, device->driver)
							: "no driver"),
		       xdc_device_key(flight->all->report->attributions, device));
	else
		xdc_check_advise(
			refuse(flight, "pci-assignable", XDC_OUTCOME_FAIL,
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
		refuse(flight, "pci-reset", XDC_OUTCOME_NOTICE,
		       xdc_flight_printf(flight, "%s cannot be reset by itself",
					 xdc_shown(flight, pci->device)),
		       "what it holds of one guest the next may find", reset.key);
}

struct holder {
	const char *function;
	const char *backend;
};

static void match_function(struct xdc_flight *flight, const char *backend, const char *key,
			   const char *value, void *arg)
{
	struct holder *holder = arg;

	if (xdc_text_starts_with(key, "dev-") && strcmp(value, holder->function) == 0)
		holder->backend = xdc_arena_strdup(flight->arena, backend);
}

/* A function is one guest's: libxl lists it as assignable no more (libxl_pci.c). */
static void check_owner(struct xdc_flight *flight, size_t index)
{
	const struct xdc_guest *guest = flight->guest;
	const char *shown = xdc_shown(flight, guest->pcis[index].device);
	struct holder holder = { guest->pcis[index].device, NULL };

	for (size_t i = 0; i < index; i++)
		if (guest->pcis[i].device && strcmp(guest->pcis[i].device, holder.function) == 0)
			refuse(flight, "pci-in-use", XDC_OUTCOME_FAIL,
			       xdc_flight_printf(flight, "%s stands in pci= twice", shown),
			       "a guest has it once", NULL);
	xdc_for_backends(flight, "pci", match_function, &holder);
	if (holder.backend)
		refuse(flight, "pci-in-use", XDC_OUTCOME_FAIL,
		       xdc_flight_printf(flight, "Another guest has %s", shown),
		       xdc_flight_printf(flight, "backend %s", xdc_shown(flight, holder.backend)),
		       "xenstore:/local/domain/0/backend");
}

static bool is_given(const struct xdc_flight *flight, const char *name)
{
	for (size_t i = 0; i < flight->guest->n_pcis; i++)
		if (flight->guest->pcis[i].device &&
		    strcmp(flight->guest->pcis[i].device, name) == 0)
			return true;
	return false;
}

static bool same_slot(const char *a, const char *b)
{
	const char *dot = strrchr(a, '.');

	return dot && strncmp(a, b, (size_t)(dot + 1 - a)) == 0;
}

/*
 * What an IOMMU cannot tell apart, or what reaches each other without passing it, is one device
 * to whoever is attacked by it. Where Xen has the IOMMUs, Linux has no groups: then the functions
 * of a slot are as much as can be told.
 */
static void check_group(struct xdc_flight *flight, const struct xdc_device *device)
{
	const char *mates = NULL;

	for (size_t i = 0; i < flight->model->n_devices; i++) {
		const struct xdc_device *other = &flight->model->devices[i];
		bool together = device->group >= 0 ? other->group == device->group
						   : same_slot(device->name, other->name);

		if (other == device || !other->pci.present || !together ||
		    is_given(flight, other->name) || is_pciback(other))
			continue;
		mates = mates ? xdc_flight_printf(flight, "%s, %s", mates, other->name)
			      : other->name;
	}
	if (mates)
		refuse(flight, "pci-group", XDC_OUTCOME_WARNING,
		       xdc_flight_printf(flight, "dom0 keeps what belongs to %s", device->name),
		       xdc_flight_printf(flight, "%s: %s",
					 device->group >= 0 ? "of its IOMMU group"
							    : "functions of the same slot",
					 mates),
		       xdc_device_key(flight->all->report->attributions, device));
}

/* xen/arch/arm/pci/pci.c: the option is off by default, and the build takes EXPERT. */
static void check_arm(struct xdc_flight *flight)
{
	const char *option = xdc_xen_option(flight, "pci-passthrough");

	if (xdc_xen_command_line(flight) && !option)
		xdc_check_advise(
			refuse(flight, "pci-arm", XDC_OUTCOME_FAIL,
			       "This Xen passes no PCI devices through",
			       "on Arm it takes pci-passthrough=on, and the hypervisor was "
			       "started without",
			       "xen:version"),
			"Start Xen with pci-passthrough=on; it takes a build with it "
			"(EXPERT).");
	else
		refuse(flight, "pci-arm", XDC_OUTCOME_UNKNOWN,
		       "Whether this Xen passes PCI devices through could not be told",
		       "on Arm it takes pci-passthrough=on and a build with it (EXPERT)", NULL);
}

void xdc_check_pci(struct xdc_flight *flight, size_t index)
{
	const struct xdc_guest_pci *pci = &flight->guest->pcis[index];
	const struct xdc_record *devices = xdc_evidence_find(flight->evidence, "devices");
	const struct xdc_device *device;

	if (pci->error) {
		refuse(flight, "pci-syntax", XDC_OUTCOME_FAIL,
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
		refuse(flight, "pci-device", XDC_OUTCOME_FAIL,
		       xdc_flight_printf(flight, "There is no PCI device %s",
					 xdc_shown(flight, pci->device)),
		       "sysfs lists none of that address (lspci -D)", "devices");
	if (!device)
		return;
	check_owner(flight, index);
	check_driver(flight, pci, device);
	check_reset(flight, pci);
	check_group(flight, device);
	if (flight->on_arm)
		check_arm(flight);
	else
		xdc_check_rmrr(flight, pci, device);
}
