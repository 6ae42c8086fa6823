/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "model/model.h"

static const char *const role_names[] = {
	[XDC_ROLE_UNKNOWN] = "unknown",
	[XDC_ROLE_NONE] = "none",
	[XDC_ROLE_DOM0] = "dom0",
	[XDC_ROLE_DOMU] = "domU",
};

const char *xdc_role_name(enum xdc_role role)
{
	return role_names[role];
}

enum xdc_tri xdc_version_at_least(struct xdc_version version, unsigned int major,
				  unsigned int minor)
{
	if (!version.known)
		return XDC_UNKNOWN;
	return xdc_tri_of(version.major > major ||
			  (version.major == major && version.minor >= minor));
}

/* The one-line content of a file, safe to print; NULL unless it could be read. */
static const char *file_line(const struct xdc_model *model, const char *key)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, key);
	char *line;

	if (!xdc_record_readable(record))
		return NULL;
	line = xdc_text_first_line(
		xdc_arena_memdup(model->arena, record->data, strlen(record->data)));
	return xdc_text_escaped(model->arena, line, strlen(line));
}

static struct xdc_version parse_version(const char *text)
{
	struct xdc_version version = { 0 };
	char *end;

	if (!text || !isdigit((unsigned char)text[0]))
		return version;
	version.major = (unsigned int)strtoul(text, &end, 10);
	if (*end != '.' || !isdigit((unsigned char)end[1]))
		return version;
	version.minor = (unsigned int)strtoul(end + 1, NULL, 10);
	version.known = true;
	return version;
}

static enum xdc_arch parse_arch(const char *machine)
{
	if (!machine)
		return XDC_ARCH_UNKNOWN;
	if (strcmp(machine, "aarch64") == 0)
		return XDC_ARCH_ARM64;
	if (strcmp(machine, "x86_64") == 0 ||
	    (machine[0] == 'i' && strcmp(machine + 1, "386") >= 0 &&
	     strcmp(machine + 2, "86") == 0))
		return XDC_ARCH_X86;
	/* armv7l, armv8l (a 32-bit personality of a 64-bit kernel has BTF and is arm64). */
	if (xdc_text_starts_with(machine, "arm"))
		return XDC_ARCH_ARM;
	return XDC_ARCH_OTHER;
}

/* Anything may stand in a recording; years of four digits are all that RFC 3339 can say. */
static int64_t read_recorded(const struct xdc_model *model)
{
	static const uint64_t end_of_9999 = 253402300799;
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "recorded");
	const char *text =
		xdc_record_readable(record) ? xdc_model_field(model, record, "time") : NULL;
	uint64_t seconds;

	if (!text || xdc_number_parse(text, 10, &seconds) < 0 || seconds > end_of_9999)
		return -1;
	return (int64_t)seconds;
}

static void read_kernel(struct xdc_model *model)
{
	struct xdc_host *host = &model->host;
	const struct xdc_record *uname = xdc_evidence_find(model->evidence, "uname");
	const struct xdc_record *config = xdc_evidence_find(model->evidence, "kernel-config");

	if (xdc_record_readable(uname)) {
		host->kernel = xdc_model_field(model, uname, "release");
		host->machine = xdc_model_field(model, uname, "machine");
		host->name = xdc_model_field(model, uname, "nodename");
	}
	if (xdc_record_readable(config)) {
		host->config = config->data;
		host->config_is_cut = config->status != XDC_STATUS_OK;
	}
	/* A directory does not tell the architecture on kernels before 6.1; its options do. */
	if (!host->machine && host->config)
		host->machine = xdc_host_config(host, "ARM64") == 'y'	 ? "aarch64"
				: xdc_host_config(host, "X86_64") == 'y' ? "x86_64"
				: xdc_host_config(host, "ARM") == 'y'	 ? "arm"
									 : NULL;
	host->arch = parse_arch(host->machine);
	host->kernel_version = parse_version(host->kernel);
	host->command_line = file_line(model, "file:/proc/cmdline");
}

