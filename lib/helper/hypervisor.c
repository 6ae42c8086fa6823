/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "helper/control.h"

enum { DOMAINS_AT_ONCE = 64 };

static void write_number_or_error(FILE *out, const char *name, int error, uint64_t value)
{
	if (error < 0)
		xdc_field_write_status(out, name, xdc_status_from_errno(-error));
	else
		xdc_field_write_number(out, name, value);
}

/* Gives what was written to *@buffer as a record. */
static void answer_text(struct xdc_answer *answer, const char *key, const char *origin,
			enum xdc_status status, const char *detail, FILE *out, char **buffer,
			size_t *size)
{
	fclose(out);
	xdc_answer_add(answer, key, origin, status, detail, *buffer, *size);
	free(*buffer);
	*buffer = NULL;
}

void xdc_answer_interfaces(struct xdc_answer *answer, const struct xdc_interfaces *interfaces)
{
	const struct xdc_interfaces *i = interfaces;
	int error = i->domctl_error < 0 ? i->domctl_error : i->sysctl_error;
	char *buffer = NULL;
	size_t size = 0;
	FILE *out = xdc_open_text(&buffer, &size);

	write_number_or_error(out, "domctl", i->domctl_error, i->domctl);
	write_number_or_error(out, "sysctl", i->sysctl_error, i->sysctl);
	xdc_field_write(out, "library", i->library);
	xdc_field_write_number(out, "library_domctl", i->library_domctl);
	xdc_field_write_number(out, "library_sysctl", i->library_sysctl);
	write_number_or_error(out, "accepted", error,
			      i->domctl == i->library_domctl && i->sysctl == i->library_sysctl);
	answer_text(answer, "xen:interfaces", "libxencall", XDC_STATUS_OK, "", out, &buffer, &size);
}

void xdc_answer_version(struct xdc_answer *answer, const struct xdc_hypercalls *calls)
{
	/* XENVER_* and the sizes of their types, xen/include/public/version.h; a stable ABI. */
	static const struct {
		const char *field;
		unsigned int command;
		size_t size;
	} texts[] = {
		{ "extra", 1, 16 },
		{ "capabilities", 3, 1024 },
		{ "changeset", 4, 64 },
		{ "command_line", 9, 1024 },
	};
	int version = calls->call(calls->arg, XDC_HYPERVISOR_xen_version, 0, 0);
	char text[1024 + 1];
	char *buffer = NULL;
	size_t size = 0;
	FILE *out;

	if (version < 0) {
		xdc_answer_error(answer, "xen:version", "libxencall", -version, "xen_version");
		return;
	}
	out = xdc_open_text(&buffer, &size);
	xdc_field_write_number(out, "major", (unsigned int)version >> 16);
	xdc_field_write_number(out, "minor", (unsigned int)version & 0xffff);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(texts); i++) {
		int r = xdc_version_text(calls, texts[i].command, text, texts[i].size);

		if (r < 0)
			xdc_field_write_status(out, texts[i].field, xdc_status_from_errno(-r));
		else
			xdc_field_write(out, texts[i].field, text);
	}
	answer_text(answer, "xen:version", "libxencall", XDC_STATUS_OK, "", out, &buffer, &size);
}

static void answer_physinfo(struct xdc_answer *answer, const struct xdc_control *control,
			    uint32_t sysctl)
{
	static const struct {
		const char *field;
		uint32_t bit;
	} capabilities[] = {
		{ "directio", XDC_PHYSCAP_directio },
		{ "hvm", XDC_PHYSCAP_hvm },
		{ "pv", XDC_PHYSCAP_pv },
		{ "hap", XDC_PHYSCAP_hap },
		{ "iommu_hap_pt_share", XDC_PHYSCAP_iommu_hap_pt_share },
	};
	static const char key[] = "xen:physinfo";
	struct xdc_physinfo info = { 0 };
	int r = control->physinfo(control->arg, &info);
	char detail[64];
	char *buffer = NULL;
	size_t size = 0;
	FILE *out;

	if (r == -EPROTONOSUPPORT) {
		snprintf(detail, sizeof(detail), "its layout in sysctl version 0x%x is not known",
			 sysctl);
		xdc_answer_add(answer, key, control->name, XDC_STATUS_UNSUPPORTED, detail, NULL, 0);
		return;
	}
	if (r < 0) {
		xdc_answer_error(answer, key, control->name, -r, "physinfo");
		return;
	}
	out = xdc_open_text(&buffer, &size);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(capabilities); i++)
		xdc_field_write_number(out, capabilities[i].field,
				       (info.capabilities & capabilities[i].bit) != 0);
	xdc_field_write_number(out, "nr_cpus", info.nr_cpus);
	xdc_field_write_number(out, "total_pages", info.total_pages);
	xdc_field_write_number(out, "free_pages", info.free_pages);
	answer_text(answer, key, control->name, XDC_STATUS_OK, "", out, &buffer, &size);
}

