/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "source/child.h"
#include "unit.h"

enum {
	ITEMS_MAX = 16,
	DEADLINE_MS = 800,
	MUCH_BYTES = 50000,
	PATIENT_MS = 20000, /* where nothing hangs: also a busy machine gets there */
};

/* What the child does with an item. */
enum manner { ANSWERS, NOTHING, HANGS, EXITS, HALF, MUCH, FLOODS };

struct run {
	enum manner manner[ITEMS_MAX];
	/* In the parent: */
	char *answers[ITEMS_MAX];
	size_t n_answers;
	bool in_order;
	/* In memory that the children share: how many items they began. */
	unsigned int *begun;
};

/* Longer than any deadline here, and not for ever: a fault must not hang the tests. */
static void hang(void)
{
	sleep(12);
}

static void read_item(void *arg, size_t index, FILE *out)
{
	struct run *run = arg;

	++*run->begun;
	switch (run->manner[index]) {
	case ANSWERS:
		fprintf(out, "item %zu", index);
		break;
	case NOTHING:
		break;
	case HANGS:
		hang();
		break;
	case EXITS:
		_exit(3);
	case HALF:
		fputs("half", out);
		fflush(out);
		hang();
		break;
	case MUCH:
		fprintf(out, "%*zu", MUCH_BYTES, index);
		break;
	case FLOODS:
		fprintf(out, "%*d", 1 << 20, 0);
		break;
	}
}

static void answer(void *arg, size_t index, const char *text, size_t size)
{
	struct run *run = arg;

	run->in_order = run->in_order && index == run->n_answers;
	run->n_answers++;
	if (text) {
		assert_int_equal(strlen(text), size);
		run->answers[index] = xdc_strdup(text);
	}
}

