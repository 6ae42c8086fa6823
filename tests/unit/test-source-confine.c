/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Somebody in a confined process tries to get out. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/bpf.h>
#include <linux/filter.h>
#include <linux/perf_event.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
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

enum {
	NOBODY = 65534,
	SOMEBODY = 12345, /* an ordinary user */
	LANDLOCK = 444,	  /* landlock_create_ruleset(2), on each architecture */
	TROUBLE = 99,
};

static const char WAS_HERE[] = "/tmp/xen-dmacheck-was-here";

/* Who is confined, on what kernel. */
struct place {
	bool as_root;
	bool no_landlock;
	bool no_seccomp;
};

/* What an older kernel says: 444 is no system call of it, PR_SET_SECCOMP has no filters. */
static int be_older(const struct place *place)
{
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, place->no_landlock ? LANDLOCK : ~0U, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, place->no_seccomp ? __NR_prctl : ~0U, 0, 3),
		BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[0])),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, PR_SET_SECCOMP, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
		BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
	};
	const struct sock_fprog filter = { XDC_ARRAY_SIZE(code), code };

	if (!place->no_landlock && !place->no_seccomp)
		return 0;
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) < 0)
		return -1;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter);
}

static int be_ordinary(void)
{
	if (geteuid() != 0)
		return 0;
	return setgroups(0, NULL) | setresgid(SOMEBODY, SOMEBODY, SOMEBODY) |
	       setresuid(SOMEBODY, SOMEBODY, SOMEBODY);
}