/* "none [integrity] confidentiality" is "integrity". */
static void read_lockdown(struct xdc_model *model)
{
	const char *modes = file_line(model, "file:/sys/kernel/security/lockdown");
	const char *open = modes ? strchr(modes, '[') : NULL;
	const char *close = open ? strchr(open, ']') : NULL;

	if (close)
		model->host.lockdown =
			xdc_arena_memdup(model->arena, open + 1, (size_t)(close - open - 1));
}

static enum xdc_tri flag_file(const struct xdc_model *model, const char *key)
{
	const char *text = file_line(model, key);

	return text ? xdc_tri_of(strcmp(text, "1") == 0) : XDC_UNKNOWN;
}

static bool has_feature(const struct xdc_host *host, unsigned int bit)
{
	return host->have_features == XDC_YES && (host->features >> bit) & 1;
}

/* Three places say whether this is dom0; any of them that can be read is enough. */
static enum xdc_role read_role(const struct xdc_model *model)
{
	const char *capabilities = file_line(model, "file:/proc/xen/capabilities");
	enum xdc_tri initial = flag_file(model, "file:/sys/hypervisor/start_flags/initdomain");

	if (capabilities && strstr(capabilities, "control_d"))
		return XDC_ROLE_DOM0;
	if (initial != XDC_UNKNOWN)
		return initial == XDC_YES ? XDC_ROLE_DOM0 : XDC_ROLE_DOMU;
	if (model->host.have_features == XDC_YES)
		return has_feature(&model->host, XDC_XENFEAT_DOM0) ? XDC_ROLE_DOM0 : XDC_ROLE_DOMU;
	return capabilities ? XDC_ROLE_DOMU : XDC_ROLE_UNKNOWN;
}

static enum xdc_guest_type read_guest_type(const struct xdc_host *host)
{
	const char *text = host->guest_type_text;

	if (host->arch == XDC_ARCH_ARM || host->arch == XDC_ARCH_ARM64)
		return XDC_GUEST_ARM;
	if (text && strcmp(text, "PV") == 0)
		return XDC_GUEST_PV;
	if (text && strcmp(text, "PVH") == 0)
		return XDC_GUEST_PVH;
	if (text && strcmp(text, "HVM") == 0)
		return XDC_GUEST_HVM;
	return XDC_GUEST_UNKNOWN;
}

/*
 * Whether this domain's memory is mapped 1:1. Xen 4.16 and later say so in one of two bits
 * (xen/common/kernel.c); before, an Arm dom0 always was and nothing else. On x86 the bit is
 * set for PV, where it means something else (!paging_mode_translate), so it is not asked.
 */
static enum xdc_tri read_direct_mapped(const struct xdc_host *host)
{
	if (host->guest_type != XDC_GUEST_ARM)
		return host->arch == XDC_ARCH_X86 ? XDC_NO : XDC_UNKNOWN;
	if (host->have_features != XDC_YES)
		return XDC_UNKNOWN;
	if (has_feature(host, XDC_XENFEAT_DIRECT_MAPPED))
		return XDC_YES;
	if (has_feature(host, XDC_XENFEAT_NOT_DIRECT_MAPPED))
		return XDC_NO;
	return host->role == XDC_ROLE_UNKNOWN ? XDC_UNKNOWN
					      : xdc_tri_of(host->role == XDC_ROLE_DOM0);
}

static void read_xen_version(struct xdc_model *model)
{
	struct xdc_host *host = &model->host;
	const char *major = file_line(model, "file:/sys/hypervisor/version/major");
	const char *minor = file_line(model, "file:/sys/hypervisor/version/minor");
	const char *extra = file_line(model, "file:/sys/hypervisor/version/extra");

	if (!major || !minor)
		return;
	/* Xen says "<denied>" where its security module refuses. */
	host->xen = xdc_arena_printf(model->arena, "%s.%s%s", major, minor,
				     extra && extra[0] == '.' ? extra : "");
	host->xen_version = parse_version(host->xen);
}

/* A kernel without XEN_SYS_HYPERVISOR has no /sys/hypervisor and may run on Xen all the same. */
static bool shows_xen_elsewhere(const struct xdc_model *model)
{
	const struct xdc_devicetree *tree = model->devicetree;

	return file_line(model, "file:/proc/xen/capabilities") ||
	       (tree && tree->hypervisor && xdc_text_has_word(tree->hypervisor, "xen,xen"));
}

