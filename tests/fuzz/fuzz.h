/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A target is this one function: with clang and -Dfuzz=true libFuzzer calls it, else replay.c. */
#ifndef XDC_FUZZ_H
#define XDC_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Aborts where @text of @size bytes holds what a terminal would act on: no output of ours may,
 * whatever went in. Newlines are allowed.
 */
void fuzz_assert_printable(const char *text, size_t size);

#endif
