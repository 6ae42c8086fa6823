/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/guest.h"

enum { ITEMS_MAX = 1024 };

struct reader {
	struct xdc_arena *arena;
	const struct xdc_evidence *evidence;
	struct xdc_guest *guest;
};

static const struct xdc_record *find(const struct reader *reader, const char *what)
{
	return xdc_evidence_find(reader->evidence, xdc_arena_printf(reader->arena, "guest:%zu%s",
								    reader->guest->index, what));
}

static const char *escaped(const struct reader *reader, const char *text)
{
	return xdc_text_escaped(reader->arena, text, strlen(text));
}

/* "name=value" in @line, taken apart; the value unescaped. False for anything else. */
static bool split(char *line, const char **ret_name, char **ret_value)
{
	char *equals = strchr(line, '=');

	if (!equals || xdc_text_unescape(equals + 1, NULL) < 0)
		return false;
	*equals = '\0';
	*ret_name = line;
	*ret_value = equals + 1;
	return true;
}

static struct xdc_setting *setting_of(struct xdc_guest *guest, const char *name)
{
	for (size_t i = 0; i < guest->n_settings; i++)
		if (strcmp(guest->settings[i].name, name) == 0)
			return &guest->settings[i];
	return NULL;
}

/* "memory=12+": at line 12, behind "+=". A later "=" makes an earlier value be lost. */
static void read_assignment(struct reader *reader, size_t room, const char *name, const char *value)
{
	struct xdc_guest *guest = reader->guest;
	struct xdc_setting *setting = setting_of(guest, name);
	unsigned long line = strtoul(value, NULL, 10);

	if (line > INT_MAX)
		return;
	if (!setting && guest->n_settings == room)
		return;
	if (!setting) {
		setting = &guest->settings[guest->n_settings++];
		setting->name = name;
	} else if (!strchr(value, '+')) {
		setting->first_line = setting->line;
	}
	setting->line = (unsigned int)line;
}

static size_t count_lines(const char *text)
{
	size_t count = 1;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

static void read_settings(struct reader *reader, const struct xdc_record *record)
{
	char *cursor = xdc_arena_strdup(reader->arena, record->data), *line, *value;
	size_t room = count_lines(record->data);
	const char *name;

	reader->guest->settings =
		xdc_arena_alloc(reader->arena, room * sizeof(*reader->guest->settings));
	while ((line = xdc_text_next_line(&cursor)))
		if (split(line, &name, &value))
			read_assignment(reader, room, name, value);
}

/* "disk[3]" in @name: cuts it there; -1 for "disk[]", -2 where there is no index. */
static long take_index(char *name)
{
	char *bracket = strchr(name, '[');
	uint64_t index;
	size_t length;

	if (!bracket)
		return -2;
	*bracket++ = '\0';
	length = strlen(bracket);
	if (length && bracket[length - 1] == ']')
		bracket[length - 1] = '\0';
	if (!*bracket)
		return -1;
	if (xdc_number_parse(bracket, 10, &index) < 0 || index >= ITEMS_MAX)
		return -2;
	return (long)index;
}

static void read_list_value(struct reader *reader, struct xdc_setting *setting, long index,
			    const char *value)
{
	uint64_t count;

	if (index >= 0) {
		if ((size_t)index < setting->n_items)
			setting->items[index] = value;
		return;
	}
	if (setting->list || xdc_number_parse(value, 10, &count) < 0)
		return;
	reader->guest->incomplete = reader->guest->incomplete || count > ITEMS_MAX;
	setting->list = true;
	setting->n_items = count > ITEMS_MAX ? ITEMS_MAX : (size_t)count;
	setting->items =
		xdc_arena_alloc(reader->arena, (setting->n_items + 1) * sizeof(*setting->items));
}

/* No number in a configuration is larger and means anything; sums of these do not overflow. */
static long long bounded(long long number)
{
	const long long most = 1LL << 40;

	return number > most ? most : number < -most ? -most : number;
}

static void read_value(struct reader *reader, char *name, const char *value)
{
	char *hash = strchr(name, '#');
	long index = take_index(name);
	struct xdc_setting *setting;

	if (hash)
		*hash = '\0';
	setting = setting_of(reader->guest, name);
	if (!setting)
		return;
	if (hash) {
		setting->has_number = true;
		setting->number = bounded(strtoll(value, NULL, 10));
	} else if (index == -2) {
		setting->text = value;
	} else {
		read_list_value(reader, setting, index, value);
	}
}

static void read_values(struct reader *reader, const struct xdc_record *record)
{
	char *cursor = xdc_arena_strdup(reader->arena, record->data), *line, *value;
	const char *name;

	while ((line = xdc_text_next_line(&cursor)))
		if (split(line, &name, &value))
			read_value(reader, line, value);
}

const struct xdc_setting *xdc_guest_setting(const struct xdc_guest *guest, const char *name)
{
	return setting_of((struct xdc_guest *)guest, name);
}

const char *xdc_guest_text(const struct xdc_guest *guest, const char *name)
{
	const struct xdc_setting *setting = xdc_guest_setting(guest, name);

	return setting ? setting->text : NULL;
}

long long xdc_guest_number(const struct xdc_guest *guest, const char *name, long long otherwise)
{
	const struct xdc_setting *setting = xdc_guest_setting(guest, name);

	return setting && setting->has_number ? setting->number : otherwise;
}

unsigned int xdc_guest_line(const struct xdc_guest *guest, const char *name)
{
	const struct xdc_setting *setting = xdc_guest_setting(guest, name);

	return setting ? setting->line : 0;
}

const char *xdc_guest_kind_name(enum xdc_guest_kind kind)
{
	static const char *const names[] = { "unknown", "pv", "pvh", "hvm" };

	return names[kind];
}

/*
 * As parse_config_data() has it: strncmp() over the value's own length, so that "" and "h" are
 * hvm and "p" is pv. On Arm libxl makes a PVH guest of a PV one (libxl_arm.c).
 */
static enum xdc_guest_kind kind_of(const struct xdc_guest *guest, bool on_arm)
{
	static const struct {
		const char *key;
		const char *word;
		enum xdc_guest_kind kind;
	} words[] = {
		{ "type", "hvm", XDC_KIND_HVM },       { "type", "pv", XDC_KIND_PV },
		{ "type", "pvh", XDC_KIND_PVH },       { "builder", "hvm", XDC_KIND_HVM },
		{ "builder", "generic", XDC_KIND_PV },
	};
	const char *key = xdc_guest_text(guest, "type") ? "type" : "builder";
	const char *text = xdc_guest_text(guest, key);

	if (!text)
		return on_arm ? XDC_KIND_PVH : XDC_KIND_PV;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++)
		if (strcmp(words[i].key, key) == 0 &&
		    strncmp(text, words[i].word, strlen(text)) == 0)
			return on_arm && words[i].kind == XDC_KIND_PV ? XDC_KIND_PVH
								      : words[i].kind;
	return XDC_KIND_UNKNOWN;
}

