/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is read of xenstore, and through what. Needs no header of Xen's, so that it can be
 * tested anywhere; xenstore.c connects it with libxenstore.
 */
#ifndef XDC_XENSTORE_WALK_H
#define XDC_XENSTORE_WALK_H

#include "helper/helper.h"

enum {
	XDC_XENSTORE_NODES_MAX = 4096, /* asked for, in all subtrees together */
	XDC_XENSTORE_VALUE_MAX = 1024, /* of a value; what is longer is cut */
};

/* How to ask. Both return -1 with errno set where that failed; what they give is the caller's. */
struct xdc_xenstore {
	void *arg;
	/* The children's names, in one piece of memory with the array, as xs_directory(). */
	int (*directory)(void *arg, const char *path, char ***ret_names, unsigned int *ret_count);
	int (*read)(void *arg, const char *path, char **ret_value, unsigned int *ret_size);
	bool (*is_late)(void *arg); /* whether nothing more may be asked for */
	unsigned int asked;
	bool cut;  /* nodes were left out, or values cut */
	int error; /* what ended it: the connection is lost */
};

/*
 * Write the lines of the record of that key (helper.h) to @out. Return 0, or the errno with
 * which the subtree's root itself could not be listed. @xenstore->cut and ->error tell the rest.
 */
int xdc_walk_domains(struct xdc_xenstore *xenstore, FILE *out);
int xdc_walk_backends(struct xdc_xenstore *xenstore, FILE *out);
int xdc_walk_xenstored(struct xdc_xenstore *xenstore, FILE *out);

/* Whether a key of a backend's directory is one of those that are read. */
bool xdc_backend_key_wanted(const char *key);

/* Whether a value may hold a password or key: those of network block devices do. */
bool xdc_value_is_secret(const char *value);

/* Through what xenstore is to be asked. */
enum xdc_xenstore_way {
	XDC_WAY_SOCKET,
	XDC_WAY_DEVICE,
	XDC_WAY_DENIED, /* the socket is there, not for this user */
	XDC_WAY_DOWN,	/* it cannot be running */
};

/*
 * @socket_error is the errno of connecting to xenstored's socket, 0 where that worked. In a dom0
 * without xenstored, /dev/xen/xenbus can be opened and any request waits for ever; so it is
 * taken only where a xenstore may be behind it: in a domU, or where there is a xenstore domain;
 * and where neither can be told, as then its silence is all that there is to know.
 */
enum xdc_xenstore_way xdc_xenstore_way(int socket_error, enum xdc_tri is_dom0,
				       enum xdc_tri has_xenstore_domain);

#endif
