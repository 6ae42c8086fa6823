/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sources: the only code that touches the outside. A source is asked typed requests and
 * answers each with records; asking never fails, what could not be read is a status.
 */
#ifndef XDC_SOURCE_H
#define XDC_SOURCE_H

#include "source/record.h"

enum xdc_request_type {
	/* One file, at most @limit bytes (more is TRUNCATED): "file:SUBJECT". */
	XDC_REQUEST_FILE,
	/* The kernel's release and machine, and the host's name, as uname(2) has them: "uname". */
	XDC_REQUEST_UNAME,
	/*
	 * When this is read, and by what: "recorded" with the fields time (seconds since 1970,
	 * UTC) and version (this program's). Only the running machine can tell.
	 */
	XDC_REQUEST_RECORDED,
	/*
	 * Every device of /sys/bus/<bus>/devices: "devices" (one line each, its path below
	 * /sys) and, for each, "device:PATH" with the fields bus, driver, iommu_group, iommu,
	 * of_node, acpi, physfn; on PCI class, vendor, device, busmaster, dma_mask_bits,
	 * consistent_dma_mask_bits; on virtio features. Nothing that takes a device's lock is
	 * read.
	 */
	XDC_REQUEST_DEVICES,
	/* Members of /sys/class/SUBJECT as "name=device path": "class:SUBJECT". */
	XDC_REQUEST_CLASS,
	/*
	 * Each IOMMU group's type as "number=type": "iommu-groups"; and, where there are any,
	 * its reserved regions as "number=0xFIRST 0xLAST type", a line for each: "iommu-reserved".
	 */
	XDC_REQUEST_IOMMU_GROUPS,
	/*
	 * The names in the udev database of @devices: "udev:PATH" with the fields vendor and
	 * model, for those that have one. Reading them takes the device's lock on some kernels
	 * (the stable series of 5.10 and 6.1), so it is done aside, with a deadline.
	 */
	XDC_REQUEST_NAMES,
	/* The device tree as a flattened blob: "devicetree". */
	XDC_REQUEST_DEVICETREE,
	/* The kernel's build configuration, as text: "kernel-config". */
	XDC_REQUEST_KERNEL_CONFIG,
	/* The kernel log, records as /dev/kmsg has them: "kmsg". */
	XDC_REQUEST_KERNEL_LOG,
	/*
	 * What logs hold of this and earlier boots, newest boot first: "logs" (which were
	 * found), and "log:NAME" for each. See source/tree-logs.c and tree-xen-logs.c.
	 */
	XDC_REQUEST_LOGS,
	/*
	 * What the hypervisor says of itself, through the helper: "xen" (whether it could be
	 * asked), "xen:interfaces", "xen:version", "xen:physinfo", "xen:domains" and
	 * "xen:console". See helper/helper.h for the fields.
	 */
	XDC_REQUEST_HYPERVISOR,
	/*
	 * The few subtrees of xenstore that tell whether guests are served, through the helper:
	 * "xenstore" (whether it answers) and "xenstore:PATH" for each subtree.
	 */
	XDC_REQUEST_XENSTORE,
	/* Which Xen release the toolstack and its daemons belong to: "tools". */
	XDC_REQUEST_TOOLS,
	/*
	 * What the running kernel holds for the DMA of @devices: "dma" (whether and how it
	 * was read) and "dma:PATH" for each that answered. See bpf/observe.h for the fields.
	 */
	XDC_REQUEST_DMA_STATE,
	/*
	 * What devices map for DMA in the next @seconds: "activity" (whether and how long that was
	 * counted) and "activity:PATH" for each that did any. 0 seconds: only what was counted
	 * before, which a recording may have. See bpf/activity.c for the fields.
	 */
	XDC_REQUEST_ACTIVITY,
	/*
	 * An administrator's own entries for the catalogue: "catalogue" (their names, one a line)
	 * and "catalogue:NAME" for each. See xen-dmacheck-catalogue(5).
	 */
	XDC_REQUEST_CATALOGUE,
	/*
	 * What block devices are made of: "storage", for each of /sys/class/block the fields
	 * NAME/dev ("8:0"), NAME/partition, NAME/ro, NAME/slave (each), NAME/dm (its UUID),
	 * NAME/dm_name, NAME/md (its level), NAME/loop (the file), NAME/dio (0 or 1).
	 */
	XDC_REQUEST_STORAGE,
	/*
	 * How network interfaces lie on each other: "network", for each of /sys/class/net the
	 * fields NAME/flags (IFF_*, hexadecimal), NAME/bridge (present for a bridge),
	 * NAME/lower (each that it sends through).
	 */
	XDC_REQUEST_NETWORK,
	/*
	 * What stands at each path of @devices: "target:PATH" with the fields path (links
	 * resolved), type (file, directory, block, character, other), mode (octal), size, dev
	 * (the file system's), inode, rdev; of a regular file head (its first bytes in
	 * hexadecimal; unpacked, where they are gzip's: "unpacked") and interpreter. File systems
	 * may not answer, so it is done aside, with a deadline.
	 */
	XDC_REQUEST_TARGETS,
};

struct xdc_request {
	enum xdc_request_type type;
	const char *subject;
	size_t limit;
	const char *const *devices;
	size_t n_devices;
	unsigned int seconds;
};

struct xdc_source;

struct xdc_source_ops {
	void (*ask)(struct xdc_source *source, const struct xdc_request *request, xdc_emit_fn *emit,
		    void *arg);
	/* NULL: there is nothing to be gained. */
	void (*expect)(struct xdc_source *source, const struct xdc_request *request);
	void (*free)(struct xdc_source *source);
};

