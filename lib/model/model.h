/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The model: what the evidence says, as facts. Pure functions of the evidence: no I/O, no
 * printing. Every pointer in a model is valid until xdc_model_free(), and the evidence must
 * outlive it. A fact that could not be read is NULL or XDC_UNKNOWN, never a default.
 */
#ifndef XDC_MODEL_H
#define XDC_MODEL_H

#include "collect/evidence.h"
#include "model/address-map.h"
#include "model/console.h"
#include "model/devicetree.h"
#include "model/kernel-log.h"
#include "model/xen.h"
#include "watch/watch.h"

enum xdc_arch {
	XDC_ARCH_UNKNOWN,
	XDC_ARCH_ARM,
	XDC_ARCH_ARM64,
	XDC_ARCH_X86,
	XDC_ARCH_OTHER,
};

enum xdc_role {
	XDC_ROLE_UNKNOWN,
	XDC_ROLE_NONE, /* no Xen below this kernel */
	XDC_ROLE_DOM0,
	XDC_ROLE_DOMU,
};

/*
 * How Xen runs this kernel. On Arm there is one way only, whatever
 * /sys/hypervisor/guest_type says (it says HVM there).
 */
enum xdc_guest_type {
	XDC_GUEST_UNKNOWN,
	XDC_GUEST_NONE,
	XDC_GUEST_PV,
	XDC_GUEST_PVH,
	XDC_GUEST_HVM,
	XDC_GUEST_ARM,
};

/* Bits of submap 0: xen/include/public/features.h. */
enum {
	XDC_XENFEAT_DOM0 = 11,
	XDC_XENFEAT_NOT_DIRECT_MAPPED = 16, /* Xen 4.16 and later: one of the two is set */
	XDC_XENFEAT_DIRECT_MAPPED = 17,
	XDC_FEATURES_MAX = 32,
};

struct xdc_version {
	unsigned int major;
	unsigned int minor;
	bool known;
};

struct xdc_host {
	const char *machine; /* as uname(2) says it */
	const char *kernel;  /* the release */
	const char *name;    /* the host's own, as uname(2) says it */
	int64_t recorded;    /* when all this was read, seconds since 1970; -1: not known */
	const char *xen;     /* "4.17.5", with what the vendor added */
	const char *guest_type_text;
	const char *command_line;
	uint64_t ram_end;     /* one behind the last address of RAM; 0: not known */
	const char *lockdown; /* the mode in force */
	struct xdc_version kernel_version;
	struct xdc_version xen_version;
	uint32_t features;
	enum xdc_arch arch;
	enum xdc_role role;
	enum xdc_guest_type guest_type;
	enum xdc_tri have_features;
	enum xdc_tri direct_mapped; /* is dom0's memory mapped 1:1 */
	bool config_is_cut;	    /* only the beginning of the configuration is there */
	const char *config;	    /* the kernel's build configuration, NULL unless readable */
};

enum xdc_probe_outcome {
	XDC_PROBE_NEVER,
	XDC_PROBE_FAILED,
	XDC_PROBE_DEFERRED,
	XDC_PROBE_BOUND,
	XDC_PROBE_UNBOUND,
};

enum xdc_dma {
	XDC_DMA_NO,
	XDC_DMA_MAYBE,
	XDC_DMA_YES,
};

/* What the kernel held for the device, see bpf/observe.c for the fields. */
struct xdc_observation {
	bool present;
	bool outdated;	    /* its driver came or went after sysfs was read: it is left out */
	bool table;	    /* there is a table of operations */
	bool unreadable;    /* there is, and its functions could not be read or named */
	const char *map_sg; /* names of the table's functions, NULL where not named */
	const char *map;
	const char *group_domain; /* the domain in force: "DMA", "identity"... */
	enum xdc_tri dma_iommu;	  /* XDC_UNKNOWN: this kernel has no such flag */
	enum xdc_tri coherent;
	enum xdc_tri dma_configure;
	enum xdc_tri can_match;
	enum xdc_tri restricted_pool;
	enum xdc_tri arch_mapping;
	enum xdc_tri global_ops; /* x86: the global table could be read */
	uint64_t dma_mask;
	uint64_t coherent_dma_mask;
	uint64_t bus_dma_limit;
};

struct xdc_pci {
	bool present;
	uint32_t class_code; /* 24 bits: class, subclass, interface */
	uint16_t vendor;
	uint16_t device;
	uint16_t requester_id; /* bus << 8 | device << 3 | function */
	enum xdc_tri bus_master;
};

struct xdc_iommu;

