/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "unit-watch.h"

void watched_begin(struct watched *watched)
{
	struct xdc_evidence *evidence =
		evidence_with("class:block", XDC_STATUS_OK, "nvme0n1=" PCI_PATH "0000:00:02.0\n");

	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=0\n");
	add_arm64_dom0(evidence, "6.1.0");
	add_pci(evidence, "0000:00:02.0", "driver=nvme\nbusmaster=1\n");
	add_pci(evidence, "0000:00:03.0", "driver=e1000e\nbusmaster=1\n");
	*watched = (struct watched){
		.report = xdc_report_new(evidence),
		.after.time_ns = 2000000000,
	};
}

void watched_add(struct watched *watched, const char *path, const struct xdc_counters *counted)
{
	xdc_snapshot_add(&watched->after, path, counted);
}

struct xdc_watch_view watched_view(struct watched *watched, size_t width)
{
	xdc_interval_make(&watched->before, &watched->after, &watched->interval);
	return (struct xdc_watch_view){
		.interval = &watched->interval,
		.report = watched->report,
		.note = "",
		.width = width,
	};
}

void watched_end(struct watched *watched)
{
	xdc_interval_free(&watched->interval);
	xdc_snapshot_free(&watched->before);
	xdc_snapshot_free(&watched->after);
	xdc_report_free(watched->report);
}
