/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Secrets in the ways in which records of each kind could come by them. */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "secret.h"

/* Lines of fields: what is there gets something behind, and there are more. */
static void write_fields(const struct planting *p, const struct xdc_record *record)
{
	const struct secret_plan *plan = p->plan;
	xdc_autofree char *copy = xdc_strdup(record->data);
	char *cursor = copy, *line;
	size_t i = 0;

	/* The names of buses and drivers are the kernel's: a guest that is called so keeps it. */
	while ((line = xdc_text_next_line(&cursor))) {
		const struct secret *secret = &plan->secrets[i++ % plan->count];

		if ((plan->known || secret_has_shape(secret)) &&
		    !xdc_text_starts_with(line, "bus=") && !xdc_text_starts_with(line, "driver="))
			fprintf(p->out, "%s,%s\n", line, secret->text);
	}
}

static void write_kmsg(const struct planting *p)
{
	plant_announced(p, "6,9000,9000,-;something: ");
	plant_text(p, "6,9001,9001,-;driver: a value, ", " and so on");
	plant_text(p, "6,9001,9001,-;\\x09", "\\x0a");
	plant_list(p, "30,9002,9002,-;program[1]: ", "");
	plant_list(p, " OTHER=", "");
	plant_list(p, "", "");
	plant_text(p, " DEVICE=+usb:", "");
	fputs("5,9003,9003,-;Kernel command line:", p->out);
	plant_words(p);
	fputs("\n5,9004,9004,-;Unknown kernel command line parameters \"", p->out);
	plant_words(p);
	fputs("\", will be passed to user space.\n7,9005,9005,-;  with environment:\n", p->out);
	plant_list(p, "7,9006,9006,-;    ", "");
}

static void write_console(const struct planting *p)
{
	plant_announced(p, "(XEN) ");
	plant_text(p, "(XEN) some value ", ", and so on");
	/* Whether these are kept is a choice, and then they are text. */
	plant_text(p, "(d1) login: ", "");
	plant_text(p, "", "");
	fputs("(XEN) Command line:", p->out);
	plant_words(p);
	fputc('\n', p->out);
}

static void write_syslog(const struct planting *p)
{
	for (size_t i = 0; i < p->plan->count; i++)
		if (p->plan->secrets[i].kind == SECRET_HOST)
			fprintf(p->out, "Nov 24 18:36:01 %s kernel: [    1.0] text\n",
				p->plan->secrets[i].text);
	plant_announced(p, "Nov 24 18:36:01 alpha kernel: [    1.0] ");
	plant_text(p, "Nov 24 18:36:01 alpha kernel: [    1.0] value ", "");
	plant_list(p, "2026-11-24T18:36:01+01:00 alpha sshd[1]: ", "");
	plant_list(p, "", "");
}

static void write_backends(const struct planting *p)
{
	for (size_t i = 0; i < p->plan->count; i++)
		if (p->plan->secrets[i].kind == SECRET_VNC)
			fprintf(p->out, "vbd/1/51712/vnc-passwd=%s\n", p->plan->secrets[i].text);
	plant_list(p, "vbd/1/51712/unknown=", "");
	plant_list(p, "vbd/1/51712/params=aio:/var/images/", ".img");
	plant_list(p, "vbd/1/51712/params=/dev/vg/", "");
	plant_list(p, "vbd/1/51712/type=", "");
	plant_list(p, "vbd/1/51712/state=", "");
	plant_list(p, "vif/1/0/bridge=", "");
	plant_list(p, "vif/1/0/mac=", "");
	plant_list(p, "vbd/1/51712/script=/etc/xen/scripts/", "");
	plant_list(p, "vbd/1/51712/frontend=/local/domain/1/", "");
	plant_list(p, "vbd/1/", "/state=1");
	plant_list(p, "data/", "!denied");
	plant_text(p, "vbd/1/51712/feature-", "=1");
}

