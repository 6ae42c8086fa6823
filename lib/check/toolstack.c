/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why the toolstack hangs or refuses: each said with what it can be told from. */
#include <string.h>

#include "check/check.h"

static bool in_dom0(const struct xdc_attributions *all)
{
	return all->model->host.role == XDC_ROLE_DOM0;
}

static const struct xdc_record *find(const struct xdc_attributions *all, const char *key)
{
	return xdc_evidence_find(all->model->evidence, key);
}

/* xenstored and others read /proc/xen; the directory itself is always there. */
static void check_xenfs(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_record *record = find(all, "file:/proc/xen/capabilities");
	struct xdc_finding *finding;

	if (!record || record->status != XDC_STATUS_ABSENT)
		return;
	finding = xdc_finding_add(findings, "XDC-XENFS-MISSING", XDC_SEVERITY_ERROR, "",
				  "xenfs is not mounted on /proc/xen");
	xdc_finding_because(finding,
			    "/proc/xen/capabilities is not there: xenstored cannot start "
			    "without (\"Failed to initialize dom0 port\")",
			    record->key);
	xdc_finding_advise(finding, "modprobe xenfs && mount -t xenfs xenfs /proc/xen");
}

static void check_privcmd(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	struct xdc_finding *finding;

	if (all->model->xen.hypervisor != XDC_STATUS_ABSENT)
		return;
	finding = xdc_finding_add(findings, "XDC-PRIVCMD-MISSING", XDC_SEVERITY_ERROR, "",
				  "There is no /dev/xen/privcmd: no tool can reach Xen");
	xdc_finding_because(finding, all->model->xen.hypervisor_detail, "xen");
	xdc_finding_advise(finding, "modprobe xen-privcmd");
}

static void check_xenstored(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_xen *xen = &all->model->xen;
	bool silent = xen->xenstore == XDC_STATUS_TIMEOUT;
	struct xdc_finding *finding;

	if (xen->xenstore != XDC_STATUS_ABSENT && !silent)
		return;
	finding =
		xdc_finding_add(findings, "XDC-XENSTORED-DOWN", XDC_SEVERITY_ERROR, "",
				silent ? "xenstored does not answer" : "xenstored is not running");
	xdc_finding_because(finding,
			    *xen->xenstore_detail ? xen->xenstore_detail
						  : "no answer before the deadline",
			    "xenstore");
	xdc_finding_because(finding,
			    "xl list, xl create and xenstore-ls wait for it for ever; xl info and "
			    "xl dmesg work without",
			    "xenstore");
	xdc_finding_advise(finding, silent ? "See whether it is stopped or busy: ps -C xenstored "
					     "-o stat,wchan,cmd"
					   : "Start it (systemctl start xenstored). One that was "
					     "killed cannot be started again: reboot.");
}

static void check_init_dom0(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	struct xdc_finding *finding;

	if (all->model->xen.dom0_is_named != XDC_NO || all->model->xen.xenstore != XDC_STATUS_OK)
		return;
	finding = xdc_finding_add(findings, "XDC-INIT-DOM0", XDC_SEVERITY_ERROR, "",
				  "xen-init-dom0 has not run");
	xdc_finding_because(finding,
			    "xenstore has no /local/domain/0/name: xl list shows \"(null)\", and "
			    "xl create says \"Illegal pool specified\"",
			    "xenstore:/local/domain");
	if (!xdc_tools_mismatch(all)) {
		xdc_finding_advise(finding, "Run xen-init-dom0 (systemctl start xen-init-dom0).");
		return;
	}
	/* What comes of the other: behind it in the report, and in what to do. */
	finding->severity = XDC_SEVERITY_WARNING;
	xdc_finding_because(finding,
			    "nor can it with these tools: it is one of them, and is refused like "
			    "them (XDC-TOOLS-MISMATCH)",
			    "tools");
	xdc_finding_advise(finding, "Mend XDC-TOOLS-MISMATCH first.");
	xdc_finding_advise(finding, "Then, where it has not run by itself: systemctl start "
				    "xen-init-dom0.");
}

/* A reader without root sees less; whoever reads the report should know. */
static void check_root(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	struct xdc_finding *finding;

	if (all->model->xen.hypervisor != XDC_STATUS_DENIED)
		return;
	finding = xdc_finding_add(findings, "XDC-NOT-ROOT", XDC_SEVERITY_NOTICE, "",
				  "Not run as root: Xen and the kernel could not be asked");
	xdc_finding_because(finding, all->model->xen.hypervisor_detail, "xen");
	xdc_finding_advise(finding, "Run it as root (sudo xen-dmacheck); xl needs that too.");
}

void xdc_check_toolstack(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	if (!in_dom0(all))
		return;
	check_xenfs(all, findings);
	check_privcmd(all, findings);
	check_xenstored(all, findings);
	check_init_dom0(all, findings);
	check_root(all, findings);
}
