/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * 32-bit Arm: hardly a kernel there has type information, and where one has, BPF's relocations
 * count on pointers of 64 bits.
 */
#include "bpf/observe-words.h"
#include "source/providers.h"

void xdc_live_dma_state(const struct xdc_tree *tree, const struct xdc_request *request,
			xdc_emit_fn *emit, void *arg)
{
	xdc_observe_by_words(tree, request, emit, arg);
}
