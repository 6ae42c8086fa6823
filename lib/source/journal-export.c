/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The journal's export format (https://systemd.io/JOURNAL_EXPORT_FORMATS/): a field is a line
 * "NAME=value", or, where the value has bytes that a line cannot hold, a line "NAME", its size
 * as 64 bits in little endian, the bytes and a newline. An empty line ends an entry.
 */
#include <endian.h>
#include <inttypes.h>
#include <string.h>

#include "source/journal.h"

/* Where a field goes; *@ret_room includes the NUL. NULL for one we have no use for. */
static char *place_of(struct xdc_journal_entry *entry, const char *name, size_t *ret_room)
{
	const struct {
		const char *name;
		char *at;
		size_t room;
	} places[] = {
		{ "MESSAGE", entry->message, sizeof(entry->message) },
		{ "PRIORITY", entry->priority, sizeof(entry->priority) },
		{ "SYSLOG_FACILITY", entry->facility, sizeof(entry->facility) },
		{ "_SOURCE_MONOTONIC_TIMESTAMP", entry->time, sizeof(entry->time) },
		{ "_BOOT_ID", entry->boot_id, sizeof(entry->boot_id) },
		{ "_KERNEL_SUBSYSTEM", entry->subsystem, sizeof(entry->subsystem) },
		{ "_KERNEL_DEVICE", entry->device, sizeof(entry->device) },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(places); i++) {
		if (strcmp(places[i].name, name) == 0) {
			*ret_room = places[i].room;
			return places[i].at;
		}
	}
	*ret_room = 0;
	return NULL;
}

/*
 * Reads up to @stop, which is taken and not kept, or up to @left bytes; what is beyond @room
 * is dropped. Returns the byte that ended it, or EOF.
 */
static int read_value(FILE *in, int stop, uint64_t left, char *at, size_t room, size_t *ret_size)
{
	size_t size = 0;
	int c = 0;

	for (; left; left--) {
		c = getc_unlocked(in);
		if (c == EOF || c == stop)
			break;
		if (size + 1 < room)
			at[size++] = (char)c;
	}
	if (room)
		at[size] = '\0';
	*ret_size = size;
	return c;
}

/* "=" or the newline ends a name; returns which, or EOF. */
static int read_name(FILE *in, char *name, size_t room)
{
	size_t size = 0;
	int c;

	while ((c = getc_unlocked(in)) != EOF && c != '=' && c != '\n')
		if (size + 1 < room)
			name[size++] = (char)c;
	name[size] = '\0';
	return c;
}

bool xdc_journal_read(FILE *in, struct xdc_journal_entry *ret)
{
	bool any = false;

	memset(ret, 0, sizeof(*ret));
	for (;;) {
		char name[64];
		size_t room, size;
		int end = read_name(in, name, sizeof(name));
		uint64_t length;
		char *at;

		if (end == EOF || (end == '\n' && !*name)) {
			/* Empty lines may stand between entries. */
			if (end == EOF || any)
				return any;
			continue;
		}
		at = place_of(ret, name, &room);
		if (end == '=') {
			end = read_value(in, '\n', UINT64_MAX, at, room, &size);
		} else {
			if (fread(&length, sizeof(length), 1, in) != 1)
				return any;
			end = read_value(in, EOF, le64toh(length), at, room, &size);
			/* The newline behind it. */
			if (end != EOF)
				end = getc_unlocked(in);
		}
		if (at == ret->message)
			ret->message_size = size;
		any = true;
		if (end == EOF)
			return any;
	}
}

/* As the kernel writes them (kernel/printk/printk.c, msg_add_ext_text()). */
static void write_escaped(FILE *out, const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c < ' ' || c >= 127 || c == '\\')
			fprintf(out, "\\x%02x", c);
		else
			fputc(c, out);
	}
}

static uint64_t number_of(const char *text, uint64_t otherwise)
{
	uint64_t number;

	return xdc_number_parse(text, 10, &number) < 0 ? otherwise : number;
}

void xdc_journal_write(FILE *out, const struct xdc_journal_entry *entry, unsigned int sequence)
{
	/* "facility * 8 + level", 6 is KERN_INFO (Documentation/ABI/testing/dev-kmsg). */
	uint64_t prefix =
		(number_of(entry->facility, 0) << 3) | (number_of(entry->priority, 6) & 7);

	fprintf(out, "%" PRIu64 ",%u,%" PRIu64 ",-;", prefix, sequence, number_of(entry->time, 0));
	write_escaped(out, entry->message, entry->message_size);
	fputc('\n', out);
	if (*entry->subsystem) {
		fputs(" SUBSYSTEM=", out);
		write_escaped(out, entry->subsystem, strlen(entry->subsystem));
		fputc('\n', out);
	}
	if (*entry->device) {
		fputs(" DEVICE=", out);
		write_escaped(out, entry->device, strlen(entry->device));
		fputc('\n', out);
	}
}
