/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * verdicts DIR: masking changes no verdict and no finding of any recorded machine; also where
 * the host and its guests are called as things are that the evidence is about.
 */
#include <stdlib.h>
#include <string.h>

#include "unit.h"

#include "bundle/redact.h"
#include "machines.h"

static const char *machines;

struct pair {
	const char *machine;
	struct xdc_report *raw;
	struct xdc_report *masked;
	char *map; /* lines of pseudonym, tab, original */
};

/* What @text was before its pseudonyms were given. Of the arena of the raw findings. */
static const char *restore(const struct pair *pair, const char *text)
{
	struct xdc_arena *arena = pair->raw->findings->arena;
	xdc_autofree char *map = xdc_strdup(pair->map);
	char *cursor = map, *line;
	char *result = xdc_arena_strdup(arena, text);

	while ((line = xdc_text_next_line(&cursor))) {
		char *original = strchr(line, '\t'), *at;
		size_t size = (size_t)(original - line);

		*original++ = '\0';
		for (at = result; (at = strstr(at, line)); at += strlen(original)) {
			/* "host-1" is no part of "host-12". */
			if (at[size] >= '0' && at[size] <= '9') {
				at++;
				continue;
			}
			size_t before = (size_t)(at - result);

			result = xdc_arena_printf(arena, "%.*s%s%s", (int)before, result, original,
						  at + size);
			at = result + before;
		}
	}
	return result;
}

static const struct xdc_attribution *masked_twin(const struct pair *pair, const char *path)
{
	const struct xdc_attributions *all = pair->masked->attributions;

	for (size_t i = 0; i < all->count; i++)
		if (strcmp(restore(pair, all->items[i].device->path), path) == 0)
			return &all->items[i];
	fail_msg("%s: %s is not among the masked devices", pair->machine, path);
	return NULL;
}

static void assert_same_device(const struct pair *pair, const struct xdc_attribution *a)
{
	const struct xdc_attribution *b = masked_twin(pair, a->device->path);

	assert_int_equal(a->verdict, b->verdict);
	assert_int_equal(a->path, b->path);
	assert_int_equal(a->basis, b->basis);
	assert_int_equal(a->inferred_path, b->inferred_path);
	assert_int_equal(a->own_memory, b->own_memory);
	assert_int_equal(a->foreign_pages, b->foreign_pages);
	assert_int_equal(a->device->dma, b->device->dma);
	assert_int_equal(a->device->probe, b->device->probe);
	assert_int_equal(a->device->serves_guests, b->device->serves_guests);
	assert_int_equal(a->device->translated, b->device->translated);
	assert_int_equal(a->device->n_iommu_events, b->device->n_iommu_events);
	assert_int_equal(!a->device->iommu, !b->device->iommu);
	assert_int_equal(a->n_missing, b->n_missing);
	for (size_t i = 0; i < a->n_missing; i++)
		assert_string_equal(a->missing[i], restore(pair, b->missing[i]));
}

static bool has_finding(const struct pair *pair, const struct xdc_finding *wanted)
{
	for (size_t i = 0; i < pair->masked->findings->count; i++) {
		const struct xdc_finding *f = &pair->masked->findings->items[i];

		if (strcmp(f->id, wanted->id) == 0 && f->severity == wanted->severity &&
		    strcmp(restore(pair, f->subject), wanted->subject) == 0 &&
		    f->n_because == wanted->n_because)
			return true;
	}
	return false;
}

static void assert_same_report(const struct pair *pair)
{
	assert_int_equal(pair->raw->attributions->count, pair->masked->attributions->count);
	for (size_t i = 0; i < pair->raw->attributions->count; i++)
		assert_same_device(pair, &pair->raw->attributions->items[i]);
	assert_int_equal(pair->raw->findings->count, pair->masked->findings->count);
	for (size_t i = 0; i < pair->raw->findings->count; i++)
		if (!has_finding(pair, &pair->raw->findings->items[i]))
			fail_msg("%s: %s of %s is not among the masked findings", pair->machine,
				 pair->raw->findings->items[i].id,
				 pair->raw->findings->items[i].subject);
	assert_int_equal(pair->raw->model->n_iommus, pair->masked->model->n_iommus);
	assert_int_equal(pair->raw->model->host.role, pair->masked->model->host.role);
	assert_int_equal(pair->raw->model->host.ram_end, pair->masked->model->host.ram_end);
	assert_int_equal(pair->raw->model->log->pool_end, pair->masked->model->log->pool_end);
}

