/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A guest's configuration as facts: what libxlutil read (source/guest-config.c), taken apart
 * further where xl itself does that. Pure functions of the evidence.
 */
#ifndef XDC_GUEST_H
#define XDC_GUEST_H

#include "collect/evidence.h"

struct xdc_setting {
	const char *name;
	const char *text; /* NULL: a list, or nothing that libxlutil knows as text */
	const char **items;
	size_t n_items; /* an item that is a list itself is NULL */
	unsigned int line;
	unsigned int first_line; /* where it was assigned before, and that is lost; 0: nowhere */
	bool list;
	bool has_number; /* xlu_cfg_get_long() takes the text for a number */
	long long number;
};

enum xdc_guest_kind {
	XDC_KIND_UNKNOWN, /* type= is none */
	XDC_KIND_PV,
	XDC_KIND_PVH,
	XDC_KIND_HVM,
};

/* An item of disk=, as libxlutil takes it apart. */
struct xdc_guest_disk {
	const char *text;
	const char *error; /* it does not parse: why; NULL otherwise */
	const char *target;
	const char *vdev;
	const char *format;	   /* raw, qcow2, empty... */
	const char *backend_type;  /* phy, qdisk, standalone...; unknown: libxl chooses */
	const char *script;	   /* NULL: the usual one */
	const char *backend;	   /* the domain; NULL: this one */
	const char *specification; /* xen, virtio, unknown */
	bool writable;
	bool cdrom;
};

/* An item of vif=, as xl takes it apart (parse_nic_config(), tools/xl/xl_parse.c). */
struct xdc_guest_vif {
	const char *text;
	const char *rate_error; /* xl gives up at this one */
	const char *unknown;	/* the first word that xl does not know, and goes on without */
	const char *bad_mac;	/* likewise */
	const char *bridge;
	const char *script;
	const char *backend;
	const char *name; /* of the interface here */
	const char *type;
	bool has_mac;
	unsigned char mac[6];
};

struct xdc_guest_pci {
	const char *text;
	const char *error;
	const char *device; /* "0000:00:03.0"; NULL: by a name */
};

/* An item of virtio= (parse_virtio_config()). */
struct xdc_guest_virtio {
	const char *text;
	const char *unknown; /* a word at which xl gives up */
	const char *backend;
	const char *type;
	const char *grant_usage; /* NULL: not set */
};

struct xdc_guest {
	size_t index;
	const char *config;	 /* the file's name, safe to print */
	enum xdc_status status;	 /* OK; IO_ERROR: it does not parse; else it was not looked at */
	const char *error;	 /* safe to print */
	unsigned int error_line; /* 0: not known */
	bool incomplete;	 /* not all of it was looked at */
	const char *library;	 /* the release of libxlutil */
	const char *directory;	 /* where xl would be started; NULL: not known */
	const char *name;
	enum xdc_guest_kind kind;
	struct xdc_setting *settings;
	size_t n_settings;
	struct xdc_guest_disk *disks;
	size_t n_disks;
	struct xdc_guest_vif *vifs;
	size_t n_vifs;
	struct xdc_guest_pci *pcis;
	size_t n_pcis;
	const char *rdm_error; /* xl leaves rdm= alone: why; NULL otherwise */
	struct xdc_guest_virtio *virtios;
	size_t n_virtios;
};

/*
 * The guest of the records "guest:@index...", of the file @config; of @arena. Texts are as they
 * stand in the file, unless said otherwise: whoever prints them escapes them.
 */
struct xdc_guest *xdc_guest_read(struct xdc_arena *arena, const struct xdc_evidence *evidence,
				 size_t index, const char *config, bool on_arm);

/* NULL where it is not set. */
const struct xdc_setting *xdc_guest_setting(const struct xdc_guest *guest, const char *name);
/* The text of a single value; NULL where there is none. */
const char *xdc_guest_text(const struct xdc_guest *guest, const char *name);
/* The number, where xl takes it for one; else @otherwise. */
long long xdc_guest_number(const struct xdc_guest *guest, const char *name, long long otherwise);
/* The line of a setting, 0 where it is not set. */
unsigned int xdc_guest_line(const struct xdc_guest *guest, const char *name);

/* @path from where xl would be started; as it is where that is not known. Of @arena. */
const char *xdc_guest_path(struct xdc_arena *arena, const struct xdc_guest *guest,
			   const char *path);

/* guest-devices.c: a step of xdc_guest_read(). */
void xdc_guest_read_devices(struct xdc_arena *arena, const struct xdc_evidence *evidence,
			    struct xdc_guest *guest);

const char *xdc_guest_kind_name(enum xdc_guest_kind kind);

/* keys.c: what xl knows. */

enum {
	XDC_KEY_TEXT = 1 << 0,
	XDC_KEY_NUMBER = 1 << 1, /* a switch is a number too */
	XDC_KEY_LIST = 1 << 2,
	XDC_KEY_HVM = 1 << 3,	   /* read for type="hvm" alone */
	XDC_KEY_REQUIRED = 1 << 4, /* xl gives up at a value of another kind */
};

struct xdc_key {
	const char *name;
	unsigned int kinds;
	unsigned int since;    /* the minor of the first Xen 4.x that has it; 0: 4.14 has */
	const char *words;     /* the values it may have, where xl gives up at any other */
	const char *successor; /* it is obsolete: what to write instead */
};

/* What the xl of 4.14 to 4.21 knows by that name, NULL: nothing. */
const struct xdc_key *xdc_key_find(const char *name);
/* What takes the place of a key that xm had, xl's forerunner; NULL: it had none of that name. */
const char *xdc_key_of_xm(const char *name);
/* The name nearest to @name, NULL where none is near. */
const struct xdc_key *xdc_key_nearest(const char *name);
/* Whether @value is one of @key's words (true where it has none). */
bool xdc_key_allows(const struct xdc_key *key, const char *value);
/* "a single value", "a number", "a list": what it takes. Static. */
const char *xdc_key_kind_name(const struct xdc_key *key);

#endif
