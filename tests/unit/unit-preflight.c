/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "unit-preflight.h"

/* What a guest's records are made of, each text a stream until it is added. */
struct guest {
	struct xdc_evidence *evidence;
	size_t index;
	FILE *settings;
	FILE *values;
};

static void add_text(struct guest *guest, const char *key, FILE *stream)
{
	xdc_autofree char *text = unit_text(stream);
	char full[64];

	snprintf(full, sizeof(full), "guest:%zu%s", guest->index, key);
	add_record(guest->evidence, full, XDC_STATUS_OK, text);
}

static void add_disk(struct guest *guest, size_t item, const char *text)
{
	static const char *const names[] = { "target", "format", "vdev", "access" };
	xdc_autofree char *copy = xdc_strdup(text);
	char key[32], *rest = copy, *word;
	FILE *out = unit_stream();

	snprintf(key, sizeof(key), ":disk:%zu", item);
	for (size_t i = 0; (word = strsep(&rest, ",")); i++) {
		if (i == 3)
			fprintf(out, "readwrite=%d\n", strcmp(word, "r") != 0);
		else if (i < 3)
			fprintf(out, "%s=%s\n", names[i], word);
		else
			fprintf(out, "%s\n", word);
	}
	fputs("backendtype=unknown\nspecification=unknown\n", out);
	add_text(guest, key, out);
}

static void add_item(struct guest *guest, const char *name, size_t item, const char *text)
{
	char key[64], data[128];

	fprintf(guest->values, "%s[%zu]=%s\n", name, item, text);
	snprintf(key, sizeof(key), "guest:%zu:%s:%zu", guest->index, name, item);
	if (*text == '!')
		add_record(guest->evidence, key, XDC_STATUS_IO_ERROR, "");
	else if (strcmp(name, "disk") == 0)
		add_disk(guest, item, text);
	else if (strcmp(name, "pci") == 0) {
		snprintf(data, sizeof(data), "device=%.12s\n", text);
		add_record(guest->evidence, key, XDC_STATUS_OK, data);
	}
}

static void add_list(struct guest *guest, const char *name, char *text)
{
	size_t count = 0;
	char *item;

	text[strcspn(text, "]")] = '\0';
	while (*text && (item = strsep(&text, "|"))) {
		add_item(guest, name, count++, item);
		if (!text)
			break;
	}
	fprintf(guest->values, "%s[]=%zu\n", name, count);
}

/* The count stands before the items, as the helper writes it. */
static void add_value(struct guest *guest, const char *name, char *value)
{
	FILE *all = guest->values;
	xdc_autofree char *items = NULL;
	char *last;

	if (*value != '[') {
		fprintf(all, "%s=%s\n", name, value);
		if (*value && strspn(value, "0123456789") == strlen(value))
			fprintf(all, "%s#=%s\n", name, value);
		return;
	}
	guest->values = unit_stream();
	add_list(guest, name, value + 1);
	items = unit_text(guest->values);
	guest->values = all;
	last = strstr(items, "[]=");
	while (last > items && last[-1] != '\n')
		last--;
	fputs(last, all);
	*last = '\0';
	fputs(items, all);
}

void add_guest(struct xdc_evidence *evidence, size_t index, const char *config)
{
	struct guest guest = { evidence, index, unit_stream(), unit_stream() };
	xdc_autofree char *text = xdc_strdup(config);
	char *cursor = text, *line, key[32];
	unsigned int number = 0;

	while ((line = xdc_text_next_line(&cursor))) {
		char *value = strchr(line, '=');

		assert_non_null(value);
		*value++ = '\0';
		fprintf(guest.settings, "%s=%u\n", line, ++number);
		add_value(&guest, line, value);
	}
	add_text(&guest, ":settings", guest.settings);
	add_text(&guest, ":values", guest.values);
	snprintf(key, sizeof(key), "guest:%zu", index);
	add_record(evidence, key, XDC_STATUS_OK, "library=4.17\n");
}

void add_target(struct xdc_evidence *evidence, const char *path, const char *fields)
{
	char key[256];

	snprintf(key, sizeof(key), "target:%s", path);
	add_record(evidence, key, XDC_STATUS_OK, fields);
}

void add_absent(struct xdc_evidence *evidence, const char *path)
{
	char key[256];

	snprintf(key, sizeof(key), "target:%s", path);
	add_record(evidence, key, XDC_STATUS_ABSENT, "");
}

void add_kernel(struct xdc_evidence *evidence, const char *path, const char *size)
{
	FILE *out = unit_stream();
	xdc_autofree char *text = NULL;

	fprintf(out, "path=%s\ntype=file\nmode=0644\nsize=%s\nhead=", path, size);
	for (int i = 0; i < 56; i++)
		fputs("00", out);
	fputs("41524d64\n", out);
	text = unit_text(out);
	add_target(evidence, path, text);
}

