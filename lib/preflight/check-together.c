/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Several configurations: what one takes, those after it cannot have. */
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static void clash(struct xdc_flight *flight, const char *id, enum xdc_outcome outcome,
		  const char *key, const char *title, const struct xdc_guest *other)
{
	struct xdc_preflight_check *check =
		xdc_check_add(flight, id, outcome, xdc_guest_line(flight->guest, key), title);

	xdc_check_because(check, xdc_flight_printf(flight, "%s has it too", other->config), NULL);
}

/* Two paths that lead to one thing. */
static bool same_target(struct xdc_flight *flight, const char *a, const char *b)
{
	struct xdc_target x, y;

	if (!a || !b || !*a || !*b)
		return false;
	if (strcmp(a, b) == 0)
		return true;
	x = xdc_target_read(flight, a);
	y = xdc_target_read(flight, b);
	return same(x.path, y.path) || same(x.rdev, y.rdev);
}

/* For a file it depends on losetup whether the block script sees it: see check-disk.c. */
static enum xdc_outcome disk_outcome(struct xdc_flight *flight, const char *path)
{
	struct xdc_target target = xdc_target_read(flight, path);

	return xdc_target_is(&target, "file") ? XDC_OUTCOME_UNKNOWN : XDC_OUTCOME_FAIL;
}

static void check_disks(struct xdc_flight *flight, const struct xdc_guest *other)
{
	const struct xdc_guest *guest = flight->guest;

	for (size_t i = 0; i < guest->n_disks; i++)
		for (size_t j = 0; j < other->n_disks; j++)
			if (!guest->disks[i].backend && !other->disks[j].backend &&
			    (guest->disks[i].writable || other->disks[j].writable) &&
			    same_target(flight, guest->disks[i].target, other->disks[j].target))
				clash(flight, "together-disk",
				      disk_outcome(flight, guest->disks[i].target), "disk",
				      xdc_flight_printf(flight,
							"%s is to be another guest's disk too",
							xdc_shown(flight, guest->disks[i].target)),
				      other);
}

static void check_vifs(struct xdc_flight *flight, const struct xdc_guest *other)
{
	const struct xdc_guest *guest = flight->guest;

	for (size_t i = 0; i < guest->n_vifs; i++)
		for (size_t j = 0; j < other->n_vifs; j++) {
			const struct xdc_guest_vif *a = &guest->vifs[i], *b = &other->vifs[j];

			if (a->has_mac && b->has_mac && memcmp(a->mac, b->mac, sizeof(a->mac)) == 0)
				clash(flight, "together-mac", XDC_OUTCOME_WARNING, "vif",
				      "Two guests have one MAC address", other);
			if (same(a->name, b->name))
				clash(flight, "together-vifname", XDC_OUTCOME_FAIL, "vif",
				      "Two guests have one vifname=", other);
		}
}

static void check_pcis(struct xdc_flight *flight, const struct xdc_guest *other)
{
	const struct xdc_guest *guest = flight->guest;

	for (size_t i = 0; i < guest->n_pcis; i++)
		for (size_t j = 0; j < other->n_pcis; j++)
			if (same(guest->pcis[i].device, other->pcis[j].device))
				clash(flight, "together-pci", XDC_OUTCOME_FAIL, "pci",
				      xdc_flight_printf(flight, "%s is to be another guest's too",
							xdc_shown(flight, guest->pcis[i].device)),
				      other);
}

static void check_dtdevs(struct xdc_flight *flight, const struct xdc_guest *other)
{
	const struct xdc_setting *a = xdc_guest_setting(flight->guest, "dtdev");
	const struct xdc_setting *b = xdc_guest_setting(other, "dtdev");

	for (size_t i = 0; a && b && a->list && b->list && i < a->n_items; i++)
		for (size_t j = 0; j < b->n_items; j++)
			if (same(a->items[i], b->items[j]))
				clash(flight, "together-dtdev", XDC_OUTCOME_FAIL, "dtdev",
				      xdc_flight_printf(flight, "%s is to be another guest's too",
							xdc_shown(flight, a->items[i])),
				      other);
}

void xdc_check_together(struct xdc_flight *flight)
{
	const struct xdc_guest *guest = flight->guest;

	for (size_t i = 0; i < guest->index; i++) {
		const struct xdc_guest *other = flight->all->items[i].guest;

		if (other->status != XDC_STATUS_OK)
			continue;
		if (same(guest->name, other->name))
			clash(flight, "together-name", XDC_OUTCOME_FAIL, "name",
			      xdc_flight_printf(flight, "Two guests are to be named \"%s\"",
						xdc_shown(flight, guest->name)),
			      other);
		if (same(xdc_guest_text(guest, "uuid"), xdc_guest_text(other, "uuid")))
			clash(flight, "together-uuid", XDC_OUTCOME_WARNING, "uuid",
			      "Two guests have one UUID", other);
		check_disks(flight, other);
		check_vifs(flight, other);
		check_pcis(flight, other);
		check_dtdevs(flight, other);
	}
}
