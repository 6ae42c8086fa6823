/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "unit.h"

/* A log being written, and what is read from it. */
struct talk {
	FILE *out;
	struct xdc_arena *arena;
	struct xdc_kernel_log *log;
};

static int setup(void **state)
{
	struct talk *talk = xdc_zalloc(sizeof(*talk));

	talk->arena = xdc_arena_new();
	talk->out = unit_stream();
	*state = talk;
	return 0;
}

static int teardown(void **state)
{
	struct talk *talk = *state;

	if (talk->log)
		xdc_kernel_log_clear(talk->log);
	xdc_arena_free(talk->arena);
	free(talk);
	return 0;
}

static const struct xdc_kernel_log *parse(struct talk *talk)
{
	xdc_autofree char *text = unit_text(talk->out);

	talk->log = xdc_kernel_log_parse(talk->arena, text, "kmsg");
	return talk->log;
}

static void test_a_failed_probe_up_to_6_8(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, NULL, "ahci: probe of 0000:00:02.0 failed with error -5");
	log_message(talk->out, NULL, "virtio_blk: probe of virtio0 failed with error -22");
	log = parse(talk);
	assert_int_equal(log->n_failures, 2);
	assert_string_equal(log->failures[0].device, "0000:00:02.0");
	assert_int_equal(log->failures[0].error, -EIO);
	assert_string_equal(log->failures[0].text,
			    "ahci: probe of 0000:00:02.0 failed with error -5");
	assert_string_equal(log->failures[1].device, "virtio0");
	assert_int_equal(log->failures[1].error, -EINVAL);
}

static void test_a_failed_probe_from_6_9(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, "+pci:0000:00:02.0",
		    "ahci 0000:00:02.0: probe with driver ahci failed with error -5");
	log = parse(talk);
	assert_int_equal(log->n_failures, 1);
	assert_string_equal(log->failures[0].device, "0000:00:02.0");
	assert_int_equal(log->failures[0].error, -EIO);
}

/* kern.log keeps no DEVICE=: the text has it. */
static void test_a_device_is_read_off_the_text_where_nothing_else_says_it(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, NULL,
		    "ahci 0000:00:02.0: probe with driver ahci failed with error -5");
	log_message(talk->out, NULL, "arm-smmu-v3 9050000.smmuv3: event 0x10 received:");
	log_message(talk->out, NULL, "arm-smmu-v3 9050000.smmuv3: \\x090x0000001000000010");
	log_message(talk->out, NULL, "arm-smmu-v3 9050000.smmuv3: \\x090x0");
	log_message(talk->out, NULL, "arm-smmu-v3 9050000.smmuv3: \\x090x1000");
	log_message(talk->out, NULL, "arm-smmu-v3 9050000.smmuv3: \\x090x0");
	log = parse(talk);
	assert_int_equal(log->n_failures, 1);
	assert_string_equal(log->failures[0].device, "0000:00:02.0");
	assert_string_equal(log->failures[0].evidence, "kmsg");
	assert_int_equal(log->n_events, 1);
	assert_string_equal(log->events[0].iommu, "9050000.smmuv3");
}

/* Both are said with dynamic debug on: the driver does not want this device. */
static void test_a_driver_that_declines_has_not_failed(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, NULL, "pcspkr: probe of pcspkr rejects match -19");
	log_message(talk->out, "+platform:pcspkr",
		    "platform pcspkr: probe with driver pcspkr rejects match -19");
	log = parse(talk);
	assert_int_equal(log->n_failures, 0);
}

/* The device is said in the lines behind the text; another message's must not stick. */
static void test_a_device_belongs_to_its_own_message(void **state)
{
	struct talk *talk = *state;

	log_message(talk->out, "+pci:0000:00:01.0", "pci 0000:00:01.0: hello");
	log_message(talk->out, NULL, "x: probe with driver ahci failed with error -5");
	/* A number of a device node is no name on a bus. */
	log_message(talk->out, "c10:125", "y: probe with driver ahci failed with error -5");
	assert_int_equal(parse(talk)->n_failures, 0);
}

static void test_nvme_tells_by_its_controller_s_name(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, NULL, "nvme nvme0: pci function 0000:00:02.0");
	log_message(talk->out, NULL, "nvme nvme1: pci function 0000:00:03.0");
	log_message(talk->out, NULL, "nvme nvme10: pci function 0000:00:04.0");
	log_message(talk->out, NULL, "nvme nvme1: Removing after probe failure status: -19");
	log_message(talk->out, NULL, "nvme nvme10: Disabling device after reset failure: -5");
	log = parse(talk);
	assert_int_equal(log->n_failures, 2);
	assert_string_equal(log->failures[0].device, "0000:00:03.0");
	assert_int_equal(log->failures[0].error, -ENODEV);
	assert_string_equal(log->failures[1].device, "0000:00:04.0");
}

