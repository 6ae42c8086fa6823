/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Files of /proc and /sys, and the kernel's configuration. */
#include <ctype.h>
#include <string.h>

#include "bundle/mask.h"

const char *xdc_mask_command_line_file(struct xdc_masker *masker, const struct xdc_record *record,
				       FILE *out)
{
	xdc_mask_command_line(masker, out, record->data, record->size);
	return NULL;
}

const char *xdc_mask_plain(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	xdc_mask_text(masker, out, record->data, record->size);
	return NULL;
}

/* Records that only say whether something could be read. */
const char *xdc_mask_empty(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	if (record->size)
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
	return NULL;
}

static bool is_of(const char *text, size_t size, int (*class)(int), const char *more)
{
	for (size_t i = 0; i < size; i++)
		if (!class((unsigned char)text[i]) && (!text[i] || !strchr(more, text[i])))
			return false;
	return true;
}

/* One short line of words: "HVM", "xen", "none [integrity]", "xen-3.0-aarch64". */
const char *xdc_mask_small(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	enum { LONGEST = 256 };
	const char *newline = memchr(record->data, '\n', record->size);
	size_t size = newline ? (size_t)(newline - record->data) : record->size;

	if (size > LONGEST || size + 1 < record->size ||
	    !is_of(record->data, size, isalnum, "_.,:+~[]()- "))
		return xdc_mask_empty(masker, record, out);
	return xdc_mask_plain(masker, record, out);
}

/* A number: a version's part, a flag, a bitmap in hexadecimal. */
const char *xdc_mask_number(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	enum { LONGEST = 9 };

	if (record->size > LONGEST || !is_of(record->data, record->size, isxdigit, "\n"))
		return xdc_mask_empty(masker, record, out);
	fwrite(record->data, 1, record->size, out);
	return NULL;
}

/* The digest of the hypervisor's build, in bytes: that of a SHA-1 and of nothing else. */
const char *xdc_mask_build_id(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	enum { SHA1 = 20 };

	if (record->size != SHA1)
		return xdc_mask_empty(masker, record, out);
	fwrite(record->data, 1, record->size, out);
	return NULL;
}

/* "  40000000-9fffffff : System RAM" */
static bool is_range(const struct xdc_line *line)
{
	size_t at = 0;

	while (at < line->size && line->text[at] == ' ')
		at++;
	for (int half = 0; half < 2; half++) {
		size_t digits = 0;

		while (at < line->size && isxdigit((unsigned char)line->text[at])) {
			at++;
			digits++;
		}
		if (!digits || digits > 16 || at == line->size ||
		    line->text[at++] != (half ? ' ' : '-'))
			return false;
	}
	return line->size - at >= 2 && memcmp(line->text + at, ": ", 2) == 0;
}

const char *xdc_mask_iomem(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		if (is_range(&line))
			xdc_mask_text(masker, out, line.text, line.size);
		else if (line.size)
			xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		xdc_line_end(&line, out);
	}
	return NULL;
}

/* Strings of the configuration that are the build's and not somebody's. */
static bool is_public_string(const struct xdc_line *line)
{
	static const char *const options[] = {
		"CONFIG_CC_VERSION_TEXT=",
		"CONFIG_LOCALVERSION=",
		"CONFIG_LSM=",
		"CONFIG_DEFAULT_SECURITY=",
		"CONFIG_DEFAULT_TCP_CONG=",
		"CONFIG_UEVENT_HELPER_PATH=",
		"CONFIG_MODPROBE_PATH=",
		"CONFIG_DEFAULT_IOSCHED=",
		"CONFIG_ARCH_DEFCONFIG=",
		"CONFIG_OUTPUT_FORMAT=",
		"CONFIG_DEFAULT_INIT=",
		"CONFIG_RTC_HCTOSYS_DEVICE=",
		"CONFIG_RTC_SYSTOHC_DEVICE=",
		"CONFIG_SND_SOC_SOF_DEBUG=",
		"CONFIG_CRYPTO_DRBG_MENU=",
		"CONFIG_MODULE_SIG_HASH=",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(options); i++)
		if (xdc_line_begins(line, options[i]))
			return true;
	return false;
}

static bool is_option(const char *text, size_t size)
{
	enum { LONGEST = 80 };
	static const char begin[] = "CONFIG_";

	return size >= sizeof(begin) && memcmp(text, begin, sizeof(begin) - 1) == 0 &&
	       size <= LONGEST && is_of(text, size, isalnum, "_");
}

/* 'y', 'm', 'n' and numbers are kept. */
static bool is_simple(const char *value, size_t size)
{
	if (size == 1 && strchr("ymn", value[0]))
		return true;
	if (size > 2 && value[0] == '0' && value[1] == 'x')
		return size <= 18 && is_of(value + 2, size - 2, isxdigit, "");
	return size && size <= 20 && is_of(value, size, isdigit, "-");
}

static void mask_option(struct xdc_masker *masker, const struct xdc_line *line, FILE *out)
{
	static const char command_line[] = "CONFIG_CMDLINE=\"";
	const char *equals = memchr(line->text, '=', line->size);
	size_t name = equals ? (size_t)(equals - line->text) : 0;
	size_t size = equals ? line->size - name - 1 : 0;

	if (xdc_line_begins(line, command_line) && line->text[line->size - 1] == '"' &&
	    line->size > sizeof(command_line) - 1) {
		fputs(command_line, out);
		xdc_mask_command_line(masker, out, line->text + sizeof(command_line) - 1,
				      line->size - sizeof(command_line));
		fputc('"', out);
	} else if (equals && is_option(line->text, name) && is_simple(equals + 1, size)) {
		fwrite(line->text, 1, name + 1, out);
		xdc_mask_text(masker, out, equals + 1, size);
	} else if (is_public_string(line) || (line->size && line->text[0] == '#')) {
		xdc_mask_text(masker, out, line->text, line->size);
	} else if (equals && is_option(line->text, name)) {
		fwrite(line->text, 1, name + 1, out);
		if (size != 2 || memcmp(equals + 1, "\"\"", 2) != 0)
			xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		else
			fputs("\"\"", out);
	} else if (line->size) {
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
	}
}

const char *xdc_mask_config(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		mask_option(masker, &line, out);
		xdc_line_end(&line, out);
	}
	return NULL;
}
