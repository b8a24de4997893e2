"""What is done when in the usual campaigns. Days are working days for steps, days after the first one for contacts."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType

_PARTS = {"lead": "does", "copy": "does", "design": "does", "data": "does", "approver": "approves", "sales": "informed"}


@dataclass(frozen=True)
class Step:
    """A task. fixed: the day a milestone stands on; start: not before this day."""

    key: str
    role: str
    days: int
    after: tuple[str, ...] = ()
    kind: str = "task"
    fixed: int | None = None
    start: int | None = None
    touchpoint: str | None = None

    @property
    def effort_hours(self) -> int | None:
        """A first estimate, so that capacity can be told: half of each day, an hour of it to look and say yes."""
        return self.days * (1 if self.role == "approver" else 4) or None


def _stone(key: str, day: int, after: tuple[str, ...] = ()) -> Step:
    return Step(key, "lead", 0, after, "milestone", day)


@dataclass(frozen=True)
class Cost:
    """A budget line, and the deliverable that it pays for. Prices differ too much to be guessed."""

    key: str
    resource: str
    task: str | None = None


@dataclass(frozen=True)
class Send:
    """A touchpoint."""

    key: str
    day: int
    at: str = "09:00"
    channel: str = "email"


@dataclass(frozen=True, eq=False)
class ReadyPlan:
    """A whole campaign without words."""

    key: str
    category: str
    type: str
    days: int
    metric: str
    casting: tuple[str, ...]
    steps: tuple[Step, ...]
    lines: tuple[Cost, ...]
    contacts: tuple[Send, ...]
    roles: MappingProxyType[str, str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "roles", MappingProxyType({role: _PARTS[role] for role in self.casting}))


def _beginning() -> tuple[Step, ...]:
    return (
        Step("goal", "lead", 1),
        Step("brief", "lead", 2, ("goal",), "deliverable"),
        Step("budget", "lead", 2, ("brief",)),
    )


def _ending(after: str, start: int) -> tuple[Step, ...]:
    return (
        Step("results", "data", 2, (after,), "deliverable", start=start),
        Step("retrospective", "lead", 1, ("results",)),
    )


_LAUNCH = ReadyPlan(
    "product_launch", "acquisition", "launch", 63, "conversions",
    ("lead", "copy", "design", "data", "approver", "sales"),
    (
        *_beginning(),
        Step("positioning", "lead", 3, ("brief",), "deliverable"),
        Step("offer", "lead", 2, ("positioning",)),
        Step("audiences", "data", 2, ("brief",)),
        Step("photos", "design", 5, ("positioning",), "deliverable"),
        Step("page_words", "copy", 3, ("positioning",), "deliverable"),
        Step("page", "design", 5, ("page_words", "photos"), "deliverable"),
        Step("mail_words", "copy", 3, ("page_words",), "deliverable"),
        Step("mail_design", "design", 3, ("mail_words", "photos"), "deliverable"),
        Step("press", "copy", 2, ("positioning",), "deliverable"),
        Step("posts", "copy", 2, ("photos",), "deliverable"),
        Step("answers", "sales", 2, ("offer",), "deliverable"),
        Step("tracking", "data", 1, ("page",)),
        Step("review", "approver", 2, ("mail_design", "page", "press")),
        Step("approval", "approver", 2, ("review", "budget")),
        Step("test", "copy", 1, ("approval", "tracking", "audiences")),
        _stone("launch", 42, ("test", "answers", "posts")),
        Step("watch", "data", 2, ("launch",)),
        Step("follow_up", "copy", 2, ("watch",), touchpoint="launch_reminder"),
        *_ending("follow_up", 57),
    ),
    (
        Cost("copy", "staff", "mail_words"), Cost("design", "staff", "page"), Cost("photo", "contractor", "photos"),
        Cost("ads", "media"), Cost("press_work", "contractor", "press"), Cost("print", "other"),
    ),
    (
        Send("launch_teaser", 35), Send("launch_day", 42), Send("launch_posts", 42, "10:00", "social"),
        Send("launch_ads", 42, "08:00", "ads"), Send("launch_reminder", 49), Send("launch_last", 55),
    ),
)  # fmt: skip

_EVENT = ReadyPlan(
    "event", "acquisition", "event", 70, "conversions",
    ("lead", "copy", "design", "data", "approver", "sales"),
    (
        *_beginning(),
        Step("place", "lead", 5, ("goal",), "deliverable"),
        Step("speakers", "lead", 8, ("brief",)),
        Step("programme", "lead", 3, ("speakers",), "deliverable"),
        Step("guests", "data", 2, ("brief",)),
        Step("page_words", "copy", 2, ("programme",), "deliverable"),
        Step("page", "design", 4, ("page_words",), "deliverable"),
        Step("mail_words", "copy", 3, ("programme",), "deliverable"),
        Step("mail_design", "design", 2, ("mail_words",), "deliverable"),
        Step("approval", "approver", 2, ("mail_design", "page", "budget")),
        Step("test", "copy", 1, ("approval", "guests")),
        _stone("invitations_out", 35, ("test", "place")),
        Step("printed", "design", 4, ("programme",), "deliverable"),
        Step("technique", "lead", 2, ("place",)),
        Step("rehearsal", "lead", 1, ("speakers", "printed", "technique"), start=59),
        _stone("event_day", 61, ("rehearsal",)),
        Step("thanks", "copy", 1, ("event_day",), touchpoint="event_thanks"),
        Step("hand_leads", "sales", 2, ("event_day",)),
        *_ending("hand_leads", 65),
    ),
    (
        Cost("venue", "other", "place"), Cost("catering", "other"), Cost("speaker_fees", "contractor"),
        Cost("design", "staff", "page"), Cost("print", "other", "printed"), Cost("technique", "contractor"),
        Cost("ads", "media"),
    ),
    (
        Send("event_invitation", 35), Send("event_second", 47), Send("event_posts", 40, "10:00", "social"),
        Send("event_reminder", 59), Send("event_itself", 61, "09:00", "event"),
        Send("event_thanks", 62, "10:00"),
    ),
)  # fmt: skip

_NEWSLETTER = ReadyPlan(
    "newsletter", "engagement", "content", 91, "click_rate",
    ("lead", "copy", "design", "data", "approver"),
    (
        *_beginning(),
        Step("audiences", "data", 2, ("brief",)),
        Step("topics", "copy", 3, ("brief",), "deliverable"),
        Step("mail_design", "design", 4, ("brief",), "deliverable"),
        Step("sign_up", "design", 3, ("brief",), "deliverable"),
        Step("preferences", "data", 1, ("audiences",)),
        Step("issue_one", "copy", 3, ("topics",), "deliverable", touchpoint="issue_one"),
        Step("review", "approver", 1, ("issue_one", "mail_design")),
        Step("test", "copy", 1, ("review", "preferences")),
        _stone("first_issue", 28, ("test",)),
        Step("watch", "data", 1, ("first_issue",)),
        Step("subject_test", "data", 1, ("watch",)),
        Step("issue_two", "copy", 3, ("watch",), "deliverable", start=45, touchpoint="issue_two"),
        Step("issue_three", "copy", 3, ("issue_two",), "deliverable", start=73, touchpoint="issue_three"),
        Step("clean_up", "data", 1, ("issue_three",), start=84),
        *_ending("clean_up", 85),
    ),
    (Cost("copy", "staff", "issue_one"), Cost("design", "staff", "mail_design"), Cost("photo", "contractor")),
    (Send("issue_one", 28), Send("issue_two", 56), Send("issue_three", 84)),
)  # fmt: skip

_WIN_BACK = ReadyPlan(
    "win_back", "engagement", "email", 49, "conversions",
    ("lead", "copy", "design", "data", "approver"),
    (
        *_beginning(),
        Step("dormant", "data", 2, ("brief",)),
        Step("reasons", "data", 2, ("dormant",)),
        Step("offer", "lead", 1, ("reasons",)),
        Step("mail_words", "copy", 3, ("offer",), "deliverable"),
        Step("mail_design", "design", 2, ("mail_words",), "deliverable"),
        Step("control", "data", 1, ("dormant",)),
        Step("approval", "approver", 2, ("mail_design", "budget")),
        Step("test", "copy", 1, ("approval", "control")),
        _stone("first_mail", 23, ("test",)),
        Step("watch", "data", 1, ("first_mail",)),
        Step("second_mail", "copy", 1, ("watch",), start=28, touchpoint="back_offer"),
        Step("last_mail", "copy", 1, ("second_mail",), start=35, touchpoint="back_last"),
        Step("let_go", "data", 1, ("last_mail",), start=42),
        *_ending("let_go", 44),
    ),
    (Cost("copy", "staff", "mail_words"), Cost("design", "staff", "mail_design"), Cost("vouchers", "other")),
    (Send("back_miss", 23), Send("back_offer", 30), Send("back_last", 37)),
)  # fmt: skip

_SALE = ReadyPlan(
    "seasonal_sale", "monetisation", "email", 42, "revenue",
    ("lead", "copy", "design", "data", "approver", "sales"),
    (
        *_beginning(),
        Step("assortment", "sales", 3, ("goal",), "deliverable"),
        Step("offer", "lead", 2, ("assortment",)),
        Step("stock", "sales", 1, ("assortment",)),
        Step("audiences", "data", 2, ("brief",)),
        Step("photos", "design", 3, ("assortment",), "deliverable"),
        Step("mail_words", "copy", 3, ("offer",), "deliverable"),
        Step("mail_design", "design", 3, ("mail_words", "photos"), "deliverable"),
        Step("page", "design", 3, ("photos", "offer"), "deliverable"),
        Step("posts", "copy", 2, ("photos",), "deliverable"),
        Step("price_check", "approver", 1, ("offer", "mail_design")),
        Step("approval", "approver", 1, ("price_check", "page", "budget")),
        Step("tracking", "data", 1, ("page",)),
        Step("test", "copy", 1, ("approval", "audiences", "tracking")),
        _stone("sale_opens", 28, ("test", "stock", "posts")),
        Step("watch", "data", 2, ("sale_opens",)),
        _stone("sale_closes", 35),
        *_ending("sale_closes", 36),
    ),
    (
        Cost("copy", "staff", "mail_words"), Cost("design", "staff", "page"), Cost("photo", "contractor", "photos"),
        Cost("ads", "media"), Cost("discounts", "other"), Cost("extra_staff", "staff"),
    ),
    (
        Send("sale_early", 27, "18:00"), Send("sale_open", 28, "07:00"),
        Send("sale_ads", 28, "07:00", "ads"), Send("sale_posts", 28, "09:00", "social"),
        Send("sale_best", 31), Send("sale_last", 35, "08:00"),
    ),
)  # fmt: skip

_SURVEY = ReadyPlan(
    "survey", "engagement", "user_generated", 42, "clickers",
    ("lead", "copy", "design", "data", "approver"),
    (
        *_beginning(),
        Step("question", "lead", 1, ("goal",)),
        Step("questions", "copy", 3, ("question", "brief"), "deliverable"),
        Step("sample", "data", 2, ("question",)),
        Step("survey_page", "design", 3, ("questions",), "deliverable"),
        Step("pilot", "data", 2, ("survey_page",)),
        Step("mail_words", "copy", 1, ("questions",), "deliverable"),
        Step("approval", "approver", 2, ("pilot", "mail_words", "budget")),
        Step("test", "copy", 1, ("approval", "sample")),
        _stone("survey_opens", 21, ("test",)),
        Step("watch", "data", 1, ("survey_opens",)),
        _stone("survey_closes", 33),
        Step("analysis", "data", 3, ("survey_closes",), "deliverable"),
        Step("personas", "lead", 1, ("analysis",)),
        Step("share", "lead", 1, ("analysis",), touchpoint="survey_thanks"),
        Step("retrospective", "lead", 1, ("share",)),
    ),
    (Cost("copy", "staff", "questions"), Cost("survey_tool", "other", "survey_page"), Cost("prizes", "other")),
    (
        Send("survey_invitation", 21), Send("survey_reminder", 28), Send("survey_thanks", 40),
    ),
)  # fmt: skip

PLANS = (_LAUNCH, _EVENT, _NEWSLETTER, _WIN_BACK, _SALE, _SURVEY)
