/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "catalogue/explanation.h"
#include "catalogue/findings.h"

/* What a check tells better: it knows whose DMA it was. */
static const struct {
	const char *entry;
	const char *check;
} told_by_checks[] = {
	{ "XDC-AMDVI-FAULT", "XDC-XEN-IOMMU-FAULT" },
	{ "XDC-SMMU-FAULT", "XDC-XEN-IOMMU-FAULT" },
	{ "XDC-VTD-FAULT", "XDC-XEN-IOMMU-FAULT" },
	{ "XDC-VTD-INTERRUPT", "XDC-XEN-IOMMU-FAULT" },
};

struct teller {
	const struct xdc_report *report;
	struct xdc_findings *findings;
	size_t n_checks;  /* the first ones: what the checks have found */
	const char *when; /* before the title; NULL: it was in this boot */
};

static const char *device_named(const struct xdc_model *model, const char *name, size_t size)
{
	for (size_t i = 0; i < model->n_devices; i++)
		if (strlen(model->devices[i].name) == size &&
		    memcmp(model->devices[i].name, name, size) == 0)
			return model->devices[i].name;
	return NULL;
}

/* "00:02.0" is "0000:00:02.0" there, or has its segment before it in the line. */
static const char *function_named(const struct teller *t, const struct xdc_log_match *m,
				  const char *value)
{
	enum { SEGMENT = 5 };
	const char *at = strstr(m->text, value);
	const char *name;

	if (at && at - m->text >= SEGMENT && at[-1] == ':' && isxdigit((unsigned char)at[-2]))
		return device_named(t->report->model, at - SEGMENT, SEGMENT + strlen(value));
	name = xdc_arena_printf(t->findings->arena, "0000:%s", value);
	return device_named(t->report->model, name, strlen(name));
}

/* The message itself: of a record of /dev/kmsg what is behind its numbers. */
static const char *message_of(const struct xdc_log_match *m)
{
	const char *semicolon = strchr(m->text, ';');

	return isdigit((unsigned char)*m->text) && semicolon ? semicolon + 1 : m->text;
}

/* "ahci 0000:00:02.0: ..." as dev_printk() writes it; a record's text only. */
static const char *device_of_message(const struct teller *t, const struct xdc_log_match *m)
{
	const char *text = message_of(m), *name;
	size_t length;

	if (text == m->text)
		return NULL;
	name = text + strcspn(text, " ");
	name += *name == ' ';
	length = strcspn(name, " ");
	return length > 1 && name[length - 1] == ':'
		       ? device_named(t->report->model, name, length - 1)
		       : NULL;
}

/* The device that the message names, "" where that is none of the machine's. */
static const char *subject_of(const struct teller *t, const struct xdc_explained *item)
{
	const struct xdc_log_match *m = item->match;
	const char *name = item->device ? item->device->name : NULL;

	for (size_t i = 0; i < m->captures.count && !name; i++) {
		const char *value = m->captures.values[i];

		if (!*value)
			continue;
		name = device_named(t->report->model, value, strlen(value));
		if (!name)
			name = function_named(t, m, value);
	}
	if (!name)
		name = device_of_message(t, m);
	return name ? name : "";
}

static struct xdc_finding *find(const struct xdc_findings *findings, const char *id)
{
	for (size_t i = 0; i < findings->count; i++)
		if (strcmp(findings->items[i].id, id) == 0)
			return &findings->items[i];
	return NULL;
}

/* What a check says of the machine, or a message of no device, may be of the same one. */
static bool may_be_same(const char *a, const char *b)
{
	return !*a || !*b || strcmp(a, b) == 0;
}

static struct xdc_finding *find_of_subject(const struct teller *t, const char *id,
					   const char *subject)
{
	for (size_t i = 0; i < t->findings->count; i++) {
		struct xdc_finding *finding = &t->findings->items[i];

		if (strcmp(finding->id, id) == 0 &&
		    (i < t->n_checks ? may_be_same(finding->subject, subject)
				     : strcmp(finding->subject, subject) == 0))
			return finding;
	}
	return NULL;
}

/* A cause that a finding confirms: then the message is that finding's consequence. */
static struct xdc_finding *confirming(const struct xdc_findings *findings,
				      const struct xdc_cause *cause)
{
	for (size_t i = 0; i < cause->n_confirm; i++) {
		for (size_t n = 0; n < cause->confirm[i].n_terms; n++) {
			const struct xdc_term *term = &cause->confirm[i].terms[n];
			struct xdc_finding *finding =
				term->fact == XDC_FACT_FINDING && !term->negated
					? find(findings, term->name)
					: NULL;

			if (finding)
				return finding;
		}
	}
	return NULL;
}

