/** What the API takes and answers: `make generated` writes it. Only for the type check; it is not served. */

/** What a date rests on. */
export type Basis = "explicit" | "relative" | "context" | "published" | "reported" | "undated";

/** What a run says otherwise than the run `old`, which readers saw before it: ids of events. */
export interface Change {
  old: number;
  added: Array<string>;
  gone: Array<string>;
  date_changed: Array<string>;
  status_changed: Array<string>;
}

/** How the model's date and the rules' compare: which of them is shown, or that both agree. */
export type Checked = "agrees" | "differs" | "model" | "resolver";

/** A sentence of ours with the sentences of the source that it rests on. There is always at least one. */
export interface Cited {
  text: string;
  evidence: Array<Evidence>;
}

/** A collection by its name, with about how many documents it has and which days its timeline spans. */
export interface Collection {
  name: string;
  documents: DocumentCount;
  first_day: string | null;
  last_day: string | null;
  links: Links;
}

/** A page of collections in order of their names. */
export interface Collections {
  cursor: string | null;
  collections: Array<Collection>;
}

/** Where reports of one thing part. `subject` is the quantity of numbers ("dead"); None elsewhere. */
export interface Conflict {
  kind: ConflictKind;
  subject: string | null;
  told: Array<Told>;
}

/** What reports of one thing part in, or anything. */
export type ConflictFilter = "date" | "number" | "denial" | "place" | "course" | "any";

/** What reports of one thing part in. */
export type ConflictKind = "date" | "number" | "denial" | "place" | "course";

/** What tokens cost, in US dollars: `prices` is the day of the price list. Tokens of batches are at a discount. */
export interface Cost {
  usd: string;
  prices: string;
}

/** Whether a thing happened, is planned, or was called off. */
export type Course = "done" | "planned" | "called_off";

/** What a date without a year of its own was worked out from: a neighbour in the text, or the publication date. */
export interface DateAnchor {
  source: "published" | "neighbour";
  sentence: number | null;
  words: string | null;
  published: string | null;
}

/** An event whose date is another now. */
export interface DateChange {
  id: string;
  title: string;
  old: When;
  new: When;
}

/** A decision that was written. It is followed within seconds, and undone by `DELETE` of its `address`. */
export interface Decided {
  id: string;
  collection: string;
  address: string;
}

/** What a document's newer run says otherwise than the older one; events are known again by their lasting ids. */
export interface Difference {
  document_id: string;
  old: number;
  new: number;
  added: Array<Event>;
  gone: Array<Event>;
  date_changed: Array<DateChange>;
  status_changed: Array<StatusChange>;
}

/** One document: its state, and its summary with citations once there is one. `changed`: its drop, or its run. */
export interface Document {
  id: string;
  collection: string;
  path: string;
  state: State;
  waiting_for: string | null;
  rejection: Rejection | null;
  dropped: string;
  linking: Linking | null;
  changed: string;
  summary: Summary | null;
  notes: Array<Note>;
  statements: Array<Statement>;
  run: RunView | null;
  linking_tokens: number;
  links: Links;
}

/** About how many documents: an index that lags by moments was counted, and no further than 1,000. */
export interface DocumentCount {
  about: number;
  or_more: boolean;
}

/** How many documents a collection has, and how many of them wait or are rejected; the rest is done. */
export interface DocumentCounts {
  documents: DocumentCount;
  waiting: DocumentCount;
  rejected: DocumentCount;
}

/** A document in a list: where it lies, its state, and what it is about. `run` numbers the one that readers see. */
export interface DocumentLine {
  id: string;
  collection: string;
  path: string;
  state: State;
  waiting_for: string | null;
  rejection: Rejection | null;
  dropped: string;
  linking: Linking | null;
  run: number | null;
  title: string | null;
  author: string | null;
  recipients: string | null;
  medium: string | null;
  url: string | null;
  published: string | null;
  language: string | null;
  headline: string | null;
  model: string | null;
  events: number | null;
  links: Links;
}

/** The text that offsets point into, in code points, and its numbered sentences. */
export interface DocumentText {
  document_id: string;
  run: number;
  text: string;
  sentences: Array<StoredSentence>;
}

/** A page of a document's events by date, the undated ones last. All of one answer is of one run. */
export interface DocumentTimeline {
  cursor: string | null;
  document_id: string;
  source: Source;
  run: number | null;
  events: Array<Event>;
  occurrences: OccurrenceIds;
}