struct xdc_device {
	const char *path; /* below /sys: "/devices/..." */
	const char *name; /* its last component */
	const char *bus;
	const char *driver; /* NULL: none bound */
	const char *description;
	const char *of_node;
	const char *iommu_class;   /* the IOMMU's name in /sys/class/iommu */
	struct xdc_iommu *iommu;   /* in force, or else as the device tree has it; NULL: none */
	const char *group_type;	   /* as sysfs says it: "DMA", "identity"... */
	struct xdc_device *parent; /* the nearest device above it */
	struct xdc_device *dma_via;
	struct xdc_pci pci;
	struct xdc_observation observed;
	const struct xdc_activity *activity; /* NULL: none, or not counted */
	long group;			     /* -1: in none */
	enum xdc_probe_outcome probe;
	enum xdc_dma dma;
	enum xdc_tri access_platform; /* the virtio device here offers VIRTIO_F_ACCESS_PLATFORM */
	const char *unread; /* the record that what is known of it is not all in; NULL: it is */
	bool is_virtio;	    /* a virtio device sits on it */
	bool has_acpi_node;
	enum xdc_tri translated;	/* its DMA goes through an IOMMU domain that translates */
	enum xdc_tri covered;		/* an IOMMU that Xen has taken translates for it */
	enum xdc_tri serves_guests;	/* a guest's disk or interface ends on it */
	enum xdc_tri has_dma_configure; /* its bus sets DMA up before a driver's probe */
	const char *dma_reason;
	const char *probe_reason;
	/* The evidence behind probe_reason: a kernel message, NULL where there is none. */
	const char *probe_message;
	const char *probe_evidence;		/* the record that has it */
	uint64_t dma_mask;			/* 0: not known */
	const struct xdc_dma_range *bus_ranges; /* what its bus lets through; NULL: all */
	size_t n_bus_ranges;
	const struct xdc_iommu_event *iommu_event; /* the first fault of its stream ID */
	unsigned int n_iommu_events;
	/* DMA of its that an IOMMU of Xen's refused, as the hypervisor's console has it. */
	const struct xdc_xen_fault *xen_fault;
};

enum xdc_owner {
	XDC_OWNER_UNKNOWN,
	XDC_OWNER_XEN,
	XDC_OWNER_DOM0,
	XDC_OWNER_LINUX, /* no Xen here: an ordinary kernel's */
	XDC_OWNER_DISABLED,
};

/* An IOMMU: a node of the device tree, an entry of /sys/class/iommu, mostly both. */
struct xdc_iommu {
	const char *name; /* the sysfs device's, else the node's */
	const char *compatible;
	const char *driver;
	const char *of_node;
	const char *class_name;	   /* in /sys/class/iommu; NULL: no driver registered it */
	struct xdc_device *device; /* NULL where sysfs has none */
	enum xdc_owner owner;
	struct xdc_device **masters;
	size_t n_masters;
};

/* What a log file has of this boot, as records of /dev/kmsg. */
struct xdc_boot_log {
	const char *key; /* of the file's record */
	const char *text;
};

enum { XDC_BOOT_LOGS_MAX = 3 };

struct xdc_model {
	const struct xdc_evidence *evidence;
	struct xdc_arena *arena;
	struct xdc_host host;
	struct xdc_xen xen;
	struct xdc_device *devices; /* sorted by path, so a parent stands before its children */
	size_t n_devices;
	struct xdc_iommu *iommus;
	size_t n_iommus;
	struct xdc_devicetree *devicetree; /* NULL: none, or not readable */
	struct xdc_devicetree *board;	   /* the board's own tree, where one was given */
	const char *devicetree_error;	   /* it is malformed: how; else NULL */
	struct xdc_kernel_log *log;
	struct xdc_boot_log boot_logs[XDC_BOOT_LOGS_MAX]; /* the newest first */
	size_t n_boot_logs;
	struct xdc_console *console;
	struct xdc_address_map addresses; /* what lies where */
	enum xdc_tri observed;		  /* the kernel was read; XDC_UNKNOWN: not tried */
	const char *observe_detail;	  /* why it was not */
	uint64_t watched_ms;		  /* how long DMA was counted; 0: it was not */
	size_t n_guest_disks;		  /* backends here that serve guests */
	size_t n_guest_interfaces;
};

/* The model of @evidence. Never NULL; what is missing in the evidence is unknown in it. */
struct xdc_model *xdc_model_new(const struct xdc_evidence *evidence);
void xdc_model_free(struct xdc_model *model);
void xdc_model_freep(struct xdc_model **model);
#define xdc_automodel __attribute__((cleanup(xdc_model_freep)))

/* The device with @path ("/devices/..."), or NULL. */
struct xdc_device *xdc_model_device(const struct xdc_model *model, const char *path);

