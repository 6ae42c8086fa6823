/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Pre-flight: would `xl create` of a configuration work on this host, and would the guest's I/O
 * be right. Pure functions of a report and of the evidence that xdc_preflight_collect() adds.
 */
#ifndef XDC_PREFLIGHT_H
#define XDC_PREFLIGHT_H

#include "preflight/guest.h"
#include "report.h"
#include "source/source.h"

/* How one check came out, the worst last. */
enum xdc_outcome {
	XDC_OUTCOME_PASS,
	XDC_OUTCOME_NOTICE,
	XDC_OUTCOME_WARNING, /* xl goes on, and the guest is not what was asked for */
	XDC_OUTCOME_UNKNOWN, /* it matters, and could not be told */
	XDC_OUTCOME_FAIL,
};

struct xdc_preflight_check {
	const char *id; /* "disk-target": stable */
	enum xdc_outcome outcome;
	bool about_io; /* else about starting */
	const char *title;
	struct xdc_reason because[XDC_TEXTS_MAX];
	size_t n_because;
	const char *advice[XDC_TEXTS_MAX];
	size_t n_advice;
	unsigned int line; /* in the configuration; 0: of none */
};

/* What becomes of a guest's pages in one direction. */
enum xdc_pages {
	XDC_PAGES_COPIED, /* they end in dom0's memory, and no device sees them */
	XDC_PAGES_REACH,  /* the device is given them */
	XDC_PAGES_UNKNOWN,
};

enum xdc_io_verdict {
	XDC_IO_SAFE,
	XDC_IO_SLOW, /* right, but each page bounces */
	XDC_IO_UNKNOWN,
	XDC_IO_UNSAFE,
};

enum { XDC_THROUGH_MAX = 24 };

/* One way from a guest's disk or interface to a device. */
struct xdc_io {
	const char *what; /* "xvda", "vif 0" */
	unsigned int line;
	const char *through[XDC_THROUGH_MAX]; /* "/dev/vg/root", "dm-0 (LVM)": nearest first */
	size_t n_through;
	const struct xdc_attribution *device; /* NULL: none, or it is not known */
	enum xdc_pages to_device;	      /* what the guest writes or sends */
	enum xdc_pages from_device;	      /* what it reads or receives */
	const char *copied_by;		      /* who copies, in words; NULL: nobody */
	const char *why;		      /* the verdict UNKNOWN: why; NULL otherwise */
	bool told;			      /* another check says why already */
	bool any_device; /* any network device may send it: which is not known */
	enum xdc_io_verdict verdict;
};

struct xdc_preflight {
	struct xdc_guest *guest;
	struct xdc_preflight_check *checks;
	size_t n_checks;
	struct xdc_io *io;
	size_t n_io;
	const char **not_checked; /* what cannot be told beforehand */
	size_t n_not_checked;
	enum xdc_outcome start;	     /* PASS, UNKNOWN or FAIL */
	enum xdc_io_verdict io_safe; /* SAFE, UNKNOWN or UNSAFE */
	enum xdc_outcome result;     /* the worse of both, warnings too */
};

struct xdc_preflights {
	struct xdc_arena *arena;
	const struct xdc_report *report;
	struct xdc_preflight *items; /* in the order given */
	size_t count;
};

/* requests.c: what the guests @configs ("guest:0...", in @evidence) need to know of the host. */
void xdc_preflight_collect(struct xdc_source *source, struct xdc_evidence *evidence,
			   const char *const *configs, size_t count);

/* The part of it that is the same for any guest: what a bundle holds, so that it can be asked
 * later. */
void xdc_preflight_collect_host(struct xdc_source *source, struct xdc_evidence *evidence);

/* Of the guests in the evidence of @report, which must outlive it; the caller's. */
struct xdc_preflights *xdc_preflight(const struct xdc_report *report, const char *const *configs,
				     size_t count);
void xdc_preflights_free(struct xdc_preflights *preflights);
void xdc_preflights_freep(struct xdc_preflights **preflights);
#define xdc_autopreflights __attribute__((cleanup(xdc_preflights_freep)))

