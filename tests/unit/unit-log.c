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
