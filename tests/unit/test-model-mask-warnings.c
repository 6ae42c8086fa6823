/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <stdlib.h>
#include <string.h>

#include "model/mask-warnings.h"
#include "unit.h"

#define WARNING(task)                                                                              \
	"WARNING: CPU: 1 PID: " task " at kernel/dma/mapping.c:845 dma_set_mask+0xe0/0x100"
#define END "---[ end trace 0000000000000000 ]---"

struct talk {
	struct xdc_arena *arena;
	struct xdc_mask_reader *reader;
	struct xdc_mask_warning *warnings;
	size_t count;
};

static int setup(void **state)
{
	struct talk *talk = xdc_zalloc(sizeof(*talk));

	talk->arena = xdc_arena_new();
	talk->reader = xdc_mask_reader_new(talk->arena, "kmsg");
	*state = talk;
	return 0;
}

static int teardown(void **state)
{
	struct talk *talk = *state;

	free(talk->warnings);
	free(talk->reader);
	xdc_arena_free(talk->arena);
	free(talk);
	return 0;
}

static void say(struct talk *talk, const char *text, const char *device)
{
	xdc_mask_reader_take(talk->reader, text, device);
}

/* A splat as Linux 6.12 prints it, of the driver with the probe function @function. */
static void warn(struct talk *talk, const char *warning, const char *function)
{
	say(talk, warning, NULL);
	say(talk, "CPU: 1 UID: 0 PID: 28 Comm: kworker/u8:1 Not tainted 6.12.107", NULL);
	say(talk, "lr : nvme_probe+0x498/0x840 [nvme]", NULL);
	say(talk, "Call trace:", NULL);
	say(talk, " dma_set_mask+0xe0/0x100", NULL);
	say(talk, function, NULL);
	say(talk, " local_pci_probe+0x48/0xc0", NULL);
	say(talk, END, NULL);
}

static const struct xdc_mask_warning *warnings_of(struct talk *talk, size_t count)
{
	free(talk->warnings);
	talk->warnings = xdc_mask_reader_warnings(talk->reader, &talk->count);
	assert_int_equal(talk->count, count);
	return talk->warnings;
}

static void test_both_forms_of_the_warning(void **state)
{
	/* Up to 6.17, and later. */
	static const char *const texts[] = {
		"WARNING: CPU: 0 PID: 1 at kernel/dma/mapping.c:888 dma_supported+0x50/0x80",
		"WARNING: kernel/dma/mapping.c:888 at dma_set_mask+0x50/0x80, CPU#0: swapper/0/1",
	};
	struct talk *talk = *state;
	const struct xdc_mask_warning *warnings;

	say(talk, texts[0], NULL);
	say(talk, END, NULL);
	say(talk, texts[1], NULL);
	warnings = warnings_of(talk, 2);
	assert_string_equal(warnings[0].text, texts[0]);
	assert_string_equal(warnings[1].text, texts[1]);
	assert_string_equal(warnings[0].evidence, "kmsg");
	assert_null(warnings[0].device);
	assert_null(warnings[0].caller);
}

static void test_other_warnings_are_about_no_mask(void **state)
{
	struct talk *talk = *state;

	say(talk, "WARNING: CPU: 0 PID: 1 at kernel/dma/mapping.c:500 dma_alloc_attrs+0x1/0x2",
	    NULL);
	say(talk, "WARNING: CPU: 0 PID: 1 at kernel/dma/direct.c:1 dma_supported+0x1/0x2", NULL);
	say(talk, "kernel/dma/mapping.c:888 dma_supported", NULL);
	warnings_of(talk, 0);
}

