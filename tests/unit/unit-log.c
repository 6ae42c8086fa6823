/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <string.h>

#include "unit-log.h"

int log_setup(void **state)
{
	struct log_unit *unit = xdc_zalloc(sizeof(*unit));

	unit->catalogue = xdc_catalogue_builtin();
	unit->reader = xdc_log_reader_new(unit->catalogue);
	*state = unit;
	return 0;
}

int log_teardown(void **state)
{
	struct log_unit *unit = *state;

	xdc_explanation_free(unit->explanation);
	xdc_log_reader_free(unit->reader);
	xdc_catalogue_free(unit->catalogue);
	free(unit);
	return 0;
}

const struct xdc_log *log_read(struct log_unit *unit, const char *text)
{
	xdc_log_reader_begin(unit->reader, "a.log");
	xdc_log_reader_feed(unit->reader, text, strlen(text));
	xdc_log_reader_end(unit->reader);
	return xdc_log_reader_log(unit->reader);
}

const struct xdc_explanation *log_explain(struct log_unit *unit, const char *text,
					  const struct xdc_report *report)
{
	unit->explanation = xdc_explain(log_read(unit, text), unit->catalogue, report);
	return unit->explanation;
}

const struct xdc_log_match *match_of(const struct xdc_log *log, const char *id)
{
	for (size_t i = 0; i < log->n_matches; i++)
		if (strcmp(log->matches[i].entry->id, id) == 0)
			return &log->matches[i];
	return NULL;
}

struct xdc_report *log_dom0(struct xdc_evidence *evidence)
{
	add_record(evidence, "file:/proc/xen/capabilities", XDC_STATUS_OK, "control_d\n");
	add_record(evidence, "xen", XDC_STATUS_OK, "");
	add_record(evidence, "xen:interfaces", XDC_STATUS_OK, "domctl=21\nsysctl=21\n");
	add_record(evidence, "xen:physinfo", XDC_STATUS_OK, "directio=0\n");
	add_record(evidence, "xenstore", XDC_STATUS_OK, "");
	add_record(evidence, "xenstore:/local/domain", XDC_STATUS_OK, "0/name=Domain-0\n");
	add_record(evidence, "tools", XDC_STATUS_OK, "xl_release=4.17\nxl_binary=/usr/sbin/xl\n");
	add_arm64_dom0(evidence, "6.1.0");
	return xdc_report_new(evidence);
}

const struct xdc_explained_cause *log_first(const struct xdc_explanation *x)
{
	assert_true(x->n_causes > 0);
	assert_true(x->items[0].n_causes > 0);
	return &x->items[0].causes[0];
}
