/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Observation: what the running kernel holds for each device's DMA, read by a BPF program
 * while this thread reads an attribute of that device (see observe.bpf.c). The probe is
 * made through the kprobe PMU, whose probes die with their descriptor; libbpf's fallback,
 * tracefs kprobe_events, would outlive a killed process and is not used.
 *
 * Fields of "dma:PATH": ops (none, table, unreadable), map_sg and map (function names),
 * dma_iommu, group_domain, dma_mask, coherent_dma_mask, bus_dma_limit, coherent,
 * dma_configure, can_match, driver, restricted_pool, arch_mapping: each only where this
 * kernel has it. Fields of "dma": which of the kernel's members there are. No kernel address
 * leaves this file.
 */
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <linux/perf_event.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "bpf/kallsyms.h"
#include "bpf/observe-names.h"
#include "bpf/sample.h"
#include "source/providers.h"

/* bpftool's code is not of our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "observe.skel.h"
#pragma GCC diagnostic pop

static const char ORIGIN[] = "bpf: dev_attr_show";

struct observer {
	const struct xdc_tree *tree;
	struct xdc_kallsyms *kallsyms;
	struct xdc_observe_bpf *skeleton;
	struct bpf_link *link;
	const char *failed; /* why not, for people; NULL when ready */
	enum xdc_status status;
};

static int fail(struct observer *observer, enum xdc_status status, const char *why)
{
	observer->status = status;
	observer->failed = why;
	return -1;
}

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

static bool read_small(const struct observer *observer, const char *path, char *buffer, size_t size)
{
	xdc_autofree char *data = NULL;
	size_t length;

	if (xdc_tree_read(observer->tree, path, size - 1, &data, &length) != XDC_STATUS_OK)
		return false;
	strcpy(buffer, xdc_text_first_line(data));
	return true;
}

static bool locked_down_confidential(const struct observer *observer)
{
	char modes[128];

	return read_small(observer, "/sys/kernel/security/lockdown", modes, sizeof(modes)) &&
	       strstr(modes, "[confidentiality]");
}

/* What a refusal means, from the most particular cause to the most general. */
static int refused(struct observer *observer, int error, const char *general)
{
	if (locked_down_confidential(observer))
		return fail(observer, XDC_STATUS_DENIED,
			    "the kernel is locked down (confidentiality)");
	if (error == EPERM || error == EACCES)
		return fail(observer, XDC_STATUS_DENIED,
			    "needs root, or CAP_BPF, CAP_PERFMON and CAP_SYSLOG");
	return fail(observer, XDC_STATUS_UNSUPPORTED, general);
}

static int find_kprobe_pmu(struct observer *observer, uint32_t *ret_type)
{
	char text[32];
	uint64_t type;

	if (!read_small(observer, "/sys/bus/event_source/devices/kprobe/type", text,
			sizeof(text)) ||
	    xdc_number_parse(text, 10, &type) < 0)
		return fail(observer, XDC_STATUS_UNSUPPORTED,
			    "the kernel has no kprobe PMU (CONFIG_KPROBE_EVENTS)");
	*ret_type = (uint32_t)type;
	return 0;
}

static int check_btf(struct observer *observer)
{
	xdc_autoclose int fd = xdc_tree_open(observer->tree, "/sys/kernel/btf/vmlinux", O_RDONLY);

	if (fd == -ENOENT)
		return fail(observer, XDC_STATUS_UNSUPPORTED,
			    "the kernel has no type information (CONFIG_DEBUG_INFO_BTF)");
	return 0;
}

/* kptr_restrict of 2 hides the addresses from everyone, 0 and 1 from who lacks CAP_SYSLOG. */
static int hidden(struct observer *observer)
{
	char level[16];

	if (read_small(observer, "/proc/sys/kernel/kptr_restrict", level, sizeof(level)) &&
	    strcmp(level, "2") == 0)
		return fail(observer, XDC_STATUS_DENIED,
			    "kernel.kptr_restrict is 2, which hides all kernel addresses");
	return refused(observer, EACCES, "");
}

static int read_kallsyms(struct observer *observer)
{
	xdc_autofclose FILE *file = NULL;
	int fd = xdc_tree_open(observer->tree, "/proc/kallsyms", O_RDONLY);
	int r;

	file = fd < 0 ? NULL : fdopen(fd, "r");
	if (!file)
		return fail(observer, XDC_STATUS_UNSUPPORTED,
			    "/proc/kallsyms cannot be read (CONFIG_KALLSYMS)");
	r = xdc_kallsyms_read(file, &observer->kallsyms);
	if (r == -EACCES)
		return hidden(observer);
	if (r < 0)
		return fail(observer, XDC_STATUS_UNSUPPORTED,
			    "/proc/kallsyms lists no DMA function");
	return 0;
}

