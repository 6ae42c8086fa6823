/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The words of all devices are copied, one device after the other; then what they point to
 * within the kernel's image; then, where dma_ops has been found, the masks. See layout.h for
 * what is made of them.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bpf/layout.h"
#include "bpf/observe-names.h"
#include "bpf/observe-words.h"
#include "bpf/probe.h"

/* bpftool's code is not of our warnings. */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#include "words.skel.h"
#pragma GCC diagnostic pop

static const char ORIGIN[] = "bpf: dev_attr_show, without types";

struct observer {
	struct xdc_probe probe;
	struct xdc_words_bpf *skeleton;
	struct xdc_object *objects;
	struct xdc_target *targets;
	size_t n_objects;
	size_t n_targets;
	struct xdc_layout layout;
};

static struct xdc_words_view view_of(const struct observer *observer)
{
	return (struct xdc_words_view){
		.objects = observer->objects,
		.n_objects = observer->n_objects,
		.targets = observer->targets,
		.n_targets = observer->n_targets,
		.kallsyms = observer->probe.kallsyms,
	};
}

static int load(struct observer *observer)
{
	struct xdc_probe *probe = &observer->probe;
	struct xdc_probe_asker asker;
	int r;

	observer->skeleton = xdc_words_bpf__open();
	if (!observer->skeleton)
		return xdc_probe_refused(probe, errno, "libbpf cannot open the program");
	if (xdc_probe_find_asker(probe, &asker) < 0)
		return -1;
	observer->skeleton->rodata->asking_thread = asker.thread;
	observer->skeleton->rodata->pid_namespace_dev = asker.namespace_dev;
	observer->skeleton->rodata->pid_namespace_ino = asker.namespace_ino;
	r = xdc_words_bpf__load(observer->skeleton);
	return r < 0 ? xdc_probe_refused(probe, -r, "the kernel refuses the BPF program") : 0;
}

static int prepare(struct observer *observer)
{
	struct xdc_probe *probe = &observer->probe;

	if (xdc_probe_prepare(probe) < 0)
		return -1;
	if (xdc_kallsyms_word_size(probe->kallsyms) != sizeof(void *))
		return xdc_probe_fail(probe, XDC_STATUS_UNSUPPORTED,
				      "this build is of another word size than the kernel");
	if (load(observer) < 0)
		return -1;
	return xdc_probe_attach(probe, observer->skeleton->progs.copy_words);
}

/* Runs the program on the device @path. */
static bool copy_words(const struct observer *observer, const char *path)
{
	volatile struct xdc_words *words = &observer->skeleton->bss->words;

	words->sequence = 0;
	if (xdc_probe_trigger(&observer->probe, path) < 0 || words->sequence != 1)
		return false;
	words->name[sizeof(words->name) - 1] = '\0';
	return xdc_probe_saw(path, (const char *)words->name, sizeof(words->name));
}

/* What sysfs shows of the device, to know its words by. */
static void read_sysfs(const struct observer *observer, struct xdc_object *object)
{
	xdc_autofree char *path = NULL;
	xdc_autoclose int dir = -1;
	char text[PATH_MAX];
	uint64_t bits;

	if (asprintf(&path, "/sys%s", object->path) < 0)
		return;
	dir = xdc_tree_open(observer->probe.tree, path, O_RDONLY | O_DIRECTORY);
	if (dir < 0)
		return;
	object->has_of_node = xdc_tree_read_link(dir, "of_node", text, sizeof(text)) == 0;
	if (xdc_tree_read_attribute(observer->probe.tree, dir, "consistent_dma_mask_bits", text,
				    sizeof(text)) > 0 &&
	    xdc_number_parse(text, 10, &bits) == 0 && bits <= 64)
		object->coherent_bits = (unsigned int)bits;
}

static void copy_objects(struct observer *observer, const struct xdc_request *request)
{
	const struct xdc_words *words = &observer->skeleton->bss->words;

	observer->objects = xdc_zalloc((request->n_devices + 1) * sizeof(*observer->objects));
	for (size_t i = 0; i < request->n_devices; i++) {
		struct xdc_object *object = &observer->objects[observer->n_objects];

		if (!copy_words(observer, request->devices[i]))
			continue;
		object->path = request->devices[i];
		object->address = words->object;
		object->chunks_read = words->chunks_read;
		memcpy(object->bytes, words->bytes, sizeof(object->bytes));
		read_sysfs(observer, object);
		observer->n_objects++;
	}
}

/* Any device will do; the first that still answers. */
static bool copy_with_any(const struct observer *observer)
{
	for (size_t i = 0; i < observer->n_objects; i++)
		if (copy_words(observer, observer->objects[i].path))
			return true;
	return false;
}

