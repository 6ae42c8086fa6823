/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A condition: terms joined by " and ", each a fact of a closed vocabulary, a comparison with
 * a version or with what a pattern has captured, or another entry seen in the same log.
 */
#ifndef XDC_CONDITION_H
#define XDC_CONDITION_H

#include "base/base.h"

struct xdc_captures;

enum { XDC_TERMS_MAX = 3 };

enum xdc_fact {
	XDC_FACT_STATED, /* the message itself says so */
	/* Of the machine, or as the log says it. */
	XDC_FACT_ON_XEN,	  /* this kernel runs on Xen */
	XDC_FACT_ROOT,		  /* who ran the tools was root */
	XDC_FACT_PRIVCMD_MISSING, /* there is no /dev/xen/privcmd */
	XDC_FACT_XENFS_MISSING,
	XDC_FACT_XENSTORED_DOWN, /* or does not answer */
	XDC_FACT_INIT_DOM0_MISSING,
	XDC_FACT_XENCONSOLED_DOWN,
	XDC_FACT_TOOLS_MISMATCH, /* another domctl or sysctl than the hypervisor's */
	XDC_FACT_XEN_IOMMU,	 /* Xen drives an IOMMU */
	XDC_FACT_IOMMU_IN_DOM0,	 /* an IOMMU was left to dom0 */
	XDC_FACT_DIRECT_MAPPED,	 /* dom0's memory is mapped 1:1 */
	XDC_FACT_LOCKDOWN,	 /* of the kernel */
	/* With an operation and a value. */
	XDC_FACT_KERNEL,
	XDC_FACT_XEN,
	XDC_FACT_TOOLS,
	/* With a word. */
	XDC_FACT_ARCH,
	XDC_FACT_KERNEL_OPTION,	 /* on the command line */
	XDC_FACT_KERNEL_CONFIG,	 /* built in or as a module */
	XDC_FACT_BACKEND_DRIVER, /* it is loaded: vbd, vif */
	XDC_FACT_FINDING,	 /* a check has found it on the machine */
	XDC_FACT_SEEN,		 /* another entry, in the same log */
	XDC_FACT_ADDRESS,	 /* what lies at the captured address: enum xdc_place by name */
	XDC_FACT_CAPTURE,	 /* $name OPERATOR value */
};

enum xdc_operator {
	XDC_OPERATOR_NONE,
	XDC_OPERATOR_LESS,
	XDC_OPERATOR_AT_LEAST,
	XDC_OPERATOR_GREATER,
	XDC_OPERATOR_EQUAL,
	XDC_OPERATOR_IN, /* FIRST-LAST */
};

struct xdc_term {
	enum xdc_fact fact;
	enum xdc_operator operation;
	bool negated;
	const char *name;  /* of a capture; of a word's fact the word */
	const char *value; /* behind an operation; "$name" is another capture */
};

struct xdc_condition {
	const char *text;
	struct xdc_term terms[XDC_TERMS_MAX];
	size_t n_terms;
};

/* Strings are of @arena. Returns 0, or -EINVAL with what is wrong (of @arena). */
int xdc_condition_parse(struct xdc_arena *arena, const char *text, struct xdc_condition *ret,
			const char **ret_error);

/* The words of the vocabulary, ended by NULL; indexed by fact where they have a name. */
extern const char *const xdc_fact_names[];

/*
 * A comparison with what was captured: numbers (0x: hexadecimal) where both are such, else
 * text. XDC_UNKNOWN where nothing was captured by that name, or is no number where one is needed.
 */
enum xdc_tri xdc_term_compare(const struct xdc_term *term, const struct xdc_captures *captures);

#endif