/** A page of a collection's documents, newest drop first, or in the order of change since a moment. */
export interface Documents {
  cursor: string | null;
  changed_since: string | null;
  gone: Array<string>;
  documents: Array<DocumentLine>;
  examined: number;
  counts: DocumentCounts | null;
}

/** What an editor's decision does. */
export type EditKind = "join" | "split" | "hide" | "correct" | "note";

/** An event with the identity that outlives reprocessing. `model` names what wrote its title. */
export interface Event {
  title: string;
  title_language: string;
  when: When;
  course: Course;
  status: Status;
  place: string | null;
  names: Array<Name>;
  said_by: Array<SaidBy>;
  evidence: Array<Evidence>;
  id: string;
  document_id: string;
  model: string;
}

/** An event with its document, and the occurrence that it reports; null until it is linked. */
export interface EventInPlace {
  title: string;
  title_language: string;
  when: When;
  course: Course;
  status: Status;
  place: string | null;
  names: Array<Name>;
  said_by: Array<SaidBy>;
  evidence: Array<Evidence>;
  id: string;
  document_id: string;
  model: string;
  collection: string;
  source: Source;
  occurrence: string | null;
  links: Links;
}

/** A sentence of the source: its number, its span in code points of the stored text, and its words. */
export interface Evidence {
  sentence: number;
  start: number;
  end: number;
  quote: string;
  page: number | null;
  recognised: boolean;
}

/** A format of another tool, by its suffix. */
export type ExportFormat = "html" | "timelinejs" | "ics" | "csv" | "atom" | "jsonld" | "markdown";

/** Once somewhere within the days, or throughout them. */
export type Extent = "within" | "throughout";

/** What to send besides the file, by the name of the field. */
export type FormFields = Record<string, string>;

/** A document that holds what was looked for: what it is, some hits, and the places of its text to be lit. */
export interface FoundDocument {
  id: string;
  collection: string;
  path: string;
  title: string | null;
  headline: string | null;
  language: string | null;
  medium: string | null;
  url: string | null;
  published: string | null;
  hits: Array<SearchHit>;
  places: Array<Span>;
  links: Links;
}

/** Why the gateway refuses a request, before the service is asked or because it does not answer. */
export interface GatewayRefusal {
  message?: string;
}

/** That the function runs, and nothing about any data. */
export interface Health {
  status: string;
}

/** Bounds beside the ones that are shown: what model or resolver says where they differ. */
export interface Interval {
  edtf: string;
  earliest: string | null;
  latest: string | null;
}

/** Whether a document's events are among the collection's occurrences. */
export type Linking = "waiting" | "done";

/** URLs, relative to that of the answer, by what they lead to. */
export type Links = Record<string, string>;

/** The state of a document that is listed. */
export type ListedState = "waiting" | "rejected" | "done";

/** Somebody or something that a title names, with the source's own words for it. */
export interface Name {
  name: string;
  words: string;
}

/** A decision about occurrences, by their ids: `join` is about several, the others are about one. */
export interface NewDecision {
  kind: EditKind;
  title?: string | null;
  date?: string | null;
  status?: Status | null;
  reason: string;
  occurrences: Array<string>;
  events?: Array<string>;
}

/** A file to be uploaded: its path in the collection, its exact size in bytes, its type. */
export interface NewUpload {
  path: string;
  size: number;
  content_type: string;
  published?: string | null;
  source?: string | null;
}

/** Something that a reader should know about a run: what was left out and why, which dates were not used. */
export interface Note {
  code: string;
  message: string;
  subject: string | null;
}

/** One thing that happened, is planned or was called off, summed up from its reports; bounded. */
export interface Occurrence {
  id: string;
  collection: string;
  title: string;
  title_language: string;
  when: When;
  course: Course;
  status: Status;
  places: Array<string>;
  dates: Array<ToldDate>;
  reports: number;
  documents: number;
  independent_sources: number;
  languages: Array<string>;
  media: Array<string>;
  speakers: Array<string>;
  said_by: Array<SaidBy>;
  conflicts: Array<Conflict>;
  samples: Array<Sample>;
  edits: Array<ShownEdit>;
  hidden: boolean;
  changed: string;
}

/** Ids of occurrences, by the ids of the events that report them. */
export type OccurrenceIds = Record<string, string>;

/** An occurrence with every report of it, in order of publication, and their documents by their ids. */
export interface OccurrenceInFull {
  id: string;
  collection: string;
  title: string;
  title_language: string;
  when: When;
  course: Course;
  status: Status;
  places: Array<string>;
  dates: Array<ToldDate>;
  reports: number;
  documents: number;
  independent_sources: number;
  languages: Array<string>;
  media: Array<string>;
  speakers: Array<string>;
  said_by: Array<SaidBy>;
  conflicts: Array<Conflict>;
  samples: Array<Sample>;
  edits: Array<ShownEdit>;
  hidden: boolean;
  changed: string;
  told: Array<Report>;
  sources: Sources;
  links: Links;
}