/* observe.c: whether the rules alone say where each page ends, and that it ends right. */
bool xdc_preflight_settled(const struct xdc_preflights *all);

const char *xdc_outcome_name(enum xdc_outcome outcome);
const char *xdc_io_verdict_name(enum xdc_io_verdict verdict);
const char *xdc_pages_name(enum xdc_pages pages);

/* Inside preflight/. */

/* What a check is given: the guest under test, the host, and where its result goes. */
struct xdc_flight {
	struct xdc_preflights *all;
	struct xdc_preflight *flight;
	const struct xdc_guest *guest;
	const struct xdc_model *model;
	const struct xdc_evidence *evidence;
	struct xdc_arena *arena;
	const char *release; /* of the xl here, or of libxlutil; NULL: not known */
	bool on_arm;
};

/* Adds a check; about starting unless said otherwise afterwards. Valid until the next one. */
struct xdc_preflight_check *xdc_check_add(struct xdc_flight *flight, const char *id,
					  enum xdc_outcome outcome, unsigned int line,
					  const char *title);
/* @evidence: a record's key or NULL. @text and @title: of the flight's arena, or static. */
void xdc_check_because(struct xdc_preflight_check *check, const char *text, const char *evidence);
/* Both in one. */
struct xdc_preflight_check *xdc_check_tell(struct xdc_flight *flight, const char *id,
					   enum xdc_outcome outcome, unsigned int line,
					   const char *title, const char *why,
					   const char *evidence);
void xdc_check_advise(struct xdc_preflight_check *check, const char *text);
void xdc_not_checked(struct xdc_flight *flight, const char *text);

/* A text from outside, safe to print; NULL becomes "". Of the flight's arena. */
const char *xdc_shown(const struct xdc_flight *flight, const char *text);
#define xdc_flight_printf(flight, ...) xdc_arena_printf((flight)->arena, __VA_ARGS__)

/* What stands at a path: the record "target:PATH", read. */
struct xdc_target {
	enum xdc_status status;
	const char *key;
	const char *path; /* links resolved */
	const char *type;
	const char *rdev;
	const char *block; /* the block device, where it is known by its name alone */
	const char *dev;
	const char *interpreter;
	unsigned int mode;
	long long size;		   /* bytes; -1: not known */
	const unsigned char *head; /* of a regular file; NULL: not read */
	size_t n_head;
	bool packed; /* head is what gzip had packed */
};
struct xdc_target xdc_target_read(const struct xdc_flight *flight, const char *path);
static inline bool xdc_target_is(const struct xdc_target *target, const char *type)
{
	return target->status == XDC_STATUS_OK && target->type &&
	       __builtin_strcmp(target->type, type) == 0;
}
/* Why it could not be looked at, in words. Static. */
const char *xdc_target_why(const struct xdc_target *target);
/* What stands there, in words that can be shown. */
const char *xdc_target_kind(const struct xdc_flight *flight, const struct xdc_target *target);
/* Whether something is there: UNKNOWN where that could not be looked at. */
enum xdc_tri xdc_target_exists(const struct xdc_target *target);
/* Whether anything is at one of @paths, which NULL ends; UNKNOWN where one could not be looked at.
 */
enum xdc_tri xdc_any_exists(const struct xdc_flight *flight, const char *const *paths);

/* Where a script is (libxl__abs_path()); of @arena. */
const char *xdc_script_path(struct xdc_arena *arena, const char *script, const char *usual);
/* Where device models and hvmloader are installed; NULL ends them. */
extern const char *const xdc_device_models[];
extern const char *const xdc_hvmloaders[];
/* There while Open vSwitch runs. */
#define XDC_OPENVSWITCH_DATABASE "/run/openvswitch/db.sock"
/* The modules of the backends, below the running kernel's drivers directory. */
enum { XDC_MODULE_VBD, XDC_MODULE_VIF };
extern const char *const xdc_backend_modules[2];

/*
 * check-image.c: tells of a relative path: xl leaves the directory that it was started in once
 * the guest runs (daemon(0, 1) in do_daemonize(), tools/xl/xl_utils.c).
 */