/*
 * The device that firmware describes for @device: itself, for a PCI function the host
 * bridge's. NULL where that is no device of a bus (ACPI).
 */
const struct xdc_device *xdc_device_bearer(const struct xdc_device *device);

/*
 * The IOMMU node that the device tree puts @device behind, and its ID there: its `iommus`,
 * for a PCI function its bridge's `iommu-map`. NULL: none.
 */
const struct xdc_dt_node *xdc_tree_described_iommu(const struct xdc_devicetree *tree,
						   const struct xdc_device *device,
						   uint32_t *ret_id);
const struct xdc_dt_node *xdc_model_described_iommu(const struct xdc_model *model,
						    const struct xdc_device *device,
						    uint32_t *ret_id);

/*
 * streams.c: the only device that the board's tree (else this kernel's) has behind the IOMMU
 * @name, "/smmuv3@9050000" or "9050000.smmuv3", with the ID *@id (NULL: any). NULL: none, or
 * several.
 */
struct xdc_device *xdc_model_stream_master(const struct xdc_model *model, const char *name,
					   const uint32_t *id);
/* The only PCI function with that requester ID. NULL: none, or one in each of several segments. */
struct xdc_device *xdc_model_requester(const struct xdc_model *model, uint32_t id);

/*
 * dma-ranges.c. The last address that @device can use on its bus, as the kernel holds it, or
 * else by the device tree (bus_dma_limit); 0: nothing is known to limit it.
 */
uint64_t xdc_device_bus_limit(const struct xdc_device *device);
/*
 * The last address of memory that @device's DMA reaches, by its mask and its bus; 0: not known.
 * A bus may have memory elsewhere: on a Raspberry Pi 4, 0xc0000000 is where memory begins.
 */
uint64_t xdc_device_reach(const struct xdc_device *device);

/* The words of JSON and tables. Static. */
const char *xdc_role_name(enum xdc_role role);
const char *xdc_probe_name(enum xdc_probe_outcome probe);
const char *xdc_dma_name(enum xdc_dma dma);
const char *xdc_owner_name(enum xdc_owner owner);
/* Of a bit of submap 0, "dom0"; "bit31" where none has that name. @bit < XDC_FEATURES_MAX. */
const char *xdc_feature_name(unsigned int bit);

/* Whether @version is @major.@minor or later; XDC_UNKNOWN where it is not known. */
enum xdc_tri xdc_version_at_least(struct xdc_version version, unsigned int major,
				  unsigned int minor);

/* The value of a build option: 'y', 'm', 'n' (also where it is not set), 0: not known. */
char xdc_host_config(const struct xdc_host *host, const char *option);

/* Whether the rules or checks ask for the build option: those of all calls of the above. */
bool xdc_host_asks_config(const char *option);

/* Whether @word stands on the kernel's command line; XDC_UNKNOWN where that is not known. */
enum xdc_tri xdc_host_has_option(const struct xdc_host *host, const char *word);

/* Whether @type ("DMA"...) has the IOMMU translate; XDC_UNKNOWN for NULL and "unknown". */
enum xdc_tri xdc_domain_translates(const char *type);

/* The device that masters the bus for whatever is at @path or below it; NULL: none does. */
struct xdc_device *xdc_model_master(const struct xdc_model *model, const char *path);

/* The text of a field of @record, safe to print, of the model's; NULL where it has none. */
const char *xdc_model_field(const struct xdc_model *model, const struct xdc_record *record,
			    const char *name);

/* The number in a field of @record, as xdc_number_parse() reads it; 0 where there is none. */
uint64_t xdc_model_number(const struct xdc_model *model, const struct xdc_record *record,
			  const char *name, int base);

/* Calls @visit for the master of each member of the class in the record @key. */
void xdc_model_class_masters(const struct xdc_model *model, const char *key,
			     void (*visit)(void *arg, struct xdc_device *master), void *arg);

/* Stages of building the model, one file each. */
void xdc_model_read_host(struct xdc_model *model);
void xdc_model_read_boot_log(struct xdc_model *model);
void xdc_model_read_devices(struct xdc_model *model);
void xdc_model_read_observations(struct xdc_model *model);
void xdc_model_read_activity(struct xdc_model *model);
void xdc_model_read_probes(struct xdc_model *model);
void xdc_model_read_addresses(struct xdc_model *model);
void xdc_model_read_console(struct xdc_model *model);
void xdc_model_read_dma(struct xdc_model *model);
void xdc_model_read_dma_ranges(struct xdc_model *model);
void xdc_model_read_iommus(struct xdc_model *model);
void xdc_model_read_backends(struct xdc_model *model);

#endif
