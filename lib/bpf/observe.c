/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Observation: what the running kernel holds for each device's DMA, read by a BPF program
 * while this thread reads an attribute of that device (see observe.bpf.c), with the kernel's
 * type information to find its members by. observe-words.c does without.
 *
 * Fields of "dma:PATH": ops (none, table, unreadable), map_sg and map (function names),
 * dma_iommu, group_domain, dma_mask, coherent_dma_mask, bus_dma_limit, coherent,
 * dma_configure, can_match, driver, restricted_pool, arch_mapping: each only where this
 * kernel has it. Fields of "dma": which of the kernel's members there are. No kernel address
 * leaves this file.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "bpf/observe-names.h"
#include "bpf/probe.h"
#include "bpf/sample.h"
#include "source/providers.h"

/* bpftool's code is not of our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "observe.skel.h"
#pragma GCC diagnostic pop

static const char ORIGIN[] = "bpf: dev_attr_show";

struct observer {
	struct xdc_probe probe;
	struct xdc_observe_bpf *skeleton;
};

static int check_btf(struct xdc_probe *probe)
{
	xdc_autoclose int fd = xdc_tree_open(probe->tree, "/sys/kernel/btf/vmlinux", O_RDONLY);

	if (fd == -ENOENT)
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "the kernel has no type information (CONFIG_DEBUG_INFO_BTF)");
	return 0;
}

static int load(struct observer *observer)
{
	struct xdc_probe *probe = &observer->probe;
	struct xdc_probe_asker asker;
	struct utsname uts;
	int r;

	observer->skeleton = xdc_observe_bpf__open();
	if (!observer->skeleton)
		return xdc_probe_refused(probe, errno, "libbpf cannot open the program");
	if (xdc_probe_find_asker(probe, &asker) < 0)
		return -1;
	observer->skeleton->rodata->asking_thread = asker.thread;
	observer->skeleton->rodata->pid_namespace_dev = asker.namespace_dev;
	observer->skeleton->rodata->pid_namespace_ino = asker.namespace_ino;
	/* Only x86 has a global table; elsewhere the name is some driver's. */
	if (uname(&uts) == 0 && strcmp(uts.machine, "x86_64") == 0)
		observer->skeleton->rodata->global_dma_ops =
			xdc_kallsyms_global_dma_ops(probe->kallsyms);
	r = xdc_observe_bpf__load(observer->skeleton);
	return r < 0 ? xdc_probe_refused(probe, -r, "the kernel refuses the BPF program") : 0;
}

static int prepare(struct observer *observer)
{
	if (check_btf(&observer->probe) < 0 || xdc_probe_prepare(&observer->probe) < 0 ||
	    load(observer) < 0)
		return -1;
	return xdc_probe_attach(&observer->probe, observer->skeleton->progs.observe_device);
}

static bool observe(struct observer *observer, const char *path, struct xdc_bpf_sample *ret)
{
	volatile struct xdc_bpf_sample *sample = &observer->skeleton->bss->sample;

	memset((void *)sample, 0, sizeof(*sample));
	if (xdc_probe_trigger(&observer->probe, path) < 0 || sample->sequence != 1)
		return false;
	memcpy(ret, (const void *)sample, sizeof(*ret));
	ret->name[sizeof(ret->name) - 1] = '\0';
	return xdc_probe_saw(path, ret->name, sizeof(ret->name));
}

static void emit_sample(const struct observer *observer, const char *path,
			const struct xdc_bpf_sample *sample, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *buffer = NULL;
	char key[PATH_MAX + 8];
	size_t length = 0;
	FILE *out = xdc_open_text(&buffer, &length);

	xdc_observe_write_fields(out, sample, observer->probe.kallsyms);
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
		xdc_probe_fail(&observer->probe, XDC_STATUS_UNSUPPORTED, XDC_PROBE_NEVER_FIRED);
	else
		observer->probe.status = XDC_STATUS_OK;
}

void xdc_live_dma_state(const struct xdc_tree *tree, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	struct observer observer = { .probe.tree = tree };
	struct xdc_probe *probe = &observer.probe;

	if (prepare(&observer) == 0)
		observe_all(&observer, request, emit, arg);
	xdc_emit(emit, arg, "dma", ORIGIN, probe->status, probe->failed ? probe->failed : "", NULL,
		 0);
	xdc_probe_finish(probe);
	xdc_observe_bpf__destroy(observer.skeleton);
}
