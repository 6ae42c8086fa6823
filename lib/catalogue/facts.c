/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Each fact of the vocabulary: from the machine where it is at hand, else from the log. What
 * neither says is unknown: a line that is not there proves nothing.
 */
#include <string.h>

#include "catalogue/explanation.h"

struct answer {
	enum xdc_tri value;
	const char *text;
	const char *second; /* another sentence, where there is one */
};

static const struct answer unknown = { XDC_UNKNOWN, NULL, NULL };

static struct answer said(enum xdc_tri value, const char *text)
{
	return (struct answer){ value, text, NULL };
}

static struct answer of_line(const struct xdc_fact_context *c, const struct xdc_log_fact *fact)
{
	if (!fact->text)
		return unknown;
	return said(fact->value,
		    xdc_arena_printf(c->arena, "%s:%lu: %s", fact->file, fact->line, fact->text));
}

static struct answer on_xen(const struct xdc_fact_context *c)
{
	if (c->log->facts.on_xen.text || !c->report)
		return of_line(c, &c->log->facts.on_xen);
	switch (c->report->model->host.role) {
	case XDC_ROLE_NONE:
		return said(XDC_NO, "this machine does not run on Xen");
	case XDC_ROLE_UNKNOWN:
		return unknown;
	default:
		return said(XDC_YES, xdc_arena_printf(c->arena, "this machine runs on Xen, as %s",
						      xdc_role_name(c->report->model->host.role)));
	}
}

static struct answer privcmd_missing(const struct xdc_fact_context *c)
{
	if (!c->report)
		return unknown;
	if (c->report->model->xen.hypervisor == XDC_STATUS_ABSENT)
		return said(XDC_YES, c->report->model->xen.hypervisor_detail);
	if (c->report->model->xen.hypervisor == XDC_STATUS_OK)
		return said(XDC_NO, "this machine's hypervisor answers through /dev/xen/privcmd");
	return unknown;
}

static struct answer xenfs_missing(const struct xdc_fact_context *c)
{
	const struct xdc_record *record =
		c->report ? xdc_evidence_find(c->report->evidence, "file:/proc/xen/capabilities")
			  : NULL;

	if (record && record->status == XDC_STATUS_ABSENT)
		return said(XDC_YES, "/proc/xen/capabilities is not there");
	if (xdc_record_readable(record))
		return said(XDC_NO, "/proc/xen/capabilities is there");
	return unknown;
}

static struct answer xenstored_down(const struct xdc_fact_context *c)
{
	enum xdc_status status =
		c->report ? c->report->model->xen.xenstore : XDC_STATUS_UNSUPPORTED;

	if (status == XDC_STATUS_OK)
		return said(XDC_NO, "this machine's xenstored answers");
	if (status == XDC_STATUS_ABSENT)
		return said(XDC_YES, "xenstored does not run on this machine");
	if (status == XDC_STATUS_TIMEOUT)
		return said(XDC_YES, "this machine's xenstored does not answer");
	return unknown;
}

static struct answer init_dom0_missing(const struct xdc_fact_context *c)
{
	if (!c->report || c->report->model->xen.dom0_is_named == XDC_UNKNOWN)
		return unknown;
	return c->report->model->xen.dom0_is_named == XDC_YES
		       ? said(XDC_NO, "xenstore has /local/domain/0/name")
		       : said(XDC_YES, "xenstore has no /local/domain/0/name");
}

/* do_domctl() and do_sysctl() answer EACCES to another version than their own. */
static struct answer tools_mismatch(const struct xdc_fact_context *c)
{
	struct xdc_xen_interfaces hypervisor, tools;
	struct answer answer = unknown;

	answer.text = xdc_hypervisor_speaks(c, &hypervisor);
	answer.second = xdc_tools_speak(c, &tools);
	if (!answer.text || !answer.second)
		return unknown;
	if (hypervisor.domctl != tools.domctl ||
	    (hypervisor.sysctl >= 0 && hypervisor.sysctl != tools.sysctl))
		answer.value = XDC_YES;
	/* Numbers out of a table say nothing of development versions, so they rule nothing out. */
	else if (c->report && c->report->model->xen.domctl >= 0 && c->report->model->xen.tools)
		answer.value = XDC_NO;
	return answer;
}

static struct answer xen_iommu(const struct xdc_fact_context *c)
{
	enum xdc_tri drives = c->report ? c->report->model->xen.drives_iommu : XDC_UNKNOWN;

	if (drives == XDC_UNKNOWN)
		return of_line(c, &c->log->facts.xen_iommu);
	return said(drives, drives == XDC_YES ? "this machine's Xen drives an IOMMU (physinfo)"
					      : "this machine's Xen drives no IOMMU (physinfo)");
}

static struct answer iommu_in_dom0(const struct xdc_fact_context *c)
{
	const struct xdc_model *model = c->report ? c->report->model : NULL;

