/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the tests of logs share: a reader of the built-in catalogue. */
#ifndef XDC_UNIT_LOG_H
#define XDC_UNIT_LOG_H

#include <stdlib.h>

#include "catalogue/explanation.h"
#include "unit.h"

struct log_unit {
	struct xdc_catalogue *catalogue;
	struct xdc_log_reader *reader;
	struct xdc_explanation *explanation;
};

int log_setup(void **state);
int log_teardown(void **state);
#define log_test(f) cmocka_unit_test_setup_teardown(f, log_setup, log_teardown)

/* Reads @text as the file "a.log"; explains it. What is returned is @unit's. */
const struct xdc_log *log_read(struct log_unit *unit, const char *text);
const struct xdc_explanation *log_explain(struct log_unit *unit, const char *text,
					  const struct xdc_report *report);
const struct xdc_log_match *match_of(const struct xdc_log *log, const char *id);

/* A dom0 of Xen 4.17.5, for arm64; what @evidence says first stands. The caller's. */
struct xdc_report *log_dom0(struct xdc_evidence *evidence);
/* The first cause of what is told first. */
const struct xdc_explained_cause *log_first(const struct xdc_explanation *x);

#define DENIED                                                                                     \
	"libxl: error: libxl_create.c:720:libxl__domain_make: domain creation fail: Permission "   \
	"denied\n"
#define CANNOT "libxl: error: libxl_create.c:1309:initiate_domain_create: cannot make domain: -3\n"

#endif