static void add_changed(struct xdc_evidence *to, const struct xdc_record *record,
			const char *behind)
{
	xdc_autofree char *data = xdc_zalloc(record->size + strlen(behind) + 1);
	struct xdc_record changed = *record;

	memcpy(data, record->data, record->size);
	strcpy(data + record->size, behind);
	changed.data = data;
	changed.size = record->size + strlen(behind);
	xdc_evidence_add(to, &changed);
}

/* The evidence, of a host and a guest of that name. */
static struct xdc_evidence *called(const struct xdc_evidence *evidence, const char *name)
{
	struct xdc_evidence *copy = xdc_evidence_new();
	char host[128], guest[128];

	snprintf(host, sizeof(host), "nodename=%s\n", name ? name : "");
	snprintf(guest, sizeof(guest), "7/name=%s\n", name ? name : "");
	for (size_t i = 0; i < xdc_evidence_count(evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(evidence, i);

		if (name && strcmp(record->key, "uname") == 0)
			add_changed(copy, record, host);
		else if (name && strcmp(record->key, "xenstore:/local/domain") == 0)
			add_changed(copy, record, guest);
		else
			xdc_evidence_add(copy, record);
	}
	return copy;
}

static void compare(const char *machine, const struct xdc_evidence *evidence, const char *name)
{
	const struct xdc_redact_options options = { .enabled = true };
	xdc_autoredaction struct xdc_redaction *redaction = NULL;
	struct xdc_evidence *raw = called(evidence, name);
	struct xdc_evidence *masked = xdc_redact(raw, &options, &redaction);
	FILE *map = unit_stream();
	struct pair pair = { .machine = machine };

	xdc_redaction_write_map(redaction, map);
	pair.map = unit_text(map);
	pair.raw = xdc_report_new(raw);
	pair.masked = xdc_report_new(masked);
	assert_same_report(&pair);
	xdc_report_free(pair.raw);
	xdc_report_free(pair.masked);
	free(pair.map);
}

static unsigned int n_machines;

static void compare_as_recorded(const char *machine, const struct xdc_evidence *evidence)
{
	compare(machine, evidence, NULL);
	n_machines++;
}

static void test_masking_changes_no_verdict(void **state)
{
	(void)state;
	for_each_machine(machines, compare_as_recorded);
	assert_true(n_machines >= 7);
}

static void compare_with_names(const char *machine, const struct xdc_evidence *evidence)
{
	static const char *const names[] = {
		"xen",	     "nvme",	"smmuv3",      "pcie",	     "DMA",
		"iommu",     "devices", "platform",    "identity",   "0000:00:02.0",
		"1",	     "0x10",	"virtio_mmio", "virtio",     "4010000000.pcie",
		"swiotlb",   "failed",	"kernel",      "virtio-pci", "arm",
		"smmu",	     "pci0000", "nvme0",       "System RAM", "0000:00",
		"control_d", "probe",	"dead",	       "a000000",    "wirtshaus",
	};

	for (size_t i = 0; i < XDC_ARRAY_SIZE(names); i++)
		compare(machine, evidence, names[i]);
}

static void test_no_name_changes_a_verdict(void **state)
{
	(void)state;
	for_each_machine(machines, compare_with_names);
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_masking_changes_no_verdict),
		cmocka_unit_test(test_no_name_changes_a_verdict),
	};

	if (argc != 2)
		return 2;
	machines = argv[1];
	return cmocka_run_group_tests(tests, NULL, NULL);
}