static void take_copies(const struct observer *observer, struct xdc_target *targets, size_t count)
{
	const struct xdc_words *words = &observer->skeleton->bss->words;
	const unsigned int size = xdc_kallsyms_word_size(observer->probe.kallsyms);

	for (size_t i = 0; i < count; i++) {
		targets[i].read = words->targets_read >> i & 1;
		for (size_t j = 0; j < XDC_WORDS_TARGET_WORDS; j++)
			memcpy(&targets[i].words[j], words->copies[i] + j * size, size);
	}
}

/* Has the targets copied, as many at a time as the program takes. */
static void copy_targets(const struct observer *observer, struct xdc_target *targets, size_t count)
{
	struct xdc_words *words = &observer->skeleton->bss->words;

	for (size_t i = 0; i < count; i += XDC_WORDS_TARGETS) {
		size_t n = count - i < XDC_WORDS_TARGETS ? count - i : XDC_WORDS_TARGETS;

		memset(words->targets, 0, sizeof(words->targets));
		for (size_t j = 0; j < n; j++)
			words->targets[j] = targets[i + j].address;
		if (copy_with_any(observer))
			take_copies(observer, targets + i, n);
	}
	memset(words->targets, 0, sizeof(words->targets));
}

static void add_target(struct observer *observer, uint64_t address)
{
	xdc_array_reserve((void **)&observer->targets, observer->n_targets,
			  sizeof(*observer->targets));
	observer->targets[observer->n_targets++] = (struct xdc_target){ .address = address };
}

static void copy_tables(struct observer *observer)
{
	const struct xdc_words_view view = view_of(observer);
	xdc_autofree uint64_t *addresses = NULL;
	size_t count = xdc_layout_candidates(&view, &addresses);

	for (size_t i = 0; i < count; i++)
		add_target(observer, addresses[i]);
	copy_targets(observer, observer->targets, count);
}

static int by_address(const void *a, const void *b)
{
	const struct xdc_target *x = a, *y = b;

	return x->address < y->address ? -1 : x->address > y->address;
}

/* Adds the devices' masks to the targets. */
static void copy_masks(struct observer *observer)
{
	const size_t tables = observer->n_targets;

	for (size_t i = 0; i < observer->n_objects; i++) {
		uint64_t address =
			xdc_layout_mask_address(&observer->layout, &observer->objects[i]);

		if (address)
			add_target(observer, address);
	}
	if (!observer->n_targets)
		return;
	copy_targets(observer, observer->targets + tables, observer->n_targets - tables);
	qsort(observer->targets, observer->n_targets, sizeof(*observer->targets), by_address);
}

static void emit_object(const struct observer *observer, const struct xdc_object *object,
			xdc_emit_fn *emit, void *arg)
{
	const struct xdc_words_view view = view_of(observer);
	xdc_autofree char *buffer = NULL, *key = NULL;
	struct xdc_bpf_sample sample;
	size_t length = 0;
	FILE *out;

	if (xdc_layout_sample(&observer->layout, &view, object, &sample) < 0 ||
	    asprintf(&key, "dma:%s", object->path) < 0)
		return;
	out = xdc_open_text(&buffer, &length);
	xdc_observe_write_fields(out, &sample, observer->probe.kallsyms);
	fclose(out);
	xdc_emit(emit, arg, key, ORIGIN, XDC_STATUS_OK, "", buffer, length);
}

static void observe_all(struct observer *observer, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	struct xdc_words_view view;

	copy_objects(observer, request);
	if (!observer->n_objects) {
		xdc_probe_fail(&observer->probe, XDC_STATUS_UNSUPPORTED, XDC_PROBE_NEVER_FIRED);
		return;
	}
	copy_tables(observer);
	view = view_of(observer);
	xdc_layout_learn(&view, &observer->layout);
	observer->probe.status = observer->layout.how ? XDC_STATUS_OK : XDC_STATUS_UNSUPPORTED;
	if (!observer->layout.how)
		return;
	copy_masks(observer);
	for (size_t i = 0; i < observer->n_objects; i++)
		emit_object(observer, &observer->objects[i], emit, arg);
}

/* Why there is nothing, or how there is something; "" where nothing was asked for. */
static void emit_end(const struct observer *observer, xdc_emit_fn *emit, void *arg)
{
	xdc_autofree char *detail = NULL;
	size_t length = 0;
	FILE *out = xdc_open_text(&detail, &length);

	if (observer->probe.failed)
		fputs(observer->probe.failed, out);
	else if (observer->n_objects)
		xdc_layout_describe(&observer->layout, out);
	fclose(out);
	xdc_emit(emit, arg, "dma", ORIGIN, observer->probe.status, detail, NULL, 0);
}

void xdc_observe_by_words(const struct xdc_tree *tree, const struct xdc_request *request,
			  xdc_emit_fn *emit, void *arg)
{
	struct observer observer = { .probe.tree = tree };

	if (prepare(&observer) == 0 && request->n_devices)
		observe_all(&observer, request, emit, arg);
	emit_end(&observer, emit, arg);
	xdc_probe_finish(&observer.probe);
	xdc_words_bpf__destroy(observer.skeleton);
	free(observer.objects);
	free(observer.targets);
}
