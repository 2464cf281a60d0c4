"""Contains all the data models used in inputs/outputs"""

from .basis import Basis
from .change import Change
from .checked import Checked
from .cited import Cited
from .collection import Collection
from .collections import Collections
from .conflict import Conflict
from .conflict_filter import ConflictFilter
from .conflict_kind import ConflictKind
from .cost import Cost
from .course import Course
from .date_anchor import DateAnchor
from .date_anchor_source import DateAnchorSource
from .date_change import DateChange
from .decided import Decided
from .difference import Difference
from .document import Document
from .document_count import DocumentCount
from .document_counts import DocumentCounts
from .document_line import DocumentLine
from .document_text import DocumentText
from .document_timeline import DocumentTimeline
from .documents import Documents
from .edit_kind import EditKind
from .event import Event
from .event_in_place import EventInPlace
from .evidence import Evidence
from .export_format import ExportFormat
from .extent import Extent
from .form_fields import FormFields
from .found_document import FoundDocument
from .gateway_refusal import GatewayRefusal
from .health import Health
from .interval import Interval
from .linking import Linking
from .links import Links
from .listed_state import ListedState
from .name import Name
from .new_decision import NewDecision
from .new_upload import NewUpload
from .note import Note
from .occurrence import Occurrence
from .occurrence_ids import OccurrenceIds
from .occurrence_in_full import OccurrenceInFull
from .occurrences import Occurrences
from .order import Order
from .original import Original
from .precision import Precision
from .problem_details import ProblemDetails
from .published_on import PublishedOn
from .recipe import Recipe
from .rejection import Rejection
from .report import Report
from .role import Role
from .run_line import RunLine
from .run_view import RunView
from .runs import Runs
from .said_by import SaidBy
from .sample import Sample
from .search_hit import SearchHit
from .search_page import SearchPage
from .searched import Searched
from .shown_edit import ShownEdit
from .source import Source
from .sources import Sources
from .span import Span
from .stance import Stance
from .state import State
from .statement import Statement
from .status import Status
from .status_change import StatusChange
from .stored_sentence import StoredSentence
from .summary import Summary
from .timeline import Timeline
from .told import Told
from .told_date import ToldDate
from .upload import Upload
from .upload_form import UploadForm
from .usage import Usage
from .view import View
from .voice_kind import VoiceKind
from .when import When
from .where import Where

__all__ = (
    "Basis",
    "Change",
    "Checked",
    "Cited",
    "Collection",
    "Collections",
    "Conflict",
    "ConflictFilter",
    "ConflictKind",
    "Cost",
    "Course",
    "DateAnchor",
    "DateAnchorSource",
    "DateChange",
    "Decided",
    "Difference",
    "Document",
    "DocumentCount",
    "DocumentCounts",
    "DocumentLine",
    "Documents",
    "DocumentText",
    "DocumentTimeline",
    "EditKind",
    "Event",
    "EventInPlace",
    "Evidence",
    "ExportFormat",
    "Extent",
    "FormFields",
    "FoundDocument",
    "GatewayRefusal",
    "Health",
    "Interval",
    "Linking",
    "Links",
    "ListedState",
    "Name",
    "NewDecision",
    "NewUpload",
    "Note",
    "Occurrence",
    "OccurrenceIds",
    "OccurrenceInFull",
    "Occurrences",
    "Order",
    "Original",
    "Precision",
    "ProblemDetails",
    "PublishedOn",
    "Recipe",
    "Rejection",
    "Report",
    "Role",
    "RunLine",
    "Runs",
    "RunView",
    "SaidBy",
    "Sample",
    "Searched",
    "SearchHit",
    "SearchPage",
    "ShownEdit",
    "Source",
    "Sources",
    "Span",
    "Stance",
    "State",
    "Statement",
    "Status",
    "StatusChange",
    "StoredSentence",
    "Summary",
    "Timeline",
    "Told",
    "ToldDate",
    "Upload",
    "UploadForm",
    "Usage",
    "View",
    "VoiceKind",
    "When",
    "Where",
)
