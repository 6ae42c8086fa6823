/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words that announce what follows them: a secret, a serial number, somebody's home, a command
 * line. Behind the word for a secret the rest of the line goes, as where it ends is anyone's
 * guess; evidence about DMA is in no such line.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/mask.h"
#include "bundle/shapes.h"

typedef size_t take_fn(struct xdc_scan *scan, size_t start, size_t end);

struct sign {
	const char *text;
	unsigned int flags;
	take_fn *take;
};

static char at(const struct xdc_scan *scan, size_t place)
{
	return place < scan->size ? scan->text[place] : '\0';
}

static size_t line_end(const struct xdc_scan *scan, size_t place)
{
	const char *newline = memchr(scan->text + place, '\n', scan->size - place);

	return newline ? (size_t)(newline - scan->text) : scan->size;
}

static size_t skip_any(const struct xdc_scan *scan, size_t place, const char *of)
{
	while (place < scan->size && scan->text[place] && strchr(of, scan->text[place]))
		place++;
	return place;
}

/* To the end of a word as people write values: blanks, quotes, brackets and commas end it. */
static size_t value_end(const struct xdc_scan *scan, size_t place)
{
	while (place < scan->size && !strchr(" \t\r\n\"'<>(),;", at(scan, place)))
		place++;
	return place;
}

/* What is longer than a word is its value already. */
static size_t word_end(const struct xdc_scan *scan, size_t place)
{
	enum { LONGEST = 64 };
	size_t limit = place + LONGEST;

	while (place < limit && (isalnum((unsigned char)at(scan, place)) || at(scan, place) == '_'))
		place++;
	return place;
}

/* Remembers the first word of a secret, so that it is found elsewhere; hides all of it. */
static size_t hide_line(struct xdc_scan *scan, size_t value, bool remember)
{
	size_t end = line_end(scan, value), start = skip_any(scan, value, "\"'<(");
	size_t word = value_end(scan, start);

	if (value == end)
		return 0;
	xdc_scan_flush(scan, value);
	if (remember && word > start)
		xdc_pseudonym_of(scan->masker->names, XDC_MASK_SECRET, scan->text + start,
				 word - start);
	xdc_mask_hide(scan->masker, scan->out, XDC_MASK_SECRET);
	scan->done = end;
	return end;
}

/* "password hunter2", "passwd=hunter2", "PGPASSWORD: ...". */
static size_t take_secret(struct xdc_scan *scan, size_t start, size_t end)
{
	size_t value = skip_any(scan, word_end(scan, end), " \t\"'");
	bool separated = at(scan, value) == '=' || at(scan, value) == ':';

	(void)start;
	return hide_line(scan, skip_any(scan, value, "=: \t"), separated);
}

/* "key=...", "token: ...": without the separator these words mean many things. */
static size_t take_separated(struct xdc_scan *scan, size_t start, size_t end)
{
	size_t value = skip_any(scan, end, " \t\"'");

	if (at(scan, value) != '=' && at(scan, value) != ':')
		return 0;
	return take_secret(scan, start, end);
}

/* "Bearer ...", "X.509 cert '...": whatever follows. */
static size_t take_rest(struct xdc_scan *scan, size_t start, size_t end)
{
	(void)start;
	return hide_line(scan, skip_any(scan, end, ":= \t"), true);
}

/* All of a key: to the line that ends it, or all there is. */
static size_t take_private_key(struct xdc_scan *scan, size_t start, size_t end)
{
	static const char last[] = "-----END";
	const char *found = memmem(scan->text + end, scan->size - end, last, sizeof(last) - 1);
	size_t stop = found ? line_end(scan, (size_t)(found - scan->text)) : scan->size;

	xdc_scan_flush(scan, start);
	xdc_mask_hide(scan->masker, scan->out, XDC_MASK_SECRET);
	scan->done = stop;
	return stop;
}

/* "usb 1-1: SerialNumber: 4C53"; "SerialNumber=3" is an index, "0000:00:14.0" a device. */
static size_t take_serial(struct xdc_scan *scan, size_t start, size_t end)
{
	enum { SHORTEST = 3 };
	size_t value = skip_any(scan, end, " :=#\"'"), stop = value;

	(void)start;
	while (stop < scan->size && !strchr(" \t\r\n\"'<>(),;:", at(scan, stop)))
		stop++;
	if (value == end || stop < value + SHORTEST || at(scan, stop) == ':')
		return 0;
	xdc_scan_mask(scan, XDC_MASK_SERIAL, value, stop);
	return stop;
}

