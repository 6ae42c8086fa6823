/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Each record is given every secret in every form, in the ways in which records of its kind
 * could come by them; and first of all, in one place, such that it can be told what each is.
 */
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "secret.h"

/* What stands in a log: who it is of, or what. */
static void write_announced(FILE *out, const struct secret *secret)
{
	static const char *const around[SECRET_KINDS][2] = {
		[SECRET_PASSWORD] = { "password=", "" },
		[SECRET_USER] = { "cannot open /home/", "/disk.img" },
		[SECRET_SERIAL] = { "usb 1-1: SerialNumber: ", "" },
		[SECRET_HOST] = { "Set hostname to <", ">." },
	};
	const char *before = around[secret->kind][0], *behind = around[secret->kind][1];

	fprintf(out, "%s%s%s", before ? before : "value ", secret->text,
		behind ? behind : " of something");
}

static void write_lines(FILE *out, const struct secret *secrets, size_t count, const char *before,
			const char *behind)
{
	for (size_t i = 0; i < count; i++) {
		for (int form = 0; form < FORMS_PLANTED; form++) {
			char text[256];

			secret_form(&secrets[i], (enum secret_form)form, text, sizeof(text));
			fprintf(out, "%s%s%s\n", before, text, behind);
		}
	}
}

/* Lines of fields: what is there gets something behind, and there are more. */
static void write_fields(FILE *out, const struct xdc_record *record, const struct secret *secrets,
			 size_t count)
{
	xdc_autofree char *copy = xdc_strdup(record->data);
	char *cursor = copy, *line;
	size_t i = 0;

	/* The names of buses and drivers are the kernel's: a guest that is called so keeps it. */
	while ((line = xdc_text_next_line(&cursor)))
		if (!xdc_text_starts_with(line, "bus=") && !xdc_text_starts_with(line, "driver="))
			fprintf(out, "%s-%s\n", line, secrets[i++ % count].text);
	write_lines(out, secrets, count, "field=", "");
	write_lines(out, secrets, count, "", "=1");
	write_lines(out, secrets, count, "", "");
}

static void write_words(FILE *out, const struct secret *secrets, size_t count)
{
	static const char *const before[] = { "console=",   "unknown=", "",
					      "root=UUID=", "xen.",	"ip=" };

	for (size_t i = 0; i < count; i++) {
		for (int form = 0; form < FORM_CELLS; form++) {
			char text[256];

			secret_form(&secrets[i], (enum secret_form)form, text, sizeof(text));
			fprintf(out, " %s%s", before[i % XDC_ARRAY_SIZE(before)], text);
		}
	}
}

static void write_kmsg(FILE *out, const struct secret *secrets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		fputs("6,9000,9000,-;something: ", out);
		write_announced(out, &secrets[i]);
		fputc('\n', out);
	}
	write_lines(out, secrets, count, "6,9001,9001,-;driver: a value, ", " and so on");
	write_lines(out, secrets, count, "6,9001,9001,-;\\x09", "\\x0a");
	write_lines(out, secrets, count, "30,9002,9002,-;program[1]: ", "");
	write_lines(out, secrets, count, " DEVICE=+usb:", "");
	fputs("5,9003,9003,-;Kernel command line:", out);
	write_words(out, secrets, count);
	fputs("\n5,9004,9004,-;Unknown kernel command line parameters \"", out);
	write_words(out, secrets, count);
	fputs("\", will be passed to user space.\n7,9005,9005,-;  with environment:\n", out);
	write_lines(out, secrets, count, "7,9006,9006,-;    ", "");
}

static void write_console(FILE *out, const struct secret *secrets, size_t count)
{
	write_lines(out, secrets, count, "(XEN) some value ", ", and so on");
	write_lines(out, secrets, count, "(d1) login: ", "");
	write_lines(out, secrets, count, "", "");
	fputs("(XEN) Command line:", out);
	write_words(out, secrets, count);
	fputc('\n', out);
}

static void write_syslog(FILE *out, const struct secret *secrets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (secrets[i].kind == SECRET_HOST)
			fprintf(out, "Nov 24 18:36:01 %s kernel: [    1.0] text\n",
				secrets[i].text);
	write_lines(out, secrets, count, "Nov 24 18:36:01 alpha kernel: [    1.0] value ", "");
	write_lines(out, secrets, count, "2026-11-24T18:36:01+01:00 alpha sshd[1]: ", "");
	write_lines(out, secrets, count, "", "");
}