const char *xdc_guest_path(struct xdc_arena *arena, const struct xdc_guest *guest, const char *path)
{
	const char *directory = guest ? guest->directory : NULL;

	if (!path || *path == '/' || !directory)
		return path;
	return xdc_arena_printf(arena, "%s/%s", strcmp(directory, "/") == 0 ? "" : directory, path);
}

/* "a.cfg:12: config parsing error..." says where. */
static unsigned int line_in(const char *said)
{
	for (const char *colon = said; (colon = strchr(colon, ':')); colon++) {
		unsigned long line = strtoul(colon + 1, NULL, 10);

		if (isdigit((unsigned char)colon[1]) && line && line < INT_MAX)
			return (unsigned int)line;
	}
	return 0;
}

static void read_summary(struct reader *reader)
{
	struct xdc_guest *guest = reader->guest;
	const struct xdc_record *record = find(reader, "");

	guest->status = record ? record->status : XDC_STATUS_UNSUPPORTED;
	guest->error = record ? escaped(reader, record->detail) : "it was not read";
	if (!record)
		return;
	guest->library = xdc_field_find(reader->arena, record->data, "library", NULL);
	if (guest->status == XDC_STATUS_IO_ERROR)
		guest->error_line = line_in(record->detail);
}

struct xdc_guest *xdc_guest_read(struct xdc_arena *arena, const struct xdc_evidence *evidence,
				 size_t index, const char *config, bool on_arm)
{
	struct xdc_guest *guest = xdc_arena_alloc(arena, sizeof(*guest));
	struct reader reader = { arena, evidence, guest };
	const struct xdc_record *settings, *values, *directory, *rdm;

	guest->index = index;
	guest->config = escaped(&reader, config);
	read_summary(&reader);
	directory = find(&reader, ":directory");
	rdm = find(&reader, ":rdm");
	guest->rdm_error = rdm ? escaped(&reader, rdm->detail) : NULL;
	guest->directory = xdc_record_readable(directory) ? directory->data : NULL;
	settings = find(&reader, ":settings");
	values = find(&reader, ":values");
	if (xdc_record_readable(settings) && xdc_record_readable(values)) {
		guest->incomplete =
			settings->status != XDC_STATUS_OK || values->status != XDC_STATUS_OK;
		read_settings(&reader, settings);
		read_values(&reader, values);
	}
	guest->name = xdc_guest_text(guest, "name");
	guest->kind = kind_of(guest, on_arm);
	xdc_guest_read_devices(arena, evidence, guest);
	return guest;
}
