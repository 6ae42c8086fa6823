/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <libxl_utils.h>
#include <libxlutil.h>

#include "helper/xlcfg.h"
#include "source/confine.h"

enum {
	NOBODY = 65534,
	SAID_MAX = 256, /* the parser repeats what it did not like, however long */
};

/* A configuration, the parser's result, and what it says meanwhile. */
struct config {
	XLU_Config *parsed;
	char *said;
	size_t said_size;
	FILE *report; /* into the two above */
	size_t told;  /* so much of it has been passed on */
	struct xdc_answer *answer;
};

static int usage(void)
{
	xdc_say("usage: xdc-xlcfg NAME [MILLISECONDS] < CONFIGURATION\n"
		"xen-dmacheck runs this to read a guest's configuration; what it writes is "
		"described in xlcfg.h.\n");
	return 2;
}

/* What the parser has said since the last time; it begins each line with the file's name. */
static char *take_said(struct config *config)
{
	char *text;

	fflush(config->report);
	text = xdc_strdup(config->said ? config->said + config->told : "");
	config->told = config->said_size;
	if (strlen(text) > SAID_MAX)
		text[SAID_MAX] = '\0';
	while (*text && text[strlen(text) - 1] == '\n')
		text[strlen(text) - 1] = '\0';
	return text;
}

static void refuse(struct config *config, const char *key)
{
	xdc_autofree char *said = take_said(config);

	xdc_answer_add(config->answer, key, "libxlutil", XDC_STATUS_IO_ERROR, said, NULL, 0);
}

static void write_list(const struct config *config, const char *name, FILE *out)
{
	XLU_ConfigList *list;
	int count;
	char item[XDC_XLCFG_NAME_MAX + 16];

	if (xlu_cfg_get_list(config->parsed, name, &list, &count, 1) != 0)
		return;
	fprintf(out, "%s[]=%d\n", name, count);
	for (int i = 0; i < count && i < XDC_XLCFG_ITEMS_MAX; i++) {
		const char *text = xlu_cfg_get_listitem(list, i);

		snprintf(item, sizeof(item), "%s[%d]", name, i);
		if (text)
			xdc_field_write(out, item, text);
		else
			xdc_field_write_status(out, item, XDC_STATUS_UNSUPPORTED);
	}
}

static void write_value(const struct config *config, const char *name, FILE *out)
{
	const char *text;
	long number;

	if (xlu_cfg_get_string(config->parsed, name, &text, 1) == 0)
		xdc_field_write(out, name, text);
	if (xlu_cfg_get_long(config->parsed, name, &number, 1) == 0)
		fprintf(out, "%s#=%ld\n", name, number);
	write_list(config, name, out);
}

static bool is_first(const struct xdc_xlcfg_name *names, size_t index)
{
	for (size_t i = 0; i < index; i++)
		if (strcmp(names[i].name, names[index].name) == 0)
			return false;
	return true;
}

static void answer_values(struct config *config, const char *text, size_t size)
{
	xdc_autofree struct xdc_xlcfg_name *names =
		xdc_zalloc(XDC_XLCFG_SETTINGS_MAX * sizeof(*names));
	size_t count = xdc_xlcfg_names(text, size, names, XDC_XLCFG_SETTINGS_MAX);
	xdc_autofree char *settings = NULL, *values = NULL;
	size_t settings_size = 0, values_size = 0;
	FILE *out = xdc_open_text(&settings, &settings_size);
	enum xdc_status status =
		count < XDC_XLCFG_SETTINGS_MAX ? XDC_STATUS_OK : XDC_STATUS_TRUNCATED;

	for (size_t i = 0; i < count; i++)
		fprintf(out, "%s=%u%s\n", names[i].name, names[i].line, names[i].added ? "+" : "");
	fclose(out);
	xdc_answer_add(config->answer, "guest:settings", "configuration", status, "", settings,
		       settings_size);
	out = xdc_open_text(&values, &values_size);
	for (size_t i = 0; i < count; i++) {
		if (!is_first(names, i))
			continue;
		if (ftell(out) > XDC_XLCFG_VALUES_MAX) {
			status = XDC_STATUS_TRUNCATED;
			break;
		}
		write_value(config, names[i].name, out);
	}
	fclose(out);
	xdc_answer_add(config->answer, "guest:values", "libxlutil", status, "", values,
		       values_size);
}