static void test_nvme_of_a_wrapped_log_names_no_function(void **state)
{
	struct talk *talk = *state;

	log_message(talk->out, NULL, "nvme nvme1: pci function 0000:00:03.0");
	log_message(talk->out, NULL, "nvme nvme0: Removing after probe failure status: -19");
	assert_int_equal(parse(talk)->n_failures, 0);
}

/* A controller's name goes to the next device once it is free. */
static void test_nvme_names_are_used_again(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, NULL, "nvme nvme0: pci function 0000:00:02.0");
	log_message(talk->out, NULL, "nvme nvme0: pci function 0000:00:03.0");
	log_message(talk->out, NULL, "nvme nvme0: Removing after probe failure status: -19");
	log = parse(talk);
	assert_int_equal(log->n_failures, 1);
	assert_string_equal(log->failures[0].device, "0000:00:03.0");
}

static void test_an_smmuv3_event_has_stream_id_and_address(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_fault(talk->out, "9050000.smmuv3", 0x10, 0xfffe1000);
	log = parse(talk);
	assert_int_equal(log->n_events, 1);
	assert_string_equal(log->events[0].iommu, "9050000.smmuv3");
	assert_int_equal(log->events[0].stream_id, 0x10);
	assert_int_equal(log->events[0].type, 0x10);
	assert_int_equal(log->events[0].address, 0xfffe1000);
	assert_int_equal(log->events[0].count, 1);
	assert_string_equal(xdc_smmuv3_event_name(log->events[0].type), "F_TRANSLATION");
}

static void test_events_are_counted_by_reporter_and_stream_id(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_fault(talk->out, "9050000.smmuv3", 0x10, 0x1000);
	log_fault(talk->out, "9050000.smmuv3", 0x18, 0x2000);
	log_fault(talk->out, "9050000.smmuv3", 0x10, 0x3000);
	log_fault(talk->out, "9060000.smmuv3", 0x10, 0x4000);
	log_fault(talk->out, "9050000.smmuv3", 0x10, 0x5000);
	log = parse(talk);
	assert_int_equal(log->n_events, 3);
	assert_int_equal(log->events[0].count, 3);
	assert_int_equal(log->events[0].address, 0x1000);
	assert_int_equal(log->events[1].stream_id, 0x18);
	assert_int_equal(log->events[1].count, 1);
	assert_string_equal(log->events[2].iommu, "9060000.smmuv3");
	assert_int_equal(log->events[2].address, 0x4000);
}

#define ONE   "+platform:9050000.smmuv3"
#define OTHER "+platform:9060000.smmuv3"

static void test_other_messages_between_an_event_s_lines(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, ONE, "event 0x10 received:");
	log_message(talk->out, NULL, "random: crng init done");
	log_message(talk->out, ONE, "\\x090x0000001000000010");
	log_message(talk->out, OTHER, "\\x090x0000009900000010");
	log_message(talk->out, "+pci:0000:00:02.0", "nvme 0000:00:02.0: \\x090x12");
	log_message(talk->out, ONE, "\\x090x0000020000000000");
	log_message(talk->out, ONE, "\\x090x00000000fffe1000");
	log_message(talk->out, ONE, "\\x090x0000000000000000");
	log = parse(talk);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].stream_id, 0x10);
	assert_int_equal(log->events[0].address, 0xfffe1000);
}

/* The ring has wrapped, or the console was slow: no event from half of its lines. */
static void test_half_an_event_is_none(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, ONE, "\\x090x0000009900000010");
	log_message(talk->out, ONE, "\\x090x0000020000000000");
	log_fault(talk->out, "9050000.smmuv3", 0x10, 0x1000);
	log_message(talk->out, ONE, "event 0x10 received:");
	log_message(talk->out, ONE, "\\x090x0000001800000010");
	log = parse(talk);
	assert_int_equal(log->n_events, 1);
	assert_int_equal(log->events[0].stream_id, 0x10);
}

/* Two SMMUs report at once: an event may be lost then, but none is made of both. */
static void test_events_of_two_smmus_are_not_mixed(void **state)
{
	static const char *const words[][2] = {
		{ "\\x090x0000001000000010", "\\x090x0000002000000010" },
		{ "\\x090x0", "\\x090x0" },
		{ "\\x090x1000", "\\x090x2000" },
		{ "\\x090x0", "\\x090x0" },
	};
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, ONE, "event 0x10 received:");
	log_message(talk->out, OTHER, "event 0x10 received:");
	for (size_t i = 0; i < XDC_ARRAY_SIZE(words); i++) {
		log_message(talk->out, ONE, words[i][0]);
		log_message(talk->out, OTHER, words[i][1]);
	}
	log = parse(talk);
	assert_int_equal(log->n_events, 1);
	assert_string_equal(log->events[0].iommu, "9060000.smmuv3");
	assert_int_equal(log->events[0].stream_id, 0x20);
	assert_int_equal(log->events[0].address, 0x2000);
}

