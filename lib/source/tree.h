/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Reading files below a root directory: the machine's own "/" or a directory given by a
 * user. The latter may be hostile: see xdc_source_tree().
 */
#ifndef XDC_TREE_H
#define XDC_TREE_H

#include "source/source.h"

struct xdc_tree {
	int root;      /* a directory */
	bool confined; /* nothing above or beside the root may be reached */
};

/*
 * Opens @path, absolute as seen from the root. Returns a descriptor or -errno. In a confined
 * tree only regular files and directories are opened: -ENXIO for a FIFO, device or socket,
 * which is never opened, -EXDEV for a link that leaves the tree.
 */
int xdc_tree_open(const struct xdc_tree *tree, const char *path, int flags);

/*
 * Reads @path, at most @limit bytes, into *@ret_data (the caller's, NUL behind it, NULL
 * unless readable) and *@ret_size.
 */
enum xdc_status xdc_tree_read(const struct xdc_tree *tree, const char *path, size_t limit,
			      char **ret_data, size_t *ret_size);

/* The same from an open file. */
enum xdc_status xdc_read_all(int fd, size_t limit, char **ret_data, size_t *ret_size);

/*
 * Reads one sysfs attribute, in one read(2), relative to the directory @dir of a device;
 * @buffer gets a NUL and loses the newline at its end. Returns the length or -errno.
 */
ssize_t xdc_tree_read_attribute(const struct xdc_tree *tree, int dir, const char *name,
				char *buffer, size_t size);

/*
 * Writes the field @field of it, or why it could not be read; nothing where it is not there.
 * Returns what xdc_tree_read_attribute() does.
 */
ssize_t xdc_tree_write_attribute(const struct xdc_tree *tree, int dir, const char *name,
				 const char *field, FILE *out);
/* That @field could not be read; nothing where it was, or is not there. */
void xdc_tree_write_unread(const char *field, enum xdc_status status, FILE *out);

/* The text of the link @name in @dir. Returns 0, -EINVAL where it is no link, or -errno. */
int xdc_tree_read_link(int dir, const char *name, char *buffer, size_t size);

/*
 * The names in a directory, sorted (readdir's order is no order); at most 100,000.
 * *@ret_names and each name are the caller's, see xdc_names_free().
 */
enum xdc_status xdc_tree_list(const struct xdc_tree *tree, const char *path, char ***ret_names,
			      size_t *ret_count);
void xdc_names_free(char **names, size_t count);

/*
 * Where a link text in the directory @dir ("/sys/bus/pci/devices") leads, by its letters
 * alone: written to @path. -ENAMETOOLONG where it does not fit.
 */
int xdc_path_resolve(const char *dir, const char *target, char *path, size_t size);

/*
 * tree-path.c: where the open file @fd is, as seen from the root, with all links resolved;
 * and where the root is for this process ("" for "/"). 0, or -errno: -EXDEV for a file that
 * is not below the root, another where /proc is not mounted here.
 */
int xdc_tree_real_path(const struct xdc_tree *tree, int fd, char *path, size_t size);
int xdc_tree_root_path(const struct xdc_tree *tree, char *path, size_t size);

/* tree-devices.c, tree-devicetree.c, tree-logs.c, tree-tools.c...: answers that take more than one
 * file. */
void xdc_tree_devices(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_class(const struct xdc_tree *tree, const char *name, xdc_emit_fn *emit, void *arg);
/* tree-logs.c: at most the last @limit bytes of a file of @total, from the start of a line. */
enum xdc_status xdc_read_tail(int fd, off_t total, size_t limit, char **ret_data, size_t *ret_size);
/* Returns how many there are. */
size_t xdc_tree_xen_logs(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_iommu_groups(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_devicetree(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_kernel_config(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_logs(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_catalogue(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_tools(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
/* One record of all that is in the directory @base: @write adds the fields of each name in it. */
typedef void xdc_tree_write_fn(const struct xdc_tree *tree, const char *name, FILE *out);
void xdc_tree_tell_each(const struct xdc_tree *tree, const char *base, const char *key,
			xdc_tree_write_fn *write_fields, xdc_emit_fn *emit, void *arg);
void xdc_tree_storage(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_network(const struct xdc_tree *tree, xdc_emit_fn *emit, void *arg);
void xdc_tree_targets(const struct xdc_tree *tree, const struct xdc_request *request,
		      xdc_emit_fn *emit, void *arg);

/* Answers @request as far as files can; what they cannot is UNSUPPORTED. */
void xdc_tree_ask(const struct xdc_tree *tree, const struct xdc_request *request, xdc_emit_fn *emit,
		  void *arg);

/* Calls @emit with one record; @data may be NULL. */
void xdc_emit(xdc_emit_fn *emit, void *arg, const char *key, const char *origin,
	      enum xdc_status status, const char *detail, const char *data, size_t size);

#endif
