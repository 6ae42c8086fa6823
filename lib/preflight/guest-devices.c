/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The devices of a configuration: what libxlutil took apart, and what xl itself does. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "preflight/guest.h"

struct reader {
	struct xdc_arena *arena;
	const struct xdc_evidence *evidence;
	const struct xdc_guest *guest;
};

static const struct xdc_record *item_record(const struct reader *reader, const char *what,
					    size_t index)
{
	return xdc_evidence_find(reader->evidence,
				 xdc_arena_printf(reader->arena, "guest:%zu:%s:%zu",
						  reader->guest->index, what, index));
}

static const char *error_of(const struct reader *reader, const struct xdc_record *record)
{
	if (record && record->status == XDC_STATUS_OK)
		return NULL;
	return record ? xdc_text_escaped(reader->arena, record->detail, strlen(record->detail))
		      : "it was not read";
}

static void read_disk(const struct reader *reader, const char *text, size_t index,
		      struct xdc_guest_disk *ret)
{
	const struct xdc_record *record = item_record(reader, "disk", index);
	const char **const fields[] = { &ret->target,	    &ret->vdev,	   &ret->format,
					&ret->script,	    &ret->backend, &ret->backend_type,
					&ret->specification };
	static const char *const names[] = { "target",	"vdev",	       "format",       "script",
					     "backend", "backendtype", "specification" };
	const char *flag;

	ret->text = text;
	ret->error = error_of(reader, record);
	if (ret->error)
		return;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		*fields[i] = xdc_field_find(reader->arena, record->data, names[i], NULL);
	flag = xdc_field_find(reader->arena, record->data, "readwrite", NULL);
	ret->writable = flag && strcmp(flag, "1") == 0;
	flag = xdc_field_find(reader->arena, record->data, "cdrom", NULL);
	ret->cdrom = flag && strcmp(flag, "1") == 0;
}

/* Six numbers below 256, and one character of any kind between two: as xl takes them. */
static bool parse_mac(const char *text, unsigned char *mac)
{
	for (size_t i = 0; i < 6; i++) {
		char *end;
		unsigned long value = strtoul(text, &end, 16);

		if (end == text || value > 255)
			return false;
		mac[i] = (unsigned char)value;
		text = *end ? end + 1 : end;
	}
	return true;
}

/* Words of parse_nic_config() that nothing here depends on; "colo..." are more. */
static bool is_other_vif_word(const char *word)
{
	static const char *const names[] = { "netdev=", "gatewaydev=", "ip=",	 "model=",
					     "rate=",	"forwarddev=", "accel=", "devid=",
					     "mtu=",	"vlan=",       "colo_" };

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		if (xdc_text_starts_with(word, names[i]))
			return true;
	return strcmp(word, "trusted") == 0 || strcmp(word, "untrusted") == 0;
}