static void write_xenstore(FILE *out, const struct secret *secrets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (secrets[i].kind == SECRET_VNC)
			fprintf(out, "vbd/1/51712/vnc-passwd=%s\n", secrets[i].text);
	write_lines(out, secrets, count, "vbd/1/51712/params=aio:/var/images/", ".img");
	write_lines(out, secrets, count, "vbd/1/51712/type=", "");
	write_lines(out, secrets, count, "vif/1/0/bridge=", "");
	write_lines(out, secrets, count, "vif/1/0/mac=", "");
	write_lines(out, secrets, count, "vbd/1/51712/script=", "");
	write_lines(out, secrets, count, "vbd/1/", "/state=1");
	write_lines(out, secrets, count, "vbd/1/51712/feature-", "=1");
	write_lines(out, secrets, count, "data/", "!denied");
}

static void write_domains(FILE *out, const struct secret *secrets, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (secrets[i].kind == SECRET_DOMAIN)
			fprintf(out, "%zu/name=%s\n", i, secrets[i].text);
	write_lines(out, secrets, count, "1/vm=", "");
}

static void write_mounts(FILE *out, const struct secret *secrets, size_t count)
{
	write_lines(out, secrets, count, "40 1 8:1 / /mnt/", " rw - ext4 /dev/sda1 rw");
	write_lines(out, secrets, count, "40 1 8:1 / /mnt rw - nfs server:/", " rw,addr=1");
	write_lines(out, secrets, count, "40 1 8:1 / /mnt rw - cifs none rw,password=", "");
	write_lines(out, secrets, count, "40 1 8:1 / /mnt rw shared:", " - ext4 none rw");
}

static void put_string(void *blob, const char *name, const char *value)
{
	fdt_property(blob, name, value, (int)strlen(value) + 1);
}

/* A board's tree with the secrets below /chosen, in names, in text and in cells. */
static void write_tree(FILE *out, const struct secret *secrets, size_t count)
{
	enum { ROOM = 256 << 10 };
	xdc_autofree char *blob = xdc_zalloc(ROOM), *words = NULL;
	size_t size = 0;
	FILE *line = open_memstream(&words, &size);

	write_words(line, secrets, count);
	fclose(line);
	fdt_create(blob, ROOM);
	fdt_finish_reservemap(blob);
	fdt_begin_node(blob, "");
	fdt_begin_node(blob, "chosen");
	put_string(blob, "bootargs", words);
	for (size_t i = 0; i < count; i++) {
		char name[32];

		snprintf(name, sizeof(name), "vendor,value%zu", i);
		put_string(blob, name, secrets[i].text);
	}
	fdt_end_node(blob);
	for (size_t i = 0; i < count; i++) {
		char name[128], cells[80] = "\1\2\3";

		snprintf(name, sizeof(name), "node-%zu-%s", i, secrets[i].text);
		memcpy(cells + 4, secrets[i].text, strlen(secrets[i].text));
		fdt_begin_node(blob, name);
		put_string(blob, "label", secrets[i].text);
		fdt_property(blob, "vendor,cells", cells, 72);
		put_string(blob, "vendor,hdcp-key", secrets[i].text);
		if (secrets[i].kind == SECRET_SERIAL)
			put_string(blob, "serial-number", secrets[i].text);
		fdt_end_node(blob);
	}
	fdt_end_node(blob);
	assert_int_equal(fdt_finish(blob), 0);
	fwrite(blob, 1, fdt_totalsize((const void *)blob), out);
}

static void write_config(FILE *out, const struct secret *secrets, size_t count)
{
	write_lines(out, secrets, count, "CONFIG_SOMETHING=\"", "\"");
	write_lines(out, secrets, count, "CONFIG_LOCALVERSION=\"-", "\"");
	write_lines(out, secrets, count, "# ", "");
	write_lines(out, secrets, count, "CONFIG_X=", "");
	fputs("CONFIG_CMDLINE=\"", out);
	write_words(out, secrets, count);
	fputs("\"\n", out);
}