static void write_text(FILE *out, const char *name, const char *text)
{
	if (text)
		xdc_field_write(out, name, text);
}

static void write_disk(const libxl_device_disk *disk, FILE *out)
{
	write_text(out, "target", disk->pdev_path);
	write_text(out, "vdev", disk->vdev);
	write_text(out, "script", disk->script);
	write_text(out, "backend", disk->backend_domname);
	write_text(out, "format", libxl_disk_format_to_string(disk->format));
	write_text(out, "backendtype", libxl_disk_backend_to_string(disk->backend));
	fprintf(out, "readwrite=%d\ncdrom=%d\n", !!disk->readwrite, !!disk->is_cdrom);
#ifdef LIBXL_HAVE_DEVICE_DISK_SPECIFICATION
	write_text(out, "specification", libxl_disk_specification_to_string(disk->specification));
#endif
#ifdef LIBXL_HAVE_DISK_GRANT_USAGE
	if (!libxl_defbool_is_default(disk->grant_usage))
		fprintf(out, "grant_usage=%d\n", libxl_defbool_val(disk->grant_usage));
#endif
}

static void answer_disk(struct config *config, const char *text, const char *key)
{
	xdc_autofree char *data = NULL;
	size_t size = 0;
	FILE *out = xdc_open_text(&data, &size);
	libxl_device_disk disk;

	libxl_device_disk_init(&disk);
	if (xlu_disk_parse(config->parsed, 1, &text, &disk) != 0) {
		fclose(out);
		refuse(config, key);
	} else {
		write_disk(&disk, out);
		fclose(out);
		xdc_answer_add(config->answer, key, "libxlutil", XDC_STATUS_OK, "", data, size);
	}
	libxl_device_disk_dispose(&disk);
}

static void answer_pci(struct config *config, const char *text, const char *key)
{
	libxl_device_pci pci;
	char data[64];
	int r;

	libxl_device_pci_init(&pci);
#ifdef LIBXL_HAVE_DEVICE_PCI_NAME
	r = xlu_pci_parse_spec_string(config->parsed, &pci, text);
#else
	r = xlu_pci_parse_bdf(config->parsed, &pci, text);
#endif
	if (r) {
		refuse(config, key);
	} else {
		r = snprintf(data, sizeof(data), "device=%04x:%02x:%02x.%x\n",
			     (unsigned int)pci.domain, pci.bus, pci.dev, pci.func);
		xdc_answer_add(config->answer, key, "libxlutil", XDC_STATUS_OK, "", data,
			       (size_t)r);
	}
	libxl_device_pci_dispose(&pci);
}

/* xl itself takes a vif apart; only its rate is libxlutil's. */
static void answer_rate(struct config *config, const char *text, const char *key)
{
	xdc_autofree char *copy = xdc_strdup(text);
	char *rate = strstr(copy, "rate=");
	libxl_device_nic nic;

	if (!rate)
		return;
	rate += strlen("rate=");
	rate[strcspn(rate, ",")] = '\0';
	libxl_device_nic_init(&nic);
	if (xlu_vif_parse_rate(config->parsed, rate, &nic) != 0)
		refuse(config, key);
	libxl_device_nic_dispose(&nic);
}

