/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"

enum { SMALL = 4096 };

/* Xen's own files come first: where they are absent, most others do not matter. */
static const struct xdc_request facts[] = {
	{ .type = XDC_REQUEST_RECORDED },
	{ .type = XDC_REQUEST_UNAME },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/type", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/guest_type", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/version/major", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/version/minor", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/version/extra", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/properties/features", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/properties/capabilities", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/properties/changeset", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/properties/buildid", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/pmu/pmu_mode", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/start_flags/initdomain", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/hypervisor/start_flags/privileged", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/proc/xen/capabilities", SMALL, NULL, 0 },
	{ XDC_REQUEST_FILE, "/proc/iomem", 256 << 10, NULL, 0 },
	{ XDC_REQUEST_FILE, "/proc/cmdline", 64 << 10, NULL, 0 },
	{ XDC_REQUEST_FILE, "/proc/self/mountinfo", 256 << 10, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/kernel/security/lockdown", SMALL, NULL, 0 },
	{ .type = XDC_REQUEST_KERNEL_CONFIG },
	{ .type = XDC_REQUEST_DEVICETREE },
	{ .type = XDC_REQUEST_DEVICES },
	{ .type = XDC_REQUEST_IOMMU_GROUPS },
	{ XDC_REQUEST_CLASS, "iommu", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "block", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "net", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "drm", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "sound", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "mmc_host", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "nvme", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "scsi_host", 0, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/kernel/debug/devices_deferred", 256 << 10, NULL, 0 },
	{ .type = XDC_REQUEST_KERNEL_LOG },
};

/* Asked only where there is a Xen to ask: they start processes. */
static const struct xdc_request xen_facts[] = {
	{ .type = XDC_REQUEST_LOGS },
	{ .type = XDC_REQUEST_TOOLS },
	{ .type = XDC_REQUEST_HYPERVISOR },
	{ .type = XDC_REQUEST_XENSTORE },
};

static bool on_xen(const struct xdc_evidence *evidence)
{
	const struct xdc_record *type = xdc_evidence_find(evidence, "file:/sys/hypervisor/type");
	const struct xdc_record *capabilities =
		xdc_evidence_find(evidence, "file:/proc/xen/capabilities");

	return xdc_record_readable(capabilities) ||
	       (xdc_record_readable(type) && xdc_text_starts_with(type->data, "xen"));
}

/* The paths of the devices that were found; *@ret_text is what they point into. */
static const char **device_paths(const struct xdc_evidence *evidence, size_t *ret_count)
{
	const char **paths = NULL;
	size_t count = 0;

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (!xdc_text_starts_with(record->key, "device:/"))
			continue;
		xdc_array_reserve((void **)&paths, count, sizeof(*paths));
		paths[count++] = record->key + strlen("device:");
	}
	*ret_count = count;
	return paths;
}

/* An administrator's own entries; that there are none is no evidence of anything. */
static void add_entry(void *evidence, const struct xdc_record *record)
{
	if (xdc_text_starts_with(record->key, "catalogue:"))
		xdc_evidence_add(evidence, record);
}

struct xdc_evidence *xdc_collect(struct xdc_source *source, enum xdc_observe observe)
{
	struct xdc_evidence *evidence = xdc_evidence_new();
	xdc_autofree const char **paths = NULL;
	struct xdc_request request = { 0 };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(facts); i++)
		xdc_source_ask(source, &facts[i], xdc_evidence_add, evidence);
	for (size_t i = 0; on_xen(evidence) && i < XDC_ARRAY_SIZE(xen_facts); i++)
		xdc_source_ask(source, &xen_facts[i], xdc_evidence_add, evidence);
	paths = device_paths(evidence, &request.n_devices);
	request.devices = paths;
	request.type = XDC_REQUEST_NAMES;
	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	request.type = XDC_REQUEST_DMA_STATE;
	if (observe != XDC_OBSERVE_NEVER)
		xdc_source_ask(source, &request, xdc_evidence_add, evidence);
	request = (struct xdc_request){ .type = XDC_REQUEST_CATALOGUE };
	xdc_source_ask(source, &request, add_entry, evidence);
	return evidence;
}
