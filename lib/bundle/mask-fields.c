/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Records of "name=value" lines. A table says which fields there are and what form each value
 * has; a field that is in no table, and a value of another form, is masked.
 */
#include <ctype.h>
#include <string.h>

#include "bundle/mask.h"

enum form {
	NUMBER, /* decimal or hexadecimal, at most a 64-bit one */
	PAIR,	/* numbers between colons or dots: "103:0", "4.17" */
	RANGE,	/* two hexadecimal numbers and a word: "0x0 0xfff direct" */
	BITS,	/* a digit for each: virtio's features */
	WORDS,	/* lower-case words between commas: flags */
	NAME,	/* of a driver, bus, function: letters, digits and what they are joined with */
	TEXT,	/* masked as text */
	HOST,
	BOOT, /* the ID of a boot */
	COMMAND_LINE,
};

struct field {
	const char *name; /* "#": any number; what ends in "*": all that begin so */
	enum form form;
};

static bool consists_of(const char *value, size_t size, const char *more, int (*class)(int),
			size_t most)
{
	for (size_t i = 0; i < size; i++)
		if (!class((unsigned char)value[i]) && (!value[i] || !strchr(more, value[i])))
			return false;
	return size <= most;
}

static bool is_range(const char *value, size_t size)
{
	const char *end = value + size;

	for (unsigned int i = 0; i < 2; i++) {
		const char *blank = memchr(value, ' ', (size_t)(end - value));

		if (!blank || blank - value < 3 || value[0] != '0' || value[1] != 'x' ||
		    !consists_of(value + 2, (size_t)(blank - value) - 2, "", isxdigit, 16))
			return false;
		value = blank + 1;
	}
	return consists_of(value, (size_t)(end - value), "-", islower, 32);
}

static bool has_form(enum form form, const char *value, size_t size)
{
	switch (form) {
	case NUMBER:
		if (size > 2 && value[0] == '0' && value[1] == 'x')
			return consists_of(value + 2, size - 2, "", isxdigit, 16);
		return consists_of(value, size, "", isdigit, 20);
	case PAIR:
		return consists_of(value, size, ":.", isxdigit, 16) &&
		       (!size || memchr(value, ':', size) || memchr(value, '.', size));
	case RANGE:
		return is_range(value, size);
	case BITS:
		return consists_of(value, size, "01", iscntrl, 256);
	case WORDS:
		return consists_of(value, size, "_,", islower, 128);
	case NAME:
		return consists_of(value, size, "_.,:;+@/()<>- ", isalnum, 256);
	default:
		return true;
	}
}

static void write_value(struct xdc_masker *masker, FILE *out, enum form form, const char *value,
			size_t size)
{
	if (!has_form(form, value, size)) {
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		return;
	}
	switch (form) {
	case HOST:
	case BOOT:
		if (size)
			xdc_mask_put(masker, out, form == HOST ? XDC_MASK_HOST : XDC_MASK_UUID,
				     value, size);
		break;
	case COMMAND_LINE:
		xdc_mask_command_line(masker, out, value, size);
		break;
	case RANGE:
	case BITS:
		/* As text they would be taken for a key. */
		fwrite(value, 1, size, out);
		break;
	default:
		xdc_mask_text(masker, out, value, size);
	}
}

static bool is_called(const struct field *field, const char *name, size_t size)
{
	size_t length = strlen(field->name);

	if (strcmp(field->name, "#") == 0)
		return size && consists_of(name, size, "", isdigit, 10);
	if (field->name[length - 1] == '*')
		return size >= length - 1 && memcmp(field->name, name, length - 1) == 0;
	return size == length && memcmp(field->name, name, size) == 0;
}

/* The names of fields are ours or, behind "#" and "*", masked as text. */
static void write_field(struct xdc_masker *masker, FILE *out, const struct field *fields,
			const char *line, size_t size)
{
	size_t name = 0;

	while (name < size && line[name] != '=' && line[name] != '!')
		name++;
	while (fields->name && !is_called(fields, line, name))
		fields++;
	if (!fields->name || name == size) {
		if (size)
			xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		return;
	}
	xdc_mask_text(masker, out, line, name);
	if (line[name] == '!') {
		if (xdc_is_status(line + name + 1, size - name - 1))
			fwrite(line + name, 1, size - name, out);
		else
			xdc_mask_hide(masker, out, XDC_MASK_FIELD);
		return;
	}
	fputc('=', out);
	write_value(masker, out, fields->form, line + name + 1, size - name - 1);
}

static const char *mask_fields(struct xdc_masker *masker, const struct xdc_record *record,
			       FILE *out, const struct field *fields)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		write_field(masker, out, fields, line.text, line.size);
		xdc_line_end(&line, out);
	}
	return NULL;
}

