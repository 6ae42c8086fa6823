/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "collect/collect.h"
#include "unit.h"

enum { ASKED_MAX = 128 };

/* A source that writes down what it is asked and has two devices. */
struct witness {
	struct xdc_source base;
	const char *xen; /* /sys/hypervisor/type */
	enum xdc_request_type asked[ASKED_MAX];
	size_t n_asked;
	size_t n_devices_given;
	char *devices_given[8];
};

static void answer(struct xdc_source *source, const struct xdc_request *request, xdc_emit_fn *emit,
		   void *arg)
{
	struct witness *witness = (struct witness *)source;
	struct xdc_arena *arena = xdc_arena_new();
	const char *key = xdc_request_key(arena, request);

	assert_true(witness->n_asked < ASKED_MAX);
	witness->asked[witness->n_asked++] = request->type;
	if (request->type == XDC_REQUEST_DEVICES) {
		xdc_emit(emit, arg, key, "w", XDC_STATUS_OK, "", NULL, 0);
		xdc_emit(emit, arg, "device:/devices/a", "w", XDC_STATUS_OK, "", NULL, 0);
		xdc_emit(emit, arg, "device:/devices/b\nc", "w", XDC_STATUS_OK, "", NULL, 0);
	} else if (strcmp(key, "file:/sys/hypervisor/type") == 0 && witness->xen) {
		xdc_emit(emit, arg, key, "w", XDC_STATUS_OK, "", witness->xen,
			 strlen(witness->xen));
	} else {
		xdc_emit(emit, arg, key, "w", XDC_STATUS_ABSENT, "", NULL, 0);
	}
	if (request->type == XDC_REQUEST_DMA_STATE) {
		witness->n_devices_given = request->n_devices;
		for (size_t i = 0; i < request->n_devices && i < 8; i++)
			witness->devices_given[i] = xdc_strdup(request->devices[i]);
	}
	xdc_arena_free(arena);
}

static void forget(struct xdc_source *source)
{
	struct witness *witness = (struct witness *)source;

	for (size_t i = 0; i < 8; i++)
		free(witness->devices_given[i]);
}

static const struct xdc_source_ops ops = { .ask = answer, .free = forget };

/* How often a request of @type was made, and the place of the last. */
static size_t times_asked(const struct witness *witness, enum xdc_request_type type, size_t *last)
{
	size_t times = 0;

	for (size_t i = 0; i < witness->n_asked; i++) {
		if (witness->asked[i] != type)
			continue;
		times++;
		*last = i;
	}
	return times;
}

static void test_devices_found_are_asked_about(void **state)
{
	struct witness witness = { .base.ops = &ops };
	xdc_autoevidence struct xdc_evidence *evidence =
		xdc_collect(&witness.base, XDC_OBSERVE_AUTO, 0);
	size_t devices = 0, names = 0, dma = 0;

	(void)state;
	assert_int_equal(times_asked(&witness, XDC_REQUEST_DEVICES, &devices), 1);
	assert_int_equal(times_asked(&witness, XDC_REQUEST_NAMES, &names), 1);
	assert_int_equal(times_asked(&witness, XDC_REQUEST_DMA_STATE, &dma), 1);
	assert_true(devices < names && devices < dma);
	assert_int_equal(witness.n_devices_given, 2);
	assert_string_equal(witness.devices_given[0], "/devices/a");
	assert_string_equal(witness.devices_given[1], "/devices/b\nc");
	assert_non_null(xdc_evidence_find(evidence, "dma"));
	xdc_source_free(&witness.base);
}

static void test_the_kernel_is_left_alone_when_told_so(void **state)
{
	struct witness witness = { .base.ops = &ops };
	xdc_autoevidence struct xdc_evidence *evidence =
		xdc_collect(&witness.base, XDC_OBSERVE_NEVER, 0);
	size_t last;

	(void)state;
	assert_int_equal(times_asked(&witness, XDC_REQUEST_DMA_STATE, &last), 0);
	assert_int_equal(times_asked(&witness, XDC_REQUEST_NAMES, &last), 1);
	assert_null(xdc_evidence_find(evidence, "dma"));
	xdc_source_free(&witness.base);
}

