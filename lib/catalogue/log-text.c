/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <string.h>

#include "catalogue/catalogue.h"
#include "catalogue/log-text.h"

/* Behind "[" of a control sequence: ECMA-48, 5.4. */
static size_t skip_csi(const char *text, size_t at, size_t size)
{
	while (at < size && (unsigned char)text[at] >= 0x20 && (unsigned char)text[at] < 0x40)
		at++;
	return at < size && text[at] != '\n' ? at + 1 : at;
}

/* Behind the escape sequence at @at; never over a newline. */
static size_t skip_escape(const char *text, size_t at, size_t size)
{
	if (++at >= size || text[at] == '\n')
		return at;
	if (text[at] == '[')
		return skip_csi(text, at + 1, size);
	if (text[at] != ']')
		return at + 1;
	/* A title for the window, up to BEL or another escape. */
	while (at < size && text[at] != '\a' && text[at] != '\033' && text[at] != '\n')
		at++;
	return at < size && text[at] == '\a' ? at + 1 : at;
}

static bool starts(const char *text, size_t at, size_t size, const char *with)
{
	size_t length = strlen(with);

	return size - at >= length && memcmp(text + at, with, length) == 0;
}

/* What stands in text from web pages and word processors for plain characters. */
static size_t plain(const char *text, size_t at, size_t size, char *ret)
{
	static const struct {
		const char *from;
		char to;
	} characters[] = {
		{ "\xc2\xa0", ' ' },	 { "\xe2\x80\x98", '\'' }, { "\xe2\x80\x99", '\'' },
		{ "\xe2\x80\x9c", '"' }, { "\xe2\x80\x9d", '"' },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(characters); i++) {
		if (starts(text, at, size, characters[i].from)) {
			*ret = characters[i].to;
			return strlen(characters[i].from);
		}
	}
	return 0;
}

static bool is_clean(const char *text, size_t size)
{
	return !memchr(text, '\r', size) && !memchr(text, '\033', size) &&
	       !memchr(text, '\0', size) && !memchr(text, 0xc2, size) &&
	       !memchr(text, 0xe2, size) && !memmem(text, size, "#033[", 5);
}

size_t xdc_log_clean(char *text, size_t size)
{
	size_t to = 0;

	if (is_clean(text, size))
		return size;
	for (size_t at = 0; at < size;) {
		char c = text[at];
		size_t length = (unsigned char)c >= 0xc2 ? plain(text, at, size, &c) : 0;

		if (length) {
			text[to++] = c;
			at += length;
		} else if (c == '\033') {
			at = skip_escape(text, at, size);
		} else if (starts(text, at, size, "#033[")) {
			at = skip_csi(text, at + strlen("#033["), size);
		} else {
			if (c != '\r' && c != '\0')
				text[to++] = c;
			at++;
		}
	}
	return to;
}

size_t xdc_log_skip_quotes(const char *line, size_t size)
{
	size_t at = 0;

	while (at < size &&
	       (line[at] == ' ' || line[at] == '\t' || line[at] == '>' || line[at] == '|'))
		at++;
	return at;
}

bool xdc_log_month(const char *line, size_t size, unsigned int *ret)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";

	if (size < 4 || line[3] != ' ')
		return false;
	for (unsigned int i = 0; i < 12; i++) {
		if (memcmp(line, months + 3 * i, 3) == 0) {
			*ret = i + 1;
			return true;
		}
	}
	return false;
}

static size_t count_digits(const char *line, size_t at, size_t size)
{
	size_t digits = 0;

	while (at + digits < size && isdigit((unsigned char)line[at + digits]))
		digits++;
	return digits;
}

static char character(const char *line, size_t at, size_t size)
{
	return at < size ? line[at] : '\0';
}

/* "2024-05-13", or "6,1234,567,-;" of /dev/kmsg: not any number that a break has put first. */
static bool begins_with_number(const char *line, size_t at, size_t size)
{
	size_t digits = count_digits(line, at, size);

	return (digits == 4 && character(line, at + digits, size) == '-') ||
	       (digits && character(line, at + digits, size) == ',' &&
		isdigit((unsigned char)character(line, at + digits + 1, size)));
}

/* "[   12.345678]", "[2024-05-13 ...", "[00:05.0]" of QEMU. */
static bool begins_with_stamp(const char *line, size_t at, size_t size)
{
	size_t digits;

	for (at++; character(line, at, size) == ' '; at++)
		;
	digits = count_digits(line, at, size);
	if (!digits)
		return false;
	at += digits;
	return character(line, at, size) == '.' ||
	       (digits == 4 && character(line, at, size) == '-') ||
	       (digits == 2 && character(line, at, size) == ':');
}

