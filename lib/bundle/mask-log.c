/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Logs. What the kernel and the hypervisor wrote is kept, masked as text. What programs wrote
 * into the kernel's log, and domains on the hypervisor's console, is left out: it may be
 * anything, and nothing here is made of it.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/mask.h"

/* What is between lines of a log. */
struct log {
	struct xdc_masker *masker;
	FILE *out;
	bool in_key;	   /* of a private key in PEM form */
	bool in_arguments; /* lines that init was given, one a word of the command line */
	size_t left_out;   /* bytes of a domain's text that are not accounted for yet */
};

/*
 * A message: a private key ends lines below; and behind "Run /init as init process" come its
 * arguments and environment, which are words of the command line (init/main.c, run_init_process()).
 */
static void mask_message(struct log *log, const char *text, size_t size)
{
	bool begins = memmem(text, size, "-----BEGIN", 10),
	     ends = memmem(text, size, "-----END", 8);
	bool argument = log->in_arguments && size > 4 && memcmp(text, "    ", 4) == 0;

	if (begins || log->in_key) {
		xdc_mask_hide(log->masker, log->out, XDC_MASK_SECRET);
		log->in_key = !ends;
		return;
	}
	if (argument) {
		fwrite(text, 1, 4, log->out);
		xdc_mask_command_line(log->masker, log->out, text + 4, size - 4);
		return;
	}
	log->in_arguments = (size == 17 && memcmp(text, "  with arguments:", 17) == 0) ||
			    (size == 19 && memcmp(text, "  with environment:", 19) == 0);
	xdc_mask_text(log->masker, log->out, text, size);
}

/* What programs say of names is learned, though it is not shown. */
static void leave_out(struct log *log, enum xdc_mask kind, const char *who, const char *text,
		      size_t size)
{
	xdc_autofree char *nothing = NULL;
	size_t length = 0;
	FILE *sink = xdc_open_text(&nothing, &length);

	xdc_mask_text(log->masker, sink, text, size);
	fclose(sink);
	log->masker->counts[kind]++;
	fprintf(log->out, "<%zu bytes that %s wrote are left out>", size, who);
}

/* "6,339,1284451,-;", its facility in *@ret_facility; 0 where it is no such. */
static size_t header_size(const char *text, size_t size, unsigned long *ret_facility)
{
	enum { LONGEST = 128 };
	size_t at = 0, commas = 0;

	while (at < size && at < LONGEST && text[at] != ';') {
		bool number = isdigit((unsigned char)text[at]);

		commas += text[at] == ',';
		if (commas < 3 ? !number && text[at] != ','
			       : !isalnum((unsigned char)text[at]) && !strchr(",-+=_", text[at]))
			return 0;
		at++;
	}
	if (at == size || text[at] != ';' || commas < 3 || !isdigit((unsigned char)text[0]))
		return 0;
	*ret_facility = strtoul(text, NULL, 10) >> 3;
	return at + 1;
}

/* " SUBSYSTEM=pci", " DEVICE=+pci:0000:00:02.0" (Documentation/ABI/testing/dev-kmsg). */
static void mask_continuation(struct log *log, const struct xdc_line *line)
{
	if (xdc_line_begins(line, " SUBSYSTEM=") || xdc_line_begins(line, " DEVICE="))
		xdc_mask_text(log->masker, log->out, line->text, line->size);
	else
		xdc_mask_hide(log->masker, log->out, XDC_MASK_FIELD);
}

const char *xdc_mask_kmsg(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	struct log log = { .masker = masker, .out = out };
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		unsigned long facility = 0;
		size_t header = header_size(line.text, line.size, &facility);

		fwrite(line.text, 1, header, out);
		if (header && facility)
			leave_out(&log, XDC_MASK_PROGRAM_TEXT, "a program", line.text + header,
				  line.size - header);
		else if (header)
			mask_message(&log, line.text + header, line.size - header);
		else if (line.size)
			mask_continuation(&log, &line);
		xdc_line_end(&line, out);
	}
	return NULL;
}

static size_t word_size(const char *text, size_t size)
{
	size_t length = 0;

	while (length < size && text[length] != ' ')
		length++;
	return length;
}

