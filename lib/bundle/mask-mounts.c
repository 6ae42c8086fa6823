/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * /proc/self/mountinfo (proc_pid_mountinfo(5)): which kinds of file systems are mounted. What
 * is mounted, where, and with what options tells servers, users and passwords; kept are the
 * places that every system has, and no options but a few words.
 */
#include <ctype.h>
#include <string.h>

#include "bundle/mask.h"

/* The kernel's own file systems; their places are anybody's. */
static bool is_place(const char *text, size_t size)
{
	static const char *const places[] = { "/",    "/boot", "/boot/efi", "/home",   "/mnt",
					      "/opt", "/root", "/srv",	    "/tmp",    "/usr",
					      "/var", "/run",  "/var/lib",  "/var/log" };
	static const char *const trees[] = { "/proc", "/sys", "/dev", "/run/lock",
					     "/var/lib/xenstored" };

	if (xdc_is_one_of(text, size, places, XDC_ARRAY_SIZE(places)))
		return true;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(trees); i++) {
		size_t length = strlen(trees[i]);

		if (size >= length && memcmp(text, trees[i], length) == 0 &&
		    (size == length || text[length] == '/'))
			return true;
	}
	return false;
}

static bool is_type(const char *text, size_t size)
{
	static const char *const types[] = {
		"rootfs",     "proc",	   "sysfs",	"devtmpfs",    "devpts",   "tmpfs",
		"securityfs", "cgroup",	   "cgroup2",	"pstore",      "efivarfs", "bpf",
		"autofs",     "hugetlbfs", "mqueue",	"debugfs",     "tracefs",  "fusectl",
		"configfs",   "ramfs",	   "xenfs",	"binfmt_misc", "ext2",	   "ext3",
		"ext4",	      "xfs",	   "btrfs",	"vfat",	       "squashfs", "overlay",
		"iso9660",    "f2fs",	   "zfs",	"nfs",	       "nfs4",	   "cifs",
		"9p",	      "virtiofs",  "selinuxfs", "rpc_pipefs",
	};

	return xdc_is_one_of(text, size, types, XDC_ARRAY_SIZE(types));
}

static bool is_flag(const char *text, size_t size)
{
	static const char *const flags[] = {
		"rw",	      "ro",   "nosuid",	 "nodev",   "noexec",	"relatime",    "noatime",
		"nodiratime", "sync", "inode64", "dirsync", "lazytime", "strictatime",
	};

	return xdc_is_one_of(text, size, flags, XDC_ARRAY_SIZE(flags));
}

/* "size=690056k", "mode=755" */
static bool is_measure(const char *text, size_t size)
{
	static const char *const names[] = { "size", "nr_inodes", "mode", "ptmxmode" };
	const char *equals = memchr(text, '=', size);
	size_t name = equals ? (size_t)(equals - text) : 0, end = size;

	if (!equals || size > 24 || !xdc_is_one_of(text, name, names, XDC_ARRAY_SIZE(names)))
		return false;
	if (strchr("kmg%", text[end - 1]) && text[end - 1])
		end--;
	for (size_t i = name + 1; i < end; i++)
		if (!isdigit((unsigned char)text[i]))
			return false;
	return true;
}

/* Words between commas; those we do not know are masked, at most once in a row. */
static void mask_options(struct xdc_masker *masker, FILE *out, const char *text, size_t size)
{
	bool hidden = false;

	for (size_t at = 0; at < size;) {
		const char *comma = memchr(text + at, ',', size - at);
		size_t length = comma ? (size_t)(comma - text) - at : size - at;
		bool flag = is_flag(text + at, length) || is_measure(text + at, length);

		if (at && (flag || !hidden))
			fputc(',', out);
		if (flag)
			fwrite(text + at, 1, length, out);
		else if (!hidden)
			xdc_mask_hide(masker, out, XDC_MASK_OPTION);
		hidden = !flag;
		at += length + 1;
	}
}

static void mask_place(struct xdc_masker *masker, FILE *out, const char *text, size_t size)
{
	if (is_place(text, size))
		xdc_mask_text(masker, out, text, size);
	else
		xdc_mask_put(masker, out, XDC_MASK_PATH, text, size);
}

static void mask_source(struct xdc_masker *masker, FILE *out, const char *text, size_t size)
{
	if (is_type(text, size) || (size == 4 && memcmp(text, "none", 4) == 0))
		fwrite(text, 1, size, out);
	else
		xdc_mask_target(masker, out, text, size);
}

static bool is_numbers(const char *text, size_t size)
{
	for (size_t i = 0; i < size; i++)
		if (!isdigit((unsigned char)text[i]) && text[i] != ':')
			return false;
	return size && size <= 10;
}

/* The fields before the separator "-": three numbers, root, place, options, tags. */
static void mask_word(struct xdc_masker *masker, FILE *out, size_t index, const char *word,
		      size_t size)
{
	if (index < 3 && is_numbers(word, size))
		fwrite(word, 1, size, out);
	else if (index == 3 || index == 4)
		mask_place(masker, out, word, size);
	else if (index == 5)
		mask_options(masker, out, word, size);
	else
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
}

/* And behind it: type, source, options. */
static void mask_word_behind(struct xdc_masker *masker, FILE *out, size_t index, const char *word,
			     size_t size)
{
	if (index == 0 && is_type(word, size))
		fwrite(word, 1, size, out);
	else if (index == 1)
		mask_source(masker, out, word, size);
	else if (index == 2)
		mask_options(masker, out, word, size);
	else
		xdc_mask_hide(masker, out, XDC_MASK_FIELD);
}

static void mask_mount(struct xdc_masker *masker, FILE *out, const struct xdc_line *line)
{
	size_t index = 0;
	bool behind = false;

	for (size_t at = 0; at < line->size;) {
		const char *word = line->text + at;
		const char *blank = memchr(word, ' ', line->size - at);
		size_t size = blank ? (size_t)(blank - word) : line->size - at;
		bool separator = size == 1 && word[0] == '-';

		if (at)
			fputc(' ', out);
		if (separator && !behind) {
			fputc('-', out);
			behind = true;
			index = 0;
		} else {
			(behind ? mask_word_behind : mask_word)(masker, out, index++, word, size);
		}
		at += size + 1;
	}
}

const char *xdc_mask_mounts(struct xdc_masker *masker, const struct xdc_record *record, FILE *out)
{
	struct xdc_line line = { 0 };

	while (xdc_line_next(&line, record->data, record->size)) {
		mask_mount(masker, out, &line);
		xdc_line_end(&line, out);
	}
	return NULL;
}