	if (!model || model->host.role != XDC_ROLE_DOM0)
		return unknown;
	for (size_t i = 0; i < model->n_iommus; i++)
		if (model->iommus[i].owner == XDC_OWNER_DOM0)
			return said(XDC_YES,
				    xdc_arena_printf(c->arena, "the IOMMU %s was left to dom0",
						     model->iommus[i].name));
	return said(XDC_NO, "this machine's dom0 has no IOMMU of its own");
}

static struct answer direct_mapped(const struct xdc_fact_context *c)
{
	enum xdc_tri mapped = c->report ? c->report->model->host.direct_mapped : XDC_UNKNOWN;

	if (mapped == XDC_UNKNOWN)
		return of_line(c, &c->log->facts.direct_mapped);
	return said(mapped, mapped == XDC_YES ? "this machine's memory is mapped 1:1"
					      : "this machine's memory is not mapped 1:1");
}

static struct answer lockdown(const struct xdc_fact_context *c)
{
	const char *mode = c->report ? c->report->model->host.lockdown : NULL;

	if (!mode)
		return of_line(c, &c->log->facts.lockdown);
	return said(xdc_tri_of(strcmp(mode, "none") != 0),
		    xdc_arena_printf(c->arena, "this kernel's lockdown mode is %s", mode));
}

static struct answer version(const struct xdc_fact_context *c, const struct xdc_term *term,
			     const char *what, const unsigned int have[2], const char *where)
{
	unsigned int want[2];
	bool at_least;

	if (!where || sscanf(term->value, "%u.%u", &want[0], &want[1]) != 2)
		return unknown;
	at_least = have[0] > want[0] || (have[0] == want[0] && have[1] >= want[1]);
	return said(xdc_tri_of(term->operation == XDC_OPERATOR_AT_LEAST ? at_least : !at_least),
		    xdc_arena_printf(c->arena, "%s is %u.%u (%s)", what, have[0], have[1], where));
}

static const char *place(const struct xdc_fact_context *c, const struct xdc_log_fact *fact)
{
	return fact->text ? xdc_log_place(c->arena, c->log, fact->file, fact->line) : NULL;
}

static struct answer kernel_version(const struct xdc_fact_context *c, const struct xdc_term *term)
{
	const struct xdc_log_facts *facts = &c->log->facts;
	unsigned int have[2] = { facts->kernel_version[0], facts->kernel_version[1] };
	const char *where = place(c, &facts->kernel);

	if (!where && c->report && c->report->model->host.kernel_version.known) {
		have[0] = c->report->model->host.kernel_version.major;
		have[1] = c->report->model->host.kernel_version.minor;
		where = "this machine";
	}
	return version(c, term, "Linux", have, where);
}

static struct answer xen_version(const struct xdc_fact_context *c, const struct xdc_term *term)
{
	const struct xdc_log_facts *facts = &c->log->facts;
	unsigned int have[2] = { facts->xen_version[0], facts->xen_version[1] };
	const char *where = place(c, &facts->xen);

	if (!where && c->report && c->report->model->host.xen_version.known) {
		have[0] = c->report->model->host.xen_version.major;
		have[1] = c->report->model->host.xen_version.minor;
		where = "this machine";
	}
	return version(c, term, "Xen", have, where);
}

static struct answer tools_version(const struct xdc_fact_context *c, const struct xdc_term *term)
{
	struct xdc_libxl_answer libxl = xdc_libxl_releases_answer(c->arena, &c->log->facts.libxl);
	unsigned int have[2] = { libxl.major, libxl.minor };

	return version(c, term, "libxl", have,
		       libxl.text && libxl.major ? "by where its messages stand in its source"
						 : NULL);
}

static struct answer arch(const struct xdc_fact_context *c, const char *name)
{
	static const char *const names[] = {
		[XDC_ARCH_ARM] = "arm",
		[XDC_ARCH_ARM64] = "arm64",
		[XDC_ARCH_X86] = "x86",
		[XDC_ARCH_OTHER] = "other",
	};
	enum xdc_arch have = c->report ? c->report->model->host.arch : XDC_ARCH_UNKNOWN;

	if (have == XDC_ARCH_UNKNOWN)
		return unknown;
	return said(xdc_tri_of(strcmp(names[have], name) == 0),
		    xdc_arena_printf(c->arena, "this machine is %s", names[have]));
}

static struct answer kernel_option(const struct xdc_fact_context *c, const char *word)
{
	enum xdc_tri has =
		c->report ? xdc_host_has_option(&c->report->model->host, word) : XDC_UNKNOWN;

	return said(has, xdc_arena_printf(c->arena, "%s %s on this kernel's command line", word,
					  has == XDC_YES ? "stands" : "does not stand"));
}

static struct answer kernel_config(const struct xdc_fact_context *c, const char *option)
{
	char value = c->report ? xdc_host_config(&c->report->model->host, option) : '\0';

	if (!value)
		return unknown;
	return said(xdc_tri_of(value != 'n'),
		    xdc_arena_printf(c->arena, "this kernel has CONFIG_%s=%c", option, value));
}

