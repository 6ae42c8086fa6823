/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* xenstore, by libxenstore: which never watches here, never writes, and begins no transaction. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include <xenstore.h>

#include "helper/xenstore-walk.h"

struct connection {
	struct xs_handle *handle;
	long long until; /* on the monotonic clock, in ms; 0: for ever */
};

static long long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int list(void *arg, const char *path, char ***ret_names, unsigned int *ret_count)
{
	struct connection *connection = arg;
	char **names = xs_directory(connection->handle, XBT_NULL, path, ret_count);

	if (!names)
		return -1;
	*ret_names = names;
	return 0;
}

static int read_value(void *arg, const char *path, char **ret_value, unsigned int *ret_size)
{
	struct connection *connection = arg;
	char *value = xs_read(connection->handle, XBT_NULL, path, ret_size);

	if (!value)
		return -1;
	*ret_value = value;
	return 0;
}

static bool is_late(void *arg)
{
	struct connection *connection = arg;

	return connection->until && now_ms() > connection->until;
}

/* Returns 0 or the errno of connecting to a socket of that name. */
static int try_socket(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	xdc_autoclose int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return errno;
	if (strlen(path) >= sizeof(address.sun_path))
		return ENAMETOOLONG;
	memcpy(address.sun_path, path, strlen(path) + 1);
	xdc_say("waiting for xenstored to accept a connection through %s\n", path);
	if (connect(fd, (struct sockaddr *)&address, sizeof(address)) < 0)
		return errno;
	return 0;
}

/* XENFEAT_dom0 of submap 0 (xen/include/public/features.h); else, where xenfs is mounted. */
static enum xdc_tri is_dom0(void)
{
	xdc_autofclose FILE *features = fopen("/sys/hypervisor/properties/features", "re");
	xdc_autofclose FILE *capabilities = fopen("/proc/xen/capabilities", "re");
	char text[64] = "";
	unsigned int submap;

	if (features && fscanf(features, "%x", &submap) == 1)
		return xdc_tri_of(submap & (1U << 11));
	if (!capabilities)
		return XDC_UNKNOWN;
	if (!fgets(text, sizeof(text), capabilities))
		text[0] = '\0';
	return xdc_tri_of(strstr(text, "control_d"));
}

/* Reads one subtree into a record. Returns the errno of a connection that is lost, or 0. */
static int answer_subtree(struct xdc_answer *answer, struct xdc_xenstore *xenstore,
			  const char *origin, const char *path,
			  int (*walk)(struct xdc_xenstore *xenstore, FILE *out))
{
	xdc_autofree char *buffer = NULL;
	enum xdc_status status = XDC_STATUS_OK;
	const char *detail = "";
	char key[64];
	size_t size = 0;
	FILE *out = xdc_open_text(&buffer, &size);
	int error;

	snprintf(key, sizeof(key), "xenstore:%s", path);
	xenstore->cut = false;
	error = walk(xenstore, out);
	fclose(out);
	if (!error)
		error = xenstore->error;
	if (error) {
		status = xdc_status_from_errno(error);
		detail = strerror(error);
	} else if (xenstore->cut) {
		status = XDC_STATUS_TRUNCATED;
		detail = xenstore->is_late(xenstore->arg) ? "no time for the rest"
							  : "more than is read";
	}
	xdc_answer_add(answer, key, origin, status, detail, buffer, size);
	return xenstore->error;
}

/*
 * Asks @origin, a socket or a device. Without an answer to the first question, nothing else is.
 * Returns the errno of a connection that is lost, which is still to be told, or 0.
 */
static int ask(struct xdc_answer *answer, const char *origin, unsigned int milliseconds)
{
	/* The rest is for writing, and for the starter to notice. */
	struct connection connection = {
		.until = milliseconds ? now_ms() + milliseconds * 3LL / 4 : 0,
	};
	struct xdc_xenstore xenstore = {
		.arg = &connection,
		.directory = list,
		.read = read_value,
		.is_late = is_late,
	};
	int error;

	/* xs_open() would go on with the device where the socket is refused, and wait for ever. */
	setenv("XENSTORED_PATH", origin, 1);
	connection.handle = xs_open(0);
	if (!connection.handle) {
		xdc_answer_error(answer, "xenstore", origin, errno, "opening it");
		return 0;
	}
	xdc_say("waiting for an answer from xenstored through %s\n", origin);
	error = answer_subtree(answer, &xenstore, origin, "/local/domain", xdc_walk_domains);
	if (!error)
		error = answer_subtree(answer, &xenstore, origin, "/local/domain/0/backend",
				       xdc_walk_backends);
	if (!error)
		error = answer_subtree(answer, &xenstore, origin, "/tool/xenstored",
				       xdc_walk_xenstored);
	if (!error)
		xdc_answer_add(answer, "xenstore", origin, XDC_STATUS_OK, "", NULL, 0);
	return error;
}

static void answer_lost(struct xdc_answer *answer, const char *origin, int error)
{
	xdc_answer_error(answer, "xenstore", origin, error, "the connection was lost");
}

/* As libxenstore chooses it (tools/libs/store/xs.c, xs_domain_dev()). */
static const char *device(void)
{
	return access("/dev/xen/xenbus", F_OK) == 0 ? "/dev/xen/xenbus" : "/proc/xen/xenbus";
}

static enum xdc_xenstore_way way_after(int socket_error)
{
	enum xdc_tri dom0 = is_dom0(), domain = XDC_UNKNOWN;

	/* Elsewhere it does not matter, and opening privcmd may have to wait. */
	if (socket_error && dom0 == XDC_YES)
		domain = xdc_has_xenstore_domain();
	return xdc_xenstore_way(socket_error, dom0, domain);
}

static void answer_down(struct xdc_answer *answer, const char *path, int error)
{
	char detail[512];

	snprintf(detail, sizeof(detail), "%s: %s; this is dom0, and no domain is a xenstore domain",
		 path ? path : "no socket", strerror(error));
	xdc_answer_add(answer, "xenstore", path ? path : "libxenstore", XDC_STATUS_ABSENT, detail,
		       NULL, 0);
}

/* One that ends while it answers refuses the next connection: it is not running any more. */
static void ask_socket(struct xdc_answer *answer, const char *path, unsigned int milliseconds)
{
	int lost = ask(answer, path, milliseconds), error = lost ? try_socket(path) : 0;

	if (error && way_after(error) == XDC_WAY_DOWN)
		answer_down(answer, path, error);
	else if (lost)
		answer_lost(answer, path, lost);
}

void xdc_answer_xenstore(struct xdc_answer *answer, unsigned int milliseconds)
{
	const char *path = xs_daemon_socket();
	int error = path ? try_socket(path) : ENOENT;

	switch (way_after(error)) {
	case XDC_WAY_SOCKET:
		/* Without a path there was an error. */
		if (path)
			ask_socket(answer, path, milliseconds);
		break;
	case XDC_WAY_DEVICE:
		error = ask(answer, device(), milliseconds);
		if (error)
			answer_lost(answer, device(), error);
		break;
	case XDC_WAY_DENIED:
		xdc_answer_error(answer, "xenstore", path, error, "connecting to it");
		break;
	case XDC_WAY_DOWN:
		answer_down(answer, path, error);
		break;
	}
}