static bool is_of(const char *text, size_t size, const char *bytes)
{
	for (size_t i = 0; i < size; i++)
		if (!isdigit((unsigned char)text[i]) && (!text[i] || !strchr(bytes, text[i])))
			return false;
	return size;
}

/* "Nov 24 18:36:01 " or "2026-11-24T18:36:01.123456+01:00 "; 0 where the line has neither. */
static size_t time_size(const char *text, size_t size)
{
	size_t first = word_size(text, size), day, time;

	if (first >= 19 && first <= 35 && is_of(text, first, "-T:.+Z") && first < size)
		return first + 1;
	if (first != 3 || size < 17 || !isupper((unsigned char)text[0]) ||
	    !islower((unsigned char)text[1]) || !islower((unsigned char)text[2]))
		return 0;
	day = 4 + (text[4] == ' ');
	time = day + word_size(text + day, size - day) + 1;
	if (time + 9 > size || !is_of(text + day, time - day - 1, "") ||
	    word_size(text + time, size - time) != 8 || !is_of(text + time, 8, ":"))
		return 0;
	return time + 9;
}

/* "TIME HOST kernel: [    0.000000] text", as syslog daemons write it. */
static void mask_syslog(struct log *log, const struct xdc_line *line)
{
	static const char tag[] = "kernel: ";
	size_t host = time_size(line->text, line->size);
	size_t size = host ? word_size(line->text + host, line->size - host) : 0;
	size_t text = host + size + 1;
	bool kernel = size && text + sizeof(tag) - 1 <= line->size &&
		      memcmp(line->text + text, tag, sizeof(tag) - 1) == 0;

	if (size) {
		fwrite(line->text, 1, host, log->out);
		xdc_mask_put(log->masker, log->out, XDC_MASK_HOST, line->text + host, size);
		fputc(' ', log->out);
	}
	if (kernel) {
		fputs(tag, log->out);
		mask_message(log, line->text + text + sizeof(tag) - 1,
			     line->size - text - sizeof(tag) + 1);
	} else if (line->size) {
		text = size && text < line->size ? text : 0;
		leave_out(log, XDC_MASK_PROGRAM_TEXT, "a program", line->text + text,
			  line->size - text);
	}
}

const char *xdc_mask_log_file(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	struct log log = { .masker = masker, .out = out };
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		mask_syslog(&log, &line);
		xdc_line_end(&line, out);
	}
	return NULL;
}

static void account(struct log *log)
{
	if (!log->left_out)
		return;
	log->masker->counts[XDC_MASK_GUEST_TEXT]++;
	fprintf(log->out, "<%zu bytes that domains wrote are left out>\n", log->left_out);
	log->left_out = 0;
}

/* "[2026-11-24 18:36:01] ", which xenconsoled may put before a line (tools/console). */
static size_t stamp_size(const struct xdc_line *line)
{
	const char *close =
		line->size && line->text[0] == '[' ? memchr(line->text, ']', line->size) : NULL;
	size_t size = close ? (size_t)(close + 1 - line->text) : 0;

	if (!size || !is_of(line->text + 1, size - 2, " -:."))
		return 0;
	return size + (size < line->size && line->text[size] == ' ');
}

/*
 * The hypervisor's own lines begin with "(XEN)"; "(d1)" is a guest's console, a line without
 * either dom0's, and "(XEN) HVM1:" a guest's up to Xen 4.5.
 */
static bool is_hypervisors(const struct xdc_line *line)
{
	static const char own[] = "(XEN)", guest[] = "(XEN) HVM";
	size_t at = stamp_size(line);
	struct xdc_line rest = { .text = line->text + at, .size = line->size - at };

	return xdc_line_begins(&rest, own) &&
	       !(xdc_line_begins(&rest, guest) && rest.size >= sizeof(guest) &&
		 isdigit((unsigned char)rest.text[sizeof(guest) - 1]));
}

const char *xdc_mask_console(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	struct log log = { .masker = masker, .out = out };
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		if (!masker->guest_console && !is_hypervisors(&line)) {
			log.left_out += line.size + line.has_newline;
			continue;
		}
		account(&log);
		mask_message(&log, line.text, line.size);
		xdc_line_end(&line, out);
	}
	account(&log);
	return NULL;
}