static void write_planted(FILE *out, const struct xdc_record *record, const struct secret *secrets,
			  size_t count)
{
	const char *key = record->key;

	if (strcmp(key, "devicetree") == 0 || strcmp(key, "host-devicetree") == 0) {
		write_tree(out, secrets, count);
		return;
	}
	if (strcmp(key, "uname") == 0)
		fprintf(out, "nodename=%s\n", secrets[SECRET_HOST].text);
	fwrite(record->data, 1, record->size, out);
	if (strcmp(key, "kmsg") == 0 || xdc_text_starts_with(key, "log:journal:"))
		write_kmsg(out, secrets, count);
	else if (strcmp(key, "xen:console") == 0 || xdc_text_ends_with(key, "/hypervisor.log"))
		write_console(out, secrets, count);
	else if (xdc_text_starts_with(key, "log:"))
		write_syslog(out, secrets, count);
	else if (strcmp(key, "file:/proc/cmdline") == 0)
		write_words(out, secrets, count);
	else if (strcmp(key, "xenstore:/local/domain") == 0)
		write_domains(out, secrets, count);
	else if (strcmp(key, "xenstore:/local/domain/0/backend") == 0)
		write_xenstore(out, secrets, count);
	else if (strcmp(key, "file:/proc/self/mountinfo") == 0)
		write_mounts(out, secrets, count);
	else if (strcmp(key, "file:/proc/iomem") == 0)
		write_lines(out, secrets, count, "  40000000-4fffffff : ", "");
	else if (strcmp(key, "kernel-config") == 0)
		write_config(out, secrets, count);
	else if (strcmp(key, "xen:version") == 0)
		write_lines(out, secrets, count, "command_line=console=", "");
	else
		write_fields(out, record, secrets, count);
}

static void add_planted(struct xdc_evidence *to, const struct xdc_record *record,
			const struct secret *secrets, size_t count)
{
	const struct secret *one = &secrets[xdc_evidence_count(to) % count];
	struct xdc_record planted = *record;
	xdc_autofree char *data = NULL, *detail = NULL, *origin = NULL;
	FILE *out = open_memstream(&data, &planted.size);

	write_planted(out, record, secrets, count);
	fclose(out);
	assert_true(asprintf(&detail, "%s: %s: No such file", record->detail, one->text) > 0);
	assert_true(asprintf(&origin, "%s of %s", record->origin, one->text) > 0);
	planted.data = data;
	planted.detail = detail;
	planted.origin = origin;
	xdc_evidence_add(to, &planted);
}

/* Records whose keys have the secrets in them. */
static void add_keys(struct xdc_evidence *to, const struct secret *secrets, size_t count)
{
	static const char *const prefixes[] = { "device:/devices/virtual/net/",
						"udev:/devices/virtual/",
						"dma:/devices/usb-",
						"class:",
						"other:",
						"",
						"file:/home/",
						"log:/var/log/kern.log.",
						"log:journal:" };

	for (size_t i = 0; i < count; i++) {
		for (size_t n = 0; n < XDC_ARRAY_SIZE(prefixes); n++) {
			char key[256];

			snprintf(key, sizeof(key), "%s%s", prefixes[n], secrets[i].text);
			add_record(to, key, XDC_STATUS_OK, secrets[i].text);
		}
	}
}

struct xdc_evidence *secret_plant(const struct xdc_evidence *evidence, const struct secret *secrets,
				  size_t count)
{
	/* Kinds of records that a machine may not have. */
	static const char *const others[] = {
		"kmsg",
		"log:journal:0123456789abcdef0123456789abcdef",
		"log:/var/log/kern.log",
		"log:/var/log/xen/console/hypervisor.log",
		"xen:console",
		"xenstore:/local/domain",
		"xen:version",
		"xenstore:/local/domain/0/backend",
		"logs",
		"xenstore:/tool/xenstored",
		"tools",
		"xen:domains",
		"udev",
		"file:/proc/iomem",
		"kernel-config",
		"devicetree",
		"host-devicetree",
		"udev:/devices/a",
		"a-new-source",
		"file:/etc/passwd",
	};
	struct xdc_evidence *to = xdc_evidence_new();

	for (size_t i = 0; i < xdc_evidence_count(evidence); i++)
		add_planted(to, xdc_evidence_at(evidence, i), secrets, count);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(others); i++) {
		const struct xdc_record record = { others[i], "", "", "", 0, XDC_STATUS_OK };

		add_planted(to, &record, secrets, count);
	}
	add_keys(to, secrets, count);
	return to;
}
