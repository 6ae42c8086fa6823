/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Each disk: what it is made of, whether somebody else has it, and what serves it. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "preflight/preflight.h"

static bool same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

/* libxl__try_phy_backend() on Linux: a block device, or a file by way of loop. */
static enum xdc_served served_by_phy(const struct xdc_guest_disk *disk,
				     const struct xdc_target *target)
{
	if (!same(disk->format, "raw"))
		return XDC_SERVED_NOT;
	if (disk->script)
		return XDC_SERVED_SCRIPT;
	if (target->status != XDC_STATUS_OK)
		return XDC_SERVED_UNKNOWN;
	if (xdc_target_is(target, "block"))
		return XDC_SERVED_PHY;
	return xdc_target_is(target, "file") ? XDC_SERVED_LOOP : XDC_SERVED_NOT;
}

enum xdc_served xdc_disk_served(const struct xdc_guest_disk *disk, const struct xdc_target *target)
{
	const char *type = disk->backend_type;
	bool any = same(type, "unknown");
	enum xdc_served phy;

	if (same(disk->format, "empty"))
		return disk->cdrom ? XDC_SERVED_EMPTY : XDC_SERVED_NOT;
	if (same(disk->specification, "virtio"))
		return (any || same(type, "standalone")) && same(disk->format, "raw") &&
				       !disk->script
			       ? XDC_SERVED_OTHER
			       : XDC_SERVED_NOT;
	if (same(type, "standalone"))
		return XDC_SERVED_NOT;
	if (same(type, "tap"))
		return same(disk->format, "raw") || same(disk->format, "vhd") ? XDC_SERVED_OTHER
									      : XDC_SERVED_NOT;
	if (same(type, "qdisk"))
		return disk->script ? XDC_SERVED_NOT : XDC_SERVED_QDISK;
	phy = served_by_phy(disk, target);
	if (!any || phy != XDC_SERVED_NOT)
		return phy;
	return disk->script ? XDC_SERVED_NOT : XDC_SERVED_QDISK;
}

/* A letter or two behind @prefix, then a partition's number: device_virtdisk_matches(). */
static bool has_form(const char *vdev, const char *prefix, size_t max_letters, char last_letter)
{
	const char *at = vdev + strlen(prefix);
	size_t letters = 0;

	if (!xdc_text_starts_with(vdev, prefix))
		return false;
	while (islower((unsigned char)at[letters]))
		letters++;
	if (!letters || letters > max_letters || (letters == 1 && at[0] > last_letter))
		return false;
	at += letters;
	/* No partition 0, no zero before it. */
	return !*at || (*at >= '1' && *at <= '9' && strspn(at, "0123456789") == strlen(at) &&
			strlen(at) <= 3);
}

/* The names that libxl__device_disk_dev_number() knows. */
static bool is_vdev(const char *vdev)
{
	char *end;

	strtoul(vdev, &end, 0);
	if (*vdev && isdigit((unsigned char)*vdev) && !*end)
		return true;
	if (vdev[0] == 'd' && isdigit((unsigned char)vdev[1]) && strchr(vdev, 'p'))
		return true;
	return has_form(vdev, "xvd", 4, 'z') || has_form(vdev, "hd", 1, 'd') ||
	       has_form(vdev, "sd", 1, 'p');
}

static void check_vdev(struct xdc_flight *flight, size_t index, unsigned int line)
{
	const struct xdc_guest_disk *disk = &flight->guest->disks[index];

	if (!disk->vdev)
		return;
	if (!is_vdev(disk->vdev))
		xdc_check_tell(flight, "disk-vdev", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "'%s' is no name of a guest's disk",
						 xdc_shown(flight, disk->vdev)),
			       "xvda, xvda1, sda (to sdp) and IDE names up to hdd are", NULL);
	for (size_t i = 0; i < index; i++)
		if (same(flight->guest->disks[i].vdev, disk->vdev))
			xdc_check_tell(flight, "disk-vdev", XDC_OUTCOME_FAIL, line,
				       xdc_flight_printf(flight, "Two disks are called %s",
							 xdc_shown(flight, disk->vdev)),
				       "xl says \"device already exists in xenstore\"", NULL);
}