bool xdc_log_begins_message(const char *line, size_t size)
{
	static const char *const words[] = {
		"libxl",	  "xc:",  "xl:",      "xencall",   "xenguest",
		"domainbuilder",  "Xen ", "xen:",     "xenstored", "FATAL:",
		"Parsing config", "qemu", "MESSAGE=", "libvirt",
	};
	size_t at = xdc_log_skip_quotes(line, size);
	unsigned int month;

	if (at == size)
		return true; /* an empty line ends whatever was before */
	if (line[at] == '[')
		return begins_with_stamp(line, at, size);
	if (isdigit((unsigned char)line[at]))
		return begins_with_number(line, at, size);
	if (line[at] == '(')
		return starts(line, at, size, "(XEN)") || starts(line, at, size, "(d");
	if (line[at] == '<' || xdc_log_month(line + at, size - at, &month))
		return true;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++)
		if (starts(line, at, size, words[i]))
			return true;
	return false;
}

/* Where @word stands in the beginning of the line; NULL: it does not. */
static const char *find_early(const char *line, size_t size, const char *word)
{
	enum { EARLY = 120 };

	return memmem(line, size < EARLY ? size : EARLY, word, strlen(word));
}

/* "[  123.456789] " and "<6>[...": what dmesg prints; "6,1234,123456,-;": /dev/kmsg. */
static bool is_kernel_stamp(const char *line, size_t size)
{
	size_t at = 0, digits;

	if (at < size && line[at] == '<')
		while (at < size && line[at++] != '>')
			;
	if (at >= size)
		return false;
	if (line[at] == '[') {
		for (at++; at < size && line[at] == ' '; at++)
			;
		for (digits = 0; at < size && isdigit((unsigned char)line[at]); at++)
			digits++;
		return digits && at < size && line[at] == '.';
	}
	return isdigit((unsigned char)line[at]) && find_early(line, size, ",-;");
}

/* "(d12) ": what a guest wrote, behind Xen's prefix or that of a log daemon. */
static bool is_guest(const char *line, size_t size)
{
	const char *xen = find_early(line, size, "(XEN) ");
	const char *guest = find_early(line, size, "(d");
	size_t at, digits;

	if (!guest || (guest > line && guest[-1] != ' ') ||
	    (xen && xen < guest && guest != xen + strlen("(XEN) ")))
		return false;
	at = (size_t)(guest - line) + strlen("(d");
	digits = count_digits(line, at, size);
	return digits && character(line, at + digits, size) == ')';
}

unsigned int xdc_log_kind(const char *line, size_t size)
{
	size_t at = xdc_log_skip_quotes(line, size);

	line += at;
	size -= at;
	if (is_guest(line, size))
		return XDC_LOG_GUEST;
	if (find_early(line, size, "(XEN) DOM0:"))
		return XDC_LOG_KERNEL;
	if (find_early(line, size, "(XEN)"))
		return XDC_LOG_HYPERVISOR;
	if (find_early(line, size, "libxl: ") || starts(line, 0, size, "xc: ") ||
	    starts(line, 0, size, "xencall") || starts(line, 0, size, "domainbuilder") ||
	    starts(line, 0, size, "xl: "))
		return XDC_LOG_LIBXL;
	if (is_kernel_stamp(line, size) || find_early(line, size, " kernel: "))
		return XDC_LOG_KERNEL;
	return XDC_LOG_ANY;
}

static long number_behind(const char *line, size_t size, const char *word)
{
	const char *at = memmem(line, size, word, strlen(word));
	long value = 0;
	size_t digits = 0;

	if (!at)
		return -1;
	for (at += strlen(word); at < line + size && isdigit((unsigned char)*at) && digits < 5;
	     at++) {
		value = value * 10 + (*at - '0');
		digits++;
	}
	return digits ? value : -1;
}

long xdc_log_domid(const char *line, size_t size)
{
	/* libxl's prefix first: what stands behind it may name another domain. */
	static const char *const words[] = { ":Domain ", ": Domain ", "domid=", "domid ",
					     "Domain ",	 "domain ",   "(d",	":d",
					     "to dom",	 "for Dom",   ": Dom" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++) {
		long domid = number_behind(line, size, words[i]);

		if (domid >= 0)
			return domid;
	}
	return -1;
}
