/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "bundle/mask.h"
#include "bundle/shapes.h"

void xdc_mask_put(struct xdc_masker *masker, FILE *out, enum xdc_mask kind, const char *text,
		  size_t size)
{
	const struct xdc_pseudonym *name = xdc_pseudonym_of(masker->names, kind, text, size);

	masker->counts[name->kind]++;
	fputs(name->text, out);
}

void xdc_mask_hide(struct xdc_masker *masker, FILE *out, enum xdc_mask kind)
{
	masker->counts[kind]++;
	fputs(XDC_MASKED, out);
}

void xdc_scan_flush(struct xdc_scan *scan, size_t at)
{
	if (at > scan->done)
		fwrite(scan->text + scan->done, 1, at - scan->done, scan->out);
	scan->done = at;
}

void xdc_scan_mask(struct xdc_scan *scan, enum xdc_mask kind, size_t start, size_t end)
{
	xdc_scan_flush(scan, start);
	xdc_mask_put(scan->masker, scan->out, kind, scan->text + start, end - start);
	scan->done = end;
}

static size_t interface_name(const char *text, size_t size)
{
	static const char *const prefixes[] = { "enx", "wlx", "wwx" };
	enum { PREFIX = 3, LENGTH = 15 };
	bool known = false;

	if (size < LENGTH || (size > LENGTH && isalnum((unsigned char)text[LENGTH])))
		return 0;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(prefixes); i++)
		known = known || memcmp(text, prefixes[i], PREFIX) == 0;
	for (size_t i = PREFIX; i < LENGTH; i++)
		known = known && isxdigit((unsigned char)text[i]);
	return known ? LENGTH : 0;
}

static bool begins_mail(const char *text, size_t at)
{
	return !at || (!isalnum((unsigned char)text[at - 1]) && !strchr("._+%-", text[at - 1]));
}

/* An interface that is called by its address (systemd.net-naming-scheme(7)) keeps what it is. */
static size_t take_interface(struct xdc_scan *scan, size_t at)
{
	size_t size = interface_name(scan->text + at, scan->size - at);

	if (size)
		xdc_scan_mask(scan, XDC_MASK_MAC, at + 3, at + size);
	return size ? at + size : 0;
}

/* What begins at @at, by its form; returns where it ends, 0: nothing that is masked. */
static size_t take_shape(struct xdc_scan *scan, size_t at)
{
	const char *text = scan->text + at;
	size_t left = scan->size - at;
	bool mail = begins_mail(scan->text, at);
	const struct {
		enum xdc_mask kind;
		size_t size;
	} shapes[] = {
		{ XDC_MASK_MAIL, mail ? xdc_shape_mail(scan->text, scan->size, at) : 0 },
		{ XDC_MASK_MAC, xdc_shape_mac(text, left) },
		{ XDC_MASK_UUID, xdc_shape_uuid(text, left) },
		{ XDC_MASK_IP, xdc_shape_ipv4(scan->text, scan->size, at) },
		{ XDC_MASK_IP, xdc_shape_ipv6(text, left) },
		{ XDC_MASK_SECRET, xdc_shape_token(text, left) },
		{ XDC_MASK_NAME, mail ? xdc_shape_domain_name(text, left) : 0 },
	};
	size_t end = take_interface(scan, at);

	for (size_t i = 0; !end && i < XDC_ARRAY_SIZE(shapes); i++) {
		if (!shapes[i].size)
			continue;
		end = at + shapes[i].size;
		xdc_scan_mask(scan, shapes[i].kind, at, end);
	}
	return end;
}

/* The next place at which anything can begin: an escape, "\x41", is no word. */
static size_t skip(const struct xdc_scan *scan, size_t at, size_t limit)
{
	enum { ESCAPE = 4 };

	if (at + ESCAPE <= limit && scan->text[at] == '\\' && scan->text[at + 1] == 'x')
		return at + ESCAPE;
	if (!isalnum((unsigned char)scan->text[at]))
		return at + 1;
	while (at < limit && isalnum((unsigned char)scan->text[at]))
		at++;
	return at;
}

static void emit_known(struct xdc_scan *scan, const struct xdc_match *match)
{
	const struct xdc_pseudonym *name = match->what;

	xdc_scan_flush(scan, match->start);
	scan->masker->counts[name->kind]++;
	fputs(name->text, scan->out);
	scan->done = match->end;
}

static bool may_begin(const struct xdc_scan *scan, size_t at)
{
	char c = scan->text[at];

	return (isalnum((unsigned char)c) && xdc_word_begins(scan->text, at)) ||
	       (c == ':' && !(at && isalnum((unsigned char)scan->text[at - 1])));
}

/* Matches in their order, those before @at are past. */
struct matches {
	const struct xdc_match *items;
	size_t count;
	size_t at;
};

/* The first match that begins at @at or later. */
static const struct xdc_match *next_match(struct matches *matches, size_t at)
{
	while (matches->at < matches->count && matches->items[matches->at].start < at)
		matches->at++;
	return matches->at < matches->count ? &matches->items[matches->at] : NULL;
}

static void scan_all(struct xdc_scan *scan, struct matches *signs, struct matches *known)
{
	size_t at = 0;

	while (at < scan->size) {
		const struct xdc_match *name = next_match(known, at);
		const struct xdc_match *sign = next_match(signs, at);
		size_t limit = scan->size, end = 0;

		if (sign && sign->start == at) {
			signs->at++;
			end = xdc_sign_take(scan, sign);
		}
		if (!end && name && name->start == at) {
			emit_known(scan, name);
			end = name->end;
		}
		if (!end && may_begin(scan, at))
			end = take_shape(scan, at);
		if (name && name->start > at && name->start < limit)
			limit = name->start;
		sign = next_match(signs, at + 1);
		if (sign && sign->start < limit)
			limit = sign->start;
		at = end ? end : skip(scan, at, limit);
	}
	xdc_scan_flush(scan, scan->size);
}

void xdc_mask_text(struct xdc_masker *masker, FILE *out, const char *text, size_t size)
{
	struct xdc_scan scan = { masker, out, text, size, 0 };
	xdc_autofree struct xdc_match *sign_items = NULL, *known_items = NULL;
	struct matches signs = { 0 }, known = { 0 };

	if (!size)
		return;
	signs.count = xdc_matcher_find(masker->signs, text, size, &sign_items);
	signs.items = sign_items;
	if (masker->known)
		known.count = xdc_matcher_find(masker->known, text, size, &known_items);
	known.items = known_items;
	scan_all(&scan, &signs, &known);
}
