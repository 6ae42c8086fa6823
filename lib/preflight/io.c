/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where a guest's pages end. Each disk and each interface is followed to the devices that master
 * the bus for it; what a device does with a page that is not dom0's is its attribution's
 * foreign_pages. What dom0 copies on the way never meets a device as a guest's page.
 */
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

struct xdc_io *xdc_io_add(struct xdc_flight *flight, const char *what, unsigned int line)
{
	struct xdc_preflight *to = flight->flight;
	struct xdc_io *io;

	xdc_array_reserve((void **)&to->io, to->n_io, sizeof(*to->io));
	io = &to->io[to->n_io++];
	memset(io, 0, sizeof(*io));
	io->what = what;
	io->line = line;
	io->to_device = io->from_device = XDC_PAGES_REACH;
	return io;
}

void xdc_io_through(struct xdc_io *io, const char *text)
{
	if (io->n_through < XDC_THROUGH_MAX)
		io->through[io->n_through++] = text;
}

void xdc_io_unknown(struct xdc_io *io, const char *why)
{
	io->why = why;
}

void xdc_io_missing(struct xdc_io *io)
{
	xdc_io_unknown(io, "it is not there");
	io->told = true;
}

void xdc_io_end_at(struct xdc_flight *flight, struct xdc_io *io, const char *path)
{
	const struct xdc_device *master = path ? xdc_model_master(flight->model, path) : NULL;

	if (master)
		io->device = xdc_attribution_of(flight->all->report->attributions, master);
	else
		xdc_io_unknown(io, "no device was found that masters the bus for it");
}

static enum xdc_io_verdict verdict_of(const struct xdc_io *io)
{
	if (io->to_device == XDC_PAGES_COPIED && io->from_device == XDC_PAGES_COPIED)
		return XDC_IO_SAFE;
	if (!io->device)
		return XDC_IO_UNKNOWN;
	switch (io->device->foreign_pages) {
	case XDC_MEMORY_BROKEN:
		return XDC_IO_UNSAFE;
	case XDC_MEMORY_SLOW:
		return XDC_IO_SLOW;
	case XDC_MEMORY_OK:
		return XDC_IO_SAFE;
	case XDC_MEMORY_NOT_ASKED:
	case XDC_MEMORY_UNKNOWN:
		break;
	}
	return XDC_IO_UNKNOWN;
}

/* What is told of one way, where it is not right or not known. */
static void report_unsafe(struct xdc_flight *flight, const struct xdc_io *io)
{
	const struct xdc_attribution *a = io->device;
	struct xdc_preflight_check *check = xdc_check_add(
		flight, "XDC-FOREIGN-PAGES", XDC_OUTCOME_FAIL, io->line,
		xdc_flight_printf(flight, "%s: DMA to the guest's pages goes astray on %s",
				  io->what, a->device->name));

	check->about_io = true;
	for (size_t i = 0; i < a->n_reasons; i++)
		xdc_check_because(check, a->reasons[i].text, a->reasons[i].evidence[0]);
	xdc_check_because(check, "the guest reads and writes other memory, and nothing says so",
			  NULL);
	if (a->device->translated == XDC_YES && flight->model->host.arch != XDC_ARCH_ARM)
		xdc_check_advise(check, "Boot dom0's kernel with iommu.passthrough=1.");
	else
		xdc_check_advise(check,
				 "Use a kernel with CONFIG_SWIOTLB_XEN=y, which maps for every "
				 "device that firmware describes.");
	if (strncmp(io->what, "vif", 3) != 0)
		xdc_check_advise(check,
				 "Or give the guest a file (loop) in place of the device: its "
				 "data goes through dom0's own memory then.");
}

static void report_other(struct xdc_flight *flight, const struct xdc_io *io)
{
	const struct xdc_attribution *a = io->device;
	bool slow = io->verdict == XDC_IO_SLOW;
	struct xdc_preflight_check *check = xdc_check_add(
		flight, slow ? "io-slow" : "io-unknown",
		slow ? XDC_OUTCOME_NOTICE : XDC_OUTCOME_UNKNOWN, io->line,
		xdc_flight_printf(flight,
				  slow ? "%s: each of the guest's pages is copied for the device"
				       : "%s: whether the guest's pages reach a device rightly "
					 "could not be told",
				  io->what));

	check->about_io = true;
	if (io->why)
		xdc_check_because(check, io->why, NULL);
	for (size_t i = 0; a && i < a->n_reasons; i++)
		xdc_check_because(check, a->reasons[i].text, a->reasons[i].evidence[0]);
	if (!check->n_because)
		xdc_check_because(check, "the device's path is not known", NULL);
}

void xdc_check_io(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;
	unsigned int line = xdc_guest_line(guest, "disk");

	if (flight->model->host.role != XDC_ROLE_DOM0)
		return;
	for (size_t i = 0; i < guest->n_disks; i++)
		if (!guest->disks[i].error)
			xdc_follow_disk(flight, &guest->disks[i], line);
	line = xdc_guest_line(guest, "vif");
	for (size_t i = 0; i < guest->n_vifs; i++)
		xdc_follow_vif(flight, &guest->vifs[i], i, line);
	if (guest->n_virtios)
		xdc_io_unknown(xdc_io_add(flight, "virtio", xdc_guest_line(guest, "virtio")),
			       "what a virtio backend does with the guest's pages is its own");
	for (size_t i = 0; i < flight->flight->n_io; i++) {
		struct xdc_io *io = &flight->flight->io[i];

		io->verdict = io->why ? XDC_IO_UNKNOWN : verdict_of(io);
		if (io->verdict == XDC_IO_UNSAFE)
			report_unsafe(flight, io);
		else if (io->verdict != XDC_IO_SAFE && !io->told)
			report_other(flight, io);
	}
}