/* Calls @each for every domain, at most XDC_DOMAINS_MAX. Returns how many, or -errno. */
static int for_each_domain(const struct xdc_control *control,
			   void (*each)(void *arg, const struct xdc_domain *domain), void *arg)
{
	struct xdc_domain domains[DOMAINS_AT_ONCE];
	uint32_t first = 0;
	int total = 0, n;

	do {
		n = control->domains(control->arg, first, domains, DOMAINS_AT_ONCE);
		if (n < 0)
			return n;
		for (int i = 0; i < n; i++)
			each(arg, &domains[i]);
		total += n;
		first = n ? domains[n - 1].id + 1U : 0;
	} while (n == DOMAINS_AT_ONCE && total < XDC_DOMAINS_MAX);
	return total;
}

static void write_domain(void *arg, const struct xdc_domain *domain)
{
	static const struct {
		const char *name;
		uint32_t bit;
	} flags[] = {
		{ "dying", XDC_DOMINF_dying },	       { "hvm", XDC_DOMINF_hvm_guest },
		{ "shutdown", XDC_DOMINF_shutdown },   { "paused", XDC_DOMINF_paused },
		{ "blocked", XDC_DOMINF_blocked },     { "running", XDC_DOMINF_running },
		{ "xs_domain", XDC_DOMINF_xs_domain }, { "hap", XDC_DOMINF_hap },
	};
	const char *separator = "";
	FILE *out = arg;

	fprintf(out, "%u=", domain->id);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(flags); i++) {
		if (!(domain->flags & flags[i].bit))
			continue;
		fprintf(out, "%s%s", separator, flags[i].name);
		separator = ",";
	}
	fputc('\n', out);
}

static void answer_domains(struct xdc_answer *answer, const struct xdc_control *control)
{
	static const char key[] = "xen:domains";
	char *buffer = NULL;
	size_t size = 0;
	FILE *out = xdc_open_text(&buffer, &size);
	int r;

	r = for_each_domain(control, write_domain, out);
	if (r < 0) {
		fclose(out);
		free(buffer);
		xdc_answer_error(answer, key, control->name, -r, "getdomaininfolist");
		return;
	}
	answer_text(answer, key, control->name,
		    r < XDC_DOMAINS_MAX ? XDC_STATUS_OK : XDC_STATUS_TRUNCATED, "", out, &buffer,
		    &size);
}

static void answer_console(struct xdc_answer *answer, const struct xdc_control *control)
{
	static const char key[] = "xen:console";
	xdc_autofree char *data = xdc_zalloc(XDC_CONSOLE_MAX);
	uint32_t index = 0;
	size_t size = 0;
	int n;

	do {
		n = control->console(control->arg, size == 0, &index, data + size,
				     XDC_CONSOLE_MAX - size);
		if (n < 0) {
			xdc_answer_error(answer, key, control->name, -n, "readconsole");
			return;
		}
		size += (size_t)n;
	} while (n && size < XDC_CONSOLE_MAX);
	xdc_answer_add(answer, key, control->name, n ? XDC_STATUS_TRUNCATED : XDC_STATUS_OK, "",
		       data, size);
}

void xdc_answer_control(struct xdc_answer *answer, const struct xdc_control *control,
			uint32_t sysctl)
{
	answer_physinfo(answer, control, sysctl);
	answer_domains(answer, control);
	answer_console(answer, control);
}

static void note_xenstore_domain(void *arg, const struct xdc_domain *domain)
{
	bool *found = arg;

	*found = *found || (domain->flags & XDC_DOMINF_xs_domain);
}

enum xdc_tri xdc_find_xenstore_domain(const struct xdc_control *control)
{
	bool found = false;
	int r = for_each_domain(control, note_xenstore_domain, &found);

	return r < 0 ? XDC_UNKNOWN : xdc_tri_of(found);
}
