/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <arpa/inet.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "bundle/matcher.h"
#include "bundle/shapes.h"

static bool is_alnum(char c)
{
	return isalnum((unsigned char)c);
}

static bool is_hex(char c)
{
	return isxdigit((unsigned char)c);
}

static bool is_digit(char c)
{
	return isdigit((unsigned char)c);
}

static bool ends_word(const char *text, size_t size, size_t at)
{
	return at == size || !is_alnum(text[at]);
}

/* "00:00:00:00:00:00", "fe:ff:ff:ff:ff:ff": of so few different digits none is anybody's. */
static bool is_nobodys(const char *text, size_t size)
{
	unsigned int seen = 0, count = 0;

	for (size_t i = 0; i < size; i++)
		if (is_hex(text[i]))
			seen |= 1U
				<< (is_digit(text[i]) ? text[i] - '0' : (text[i] | 32) - 'a' + 10);
	for (; seen; seen &= seen - 1)
		count++;
	return count < 3;
}

size_t xdc_shape_mac(const char *text, size_t size)
{
	enum { LONGEST = 20 };
	char separator = size > 2 ? text[2] : '\0';
	size_t at = 0, pairs = 0;

	if (separator != ':' && separator != '-')
		return 0;
	while (at + 2 <= size && is_hex(text[at]) && is_hex(text[at + 1])) {
		pairs++;
		at += 2;
		if (at + 3 > size || text[at] != separator || !is_hex(text[at + 1]) ||
		    !is_hex(text[at + 2]))
			break;
		at++;
	}
	/* What goes on behind the last pair is no pair; those before it are all the same. */
	if (!ends_word(text, size, at) && pairs) {
		pairs--;
		at -= 3;
	}
	/* Of more pairs than any address has, where it ends is not looked for again and again. */
	return pairs >= 6 && (pairs > LONGEST || !is_nobodys(text, at)) ? at : 0;
}

size_t xdc_shape_uuid(const char *text, size_t size)
{
	enum { LENGTH = 36 };

	if (size < LENGTH)
		return 0;
	for (size_t i = 0; i < LENGTH; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;

		if (dash ? text[i] != '-' : !is_hex(text[i]))
			return 0;
	}
	return ends_word(text, size, LENGTH) ? LENGTH : 0;
}

/* "1-" of "1-1.2.3.4": a bus and a port, with no letter before the dash. */
static bool is_usb_port(const char *text, size_t at)
{
	enum { DIGITS = 3 };
	size_t start;

	if (!at || text[at - 1] != '-')
		return false;
	start = at - 1;
	while (start && at - start <= DIGITS && is_digit(text[start - 1]))
		start--;
	return start < at - 1 &&
	       (!start || (!is_alnum(text[start - 1]) && !strchr("._-", text[start - 1])));
}

static bool is_version_word(const char *word, size_t size)
{
	static const char *const words[] = {
		"version", "ver",  "rev",      "revision", "firmware", "fw",  "release",
		"driver",  "bios", "revision", "nvm",	   "rom",      "api", "abi",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++)
		if (strlen(words[i]) == size && strncasecmp(words[i], word, size) == 0)
			return true;
	return false;
}

/* Whether the word before @at, and what separates it, announce a version. */
static bool follows_version(const char *text, size_t at)
{
	size_t end = at, start;

	while (end && strchr(" :=", text[end - 1]))
		end--;
	start = end;
	while (start && at - start < 32 && isalpha((unsigned char)text[start - 1]))
		start--;
	return is_version_word(text + start, end - start);
}

static bool is_private(const unsigned int *n)
{
	return n[0] == 10 || (n[0] == 172 && n[1] >= 16 && n[1] < 32) ||
	       (n[0] == 192 && n[1] == 168) || (n[0] == 169 && n[1] == 254) ||
	       (n[0] == 100 && n[1] >= 64 && n[1] < 128);
}

/* These say nothing of whom they belong to. */
static bool is_special(const unsigned int *n)
{
	return n[0] == 127 || (!n[0] && !n[1] && !n[2] && !n[3]) || (n[0] == 255 && n[1] == 255);
}

