/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a disk to the devices below it. xen-blkback submits the granted pages themselves
 * (drivers/block/xen-blkback/blkback.c), and what lies between passes them on, but for those
 * that copy:
 *   loop       reads and writes the file, by way of the page cache, unless it has direct I/O
 *              (drivers/block/loop.c): both directions are dom0's own memory
 *   dm-crypt   writes from pages of its own (crypt_alloc_buffer()); reads into the guest's, and
 *              decrypts there (kcryptd_io_read(), drivers/md/dm-crypt.c)
 *   RAID 4/5/6 writes from its stripe cache; an aligned read goes to one disk as it is
 *              (raid5_read_one_chunk(), drivers/md/raid5.c)
 *   zram, brd  copy, and no device is behind them
 *   QEMU       copies what is granted into its own memory (hw/block/xen-block.c)
 */
#include <string.h>

#include "preflight/preflight.h"

enum { DEPTH_MAX = 16, BELOW_MAX = 16, WAYS_MAX = 64 };

struct way {
	struct xdc_flight *flight;
	struct xdc_io base; /* what is known so far; each device that is reached gets a copy */
	size_t ways;
};

static const char *field(const struct way *way, const char *name, const char *what)
{
	return xdc_topology_field(way->flight, "storage", name, what);
}

static struct xdc_io *finish(struct way *way)
{
	struct xdc_io *io = xdc_io_add(way->flight, way->base.what, way->base.line);

	way->ways++;
	*io = way->base;
	return io;
}

static void copied(struct way *way, const char *by)
{
	way->base.to_device = way->base.from_device = XDC_PAGES_COPIED;
	way->base.copied_by = by;
}

/* What a device-mapper device is made of, from its UUID; "" where that does not tell. */
static const char *mapper_kind(const char *uuid)
{
	static const char *const kinds[][2] = {
		{ "LVM-", "LVM" },	 { "CRYPT-", "dm-crypt" }, { "mpath-", "multipath" },
		{ "part", "partition" }, { "DMRAID-", "dmraid" },
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(kinds); i++)
		if (xdc_text_starts_with(uuid, kinds[i][0]))
			return kinds[i][1];
	return "device mapper";
}

static bool starts_with(const char *text, const char *prefix)
{
	return text && xdc_text_starts_with(text, prefix);
}

static void note_kind(struct way *way, const char *name)
{
	const char *uuid = field(way, name, "dm"), *level = field(way, name, "md");

	if (starts_with(uuid, "CRYPT-")) {
		way->base.to_device = XDC_PAGES_COPIED;
		way->base.copied_by = "dm-crypt";
	} else if (starts_with(level, "raid4") || starts_with(level, "raid5") ||
		   starts_with(level, "raid6")) {
		way->base.to_device = XDC_PAGES_COPIED;
		way->base.copied_by = "the RAID's stripe cache";
	}
}

/* "dm-0 (LVM)", "md0 (raid1)", "nvme0n1" */
static const char *described(const struct way *way, const char *name)
{
	const char *uuid = field(way, name, "dm"), *level = field(way, name, "md");
	const char *shown = xdc_shown(way->flight, name);

	if (uuid)
		return xdc_flight_printf(way->flight, "%s (%s)", shown, mapper_kind(uuid));
	if (level && *level)
		return xdc_flight_printf(way->flight, "%s (%s)", shown,
					 xdc_shown(way->flight, level));
	return shown;
}

static void follow(struct way *way, const char *name, unsigned int depth);

/* The file system that a file is on is on a block device, by its number. */
static void follow_file(struct way *way, const char *file, unsigned int depth)
{
	struct xdc_target target = xdc_target_read(way->flight, file);
	const char *below = xdc_block_by_number(way->flight, target.dev);

	xdc_io_through(&way->base, xdc_shown(way->flight, file));
	if (below)
		follow(way, below, depth + 1);
	else
		xdc_io_unknown(finish(way),
			       "the file system of a loop device with direct I/O is on no "
			       "block device that was found");
}

static void follow_loop(struct way *way, const char *name, unsigned int depth)
{
	const char *file = field(way, name, "loop"), *direct = field(way, name, "dio");

	if (file && direct && strcmp(direct, "1") == 0) {
		follow_file(way, file, depth);
		return;
	}
	if (!file) {
		xdc_io_unknown(finish(way), "what is behind the loop device could not be told");
		return;
	}
	xdc_io_through(&way->base, xdc_shown(way->flight, file));
	copied(way, "the page cache (loop)");
	finish(way);
}

/* The disk of a partition is the directory above it. */
static const char *disk_of(const struct way *way, const char *name)
{
	const char *path = xdc_class_path(way->flight, "class:block", name);
	char *copy, *slash;

	if (!path || !field(way, name, "partition"))
		return NULL;
	copy = xdc_arena_strdup(way->flight->arena, path);
	slash = strrchr(copy, '/');
	if (!slash)
		return NULL;
	*slash = '\0';
	slash = strrchr(copy, '/');
	return slash && slash[1] ? slash + 1 : NULL;
}

