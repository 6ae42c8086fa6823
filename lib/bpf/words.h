/* SPDX-License-Identifier: LGPL-2.1-or-later OR BSD-2-Clause OR GPL-2.0-only */
/*
 * What words.bpf.c hands to user space: the beginning of one struct device, and of what user
 * space asks for by address. Fixed widths, 64-bit values first: the program is 64-bit BPF also
 * where the kernel and user space are 32-bit.
 */
#ifndef XDC_WORDS_H
#define XDC_WORDS_H

/*
 * More than any struct device: 488 to 504 bytes on Debian's 32-bit Arm, 700 to 800 on arm64.
 * Read by the chunk, so that a page that is not there costs one chunk.
 */
#define XDC_WORDS_OBJECT_SIZE 1024
#define XDC_WORDS_CHUNK_SIZE  64
#define XDC_WORDS_CHUNKS      (XDC_WORDS_OBJECT_SIZE / XDC_WORDS_CHUNK_SIZE)
#define XDC_WORDS_TARGETS     64
/* In the kernel's words. map_sg is the 12th of struct dma_map_ops at the most (Linux 6.1). */
#define XDC_WORDS_TARGET_WORDS 32
#define XDC_WORDS_NAME_MAX     64

struct xdc_words {
	unsigned long long sequence;		       /* one more with each device that was seen */
	unsigned long long object;		       /* the address of the struct device */
	unsigned long long targets[XDC_WORDS_TARGETS]; /* user space's; 0 behind the last */
	unsigned long long targets_read;	       /* a bit for each */
	unsigned long long chunks_read;
	unsigned char bytes[XDC_WORDS_OBJECT_SIZE];
	unsigned char copies[XDC_WORDS_TARGETS][XDC_WORDS_TARGET_WORDS * 8];
	char name[XDC_WORDS_NAME_MAX];
};

#endif
