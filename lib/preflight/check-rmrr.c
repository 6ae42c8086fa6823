/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Memory that firmware reserves for a PCI device that the guest is to get. */
#include <inttypes.h>
#include <string.h>

#include "base/dmar.h"
#include "preflight/preflight.h"

/*
 * A device's policy is that of rdm=, unless its item has one (parse_config_data(),
 * tools/xl/xl_parse.c); with neither, strict (libxl__device_pci_setdefault(),
 * tools/libs/light/libxl_pci.c, Xen 4.14 to 4.21).
 */
static bool is_relaxed(const struct xdc_guest *guest, const struct xdc_guest_pci *pci)
{
	const char *rdm = guest->rdm_error ? NULL : xdc_guest_text(guest, "rdm");

	if (strstr(pci->text, "rdm_policy="))
		return strstr(pci->text, "rdm_policy=relaxed") != NULL;
	return rdm && strstr(rdm, "policy=relaxed");
}

/* intel_iommu_assign_device(), xen/drivers/passthrough/vtd/iommu.c, Xen 4.14 to 4.21. */
static void refuse_shared(struct xdc_flight *flight, const struct xdc_guest_pci *pci,
			  const struct xdc_rmrr *rmrr, const char *key)
{
	bool relaxed = is_relaxed(flight->guest, pci);
	struct xdc_preflight_check *check =
		xdc_check_add(flight, "pci-rmrr", relaxed ? XDC_OUTCOME_WARNING : XDC_OUTCOME_FAIL,
			      xdc_guest_line(flight->guest, "pci"),
			      xdc_flight_printf(flight, "%s shares memory that firmware reserves",
						xdc_shown(flight, pci->device)));

	xdc_check_because(check,
			  xdc_flight_printf(flight,
					    "0x%" PRIx64 "-0x%" PRIx64
					    " (RMRR) is for %u devices: %s",
					    rmrr->base, rmrr->end, rmrr->n_devices,
					    relaxed ? "with the policy relaxed Xen assigns it, and "
						      "calls that risky"
						    : "Xen refuses to assign one of them"),
			  key);
	if (!relaxed)
		xdc_check_advise(check, "rdm_policy=relaxed in its item of pci= lets Xen assign "
					"it; what else uses that memory can then harm the guest.");
}

/* @record: of the table. */
static void check_table(struct xdc_flight *flight, const struct xdc_guest_pci *pci,
			const struct xdc_device *device, const struct xdc_record *record)
{
	const unsigned char *table = (const unsigned char *)record->data;
	size_t offset = XDC_DMAR_HEADER;
	struct xdc_rmrr rmrr;

	if (!xdc_dmar_is_valid(table, record->size)) {
		xdc_not_checked(flight, "memory that firmware reserves for a PCI device (RMRR): "
					"the ACPI table DMAR does not parse");
		return;
	}
	while (xdc_dmar_next(table, record->size, &offset, &rmrr)) {
		if (!xdc_rmrr_is_of(&rmrr, device->path))
			continue;
		if (rmrr.n_devices > 1)
			refuse_shared(flight, pci, &rmrr, record->key);
		else if (flight->guest->kind == XDC_KIND_HVM)
			xdc_not_checked(flight, "whether the guest's memory leaves room for what "
						"firmware reserves for a PCI device (RMRR)");
	}
}

static const struct xdc_record *find_table(const struct xdc_flight *flight, bool *ret_absent)
{
	static const char *const keys[] = { "file:" XDC_DMAR_FILE, "file:" XDC_DMAR_HIDDEN_FILE };
	const struct xdc_record *found = NULL;

	*ret_absent = true;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++) {
		const struct xdc_record *record = xdc_evidence_find(flight->evidence, keys[i]);

		if (!record || record->status != XDC_STATUS_ABSENT)
			*ret_absent = false;
		if (record && record->status == XDC_STATUS_OK)
			found = record;
	}
	return found;
}

void xdc_check_rmrr(struct xdc_flight *flight, const struct xdc_guest_pci *pci,
		    const struct xdc_device *device)
{
	bool is_absent;
	const struct xdc_record *record = find_table(flight, &is_absent);

	if (record)
		check_table(flight, pci, device, record);
	/* A PVH dom0 gets tables of Xen's making, without it; a PV dom0 sees all there are. */
	else if (!is_absent || flight->model->host.guest_type != XDC_GUEST_PV)
		xdc_not_checked(flight, "memory that firmware reserves for a PCI device (RMRR): "
					"dom0 was shown no ACPI table DMAR");
	if (xdc_xen_option(flight, "rmrr"))
		xdc_not_checked(flight, "memory that the hypervisor's option rmrr= reserves");
}
