/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"

enum { SMALL = 4096 };

/* Xen's own files come first: where they are absent, most others do not matter. */
static const struct xdc_request files_of_xen[] = {
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
};

/* What the path of a device and the state of the toolstack rest on. */
static const struct xdc_request facts[] = {
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
};

/* Which devices do DMA, and what became of them. */
static const struct xdc_request more_facts[] = {
	{ XDC_REQUEST_CLASS, "drm", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "sound", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "mmc_host", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "nvme", 0, NULL, 0 },
	{ XDC_REQUEST_CLASS, "scsi_host", 0, NULL, 0 },
	{ XDC_REQUEST_FILE, "/sys/kernel/debug/devices_deferred", 256 << 10, NULL, 0 },
	{ .type = XDC_REQUEST_KERNEL_LOG },
};

/* Asked only where there is a Xen to ask, as the logs are: they start processes. */
static const struct xdc_request xen_facts[] = {
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

static void ask_each(struct xdc_source *source, const struct xdc_request *requests, size_t count,
		     struct xdc_evidence *evidence)
{
	for (size_t i = 0; i < count; i++)
		xdc_source_ask(source, &requests[i], xdc_evidence_add, evidence);
}

/* Asks for @type of each device that was found. */
static void ask_of_devices(struct xdc_source *source, enum xdc_request_type type,
			   struct xdc_evidence *evidence)
{
	xdc_autofree const char **paths = NULL;
	struct xdc_request request = { .type = type };

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (!xdc_text_starts_with(record->key, "device:/"))
			continue;
		xdc_array_reserve((void **)&paths, request.n_devices, sizeof(*paths));
		paths[request.n_devices++] = record->key + strlen("device:");
	}
	request.devices = paths;
	xdc_source_ask(source, &request, xdc_evidence_add, evidence);
}

/* What each evidence begins with. */
static struct xdc_evidence *collect_facts(struct xdc_source *source)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	ask_each(source, files_of_xen, XDC_ARRAY_SIZE(files_of_xen), evidence);
	for (size_t i = 0; on_xen(evidence) && i < XDC_ARRAY_SIZE(xen_facts); i++)
		xdc_source_expect(source, &xen_facts[i]);
	ask_each(source, facts, XDC_ARRAY_SIZE(facts), evidence);
	return evidence;
}

/* An administrator's own entries; that there are none is no evidence of anything. */
static void add_entry(void *evidence, const struct xdc_record *record)
{
	if (xdc_text_starts_with(record->key, "catalogue:"))
		xdc_evidence_add(evidence, record);
}

struct xdc_evidence *xdc_collect(struct xdc_source *source, enum xdc_observe observe,
				 unsigned int watch_seconds)
{
	const struct xdc_request activity = { .type = XDC_REQUEST_ACTIVITY,
					      .seconds = watch_seconds };
	struct xdc_evidence *evidence = collect_facts(source);

	ask_each(source, more_facts, XDC_ARRAY_SIZE(more_facts), evidence);
	if (on_xen(evidence)) {
		xdc_source_ask(source, &(struct xdc_request){ .type = XDC_REQUEST_LOGS },
			       xdc_evidence_add, evidence);
		ask_each(source, xen_facts, XDC_ARRAY_SIZE(xen_facts), evidence);
	}
	ask_of_devices(source, XDC_REQUEST_NAMES, evidence);
	if (observe != XDC_OBSERVE_NEVER)
		xdc_collect_dma_state(source, evidence);
	xdc_source_ask(source, &activity, xdc_evidence_add, evidence);
	xdc_source_ask(source, &(struct xdc_request){ .type = XDC_REQUEST_CATALOGUE }, add_entry,
		       evidence);
	return evidence;
}

struct xdc_evidence *xdc_collect_host(struct xdc_source *source)
{
	struct xdc_evidence *evidence = collect_facts(source);

	if (on_xen(evidence))
		ask_each(source, xen_facts, XDC_ARRAY_SIZE(xen_facts), evidence);
	return evidence;
}

void xdc_collect_dma_state(struct xdc_source *source, struct xdc_evidence *evidence)
{
	ask_of_devices(source, XDC_REQUEST_DMA_STATE, evidence);
}