static void end_at_device(struct way *way, const char *name)
{
	const char *path = xdc_class_path(way->flight, "class:block", name);
	struct xdc_io *io;

	if (starts_with(name, "zram") || starts_with(name, "ram")) {
		copied(way, "dom0's memory");
		finish(way);
		return;
	}
	io = finish(way);
	if (path && strstr(path, "/session"))
		xdc_io_unknown(io, "it is an iSCSI disk: which network device carries it is not "
				   "followed");
	else if (path && (strstr(path, "/virtual/") || starts_with(name, "nbd") ||
			  starts_with(name, "rbd") || starts_with(name, "drbd")))
		xdc_io_unknown(io, "what is behind this kind of block device is not followed");
	else
		xdc_io_end_at(way->flight, io, path);
}

/* "/dev/nvme0n1" stands there already for nvme0n1, and "/dev/nvme0n1p2" for the disk that it is of.
 */
static bool is_named(const struct way *way, const char *name)
{
	static const char dev[] = "/dev/";
	const char *last = way->base.n_through ? way->base.through[way->base.n_through - 1] : "";
	const char *disk;

	if (!xdc_text_starts_with(last, dev) || strchr(described(way, name), '('))
		return false;
	last += sizeof(dev) - 1;
	disk = disk_of(way, last);
	return strcmp(last, xdc_shown(way->flight, name)) == 0 || (disk && strcmp(disk, name) == 0);
}

/* Without one of these a disk that is made of others looks like one that is not. */
static const char *unread(const struct way *way, const char *name)
{
	static const char *const fields[] = { "dev", "partition", "dm",	   "md",
					      "dio", "loop",	  "slave", NULL };

	return xdc_topology_unread(way->flight, "storage", name, fields);
}

static void follow(struct way *way, const char *name, unsigned int depth)
{
	const struct xdc_io before = way->base;
	const char *below[BELOW_MAX], *disk = disk_of(way, name);
	const char *why = unread(way, name);
	size_t count = xdc_topology_below(way->flight, "storage", name, "slave", below, BELOW_MAX);

	if (depth == DEPTH_MAX || way->ways >= WAYS_MAX) {
		xdc_io_unknown(finish(way), "the devices lie too deep on each other");
		return;
	}
	if (!is_named(way, name))
		xdc_io_through(&way->base, described(way, name));
	if (why) {
		xdc_io_unknown(finish(way), why);
		way->base = before;
		return;
	}
	note_kind(way, name);
	if (starts_with(name, "loop"))
		follow_loop(way, name, depth);
	else if (disk)
		follow(way, disk, depth + 1);
	else if (!count)
		end_at_device(way, name);
	for (size_t i = 0; i < count; i++)
		follow(way, below[i], depth + 1);
	way->base = before;
}

static void follow_block(struct way *way, const struct xdc_target *target)
{
	const char *name =
		target->block ? target->block : xdc_block_by_number(way->flight, target->rdev);

	if (name)
		follow(way, name, 0);
	else
		xdc_io_unknown(finish(way), "which block device it is could not be told");
}

void xdc_follow_disk(struct xdc_flight *flight, const struct xdc_guest_disk *disk,
		     unsigned int line)
{
	struct way way = { .flight = flight };
	struct xdc_target target = { .status = XDC_STATUS_UNSUPPORTED };
	enum xdc_served served;
	uint64_t number;

	way.base = (struct xdc_io){ .what = xdc_shown(flight, disk->vdev),
				    .line = line,
				    .to_device = XDC_PAGES_REACH,
				    .from_device = XDC_PAGES_REACH };
	if (disk->target)
		target = xdc_target_read(flight, disk->target);
	served = xdc_disk_served(disk, &target);
	if (served == XDC_SERVED_EMPTY)
		return;
	xdc_io_through(&way.base, xdc_shown(flight, disk->target));
	if (disk->backend && strcmp(disk->backend, "Domain-0") != 0 &&
	    !(xdc_number_parse(disk->backend, 10, &number) == 0 && number == 0)) {
		xdc_io_unknown(finish(&way), "another domain serves it");
	} else if (served == XDC_SERVED_UNKNOWN && target.status == XDC_STATUS_ABSENT) {
		xdc_io_missing(finish(&way));
	} else if (served == XDC_SERVED_PHY) {
		follow_block(&way, &target);
	} else if (served == XDC_SERVED_LOOP) {
		copied(&way, "the page cache (loop)");
		finish(&way);
	} else if (served == XDC_SERVED_QDISK) {
		copied(&way, "QEMU");
		finish(&way);
	} else {
		xdc_io_unknown(finish(&way),
			       served == XDC_SERVED_SCRIPT
				       ? "what its script makes of it is not known"
			       : served == XDC_SERVED_OTHER
				       ? "its backend is outside, and does its own I/O"
				       : "what it is made of could not be told");
	}
}
