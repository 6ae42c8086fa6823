/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Why the kernel cannot be read: each cause has its own words. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "bpf/probe.h"
#include "unit.h"

#define PMU	 "/sys/bus/event_source/devices/kprobe/type"
#define KALLSYMS "/proc/kallsyms"
#define KPTR	 "/proc/sys/kernel/kptr_restrict"
#define LOCKDOWN "/sys/kernel/security/lockdown"
#define SHOWN	 "ffffffc008123400 t xen_swiotlb_map_sg\n"
#define HIDDEN	 "0000000000000000 t xen_swiotlb_map_sg\n"

static void assert_failed(const struct xdc_probe *probe, enum xdc_status status, const char *why)
{
	assert_int_equal(probe->status, status);
	assert_non_null(probe->failed);
	assert_contains(probe->failed, why);
}

static void assert_unprepared(const struct tmp *tmp, enum xdc_status status, const char *why)
{
	struct xdc_probe probe = { .tree = &tmp->tree };

	assert_int_equal(xdc_probe_prepare(&probe), -1);
	assert_failed(&probe, status, why);
	assert_null(probe.kallsyms);
}

static void test_a_kernel_that_has_all_is_ready(void **state)
{
	const struct tmp *tmp = *state;
	struct xdc_probe probe = { .tree = &tmp->tree };

	tmp_file(tmp, PMU, "6\n");
	tmp_file(tmp, KALLSYMS, SHOWN);
	tmp_file(tmp, KPTR, "1\n");
	assert_int_equal(xdc_probe_prepare(&probe), 0);
	assert_null(probe.failed);
	assert_int_equal(probe.pmu_type, 6);
	xdc_probe_finish(&probe);
}

static void test_a_kernel_without_perf_events_is_told(void **state)
{
	tmp_file(*state, KALLSYMS, SHOWN);
	assert_unprepared(*state, XDC_STATUS_UNSUPPORTED, "CONFIG_KPROBE_EVENTS");
}

static void test_a_kernel_without_kallsyms_is_told(void **state)
{
	tmp_file(*state, PMU, "6\n");
	assert_unprepared(*state, XDC_STATUS_UNSUPPORTED, "CONFIG_KALLSYMS");
	tmp_file(*state, KALLSYMS, "ffffffc008000000 T _text\n");
	assert_unprepared(*state, XDC_STATUS_UNSUPPORTED, "no DMA function");
}

static void test_hidden_addresses_are_told_with_what_hides_them(void **state)
{
	tmp_file(*state, PMU, "6\n");
	tmp_file(*state, KALLSYMS, HIDDEN);
	assert_unprepared(*state, XDC_STATUS_DENIED, "needs root");
	tmp_file(*state, KPTR, "2\n");
	assert_unprepared(*state, XDC_STATUS_DENIED, "kptr_restrict is 2");
}

static void test_a_refusal_is_told_with_what_refused(void **state)
{
	const struct tmp *tmp = *state;
	struct xdc_probe probe = { .tree = &tmp->tree };

	assert_int_equal(xdc_probe_refused(&probe, EINVAL, "general"), -1);
	assert_failed(&probe, XDC_STATUS_UNSUPPORTED, "general");
	xdc_probe_refused(&probe, EPERM, "general");
	assert_failed(&probe, XDC_STATUS_DENIED, "needs root");
	tmp_file(tmp, LOCKDOWN, "none [integrity] confidentiality\n");
	xdc_probe_refused(&probe, EPERM, "general");
	assert_failed(&probe, XDC_STATUS_DENIED, "needs root");
}

/* bpf(2) and perf_event_open(2) say EPERM then even to root. */
static void test_lockdown_is_told_before_rights(void **state)
{
	const struct tmp *tmp = *state;
	struct xdc_probe probe = { .tree = &tmp->tree };

	tmp_file(tmp, LOCKDOWN, "none integrity [confidentiality]\n");
	xdc_probe_refused(&probe, EPERM, "general");
	assert_failed(&probe, XDC_STATUS_DENIED, "locked down (confidentiality)");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		tree_test(test_a_kernel_that_has_all_is_ready),
		tree_test(test_a_kernel_without_perf_events_is_told),
		tree_test(test_a_kernel_without_kallsyms_is_told),
		tree_test(test_hidden_addresses_are_told_with_what_hides_them),
		tree_test(test_a_refusal_is_told_with_what_refused),
		tree_test(test_lockdown_is_told_before_rights),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