/* Whether it is looked at here at all, and there. */
static bool check_target(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
			 const struct xdc_target *target, unsigned int line)
{
	const char *shown = xdc_shown(flight, disk->target);

	if (!disk->target || (*disk->target != '/' && !flight->guest->directory))
		xdc_check_advise(
			xdc_check_tell(
				flight, "disk-target", XDC_OUTCOME_UNKNOWN, line,
				xdc_flight_printf(flight, "\"%s\" is a relative path", shown),
				"xl looks for it where it is started, which is not known here",
				NULL),
			"Write the whole path.");
	else if (target->status == XDC_STATUS_ABSENT)
		xdc_check_advise(
			xdc_check_tell(flight, "disk-target", XDC_OUTCOME_FAIL, line,
				       xdc_flight_printf(flight, "There is no %s", shown),
				       xdc_flight_printf(flight, "it is to be the guest's %s",
							 xdc_shown(flight, disk->vdev)),
				       target->key),
			"Correct the path; a logical volume must be active (lvchange -ay).");
	else if (target->status != XDC_STATUS_OK)
		xdc_check_tell(flight, "disk-target", XDC_OUTCOME_UNKNOWN, line,
			       xdc_flight_printf(flight, "%s could not be looked at", shown),
			       xdc_target_why(target), target->key);
	else if (!xdc_target_is(target, "file") && !xdc_target_is(target, "block"))
		xdc_check_tell(
			flight, "disk-target", XDC_OUTCOME_FAIL, line,
			xdc_flight_printf(flight, "%s is no file and no block device", shown),
			xdc_target_kind(flight, target), target->key);
	else
		return true;
	return false;
}

/* "rw,relatime" of a mount, and what stands behind " - TYPE SOURCE " for the file system. */
static bool is_read_only(const char *options, const char *rest)
{
	const char *super = strncmp(rest, "- ", 2) == 0 ? rest : strstr(rest, " - ");

	/* Behind the hyphen, the type and the source. */
	for (int i = 0; super && i < 3; i++)
		super = strchr(super + 1, ' ');
	return strncmp(options, "ro", 2) == 0 || (super && strncmp(super + 1, "ro", 2) == 0);
}

/*
 * Each line of /proc/self/mountinfo: "ID PARENT MAJ:MIN ROOT POINT OPTIONS ...". A disk that is to
 * be read alone may be mounted so too.
 */
static const char *mounted_on(struct xdc_flight *flight, const char *number, bool writable)
{
	const struct xdc_record *mounts =
		xdc_evidence_find(flight->evidence, "file:/proc/self/mountinfo");
	char *cursor, *line;

	if (!xdc_record_readable(mounts) || !number)
		return NULL;
	cursor = xdc_arena_strdup(flight->arena, mounts->data);
	while ((line = xdc_text_next_line(&cursor))) {
		char *next = NULL, *word = strtok_r(line, " ", &next);
		const char *device = NULL, *point = NULL, *options = NULL;

		for (int i = 0; word && i < 6; i++) {
			device = i == 2 ? word : device;
			point = i == 4 ? word : point;
			options = i == 5 ? word : options;
			word = i < 5 ? strtok_r(NULL, " ", &next) : NULL;
		}
		if (same(device, number) && options && (writable || !is_read_only(options, next)))
			return point;
	}
	return NULL;
}

struct use {
	unsigned int major;
	unsigned int minor;
	const char *device; /* "vbd/3/51712"; NULL: nobody has it */
	const char *writer; /* one whose mode is "w" */
};

static void note_use(struct xdc_flight *flight, const char *device, const char *key,
		     const char *value, void *arg)
{
	struct use *use = arg;
	unsigned int major, minor;

	/* Both in hexadecimal, as the block script writes them. */
	if (strcmp(key, "physical-device") == 0 && sscanf(value, "%x:%x", &major, &minor) == 2 &&
	    major == use->major && minor == use->minor)
		use->device = xdc_arena_strdup(flight->arena, device);
	if (use->device && strcmp(key, "mode") == 0 && strcmp(device, use->device) == 0 &&
	    *value == 'w')
		use->writer = use->device;
}

