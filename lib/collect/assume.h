/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What-if: evidence as it would be under other circumstances. */
#ifndef XDC_ASSUME_H
#define XDC_ASSUME_H

#include "collect/evidence.h"

enum { XDC_WORDS_MAX = 32 };

/*
 * From "xen=4.17,kernel=6.6,iommu.passthrough=1,EXYNOS_IOMMU=y". Keys: xen (a release, or
 * none), kernel (a release), arch (arm, arm64), iommu (off: every IOMMU node disabled), a word
 * with a dot (of the kernel's command line), and a build option in capitals, of the kernel or,
 * behind "xen.", of the hypervisor.
 */
struct xdc_assumptions {
	const char *xen;    /* "4.17"; "none"; NULL: not said */
	const char *kernel; /* "6.6" */
	const char *arch;
	bool iommu_off;
	const char *words[XDC_WORDS_MAX]; /* of the command line */
	size_t n_words;
	const char *options[XDC_WORDS_MAX]; /* "EXYNOS_IOMMU=y" */
	size_t n_options;
	const char *xen_options[XDC_WORDS_MAX];
	size_t n_xen_options;
};

/*
 * Parses @text; strings of *@ret are @arena's. Returns 0, or -EINVAL with what is wrong, and
 * where, in *@ret_error (of @arena).
 */
int xdc_assumptions_parse(struct xdc_arena *arena, const char *text, struct xdc_assumptions *ret,
			  const char **ret_error);

/* Whether the hypervisor of @assumptions was built with CONFIG_@option=y. */
bool xdc_assumptions_xen_option(const struct xdc_assumptions *assumptions, const char *option);

/*
 * The evidence as it would be: a copy of @evidence with other versions, command line, options
 * and IOMMU groups, and without what was read from the running kernel. The caller's.
 */
struct xdc_evidence *xdc_evidence_assume(const struct xdc_evidence *evidence,
					 const struct xdc_assumptions *assumptions);

/* The features that Xen @major.@minor shows a dom0 on Arm, "00026805". Static. */
const char *xdc_assumed_features(unsigned int major, unsigned int minor);

#endif