static void write_domains(const struct planting *p)
{
	for (size_t i = 0; i < p->plan->count; i++)
		if (p->plan->secrets[i].kind == SECRET_DOMAIN)
			fprintf(p->out, "%zu/name=%s\n", i, p->plan->secrets[i].text);
	plant_list(p, "1/vm=", "");
	plant_list(p, "", "/name!denied");
}

static void write_mounts(const struct planting *p)
{
	plant_list(p, "40 1 8:1 / /mnt/", " rw - ext4 /dev/sda1 rw");
	plant_list(p, "40 1 8:1 / /mnt rw - nfs server:/", " rw,addr=1");
	plant_list(p, "40 1 8:1 / /mnt rw - cifs none rw,password=", "");
	plant_list(p, "40 1 8:1 / /mnt rw shared:", " - ext4 none rw");
	plant_list(p, "40 1 ", " / /mnt rw - ext4 none rw");
	plant_list(p, "40 1 8:1 / /mnt rw - ", " none rw");
}

static void write_config(const struct planting *p)
{
	plant_list(p, "CONFIG_SOMETHING=\"", "\"");
	plant_list(p, "CONFIG_X=x", "");
	plant_list(p, "", "=y-");
	plant_text(p, "CONFIG_LOCALVERSION=\"-", "\"");
	plant_text(p, "# ", "");
	fputs("CONFIG_CMDLINE=\"", p->out);
	plant_words(p);
	fputs("\"\n", p->out);
}

static void write_version(const struct planting *p)
{
	fputs("command_line=", p->out);
	plant_words(p);
	fputc('\n', p->out);
	plant_list(p, "unknown=", "");
	plant_text(p, "extra=.", "");
}

static void write_uname(const struct planting *p)
{
	for (size_t i = 0; i < p->plan->count; i++)
		if (p->plan->secrets[i].kind == SECRET_HOST)
			fprintf(p->out, "nodename=%s\n", p->plan->secrets[i].text);
	plant_list(p, "unknown=", "");
}

static void write_other(const struct planting *p, const struct xdc_record *record)
{
	static const char *const text[] = { "class:", "devices",
					    "file:/sys/kernel/debug/devices_deferred" };
	bool is_text = false;

	for (size_t i = 0; i < XDC_ARRAY_SIZE(text); i++)
		is_text = is_text || xdc_text_starts_with(record->key, text[i]);
	write_fields(p, record);
	if (is_text) {
		plant_announced(p, "");
		plant_text(p, "/devices/", "/x");
		return;
	}
	plant_list(p, "unknown=", "");
	plant_list(p, "", "=1");
	plant_list(p, "", "");
}

static void write_planted(const struct planting *p, const struct xdc_record *record)
{
	static const struct {
		const char *key;
		void (*write)(const struct planting *p);
	} writers[] = {
		{ "uname", write_uname },
		{ "kmsg", write_kmsg },
		{ "log:journal:", write_kmsg },
		{ "xen:console", write_console },
		{ "log:/var/log/xen/", write_console },
		{ "log:", write_syslog },
		{ "file:/proc/cmdline", plant_words },
		{ "file:/proc/self/mountinfo", write_mounts },
		{ "kernel-config", write_config },
		{ "xen:version", write_version },
		{ "xenstore:/local/domain/0/backend", write_backends },
		{ "xenstore:/local/domain", write_domains },
		{ "devicetree", plant_devicetree },
		{ "host-devicetree", plant_devicetree },
	};
	const char *key = record->key;

	/* A tree is made anew. */
	if (!strstr(key, "devicetree"))
		fwrite(record->data, 1, record->size, p->out);
	if (strcmp(key, "file:/proc/iomem") == 0)
		plant_text(p, "  40000000-4fffffff : ", "");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(writers); i++) {
		if (xdc_text_starts_with(key, writers[i].key)) {
			writers[i].write(p);
			return;
		}
	}
	write_other(p, record);
}

