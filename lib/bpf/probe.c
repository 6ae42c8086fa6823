/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/perf_event.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bpf/probe.h"

int xdc_probe_fail(struct xdc_probe *probe, enum xdc_status status, const char *why)
{
	probe->status = status;
	probe->failed = why;
	return -1;
}

static bool read_small(const struct xdc_probe *probe, const char *path, char *buffer, size_t size)
{
	xdc_autofree char *data = NULL;
	size_t length;

	if (xdc_tree_read(probe->tree, path, size - 1, &data, &length) != XDC_STATUS_OK)
		return false;
	strcpy(buffer, xdc_text_first_line(data));
	return true;
}

static bool locked_down_confidential(const struct xdc_probe *probe)
{
	char modes[128];

	return read_small(probe, "/sys/kernel/security/lockdown", modes, sizeof(modes)) &&
	       strstr(modes, "[confidentiality]");
}

/* What a refusal means, from the most particular cause to the most general. */
int xdc_probe_refused(struct xdc_probe *probe, int error, const char *general)
{
	if (locked_down_confidential(probe))
		return xdc_probe_fail(probe, XDC_STATUS_DENIED,
				      "the kernel is locked down (confidentiality)");
	if (error == EPERM || error == EACCES)
		return xdc_probe_fail(probe, XDC_STATUS_DENIED,
				      "needs root, or CAP_BPF, CAP_PERFMON and CAP_SYSLOG");
	return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED, general);
}

int xdc_probe_find_pmu(struct xdc_probe *probe)
{
	char text[32];
	uint64_t type;

	if (!read_small(probe, "/sys/bus/event_source/devices/kprobe/type", text, sizeof(text)) ||
	    xdc_number_parse(text, 10, &type) < 0)
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "the kernel has no kprobe PMU (CONFIG_KPROBE_EVENTS)");
	probe->pmu_type = (uint32_t)type;
	return 0;
}

/* kptr_restrict of 2 hides the addresses from everyone, 0 and 1 from who lacks CAP_SYSLOG. */
static int hidden(struct xdc_probe *probe)
{
	char level[16];

	if (read_small(probe, "/proc/sys/kernel/kptr_restrict", level, sizeof(level)) &&
	    strcmp(level, "2") == 0)
		return xdc_probe_fail(
			probe, XDC_STATUS_DENIED,
			"kernel.kptr_restrict is 2, which hides all kernel addresses");
	return xdc_probe_refused(probe, EACCES, "");
}

static int read_kallsyms(struct xdc_probe *probe)
{
	xdc_autofclose FILE *file = NULL;
	int fd = xdc_tree_open(probe->tree, "/proc/kallsyms", O_RDONLY);
	int r;

	file = fd < 0 ? NULL : fdopen(fd, "r");
	if (!file)
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "/proc/kallsyms cannot be read (CONFIG_KALLSYMS)");
	r = xdc_kallsyms_read(file, &probe->kallsyms);
	if (r == -EACCES)
		return hidden(probe);
	if (r < 0)
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "/proc/kallsyms lists no DMA function");
	return 0;
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

void xdc_probe_silence(void)
{
	libbpf_set_print(silent);
}

int xdc_probe_prepare(struct xdc_probe *probe)
{
	xdc_probe_silence();
	return xdc_probe_find_pmu(probe) < 0 ? -1 : read_kallsyms(probe);
}

int xdc_probe_find_asker(struct xdc_probe *probe, struct xdc_probe_asker *ret)
{
	struct stat ns;

	if (stat("/proc/self/ns/pid", &ns) < 0)
		return xdc_probe_refused(probe, errno, "/proc/self/ns/pid cannot be read");
	*ret = (struct xdc_probe_asker){
		.thread = (unsigned int)gettid(),
		.namespace_dev = ns.st_dev,
		.namespace_ino = ns.st_ino,
	};
	return 0;
}

int xdc_probe_hook(const struct xdc_probe *probe, struct bpf_program *program, const char *function,
		   struct bpf_link **ret)
{
	struct perf_event_attr attr = {
		.type = probe->pmu_type,
		.size = sizeof(attr),
		.kprobe_func = (uint64_t)(uintptr_t)function,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
	struct bpf_link *link;

	if (fd < 0)
		return -errno;
	link = bpf_program__attach_perf_event(program, fd);
	if (!link) {
		int error = errno;

		close(fd);
		return -error;
	}
	*ret = link;
	return 0;
}

int xdc_probe_attach(struct xdc_probe *probe, struct bpf_program *program)
{
	int r = xdc_probe_hook(probe, program, "dev_attr_show", &probe->link);

	return r < 0 ? xdc_probe_refused(probe, -r, "the kernel refuses a kprobe on dev_attr_show")
		     : 0;
}

void xdc_probe_finish(struct xdc_probe *probe)
{
	/* The link owns the descriptor of the probe. */
	bpf_link__destroy(probe->link);
	xdc_kallsyms_free(probe->kallsyms);
}

/*
 * power/control is missing where a driver core object has no runtime PM; those are no devices
 * that do DMA.
 */
int xdc_probe_trigger(const struct xdc_probe *probe, const char *path)
{
	static const char *const attributes[] = { "power/control", "power/runtime_status" };
	char full[PATH_MAX], value[64];

	for (size_t i = 0; i < XDC_ARRAY_SIZE(attributes); i++) {
		xdc_autoclose int fd = -1;

		if (snprintf(full, sizeof(full), "sys%s/%s", path, attributes[i]) >=
		    (int)sizeof(full))
			return -ENAMETOOLONG;
		fd = openat(probe->tree->root, full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (fd >= 0)
			return read(fd, value, sizeof(value)) < 0 ? -errno : 0;
	}
	return -ENOENT;
}

bool xdc_probe_saw(const char *path, const char *name, size_t max)
{
	const char *slash = strrchr(path, '/');

	return slash && strncmp(slash + 1, name, max - 1) == 0;
}