static const char *value_of(const char *word, const char *name)
{
	size_t length = strlen(name);

	return strncmp(word, name, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

static void read_vif_word(const char *word, struct xdc_guest_vif *ret)
{
	const char *value;

	if ((value = value_of(word, "bridge")))
		ret->bridge = value;
	else if ((value = value_of(word, "script")))
		ret->script = value;
	else if ((value = value_of(word, "backend")))
		ret->backend = value;
	else if ((value = value_of(word, "vifname")))
		ret->name = value;
	else if ((value = value_of(word, "type")))
		ret->type = value;
	else if ((value = value_of(word, "mac"))) {
		ret->has_mac = parse_mac(value, ret->mac);
		ret->bad_mac = ret->has_mac ? ret->bad_mac : value;
	} else if (!is_other_vif_word(word) && !ret->unknown) {
		ret->unknown = word;
	}
	if (ret->type && strcmp(ret->type, "vif") != 0 && strcmp(ret->type, "ioemu") != 0) {
		ret->unknown = ret->unknown ? ret->unknown : word;
		ret->type = NULL;
	}
}

static void read_vif(const struct reader *reader, const char *text, size_t index,
		     struct xdc_guest_vif *ret)
{
	char *words = xdc_arena_strdup(reader->arena, text), *next = NULL;
	const struct xdc_record *rate = item_record(reader, "rate", index);

	ret->text = text;
	ret->rate_error = rate ? error_of(reader, rate) : NULL;
	for (char *word = strtok_r(words, ",", &next); word; word = strtok_r(NULL, ",", &next))
		read_vif_word(word + strspn(word, " "), ret);
}

static void read_pci(const struct reader *reader, const char *text, size_t index,
		     struct xdc_guest_pci *ret)
{
	const struct xdc_record *record = item_record(reader, "pci", index);

	ret->text = text;
	ret->error = error_of(reader, record);
	if (!ret->error)
		ret->device = xdc_field_find(reader->arena, record->data, "device", NULL);
}

/* "type=virtio,device22" holds a comma, which parse_virtio_list() knows. */
static void read_virtio(const struct reader *reader, const char *text, struct xdc_guest_virtio *ret)
{
	char *words = xdc_arena_strdup(reader->arena, text), *next = NULL;

	ret->text = text;
	for (char *word = strtok_r(words, ",", &next); word; word = strtok_r(NULL, ",", &next)) {
		const char *value;

		word += strspn(word, " ");
		if ((value = value_of(word, "backend"))) {
			ret->backend = value;
		} else if ((value = value_of(word, "type"))) {
			const char *device = xdc_text_starts_with(value, "virtio")
						     ? strtok_r(NULL, ",", &next)
						     : "";

			ret->type = device ? xdc_arena_printf(reader->arena, "%s%s%s", value,
							      *device ? "," : "", device)
					   : value;
		} else if ((value = value_of(word, "grant_usage"))) {
			ret->grant_usage = value;
		} else if (!value_of(word, "transport")) {
			ret->unknown = ret->unknown ? ret->unknown : word;
		} else if ((value = value_of(word, "transport")) &&
			   strcasecmp(value, "mmio") != 0) {
			ret->unknown = ret->unknown ? ret->unknown : word;
		}
	}
}

/* The items of a list up to the first that is none: xl stops there too. */
static size_t count_items(const struct xdc_guest *guest, const char *name,
			  const struct xdc_setting **ret)
{
	const struct xdc_setting *setting = xdc_guest_setting(guest, name);
	size_t count = 0;

	*ret = setting;
	while (setting && setting->list && count < setting->n_items && setting->items[count])
		count++;
	return count;
}

void xdc_guest_read_devices(struct xdc_arena *arena, const struct xdc_evidence *evidence,
			    struct xdc_guest *guest)
{
	const struct reader reader = { arena, evidence, guest };
	const struct xdc_setting *setting;

	guest->n_disks = count_items(guest, "disk", &setting);
	guest->disks = xdc_arena_alloc(arena, (guest->n_disks + 1) * sizeof(*guest->disks));
	for (size_t i = 0; i < guest->n_disks; i++)
		read_disk(&reader, setting->items[i], i, &guest->disks[i]);
	guest->n_vifs = count_items(guest, "vif", &setting);
	guest->vifs = xdc_arena_alloc(arena, (guest->n_vifs + 1) * sizeof(*guest->vifs));
	for (size_t i = 0; i < guest->n_vifs; i++)
		read_vif(&reader, setting->items[i], i, &guest->vifs[i]);
	guest->n_pcis = count_items(guest, "pci", &setting);
	guest->pcis = xdc_arena_alloc(arena, (guest->n_pcis + 1) * sizeof(*guest->pcis));
	for (size_t i = 0; i < guest->n_pcis; i++)
		read_pci(&reader, setting->items[i], i, &guest->pcis[i]);
	guest->n_virtios = count_items(guest, "virtio", &setting);
	guest->virtios = xdc_arena_alloc(arena, (guest->n_virtios + 1) * sizeof(*guest->virtios));
	for (size_t i = 0; i < guest->n_virtios; i++)
		read_virtio(&reader, setting->items[i], &guest->virtios[i]);
}