static struct answer finding(const struct xdc_fact_context *c, const char *id)
{
	for (size_t i = 0; c->report && i < c->report->findings->count; i++)
		if (strcmp(c->report->findings->items[i].id, id) == 0)
			return said(XDC_YES, c->report->findings->items[i].title);
	return unknown;
}

static struct answer seen(const struct xdc_fact_context *c, const char *id)
{
	for (size_t i = 0; i < c->log->n_matches; i++) {
		const struct xdc_log_match *m = &c->log->matches[i];

		if (strcmp(m->entry->id, id) == 0 && m != c->match)
			return said(XDC_YES, xdc_arena_printf(c->arena, "%s: %s",
							      xdc_log_place(c->arena, c->log,
									    m->file, m->line),
							      m->text));
	}
	return unknown;
}

static struct answer capture(const struct xdc_fact_context *c, const struct xdc_term *term)
{
	const char *value = xdc_capture_find(c->captures, term->name);

	if (!value)
		return unknown;
	return said(xdc_term_compare(term, c->captures),
		    xdc_arena_printf(c->arena, "%s is %s", term->name,
				     xdc_text_escaped(c->arena, value, strlen(value))));
}

static struct answer address(const struct xdc_fact_context *c, const char *word)
{
	const char *text;
	enum xdc_place place;
	enum xdc_tri is;

	if (strcmp(word, xdc_place_name(XDC_PLACE_INTERRUPT)) == 0) {
		is = xdc_captured_is_interrupt(c, &text);
		return said(is, text);
	}
	place = xdc_captured_place(c, &text);
	if (place == XDC_PLACE_UNKNOWN)
		return unknown;
	return said(xdc_tri_of(strcmp(xdc_place_name(place), word) == 0), text);
}

static struct answer ask(const struct xdc_fact_context *c, const struct xdc_term *term)
{
	const char *text = NULL;
	enum xdc_tri value;

	switch (term->fact) {
	case XDC_FACT_STATED:
		return said(XDC_YES, "the message itself says so");
	case XDC_FACT_ON_XEN:
		return on_xen(c);
	case XDC_FACT_ROOT:
		return of_line(c, &c->log->facts.root);
	case XDC_FACT_PRIVCMD_MISSING:
		return privcmd_missing(c);
	case XDC_FACT_XENFS_MISSING:
		return xenfs_missing(c);
	case XDC_FACT_XENSTORED_DOWN:
		return xenstored_down(c);
	case XDC_FACT_INIT_DOM0_MISSING:
		return init_dom0_missing(c);
	case XDC_FACT_XENCONSOLED_DOWN:
		value = xdc_xenconsoled_is_down(c, &text);
		return said(value, text);
	case XDC_FACT_TOOLS_MISMATCH:
		return tools_mismatch(c);
	case XDC_FACT_XEN_IOMMU:
		return xen_iommu(c);
	case XDC_FACT_IOMMU_IN_DOM0:
		return iommu_in_dom0(c);
	case XDC_FACT_DIRECT_MAPPED:
		return direct_mapped(c);
	case XDC_FACT_LOCKDOWN:
		return lockdown(c);
	case XDC_FACT_KERNEL:
		return kernel_version(c, term);
	case XDC_FACT_XEN:
		return xen_version(c, term);
	case XDC_FACT_TOOLS:
		return tools_version(c, term);
	case XDC_FACT_ARCH:
		return arch(c, term->name);
	case XDC_FACT_KERNEL_OPTION:
		return kernel_option(c, term->name);
	case XDC_FACT_KERNEL_CONFIG:
		return kernel_config(c, term->name);
	case XDC_FACT_BACKEND_DRIVER:
		value = xdc_has_backend_driver(c, term->name, &text);
		return said(value, text);
	case XDC_FACT_FINDING:
		return finding(c, term->name);
	case XDC_FACT_SEEN:
		return seen(c, term->name);
	case XDC_FACT_ADDRESS:
		return address(c, term->name);
	case XDC_FACT_CAPTURE:
		return capture(c, term);
	}
	return unknown;
}

static void add_text(const char **because, size_t *n_because, const char *text)
{
	if (text && *n_because < XDC_BECAUSE_MAX)
		because[(*n_because)++] = text;
}

enum xdc_tri xdc_condition_holds(const struct xdc_fact_context *context,
				 const struct xdc_condition *condition, const char **because,
				 size_t *n_because)
{
	enum xdc_tri holds = XDC_YES;
	size_t before = *n_because;

	for (size_t i = 0; i < condition->n_terms; i++) {
		const struct xdc_term *term = &condition->terms[i];
		struct answer answer = ask(context, term);

		if (term->negated && answer.value != XDC_UNKNOWN)
			answer.value = xdc_tri_of(answer.value == XDC_NO);
		if (answer.value == XDC_NO)
			holds = XDC_NO;
		else if (answer.value == XDC_UNKNOWN && holds == XDC_YES)
			holds = XDC_UNKNOWN;
		add_text(because, n_because, answer.text);
		add_text(because, n_because, answer.second);
	}
	if (holds != XDC_YES)
		*n_because = before;
	return holds;
}
