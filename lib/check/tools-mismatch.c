/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * XDC-TOOLS-MISMATCH: xl, or a daemon that runs, belongs to another Xen than the hypervisor.
 * Half an upgrade looks so: the packages are new, what runs is what was started before.
 */
#include <string.h>

#include "check/check.h"

/* Of the daemons, so many are told one by one. */
enum { TOLD = 4 };

static const char *version_text(struct xdc_findings *findings, long version)
{
	return version < 0 ? "unknown"
			   : xdc_arena_printf(findings->arena, "0x%lx", (unsigned long)version);
}

static bool mismatch(long hypervisor, long tools)
{
	return hypervisor >= 0 && tools >= 0 && hypervisor != tools;
}

bool xdc_tools_mismatch(const struct xdc_attributions *all)
{
	const struct xdc_xen *xen = &all->model->xen;

	return xen->tools_wanted || (xen->tools && (mismatch(xen->domctl, xen->tools->domctl) ||
						    mismatch(xen->sysctl, xen->tools->sysctl)));
}

/* The release that a daemon should be of: xl's, with which it talks, else the hypervisor's. */
static const char *expected_release(const struct xdc_attributions *all, struct xdc_arena *arena)
{
	const struct xdc_version *own = &all->model->host.xen_version;

	if (all->model->xen.tools_release)
		return all->model->xen.tools_release;
	return own->known ? xdc_arena_printf(arena, "%u.%u", own->major, own->minor) : NULL;
}

static bool is_refused(const struct xdc_attributions *all, const struct xdc_daemon *daemon)
{
	return daemon->speaks && (mismatch(all->model->xen.domctl, daemon->speaks->domctl) ||
				  mismatch(all->model->xen.sysctl, daemon->speaks->sysctl));
}

/* How a daemon stands; 0: it is as it should be. */
enum { FITS, REPLACED, OTHER_RELEASE, REFUSED };

static int standing(const struct xdc_attributions *all, const struct xdc_daemon *daemon,
		    const char *expected)
{
	if (is_refused(all, daemon))
		return REFUSED;
	if (expected && strcmp(daemon->release, expected) != 0)
		return OTHER_RELEASE;
	return daemon->replaced ? REPLACED : FITS;
}

static void tell_daemon(struct xdc_finding *finding, struct xdc_arena *arena,
			const struct xdc_daemon *daemon, int how)
{
	static const char *const words[] = {
		[FITS] = "",
		[REPLACED] = "",
		[OTHER_RELEASE] = ": another release than xl's",
		[REFUSED] = ": the hypervisor refuses its control calls",
	};

	xdc_finding_because(finding,
			    xdc_arena_printf(arena, "%s (process %s) runs with libxenctrl %s%s%s",
					     daemon->name, daemon->process, daemon->release,
					     daemon->replaced ? ", a file that has been replaced "
								"since"
							      : "",
					     words[how]),
			    "tools");
}

/* Tells of daemons that do not fit, some of them by name; returns how the worst one stands. */
static int tell_daemons(const struct xdc_attributions *all, struct xdc_finding *finding,
			struct xdc_arena *arena)
{
	const struct xdc_xen *xen = &all->model->xen;
	const char *expected = expected_release(all, arena);
	size_t told = 0;
	int worst = FITS;

	for (size_t i = 0; i < xen->n_daemons; i++) {
		int how = standing(all, &xen->daemons[i], expected);

		if (how == FITS)
			continue;
		if (how > worst)
			worst = how;
		if (finding && told++ < TOLD)
			tell_daemon(finding, arena, &xen->daemons[i], how);
	}
	if (told > TOLD)
		xdc_finding_because(finding, xdc_arena_printf(arena, "so do %zu more", told - TOLD),
				    "tools");
	return worst;
}

static bool has_refused_xenstored(const struct xdc_attributions *all)
{
	const struct xdc_xen *xen = &all->model->xen;

	for (size_t i = 0; i < xen->n_daemons; i++)
		if (xdc_text_ends_with(xen->daemons[i].name, "xenstored") &&
		    is_refused(all, &xen->daemons[i]))
			return true;
	return false;
}