static struct use who_uses(struct xdc_flight *flight, const char *number)
{
	struct use use = { 0 };

	if (!number || sscanf(number, "%u:%u", &use.major, &use.minor) != 2)
		return use;
	/* Twice: a mode may stand before the device that it is of. */
	xdc_for_backends(flight, "vbd", note_use, &use);
	xdc_for_backends(flight, "vbd", note_use, &use);
	return use;
}

static void add_use(struct xdc_flight *flight, bool by_loop, unsigned int line, const char *title,
		    const char *who, const char *evidence)
{
	struct xdc_preflight_check *check = xdc_check_tell(
		flight, "disk-in-use", by_loop ? XDC_OUTCOME_UNKNOWN : XDC_OUTCOME_FAIL, line,
		title, who, evidence);

	if (by_loop)
		xdc_check_because(
			check,
			"the block script looks for the file in what losetup -a prints, and "
			"not with each losetup finds it: xl may refuse, or let both write",
			NULL);
	xdc_check_advise(check, "Unmount it, or end that guest; or give it read-only (r) to both.");
}

/*
 * check_sharing() of tools/hotplug/Linux/block: a device that somebody writes, or that is to be
 * written and is used by anybody, is refused. It asks the device itself and not its partitions.
 * A file is found by the number of its file system and its inode, which util-linux 2.41 prints in
 * another base than stat: seen in the lab, two guests then get it.
 */
static void check_sharing(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
			  const char *number, bool by_loop, unsigned int line)
{
	const char *what = xdc_shown(flight, disk->target);
	const char *point = mounted_on(flight, number, disk->writable);
	struct use use = who_uses(flight, number);
	const char *user = disk->writable ? use.device : use.writer;

	if (point)
		add_use(flight, by_loop, line,
			xdc_flight_printf(flight, "%s is mounted in dom0", what),
			xdc_flight_printf(flight, "on %s", xdc_shown(flight, point)),
			"file:/proc/self/mountinfo");
	if (user)
		add_use(flight, by_loop, line,
			xdc_flight_printf(flight, "%s is in use by another guest", what),
			xdc_flight_printf(flight, "backend %s%s", xdc_shown(flight, user),
					  use.writer ? " may write to it" : " reads it"),
			"xenstore:/local/domain/0/backend");
}

/* A file is shared where a loop device on it is. */
static void check_loops(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
			const struct xdc_target *target, unsigned int line)
{
	const struct xdc_record *storage = xdc_evidence_find(flight->evidence, "storage");
	char *cursor, *l;

	if (!xdc_record_readable(storage) || !target->path)
		return;
	cursor = xdc_arena_strdup(flight->arena, storage->data);
	while ((l = xdc_text_next_line(&cursor))) {
		char *file = strstr(l, "/loop=");

		if (!file || xdc_text_unescape(file + strlen("/loop="), NULL) < 0 ||
		    strcmp(file + strlen("/loop="), target->path) != 0)
			continue;
		*file = '\0';
		check_sharing(flight, disk, xdc_topology_field(flight, "storage", l, "dev"), true,
			      line);
	}
}

static void check_loop(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
		       const struct xdc_target *target, unsigned int line)
{
	struct xdc_target control = xdc_target_read(flight, "/dev/loop-control");
	struct xdc_target loop = xdc_target_read(flight, "/dev/loop0");

	if (xdc_target_exists(&control) == XDC_NO && xdc_target_exists(&loop) == XDC_NO)
		xdc_check_advise(xdc_check_tell(flight, "disk-loop", XDC_OUTCOME_FAIL, line,
						"There are no loop devices",
						"a file becomes a guest's disk through one",
						control.key),
				 "modprobe loop");
	if (disk->writable && target->mode && !(target->mode & 0222))
		xdc_check_tell(flight, "disk-mode", XDC_OUTCOME_FAIL, line,
			       xdc_flight_printf(flight, "%s is read-only, and the disk is not",
						 xdc_shown(flight, disk->target)),
			       "the block script refuses a file that nobody may write",
			       target->key);
	check_loops(flight, disk, target, line);
}

