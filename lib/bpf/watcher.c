/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The kernel counts by the address of a struct device, which watch-names.c knows to be some
 * device's.
 */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "bpf/watch-names.h"
#include "bpf/watch-points.h"

/* bpftool's code is not of our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "watch.skel.h"
#pragma GCC diagnostic pop

/* What is counted of one address, all processors together. */
struct entry {
	uint64_t address;
	struct xdc_counters counted;
	enum xdc_told told;
};

struct xdc_watcher {
	struct xdc_tree tree;
	struct xdc_probe probe;
	struct xdc_watch_bpf *skeleton;
	struct xdc_watch_points points;
	struct xdc_watch_names names;
	size_t n_strangers; /* addresses without a name, when devices were listed last */
	struct entry *last; /* as it was read last */
	size_t n_last;
	struct xdc_snapshot total;   /* of the devices, whatever addresses they have had */
	struct xdc_counters *values; /* room for those of all processors */
	size_t n_processors;
	bool tables_watched; /* when it was read last */
};

/*
 * The programs read the kernel's words as those of the machine that this was built for: a 32-bit
 * build on a 64-bit kernel would read halves.
 */
static bool is_kernels_build(void)
{
	struct utsname uts;

	return uname(&uts) == 0 && (sizeof(void *) == 8) == !!strstr(uts.machine, "64");
}

/* 0 where the kernel has no type information. */
static unsigned int size_of_scatterlist(void)
{
	struct btf *btf = btf__load_vmlinux_btf();
	int id = btf ? btf__find_by_name_kind(btf, "scatterlist", BTF_KIND_STRUCT) : -1;
	long long size = id > 0 ? btf__resolve_size(btf, (unsigned int)id) : 0;

	btf__free(btf);
	return size > 0 ? (unsigned int)size : 0;
}

static int load(struct xdc_watcher *watcher)
{
	struct xdc_probe *probe = &watcher->probe;
	struct xdc_probe_asker asker;
	int r;

	watcher->skeleton = xdc_watch_bpf__open();
	if (!watcher->skeleton)
		return xdc_probe_refused(probe, errno, "libbpf cannot open the program");
	if (xdc_probe_find_asker(probe, &asker) < 0)
		return -1;
	watcher->skeleton->rodata->asking_thread = asker.thread;
	watcher->skeleton->rodata->pid_namespace_dev = asker.namespace_dev;
	watcher->skeleton->rodata->pid_namespace_ino = asker.namespace_ino;
	watcher->skeleton->rodata->scatterlist_size = size_of_scatterlist();
	r = xdc_watch_bpf__load(watcher->skeleton);
	return r < 0 ? xdc_probe_refused(probe, -r, "the kernel refuses the BPF programs") : 0;
}

static struct entry *last_of(const struct xdc_watcher *watcher, uint64_t address)
{
	for (size_t i = 0; i < watcher->n_last; i++)
		if (watcher->last[i].address == address)
			return &watcher->last[i];
	return NULL;
}

/* The device there has gone: what is counted from now on is another's. */
static void forget(const struct xdc_watcher *watcher, uint64_t address)
{
	struct entry *last = last_of(watcher, address);

	bpf_map_delete_elem(bpf_map__fd(watcher->skeleton->maps.devices), &address);
	if (last)
		*last = (struct entry){ .address = address };
}

/* Asks all devices that there are now for their addresses. */
static void learn_names(struct xdc_watcher *watcher)
{
	xdc_autofree struct xdc_watch_name *old = NULL;
	size_t n_old;

	xdc_watch_names_learn(&watcher->names, &old, &n_old);
	for (size_t i = 0; i < n_old; i++)
		if (xdc_watch_names_path(&watcher->names, old[i].address) != old[i].path)
			forget(watcher, old[i].address);
}

static uint64_t now_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

/* All that the kernel has counted, and when that was read; the caller's. */
static struct entry *read_map(const struct xdc_watcher *watcher, size_t *ret_count,
			      uint64_t *ret_time_ns)
{
	const int fd = bpf_map__fd(watcher->skeleton->maps.devices);
	struct entry *entries = xdc_zalloc(XDC_COUNTERS_MAX * sizeof(*entries));
	uint64_t address = 0, *last = NULL;
	size_t count = 0;

	*ret_time_ns = now_ns();
	/* It may begin anew where an entry is removed meanwhile: only we remove any. */
	while (count < XDC_COUNTERS_MAX && bpf_map_get_next_key(fd, last, &address) == 0) {
		last = &address;
		if (bpf_map_lookup_elem(fd, &address, watcher->values) < 0)
			continue;
		for (size_t i = 0; i < watcher->n_processors; i++)
			xdc_counters_add(&entries[count].counted, &watcher->values[i]);
		entries[count++].address = address;
	}
	*ret_count = count;
	return entries;
}

/*
 * Whether devices have come that have no name yet; or have gone, and others have taken their
 * place in memory, which shows when those we know are asked again.
 */
static bool has_changed(const struct xdc_watcher *watcher, const struct entry *entries,
			size_t count, size_t *ret_strangers)
{
	bool moved = false;

	*ret_strangers = 0;
	for (size_t i = 0; i < count; i++) {
		const char *path = xdc_watch_names_path(&watcher->names, entries[i].address);

		if (!path)
			*ret_strangers += entries[i].address != 0;
		else
			moved |= xdc_watch_names_ask(&watcher->names, path) != entries[i].address;
	}
	return moved || *ret_strangers != watcher->n_strangers;
}

/*
 * Adds what has come since the last time to the devices that have the addresses now. Returns how
 * often that may have called a table.
 */