static int load(struct observer *observer)
{
	struct xdc_observe_bpf *skeleton;
	struct utsname uts;
	struct stat ns;
	int r;

	libbpf_set_print(silent);
	skeleton = xdc_observe_bpf__open();
	if (!skeleton)
		return refused(observer, errno, "libbpf cannot open the program");
	observer->skeleton = skeleton;
	if (stat("/proc/self/ns/pid", &ns) < 0)
		return refused(observer, errno, "/proc/self/ns/pid cannot be read");
	skeleton->rodata->asking_thread = (unsigned int)gettid();
	skeleton->rodata->pid_namespace_dev = ns.st_dev;
	skeleton->rodata->pid_namespace_ino = ns.st_ino;
	/* Only x86 has a global table; elsewhere the name is some driver's. */
	if (uname(&uts) == 0 && strcmp(uts.machine, "x86_64") == 0)
		skeleton->rodata->global_dma_ops = xdc_kallsyms_global_dma_ops(observer->kallsyms);
	r = xdc_observe_bpf__load(skeleton);
	return r < 0 ? refused(observer, -r, "the kernel refuses the BPF program") : 0;
}

static int attach(struct observer *observer, uint32_t pmu_type)
{
	struct perf_event_attr attr = {
		.type = pmu_type,
		.size = sizeof(attr),
		.kprobe_func = (uint64_t)(uintptr_t) "dev_attr_show",
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd < 0)
		return refused(observer, errno, "the kernel refuses a kprobe on dev_attr_show");
	observer->link =
		bpf_program__attach_perf_event(observer->skeleton->progs.observe_device, fd);
	if (!observer->link) {
		int error = errno;

		close(fd);
		return refused(observer, error, "the kprobe does not take the BPF program");
	}
	return 0;
}

static int prepare(struct observer *observer)
{
	uint32_t pmu_type;

	if (check_btf(observer) < 0 || find_kprobe_pmu(observer, &pmu_type) < 0 ||
	    read_kallsyms(observer) < 0 || load(observer) < 0)
		return -1;
	return attach(observer, pmu_type);
}

static void finish(struct observer *observer)
{
	/* The link owns the descriptor of the probe. */
	bpf_link__destroy(observer->link);
	xdc_observe_bpf__destroy(observer->skeleton);
	xdc_kallsyms_free(observer->kallsyms);
}

/*
 * Reads an attribute that takes no lock, which runs the program. power/control is missing
 * where a driver core object has no runtime PM; those are no devices that do DMA.
 */
static int trigger(const struct observer *observer, const char *path)
{
	static const char *const attributes[] = { "power/control", "power/runtime_status" };
	char full[PATH_MAX], value[64];

	for (size_t i = 0; i < XDC_ARRAY_SIZE(attributes); i++) {
		xdc_autoclose int fd = -1;

		if (snprintf(full, sizeof(full), "sys%s/%s", path, attributes[i]) >=
		    (int)sizeof(full))
			return -ENAMETOOLONG;
		fd = openat(observer->tree->root, full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
		if (fd >= 0)
			return read(fd, value, sizeof(value)) < 0 ? -errno : 0;
	}
	return -ENOENT;
}

static bool observe(struct observer *observer, const char *path, struct xdc_bpf_sample *ret)
{
	volatile struct xdc_bpf_sample *sample = &observer->skeleton->bss->sample;
	const char *slash = strrchr(path, '/');

	memset((void *)sample, 0, sizeof(*sample));
	if (trigger(observer, path) < 0 || sample->sequence != 1)
		return false;
	memcpy(ret, (const void *)sample, sizeof(*ret));
	ret->name[sizeof(ret->name) - 1] = '\0';
	/* A name longer than the sample's is compared as far as it goes. */
	return slash && strncmp(slash + 1, ret->name, sizeof(ret->name) - 1) == 0;
}

static void emit_sample(const struct observer *observer, const char *path,
			const struct xdc_bpf_sample *sample, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *buffer = NULL;
	char key[PATH_MAX + 8];
	size_t length = 0;
	FILE *out = open_memstream(&buffer, &length);

	if (!out)
		return;
	xdc_observe_write_fields(out, sample, observer->kallsyms);
	fclose(out);
	snprintf(key, sizeof(key), "dma:%s", path);
	xdc_emit(emit, arg, key, ORIGIN, XDC_STATUS_OK, "", buffer, length);
}

static void observe_all(struct observer *observer, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	struct xdc_bpf_sample sample;
	size_t seen = 0;

	for (size_t i = 0; i < request->n_devices; i++) {
		if (!observe(observer, request->devices[i], &sample))
			continue;
		emit_sample(observer, request->devices[i], &sample, emit, arg);
		seen++;
	}
	if (!seen && request->n_devices)
		fail(observer, XDC_STATUS_UNSUPPORTED,
		     "the kprobe never fired (kprobes switched off in debugfs?)");
	else
		observer->status = XDC_STATUS_OK;
}

void xdc_live_dma_state(const struct xdc_tree *tree, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	struct observer observer = { .tree = tree };

	if (prepare(&observer) == 0)
		observe_all(&observer, request, emit, arg);
	xdc_emit(emit, arg, "dma", ORIGIN, observer.status, observer.failed ? observer.failed : "",
		 NULL, 0);
	finish(&observer);
}