/** A page of a collection's occurrences that stand in an interval and pass the filters, in order of their start. */
export interface Occurrences {
  cursor: string | null;
  collection: string;
  first_day: string | null;
  last_day: string | null;
  occurrences: Array<Occurrence>;
  sources: Sources;
  examined: number;
  examined_to: string | null;
}

/** The parameters of a collection's occurrences, as values before they are written into a URL. */
export interface OccurrencesQuery {
  cursor?: string;
  limit?: number;
  from?: string;
  to?: string;
  q?: string;
  status?: Array<Status>;
  course?: Array<Course>;
  who?: string;
  place?: string;
  min_precision?: Precision;
  order?: Order;
  conflict?: Array<ConflictFilter>;
  min_sources?: number;
  max_sources?: number;
}

/** Oldest first, or newest first. */
export type Order = "asc" | "desc";

/** A link to the very file that the current run was read from, or that was rejected; it is signed and ends soon. */
export interface Original {
  document_id: string;
  url: string;
  expires: string;
}

/** What may be written here, and how readers of the page are known: the last three are empty unless by `jwt`. */
export interface PageConfig {
  editing: boolean;
  uploading: boolean;
  sign_in: "none" | "iam" | "jwt";
  issuer: string;
  client_id: string;
  scope: string;
}

/** The unit that a date's words name. */
export type Precision = "day" | "part_of_month" | "week" | "month" | "quarter" | "season" | "part_of_year" | "half" | "year" | "part_of_decade" | "decade" | "part_of_century" | "century";

/** An error as RFC 9457 writes it; `request_id` finds it in the logs. */
export interface ProblemDetails {
  type: string;
  title: string;
  status: number;
  detail: string;
  request_id: string;
}

/** The day of first publication and where it is known from. */
export interface PublishedOn {
  day: string;
  source: string;
}

/** What made a run: `ask` decides a model's answer, `judge` turns it into records; both are hashes. */
export interface Recipe {
  ask: string;
  judge: string;
  model: string;
}

/** Why a document cannot be processed: a stable code, and what a person can do. */
export interface Rejection {
  code: string;
  reason: string;
  usage: Usage | null;
  cost: Cost | null;
}

/** What one event is to a collection: one document's telling of something that happened. */
export interface Report {
  event: Event;
  run: number;
  path: string;
  language: string | null;
  medium: string | null;
  published: string | null;
}

/** What a sentence is in its document. */
export type Role = "body" | "heading" | "boilerplate";

/** A run of a document: when it was made, by what, from how many tokens, at what cost where the price was known. */
export interface RunLine {
  number: number;
  current: boolean;
  made_at: string;
  recipe: Recipe;
  usage: Usage;
  cost: Cost | null;
  text_sha256: string;
  published: PublishedOn | null;
  events: number;
  notes: number;
  change: Change | null;
}

/** The run that readers see: what it was made from, by what, and what it cost. */
export interface RunView {
  number: number;
  made_at: string;
  recipe: Recipe;
  usage: Usage;
  encoding: string;
  text_sha256: string;
  language: string | null;
  title: string | null;
  source: string | null;
  author: string | null;
  recipients: string | null;
  url: string | null;
  published: PublishedOn | null;
  events: number;
  cost: Cost | null;
}

/** The runs of a document that are kept, newest first: the current one and the one before it. */
export interface Runs {
  document_id: string;
  runs: Array<RunLine>;
  links: Links;
}

/** Somebody's stance to what a title or a statement says. `who` is in the output language, `words` are the source's. */
export interface SaidBy {
  who: string | null;
  words: string | null;
  kind: VoiceKind;
  stance: Stance;
  via: string | null;
  introduced: number | null;
}

/** One of an occurrence's reports, as a list shows it: whose it is, and a sentence of it, cut where it is long. */
export interface Sample {
  event: string;
  document: string;
  path: string;
  medium: string | null;
  published: string | null;
  model: string;
  evidence: Evidence;
}

/** A piece of a document's words that holds what was looked for, which stands at `spans` in it. */
export interface SearchHit {
  where: Where;
  event: string | null;
  snippet: string;
  spans: Array<Span>;
  place: Span | null;
}

