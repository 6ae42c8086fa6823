/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The catalogue over the logs that a machine has kept: what is found there is a finding. */
#ifndef XDC_CATALOGUE_FINDINGS_H
#define XDC_CATALOGUE_FINDINGS_H

#include "catalogue/log.h"
#include "report.h"

/*
 * Adds to the findings of @report each known failure, of warning or above, whose message is in
 * its logs and that is neither the consequence of another nor told by a check. One that only
 * an earlier boot had is a notice. @report->catalogue must be there, and outlives the findings.
 */
void xdc_find_known_failures(struct xdc_report *report);

/*
 * kept-logs.c. Feeds @reader with what the rings and logs have of the boot that runs, each under
 * its record's key. Returns whether there was anything.
 */
bool xdc_read_this_boot(const struct xdc_report *report, struct xdc_log_reader *reader);

/* Whether @record is a log of other boots: not this boot's only. */
bool xdc_is_earlier_log(const struct xdc_report *report, const struct xdc_record *record);
void xdc_read_earlier_log(const struct xdc_record *record, struct xdc_log_reader *reader);

/* Whether what is there under @key is text for the catalogue. */
bool xdc_is_log(const char *key);

/* Whether what is there under @key are records of /dev/kmsg. */
bool xdc_is_kmsg(const char *key);

#endif
