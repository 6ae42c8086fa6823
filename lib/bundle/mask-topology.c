/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What disks and interfaces are made of, and what stands at a path. */
#include <string.h>

#include "bundle/mask.h"

/* How the value of a field is shown. */
enum shown {
	AS_TEXT,
	AS_FILE, /* a path that somebody chose, unless it is of a device */
	AS_KIND, /* "LVM-..." or "CRYPT-LUKS2-...": what is in front of the first dash */
	AS_NAME, /* that somebody chose */
	NOT_AT_ALL,
};

struct field {
	const char *name;
	enum shown shown;
};

static const struct field storage_fields[] = {
	{ "dev", AS_TEXT }, { "partition", AS_TEXT }, { "ro", AS_TEXT }, { "slave", AS_TEXT },
	{ "dm", AS_KIND },  { "dm_name", AS_NAME },   { "md", AS_TEXT }, { "loop", AS_FILE },
	{ "dio", AS_TEXT }, { NULL, NOT_AT_ALL },
};

static const struct field network_fields[] = {
	{ "flags", AS_TEXT },
	{ "bridge", AS_TEXT },
	{ "lower", AS_TEXT },
	{ NULL, NOT_AT_ALL },
};

/* Not the head: the first bytes of a file may be anything. */
static const struct field target_fields[] = {
	{ "path", AS_FILE }, { "type", AS_TEXT },	 { "mode", AS_TEXT },
	{ "size", AS_TEXT }, { "dev", AS_TEXT },	 { "inode", AS_TEXT },
	{ "rdev", AS_TEXT }, { "interpreter", AS_FILE }, { NULL, NOT_AT_ALL },
};

static void write_value(struct xdc_masker *masker, FILE *out, enum shown shown, const char *value,
			size_t size)
{
	const char *dash = memchr(value, '-', size);

	switch (shown) {
	case AS_TEXT:
		xdc_mask_text(masker, out, value, size);
		break;
	case AS_FILE:
		xdc_mask_target(masker, out, value, size);
		break;
	case AS_KIND:
		xdc_mask_text(masker, out, value, dash ? (size_t)(dash - value) : size);
		if (dash) {
			fputc('-', out);
			xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		}
		break;
	case AS_NAME:
		xdc_mask_put(masker, out, XDC_MASK_NAME, value, size);
		break;
	case NOT_AT_ALL:
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		break;
	}
}

/* The sign between a field and its value, or its status; NULL: none. */
static const char *value_of(const struct xdc_line *line)
{
	const char *equals = memchr(line->text, '=', line->size);
	const char *bang = memrchr(line->text, '!', line->size);
	char word[16];
	enum xdc_status status;

	if (equals || !bang)
		return equals;
	snprintf(word, sizeof(word), "%.*s", (int)(line->text + line->size - bang - 1), bang + 1);
	return xdc_status_parse(word, &status) == 0 ? bang : NULL;
}

/* "NAME/FIELD=VALUE", or "FIELD=VALUE"; "FIELD!STATUS" where it could not be read. */
static void mask_line(struct xdc_masker *masker, FILE *out, const struct field *fields,
		      const struct xdc_line *line)
{
	const char *equals = value_of(line);
	const char *slash = equals ? memrchr(line->text, '/', (size_t)(equals - line->text)) : NULL;
	const char *name = slash ? slash + 1 : line->text;
	size_t size = equals ? (size_t)(equals - name) : 0;

	if (!equals) {
		if (line->size)
			xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		return;
	}
	while (fields->name &&
	       (strlen(fields->name) != size || memcmp(fields->name, name, size) != 0))
		fields++;
	if (slash)
		xdc_mask_text(masker, out, line->text, (size_t)(slash + 1 - line->text));
	if (fields->name)
		fwrite(name, 1, size, out);
	else
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
	fputc(*equals, out);
	write_value(masker, out, *equals == '!' ? AS_TEXT : fields->shown, equals + 1,
		    line->size - (size_t)(equals + 1 - line->text));
}

static const char *mask_lines(struct xdc_masker *masker, const struct xdc_record *record, FILE *out,
			      const struct field *fields)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		mask_line(masker, out, fields, &line);
		xdc_line_end(&line, out);
	}
	return NULL;
}

const char *xdc_mask_storage(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	return mask_lines(masker, record, out, storage_fields);
}

const char *xdc_mask_network(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	return mask_lines(masker, record, out, network_fields);
}

const char *xdc_mask_file_state(struct xdc_masker *masker, const struct xdc_record *record,
				FILE *out)
{
	return mask_lines(masker, record, out, target_fields);
}

/* xl's own settings: what an administrator wrote, bridges and scripts by name. */
const char *xdc_mask_xl_conf(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	(void)masker;
	(void)record;
	(void)out;
	return "xl.conf is an administrator's own text";
}