/* As recorded: virtio-pci asks twice, then says of its function that both were refused. */
static void test_the_traced_driver_names_its_device(void **state)
{
	struct talk *talk = *state;
	const struct xdc_mask_warning *warnings;

	warn(talk, WARNING("12"), " virtio_pci_modern_probe+0x30/0xb0");
	say(talk, "------------[ cut here ]------------", NULL);
	warn(talk, WARNING("12"), " virtio_pci_modern_probe+0x30/0xb0");
	say(talk, "virtio-pci 0000:00:03.0: Failed to enable 64-bit or 32-bit DMA.",
	    "0000:00:03.0");
	warn(talk, WARNING("28"), " nvme_probe+0x498/0x840 [nvme]");
	say(talk, "nvme nvme0: pci function 0000:00:02.0", NULL);
	warnings = warnings_of(talk, 3);
	assert_text(warnings[0].device, "0000:00:03.0");
	assert_text(warnings[1].device, "0000:00:03.0");
	assert_text(warnings[1].caller, "virtio_pci_modern_probe");
	assert_text(warnings[2].device, "0000:00:02.0");
	assert_text(warnings[2].caller, "nvme_probe");
}

/* Another driver's device, or one that the message is not tied to, is no answer. */
static void test_what_others_say_is_no_answer(void **state)
{
	struct talk *talk = *state;

	warn(talk, WARNING("28"), " nvme_probe+0x498/0x840 [nvme]");
	say(talk, "ahci 0000:00:04.0: AHCI 0001.0000", "0000:00:04.0");
	say(talk, "nvme 0000:00:05.0: is of another", "0000:00:06.0");
	say(talk, "nvme", "0000:00:06.0");
	say(talk, "nvme 0000:00:05.0: not tied to it", NULL);
	assert_null(warnings_of(talk, 1)[0].device);
	say(talk, "nvme 0000:00:05.0: enabling device", "0000:00:05.0");
	assert_text(warnings_of(talk, 1)[0].device, "0000:00:05.0");
}

/* Probes run side by side: with two open, what comes next may be of either. */
static void test_two_tasks_at_once_name_nothing(void **state)
{
	struct talk *talk = *state;
	const struct xdc_mask_warning *warnings;

	warn(talk, WARNING("28"), " nvme_probe+0x498/0x840 [nvme]");
	warn(talk, WARNING("29"), " nvme_probe+0x498/0x840 [nvme]");
	say(talk, "nvme 0000:00:05.0: enabling device", "0000:00:05.0");
	warnings = warnings_of(talk, 2);
	assert_null(warnings[0].device);
	assert_null(warnings[1].device);
}

static void test_an_answer_that_comes_late_is_none(void **state)
{
	struct talk *talk = *state;

	warn(talk, WARNING("28"), " nvme_probe+0x498/0x840 [nvme]");
	for (size_t i = 0; i < 8; i++)
		say(talk, "random: crng init done", NULL);
	say(talk, "nvme 0000:00:05.0: enabling device", "0000:00:05.0");
	assert_null(warnings_of(talk, 1)[0].device);
}

/* Stale entries of a stack stand behind a question mark. */
static void test_what_may_be_stale_in_a_trace_does_not_count(void **state)
{
	struct talk *talk = *state;

	warn(talk, WARNING("28"), " ? nvme_probe+0x498/0x840 [nvme]");
	say(talk, "nvme 0000:00:05.0: enabling device", "0000:00:05.0");
	assert_null(warnings_of(talk, 1)[0].device);
	assert_text(talk->warnings[0].caller, "local_pci_probe");
}

static void test_what_is_kept_has_bounds(void **state)
{
	struct talk *talk = *state;

	for (size_t i = 0; i < 1000; i++) {
		say(talk, WARNING("1"), NULL);
		say(talk, "Call trace:", NULL);
		for (size_t n = 0; n < 100; n++)
			say(talk, " nvme_\x1b+0x1/0x2", NULL);
	}
	assert_string_equal(warnings_of(talk, 64)[0].caller, "nvme_\\x1b");
}

#define talk_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		talk_test(test_both_forms_of_the_warning),
		talk_test(test_other_warnings_are_about_no_mask),
		talk_test(test_the_traced_driver_names_its_device),
		talk_test(test_what_others_say_is_no_answer),
		talk_test(test_two_tasks_at_once_name_nothing),
		talk_test(test_an_answer_that_comes_late_is_none),
		talk_test(test_what_may_be_stale_in_a_trace_does_not_count),
		talk_test(test_what_is_kept_has_bounds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