void xdc_note_relative(struct xdc_flight *flight, const char *path, unsigned int line);
/* Likewise there: checks that there is a QEMU, which @what of the setting @key takes. */
void xdc_need_device_model(struct xdc_flight *flight, const char *key, const char *what);
/*
 * backends.c: that the backend's driver is there or comes when it is needed.
 */
void xdc_need_backend(struct xdc_flight *flight, size_t module, unsigned int line);
/* That the script is there and can be run. */
void xdc_need_script(struct xdc_flight *flight, const char *path, unsigned int line);
/* scripts.c: the places of the tool that the script @path runs, for those of Xen's; else NULL. */
const char *const *xdc_script_tools(const char *path);
/* A device that it takes one of; NULL: none. */
const char *xdc_script_device(const char *path);
/* That both are there. False where it is not known what the script runs. */
bool xdc_need_script_tool(struct xdc_flight *flight, const char *path, unsigned int line);
/* That target= is what such a script takes. */
void xdc_check_script_target(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
			     const char *path, unsigned int line);
/* The bridge's name in what vif-openvswitch takes for bridge=; NULL: it refuses that. */
const char *xdc_openvswitch_bridge(struct xdc_flight *flight, const struct xdc_guest_vif *vif);
/* backends.c: the domain @name that serves a device: 0 for dom0, -1: it is checked no further. */
long xdc_need_backend_domain(struct xdc_flight *flight, const char *name, unsigned int line);

/*
 * The bridge and the script of an interface that names none: vif.default.bridge and
 * vif.default.script of xl.conf, else libxl's own choice.
 */
const char *xdc_vif_bridge(const struct xdc_flight *flight, const struct xdc_guest_vif *vif);
const char *xdc_vif_script(const struct xdc_flight *flight);
/* The text of a key in xl.conf, its quotation marks gone; NULL without. */
const char *xdc_xl_conf(const struct xdc_flight *flight, const char *key);

/* A number of the record "xen:physinfo"; -1: not known. */
long long xdc_physinfo(const struct xdc_flight *flight, const char *name);
/* What the hypervisor was started with; NULL: not known. */
const char *xdc_xen_command_line(const struct xdc_flight *flight);
/* The last word of it that sets @name ("iommu=off"); NULL: none. */
const char *xdc_xen_option(const struct xdc_flight *flight, const char *name);

/*
 * A node "backend/TYPE/DOMID/DEVICE/KEY" of what dom0 serves (xenstore): calls @visit with the
 * directory "TYPE/DOMID/DEVICE" for each device of @type.
 */
typedef void xdc_backend_fn(struct xdc_flight *flight, const char *device, const char *key,
			    const char *value, void *arg);
void xdc_for_backends(struct xdc_flight *flight, const char *type, xdc_backend_fn *visit,
		      void *arg);
/* The domain's number as xenstore has it by that name, or a number itself; -1: there is none, -2:
 * not known. */
long xdc_domain_by_name(const struct xdc_flight *flight, const char *name);
/* Likewise the one that has that UUID. */
long xdc_domain_by_uuid(const struct xdc_flight *flight, const char *uuid);

/* fdt.c: what dom0's device tree has at @path, which begins with '/'. */
enum xdc_fdt_node {
	XDC_FDT_UNKNOWN, /* there is no tree that could be read */
	XDC_FDT_ABSENT,
	XDC_FDT_AVAILABLE,   /* dom0 may use it */
	XDC_FDT_DISABLED,    /* its status says so */
	XDC_FDT_PASSTHROUGH, /* the same, and it is marked xen,passthrough */
};
enum xdc_fdt_node xdc_fdt_node(const struct xdc_flight *flight, const char *path);
/* Whether dom0's tree has a node of that kind. */
enum xdc_tri xdc_fdt_has_compatible(const struct xdc_flight *flight, const char *compatible);
/* Whether the board's own tree, where one was given, has an IOMMU in front of that node. */
enum xdc_tri xdc_fdt_board_has_iommu(const struct xdc_flight *flight, const char *path);