/* A single text, where the others are lists. */
static void answer_rdm(struct config *config)
{
	const char *text;
	libxl_rdm_reserve rdm;

	if (xlu_cfg_get_string(config->parsed, "rdm", &text, 1) != 0)
		return;
	libxl_rdm_reserve_init(&rdm);
	if (xlu_rdm_parse(config->parsed, &rdm, text) != 0)
		refuse(config, "guest:rdm");
	libxl_rdm_reserve_dispose(&rdm);
}

static void answer_items(struct config *config, const char *list_name, const char *record,
			 void (*answer)(struct config *, const char *, const char *))
{
	XLU_ConfigList *list;
	const char *text;
	char key[32];

	if (xlu_cfg_get_list(config->parsed, list_name, &list, NULL, 1) != 0)
		return;
	for (int i = 0; i < XDC_XLCFG_ITEMS_MAX && (text = xlu_cfg_get_listitem(list, i)); i++) {
		snprintf(key, sizeof(key), "guest:%s:%d", record, i);
		answer(config, text, key);
	}
}

static void answer_guest(struct xdc_answer *answer, const char *name, const char *text, size_t size)
{
	static const char library[] = "library=" XDC_XENCTRL_RELEASE "\n";
	struct config config = { .answer = answer };
	int r;

	config.report = xdc_open_text(&config.said, &config.said_size);
	config.parsed = xlu_cfg_init(config.report, name);
	if (!config.parsed)
		return;
	r = xlu_cfg_readdata(config.parsed, text, (int)size);
	if (r == 0) {
		answer_values(&config, text, size);
		answer_items(&config, "disk", "disk", answer_disk);
		answer_items(&config, "pci", "pci", answer_pci);
		answer_items(&config, "vif", "rate", answer_rate);
		answer_rdm(&config);
		xdc_answer_add(answer, "guest", "libxlutil", XDC_STATUS_OK, "", library,
			       strlen(library));
	} else {
		xdc_autofree char *said = take_said(&config);

		xdc_answer_add(answer, "guest", "libxlutil", XDC_STATUS_IO_ERROR, said, library,
			       strlen(library));
	}
	xlu_cfg_destroy(config.parsed);
	fclose(config.report);
	free(config.said);
}

/* All of the standard input, and whether that was not too much. */
static bool read_input(char *text, size_t *ret_size)
{
	size_t size = 0;
	ssize_t n;

	while ((n = read(STDIN_FILENO, text + size, XDC_XLCFG_SIZE_MAX + 1 - size)) > 0)
		size += (size_t)n;
	*ret_size = size;
	return n == 0 && size <= XDC_XLCFG_SIZE_MAX;
}

int main(int argc, char **argv)
{
	xdc_autofree char *text = xdc_zalloc(XDC_XLCFG_SIZE_MAX + 2);
	struct xdc_confinement confinement;
	struct xdc_answer answer;
	uint64_t milliseconds = 0;
	size_t size;

	if (argc == 2 && strcmp(argv[1], "--version") == 0)
		return printf("xdc-xlcfg %s (Xen %s)\n", XDC_VERSION, XDC_XENCTRL_RELEASE) < 0;
	if (argc < 2 || argc > 3 ||
	    (argc == 3 &&
	     (xdc_number_parse(argv[2], 10, &milliseconds) < 0 || milliseconds > 3600 * 1000)))
		return usage();
	/* Where nobody is left to kill it. */
	if (milliseconds)
		alarm((unsigned int)(milliseconds / 1000) + 2);
	xdc_confine(&(struct xdc_confine_options){ .user = NOBODY, .group = NOBODY }, &confinement);
	if (!xdc_confinement_holds(&confinement)) {
		xdc_say("it could not give up its rights, so it reads nothing of others\n");
		return 1;
	}
	if (!read_input(text, &size)) {
		xdc_say("the configuration could not be read, or is too large\n");
		return 1;
	}
	answer = xdc_answer_begin(stdout);
	answer_guest(&answer, argv[1], text, size);
	xdc_answer_end(&answer);
	return 0;
}