/* What tells this already; NULL: nothing does. */
static struct xdc_finding *told_by(const struct teller *t, const struct xdc_explained *item,
				   const char *subject)
{
	const struct xdc_entry *entry = item->match->entry;
	struct xdc_finding *finding = find_of_subject(t, entry->id, subject);

	for (size_t i = 0; i < XDC_ARRAY_SIZE(told_by_checks) && !finding; i++)
		if (strcmp(told_by_checks[i].entry, entry->id) == 0)
			finding = find(t->findings, told_by_checks[i].check);
	for (size_t i = 0; i < entry->n_causes && !finding; i++)
		finding = confirming(t->findings, &entry->causes[i]);
	return finding;
}

static bool cites_log(const struct xdc_finding *finding)
{
	for (size_t i = 0; i < finding->n_because; i++) {
		const char *key = finding->because[i].evidence[0];

		if (key && xdc_is_log(key))
			return true;
	}
	return false;
}

static void quote(const struct teller *t, struct xdc_finding *finding,
		  const struct xdc_log_match *m)
{
	const char *log = strcmp(m->file, "kmsg") == 0		? "the kernel log"
			  : strcmp(m->file, "xen:console") == 0 ? "the hypervisor's console"
			  : xdc_is_kmsg(m->file)		? "the journal"
								: m->file + strlen("log:");

	xdc_finding_because(finding,
			    xdc_arena_printf(t->findings->arena, "%s%s: %s", log,
					     m->count > 1 ? " (more than once)" : "",
					     message_of(m)),
			    m->file);
}

static void tell_cause(const struct teller *t, struct xdc_finding *finding,
		       const struct xdc_explained_cause *cause, const char *key)
{
	size_t length = strlen(cause->text);
	/* What is behind it in parentheses is of the same sentence. */
	bool cut = cause->n_because && xdc_text_ends_with(cause->text, ".");
	const char *text =
		xdc_arena_printf(t->findings->arena, "%s: %.*s",
				 cause->status == XDC_CAUSE_CONFIRMED ? "confirmed" : "possible",
				 (int)(length - cut), cause->text);

	for (size_t i = 0; i < cause->n_because; i++)
		text = xdc_arena_printf(t->findings->arena, "%s%s%s%s", text, i ? "; " : " (",
					cause->because[i], i + 1 < cause->n_because ? "" : ")");
	xdc_finding_because(finding, text, key);
}

/* All that are confirmed; where none is, all that are possible. */
static void tell_causes(const struct teller *t, struct xdc_finding *finding,
			const struct xdc_explained *item)
{
	for (size_t i = 0; i < item->n_causes; i++)
		if (item->causes[i].status != XDC_CAUSE_RULED_OUT &&
		    item->causes[i].status == item->causes[0].status)
			tell_cause(t, finding, &item->causes[i], item->match->file);
}

static void tell(const struct teller *t, const struct xdc_explained *item, const char *subject)
{
	struct xdc_arena *arena = t->findings->arena;
	const struct xdc_entry *entry = item->match->entry;
	const char *title = xdc_arena_printf(arena, "%s%s", t->when ? t->when : "", item->title);
	struct xdc_finding *finding =
		xdc_finding_add(t->findings, entry->id,
				t->when ? XDC_SEVERITY_NOTICE : entry->severity, subject, title);

	quote(t, finding, item->match);
	if (entry->local)
		xdc_finding_because(
			finding,
			xdc_arena_printf(arena,
					 "what follows is of an entry of this machine's "
					 "own, %s",
					 entry->file),
			item->match->file);
	if (entry->means)
		xdc_finding_because(finding, xdc_fill(arena, entry->means, &item->match->captures),
				    item->match->file);
	for (size_t i = 0; i < item->n_numbers; i++)
		xdc_finding_because(finding, xdc_arena_strdup(arena, item->numbers[i]),
				    item->match->file);
	tell_causes(t, finding, item);
	for (size_t i = 0; i < item->n_advice; i++)
		xdc_finding_advise(finding, xdc_arena_strdup(arena, item->advice[i]));
	for (size_t i = 0; i < entry->n_references; i++)
		xdc_finding_refer(finding, entry->references[i]);
}

/* The machine rules out every cause: what the message tells of has passed. */
static bool is_over(const struct xdc_explained *item)
{
	return item->n_causes && item->causes[0].status == XDC_CAUSE_RULED_OUT;
}

