/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Whether any guest would start here: the toolstack, its daemons, devices and directories. */
#include <string.h>

#include "preflight/preflight.h"

/* A finding of the report that keeps every guest from starting is a check that fails. */
static void take_finding(struct xdc_flight *flight, const struct xdc_finding *finding)
{
	static const char *const fatal[] = {
		"XDC-XENFS-MISSING", "XDC-PRIVCMD-MISSING", "XDC-XENSTORED-DOWN",
		"XDC-INIT-DOM0",     "XDC-TOOLS-MISMATCH",
	};
	struct xdc_preflight_check *check;
	bool is_fatal = false, late;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(fatal); i++)
		is_fatal = is_fatal || strcmp(finding->id, fatal[i]) == 0;
	if (!is_fatal)
		return;
	/* A xenstored that is late may only be busy: seen in the lab, on a machine under load. */
	late = strcmp(finding->id, "XDC-XENSTORED-DOWN") == 0 &&
	       flight->model->xen.xenstore == XDC_STATUS_TIMEOUT;
	check = xdc_check_add(flight, finding->id, late ? XDC_OUTCOME_UNKNOWN : XDC_OUTCOME_FAIL, 0,
			      finding->title);
	for (size_t i = 0; i < finding->n_because; i++)
		xdc_check_because(check, finding->because[i].text, finding->because[i].evidence[0]);
	for (size_t i = 0; i < finding->n_advice; i++)
		xdc_check_advise(check, finding->advice[i]);
}

/* Whether the rest can be asked at all. */
static bool check_role(struct xdc_flight *flight)
{
	struct xdc_preflight_check *check;

	switch (flight->model->host.role) {
	case XDC_ROLE_DOM0:
		xdc_check_add(flight, "host-role", XDC_OUTCOME_PASS, 0, "This is a dom0");
		return true;
	case XDC_ROLE_UNKNOWN:
		check = xdc_check_add(flight, "host-role", XDC_OUTCOME_UNKNOWN, 0,
				      "Whether this is a dom0 could not be told");
		xdc_check_because(check, "neither /sys/hypervisor nor /proc/xen could be read",
				  "file:/sys/hypervisor/type");
		return false;
	case XDC_ROLE_NONE:
	case XDC_ROLE_DOMU:
		break;
	}
	check = xdc_check_add(flight, "host-role", XDC_OUTCOME_FAIL, 0,
			      flight->model->host.role == XDC_ROLE_NONE
				      ? "No Xen runs below this kernel"
				      : "This domain is not the control domain");
	xdc_check_because(check, "xl starts guests in dom0 alone", "file:/sys/hypervisor/type");
	xdc_check_advise(check, "Run it where the guest is to start, or read that machine's bundle "
				"(--from).");
	return false;
}

static void check_xenconsoled(struct xdc_flight *flight)
{
	struct xdc_preflight_check *check;

	switch (flight->model->xen.runs_xenconsoled) {
	case XDC_YES:
		xdc_check_add(flight, "host-xenconsoled", XDC_OUTCOME_PASS, 0,
			      "xenconsoled is running");
		return;
	case XDC_UNKNOWN:
		check = xdc_check_add(flight, "host-xenconsoled", XDC_OUTCOME_UNKNOWN, 0,
				      "Whether xenconsoled is running could not be told");
		xdc_check_because(check, "the list of processes could not be read", NULL);
		return;
	case XDC_NO:
		break;
	}
	check = xdc_check_add(flight, "host-xenconsoled", XDC_OUTCOME_FAIL, 0,
			      "xenconsoled is not running");
	xdc_check_because(check,
			  "xl create waits for it ten seconds, then gives up: \"console "
			  "tty: timed out\"",
			  "tools");
	xdc_check_advise(check, "Start it (systemctl start xenconsoled).");
}

static void check_xl(struct xdc_flight *flight)
{
	const struct xdc_record *tools = xdc_evidence_find(flight->evidence, "tools");
	const struct xdc_xen *xen = &flight->model->xen;
	struct xdc_preflight_check *check;

	/* A wrong release is XDC-TOOLS-MISMATCH. */
	if (xen->tools_xl || xen->tools_library || !tools || tools->status != XDC_STATUS_OK)
		return;
	check = xdc_check_add(flight, "host-xl", XDC_OUTCOME_WARNING, 0, "No xl was found here");
	xdc_check_because(check,
			  xen->tools_wanted
				  ? xdc_flight_printf(flight,
						      "the wrapper looks for the tools of Xen %s",
						      xen->tools_wanted)
				  : "it is in no directory that is known to hold it",
			  "tools");
	xdc_check_advise(check, "Install the tools of the Xen that runs (Debian: "
				"xen-utils-VERSION).");
}