/** A page of documents that hold what was looked for. */
export interface SearchPage {
  cursor: string | null;
  documents: Array<FoundDocument>;
  about: number;
  searched: Searched;
}

/** What was searched, and what could not be within one answer: the oldest documents, the last collections. */
export interface Searched {
  collections: number;
  collections_left: number;
  documents: number;
  documents_left: number;
}

/** An editor's decision about an occurrence, as its readers are shown it. */
export interface ShownEdit {
  id: string;
  kind: EditKind;
  reason: string;
  author: string | null;
  by: string | null;
  at: string;
}

/** A document as what is told is cited by: what it is, who published it when, and where it lies here and on the web. */
export interface Source {
  path: string;
  title: string | null;
  author: string | null;
  recipients: string | null;
  medium: string | null;
  url: string | null;
  published: string | null;
  language: string | null;
}

/** Documents that are cited, by their ids. */
export type Sources = Record<string, Source>;

/** A piece of words, in code points. */
export interface Span {
  start: number;
  end: number;
}

/** Where a speaker stands towards what is told. */
export type Stance = "asserts" | "confirms" | "denies" | "doubts" | "declines" | "withdraws";

/** The state of a document. */
export type State = "waiting" | "done" | "rejected" | "deleted";

/** Something said that matters and is no event: kept with its document, on no timeline. */
export interface Statement {
  who: string | null;
  words: string | null;
  kind: VoiceKind;
  stance: Stance;
  via: string | null;
  introduced: number | null;
  text: string;
  evidence: Array<Evidence>;
}

/** Who stands behind what is told. */
export type Status = "stated" | "claimed" | "confirmed" | "disputed" | "denied" | "withdrawn";

/** An event whose status is another now. */
export interface StatusChange {
  id: string;
  title: string;
  old: Status;
  new: Status;
}

/** A numbered span of a stored text, in code points, with the page on which it begins where there are pages. */
export interface StoredSentence {
  number: number;
  start: number;
  end: number;
  role: Role;
  page: number | null;
  recognised: boolean;
}

/** A headline and the sentences of a summary, in `language` (BCP 47). */
export interface Summary {
  language: string;
  headline: Cited;
  sentences: Array<Cited>;
}

/** A page of a collection's events that overlap an interval and pass the filters, in order of their start. */
export interface Timeline {
  cursor: string | null;
  changed_since: string | null;
  gone: Array<string>;
  collection: string;
  first_day: string | null;
  last_day: string | null;
  events: Array<Event>;
  sources: Sources;
  examined: number;
  examined_to: string | null;
}

/** The parameters of a collection's timeline, as values before they are written into a URL. */
export interface TimelineQuery {
  cursor?: string;
  limit?: number;
  changed_since?: string;
  from?: string;
  to?: string;
  q?: string;
  status?: Array<Status>;
  course?: Array<Course>;
  who?: string;
  place?: string;
  min_precision?: Precision;
  order?: Order;
  view?: View;
}

/** One of the rival values of a conflict, how many reports tell it, and a few of their events and media. */
export interface Told {
  value: string;
  events: Array<string>;
  reports: number;
  media: Array<string>;
}

/** A date that reports give: its bounds, the words of one of them, how many tell it, and a few of their media. */
export interface ToldDate {
  earliest: string | null;
  latest: string | null;
  words: string | null;
  reports: number;
  media: Array<string>;
}

/** Leave to upload one file, and the document that it becomes: `GET` its `address`, 404 until the file was noticed. */
export interface Upload {
  document_id: string;
  collection: string;
  path: string;
  address: string;
  form: UploadForm;
}

/** A form to be posted as `multipart/form-data`: all `fields` as they are, then the file as the field `file`. */
export interface UploadForm {
  url: string;
  fields: FormFields;
  expires: string;
}

/** The tokens of a document by kind, with every call that was made for it, repairs and failures included. */
export interface Usage {
  calls: number;
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

/** Each report, or each occurrence once. */
export type View = "events" | "occurrences";

/** How a speaker is known. */
export type VoiceKind = "named" | "office" | "anonymous" | "document";

/** How exactly an event's date is known. A bound of None is an open end; an undated event has neither. */
export interface When {
  words: string | null;
  edtf: string | null;
  earliest: string | null;
  latest: string | null;
  precision: Precision | null;
  extent: Extent | null;
  basis: Basis;
  anchor: DateAnchor | null;
  rule: string | null;
  checked: Checked | null;
  model: Interval | null;
  resolver: Interval | null;
  time: string | null;
}

/** Where words were found. */
export type Where = "title" | "medium" | "name" | "quote" | "text";