/* "40000000-9fffffff : System RAM"; whoever may not see addresses sees zeros. */
static uint64_t read_ram_end(const struct xdc_model *model)
{
	const struct xdc_record *record = xdc_evidence_find(model->evidence, "file:/proc/iomem");
	xdc_autofree char *text = NULL;
	char *cursor, *line;
	uint64_t end = 0;

	if (!xdc_record_readable(record))
		return 0;
	text = xdc_strdup(record->data);
	cursor = text;
	while ((line = xdc_text_next_line(&cursor))) {
		const char *dash = strchr(line, '-');
		uint64_t last = dash && xdc_text_ends_with(line, " : System RAM")
					? strtoull(dash + 1, NULL, 16)
					: 0;

		if (last && last + 1 > end)
			end = last + 1;
	}
	return end;
}

void xdc_model_read_host(struct xdc_model *model)
{
	struct xdc_host *host = &model->host;
	const struct xdc_record *record =
		xdc_evidence_find(model->evidence, "file:/sys/hypervisor/type");
	const char *type = file_line(model, "file:/sys/hypervisor/type");
	const char *features = file_line(model, "file:/sys/hypervisor/properties/features");
	uint64_t bits;

	host->have_features = XDC_UNKNOWN;
	host->direct_mapped = XDC_UNKNOWN;
	host->recorded = read_recorded(model);
	read_kernel(model);
	read_lockdown(model);
	host->ram_end = read_ram_end(model);
	if (record && record->status == XDC_STATUS_ABSENT && !shows_xen_elsewhere(model)) {
		host->role = XDC_ROLE_NONE;
		host->guest_type = XDC_GUEST_NONE;
		return;
	}
	if (type && strcmp(type, "xen") != 0) {
		host->role = XDC_ROLE_NONE;
		host->guest_type = XDC_GUEST_NONE;
		return;
	}
	if (features && xdc_number_parse(features, 16, &bits) == 0) {
		host->features = (uint32_t)bits;
		host->have_features = XDC_YES;
	}
	read_xen_version(model);
	host->guest_type_text = file_line(model, "file:/sys/hypervisor/guest_type");
	host->role = read_role(model);
	host->guest_type = read_guest_type(host);
	host->direct_mapped = read_direct_mapped(host);
}

/* What a switch is set to; 0 where it is no switch, or a line that was cut. */
static char switch_value(const char *value)
{
	bool is_switch = *value && strchr("ymn", *value) && (!value[1] || value[1] == '\n');

	return is_switch ? *value : '\0';
}

char xdc_host_config(const struct xdc_host *host, const char *option)
{
	size_t length = strlen(option);

	if (!host->config)
		return 0;
	for (const char *at = host->config; (at = strstr(at, "CONFIG_")); at++) {
		const char *name = at + strlen("CONFIG_");

		if ((at == host->config || at[-1] == '\n') && strncmp(name, option, length) == 0 &&
		    name[length] == '=')
			return switch_value(name + length + 1);
	}
	return host->config_is_cut ? '\0' : 'n';
}

bool xdc_host_asks_config(const char *option)
{
	/* tests/style/check-options holds this to the calls. */
	static const char *const asked[] = {
		"ARM",
		"ARM64",
		"ARM_DMA_USE_IOMMU",
		"ARM_LPAE",
		"DMA_RESTRICTED_POOL",
		"SWIOTLB_XEN",
		"X86_64",
		"XEN_BACKEND",
		"XEN_GRANT_DMA_OPS",
		"XEN_VIRTIO",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(asked); i++)
		if (strcmp(asked[i], option) == 0)
			return true;
	return false;
}

enum xdc_tri xdc_host_has_option(const struct xdc_host *host, const char *word)
{
	return host->command_line ? xdc_tri_of(xdc_text_has_word(host->command_line, word))
				  : XDC_UNKNOWN;
}

enum xdc_tri xdc_domain_translates(const char *type)
{
	if (!type || strcmp(type, "unknown") == 0)
		return XDC_UNKNOWN;
	return xdc_tri_of(strcmp(type, "DMA") == 0 || strcmp(type, "DMA-FQ") == 0);
}
