/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A target is this one function: with clang and -Dfuzz=true libFuzzer calls it, else replay.c. */
#ifndef XDC_FUZZ_H
#define XDC_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct xdc_report;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* open_memstream(3), which here does not fail. */
FILE *fuzz_stream(char **text, size_t *size);

/*
 * Abort where @text of @size bytes holds what a terminal would act on, which no output of ours
 * may, whatever went in (newlines are allowed); and where it is no JSON as well, or has a key
 * twice.
 */
void fuzz_assert_printable(const char *text, size_t size);
void fuzz_assert_json(const char *text, size_t size);
/* The same of @report, written as JSON. */
void fuzz_assert_report_json(const struct xdc_report *report);

#endif