/* The groups of checks, one file each. */
void xdc_check_host(struct xdc_flight *flight);
void xdc_check_config(struct xdc_flight *flight);
/* check-identity.c: a step of the above. */
void xdc_check_identity(struct xdc_flight *flight);
/* check-overridden.c: likewise. */
void xdc_check_overridden(struct xdc_flight *flight);
void xdc_check_image(struct xdc_flight *flight);
void xdc_check_memory(struct xdc_flight *flight);
void xdc_check_disks(struct xdc_flight *flight);
void xdc_check_vifs(struct xdc_flight *flight);
void xdc_check_passthrough(struct xdc_flight *flight);
/* check-pci.c: a step of the above, for the device at @index of pci=. */
void xdc_check_pci(struct xdc_flight *flight, size_t index);
/* check-rmrr.c: likewise, for one on x86 that is there. */
void xdc_check_rmrr(struct xdc_flight *flight, const struct xdc_guest_pci *pci,
		    const struct xdc_device *device);
/* check-virtio.c: likewise, for virtio=. */
void xdc_check_virtio(struct xdc_flight *flight);
/* Whether a device of virtio= takes pages by grants. */
bool xdc_guest_wants_grants(const struct xdc_flight *flight);
/* Where the build configuration of the kernel at that path is, of @arena; NULL: that is not told
 * by its name. */
const char *xdc_guest_kernel_config(struct xdc_arena *arena, const char *kernel);
void xdc_check_platform(struct xdc_flight *flight);
void xdc_check_services(struct xdc_flight *flight);
/* Against those before it. */
void xdc_check_together(struct xdc_flight *flight);

/* How libxl would serve a disk (disk_try_backend(), tools/libs/light/libxl_device.c). */
enum xdc_served {
	XDC_SERVED_NOT,	    /* "no suitable backend" */
	XDC_SERVED_PHY,	    /* xen-blkback on a block device */
	XDC_SERVED_LOOP,    /* the same, on a loop device that the script makes of a file */
	XDC_SERVED_SCRIPT,  /* the same, on what a script of its own makes */
	XDC_SERVED_QDISK,   /* QEMU */
	XDC_SERVED_OTHER,   /* a backend outside: virtio, blktap, another domain */
	XDC_SERVED_EMPTY,   /* a drive with nothing in it */
	XDC_SERVED_UNKNOWN, /* what stands there could not be looked at */
};
enum xdc_served xdc_disk_served(const struct xdc_guest_disk *disk, const struct xdc_target *target);

/* io.c: where the guest's pages end. */
void xdc_check_io(struct xdc_flight *flight);
struct xdc_io *xdc_io_add(struct xdc_flight *flight, const char *what, unsigned int line);
void xdc_io_through(struct xdc_io *io, const char *text);
/* Ends the way at the device that masters the bus for what is at @path (sysfs). */
void xdc_io_end_at(struct xdc_flight *flight, struct xdc_io *io, const char *path);
void xdc_io_unknown(struct xdc_io *io, const char *why);
/* The same where what it is made of is not there, which another check says. */
void xdc_io_missing(struct xdc_io *io);
/* io-storage.c, io-network.c */
void xdc_follow_disk(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
		     unsigned int line);
void xdc_follow_vif(struct xdc_flight *flight, const struct xdc_guest_vif *vif, size_t index,
		    unsigned int line);

/*
 * topology.c: the records "storage" and "network", "class:block" and "class:net" as things on
 * things. The first returns NULL where the name is none of them.
 */
const char *xdc_topology_field(const struct xdc_flight *flight, const char *record,
			       const char *name, const char *field);
/* Which of the @fields of @name (ended by NULL) could not be read, and why; NULL: each could. */
const char *xdc_topology_unread(const struct xdc_flight *flight, const char *record,
				const char *name, const char *const *fields);
/* The names that @name lies on, in @record's field @field; at most @max; returns how many. */
size_t xdc_topology_below(const struct xdc_flight *flight, const char *record, const char *name,
			  const char *field, const char **ret, size_t max);
/* The sysfs path ("/devices/...") of a member of class:block or class:net. */
const char *xdc_class_path(const struct xdc_flight *flight, const char *class_key,
			   const char *name);
/* The block device with the number "8:0". */
const char *xdc_block_by_number(const struct xdc_flight *flight, const char *number);

#endif