static void check_served(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
			 const struct xdc_target *target, unsigned int line)
{
	const char *script;

	switch (xdc_disk_served(disk, target)) {
	case XDC_SERVED_NOT:
		xdc_check_tell(
			flight, "disk-backend", XDC_OUTCOME_FAIL, line,
			xdc_flight_printf(flight, "Nothing can serve %s so",
					  xdc_shown(flight, disk->vdev)),
			xdc_flight_printf(flight,
					  "format %s with backendtype %s%s: xl says \"no suitable "
					  "backend\"",
					  xdc_shown(flight, disk->format),
					  xdc_shown(flight, disk->backend_type),
					  disk->script ? " and a script" : ""),
			target->key);
		break;
	case XDC_SERVED_LOOP:
		check_loop(flight, disk, target, line);
		xdc_need_backend(flight, XDC_MODULE_VBD, line);
		xdc_need_script(flight, xdc_script_path(flight->arena, NULL, "block"), line);
		break;
	case XDC_SERVED_PHY:
		check_sharing(flight, disk, target->rdev, false, line);
		xdc_need_backend(flight, XDC_MODULE_VBD, line);
		xdc_need_script(flight, xdc_script_path(flight->arena, NULL, "block"), line);
		break;
	case XDC_SERVED_SCRIPT:
		xdc_need_backend(flight, XDC_MODULE_VBD, line);
		script = xdc_script_path(flight->arena, disk->script, "block");
		xdc_need_script(flight, script, line);
		xdc_check_script_target(flight, disk, script, line);
		if (!xdc_need_script_tool(flight, script, line))
			xdc_not_checked(flight, "what a script of its own makes of a disk");
		break;
	case XDC_SERVED_QDISK:
		xdc_need_device_model(flight, "disk",
				      xdc_flight_printf(flight, "disk %s (format %s)",
							xdc_shown(flight, disk->vdev),
							xdc_shown(flight, disk->format)));
		break;
	case XDC_SERVED_OTHER:
		xdc_check_tell(flight, "disk-backend", XDC_OUTCOME_UNKNOWN, line,
			       xdc_flight_printf(flight,
						 "Whether something serves %s could not be told",
						 xdc_shown(flight, disk->vdev)),
			       "its backend is a program of its own: xl waits ten seconds for it, "
			       "and then "
			       "says no more than \"unable to add device\"",
			       NULL);
		break;
	case XDC_SERVED_EMPTY:
	case XDC_SERVED_UNKNOWN:
		break;
	}
}

static void check_disk(struct xdc_flight *flight, size_t index, unsigned int line)
{
	const struct xdc_guest_disk *disk = &flight->guest->disks[index];
	struct xdc_target target = { .status = XDC_STATUS_UNSUPPORTED };
	bool opened_by_qemu, needs_target;

	if (disk->error) {
		xdc_check_tell(
			flight, "disk-syntax", XDC_OUTCOME_FAIL, line,
			xdc_flight_printf(flight, "disk= item %zu does not parse", index + 1),
			*disk->error ? disk->error : xdc_shown(flight, disk->text), NULL);
		return;
	}
	check_vdev(flight, index, line);
	if (xdc_need_backend_domain(flight, disk->backend, line) != 0)
		return;
	if (disk->target)
		target = xdc_target_read(flight, disk->target);
	opened_by_qemu = same(disk->backend_type, "qdisk") || same(disk->backend_type, "tap");
	needs_target = !same(disk->format, "empty") && !disk->script && !opened_by_qemu;
	if (needs_target && !check_target(flight, disk, &target, line))
		return;
	if (needs_target)
		xdc_note_relative(flight, disk->target, line);
	if (same(disk->format, "empty") && disk->target && *disk->target)
		xdc_check_tell(flight, "disk-target", XDC_OUTCOME_FAIL, line,
			       "An empty drive has no target",
			       "xl says \"is empty but an image has been provided\"", NULL);
	check_served(flight, disk, &target, line);
}

void xdc_check_disks(struct xdc_flight *flight)
{
	unsigned int line = xdc_guest_line(flight->guest, "disk");

	for (size_t i = 0; i < flight->guest->n_disks; i++)
		check_disk(flight, i, line);
}
