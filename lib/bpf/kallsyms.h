/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The few kernel symbols that tell one table of DMA operations from another. Tables are
 * recognised by the functions in them: their own symbols are data, which kallsyms lists
 * only with KALLSYMS_ALL (not on Debian's arm64 before 6.12, never on its armhf).
 */
#ifndef XDC_KALLSYMS_H
#define XDC_KALLSYMS_H

#include "base/base.h"

struct xdc_kallsyms;

/*
 * Reads the symbols from @file (/proc/kallsyms). Returns 0; -EACCES where the addresses are
 * hidden (kernel.kptr_restrict, or no CAP_SYSLOG); -ENOENT where none of them is there.
 */
int xdc_kallsyms_read(FILE *file, struct xdc_kallsyms **ret);
void xdc_kallsyms_free(struct xdc_kallsyms *kallsyms);

/* The function of a DMA table at @address, valid as long as @kallsyms; NULL if there is none. */
const char *xdc_kallsyms_function(const struct xdc_kallsyms *kallsyms, uint64_t address);

/* Whether a DMA function of that name is listed: whether the kernel was built with it. */
bool xdc_kallsyms_has_function(const struct xdc_kallsyms *kallsyms, const char *name);

/* The size of the kernel's words in bytes: a 32-bit program may run on a 64-bit kernel. */
unsigned int xdc_kallsyms_word_size(const struct xdc_kallsyms *kallsyms);

/*
 * Whether @address lies in the kernel's image between _stext and _einittext: the read-only data
 * are there too on Arm (arch/arm/kernel/vmlinux.lds.S, arch/arm64/kernel/vmlinux.lds.S).
 */
bool xdc_kallsyms_in_image(const struct xdc_kallsyms *kallsyms, uint64_t address);

/* Where x86's variable dma_ops is; 0 where that is not listed, or not only once. */
uint64_t xdc_kallsyms_global_dma_ops(const struct xdc_kallsyms *kallsyms);

#endif
