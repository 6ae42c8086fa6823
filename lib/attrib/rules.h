/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The rules by which a kernel decides on a device's DMA path: research in its own source, see
 * each condition. They are asked in order; the first that applies decides.
 */
#ifndef XDC_RULES_H
#define XDC_RULES_H

#include "attrib/attrib.h"

enum {
	XDC_FOR_ARM = 1 << XDC_ARCH_ARM,
	XDC_FOR_ARM64 = 1 << XDC_ARCH_ARM64,
	XDC_FOR_X86 = 1 << XDC_ARCH_X86,
	XDC_FOR_ANY_ARM = XDC_FOR_ARM | XDC_FOR_ARM64,
	XDC_FOR_ALL = ~0,
};

/* The newest kernel whose source the rules were read from, and which the lab has booted. */
enum {
	XDC_RULES_KERNEL_MAJOR = 7,
	XDC_RULES_KERNEL_MINOR = 2,
};

struct xdc_rule_context {
	const struct xdc_model *model;
	const struct xdc_host *host;
	const struct xdc_device *device;
	struct xdc_arena *arena;
	bool explain;	     /* somebody reads what was seen */
	const char *seen;    /* out: the values that the condition looked at, in words */
	const char *missing; /* out: the record that could not be read, where it is unknown */
	long backend_domid;  /* out: of a grant device */
};

struct xdc_rule {
	const char *id;
	int arches;
	const char *question;
	enum xdc_tri (*applies)(struct xdc_rule_context *c);
	enum xdc_path path;
	const char *text;     /* the outcome in words */
	const char *evidence; /* the record that decides, beside the device's own; NULL: none */
};

/* In the order in which they are asked. */
extern const struct xdc_rule xdc_rules[];
extern const size_t xdc_n_rules;

/* Inside attrib/: for the conditions. */

#define XDC_KEY_FEATURES   "file:/sys/hypervisor/properties/features"
#define XDC_KEY_GUEST_TYPE "file:/sys/hypervisor/guest_type"
#define XDC_KEY_CMDLINE	   "file:/proc/cmdline"
#define XDC_KEY_GROUPS	   "iommu-groups"
#define XDC_KEY_UNAME	   "uname"
#define XDC_KEY_CONFIG	   "kernel-config"
#define XDC_KEY_DEVICETREE "devicetree"

/* Notes what a condition looked at; costs nothing unless somebody reads it. */
void xdc_rule_saw(struct xdc_rule_context *c, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Passes @value on; where it is unknown, @key is what is missing. */
enum xdc_tri xdc_rule_need(struct xdc_rule_context *c, enum xdc_tri value, const char *key);
bool xdc_rule_on_xen(const struct xdc_rule_context *c);
enum xdc_tri xdc_rule_kernel_at_least(struct xdc_rule_context *c, unsigned int major,
				      unsigned int minor);
/* Whether the build has CONFIG_@option=y. */
enum xdc_tri xdc_rule_config(struct xdc_rule_context *c, const char *option);

enum xdc_tri xdc_rule_unreadable(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_bus_sets_up_no_dma(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_held_by_pciback(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_architecture_unknown(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_role_unknown(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_group_translates(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_always(struct xdc_rule_context *c);
/* rules-x86.c */
enum xdc_tri xdc_rule_guest_type_unknown(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_pv_dom0(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_pv_iommu_soft(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_pv_guest(struct xdc_rule_context *c);
/* rules-arm.c */
enum xdc_tri xdc_rule_no_firmware_node(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_grant_dma(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_flag_comes_first(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_swiotlb_xen(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_arm_attached(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_restricted_pool(struct xdc_rule_context *c);
enum xdc_tri xdc_rule_arm_default_table(struct xdc_rule_context *c);

#endif
