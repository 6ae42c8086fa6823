/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Somebody in a confined process tries to get out. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "source/confine.h"
#include "unit.h"

#if defined(__SANITIZE_ADDRESS__) || defined(XDC_COVERAGE)
#define SANITIZED true
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SANITIZED true
#endif
#endif
#ifndef SANITIZED
#define SANITIZED false
#endif

enum { USER = 65534 };

/* Runs @attempt in a child that is confined; its exit status. */
static int when_confined(int (*attempt)(int fd))
{
	int fds[2], status;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct xdc_confinement confinement;

		if (xdc_confine(USER, USER, &confinement) < 0)
			_exit(99);
		_exit(attempt(fds[1]));
	}
	close(fds[1]);
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* 0 where the call failed, as it should. */
static int refused(long r)
{
	return r < 0 ? 0 : 1;
}

static int read_a_file(int fd)
{
	(void)fd;
	return refused(open("/etc/passwd", O_RDONLY));
}

static int write_a_file(int fd)
{
	(void)fd;
	return refused(open("/tmp/xen-dmacheck-was-here", O_WRONLY | O_CREAT, 0600));
}

static int make_a_directory(int fd)
{
	(void)fd;
	return refused(mkdir("/tmp/xen-dmacheck-was-here", 0700));
}

static int use_the_network(int fd)
{
	(void)fd;
	return refused(socket(AF_INET, SOCK_STREAM, 0)) | refused(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int run_a_program(int fd)
{
	char *const argv[] = { (char *)"true", NULL };

	(void)fd;
	execv("/bin/true", argv);
	return errno == EPERM || errno == EACCES ? 0 : 1;
}

static int start_a_process(int fd)
{
	pid_t pid = fork();

	(void)fd;
	if (pid == 0)
		_exit(0);
	return refused(pid);
}

static int reach_the_parent(int fd)
{
	(void)fd;
	return refused(kill(getppid(), 0)) | refused(ptrace(PTRACE_ATTACH, getppid(), 0, 0));
}

static int become_root(int fd)
{
	(void)fd;
	return refused(setuid(0) < 0 || geteuid() != 0 ? -1 : 0);
}

static int type_into_the_terminal(int fd)
{
	(void)fd;
	return ioctl(0, TIOCSTI, "x") < 0 && errno == EPERM ? 0 : 1;
}

static int duplicate(int fd)
{
	return refused(dup(fd));
}

/* What is left must do for the work. */
static int compute_and_write(int fd)
{
	char *memory = malloc(32 << 20);

	if (!memory)
		return 1;
	memset(memory, 'x', 32 << 20);
	return write(STDERR_FILENO, memory, 0) == 0 && fcntl(fd, F_GETFD) >= 0 ? 0 : 2;
}

static int exhaust_memory(int fd)
{
	/* Volatile, or the compiler does without. */
	void *volatile memory = malloc((size_t)2 << 30);

	(void)fd;
	return memory ? 1 : 0;
}

static void test_nothing_can_be_reached_from_inside(void **state)
{
	int (*const attempts[])(int) = {
		read_a_file,   write_a_file,	make_a_directory, use_the_network,
		run_a_program, start_a_process, reach_the_parent, type_into_the_terminal,
		duplicate,     exhaust_memory,
	};

	(void)state;
	if (SANITIZED)
		skip();
	for (size_t i = 0; i < XDC_ARRAY_SIZE(attempts); i++)
		assert_int_equal(when_confined(attempts[i]), 0);
	assert_int_equal(access("/tmp/xen-dmacheck-was-here", F_OK), -1);
}

static void test_root_is_given_up_for_good(void **state)
{
	(void)state;
#ifdef XDC_COVERAGE
	skip();
#endif
	assert_int_equal(when_confined(become_root), 0);
}

static void test_what_is_open_can_be_used(void **state)
{
	(void)state;
	assert_int_equal(when_confined(compute_and_write), 0);
}

static int tell_what_is_in_force(int fd)
{
	struct xdc_confinement again;

	(void)fd;
	/* A second time changes nothing, and tells what there is. */
	if (xdc_confine(USER, USER, &again) < 0)
		return 1;
	return again.no_new_privileges && again.no_capabilities ? 0 : 2;
}

static void test_it_tells_what_is_in_force(void **state)
{
	(void)state;
	if (!SANITIZED)
		skip();
	assert_int_equal(when_confined(tell_what_is_in_force), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_can_be_reached_from_inside),
		cmocka_unit_test(test_root_is_given_up_for_good),
		cmocka_unit_test(test_what_is_open_can_be_used),
		cmocka_unit_test(test_it_tells_what_is_in_force),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
