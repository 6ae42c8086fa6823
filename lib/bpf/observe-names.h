/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef XDC_OBSERVE_NAMES_H
#define XDC_OBSERVE_NAMES_H

#include "bpf/kallsyms.h"
#include "bpf/sample.h"

/* Writes a sample as the fields of a "dma:PATH" record, addresses replaced by names. */
void xdc_observe_write_fields(FILE *out, const struct xdc_bpf_sample *sample,
			      const struct xdc_kallsyms *kallsyms);

#endif