static int setup(void **state)
{
	struct run *run = xdc_zalloc(sizeof(*run));

	run->in_order = true;
	run->begun = mmap(NULL, sizeof(*run->begun), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	*state = run;
	return run->begun == MAP_FAILED ? -1 : 0;
}

static int teardown(void **state)
{
	struct run *run = *state;

	for (size_t i = 0; i < ITEMS_MAX; i++)
		free(run->answers[i]);
	munmap(run->begun, sizeof(*run->begun));
	free(run);
	return 0;
}

static long long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Runs @count items and returns how long that took; each was answered once and in order. */
static long long run_for(struct run *run, size_t count, unsigned int deadline,
			 unsigned int patience)
{
	long long begin = now_ms();

	assert_int_equal(xdc_child_run(count, deadline, patience, read_item, answer, run), 0);
	assert_int_equal(run->n_answers, count);
	assert_true(run->in_order);
	return now_ms() - begin;
}

static long long run_items(struct run *run, size_t count, unsigned int patience)
{
	return run_for(run, count, DEADLINE_MS, patience);
}

static void test_every_item_is_answered_in_order(void **state)
{
	struct run *run = *state;
	char expected[16];

	run->manner[4] = NOTHING;
	run_for(run, 10, PATIENT_MS, 3);
	for (size_t i = 0; i < 10; i++) {
		snprintf(expected, sizeof(expected), "item %zu", i);
		assert_text(run->answers[i], i == 4 ? "" : expected);
	}
	assert_int_equal(*run->begun, 10);
}

static void test_no_items_need_no_child(void **state)
{
	run_items(*state, 0, 3);
}

static void test_an_item_past_its_deadline_is_null_and_the_rest_goes_on(void **state)
{
	struct run *run = *state;
	long long took;

	run->manner[2] = HANGS;
	took = run_items(run, 5, 3);
	assert_null(run->answers[2]);
	assert_text(run->answers[1], "item 1");
	assert_text(run->answers[3], "item 3");
	assert_text(run->answers[4], "item 4");
	assert_in_range(took, DEADLINE_MS, 10 * DEADLINE_MS);
}

/* What is in the item's own stream is not sent before it is done. */
static void test_half_an_answer_is_none(void **state)
{
	struct run *run = *state;

	run->manner[0] = HALF;
	run_items(run, 2, 3);
	assert_null(run->answers[0]);
	assert_text(run->answers[1], "item 1");
}

static void test_a_child_that_exits_is_replaced_at_once(void **state)
{
	struct run *run = *state;
	long long took;

	run->manner[0] = EXITS;
	run->manner[3] = EXITS;
	took = run_for(run, 5, PATIENT_MS, 3);
	assert_null(run->answers[0]);
	assert_null(run->answers[3]);
	assert_text(run->answers[1], "item 1");
	assert_text(run->answers[4], "item 4");
	assert_true(took < PATIENT_MS);
}

static void test_the_last_item_may_hang(void **state)
{
	struct run *run = *state;

	run->manner[1] = HANGS;
	run_items(run, 2, 0);
	assert_text(run->answers[0], "item 0");
	assert_null(run->answers[1]);
}

static void test_patience_ends_and_so_does_the_run(void **state)
{
	struct run *run = *state;
	long long took;

	for (size_t i = 0; i < ITEMS_MAX; i++)
		run->manner[i] = HANGS;
	run->manner[ITEMS_MAX - 1] = ANSWERS;
	took = run_items(run, ITEMS_MAX, 2);
	for (size_t i = 0; i < ITEMS_MAX; i++)
		assert_null(run->answers[i]);
	/* Far from the 16 deadlines that waiting for all would take. */
	assert_true(took < 5 * DEADLINE_MS);
}

/* child.h: "when that has happened @patience times, the rest is answered NULL". */
static void test_patience_is_the_number_of_deadlines_waited_for(void **state)
{
	struct run *run = *state;

	for (size_t i = 0; i < ITEMS_MAX; i++)
		run->manner[i] = HANGS;
	run_items(run, ITEMS_MAX, 2);
	assert_int_equal(*run->begun, 2);
}

static void test_an_answer_too_long_is_cut_and_the_next_is_read(void **state)
{
	struct run *run = *state;

	run->manner[0] = FLOODS;
	run_for(run, 2, PATIENT_MS, 3);
	assert_non_null(run->answers[0]);
	assert_int_equal(strlen(run->answers[0]), 64 << 10);
	assert_text(run->answers[1], "item 1");
}

/* Answers are read as they come: several at once, and parts of one. */
static void test_answers_longer_than_a_pipe_are_each_whole(void **state)
{
	struct run *run = *state;
	char expected[16];

	for (size_t i = 1; i < ITEMS_MAX; i += 3)
		run->manner[i] = MUCH;
	run_for(run, ITEMS_MAX, PATIENT_MS, 3);
	for (size_t i = 0; i < ITEMS_MAX; i++) {
		bool much = run->manner[i] == MUCH;

		snprintf(expected, sizeof(expected), much ? " %zu" : "item %zu", i);
		assert_int_equal(strlen(run->answers[i]), much ? MUCH_BYTES : strlen(expected));
		assert_true(xdc_text_ends_with(run->answers[i], expected));
	}
}

static void test_no_child_is_left_running(void **state)
{
	struct run *run = *state;

	run->manner[0] = HANGS;
	run->manner[2] = HANGS;
	run_items(run, 4, 3);
	/* Reaped, all of them. */
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
}

/* Started without standard descriptors (a service, cron), the pipe is one of them. */
static void test_it_works_without_standard_descriptors(void **state)
{
	struct run *run = *state;
	pid_t pid = fork();
	int status = 0;

	if (pid == 0) {
		for (int fd = 0; fd <= 2; fd++)
			close(fd);
		xdc_child_run(2, PATIENT_MS, 1, read_item, answer, run);
		_exit(run->answers[0] && strcmp(run->answers[0], "item 0") == 0 &&
				      run->answers[1] && strcmp(run->answers[1], "item 1") == 0
			      ? 0
			      : 1);
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void ignore_signal(int number)
{
	(void)number;
}

/* A signal ends poll(2) early; what comes then must not wait without a deadline. */
static void test_a_signal_does_not_lift_the_deadline(void **state)
{
	const struct itimerval soon = { .it_value.tv_usec = DEADLINE_MS * 1000 / 3 };
	const struct sigaction action = { .sa_handler = ignore_signal, .sa_flags = SA_RESTART };
	struct run *run = *state;
	long long took;

	run->manner[0] = HANGS;
	assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
	assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
	took = run_items(run, 2, 3);
	assert_null(run->answers[0]);
	assert_text(run->answers[1], "item 1");
	assert_true(took < 10 * DEADLINE_MS);
}

#define child_test(f) cmocka_unit_test_setup_teardown(f, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		child_test(test_every_item_is_answered_in_order),
		child_test(test_no_items_need_no_child),
		child_test(test_an_item_past_its_deadline_is_null_and_the_rest_goes_on),
		child_test(test_half_an_answer_is_none),
		child_test(test_a_child_that_exits_is_replaced_at_once),
		child_test(test_the_last_item_may_hang),
		child_test(test_patience_ends_and_so_does_the_run),
		child_test(test_patience_is_the_number_of_deadlines_waited_for),
		child_test(test_an_answer_too_long_is_cut_and_the_next_is_read),
		child_test(test_answers_longer_than_a_pipe_are_each_whole),
		child_test(test_no_child_is_left_running),
		child_test(test_it_works_without_standard_descriptors),
		child_test(test_a_signal_does_not_lift_the_deadline),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