/* "eui.0025385b91b0c3a1", "sas_addr 0x5000c500": numbers that the maker gave once. */
static size_t take_wide_number(struct xdc_scan *scan, size_t start, size_t end)
{
	enum { FEWEST = 8 };
	size_t value = skip_any(scan, end, " :=.-"), stop;

	(void)start;
	if (at(scan, value) == '0' && (at(scan, value + 1) | 32) == 'x')
		value += 2;
	stop = value;
	while (isxdigit((unsigned char)at(scan, stop)))
		stop++;
	if (stop - value < FEWEST)
		return 0;
	xdc_scan_mask(scan, XDC_MASK_SERIAL, value, stop);
	return stop;
}

/* "build-id: d5b61c20...": of a program that all have, and no secret though it looks like one. */
static size_t take_build_id(struct xdc_scan *scan, size_t start, size_t end)
{
	enum { SHA1_DIGITS = 40 };
	size_t value = skip_any(scan, end, " "), stop = value;

	(void)start;
	while (isxdigit((unsigned char)at(scan, stop)))
		stop++;
	return stop - value == SHA1_DIGITS && !isalnum((unsigned char)at(scan, stop)) ? stop : 0;
}

/* "git:c42374a105...": so much of it as names the revision. */
static size_t take_revision(struct xdc_scan *scan, size_t start, size_t end)
{
	enum { ENOUGH = 12 };
	size_t stop = end;

	(void)start;
	while (isxdigit((unsigned char)at(scan, stop)))
		stop++;
	if (stop <= end + ENOUGH)
		return 0;
	xdc_scan_flush(scan, end + ENOUGH);
	scan->done = stop;
	return stop;
}

/* "/home/alice/notes": the user, and what is below as one. */
static size_t take_home(struct xdc_scan *scan, size_t start, size_t end)
{
	size_t name = end, below;

	(void)start;
	while (name < scan->size && !strchr("/ \t\n\"'<>(),;:=", at(scan, name)))
		name++;
	if (name == end)
		return 0;
	below = name;
	while (below < scan->size && !strchr(" \t\n\"'<>(),;:", at(scan, below)))
		below++;
	xdc_scan_mask(scan, XDC_MASK_USER, end, name);
	if (at(scan, name) != '/' || below <= name + 1)
		return name;
	xdc_scan_flush(scan, name + 1);
	xdc_scan_mask(scan, XDC_MASK_PATH, name + 1, below);
	return below;
}

/* "Set hostname to <alpha>." */
static size_t take_host(struct xdc_scan *scan, size_t start, size_t end)
{
	size_t value = skip_any(scan, end, " :=<\"'"), stop = value;

	(void)start;
	while (isalnum((unsigned char)at(scan, stop)) ||
	       (at(scan, stop) && strchr("-._", at(scan, stop))))
		stop++;
	while (stop > value && at(scan, stop - 1) == '.')
		stop--;
	if (value == end || stop == value)
		return 0;
	xdc_scan_mask(scan, XDC_MASK_HOST, value, stop);
	return stop;
}

/* Between quotes, as "Unknown kernel command line parameters" has them, or to the line's end. */
static size_t take_command_line(struct xdc_scan *scan, size_t start, size_t end)
{
	size_t value = skip_any(scan, end, " \t"), stop = line_end(scan, value);
	bool quoted = at(scan, value) == '"';
	const char *last;

	(void)start;
	if (quoted) {
		last = memrchr(scan->text + value + 1, '"', stop - value - 1);
		value++;
		stop = last ? (size_t)(last - scan->text) : stop;
	}
	xdc_scan_flush(scan, value);
	xdc_mask_command_line(scan->masker, scan->out, scan->text + value, stop - value);
	scan->done = stop;
	return stop > end ? stop : 0;
}