static void test_event_names_are_those_of_the_architecture(void **state)
{
	(void)state;
	assert_text(xdc_smmuv3_event_name(0x02), "C_BAD_STREAMID");
	assert_text(xdc_smmuv3_event_name(0x13), "F_PERMISSION");
	assert_null(xdc_smmuv3_event_name(0x00));
	assert_null(xdc_smmuv3_event_name(0x14));
	assert_null(xdc_smmuv3_event_name(UINT32_MAX));
}

/* The journal has what the ring has, and what that has lost. */
static void test_what_a_log_has_of_the_same_boot_is_added(void **state)
{
	struct talk *talk = *state;
	FILE *whole = unit_stream();
	xdc_autofree char *text = NULL;
	struct xdc_kernel_log *older;

	log_fault(whole, "9050000.smmuv3", 0x10, 0x1000);
	log_fault(whole, "9050000.smmuv3", 0x18, 0x2000);
	log_fault(whole, "9050000.smmuv3", 0x10, 0x3000);
	log_message(whole, NULL, "ahci: probe of 0000:00:02.0 failed with error -5");
	text = unit_text(whole);
	older = xdc_kernel_log_parse(talk->arena, text, "log:x");
	log_fault(talk->out, "9050000.smmuv3", 0x10, 0x3000);
	log_message(talk->out, NULL, "ahci: probe of 0000:00:02.0 failed with error -22");
	parse(talk);
	xdc_kernel_log_merge(talk->log, older);
	assert_int_equal(talk->log->n_events, 2);
	assert_int_equal(talk->log->events[0].address, 0x1000);
	assert_int_equal(talk->log->events[0].count, 2);
	assert_string_equal(talk->log->events[0].evidence, "log:x");
	assert_int_equal(talk->log->events[1].stream_id, 0x18);
	/* The ring's word is the last. */
	assert_int_equal(talk->log->n_failures, 2);
	assert_int_equal(talk->log->failures[1].error, -EINVAL);
	assert_int_equal(older->n_failures, 0);
}

static void test_messages_are_made_safe(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	log_message(talk->out, NULL, "x\\x1b[31m: probe of a\\x1bb failed with error -5");
	log = parse(talk);
	assert_int_equal(log->n_failures, 1);
	assert_string_equal(log->failures[0].device, "a\\x1bb");
	assert_string_equal(log->failures[0].text,
			    "x\\x1b[31m: probe of a\\x1bb failed with error -5");
}

/* A log may be any file: what it holds is passed over where it makes no sense. */
static void test_garbage_is_passed_over(void **state)
{
	struct talk *talk = *state;
	const struct xdc_kernel_log *log;

	fputs("\n\n;\n DEVICE=+pci:x\n4,1,2,-\n4,1,2,-;\n DEVICE=\nno semicolon\n", talk->out);
	log_message(talk->out, NULL, "nvme ");
	log_message(talk->out, NULL, "nvme : pci function ");
	log_message(talk->out, NULL, "event 0x");
	log_message(talk->out, "", "\\q\\x");
	log_message(talk->out, "+", "event 0xzz received:");
	log_message(talk->out, "+", "\\x090x");
	fputs("4,1,2,-;cut", talk->out);
	log = parse(talk);
	assert_int_equal(log->n_failures, 0);
	assert_int_equal(log->n_events, 0);
	assert_int_equal(log->n_mask_warnings, 0);
}

#define talk_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		talk_test(test_a_failed_probe_up_to_6_8),
		talk_test(test_a_failed_probe_from_6_9),
		talk_test(test_a_device_is_read_off_the_text_where_nothing_else_says_it),
		talk_test(test_a_driver_that_declines_has_not_failed),
		talk_test(test_a_device_belongs_to_its_own_message),
		talk_test(test_nvme_tells_by_its_controller_s_name),
		talk_test(test_nvme_of_a_wrapped_log_names_no_function),
		talk_test(test_nvme_names_are_used_again),
		talk_test(test_an_smmuv3_event_has_stream_id_and_address),
		talk_test(test_events_are_counted_by_reporter_and_stream_id),
		talk_test(test_other_messages_between_an_event_s_lines),
		talk_test(test_half_an_event_is_none),
		talk_test(test_events_of_two_smmus_are_not_mixed),
		cmocka_unit_test(test_event_names_are_those_of_the_architecture),
		talk_test(test_what_a_log_has_of_the_same_boot_is_added),
		talk_test(test_messages_are_made_safe),
		talk_test(test_garbage_is_passed_over),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