size_t xdc_shape_ipv4(const char *text, size_t size, size_t at)
{
	unsigned int numbers[4];
	size_t end = at;

	for (size_t i = 0; i < 4; i++) {
		size_t digits = 0;

		numbers[i] = 0;
		while (end < size && digits < 4 && is_digit(text[end])) {
			numbers[i] = numbers[i] * 10 + (unsigned int)(text[end++] - '0');
			digits++;
		}
		if (!digits || digits > 3 || numbers[i] > 255)
			return 0;
		if (i < 3 && (end == size || text[end++] != '.'))
			return 0;
	}
	if (!ends_word(text, size, end) || is_usb_port(text, at) || is_special(numbers))
		return 0;
	return is_private(numbers) || !follows_version(text, at) ? end - at : 0;
}

size_t xdc_shape_ipv6(const char *text, size_t size)
{
	char address[INET6_ADDRSTRLEN];
	unsigned char bytes[16];
	size_t length = 0, colons = 0, groups = 0;
	bool within = false;

	while (length < size && (is_hex(text[length]) || strchr(":.", text[length]))) {
		if (length + 1 == sizeof(address) || !text[length])
			return 0;
		colons += text[length] == ':';
		groups += is_hex(text[length]) && !within;
		within = is_hex(text[length]);
		address[length] = text[length];
		length++;
	}
	/* The end of a sentence. */
	while (length && strchr(".:", address[length - 1]) &&
	       !(length > 1 && address[length - 1] == ':' && address[length - 2] == ':'))
		length--;
	address[length] = '\0';
	if (colons < 2 || groups < 2 || !ends_word(text, size, length) ||
	    inet_pton(AF_INET6, address, bytes) != 1)
		return 0;
	return length;
}

static bool is_name_byte(char c)
{
	return is_alnum(c) || c == '.' || c == '-';
}

static size_t name_length(const char *text, size_t size, size_t most)
{
	size_t length = 0;

	while (length < size && length < most && is_name_byte(text[length]))
		length++;
	while (length && !is_alnum(text[length - 1]))
		length--;
	return length;
}

static const char *last_label(const char *name, size_t size, size_t *ret_size)
{
	size_t start = size;

	while (start && name[start - 1] != '.')
		start--;
	*ret_size = size - start;
	return start ? name + start : NULL;
}

static bool has_top_domain(const char *name, size_t size)
{
	static const char *const tops[] = {
		"com",	    "org",   "net",	"edu",	       "gov",  "de",   "ch",
		"fr",	    "nl",    "eu",	"uk",	       "cn",   "ru",   "pl",
		"cz",	    "jp",    "lan",	"corp",	       "home", "arpa", "intranet",
		"internal", "local", "example", "localdomain", "test",
	};
	size_t length;
	const char *label = last_label(name, size, &length);

	for (size_t i = 0; label && i < XDC_ARRAY_SIZE(tops); i++)
		if (strlen(tops[i]) == length && strncasecmp(tops[i], label, length) == 0)
			return true;
	return false;
}

static bool is_public_project(const char *name, size_t size)
{
	static const char *const projects[] = { "kernel.org", "debian.org",	 "xenproject.org",
						"xen.org",    "freedesktop.org", "ipxe.org" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(projects); i++) {
		size_t length = strlen(projects[i]);

		if (size >= length && strncasecmp(name + size - length, projects[i], length) == 0 &&
		    (size == length || name[size - length - 1] == '.'))
			return true;
	}
	return false;
}

/* "1000000.net" is a device; its first label is an address. */
static bool begins_with_address(const char *name)
{
	size_t length = 0;

	while (is_hex(name[length]))
		length++;
	return length && is_digit(name[0]) && name[length] == '.';
}

size_t xdc_shape_domain_name(const char *text, size_t size)
{
	size_t length = name_length(text, size, 254);

	if (length < 4 || !memchr(text, '.', length) || !has_top_domain(text, length) ||
	    begins_with_address(text) || is_public_project(text, length))
		return 0;
	return length;
}