/* Whether this is a dom0 rests on these: what they say must be among the evidence. */
static void test_each_place_that_tells_the_role_is_asked(void **state)
{
	static const char *const keys[] = {
		"file:/sys/hypervisor/type",
		"file:/proc/xen/capabilities",
		"file:/sys/hypervisor/start_flags/initdomain",
		FEATURES_KEY,
		"uname",
		"recorded",
		"kernel-config",
		"devicetree",
		"iommu-groups",
		"class:iommu",
		"class:block",
		"class:net",
		"kmsg",
		"file:/sys/kernel/debug/devices_deferred",
		"file:/proc/cmdline",
	};
	struct witness witness = { .base.ops = &ops };
	xdc_autoevidence struct xdc_evidence *evidence =
		xdc_collect(&witness.base, XDC_OBSERVE_AUTO, 0);

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(keys); i++)
		if (!xdc_evidence_find(evidence, keys[i]))
			fail_msg("%s was not asked for", keys[i]);
	xdc_source_free(&witness.base);
}

/* They start processes, which is no use where there is no Xen. */
static void test_xen_is_asked_only_where_there_is_one(void **state)
{
	struct witness with = { .base.ops = &ops, .xen = "xen\n" };
	struct witness without = { .base.ops = &ops };
	xdc_autoevidence struct xdc_evidence *a = xdc_collect(&with.base, XDC_OBSERVE_NEVER, 0);
	xdc_autoevidence struct xdc_evidence *b = xdc_collect(&without.base, XDC_OBSERVE_NEVER, 0);
	size_t last;

	(void)state;
	assert_true(xdc_evidence_count(a) > xdc_evidence_count(b));
	assert_int_equal(times_asked(&with, XDC_REQUEST_HYPERVISOR, &last), 1);
	assert_int_equal(times_asked(&with, XDC_REQUEST_XENSTORE, &last), 1);
	assert_int_equal(times_asked(&without, XDC_REQUEST_HYPERVISOR, &last), 0);
	assert_int_equal(times_asked(&without, XDC_REQUEST_XENSTORE, &last), 0);
	xdc_source_free(&with.base);
	xdc_source_free(&without.base);
}

static void test_a_guest_waits_for_no_logs_and_no_names(void **state)
{
	static const enum xdc_request_type not_asked[] = { XDC_REQUEST_LOGS, XDC_REQUEST_KERNEL_LOG,
							   XDC_REQUEST_NAMES,
							   XDC_REQUEST_DMA_STATE };
	static const enum xdc_request_type asked[] = { XDC_REQUEST_DEVICES,
						       XDC_REQUEST_IOMMU_GROUPS, XDC_REQUEST_TOOLS,
						       XDC_REQUEST_HYPERVISOR,
						       XDC_REQUEST_XENSTORE };
	struct witness witness = { .base.ops = &ops, .xen = "xen\n" };
	xdc_autoevidence struct xdc_evidence *evidence = xdc_collect_host(&witness.base);
	size_t last;

	(void)state;
	for (size_t i = 0; i < XDC_ARRAY_SIZE(not_asked); i++)
		assert_int_equal(times_asked(&witness, not_asked[i], &last), 0);
	for (size_t i = 0; i < XDC_ARRAY_SIZE(asked); i++)
		assert_int_equal(times_asked(&witness, asked[i], &last), 1);
	xdc_collect_dma_state(&witness.base, evidence);
	assert_int_equal(witness.n_devices_given, 2);
	xdc_source_free(&witness.base);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_devices_found_are_asked_about),
		cmocka_unit_test(test_the_kernel_is_left_alone_when_told_so),
		cmocka_unit_test(test_each_place_that_tells_the_role_is_asked),
		cmocka_unit_test(test_xen_is_asked_only_where_there_is_one),
		cmocka_unit_test(test_a_guest_waits_for_no_logs_and_no_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