const char *xdc_mask_uname(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = {
		{ "release", NAME }, { "machine", NAME }, { "nodename", HOST }, { NULL, TEXT }
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_recorded(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = { { "time", NUMBER },
					       { "version", NAME },
					       { NULL, TEXT } };

	return mask_fields(masker, record, out, fields);
}

/* The words that the kernel itself uses: a name that is one of them cannot be masked elsewhere. */
static void note_words(struct xdc_masker *masker, const struct xdc_record *record)
{
	static const char *const own[] = { "bus=", "driver=" };
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size))
		for (size_t i = 0; i < XDC_ARRAY_SIZE(own); i++) {
			size_t length = strlen(own[i]);

			if (line.size > length && memcmp(line.text, own[i], length) == 0)
				xdc_pseudonyms_note_words(masker->names, line.text + length,
							  line.size - length);
		}
}

const char *xdc_mask_device(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	/* tree-devices.c, emit_device() */
	static const struct field fields[] = {
		{ "bus", NAME },
		{ "driver", NAME },
		{ "iommu_group", NUMBER },
		{ "iommu", NAME },
		{ "of_node", TEXT },
		{ "firmware_node", NAME },
		{ "class", NUMBER },
		{ "vendor", NUMBER },
		{ "device", NUMBER },
		{ "dma_mask_bits", NUMBER },
		{ "consistent_dma_mask_bits", NUMBER },
		{ "physfn", PAIR },
		{ "busmaster", NUMBER },
		{ "features", BITS },
		{ "physical_device", PAIR },
		{ "serves", TEXT },
		{ NULL, TEXT },
	};

	note_words(masker, record);
	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_udev(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = { { "vendor", TEXT },
					       { "model", TEXT },
					       { NULL, TEXT } };

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_dma(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	/* observe-names.c */
	static const struct field fields[] = {
		{ "ops", WORDS },
		{ "map_sg", NAME },
		{ "map", NAME },
		{ "global_ops", NUMBER },
		{ "dma_mask", NUMBER },
		{ "coherent_dma_mask", NUMBER },
		{ "driver", NUMBER },
		{ "dma_iommu", NUMBER },
		{ "bus_dma_limit", NUMBER },
		{ "coherent", NUMBER },
		{ "dma_configure", NUMBER },
		{ "can_match", NUMBER },
		{ "restricted_pool", NUMBER },
		{ "arch_mapping", NUMBER },
		{ "group_domain", NAME },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_watched(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	/* bpf/activity.c */
	static const struct field fields[] = {
		{ "milliseconds", NUMBER },
		{ "unnamed_maps", NUMBER },
		{ "unnamed_bytes", NUMBER },
		{ "unwatched", NAME },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_activity(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = {
		{ "maps", NUMBER },
		{ "bytes", NUMBER },
		{ "partial_maps", NUMBER },
		{ "allocations", NUMBER },
		{ "allocated_bytes", NUMBER },
		{ "bounces", NUMBER },
		{ "bounced_bytes", NUMBER },
		{ "seen", NAME },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_groups(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = { { "#", NAME }, { NULL, TEXT } };

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_reserved(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = { { "#", RANGE }, { NULL, TEXT } };

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_tools(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	/* tree-tools.c */
	static const struct field fields[] = {
		{ "xl", NAME },
		{ "xl_script", NAME },
		{ "xl_binary", NAME },
		{ "xl_chosen", WORDS },
		{ "xl_wanted", PAIR },
		{ "xl_candidate", NAME },
		{ "xl_missing", NAME },
		{ "xl_libxenctrl", NAME },
		{ "xl_release", PAIR },
		{ "backend_drivers", NUMBER },
		{ "backend_driver", NAME },
		{ "processes", NUMBER },
		{ "process", TEXT },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_logs(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	/* tree-logs.c */
	static const struct field fields[] = {
		{ "boot_id", BOOT },	  { "ring", WORDS }, { "journal", NUMBER },
		{ "/var/log/*", NUMBER }, { "xen", NUMBER }, { NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_interfaces(struct xdc_masker *masker, const struct xdc_record *record,
				FILE *out)
{
	static const struct field fields[] = {
		{ "domctl", NUMBER },
		{ "sysctl", NUMBER },
		{ "library", PAIR },
		{ "library_domctl", NUMBER },
		{ "library_sysctl", NUMBER },
		{ "accepted", NUMBER },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_version(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = {
		{ "major", NUMBER },	  { "minor", NUMBER },	 { "extra", NAME },
		{ "capabilities", NAME }, { "changeset", TEXT }, { "command_line", COMMAND_LINE },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_physinfo(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = {
		{ "directio", NUMBER },
		{ "hvm", NUMBER },
		{ "pv", NUMBER },
		{ "hap", NUMBER },
		{ "iommu_hap_pt_share", NUMBER },
		{ "nr_cpus", NUMBER },
		{ "total_pages", NUMBER },
		{ "free_pages", NUMBER },
		{ NULL, TEXT },
	};

	return mask_fields(masker, record, out, fields);
}

const char *xdc_mask_domains(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	static const struct field fields[] = { { "#", WORDS }, { NULL, TEXT } };

	return mask_fields(masker, record, out, fields);
}