/* Runs @attempt in a child that is confined in @place; its exit status. */
static int when_confined(const struct place *place,
			 int (*attempt)(int fd, const struct xdc_confinement *now))
{
	const struct xdc_confine_options options = { .user = NOBODY, .group = NOBODY };
	int fds[2], status;
	pid_t pid;

	assert_int_equal(pipe(fds), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct xdc_confinement now;

		if ((!place->as_root && be_ordinary() < 0) || be_older(place) < 0)
			_exit(TROUBLE);
		xdc_confine(&options, &now);
		_exit(attempt(fds[1], &now));
	}
	close(fds[1]);
	close(fds[0]);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* As root, where we are, and as an ordinary user; on that kernel. */
static void assert_refused(int (*attempt)(int fd, const struct xdc_confinement *now),
			   bool no_landlock, bool no_seccomp)
{
	const struct place places[] = {
		{ false, no_landlock, no_seccomp },
		{ true, no_landlock, no_seccomp },
	};

	for (size_t i = 0; i < (geteuid() == 0 ? 2 : 1); i++)
		assert_int_equal(when_confined(&places[i], attempt), 0);
	assert_int_equal(access(WAS_HERE, F_OK), -1);
}

/* 0 where the call failed, as it should. */
static int refused(long r)
{
	return r < 0 ? 0 : 1;
}

#define ATTEMPT(name) static int name(int fd, const struct xdc_confinement *now)
#define UNUSED	      (void)fd, (void)now

ATTEMPT(read_a_file)
{
	UNUSED;
	return refused(open("/etc/passwd", O_RDONLY)) | refused(open("/etc/shadow", O_RDONLY)) |
	       refused(open("/proc/self/environ", O_RDONLY));
}

ATTEMPT(write_a_file)
{
	UNUSED;
	return refused(open(WAS_HERE, O_WRONLY | O_CREAT, 0600)) |
	       refused(open("/tmp", O_WRONLY | O_TMPFILE, 0600)) |
	       refused(open("/dev/null", O_WRONLY)) | refused(mkdir(WAS_HERE, 0700)) |
	       refused(symlink("/", WAS_HERE)) | refused(unlink("/etc/passwd"));
}

ATTEMPT(run_a_program)
{
	char *const argv[] = { (char *)"true", NULL };

	UNUSED;
	execv("/bin/true", argv);
	return errno == EPERM || errno == EACCES ? 0 : 1;
}

ATTEMPT(use_the_network)
{
	UNUSED;
	return refused(socket(AF_INET, SOCK_STREAM, 0)) | refused(socket(AF_UNIX, SOCK_STREAM, 0)) |
	       refused(socket(AF_NETLINK, SOCK_RAW, 0));
}

ATTEMPT(start_a_process)
{
	pid_t pid = fork();

	UNUSED;
	if (pid == 0)
		_exit(0);
	return refused(pid);
}

ATTEMPT(reach_the_parent)
{
	char byte;
	const struct iovec here = { &byte, 1 }, there = { &byte, 1 };

	UNUSED;
	return refused(kill(getppid(), 0)) | refused(ptrace(PTRACE_ATTACH, getppid(), 0, 0)) |
	       refused(process_vm_readv(getppid(), &here, 1, &there, 1, 0));
}

/* What root may do, which the user that it has become, or was, may not. */
ATTEMPT(use_what_root_has)
{
	union bpf_attr map = {
		.map_type = BPF_MAP_TYPE_HASH, .key_size = 4, .value_size = 4, .max_entries = 1
	};
	struct perf_event_attr kprobe = { .type = PERF_TYPE_TRACEPOINT, .size = sizeof(kprobe) };
	const struct rlimit more = { RLIM_INFINITY, RLIM_INFINITY };

	UNUSED;
	return refused(mount("none", "/mnt", "tmpfs", 0, NULL)) |
	       refused(syscall(SYS_bpf, BPF_MAP_CREATE, &map, sizeof(map))) |
	       refused(syscall(SYS_perf_event_open, &kprobe, -1, 0, -1, 0)) | refused(chroot("/")) |
	       refused(sethostname("x", 1)) | refused(unshare(CLONE_NEWNS)) |
	       refused(syscall(SYS_delete_module, "xen-dmacheck", 0)) |
	       refused(setrlimit(RLIMIT_CORE, &more));
}

/* The one after the other: none of them may be what the others wait for. */
ATTEMPT(become_root)
{
	UNUSED;
	return refused(setuid(0) < 0 || geteuid() != 0 ? -1 : 0) |
	       refused(setresuid(0, 0, 0) < 0 || geteuid() != 0 ? -1 : 0) |
	       refused(setgid(0) < 0 || getegid() != 0 ? -1 : 0);
}

ATTEMPT(become_root_of_a_namespace)
{
	UNUSED;
	return refused(unshare(CLONE_NEWUSER));
}

ATTEMPT(type_into_the_terminal)
{
	UNUSED;
	return ioctl(0, TIOCSTI, "x") < 0 && errno == EPERM ? 0 : 1;
}

ATTEMPT(have_more_descriptors)
{
	(void)now;
	return refused(dup(fd)) | refused(syscall(SYS_memfd_create, "x", 0)) |
	       refused(syscall(SYS_io_uring_setup, 1, NULL));
}

ATTEMPT(exhaust_memory)
{
	/* Volatile, or the compiler does without. */
	void *volatile memory = malloc((size_t)2 << 30);

	UNUSED;
	return memory ? 1 : 0;
}

/* What is left must do for the work. */
ATTEMPT(compute_and_write)
{
	char *memory = malloc(32 << 20);

	(void)now;
	if (!memory)
		return 1;
	memset(memory, 'x', 32 << 20);
	return write(STDERR_FILENO, memory, 0) == 0 && fcntl(fd, F_GETFD) >= 0 ? 0 : 2;
}

static void test_nothing_can_be_reached_from_inside(void **state)
{
	int (*const attempts[])(int, const struct xdc_confinement *) = {
		read_a_file,	   write_a_file,	  run_a_program,
		use_the_network,   start_a_process,	  reach_the_parent,
		use_what_root_has, become_root,		  become_root_of_a_namespace,
		exhaust_memory,	   have_more_descriptors, type_into_the_terminal,
	};

	(void)state;
	if (SANITIZED)
		skip();
	for (size_t i = 0; i < XDC_ARRAY_SIZE(attempts); i++)
		assert_refused(attempts[i], false, false);
	/* Linux up to 5.12, or a command line without landlock: the filter does it. */
	for (size_t i = 0; i < XDC_ARRAY_SIZE(attempts); i++)
		assert_refused(attempts[i], true, false);
}

/* Landlock alone knows files, not every system call. */
static void test_files_are_out_of_reach_without_seccomp(void **state)
{
	(void)state;
	if (SANITIZED || syscall(LANDLOCK, NULL, 0, 1) < 1)
		skip();
	assert_refused(read_a_file, false, true);
	assert_refused(write_a_file, false, true);
	assert_refused(run_a_program, false, true);
	assert_refused(become_root, false, true);
	assert_refused(use_what_root_has, false, true);
}

/* With the sanitizers, too. */
static void test_root_is_given_up_for_good_on_any_kernel(void **state)
{
	(void)state;
	if (UNIT_COUNTS_COVERAGE)
		skip();
	assert_refused(become_root, false, false);
	assert_refused(become_root, true, true);
	assert_refused(use_what_root_has, true, true);
}

static void test_what_is_open_can_be_used(void **state)
{
	(void)state;
	assert_refused(compute_and_write, false, false);
}

ATTEMPT(tell_what_is_in_force)
{
	(void)fd;
	return !(now->no_new_privileges && now->no_capabilities && now->limits &&
		 (!now->other_user || now->user == NOBODY) && now->user != 0 &&
		 now->closed == !SANITIZED && now->system_calls == !SANITIZED &&
		 xdc_confinement_holds(now));
}

ATTEMPT(tell_that_only_seccomp_is)
{
	(void)fd;
	return !(!now->files && now->system_calls && now->closed && xdc_confinement_holds(now));
}

ATTEMPT(tell_that_only_landlock_is)
{
	(void)fd;
	return !(now->files && !now->system_calls && now->closed && xdc_confinement_holds(now));
}

/* A stranger's file is not read there; this machine is looked at with what there is. */
ATTEMPT(tell_that_neither_is)
{
	(void)fd;
	return !(!now->files && !now->system_calls && !now->closed && now->no_capabilities &&
		 now->no_new_privileges && now->user != 0 &&
		 xdc_confinement_holds(now) == SANITIZED);
}

static void test_it_tells_what_is_in_force(void **state)
{
	(void)state;
	if (UNIT_COUNTS_COVERAGE)
		skip();
	assert_refused(tell_what_is_in_force, false, false);
	assert_refused(tell_that_neither_is, true, true);
	if (SANITIZED)
		return;
	assert_refused(tell_that_only_seccomp_is, true, false);
	if (syscall(LANDLOCK, NULL, 0, 1) >= 1)
		assert_refused(tell_that_only_landlock_is, false, true);
}

static _Noreturn void say_and_wait(int fd)
{
	if (write(fd, "", 1) != 1)
		_exit(TROUBLE);
	for (;;)
		pause();
}

/* The kernel forgets that with the user: a reader must not outlive who waits for it. */
static void test_it_dies_with_its_parent(void **state)
{
	const struct xdc_confine_options options = { .user = NOBODY, .group = NOBODY };
	struct xdc_confinement now;
	int fds[2], status;
	char byte;
	pid_t parent;

	(void)state;
	assert_int_equal(pipe(fds), 0);
	parent = fork();
	assert_true(parent >= 0);
	if (parent == 0) {
		pid_t child = fork();

		if (child == 0) {
			prctl(PR_SET_PDEATHSIG, SIGKILL);
			xdc_confine(&options, &now);
			say_and_wait(fds[1]);
		}
		close(fds[1]);
		_exit(child > 0 && read(fds[0], &byte, 1) == 1 ? 0 : TROUBLE);
	}
	close(fds[1]);
	assert_int_equal(waitpid(parent, &status, 0), parent);
	assert_int_equal(status, 0);
	/* The other end is open for as long as the child lives. */
	alarm(10);
	assert_int_equal(read(fds[0], &byte, 1), 0);
	alarm(0);
	close(fds[0]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_can_be_reached_from_inside),
		cmocka_unit_test(test_files_are_out_of_reach_without_seccomp),
		cmocka_unit_test(test_root_is_given_up_for_good_on_any_kernel),
		cmocka_unit_test(test_what_is_open_can_be_used),
		cmocka_unit_test(test_it_tells_what_is_in_force),
		cmocka_unit_test(test_it_dies_with_its_parent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