/* With any last label of letters: "getty@tty1.service" is a unit of systemd. */
static bool is_domain_name(const char *name, size_t size)
{
	static const char *const units[] = { "service", "slice", "scope",  "socket", "timer",
					     "target",	"mount", "device", "path",   "swap" };
	size_t length;
	const char *label = last_label(name, size, &length);

	if (!label || length < 2)
		return false;
	for (size_t i = 0; i < length; i++)
		if (!isalpha((unsigned char)label[i]))
			return false;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(units); i++)
		if (strlen(units[i]) == length && memcmp(units[i], label, length) == 0)
			return false;
	return true;
}

/* "pcie@10000000", "cpu@a,1". */
static bool is_unit_address(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!is_hex(text[i]) && text[i] != '.')
			return false;
	return true;
}

size_t xdc_shape_mail(const char *text, size_t size, size_t at)
{
	const char *name = text + at;
	size_t left = size - at, user = 0, host;

	while (user < left && user < 64 &&
	       (is_name_byte(name[user]) || strchr("_+%", name[user])) && name[user])
		user++;
	if (!user || user == left || name[user] != '@')
		return 0;
	host = name_length(name + user + 1, left - user - 1, 254);
	if (!host || is_public_project(name + user + 1, host))
		return 0;
	if (xdc_shape_ipv4(text, size, at + user + 1) || is_domain_name(name + user + 1, host))
		return user + 1 + host;
	/* Who built a kernel, and where: "(root@build)". */
	if (at && text[at - 1] == '(' && user + 1 + host < left && name[user + 1 + host] == ')' &&
	    !is_unit_address(name + user + 1, host))
		return user + 1 + host;
	return 0;
}

/* As many tell: more would cost a long run of many words its square. */
enum { MEASURED = 128 };

/* What a run of letters and digits is made of. */
struct run {
	size_t size;
	size_t digits;
	size_t upper;
	size_t lower;
	size_t changes; /* from one of the three to another */
	bool hex;	/* nothing but hexadecimal digits, after "0x" or not */
};

static struct run measure(const char *text, size_t size, const char *more)
{
	struct run run = { .hex = true };
	int before = 0;

	for (; run.size < size && run.size < MEASURED && text[run.size]; run.size++) {
		unsigned char c = (unsigned char)text[run.size];
		int now = isdigit(c) ? 1 : isupper(c) ? 2 : islower(c) ? 3 : 0;

		if (!now && !strchr(more, c))
			break;
		run.digits += now == 1;
		run.upper += now == 2;
		run.lower += now == 3;
		run.changes += before && now && before != now;
		run.hex = run.hex && (isxdigit(c) || (run.size == 1 && (c | 32) == 'x'));
		before = now ? now : before;
	}
	return run;
}

/*
 * Random letters of both cases and digits change from one of the three to another with every
 * second character, words that are written together with every third at most, and these have
 * few capitals. Words that are joined by dashes and the like (@joined) have more of all.
 */
static bool looks_random(const struct run *run, bool joined)
{
	size_t kinds = (size_t) !!run->digits + !!run->upper + !!run->lower;

	if (run->hex)
		return true;
	if (kinds == 3)
		return run->changes * 20 >= run->size * (joined ? 8 : 5);
	if (kinds == 2 && run->digits)
		return run->digits >= 3 && run->changes * 4 >= run->size;
	return kinds == 2 && !joined && run->changes * 4 >= run->size &&
	       (run->changes * 20 >= run->size * 9 ||
		(run->upper * 3 >= run->size && run->lower * 3 >= run->size));
}

/* To the end of the run that was measured. */
static size_t extend(const char *text, size_t size, size_t at, const char *more)
{
	while (at < size && text[at] && (is_alnum(text[at]) || strchr(more, text[at])))
		at++;
	return at;
}

size_t xdc_shape_token(const char *text, size_t size)
{
	enum { SHORTEST = 20 };
	static const char base64[] = "+/=_-";
	struct run narrow = measure(text, size, ""), wide = measure(text, size, base64);

	if (wide.size >= SHORTEST && wide.digits && wide.upper && wide.lower &&
	    looks_random(&wide, true))
		return extend(text, size, wide.size, base64);
	if (narrow.size >= SHORTEST && looks_random(&narrow, false))
		return extend(text, size, narrow.size, "=");
	return 0;
}
