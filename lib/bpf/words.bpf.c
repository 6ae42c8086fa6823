// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * For kernels without type information: copies the words of a struct device as they are, and
 * those of tables, whose addresses user space has found among them. What they mean is worked
 * out there (layout.c). The program names no member of any structure, but for the first of
 * struct device, its kobject, and the first of that, its name.
 */
#include <linux/bpf.h>
#include <linux/types.h>

#include <bpf/bpf_helpers.h>

#include "bpf/asking.bpf.h"
#include "bpf/words.h"

struct xdc_words words = {};

static __always_inline void read_object(unsigned long long object)
{
	for (int i = 0; i < XDC_WORDS_CHUNKS; i++) {
		const int at = i * XDC_WORDS_CHUNK_SIZE;

		if (!bpf_probe_read_kernel(words.bytes + at, XDC_WORDS_CHUNK_SIZE,
					   (void *)(object + at)))
			words.chunks_read |= 1ULL << i;
	}
}

static __always_inline void read_targets(void)
{
	for (int i = 0; i < XDC_WORDS_TARGETS; i++) {
		if (!words.targets[i])
			break;
		if (!bpf_probe_read_kernel(words.copies[i], XDC_WORDS_TARGET_WORDS * sizeof(word),
					   (void *)words.targets[i]))
			words.targets_read |= 1ULL << i;
	}
}

SEC("kprobe")
int copy_words(void *ctx)
{
	unsigned long long object = first_argument(ctx);
	word name = 0;

	if (!is_asking())
		return 0;
	words.object = object;
	words.chunks_read = 0;
	words.targets_read = 0;
	bpf_probe_read_kernel(&name, sizeof(name), (void *)object);
	bpf_probe_read_kernel_str(words.name, sizeof(words.name), (void *)(__u64)name);
	read_object(object);
	read_targets();
	words.sequence++;
	return 0;
}

char LICENSE[] SEC("license") = "Dual BSD/GPL";
