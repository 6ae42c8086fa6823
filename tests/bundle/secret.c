/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "secret.h"

static uint32_t next(uint32_t *state)
{
	*state = *state * 1664525U + 1013904223U;
	return *state >> 8;
}

static void fill(char *text, size_t size, const char *of, uint32_t *state)
{
	for (size_t i = 0; i < size; i++)
		text[i] = of[next(state) % strlen(of)];
	text[size] = '\0';
}

static void make(struct secret *secret, enum secret_kind kind, uint32_t *state)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz", hex[] = "0123456789abcdef";
	static const char all[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
	char *text = secret->text;

	secret->kind = kind;
	switch (kind) {
	case SECRET_VNC:
	case SECRET_PASSWORD:
		fill(text, 8, all, state);
		break;
	case SECRET_TOKEN:
		fill(text, 40, all, state);
		break;
	case SECRET_HEX_KEY:
		fill(text, 32, hex, state);
		break;
	case SECRET_HOST:
		fill(text, 7, letters, state);
		text[0] = (char)(text[0] - 'a' + 'A');
		break;
	case SECRET_DOMAIN:
		fill(text, 9, letters, state);
		memcpy(text + 3, "-9", 2);
		break;
	case SECRET_USER:
		fill(text, 6, letters, state);
		break;
	case SECRET_MAC:
		snprintf(text, sizeof(secret->text), "52:54:%02x:%02x:%02x:%02x", next(state) & 255,
			 next(state) & 255, next(state) & 255, next(state) & 255);
		break;
	case SECRET_IP:
		snprintf(text, sizeof(secret->text), "%u.%u.%u.%u", 11 + next(state) % 80,
			 next(state) % 256, next(state) % 256, 1 + next(state) % 254);
		break;
	case SECRET_UUID:
		fill(text, 36, hex, state);
		text[8] = text[13] = text[18] = text[23] = '-';
		break;
	default:
		fill(text, 14, "ABCDEFGHJKLMNPRSTUVWXYZ0123456789", state);
		memcpy(text, "S4X", 3);
	}
}

void secret_make(struct secret *secrets, size_t count, uint32_t seed)
{
	for (size_t i = 0; i < count; i++)
		make(&secrets[i], (enum secret_kind)(i % SECRET_KINDS), &seed);
}

static size_t hex(const char *text, size_t size, bool upper, size_t group, char *buffer,
		  size_t room)
{
	size_t length = 0;

	for (size_t i = 0; i < size; i++) {
		if (group && i % group == 0)
			length += (size_t)snprintf(buffer + length, room - length, "%s0x",
						   i ? " " : "");
		length += (size_t)snprintf(buffer + length, room - length, upper ? "%02X" : "%02x",
					   (unsigned char)text[i]);
	}
	return length;
}

static size_t base64(const char *text, size_t size, char *buffer)
{
	static const char alphabet[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	size_t length = 0;

	for (size_t i = 0; i < size; i += 3) {
		unsigned int bits = 0;

		for (size_t n = 0; n < 3; n++)
			bits = bits << 8 | (i + n < size ? (unsigned char)text[i + n] : 0);
		for (size_t n = 0; n < 4; n++)
			buffer[length++] = i + n > size ? '=' : alphabet[bits >> (18 - 6 * n) & 63];
	}
	buffer[length] = '\0';
	return length;
}

size_t secret_form(const struct secret *secret, enum secret_form form, char *buffer, size_t room)
{
	size_t size = strlen(secret->text);
	char padded[sizeof(secret->text) + 4] = "";

	strcpy(padded, secret->text);
	switch (form) {
	case FORM_PLAIN:
		return (size_t)snprintf(buffer, room, "%s", secret->text);
	case FORM_BASE64:
		return base64(secret->text, size, buffer);
	case FORM_HEX:
		return hex(secret->text, size, false, 0, buffer, room);
	case FORM_UPPER_HEX:
		return hex(secret->text, size, true, 0, buffer, room);
	case FORM_CELLS:
		return hex(padded, (size + 3) / 4 * 4, false, 4, buffer, room);
	default:
		memset(buffer, 0, 2 * size + 1);
		for (size_t i = 0; i < size; i++)
			buffer[2 * i + (form == FORM_UTF16_BIG)] = secret->text[i];
		return 2 * size;
	}
}

char *secret_fold(const char *data, size_t size)
{
	char *folded = xdc_zalloc(size + 1);

	for (size_t i = 0; i < size; i++)
		folded[i] = (char)tolower((unsigned char)data[i]);
	return folded;
}

int secret_find(const struct secret *secret, const char *data, const char *folded, size_t size)
{
	for (int form = 0; form < FORMS; form++) {
		char part[256];
		size_t length = secret_form(secret, (enum secret_form)form, part, sizeof(part));

		/* The padding of base64 is nobody's secret. */
		while (form == FORM_BASE64 && part[length - 1] == '=')
			length--;
		for (size_t i = 0; form != FORM_BASE64 && i < length; i++)
			part[i] = (char)tolower((unsigned char)part[i]);
		if (memmem(form == FORM_BASE64 ? data : folded, size, part, length))
			return form;
	}
	return -1;
}