static void take_of(const struct teller *t, const struct xdc_explained *item, const char *subject)
{
	struct xdc_finding *told = told_by(t, item, subject);

	if (!told)
		tell(t, item, subject);
	/* What names no device may be of another than a check has found. */
	else if (!t->when && !cites_log(told) && strcmp(told->subject, subject) == 0)
		quote(t, told, item->match);
}

/* Why the machine is all that can be named. */
static void tell_nameless(const struct teller *t, const struct xdc_mask_warning *warning)
{
	struct xdc_finding *finding = find_of_subject(t, "XDC-DMA-MASK-REFUSED", "");

	/* A check's own names its device. */
	if (!finding || *finding->subject)
		return;
	xdc_finding_because(
		finding,
		xdc_arena_printf(t->findings->arena,
				 "whose mask it is, no line tells: a WARN names no device, and its "
				 "task said nothing of one behind it%s%s%s",
				 warning->caller ? "; it was asked for by " : "",
				 warning->caller ? warning->caller : "",
				 warning->caller ? "()" : ""),
		warning->evidence);
}

/*
 * A WARN of dma_set_mask() names no device; what its task says behind it does: see
 * model/mask-warnings.h.
 */
static bool take_mask_warnings(const struct teller *t, const struct xdc_explained *item)
{
	const struct xdc_kernel_log *log = t->report->model->log;
	const struct xdc_mask_warning *nameless = NULL;

	if (t->when || strcmp(item->match->entry->id, "XDC-DMA-MASK-REFUSED") != 0)
		return false;
	for (size_t i = 0; i < log->n_mask_warnings; i++) {
		const struct xdc_mask_warning *warning = &log->mask_warnings[i];
		const char *name = warning->device ? device_named(t->report->model, warning->device,
								  strlen(warning->device))
						   : NULL;

		if (name)
			take_of(t, item, name);
		else
			nameless = warning;
	}
	if (nameless) {
		take_of(t, item, "");
		tell_nameless(t, nameless);
	}
	return log->n_mask_warnings;
}

/* What names no device is the same failure as of the devices that others of its kind name. */
static bool is_named_elsewhere(const struct teller *t, const struct xdc_explanation *x,
			       const struct xdc_explained *item)
{
	for (size_t i = 0; i < x->n_causes; i++)
		if (x->items[i].match->entry == item->match->entry && *subject_of(t, &x->items[i]))
			return true;
	return false;
}

static void take(const struct teller *t, const struct xdc_explanation *x,
		 const struct xdc_explained *item)
{
	const char *subject = subject_of(t, item);

	if (item->match->entry->severity < XDC_SEVERITY_WARNING || is_over(item))
		return;
	if (!*subject && (take_mask_warnings(t, item) || is_named_elsewhere(t, x, item)))
		return;
	take_of(t, item, subject);
}

/* @when: NULL for this boot, whose causes the machine's facts decide; an earlier one's do not. */
static void tell_log(struct xdc_report *report, const struct xdc_log_reader *reader,
		     size_t n_checks, const char *when)
{
	const struct teller t = { report, report->findings, n_checks, when };
	xdc_autoexplanation struct xdc_explanation *x =
		xdc_explain(xdc_log_reader_log(reader), report->catalogue, when ? NULL : report);

	for (size_t i = 0; i < x->n_causes; i++)
		take(&t, x, &x->items[i]);
}

static void tell_this_boot(struct xdc_report *report, size_t n_checks)
{
	struct xdc_log_reader *reader = xdc_log_reader_new(report->catalogue);

	if (xdc_read_this_boot(report, reader))
		tell_log(report, reader, n_checks, NULL);
	xdc_log_reader_free(reader);
}

static void tell_earlier(struct xdc_report *report, const struct xdc_record *record,
			 size_t n_checks)
{
	struct xdc_log_reader *reader = xdc_log_reader_new(report->catalogue);

	xdc_read_earlier_log(record, reader);
	/* A file goes on from boot to boot, and its end may be this one's. */
	tell_log(report, reader, n_checks,
		 xdc_is_kmsg(record->key) ? "In an earlier boot: "
					  : "Perhaps in an earlier boot: ");
	xdc_log_reader_free(reader);
}

void xdc_find_known_failures(struct xdc_report *report)
{
	size_t n_checks = report->findings->count;

	tell_this_boot(report, n_checks);
	/* The newest boot first, as they were collected. */
	for (size_t i = 0; i < xdc_evidence_count(report->evidence); i++) {
		const struct xdc_record *record = xdc_evidence_at(report->evidence, i);

		if (xdc_is_earlier_log(report, record))
			tell_earlier(report, record, n_checks);
	}
	xdc_findings_sort(report->findings);
}