static uint64_t add_up(struct xdc_watcher *watcher, struct entry *entries, size_t count)
{
	const struct entry none = { 0 };
	uint64_t calls = 0;

	for (size_t i = 0; i < count; i++) {
		struct entry *entry = &entries[i];
		const struct entry *last = last_of(watcher, entry->address);
		struct xdc_counters since;

		last = last ? last : &none;
		since = xdc_counters_since(&last->counted, &entry->counted);
		entry->told = xdc_told_next(last->told, &since, watcher->tables_watched);
		if (entry->told == XDC_TOLD && !since.seen && watcher->points.sees_tables)
			since.seen = XDC_SEEN_DIRECT;
		xdc_snapshot_add(&watcher->total,
				 xdc_watch_names_path(&watcher->names, entry->address), &since);
		calls += xdc_table_calls(&since);
	}
	return calls;
}

static bool has_untold(const struct entry *entries, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (entries[i].address && entries[i].counted.maps && entries[i].told != XDC_TOLD)
			return true;
	return false;
}

/* Whether the tables' functions are watched from now on, as watcher.h says. */
static void watch_tables(struct xdc_watcher *watcher, bool untold, uint64_t calls, uint64_t ns)
{
	const bool are = watcher->points.tables.count > 0;
	const bool wanted = untold || xdc_tables_are_cheap(are, calls, ns);

	watcher->tables_watched = are;
	if (wanted && !are)
		xdc_watch_tables_attach(&watcher->probe, watcher->skeleton->obj, &watcher->points);
	else if (!wanted && are)
		xdc_watch_tables_detach(&watcher->points);
}

void xdc_watcher_read(struct xdc_watcher *watcher, struct xdc_snapshot *ret)
{
	const uint64_t before_ns = watcher->total.time_ns;
	size_t count, strangers;
	struct entry *entries = read_map(watcher, &count, &watcher->total.time_ns);
	uint64_t calls;

	if (has_changed(watcher, entries, count, &strangers)) {
		learn_names(watcher);
		free(entries);
		entries = read_map(watcher, &count, &watcher->total.time_ns);
		has_changed(watcher, entries, count, &watcher->n_strangers);
	}
	calls = add_up(watcher, entries, count);
	free(watcher->last);
	watcher->last = entries;
	watcher->n_last = count;
	*ret = (struct xdc_snapshot){ .time_ns = watcher->total.time_ns };
	for (size_t i = 0; i < watcher->total.count; i++)
		xdc_snapshot_add(ret, watcher->total.items[i].path,
				 &watcher->total.items[i].counted);
	watch_tables(watcher, has_untold(entries, count), calls, ret->time_ns - before_ns);
}

/* The entry for what has no other: see counters.h. */
static int add_others(const struct xdc_watcher *watcher)
{
	const uint64_t none = 0;

	return bpf_map_update_elem(bpf_map__fd(watcher->skeleton->maps.devices), &none,
				   watcher->values, BPF_ANY);
}

static int start(struct xdc_watcher *watcher)
{
	struct xdc_probe *probe = &watcher->probe;

	if (!is_kernels_build())
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "this build is of another word size than the kernel");
	xdc_probe_silence();
	/* First what takes rights: that they are missing is the commonest reason. */
	if (load(watcher) < 0 || xdc_probe_find_pmu(probe) < 0)
		return -1;
	if (add_others(watcher) < 0)
		return xdc_probe_refused(probe, errno, "the kernel refuses a map of BPF");
	if (xdc_probe_attach(probe, watcher->skeleton->progs.name_device) < 0)
		return -1;
	watcher->names.asked = &watcher->skeleton->bss->asked;
	learn_names(watcher);
	if (!watcher->names.count)
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED, XDC_PROBE_NEVER_FIRED);
	xdc_watch_points_attach(probe, watcher->skeleton->obj, &watcher->points);
	if (!watcher->points.sees_maps)
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "the kernel lets no function that maps for DMA be watched");
	return 0;
}

int xdc_watcher_new(struct xdc_watcher **ret, const char **ret_error)
{
	struct xdc_watcher *watcher = xdc_zalloc(sizeof(*watcher));
	int processors = libbpf_num_possible_cpus();

	watcher->names =
		(struct xdc_watch_names){ .probe = &watcher->probe, .arena = xdc_arena_new() };
	watcher->tree.root = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
	watcher->probe.tree = &watcher->tree;
	watcher->n_processors = processors > 0 ? (size_t)processors : 1;
	watcher->values = xdc_zalloc(watcher->n_processors * sizeof(*watcher->values));
	if (start(watcher) < 0) {
		int r = watcher->probe.status == XDC_STATUS_DENIED ? -EACCES : -ENOTSUP;

		*ret_error = watcher->probe.failed;
		xdc_watcher_free(watcher);
		return r;
	}
	*ret = watcher;
	return 0;
}

void xdc_watcher_free(struct xdc_watcher *watcher)
{
	if (!watcher)
		return;
	xdc_watch_points_detach(&watcher->points);
	xdc_probe_finish(&watcher->probe);
	xdc_watch_bpf__destroy(watcher->skeleton);
	if (watcher->tree.root >= 0)
		close(watcher->tree.root);
	xdc_arena_free(watcher->names.arena);
	xdc_snapshot_free(&watcher->total);
	free(watcher->last);
	free(watcher->names.items);
	free(watcher->values);
	free(watcher);
}

const struct xdc_unwatched *xdc_watcher_unwatched(const struct xdc_watcher *watcher,
						  size_t *ret_count)
{
	*ret_count = watcher->points.n_unwatched;
	return watcher->points.unwatched;
}