/* libxl keeps each domain's configuration and its lock in /var/lib/xen. */
static void check_directories(struct xdc_flight *flight)
{
	static const struct {
		const char *path;
		const char *why;
	} directories[] = {
		{ "/var/lib/xen", "libxl keeps each domain's configuration and lock there" },
		{ "/run/xen", "libxl keeps the history of domain numbers there" },
		{ "/var/log/xen", "xl cannot write its log, and ends" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(directories); i++) {
		struct xdc_target target = xdc_target_read(flight, directories[i].path);
		struct xdc_preflight_check *check;

		if (xdc_target_is(&target, "directory") ||
		    xdc_target_exists(&target) == XDC_UNKNOWN)
			continue;
		check = xdc_check_add(
			flight, "host-directory", i == 1 ? XDC_OUTCOME_WARNING : XDC_OUTCOME_FAIL,
			0,
			xdc_flight_printf(flight, "There is no directory %s", directories[i].path));
		xdc_check_because(check, directories[i].why, target.key);
		xdc_check_advise(check,
				 xdc_flight_printf(flight, "mkdir -p %s", directories[i].path));
	}
}

static void check_devices(struct xdc_flight *flight)
{
	static const struct {
		const char *path;
		const char *module;
	} devices[] = {
		{ "/dev/xen/gntdev", "xen-gntdev" },
		{ "/dev/xen/evtchn", "xen-evtchn" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(devices); i++) {
		struct xdc_target target = xdc_target_read(flight, devices[i].path);
		struct xdc_preflight_check *check;

		if (xdc_target_exists(&target) != XDC_NO)
			continue;
		check = xdc_check_add(flight, "host-device", XDC_OUTCOME_WARNING, 0,
				      xdc_flight_printf(flight, "There is no %s", devices[i].path));
		xdc_check_because(check, "consoles and device models in dom0 reach a guest by it",
				  target.key);
		xdc_check_advise(check,
				 xdc_flight_printf(flight, "modprobe %s", devices[i].module));
	}
}

/* xenconsoled gives each guest's console a pseudo terminal. */
static void check_devpts(struct xdc_flight *flight)
{
	const struct xdc_record *mounts =
		xdc_evidence_find(flight->evidence, "file:/proc/self/mountinfo");
	struct xdc_preflight_check *check;

	if (!mounts || mounts->status != XDC_STATUS_OK || strstr(mounts->data, " - devpts "))
		return;
	check = xdc_check_add(flight, "host-devpts", XDC_OUTCOME_FAIL, 0,
			      "devpts is not mounted on /dev/pts");
	xdc_check_because(check,
			  "xenconsoled cannot open a terminal for the console: \"console tty: "
			  "timed out\"",
			  mounts->key);
	xdc_check_advise(check, "mkdir -p /dev/pts && mount -t devpts devpts /dev/pts");
}

/* What could not be asked of Xen leaves most of the rest unknown. */
static void check_asked(struct xdc_flight *flight)
{
	const struct xdc_xen *xen = &flight->model->xen;
	struct xdc_preflight_check *check;

	if (xen->hypervisor != XDC_STATUS_OK && xen->hypervisor != XDC_STATUS_ABSENT) {
		check = xdc_check_add(flight, "host-hypervisor", XDC_OUTCOME_UNKNOWN, 0,
				      "The hypervisor could not be asked");
		xdc_check_because(check,
				  *xen->hypervisor_detail ? xen->hypervisor_detail
							  : xdc_status_name(xen->hypervisor),
				  xdc_evidence_find(flight->evidence, "xen") ? "xen" : NULL);
		if (xen->hypervisor == XDC_STATUS_DENIED)
			xdc_check_advise(check, "Run it as root: xl needs that too.");
	}
	if (xen->xenstore != XDC_STATUS_OK && xen->xenstore != XDC_STATUS_ABSENT &&
	    xen->xenstore != XDC_STATUS_TIMEOUT) {
		check = xdc_check_add(flight, "host-xenstore", XDC_OUTCOME_UNKNOWN, 0,
				      "xenstore could not be asked");
		xdc_check_because(check,
				  *xen->xenstore_detail ? xen->xenstore_detail
							: xdc_status_name(xen->xenstore),
				  xdc_evidence_find(flight->evidence, "xenstore") ? "xenstore"
										  : NULL);
	}
}

void xdc_check_host(struct xdc_flight *flight)
{
	const struct xdc_findings *findings = flight->all->report->findings;

	for (size_t i = 0; i < findings->count; i++)
		take_finding(flight, &findings->items[i]);
	if (!check_role(flight))
		return;
	check_asked(flight);
	check_xl(flight);
	check_xenconsoled(flight);
	check_directories(flight);
	check_devices(flight);
	check_devpts(flight);
}