static void add_host_files(struct xdc_evidence *evidence)
{
	static const char *const directories[] = { "/var/lib/xen", "/run/xen", "/var/log/xen" };
	static const char *const others[] = {
		"/dev/xen/gntdev",
		"/dev/xen/evtchn",
		"/dev/loop-control",
		"/sys/bus/xen-backend/drivers/vbd",
		"/sys/bus/xen-backend/drivers/vif",
	};
	static const char *const scripts[] = { "/etc/xen/scripts/block",
					       "/etc/xen/scripts/vif-bridge" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(directories); i++)
		add_target(evidence, directories[i], "type=directory\nmode=0755\n");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(others); i++)
		add_target(evidence, others[i], "type=character\n");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(scripts); i++)
		add_target(evidence, scripts[i], "type=file\nmode=0755\ninterpreter=/bin/bash\n");
	for (size_t i = 0; xdc_device_models[i]; i++)
		add_absent(evidence, xdc_device_models[i]);
	for (size_t i = 0; xdc_hvmloaders[i]; i++)
		add_absent(evidence, xdc_hvmloaders[i]);
	add_target(evidence, "/bin/bash", "type=file\nmode=0755\n");
	add_absent(evidence, "/run/udev/control");
	add_kernel(evidence, "/k", "30000000");
}

void add_good_dom0(struct xdc_evidence *evidence)
{
	add_record(evidence, "tools", XDC_STATUS_OK,
		   "xl_binary=/usr/sbin/xl\nxl_release=4.17\nprocesses=1\n"
		   "process=xenconsoled 5 4.17 /lib/libxenctrl.so.4.17\n");
	add_record(evidence, "xen", XDC_STATUS_OK, "");
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK,
		   "directio=0\nhvm=1\nnr_cpus=4\ntotal_pages=786432\nfree_pages=262144\n");
	add_record(evidence, "xen:version", XDC_STATUS_OK, "command_line=dom0_mem=1G\n");
	add_record(evidence, "xenstore", XDC_STATUS_OK, "");
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_OK,
		   "0/name=Domain-0\n3/name=other\n");
	add_record(evidence, "xenstore:/local/domain/0/backend", XDC_STATUS_OK, "");
	add_file(evidence, "/proc/self/mountinfo",
		 "20 1 254:1 / / rw - ext4 /dev/vda1 rw\n21 20 0:5 / /dev/pts rw - devpts devpts "
		 "rw\n");
	add_record(evidence, "file:/etc/xen/xl.conf", XDC_STATUS_ABSENT, "");
	add_record(evidence, "class:net", XDC_STATUS_OK,
		   "br0=/devices/virtual/net/br0\nxenbr0=/devices/virtual/net/xenbr0\n");
	add_record(evidence, "network", XDC_STATUS_OK,
		   "br0/flags=0x1003\nbr0/bridge=\nxenbr0/flags=0x1003\nxenbr0/bridge=\n");
	add_record(evidence, "storage", XDC_STATUS_OK, "");
	add_file(evidence, "/proc/sys/net/ipv4/ip_forward", "0\n");
	add_host_files(evidence);
	add_arm64_dom0(evidence, "6.12.0");
}

/* Linux 6.12: dma-iommu wins over swiotlb-xen in a group that translates. */
void add_io_devices(struct xdc_evidence *evidence)
{
	add_record(evidence, "iommu-groups", XDC_STATUS_OK, "1=identity\n2=DMA\n");
	add_pci(evidence, GOOD_DEVICE, "driver=d\nbusmaster=1\niommu_group=1\n");
	add_pci(evidence, BAD_DEVICE, "driver=d\nbusmaster=1\niommu_group=2\n");
}

struct flown fly_guests(struct xdc_evidence *evidence, size_t count)
{
	static const char *const configs[] = { "a.cfg", "b.cfg", "c.cfg" };
	struct flown flown;

	assert_true(count <= XDC_ARRAY_SIZE(configs));
	add_good_dom0(evidence);
	flown.report = xdc_report_new(evidence);
	flown.all = xdc_preflight(flown.report, configs, count);
	flown.guest = &flown.all->items[count - 1];
	return flown;
}

struct flown fly_guest(struct xdc_evidence *evidence, const char *config)
{
	xdc_autofree char *whole = NULL;

	assert_true(asprintf(&whole, "%s%s", GUEST, config) > 0);
	add_guest(evidence, 0, whole);
	return fly_guests(evidence, 1);
}

void land(struct flown *flown)
{
	xdc_preflights_free(flown->all);
	xdc_report_free(flown->report);
}

const struct xdc_preflight_check *check_of(const struct flown *flown, const char *id)
{
	for (size_t i = 0; i < flown->guest->n_checks; i++)
		if (strcmp(flown->guest->checks[i].id, id) == 0)
			return &flown->guest->checks[i];
	return NULL;
}

void assert_check(const struct flown *flown, const char *id, enum xdc_outcome outcome)
{
	const struct xdc_preflight_check *check = check_of(flown, id);

	if (!check)
		fail_msg("no check %s", id);
	assert_string_equal(xdc_outcome_name(check->outcome), xdc_outcome_name(outcome));
}

void assert_guest(struct xdc_evidence *evidence, const char *config, const char *id,
		  enum xdc_outcome outcome)
{
	struct flown flown = fly_guest(evidence, config);

	if (outcome == XDC_OUTCOME_PASS)
		assert_no_check(&flown, id);
	else
		assert_check(&flown, id, outcome);
	land(&flown);
}

void assert_no_check(const struct flown *flown, const char *id)
{
	const struct xdc_preflight_check *check = check_of(flown, id);

	if (check && check->outcome != XDC_OUTCOME_PASS)
		fail_msg("%s: %s", id, check->title);
}

void assert_clean(const struct flown *flown)
{
	for (size_t i = 0; i < flown->guest->n_checks; i++)
		if (flown->guest->checks[i].outcome != XDC_OUTCOME_PASS)
			fail_msg("%s: %s", flown->guest->checks[i].id,
				 flown->guest->checks[i].title);
}
