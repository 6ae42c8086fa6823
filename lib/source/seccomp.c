/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A list of what is allowed, not of what is not: kernels grow system calls. What is refused fails
 * with EPERM rather than killing, as a libc of tomorrow may ask for something that it can do
 * without.
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "base/base.h"
#include "source/seccomp.h"

#if defined(__x86_64__)
#define ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__i386__)
#define ARCHITECTURE AUDIT_ARCH_I386
#elif defined(__aarch64__)
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#elif defined(__arm__)
#define ARCHITECTURE AUDIT_ARCH_ARM
#endif

/* The rest differs from one architecture, or libc, to another. */
static const unsigned int allowed[] = {
	__NR_read,
	__NR_readv,
	__NR_write,
	__NR_writev,
	__NR_close,
	__NR_lseek,
	__NR_ppoll,
	__NR_fstat,
	__NR_fcntl,
	__NR_munmap,
	__NR_mremap,
	__NR_mprotect,
	__NR_madvise,
	__NR_brk,
	__NR_futex,
	__NR_rt_sigaction,
	__NR_rt_sigprocmask,
	__NR_rt_sigreturn,
	__NR_sigaltstack,
	__NR_restart_syscall,
	__NR_getpid,
	__NR_gettid,
	__NR_tgkill, /* abort() */
	__NR_getrandom,
	__NR_clock_gettime,
	__NR_sysinfo, /* qsort() asks how much memory there is */
	__NR_exit,
	__NR_exit_group,
#ifdef __NR_mmap
	__NR_mmap,
#endif
#ifdef __NR_mmap2
	__NR_mmap2,
#endif
#ifdef __NR_poll
	__NR_poll,
#endif
#ifdef __NR_ppoll_time64
	__NR_ppoll_time64,
#endif
#ifdef __NR_newfstatat
	__NR_newfstatat, /* fstat() of glibc 2.33 and later */
#endif
#ifdef __NR_fstatat64
	__NR_fstatat64,
#endif
#ifdef __NR_fstat64
	__NR_fstat64,
#endif
#ifdef __NR_statx
	__NR_statx,
#endif
#ifdef __NR_fcntl64
	__NR_fcntl64,
#endif
#ifdef __NR__llseek
	__NR__llseek,
#endif
#ifdef __NR_clock_gettime64
	__NR_clock_gettime64,
#endif
#ifdef __NR_futex_time64
	__NR_futex_time64,
#endif
#ifdef __NR_sigreturn
	__NR_sigreturn,
#endif
};

/* isatty() and the width; not TIOCSTI, which would type into the terminal. */
static const unsigned int allowed_ioctls[] = { TCGETS, TIOCGWINSZ };

enum { PROGRAM_MAX = 128 };

struct program {
	struct sock_filter code[PROGRAM_MAX];
	unsigned short length;
};

static void add(struct program *program, struct sock_filter instruction)
{
	program->code[program->length++] = instruction;
}

static void load(struct program *program, size_t offset)
{
	add(program, (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned int)offset));
}

/* Where what was loaded is @value the verdict is @verdict, else the next instruction decides. */
static void decide_if(struct program *program, unsigned int value, unsigned int verdict)
{
	add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1));
	add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

static void decide_unless(struct program *program, unsigned int value, unsigned int verdict)
{
	add(program, (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, value, 1, 0));
	add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, verdict));
}

#ifdef ARCHITECTURE
static void build(struct program *program)
{
	const unsigned int refuse = SECCOMP_RET_ERRNO | EPERM;

	/* Numbers mean something else to another architecture's entry. */
	load(program, offsetof(struct seccomp_data, arch));
	decide_unless(program, ARCHITECTURE, SECCOMP_RET_KILL_PROCESS);
	load(program, offsetof(struct seccomp_data, nr));
	for (size_t i = 0; i < XDC_ARRAY_SIZE(allowed); i++)
		decide_if(program, allowed[i], SECCOMP_RET_ALLOW);
	decide_unless(program, __NR_ioctl, refuse);
	/* The low half of the second argument: all these machines are little-endian. */
	load(program, offsetof(struct seccomp_data, args[1]));
	for (size_t i = 0; i < XDC_ARRAY_SIZE(allowed_ioctls); i++)
		decide_if(program, allowed_ioctls[i], SECCOMP_RET_ALLOW);
	add(program, (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, refuse));
}
#endif

int xdc_seccomp_restrict(void)
{
#ifdef ARCHITECTURE
	struct program program = { .length = 0 };
	struct sock_fprog filter = { .filter = program.code };

	build(&program);
	filter.len = program.length;
	return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) < 0 ? -errno : 0;
#else
	return -ENOSYS;
#endif
}