struct xdc_source {
	const struct xdc_source_ops *ops;
};

/* The key of the record that answers @request (the first, where there are several). */
char *xdc_request_key(struct xdc_arena *arena, const struct xdc_request *request);

/* Answers @request by calling @emit for each record, which is valid only during the call. */
void xdc_source_ask(struct xdc_source *source, const struct xdc_request *request, xdc_emit_fn *emit,
		    void *arg);

/* @request will be asked: what takes long of it may begin. */
void xdc_source_expect(struct xdc_source *source, const struct xdc_request *request);

void xdc_source_free(struct xdc_source *source);
void xdc_source_freep(struct xdc_source **source);
#define xdc_autosource __attribute__((cleanup(xdc_source_freep)))

/*
 * source-live.c: this machine. Udev names, the kernel log and the DMA state come from
 * providers of its own; the rest is the same walk as that of a directory.
 */
struct xdc_live_options {
	const char *helper;	   /* the executable that asks Xen; NULL: where it is installed */
	const char *config_helper; /* the one that reads a guest's configuration; NULL: likewise */
	const char *directory;	   /* in which a guest's relative paths are; NULL: not known */
	unsigned int timeout_ms; /* for each of the two times it is run; 0: XDC_HELPER_TIMEOUT_MS */
	unsigned int total_ms;	 /* for all that may wait, from now; 0: no such limit */
	bool has_time;		 /* else the clock's is recorded */
	int64_t time;		 /* seconds since 1970 */
};
enum { XDC_HELPER_TIMEOUT_MS = 3000 };

/* @options may be NULL; what they point to must outlive the source. */
struct xdc_source *xdc_source_live(const struct xdc_live_options *options);

/*
 * source-tree.c: a directory that looks like a root file system. Nothing outside it is read:
 * links are resolved within it by the kernel (openat2, Linux 5.6), and only regular files
 * and directories are opened. Returns 0, -ENOTDIR, -EACCES..., or -ENOSYS where the kernel
 * has no openat2().
 */
int xdc_source_tree(const char *root, struct xdc_source **ret);

/*
 * source-recording.c: what an earlier run recorded: a bundle (bundle/bundle.h), an archive with
 * one in it, or records alone. Reads @fd to its end; it remains the caller's. @archive is
 * xdc_archive_load()'s: what is in @fd may be hostile, and is to be read in a process that has
 * given up its files (source/confine.h). Returns 0, or -errno with what is wrong in *@ret_error
 * (to be freed).
 */
struct xdc_archive;
int xdc_source_recording(int fd, const struct xdc_archive *archive, struct xdc_source **ret,
			 char **ret_error);

/* Answers from @evidence, which it takes over: what was recorded or assumed. */
struct xdc_evidence;
struct xdc_source *xdc_source_records(struct xdc_evidence *evidence);

/*
 * source-board.c: what a Xen dom0 would see on the board that the flattened device tree @blob
 * (@size bytes of the file @dtb) describes, under @assumptions (see collect/assume.h). Returns 0,
 * or -errno with what is wrong in *@ret_error (to be freed).
 */
struct xdc_assumptions;
int xdc_source_board(const char *dtb, const char *blob, size_t size,
		     const struct xdc_assumptions *assumptions, struct xdc_source **ret,
		     char **ret_error);

/*
 * guest-config.c: a guest's configuration as xl reads it, in two steps, with something else to do
 * between them. The first reads the open file @fd, which remains the caller's and is called @name
 * in what the parser says; @options' texts and @name must outlive it. The second answers with the
 * records of helper/xlcfg.h, each key with "guest:@index" in the place of "guest", and with
 * "guest:@index:directory" where that is known, and ends it.
 * What it could not be read for is the status of "guest:@index": UNSUPPORTED where there is no
 * libxlutil.
 */
struct xdc_guest_config;
struct xdc_guest_config *xdc_guest_config_start(const struct xdc_live_options *options, int fd,
						const char *name, size_t index);
/* Whether the file was read: OK, TRUNCATED where it is too large, else with why. */
enum xdc_status xdc_guest_config_read(const struct xdc_guest_config *config,
				      const char **ret_detail);
void xdc_guest_config_finish(struct xdc_guest_config *config, xdc_emit_fn *emit, void *arg);

/*
 * Opens a regular file that a user named; never waits. *@ret_fd and *@ret_error are the caller's.
 */
int xdc_user_file_open(const char *path, int *ret_fd, char **ret_error);

/* Reads one, at most 64 MiB. *@ret_text and *@ret_error are the caller's. */
int xdc_read_user_file(const char *path, char **ret_text, size_t *ret_size, char **ret_error);

/*
 * user-log.c: opens a log that a user named; "-" is standard input. Returns the descriptor, the
 * caller's, or -errno.
 */
int xdc_user_log_open(const char *path);

/*
 * Gives all that is in @fd to @take, piece by piece. What is no regular file may never end: of
 * that at most XDC_STREAM_MAX bytes are read, for at most @timeout_ms (0: as long as it takes).
 * Returns 0, 1 where more was there than was read, or -errno.
 */
#define XDC_STREAM_MAX (UINT64_C(1) << 30)
typedef void xdc_take_fn(void *arg, const char *data, size_t size);
int xdc_user_log_read(int fd, unsigned int timeout_ms, xdc_take_fn *take, void *arg);

#endif
