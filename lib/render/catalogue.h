/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The catalogue and what it makes of a log, for people and for programs. */
#ifndef XDC_RENDER_CATALOGUE_H
#define XDC_RENDER_CATALOGUE_H

#include "catalogue/explanation.h"

/* known.c: a line for each entry; one entry in full. @width: 0 where there is no terminal. */
void xdc_render_known(const struct xdc_catalogue *catalogue, size_t width, FILE *out);
void xdc_render_entry(const struct xdc_entry *entry, size_t width, FILE *out);

/* log.c: the causes first, then what followed from them. */
void xdc_render_log(const struct xdc_explanation *explanation, bool color, size_t width, FILE *out);

/* catalogue-json.c: as xen-dmacheck-log-1.schema.json has it. 0 or -EIO. */
int xdc_render_known_json(const struct xdc_catalogue *catalogue, const struct xdc_entry *only,
			  FILE *out);
int xdc_render_log_json(const struct xdc_explanation *explanation, FILE *out);

#endif
