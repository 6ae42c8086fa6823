/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the kernel log says about devices: failed probes, faults that an IOMMU reports, DMA
 * masks refused. The ring wraps: a line that is not there says nothing.
 */
#ifndef XDC_KERNEL_LOG_H
#define XDC_KERNEL_LOG_H

#include "model/mask-warnings.h"

/* A message that says that a driver's probe of @device failed. */
struct xdc_probe_failure {
	const char *device;   /* its name: "0000:00:02.0" */
	const char *text;     /* the message, safe to print */
	const char *evidence; /* the record that has it */
	long error;	      /* negative errno; 0 where the message has none */
};

/* An SMMUv3 event: drivers/iommu/arm/arm-smmu-v3/arm-smmu-v3.c, arm_smmu_evtq_thread(). */
struct xdc_iommu_event {
	const char *iommu;    /* the device that reports it: "9050000.smmuv3" */
	const char *evidence; /* the record that has it */
	uint32_t stream_id;
	uint32_t type; /* 0x10: F_TRANSLATION */
	uint64_t address;
	unsigned int count; /* how often, for this stream ID */
};

struct xdc_kernel_log {
	struct xdc_probe_failure *failures;
	size_t n_failures;
	struct xdc_iommu_event *events; /* one for each reporter and stream ID */
	size_t n_events;
	uint64_t pool_end; /* one behind the swiotlb pool's last address; 0: not said */
	struct xdc_mask_warning *mask_warnings; /* in the order of the log */
	size_t n_mask_warnings;
};

/*
 * Reads records as /dev/kmsg has them; @text is written into, @evidence is the key of the
 * record that it is from. All is of @arena but what xdc_kernel_log_clear() gives back.
 */
struct xdc_kernel_log *xdc_kernel_log_parse(struct xdc_arena *arena, char *text,
					    const char *evidence);
void xdc_kernel_log_clear(struct xdc_kernel_log *log);

/*
 * Adds to @log what @older has of the same boot and the ring has lost: failures stand before
 * @log's; of a stream's events, and of warnings, whichever has more. @older is left empty.
 */
void xdc_kernel_log_merge(struct xdc_kernel_log *log, struct xdc_kernel_log *older);

/* The name of an SMMUv3 event, "F_TRANSLATION"; NULL for one we do not know. */
const char *xdc_smmuv3_event_name(uint32_t type);
/*
 * Whether its third word is the address of the DMA. Of C_BAD_STREAMID and the like it means
 * nothing: the SMMU knows no tables to look an address up in (Arm IHI 0070, 7.3).
 */
bool xdc_smmuv3_event_has_address(uint32_t type);

#endif