/* What tells of the secrets in records that they are not planted in otherwise. */
static bool write_told(const struct planting *p, const struct xdc_record *record)
{
	bool any = true;

	fwrite(record->data, 1, record->size, p->out);
	if (strcmp(record->key, "kmsg") == 0)
		plant_announced(p, "6,9000,9000,-;something: ");
	else if (strcmp(record->key, "xenstore:/local/domain") == 0)
		write_domains(p);
	else if (strcmp(record->key, "xenstore:/local/domain/0/backend") == 0)
		for (size_t i = 0; i < p->plan->count; i++)
			fprintf(p->out, "vbd/1/51712/vnc-passwd=%s\n", p->plan->secrets[i].text);
	else
		any = false;
	return any && p->plan->known;
}

static void add(struct xdc_evidence *to, const struct xdc_record *record,
		const struct secret_plan *plan)
{
	bool planted = !plan->only || strcmp(plan->only, record->key) == 0;
	struct xdc_record copy = *record;
	xdc_autofree char *data = NULL;
	const struct planting p = { open_memstream(&data, &copy.size), plan };
	bool kept = true;

	if (planted)
		write_planted(&p, record);
	else
		kept = write_told(&p, record);
	fclose(p.out);
	copy.data = data;
	if (kept)
		xdc_evidence_add(to, &copy);
}

struct xdc_evidence *secret_plant(const struct xdc_evidence *records,
				  const struct secret_plan *plan)
{
	struct xdc_evidence *to = xdc_evidence_new();

	for (size_t i = 0; i < xdc_evidence_count(records); i++)
		add(to, xdc_evidence_at(records, i), plan);
	return to;
}

struct xdc_evidence *secret_plant_keys(const struct secret_plan *plan)
{
	static const struct {
		const char *prefix;
		bool is_text;
	} keys[] = {
		{ "device:/devices/virtual/net/", true },
		{ "udev:/devices/virtual/", true },
		{ "dma:/devices/usb-", true },
		{ "class:", true },
		{ "log:/var/log/kern.log.", true },
		{ "log:journal:", false },
		{ "other:", false },
		{ "", false },
		{ "file:/home/", false },
	};
	struct xdc_evidence *to = xdc_evidence_new();

	for (size_t i = 0; i < plan->count; i++) {
		const struct secret *secret = &plan->secrets[i];
		bool text = secret_has_shape(secret);

		for (size_t n = 0; n < XDC_ARRAY_SIZE(keys); n++) {
			char key[256];
			const struct xdc_record record = {
				key, text ? secret->text : "", text ? secret->text : "", "",
				0,   XDC_STATUS_DENIED
			};

			snprintf(key, sizeof(key), "%s%s", keys[n].prefix, secret->text);
			if (text || !keys[n].is_text)
				xdc_evidence_add(to, &record);
		}
	}
	return to;
}

struct xdc_evidence *secret_records(const struct xdc_evidence *evidence)
{
	static const char *const others[] = {
		"kmsg",
		"log:journal:0123456789abcdef0123456789abcdef",
		"logs",
		"log:/var/log/xen/console/hypervisor.log",
		"tools",
		"log:/var/log/kern.log",
		"udev",
		"xenstore:/local/domain",
		"xen:console",
		"xenstore:/local/domain/0/backend",
		"xen:version",
		"xenstore:/tool/xenstored",
		"xen:domains",
		"udev:/devices/a",
		"kernel-config",
		"devicetree",
		"file:/proc/iomem",
		"host-devicetree",
		"a-new-source",
		"file:/etc/passwd",
	};
	struct xdc_evidence *records = xdc_evidence_new();

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++)
		xdc_evidence_add(records, xdc_evidence_at(evidence, i));
	for (size_t i = 0; i < XDC_ARRAY_SIZE(others); i++)
		add_record(records, others[i], XDC_STATUS_OK, "");
	return records;
}
