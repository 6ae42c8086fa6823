/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

void add_record(struct xdc_evidence *evidence, const char *key, enum xdc_status status,
		const char *data)
{
	const struct xdc_record record = {
		.key = key,
		.origin = "unit test",
		.detail = "",
		.data = data,
		.size = strlen(data),
		.status = status,
	};

	xdc_evidence_add(evidence, &record);
}

void add_bytes(struct xdc_evidence *evidence, const char *key, const void *data, size_t size)
{
	const struct xdc_record record = {
		.key = key,
		.origin = "unit test",
		.detail = "",
		.data = data,
		.size = size,
	};

	xdc_evidence_add(evidence, &record);
}

struct xdc_evidence *evidence_with(const char *key, enum xdc_status status, const char *data)
{
	struct xdc_evidence *evidence = xdc_evidence_new();

	add_record(evidence, key, status, data);
	return evidence;
}

/* A record whose key is made of two parts. */
static void add_named(struct xdc_evidence *evidence, const char *prefix, const char *name,
		      const char *data)
{
	char key[512];

	snprintf(key, sizeof(key), "%s%s", prefix, name);
	add_record(evidence, key, XDC_STATUS_OK, data);
}

void add_file(struct xdc_evidence *evidence, const char *path, const char *data)
{
	add_named(evidence, "file:", path, data);
}

void add_device(struct xdc_evidence *evidence, const char *path, const char *fields)
{
	add_record(evidence, "devices", XDC_STATUS_OK, "");
	add_named(evidence, "device:", path, fields);
}

static void add_on_bus(struct xdc_evidence *evidence, const char *bus, const char *path,
		       const char *fields)
{
	char all[1024];

	snprintf(all, sizeof(all), "bus=%s\n%s", bus, fields);
	add_device(evidence, path, all);
}

void add_platform(struct xdc_evidence *evidence, const char *name, const char *fields)
{
	char path[256];

	snprintf(path, sizeof(path), PLATFORM_PATH "%s", name);
	add_on_bus(evidence, "platform", path, fields);
}

void add_pci(struct xdc_evidence *evidence, const char *name, const char *fields)
{
	char path[256];

	add_platform(evidence, "4010000000.pcie",
		     "driver=pci-host-generic\nof_node=/pcie@10000000\n");
	snprintf(path, sizeof(path), PCI_PATH "%s", name);
	add_on_bus(evidence, "pci", path, fields);
}

void add_observation(struct xdc_evidence *evidence, const char *name, const char *fields)
{
	const size_t length = strlen(name);

	add_record(evidence, "dma", XDC_STATUS_OK, "");
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const char *key = xdc_evidence_at(evidence, i)->key;
		size_t size = strlen(key);

		if (!xdc_text_starts_with(key, "device:") || size <= length ||
		    key[size - length - 1] != '/' || strcmp(key + size - length, name) != 0)
			continue;
		add_named(evidence, "dma:", key + strlen("device:"), fields);
		return;
	}
	fail_msg("no device %s to observe", name);
}

static void add_xen(struct xdc_evidence *evidence, const struct machine *machine)
{
	add_file(evidence, "/sys/hypervisor/type", "xen\n");
	add_file(evidence, "/sys/hypervisor/version/major", "4\n");
	add_file(evidence, "/sys/hypervisor/version/minor", "17\n");
	add_file(evidence, "/sys/hypervisor/version/extra", ".5\n");
	add_record(evidence, FEATURES_KEY, XDC_STATUS_OK, machine->features);
	if (machine->guest_type)
		add_file(evidence, "/sys/hypervisor/guest_type", machine->guest_type);
}

void add_machine(struct xdc_evidence *evidence, const struct machine *machine)
{
	char uname[256];

	snprintf(uname, sizeof(uname), "release=%s\nmachine=%s\n", machine->kernel,
		 machine->machine);
	add_record(evidence, "uname", XDC_STATUS_OK, uname);
	if (machine->config)
		add_record(evidence, "kernel-config", XDC_STATUS_OK, machine->config);
	if (machine->features)
		add_xen(evidence, machine);
	else
		add_record(evidence, "file:/sys/hypervisor/type", XDC_STATUS_ABSENT, "");
}

void add_arm64_dom0(struct xdc_evidence *evidence, const char *kernel)
{
	add_machine(evidence, &(struct machine){
				      .machine = "aarch64",
				      .kernel = kernel,
				      .features = FEATURES_DIRECT_MAPPED,
				      .guest_type = "HVM\n",
				      .config = "CONFIG_XEN=y\nCONFIG_SWIOTLB_XEN=y\n"
						"CONFIG_XEN_BACKEND=y\n",
			      });
}

struct xdc_device *device_of(const struct xdc_model *model, const char *name)
{
	for (size_t i = 0; i < model->n_devices; i++)
		if (strcmp(model->devices[i].name, name) == 0)
			return &model->devices[i];
	fail_msg("no device %s in the model", name);
	abort();
}

const struct xdc_attribution *attribution_of(const struct xdc_report *report, const char *name)
{
	return xdc_attribution_of(report->attributions, device_of(report->model, name));
}

bool has_missing(const struct xdc_attribution *a, const char *key)
{
	for (size_t i = 0; i < a->n_missing; i++)
		if (strcmp(a->missing[i], key) == 0)
			return true;
	return false;
}

const struct xdc_reason *find_reason(const struct xdc_attribution *a, const char *rule)
{
	for (size_t i = 0; i < a->n_reasons; i++)
		if (strcmp(a->reasons[i].rule, rule) == 0)
			return &a->reasons[i];
	return NULL;
}

const struct xdc_finding *find_finding(const struct xdc_report *report, const char *id)
{
	for (size_t i = 0; i < report->findings->count; i++)
		if (strcmp(report->findings->items[i].id, id) == 0)
			return &report->findings->items[i];
	return NULL;
}

static jmp_buf out_of_memory;

static void jump(void)
{
	longjmp(out_of_memory, 1);
}

bool runs_out_of_memory(void (*work)(void *arg), void *arg)
{
	volatile bool called = false;

	xdc_set_oom_handler(jump);
	if (setjmp(out_of_memory))
		called = true;
	else
		work(arg);
	xdc_set_oom_handler(abort);
	return called;
}

size_t count_findings(const struct xdc_report *report, const char *id)
{
	size_t count = 0;

	for (size_t i = 0; i < report->findings->count; i++)
		count += strcmp(report->findings->items[i].id, id) == 0;
	return count;
}
