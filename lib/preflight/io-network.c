/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From an interface to the network devices that send for it. xen-netback copies what the guest
 * receives into its pages by grant copy, so no device meets those; of what the guest sends it
 * copies the head of each packet and maps the rest, which goes to the device as it is
 * (drivers/net/xen-netback/netback.c, xenvif_tx_build_gops() and xenvif_rx_action()).
 */
#include <string.h>

#include "preflight/preflight.h"

enum { DEPTH_MAX = 8, BELOW_MAX = 64, WAYS_MAX = 64 };

/*
 * The device that is above the ports of all bridges of Open vSwitch (net/openvswitch/dp_notify.c
 * and vport-netdev.c, netdev_master_upper_dev_link()): which port is of which bridge the kernel
 * does not tell, so each of them may send it.
 */
static const char OPENVSWITCH[] = "ovs-system";

struct way {
	struct xdc_flight *flight;
	struct xdc_io base;
	size_t ways;
};

static struct xdc_io *finish(struct way *way)
{
	struct xdc_io *io = xdc_io_add(way->flight, way->base.what, way->base.line);

	way->ways++;
	*io = way->base;
	return io;
}

/* Another guest's: what is sent there is copied into its pages. */
static bool is_guests_port(const char *name, const char *path)
{
	return xdc_text_starts_with(name, "vif") || xdc_text_starts_with(name, "tap") ||
	       (path && strstr(path, "/xen-backend/"));
}

static void follow(struct way *way, const char *name, unsigned int depth)
{
	const struct xdc_io before = way->base;
	const char *path = xdc_class_path(way->flight, "class:net", name);
	const char *below[BELOW_MAX];
	static const char *const fields[] = { "lower", NULL };
	const char *why = xdc_topology_unread(way->flight, "network", name, fields);
	size_t count = xdc_topology_below(way->flight, "network", name, "lower", below, BELOW_MAX);

	if (depth == DEPTH_MAX || way->ways >= WAYS_MAX) {
		xdc_io_unknown(finish(way), "the interfaces lie too deep on each other");
		return;
	}
	if (is_guests_port(name, path))
		return;
	xdc_io_through(&way->base, xdc_shown(way->flight, name));
	if (why)
		xdc_io_unknown(finish(way), why);
	for (size_t i = 0; i < count; i++)
		follow(way, below[i], depth + 1);
	if (!why && !count && path && !strstr(path, "/virtual/"))
		xdc_io_end_at(way->flight, finish(way), path);
	way->base = before;
}

struct others {
	struct way *way;
	enum xdc_memory worst;
};

static void note_device(void *arg, struct xdc_device *master)
{
	struct others *others = arg;
	const struct xdc_attribution *a =
		xdc_attribution_of(others->way->flight->all->report->attributions, master);

	if (a->foreign_pages > XDC_MEMORY_SLOW)
		others->worst = a->foreign_pages;
}

/*
 * Without a port that leaves the machine dom0 may still route: then any of its devices may send
 * what the guest sends.
 */
static void follow_routes(struct way *way, const char *why)
{
	const struct xdc_record *forward =
		xdc_evidence_find(way->flight->evidence, "file:/proc/sys/net/ipv4/ip_forward");
	struct others others = { way, XDC_MEMORY_OK };
	struct xdc_io *io = finish(way);

	xdc_model_class_masters(way->flight->model, "class:net", note_device, &others);
	io->to_device = XDC_PAGES_COPIED;
	io->any_device = true;
	if (xdc_record_readable(forward) && *forward->data == '0')
		io->copied_by = "nothing: it leads to no device, and dom0 does not route";
	else if (others.worst == XDC_MEMORY_OK)
		io->copied_by = "nothing: each network device here does guests' pages right";
	else
		xdc_io_unknown(io, why);
}

void xdc_follow_vif(struct xdc_flight *flight, const struct xdc_guest_vif *vif, size_t index,
		    unsigned int line)
{
	const char *bridge = xdc_vif_bridge(flight, vif);
	const char *script = xdc_script_path(flight->arena, vif->script, xdc_vif_script(flight));
	struct way way = { .flight = flight };

	way.base = (struct xdc_io){ .what = xdc_flight_printf(flight, "vif %zu", index),
				    .line = line,
				    .to_device = XDC_PAGES_REACH,
				    .from_device = XDC_PAGES_COPIED,
				    .copied_by = "xen-netback" };
	if (vif->backend && strcmp(vif->backend, "Domain-0") != 0 &&
	    strcmp(vif->backend, "0") != 0) {
		xdc_io_unknown(finish(&way), "another domain serves it");
		return;
	}
	if (xdc_text_ends_with(script, "/vif-openvswitch"))
		bridge = OPENVSWITCH;
	else if (!xdc_text_ends_with(script, "/vif-bridge")) {
		xdc_io_through(&way.base, xdc_shown(flight, script));
		follow_routes(&way,
			      "where its script leads what it sends is not known, and a network "
			      "device here does guests' pages wrong");
		return;
	}
	if (!xdc_class_path(flight, "class:net", bridge)) {
		xdc_io_through(&way.base, xdc_shown(flight, bridge));
		xdc_io_missing(finish(&way));
		return;
	}
	follow(&way, bridge, 0);
	if (way.ways)
		return;
	xdc_io_through(&way.base, xdc_shown(flight, bridge));
	follow_routes(&way,
		      "its bridge has no port that leaves the machine; where dom0 routes what it "
		      "sends is not known, and a network device here does guests' pages wrong");
}