static void check_daemons(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	static const struct {
		enum xdc_severity severity;
		const char *title;
	} kinds[] = {
		[REPLACED] = { XDC_SEVERITY_NOTICE,
			       "Daemons of the toolstack run on a library that was replaced" },
		[OTHER_RELEASE] = { XDC_SEVERITY_WARNING,
				    "Daemons of another Xen release run: half an upgrade" },
		[REFUSED] = { XDC_SEVERITY_ERROR,
			      "Daemons of another Xen release run: half an upgrade" },
	};
	int worst = tell_daemons(all, NULL, findings->arena);
	struct xdc_finding *finding;

	if (worst == FITS)
		return;
	finding = xdc_finding_add(findings, "XDC-TOOLS-MISMATCH", kinds[worst].severity, "",
				  kinds[worst].title);
	tell_daemons(all, finding, findings->arena);
	if (has_refused_xenstored(all))
		xdc_finding_because(finding,
				    "with an old xenstored, xl create says \"xenstore set "
				    "permissions failed\", and xl list shows \"(null)\"",
				    "tools");
	if (worst == REPLACED) {
		xdc_finding_advise(finding, "Nothing at once: they go on with the old code until "
					    "they are started again, xenstored until a reboot.");
		return;
	}
	xdc_finding_advise(finding, "Restart what can be: xenconsoled, libvirtd, xenopsd. "
				    "xenstored cannot be started again: reboot for it.");
	xdc_finding_advise(finding, "Where it comes back the same, a second Xen is installed: see "
				    "which program the service starts.");
}

/* do_domctl() and do_sysctl() answer EACCES to any other version, before anything else. */
static void check_tools(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const struct xdc_xen *xen = &all->model->xen;
	bool sysctl = mismatch(xen->sysctl, xen->tools->sysctl);
	struct xdc_finding *finding;

	finding = xdc_finding_add(findings, "XDC-TOOLS-MISMATCH", XDC_SEVERITY_ERROR, "",
				  "The tools belong to another Xen than the one that runs");
	xdc_finding_because(
		finding,
		xdc_arena_printf(
			findings->arena, "the hypervisor (Xen %s) speaks domctl %s and sysctl %s",
			all->model->host.xen ? all->model->host.xen : "?",
			version_text(findings, xen->domctl), version_text(findings, xen->sysctl)),
		"xen:interfaces");
	xdc_finding_because(
		finding,
		xdc_arena_printf(findings->arena,
				 "the tools in use (libxenctrl %s, loaded by %s) speak domctl "
				 "0x%lx and sysctl 0x%lx",
				 xen->tools_release, xen->tools_xl ? xen->tools_xl : "xl",
				 (unsigned long)xen->tools->domctl,
				 (unsigned long)xen->tools->sysctl),
		"tools");
	xdc_finding_because(finding,
			    sysctl ? "every control call is refused: \"Permission denied\""
				   : "xl list and xl info work, xl create is refused: "
				     "\"Permission denied\"",
			    "tools");
	tell_daemons(all, finding, findings->arena);
	xdc_finding_advise(finding, "Boot the hypervisor that the tools belong to, or install the "
				    "tools of the one that runs (Debian: xen-utils-VERSION).");
	xdc_finding_refer(finding, "xen/include/public/domctl.h, sysctl.h: INTERFACE_VERSION");
}

/* Debian's xl is a wrapper that runs the xl of the running hypervisor's release, or nothing. */
static void check_wanted(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	const char *wanted = all->model->xen.tools_wanted;
	struct xdc_finding *finding =
		xdc_finding_add(findings, "XDC-TOOLS-MISMATCH", XDC_SEVERITY_ERROR, "",
				"There are no tools for the Xen that runs");

	xdc_finding_because(finding,
			    xdc_arena_printf(findings->arena,
					     "xl is a wrapper that runs the xl of Xen %s, and that "
					     "is not installed",
					     wanted),
			    "tools");
	tell_daemons(all, finding, findings->arena);
	xdc_finding_advise(
		finding, xdc_arena_printf(findings->arena,
					  "Install the tools of Xen %s (Debian: xen-utils-%s), or "
					  "boot the hypervisor of those that are there.",
					  wanted, wanted));
}

void xdc_check_tools(const struct xdc_attributions *all, struct xdc_findings *findings)
{
	if (all->model->host.role != XDC_ROLE_DOM0)
		return;
	if (!xdc_tools_mismatch(all))
		check_daemons(all, findings);
	else if (all->model->xen.tools_wanted)
		check_wanted(all, findings);
	else
		check_tools(all, findings);
}
