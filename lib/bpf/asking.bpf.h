/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * What the BPF programs begin with: reading any attribute of a device hands
 * dev_attr_show() (drivers/base/core.c) the kobject in that device: the one place where user
 * space can have the kernel point at a struct device of its choice. The same in Linux 4.15 to
 * 7.2; the function is reached only through dev_sysfs_ops and so never inlined.
 */
#ifndef XDC_ASKING_BPF_H
#define XDC_ASKING_BPF_H

/* Set before loading: the thread asking, as its own PID namespace counts. */
const volatile unsigned int asking_thread = 0;
const volatile unsigned long long pid_namespace_dev = 0;
const volatile unsigned long long pid_namespace_ino = 0;

static __always_inline int is_asking(void)
{
	struct bpf_pidns_info info = {};

	if (bpf_get_ns_current_pid_tgid(pid_namespace_dev, pid_namespace_ino, &info, sizeof(info)))
		return 0;
	return info.pid == asking_thread;
}

/*
 * Where the kernel's struct pt_regs holds the first arguments (arch/.../uapi/asm/ptrace.h);
 * that layout is ABI, and the headers of the building machine are another architecture's.
 * The kernel's words, too, are not always BPF's. 32-bit Arm passes four in registers.
 */
#if defined(__TARGET_ARCH_arm64)
typedef __u64 word;
#define ARGUMENT(n) ((n)*8) /* regs[] */
#elif defined(__TARGET_ARCH_arm)
typedef __u32 word;
#define ARGUMENT(n) ((n)*4) /* uregs[] */
#elif defined(__TARGET_ARCH_x86)
typedef __u64 word;
/* di, si, dx, cx, r8 */
#define ARGUMENT(n) ((n) == 0 ? 112 : (n) == 1 ? 104 : (n) == 2 ? 96 : (n) == 3 ? 88 : 72)
#else
#error "no observation by BPF on this architecture: leave this file out"
#endif

/* The program's argument @n, a constant, counted from 0. */
static __always_inline unsigned long long argument(void *ctx, int n)
{
	return *(word *)(ctx + ARGUMENT(n));
}

static __always_inline unsigned long long first_argument(void *ctx)
{
	return argument(ctx, 0);
}

#endif
