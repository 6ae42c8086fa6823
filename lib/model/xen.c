/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

enum { DAEMONS_MAX = 64 };

/*
 * XEN_DOMCTL_INTERFACE_VERSION and XEN_SYSCTL_INTERFACE_VERSION of xen/include/public/
 * domctl.h and sysctl.h at RELEASE-4.11.0 to RELEASE-4.22.0. A control call of another
 * version is answered EACCES before anything else (do_domctl(), do_sysctl()).
 */
static const struct xdc_xen_interfaces releases[] = {
	{ 4, 11, 0x10, 0x11 }, { 4, 12, 0x11, 0x12 }, { 4, 13, 0x12, 0x12 }, { 4, 14, 0x12, 0x13 },
	{ 4, 15, 0x13, 0x13 }, { 4, 16, 0x14, 0x14 }, { 4, 17, 0x15, 0x15 }, { 4, 18, 0x16, 0x15 },
	{ 4, 19, 0x17, 0x15 }, { 4, 20, 0x17, 0x15 }, { 4, 21, 0x17, 0x16 }, { 4, 22, 0x18, 0x16 },
};

const struct xdc_xen_interfaces *xdc_xen_interfaces(unsigned int major, unsigned int minor)
{
	for (size_t i = 0; i < XDC_ARRAY_SIZE(releases); i++)
		if (releases[i].major == major && releases[i].minor == minor)
			return &releases[i];
	return NULL;
}

static const char *detail_of(struct xdc_model *model, const struct xdc_record *record)
{
	return xdc_text_escaped(model->arena, record->detail, strlen(record->detail));
}

static const char *field(struct xdc_model *model, const char *key, const char *name)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);

	return xdc_record_readable(record) ? xdc_model_field(model, record, name) : NULL;
}

static long number(struct xdc_model *model, const char *key, const char *name)
{
	const char *value = field(model, key, name);
	uint64_t result;

	return value && xdc_number_parse(value, 10, &result) == 0 && result <= INT32_MAX
		       ? (long)result
		       : -1;
}

static void read_hypervisor(struct xdc_model *model)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "xen");
	long directio = number(model, "xen:physinfo", "directio");

	if (record) {
		model->xen.hypervisor = record->status;
		model->xen.hypervisor_detail = detail_of(model, record);
	}
	model->xen.command_line = field(model, "xen:version", "command_line");
	model->xen.domctl = number(model, "xen:interfaces", "domctl");
	model->xen.sysctl = number(model, "xen:interfaces", "sysctl");
	model->xen.drives_iommu = directio < 0 ? XDC_UNKNOWN : xdc_tri_of(directio > 0);
	/* What it was not asked, its release tells: a table, so only where it is in it. */
	if (model->xen.domctl < 0 && model->host.xen_version.known) {
		const struct xdc_xen_interfaces *own = xdc_xen_interfaces(
			model->host.xen_version.major, model->host.xen_version.minor);

		if (own) {
			model->xen.domctl = own->domctl;
			model->xen.sysctl = own->sysctl;
		}
	}
}

static void read_xenstore(struct xdc_model *model)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "xenstore");
	const struct xdc_record *domains =
		xdc_evidence_find(model->evidence, "xenstore:/local/domain");

	if (record) {
		model->xen.xenstore = record->status;
		model->xen.xenstore_detail = detail_of(model, record);
	}
	model->xen.dom0_is_named = XDC_UNKNOWN;
	if (domains && domains->status == XDC_STATUS_OK)
		model->xen.dom0_is_named = xdc_tri_of(
			xdc_field_find(model->arena, domains->data, "0/name", NULL) != NULL);
	else if (domains && domains->status == XDC_STATUS_ABSENT)
		model->xen.dom0_is_named = XDC_NO;
}

/* What "4.17" of libxenctrl.so.4.17 speaks. */
static const struct xdc_xen_interfaces *interfaces_of(const char *release)
{
	char *end;
	unsigned long major = strtoul(release, &end, 10), minor;

	if (*end != '.')
		return NULL;
	minor = strtoul(end + 1, &end, 10);
	return !*end && major < 100 && minor < 1000
		       ? xdc_xen_interfaces((unsigned int)major, (unsigned int)minor)
		       : NULL;
}

/* Cuts the next word off *@text and moves it on; "" at the end. */
static const char *next_word(struct xdc_model *model, char **text)
{
	char *word = *text;
	size_t length = strcspn(word, " ");

	*text += length + (word[length] == ' ');
	return xdc_text_escaped(model->arena, word, length);
}

/* "NAME PID RELEASE PATH", with " (deleted)" behind it as /proc/PID/maps has it. */
static void read_daemon(struct xdc_model *model, char *value)
{
	static const char deleted[] = " (deleted)";
	struct xdc_daemon daemon = { .name = next_word(model, &value) };

	if (strcmp(daemon.name, "xenconsoled") == 0)
		model->xen.runs_xenconsoled = XDC_YES;
	daemon.process = next_word(model, &value);
	daemon.release = next_word(model, &value);
	daemon.replaced = xdc_text_ends_with(value, deleted);
	if (daemon.replaced)
		value[strlen(value) - strlen(deleted)] = '\0';
	daemon.library = xdc_text_escaped(model->arena, value, strlen(value));
	daemon.speaks = interfaces_of(daemon.release);
	/* "none", or a status: it has none mapped, or nobody could look. */
	if (!isdigit((unsigned char)*daemon.release) || !*daemon.library)
		return;
	xdc_array_reserve((void **)&model->xen.daemons, model->xen.n_daemons,
			  sizeof(*model->xen.daemons));
	model->xen.daemons[model->xen.n_daemons++] = daemon;
}

static void read_daemons(struct xdc_model *model)
{
	static const char field_name[] = "process=";
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "tools");
	xdc_autofree char *text = NULL;
	enum xdc_status complete;
	char *cursor, *line;

	if (!xdc_record_readable(record))
		return;
	xdc_field_find(model->arena, record->data, "processes", &complete);
	/* A process that does not let itself be looked into is listed all the same. */
	if (complete == XDC_STATUS_OK || complete == XDC_STATUS_TIMEOUT)
		model->xen.runs_xenconsoled = XDC_NO;
	text = xdc_strdup(record->data);
	cursor = text;
	while ((line = xdc_text_next_line(&cursor)))
		if (xdc_text_starts_with(line, field_name) &&
		    xdc_text_unescape(line + strlen(field_name), NULL) == 0 &&
		    model->xen.n_daemons < DAEMONS_MAX)
			read_daemon(model, line + strlen(field_name));
}

static void read_tools(struct xdc_model *model)
{
	struct xdc_xen *xen = &model->xen;

	xen->tools_xl = field(model, "tools", "xl_binary");
	xen->tools_library = field(model, "tools", "xl_libxenctrl");
	xen->tools_release = field(model, "tools", "xl_release");
	if (!xen->tools_xl)
		xen->tools_wanted = field(model, "tools", "xl_wanted");
	if (xen->tools_release)
		xen->tools = interfaces_of(xen->tools_release);
	read_daemons(model);
}

void xdc_model_read_xen(struct xdc_model *model)
{
	model->xen = (struct xdc_xen){
		.hypervisor = XDC_STATUS_UNSUPPORTED,
		.hypervisor_detail = "",
		.xenstore = XDC_STATUS_UNSUPPORTED,
		.xenstore_detail = "",
		.runs_xenconsoled = XDC_UNKNOWN,
	};
	read_hypervisor(model);
	read_xenstore(model);
	read_tools(model);
}
