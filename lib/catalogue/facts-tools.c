/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Which control interfaces the hypervisor and its tools speak: of the machine, or by the log. */
#include "catalogue/explanation.h"

const char *xdc_hypervisor_speaks(const struct xdc_fact_context *c, struct xdc_xen_interfaces *ret)
{
	const struct xdc_log_facts *facts = &c->log->facts;
	const struct xdc_xen_interfaces *of_release;

	if (c->report && c->report->model->xen.domctl >= 0) {
		ret->domctl = c->report->model->xen.domctl;
		ret->sysctl = c->report->model->xen.sysctl;
		return xdc_arena_printf(
			c->arena, "the hypervisor (Xen %s) speaks domctl 0x%lx and sysctl 0x%lx",
			c->report->model->host.xen ? c->report->model->host.xen : "?",
			(unsigned long)ret->domctl, (unsigned long)ret->sysctl);
	}
	of_release = facts->xen.text
			     ? xdc_xen_interfaces(facts->xen_version[0], facts->xen_version[1])
			     : NULL;
	if (!of_release)
		return NULL;
	*ret = *of_release;
	return xdc_arena_printf(c->arena,
				"the hypervisor is Xen %u.%u (%s), which speaks domctl 0x%lx and "
				"sysctl 0x%lx",
				of_release->major, of_release->minor,
				xdc_log_place(c->arena, c->log, facts->xen.file, facts->xen.line),
				(unsigned long)ret->domctl, (unsigned long)ret->sysctl);
}

const char *xdc_tools_speak(const struct xdc_fact_context *c, struct xdc_xen_interfaces *ret)
{
	const struct xdc_xen *xen = c->report ? &c->report->model->xen : NULL;
	const struct xdc_xen_interfaces *of_release;
	struct xdc_libxl_answer libxl;

	if (xen && xen->tools) {
		*ret = *xen->tools;
		return xdc_arena_printf(
			c->arena,
			"the tools in use (libxenctrl %s, loaded by %s) speak domctl "
			"0x%lx and sysctl 0x%lx",
			xen->tools_release, xen->tools_xl ? xen->tools_xl : "xl",
			(unsigned long)ret->domctl, (unsigned long)ret->sysctl);
	}
	libxl = xdc_libxl_releases_answer(c->arena, &c->log->facts.libxl);
	of_release = libxl.text ? xdc_xen_interfaces(libxl.major, libxl.minor) : NULL;
	if (!of_release)
		return NULL;
	*ret = *of_release;
	return xdc_arena_printf(
		c->arena,
		"the tools are of Xen %u.%u, by where their messages stand in libxl's source%s; "
		"they speak domctl 0x%lx and sysctl 0x%lx",
		libxl.major, libxl.minor, libxl.off ? " (a few lines off: a patched build)" : "",
		(unsigned long)ret->domctl, (unsigned long)ret->sysctl);
}
