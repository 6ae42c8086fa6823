/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a log means: which matches are causes and which only consequences, and what the
 * machine (where it is at hand) and the log itself say for and against each cause.
 */
#ifndef XDC_EXPLANATION_H
#define XDC_EXPLANATION_H

#include "catalogue/log.h"
#include "report.h"

enum {
	XDC_BECAUSE_MAX = 6,
	XDC_NUMBERS_MAX = 4,
	XDC_MEANWHILE_MAX = 3,
};

enum xdc_cause_status {
	XDC_CAUSE_CONFIRMED,
	XDC_CAUSE_POSSIBLE,
	XDC_CAUSE_RULED_OUT,
};

struct xdc_explained_cause {
	const struct xdc_cause *cause;
	const char *text;
	enum xdc_cause_status status;
	const char *because[XDC_BECAUSE_MAX];
	size_t n_because;
};

struct xdc_explained {
	const struct xdc_log_match *match;
	const struct xdc_explained *cause; /* it is a consequence of that; NULL: of none */
	const char *title;
	const struct xdc_device *device;      /* of the machine, whose failure it is; NULL */
	const char *numbers[XDC_NUMBERS_MAX]; /* what those in the message tell */
	size_t n_numbers;
	/* What the hypervisor said at the same moment, and no entry knows. */
	const struct xdc_log_near *meanwhile[XDC_MEANWHILE_MAX];
	size_t n_meanwhile;
	struct xdc_explained_cause causes[XDC_ENTRY_TEXTS_MAX]; /* confirmed ones first */
	size_t n_causes;
	const char *advice[XDC_ENTRY_TEXTS_MAX];
	size_t n_advice;
	size_t n_general_advice; /* the last ones: the entry's, whatever the cause */
};

struct xdc_explanation {
	struct xdc_arena *arena;
	const struct xdc_log *log;
	struct xdc_explained *items; /* causes first, the gravest first; then consequences */
	size_t count;
	size_t n_causes;   /* items that are no consequence */
	const char *libxl; /* the releases that can have written it, "4.18.x"; NULL: not known */
	const char *notes[8];
	size_t n_notes;
	const struct xdc_log_fact *unknown; /* the first error of libxl that no entry knows */
	const struct xdc_log_near *meanwhile[XDC_MEANWHILE_MAX]; /* of its moment */
	size_t n_meanwhile;
};

/*
 * The caller's. @report: the machine that wrote the log; NULL where that is not at hand. It is
 * not used where the log says that another release of Xen or Linux wrote it.
 */
struct xdc_explanation *xdc_explain(const struct xdc_log *log,
				    const struct xdc_catalogue *catalogue,
				    const struct xdc_report *report);
void xdc_explanation_free(struct xdc_explanation *explanation);
void xdc_explanation_freep(struct xdc_explanation **explanation);
#define xdc_autoexplanation __attribute__((cleanup(xdc_explanation_freep)))

const char *xdc_cause_status_name(enum xdc_cause_status status);

/* @text with "{name}" replaced by what was captured; "<name>" where nothing was. Of @arena. */
const char *xdc_fill(struct xdc_arena *arena, const char *text,
		     const struct xdc_captures *captures);

/* Inside catalogue/. fact.c: what can be known of a condition. */
struct xdc_fact_context {
	struct xdc_arena *arena;
	const struct xdc_log *log;
	const struct xdc_report *report; /* NULL: none */
	const struct xdc_captures *captures;
	const struct xdc_log_match *match;
};
/* Adds to @because (at most XDC_BECAUSE_MAX) what makes it hold, where it holds. */
enum xdc_tri xdc_condition_holds(const struct xdc_fact_context *context,
				 const struct xdc_condition *condition, const char **because,
				 size_t *n_because);

/*
 * facts-numbers.c: what lies at the address that was captured, of the machine or as the log has
 * it; in words in *@ret_text, NULL where nothing is known.
 */
enum xdc_place xdc_captured_place(const struct xdc_fact_context *context, const char **ret_text);
enum xdc_tri xdc_captured_is_interrupt(const struct xdc_fact_context *context,
				       const char **ret_text);
/* Sets the device and numbers of @item. */
void xdc_read_numbers(const struct xdc_fact_context *context, struct xdc_explained *item);

/*
 * facts-tools.c: what the hypervisor speaks (this machine's, else of the release that the log
 * names), and the tools (those that xl loads here, else the libxl that wrote the log), in
 * words; NULL: not known.
 */
const char *xdc_hypervisor_speaks(const struct xdc_fact_context *context,
				  struct xdc_xen_interfaces *ret);
const char *xdc_tools_speak(const struct xdc_fact_context *context, struct xdc_xen_interfaces *ret);

/*
 * facts-host.c: what of the toolstack runs on this machine; @ret_text says it in words, where
 * that is known.
 */
enum xdc_tri xdc_xenconsoled_is_down(const struct xdc_fact_context *context, const char **ret_text);
/* Of the backends' drivers, by what libxl and xenstore call their devices: "vbd", "vif". */
enum xdc_tri xdc_has_backend_driver(const struct xdc_fact_context *context, const char *kind,
				    const char **ret_text);

/*
 * silence.c: where the tools began and said no more, and xenstored does not answer on this
 * machine, that is an item of @x too, with room for it. Where the log tells nothing at all, what
 * is found on the machine is a note.
 */
void xdc_explain_silence(struct xdc_explanation *x, const struct xdc_catalogue *catalogue,
			 const struct xdc_report *report);

/* consequences.c: sets each item's cause. Items stand in the order of the log. */
void xdc_find_consequences(struct xdc_explained *items, size_t count);

/*
 * moments.c: adds to @ret, at most XDC_MEANWHILE_MAX, the ring's lines of the moment @time that
 * no item has; returns how many.
 */
size_t xdc_find_meanwhile(const struct xdc_explanation *x, const struct xdc_log_time *time,
			  const struct xdc_log_near *ret[XDC_MEANWHILE_MAX]);
/* What libxl said and what the ring said could not all be compared: why; NULL: they could. */
const char *xdc_incomparable(const struct xdc_explanation *x);

#endif