/* "(XEN) CMDLINE[0000000049000000]:chosen console=hvc0" (xen/common/device-tree/bootinfo). */
static size_t take_module(struct xdc_scan *scan, size_t start, size_t end)
{
	enum { ADDRESS = 24 };
	size_t left = scan->size - end;
	const char *colon = memchr(scan->text + end, ':', left < ADDRESS ? left : ADDRESS);

	return colon ? take_command_line(scan, start, (size_t)(colon + 1 - scan->text)) : 0;
}

static const struct sign signs[] = {
	{ "passw", 0, take_secret },
	{ "passphrase", 0, take_secret },
	{ "passcode", 0, take_secret },
	{ "vnc-pass", 0, take_secret },
	{ "secret", XDC_MATCH_WORD, take_secret },
	{ "credential", XDC_MATCH_BEGIN, take_secret },
	{ "authorization", XDC_MATCH_WORD, take_rest },
	{ "bearer", XDC_MATCH_WORD, take_rest },
	{ "psk", XDC_MATCH_WORD, take_secret },
	{ "token", XDC_MATCH_END, take_separated },
	{ "key", XDC_MATCH_END, take_separated },
	{ "ssid", XDC_MATCH_END, take_separated },
	{ "cookie", XDC_MATCH_END, take_separated },
	{ "auth", XDC_MATCH_WORD, take_separated },
	{ "x.509 cert", XDC_MATCH_WORD, take_rest },
	{ "-----begin", 0, take_private_key },
	{ "private key", 0, take_private_key },
	{ "serialnumber", XDC_MATCH_WORD, take_serial },
	{ "serial number", XDC_MATCH_WORD, take_serial },
	{ "serial-number", XDC_MATCH_WORD, take_serial },
	{ "serial_number", XDC_MATCH_WORD, take_serial },
	{ "serialno", XDC_MATCH_WORD, take_serial },
	{ "serial=", XDC_MATCH_BEGIN, take_serial },
	{ "s/n", XDC_MATCH_WORD, take_serial },
	{ "asset tag", XDC_MATCH_WORD, take_serial },
	{ "wwn", XDC_MATCH_WORD, take_wide_number },
	{ "wwid", XDC_MATCH_WORD, take_wide_number },
	{ "wwpn", XDC_MATCH_WORD, take_wide_number },
	{ "wwnn", XDC_MATCH_WORD, take_wide_number },
	{ "naa", XDC_MATCH_WORD, take_wide_number },
	{ "eui", XDC_MATCH_WORD, take_wide_number },
	{ "eui64", XDC_MATCH_WORD, take_wide_number },
	{ "nguid", XDC_MATCH_WORD, take_wide_number },
	{ "sas_addr", XDC_MATCH_WORD, take_wide_number },
	{ "sas_address", XDC_MATCH_WORD, take_wide_number },
	{ "sas address", XDC_MATCH_WORD, take_wide_number },
	{ "git:", XDC_MATCH_BEGIN, take_revision },
	{ "(xen) build-id:", 0, take_build_id },
	{ "/home/", 0, take_home },
	{ "/users/", 0, take_home },
	{ "hostname to", XDC_MATCH_WORD, take_host },
	{ "hostname set to", XDC_MATCH_WORD, take_host },
	{ "hostname=", XDC_MATCH_BEGIN, take_host },
	{ "hostname:", XDC_MATCH_BEGIN, take_host },
	{ "nodename=", XDC_MATCH_BEGIN, take_host },
	{ "command line:", XDC_MATCH_BEGIN, take_command_line },
	{ "command line parameters", XDC_MATCH_WORD, take_command_line },
	{ "cmdline:", XDC_MATCH_BEGIN, take_command_line },
	{ "cmdline[", XDC_MATCH_BEGIN, take_module },
};

struct xdc_matcher *xdc_signs_matcher(void)
{
	struct xdc_matcher *matcher = xdc_matcher_new();

	for (size_t i = 0; i < XDC_ARRAY_SIZE(signs); i++)
		xdc_matcher_add(matcher, signs[i].text, strlen(signs[i].text), signs[i].flags,
				&signs[i]);
	xdc_matcher_build(matcher);
	return matcher;
}

size_t xdc_sign_take(struct xdc_scan *scan, const struct xdc_match *match)
{
	const struct sign *sign = match->what;

	return sign->take(scan, match->start, match->end);
}
