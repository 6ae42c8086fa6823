/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Kprobes with BPF programs on them, first of all that on dev_attr_show(), and why there is
 * none. They are made through the kprobe PMU, whose probes die with their descriptor; libbpf's
 * fallback, tracefs kprobe_events, would outlive a killed process and is not used.
 */
#ifndef XDC_PROBE_H
#define XDC_PROBE_H

#include "bpf/kallsyms.h"
#include "source/tree.h"

struct bpf_link;
struct bpf_program;

struct xdc_probe {
	const struct xdc_tree *tree;
	struct xdc_kallsyms *kallsyms;
	struct bpf_link *link;
	uint32_t pmu_type;
	const char *failed; /* why not, for people; NULL when ready */
	enum xdc_status status;
};

/* What the programs recognise the asking thread by: see asking.bpf.h. */
struct xdc_probe_asker {
	unsigned int thread;
	unsigned long long namespace_dev;
	unsigned long long namespace_ino;
};

#define XDC_PROBE_NEVER_FIRED "the kprobe never fired (kprobes switched off in debugfs?)"

/* Keeps the reason. Returns -1, as do all that fail below, with the reason kept. */
int xdc_probe_fail(struct xdc_probe *probe, enum xdc_status status, const char *why);
/* The same for a call that failed with @error; @general is for where nothing tells more. */
int xdc_probe_refused(struct xdc_probe *probe, int error, const char *general);

/* What libbpf would print, an -errno tells us too. */
void xdc_probe_silence(void);
/* What there must be: the PMU; and for who names functions, the kernel's symbols, too. */
int xdc_probe_find_pmu(struct xdc_probe *probe);
int xdc_probe_prepare(struct xdc_probe *probe);
int xdc_probe_find_asker(struct xdc_probe *probe, struct xdc_probe_asker *ret);
/* Puts @program on dev_attr_show(). */
int xdc_probe_attach(struct xdc_probe *probe, struct bpf_program *program);
/*
 * Puts @program on the beginning of the kernel's @function. *@ret is the caller's, and owns the
 * descriptor of the probe. Returns 0, or -errno (-ENOENT: no such function) with no reason kept.
 */
int xdc_probe_hook(const struct xdc_probe *probe, struct bpf_program *program, const char *function,
		   struct bpf_link **ret);
/* Takes the program off; to be called before it is destroyed. */
void xdc_probe_finish(struct xdc_probe *probe);

/*
 * Reads an attribute of the device @path that takes no lock, which runs the program. Returns
 * 0 or -errno.
 */
int xdc_probe_trigger(const struct xdc_probe *probe, const char *path);

/*
 * Whether @name, of at most @max bytes with its NUL, is that of the device @path: a longer one
 * is compared as far as it goes.
 */
bool xdc_probe_saw(const char *path, const char *name, size_t max);

#endif
