/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Attribution: which DMA path each device takes, how that is known, and whether it is right.
 * Pure functions of a model: the same for a live machine, a recording and a what-if.
 */
#ifndef XDC_ATTRIB_H
#define XDC_ATTRIB_H

#include "model/model.h"

enum xdc_path {
	XDC_PATH_UNKNOWN,
	XDC_PATH_NONE, /* DMA is not configured: no driver is bound */
	XDC_PATH_VIA,  /* does no DMA itself; another device does it */
	XDC_PATH_SWIOTLB_XEN,
	XDC_PATH_IOMMU, /* dma-iommu, or 32-bit Arm's iommu_ops */
	XDC_PATH_GRANT,
	XDC_PATH_DIRECT,
	XDC_PATH_RESTRICTED, /* direct, through a restricted-dma-pool */
	XDC_PATH_ARCH,	     /* another table */
	XDC_PATH_ASSIGNED,   /* held for a guest */
};

enum xdc_basis {
	XDC_BASIS_INFERRED,
	XDC_BASIS_OBSERVED,
};

/* How DMA to one kind of memory fares on a path. */
enum xdc_memory {
	XDC_MEMORY_NOT_ASKED, /* the question does not arise: no DMA here, or no guests */
	XDC_MEMORY_OK,
	XDC_MEMORY_SLOW,
	XDC_MEMORY_BROKEN,
	XDC_MEMORY_UNKNOWN,
};

/* In the order in which a report shows them. */
enum xdc_verdict {
	XDC_VERDICT_BROKEN,
	XDC_VERDICT_AT_RISK,
	XDC_VERDICT_UNKNOWN,
	XDC_VERDICT_OK,
	XDC_VERDICT_SUPERFLUOUS,
	XDC_VERDICT_IDLE,
};

enum {
	XDC_EVIDENCE_MAX = 4,
	XDC_REASONS_MAX = 12,
	XDC_MISSING_MAX = 8,
};

/* One step of the explanation: the rule that fired, in words, and the records it saw. */
struct xdc_reason {
	const char *rule; /* stable: "arm64-swiotlb-xen" */
	const char *text;
	const char *evidence[XDC_EVIDENCE_MAX]; /* keys; NULL behind the last */
};

struct xdc_attribution {
	const struct xdc_device *device;
	enum xdc_path path;	     /* the one in effect */
	enum xdc_path inferred_path; /* what the model gives the device at its driver's probe */
	enum xdc_path observed_path;
	enum xdc_basis basis;
	bool observed;		 /* observed_path holds something */
	bool attached_by_driver; /* 32-bit Arm: to an IOMMU, where the kernel sets swiotlb-xen */
	enum xdc_memory own_memory;
	enum xdc_memory foreign_pages;
	enum xdc_verdict verdict;
	const char *why; /* the verdict in a few words, for a table; "" where it is plain */
	struct xdc_reason reasons[XDC_REASONS_MAX];
	size_t n_reasons;
	const char *missing[XDC_MISSING_MAX]; /* inputs that could not be read: record keys */
	size_t n_missing;
	long backend_domid; /* with XDC_PATH_GRANT; -1 otherwise */
};

struct xdc_attributions {
	struct xdc_arena *arena;
	const struct xdc_model *model;
	struct xdc_attribution *items; /* one for each device of the model, in its order */
	size_t count;
};

/* The caller's; the model must outlive it. */
struct xdc_attributions *xdc_attribute(const struct xdc_model *model);
void xdc_attributions_free(struct xdc_attributions *attributions);
void xdc_attributions_freep(struct xdc_attributions **attributions);
#define xdc_autoattributions __attribute__((cleanup(xdc_attributions_freep)))

/* Of the device at @index of the model. */
const struct xdc_attribution *xdc_attribution_of(const struct xdc_attributions *attributions,
						 const struct xdc_device *device);

/*
 * Whether two answers about a bound device contradict each other, which is a fault of the
 * model: false where either is unknown, where none has been probed, and where its driver has
 * replaced what the kernel had set.
 */
bool xdc_attribution_mismatch(const struct xdc_attribution *attribution);

/* One rule that was asked for a device. */
struct xdc_step {
	const char *rule;
	const char *question;
	const char *seen;     /* the values looked at, in words; "" where there are none */
	const char *evidence; /* the record they are from; NULL: the device's own */
	enum xdc_tri answer;
};

enum { XDC_STEPS_MAX = 32 };

/*
 * The rules as they were asked for @device, up to the one that decided, into @steps; returns
 * how many. Texts are of @all's.
 */
size_t xdc_attribution_steps(const struct xdc_attributions *all, const struct xdc_device *device,
			     struct xdc_step *steps, size_t max);

/* Whether it is a virtio device that goes around any IOMMU: no VIRTIO_F_ACCESS_PLATFORM. */
bool xdc_device_goes_around_iommu(const struct xdc_device *device);
/*
 * confined.c: whether an IOMMU, Xen's or this kernel's, stands between the device's DMA and all
 * memory. A guest cannot know.
 */
enum xdc_tri xdc_device_confined(const struct xdc_model *model, const struct xdc_device *device);
/* Whether the dma-iommu flag and swiotlb-xen's table are both set (Linux 6.12 and later). */
bool xdc_device_has_conflict(const struct xdc_attribution *attribution);

const char *xdc_path_name(enum xdc_path path);
const char *xdc_basis_name(enum xdc_basis basis);
const char *xdc_verdict_name(enum xdc_verdict verdict);
/* NULL for XDC_MEMORY_NOT_ASKED. */
const char *xdc_memory_name(enum xdc_memory memory);

/* Inside attrib/: the steps of xdc_attribute(), one file each. */
void xdc_attribute_inferred(const struct xdc_attributions *all, struct xdc_attribution *a);
void xdc_attribute_observed(const struct xdc_attributions *all, struct xdc_attribution *a);
void xdc_attribute_verdict(const struct xdc_attributions *all, struct xdc_attribution *a);
/* @evidence: keys, up to XDC_EVIDENCE_MAX, NULL behind the last; copied by pointer. */
void xdc_add_reason(struct xdc_attribution *a, const char *rule, const char *text,
		    const char *const evidence[]);
void xdc_add_missing(struct xdc_attribution *a, const char *key);
/* "device:PATH" and "dma:PATH" of the attribution's device. */
const char *xdc_device_key(const struct xdc_attributions *all, const struct xdc_device *device);
const char *xdc_dma_key(const struct xdc_attributions *all, const struct xdc_device *device);

#endif
