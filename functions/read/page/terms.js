/** The words for readers, as terminal and exports have them. `make generated` writes them from terms.py. */

export const MONTHS = /** @type {const} */ ([
  "Jan",
  "Feb",
  "Mar",
  "Apr",
  "May",
  "Jun",
  "Jul",
  "Aug",
  "Sep",
  "Oct",
  "Nov",
  "Dec"
]);

export const STATUS = /** @type {const} */ ({
  "stated": "stated",
  "claimed": "claimed",
  "confirmed": "confirmed",
  "disputed": "disputed",
  "denied": "denied",
  "withdrawn": "withdrawn"
});

export const COURSE = /** @type {const} */ ({
  "done": "happened",
  "planned": "planned",
  "called_off": "called off"
});

export const NO_OUTCOME = /** @type {const} */ ("outcome not reported");

export const CONFLICTS = /** @type {const} */ ({
  "date": "sources part on the date",
  "number": "sources part on a number",
  "denial": "denied by some",
  "place": "sources part on the place",
  "course": "called off by some"
});

export const EDITS = /** @type {const} */ ({
  "join": "joined by an editor",
  "split": "split by an editor",
  "hide": "hidden by an editor",
  "correct": "corrected by an editor",
  "note": "an editor's note"
});

export const STANCE = /** @type {const} */ ({
  "asserts": "asserted it",
  "confirms": "confirmed it",
  "denies": "denied it",
  "doubts": "doubted it",
  "declines": "declined to comment",
  "withdraws": "took it back"
});

export const DOCUMENT = /** @type {const} */ ("the document");

export const NO_FINDING = /** @type {const} */ ("made no finding");

export const UNNAMED = /** @type {const} */ ({
  "office": "by office",
  "anonymous": "unnamed"
});

export const NOTE = /** @type {const} */ ({
  "answer_unreadable": "An answer that could not be read",
  "answer_cut_off": "An answer that was cut off",
  "answer_refused": "A part that the model refused",
  "repair_pending": "To be completed: the model was asked to mend a part of its answer",
  "repair_refused": "Incomplete: the model would not mend a part of its answer",
  "repair_given_up": "Incomplete: the model could not be asked to mend a part of its answer",
  "malformed": "Left out: not in the form asked for",
  "no_title": "Left out: no usable title",
  "sentence_unknown": "Left out: no sentence backs it",
  "words_not_found": "Left out: its words are not in the text",
  "reference_unknown": "Left out: refers to nobody declared",
  "number_unsupported": "Left out: a number that the text does not hold",
  "name_undeclared": "Left out: a name that the text does not hold",
  "machine_addressed": "Sentences that give orders to a machine, taken as data",
  "date_differs": "Dates that model and rules read differently",
  "date_unresolved": "Dates that say nothing certain",
  "date_unused": "Dates of the text that no event uses",
  "dates_not_compared": "Too many dates to compare with the events",
  "published_unknown": "Dates that hang on the day of publication, which is not known",
  "published_unreadable": "A day of publication that cannot be read",
  "published_in_utc": "A day of publication known in UTC only",
  "page_furniture": "Lines of a page around its article",
  "language_differs": "In another language than it says",
  "duplicate": "Left out: said twice",
  "too_many_cited": "Left out: cites too many sentences",
  "too_many_heard": "Left out: names too many speakers",
  "left_out": "Left out: no room for more",
  "garbled": "Garbled sentences",
  "replaced_characters": "Characters that could not be read",
  "hidden_text": "Hidden text, left out",
  "recognised_text": "Scans, their text recognised by machine",
  "pages_without_text": "Pages without text",
  "attachments": "Attachments, not read",
  "planted_answer": "Not read as news: looks like a model's answer",
  "planted_chat": "Not read as news: looks like a chat with a machine",
  "more_notes": "And more"
});

export const BY_RULES = /** @type {const} */ ("extractive rules, no model");

export const RECOGNISED = /** @type {const} */ ("read by machine on an image");

export const STANDIN_NAMES = /** @type {const} */ ("extractive(-.*)?");
