"""Every problem a script can have: its stable code, how grave it is, and what it means.

A code never changes its meaning and is never used again for another. `docs/problems.md` has a part for each with an
example; a test holds the two together. `mindful check` prints the title and explanation on request.
"""

from __future__ import annotations

from enum import Enum
from typing import Literal

Severity = Literal["error", "warning", "advice"]


class Code(Enum):
    """One kind of problem: code, severity, title, explanation."""

    # The file as a file.
    UNREADABLE = ("MF001", "error", "The file cannot be read", "It is missing, a folder, or not yours to read.")
    NOT_UTF8 = ("MF002", "error", "The file is not saved as UTF-8", "Scripts are plain text in UTF-8.")
    TOO_LARGE = ("MF003", "error", "The file is too large", "A script has at most 1 MiB.")
    CONTROL = ("MF004", "error", "An invisible control character", "Such characters could upset a terminal.")
    TAB = ("MF005", "error", "A tab where spaces are wanted", "YAML is indented with spaces only.")
    EMPTY = ("MF006", "error", "The file is empty", "A script needs at least mindful, title and steps.")

    # The file as YAML.
    SYNTAX = ("MF010", "error", "The file cannot be understood from here on", "It is not well-formed YAML.")
    COLON = ("MF011", "error", "A colon inside an unquoted sentence", "YAML takes it for the end of a key.")
    QUOTES = ("MF012", "error", "Quotes that do not match", "A quote is not closed, closes early, or is curly.")
    INDENTATION = ("MF013", "error", "A missing dash or wrong indentation", "Entries of one list stand in one column.")
    BRACKETS = ("MF014", "error", "A bracket is not closed", "Each { and [ needs its } or ].")
    SPECIAL_START = ("MF015", "error", "A sentence that begins with a special character", "It needs quotes around it.")
    DUPLICATE_KEY = ("MF016", "error", "A key is given twice", "Only one of the two could count.")
    TAG = ("MF017", "error", "A YAML tag", "Tags (!something) are not part of the format.")
    ALIAS = ("MF018", "error", "A reference that leads nowhere", "An alias (*name) without its anchor (&name).")
    EXPANDS = ("MF019", "error", "The file grows too far", "Its aliases or lists hold more than a script can.")
    TOO_DEEP = ("MF020", "error", "Nested too deeply", "A script is nested at most 64 levels deep.")
    DOCUMENTS = ("MF021", "error", "More than one document in the file", "A file holds one script.")
    NOT_A_MAP = ("MF022", "error", "The file is not a script", "At the top stand keys: mindful, title, steps.")
    TOO_MANY_STEPS = (
        "MF023",
        "error",
        "Too many steps",
        "At most 5,000 steps, and 20,000 with their rounds.",
    )
    COMPLEX_KEY = ("MF024", "error", "A list or map as a key", "A key is a plain word.")

    # Keys and kinds.
    VERSION = ("MF030", "error", "Another version of the format", "This program reads version 1.")
    MISSING = ("MF031", "error", "A required field is missing", "The step or the script cannot be played without it.")
    UNKNOWN_KEY = ("MF032", "error", "An unknown key", "It is misspelt, or stands in the wrong place.")
    UNKNOWN_KIND = ("MF033", "error", "An unknown kind of step", "The kinds are listed in the reference.")
    NO_KIND = ("MF034", "error", "A step without a kind", "A step is one of say, breathe, bell and so on.")
    TWO_KINDS = ("MF035", "error", "Two kinds in one step", "Each step has exactly one kind.")
    NOT_A_STEP = ("MF036", "error", "Not a step", "A step is a dash, a kind and a colon.")
    MISPLACED = ("MF037", "error", "A key in the wrong place", "The key exists, but elsewhere.")

    # Values.
    WRONG_SHAPE = ("MF040", "error", "A list, a map or a single value in the wrong place", "Another shape is wanted.")
    NOT_A_CHOICE = ("MF041", "error", "Not one of the possible values", "Only the listed values are understood.")
    BOOLEAN = ("MF042", "error", "Neither true nor false", "Only true and false are understood here.")
    NUMBER = ("MF043", "error", "Not a number", "A number is wanted here.")
    RANGE = ("MF044", "error", "A number out of range", "The reference names the limits.")
    DURATION = ("MF045", "error", "Not a length of time", "Such as 90 s, 2 min, 4:30.")
    DURATION_RANGE = ("MF046", "error", "A length of time out of range", "More than nothing and at most 4 hours.")
    TEXT = ("MF047", "error", "Not a text", "A sentence, or one for each language.")
    NAME = ("MF048", "error", "Not a name", "Small letters, digits, - and _, beginning with a letter.")
    CONDITION = ("MF049", "error", "A condition that cannot be read", "Such as before >= 60 and mood < 4.")
    PHASE = ("MF050", "error", "A breath pattern that cannot be read", "Phases with seconds, in steps of 0.1.")
    LENGTH = ("MF051", "error", "How long is not clear", "Exactly one way to say how long is wanted.")
    OPTIONS = ("MF052", "error", "Options that do not fit", "A choice has at least two different options.")

    # Names and references.
    DUPLICATE_ID = ("MF060", "error", "An id is used twice", "Each id is unique in the script.")
    UNKNOWN_NAME = ("MF061", "error", "An unknown name", "Only variables and ids of questions can be named.")
    LATER_NAME = ("MF062", "error", "A name that is not known yet", "The question with this id comes later.")
    OPEN_AMOUNT = ("MF063", "warning", "An amount that may be missing", "The question may be left unanswered.")
    NOT_AN_AMOUNT = ("MF064", "error", "An amount that is no number", "The variable or answer is not a number.")
    UNKNOWN_PATTERN = ("MF065", "error", "An unknown breath pattern", "Neither bundled nor defined under patterns.")
    UNKNOWN_LAYER = ("MF066", "error", "An unknown sound layer", "Neither a layer nor a file beside the script.")
    FILE = ("MF067", "error", "A file that is not there", "Files lie beside the script.")
    OUTSIDE = ("MF068", "error", "A path that leaves the folder", "Files stay inside the script's folder.")
    INCLUDE = ("MF069", "error", "An included script that is not there", "A path or a bundled session's id.")
    INCLUDE_BROKEN = ("MF070", "error", "An included script has problems", "They are listed with its own file.")
    INCLUDE_CYCLE = ("MF071", "error", "A script that includes itself", "It would never end.")
    VARIABLE = ("MF072", "error", "A variable that does not fit itself", "Its default must lie within min and max.")
    FIT = ("MF073", "error", "A fit that is upside down", "min must not be above max.")
    LANGUAGE = ("MF074", "warning", "A text without the script's language", "Another language will be shown.")
    NEVER = ("MF075", "warning", "A step that is never or always played", "Its condition looks at nothing.")
    VOICE = ("MF076", "warning", "Spoken words without a voice", "voice is none, but something is to be spoken.")
    UNUSED_FIELD = ("MF077", "warning", "A field without effect", "It does nothing beside the others.")
    BARE_SECONDS = ("MF078", "advice", "A number without a unit", "A bare number is a number of seconds.")
    PAUSE_MARK = ("MF079", "advice", "Another spelling of a pause", "[pause 4 s] is the format's own.")
    BAD_PAUSE_MARK = ("MF080", "error", "A pause mark that cannot be read", "Such as [pause 4 s].")
    UNPLAYABLE = ("MF081", "warning", "A sound file that cannot be played", "It is no sound, too long, or cut off.")
    FILE_ENDING = ("MF082", "advice", "A sound file with another file's ending", "Name it after what it is.")
    UNKNOWN_VOICE = ("MF083", "warning", "A voice that is not known", "The session's own voice speaks instead.")
    TRANSLATION = ("MF084", "advice", "A text that is not translated", "Other texts are in that language, too.")
    NO_ANSWER = ("MF085", "warning", "A comparison that can never hold", "Nobody can give such an answer.")
    OUTSIDE_FIT = ("MF086", "warning", "Outside its own fit as written", "It takes longer, or less, than fit allows.")
    BARE_NUMBER = ("MF087", "advice", "A number that is compared with nothing", "Alone, its name fails at 0, too.")
    UNKNOWN_REGION = ("MF088", "warning", "A part of the body that is not known", "It would be said as it is written.")

    # Playing.
    NOT_PLAYED = ("MF090", "error", "A kind that cannot be played yet", "This version checks it but cannot play it.")
    RED_WITHOUT_CAUTION = ("MF092", "warning", "A strong practice without a caution", "Say whom it may harm.")
    SPOKEN_PAUSE = ("MF093", "warning", "A pause that would be read out", "Only [pause 4 s] is one within words.")

    # Questionnaires.
    UNKNOWN_QUESTIONNAIRE = ("MF097", "error", "A questionnaire that is not known", "No bundled one has this name.")
    QUESTIONNAIRE_FILE = ("MF098", "error", "A questionnaire that cannot be read", "Its file is not as it should be.")
    QUESTIONNAIRE_WORDS = ("MF099", "error", "A questionnaire without its words", "They may not come with the program.")

    # Exposure: ladders, and what is played meanwhile.
    LADDER = ("MF134", "error", "A ladder that cannot be read", "A ladder is a list of items with their SUDS.")
    LADDER_ITEM = ("MF135", "error", "An item that is not on the ladder", "`item` names one of its items.")
    EXPOSURE_WAITS = (
        "MF136",
        "error",
        "A step that cannot be played within an exposure",
        "Meanwhile only what goes on by itself: the ratings are asked by the exposure.",
    )

    # What a colleague in practice would say: `mindful.script.clinical`. A script can silence these, with a reason.
    HOLD_CAUTION = ("MF101", "warning", "A held breath without its cautions", "Say whom holding may harm.")
    HOLD_WAY_ROUND = ("MF102", "advice", "A held breath without a way round it", "Say that the hold may be left out.")
    SHORT_CYCLE = ("MF103", "advice", "Breaths shorter than six seconds", "Most find slower breathing calmer.")
    RED_CAUTIONS = ("MF104", "warning", "A strong practice with too few cautions", "Say all whom it may harm.")
    RED_WORDS = ("MF105", "warning", "A strong practice without words on safety", "Sitting or lying, never near water.")
    SCAN_WAY_OUT = ("MF106", "advice", "A body scan without a way out", "Eyes may be open, parts may be left out.")
    LANDING = ("MF107", "advice", "An inward practice without a landing", "Words that bring back to the room.")
    EXPOSURE_RATING = (
        "MF108",
        "warning",
        "An exposure without ratings",
        "Ask how strong it is, before and after.",
    )
    EXPOSURE_WAY_OUT = ("MF109", "warning", "An exposure without a way out", "Say that and how one can stop.")
    EXPOSURE_CALMING = ("MF110", "warning", "Calming within an exposure", "It can become a safety behaviour.")
    FAST_WORDS = ("MF111", "advice", "More than 140 words a minute", "Slow words can be followed with eyes closed.")
    TOO_LATE = ("MF112", "advice", "Words that come after what they are for", "Say them before the practice begins.")
    OTHER_COUNTS = (
        "MF113",
        "warning",
        "Words that count otherwise than the breath",
        "The ear hears one, the eye another.",
    )
    NO_CLOSING = ("MF114", "advice", "A session that ends on a question", "A closing line takes leave of the client.")
    COMMAND = ("MF115", "advice", "A word of command", "Invitations leave the choice with the client.")
    PROMISE = ("MF116", "warning", "A promise", "Nobody can know what another will feel.")
    DEEP = ("MF117", "advice", "A call for deep breaths", "Slow and deep together make dizzy; gentle and quiet do not.")
    LICENSED = ("MF118", "warning", "A questionnaire that has an owner", "Using it may need a licence.")
    DIZZY = ("MF119", "advice", "Breathing without a word for dizziness", "Say what to do when it is too much.")
    EYES = ("MF120", "advice", "Closed eyes without a choice", "Open eyes are always fine; say so.")
    UNUSED_SILENCE = ("MF121", "advice", "A silence that hushes nothing", "The rule it names finds nothing here.")
    REASSURANCE = ("MF122", "advice", "Reassurance within an exposure", "What is feared is to be found out there.")
    EXPOSURE_CAUTIONS = (
        "MF137",
        "warning",
        "Feared sensations without their cautions",
        "Say whom bringing them on may harm.",
    )
    EXPOSURE_END = ("MF138", "advice", "An exposure without an end", "Say how long, or until what.")

    # Pages to read.
    PICTURE_WORDS = ("MF140", "warning", "A picture without words", "Who cannot see it is told nothing.")
    PICTURE_OPEN = ("MF141", "warning", "A picture that does not end", "The rest of the page is taken for a drawing.")
    PICTURE_SIZE = ("MF142", "advice", "A picture that is too large", "On most screens its words stand in its place.")
    OTHER_MARKUP = ("MF143", "advice", "Marks that are shown as letters", "A page has only a small Markdown.")

    # Plans and thought records.
    FOR_CLINICIANS = ("MF130", "advice", "A questionnaire for clinicians", "Its makers mean it for professionals.")
    ASKED_OFTEN = ("MF131", "advice", "A questionnaire that is asked too often", "It asks about a longer time.")
    PROMPT_WITHOUT_FIELD = ("MF132", "warning", "A prompt that nothing asks", "This form has no such field.")
    PLAN_WITHOUT_EFFECT = ("MF133", "warning", "A part of a plan without effect", "This form does not ask for it.")

    # Programmes: plans over days or weeks.
    NO_SESSION = ("MF145", "error", "A session that is not there", "A bundled session's id, or a script beside it.")
    BROKEN_SESSION = ("MF146", "error", "A session that cannot be played", "It has problems of its own.")
    OFTEN = ("MF147", "error", "How often is not clear", "Such as daily, 3 a week, every 2 days, once.")
    UNKNOWN_ARM = ("MF148", "error", "An arm that is not there", "Arms are named under `arms`.")
    SAME_NAME = ("MF149", "error", "Two of the same name", "Names are unique within a stage, and those of stages, too.")
    OPENS = ("MF150", "error", "It opens with something that is not there", "Only what comes before can be named.")
    OPENS_LATE = ("MF151", "advice", "It opens later than planned", "It asks for more than is suggested by then.")
    NOTHING_TO_DO = ("MF152", "warning", "A part without anything to do", "Whoever comes there finds nothing.")
    SETTING = ("MF153", "error", "A setting that the session has not", "Its variables and their limits are its own.")
    WAITS = ("MF154", "warning", "A wait shorter than the plan's own gaps", "It would stand still by itself.")
    PLAN_CAUTIONS = ("MF155", "advice", "Cautions of sessions that are not named", "Say them before the start.")
    PRESSING = ("MF156", "advice", "Words that press", "Nothing in a programme is missed or overdue.")
    NO_REST = ("MF157", "advice", "Weeks without a rest day", "A day off keeps a practice possible.")
    TIME_OF_DAY = ("MF158", "error", "Not a time of the day", "Such as morning, evening, 07:30.")
    DAYS = ("MF159", "error", "Not a number of days", "Such as 1 week, 10 days.")

    def __init__(self, code: str, severity: Severity, title: str, explanation: str) -> None:
        self.code = code
        self.severity: Severity = severity
        self.title = title
        self.explanation = explanation


BY_CODE: dict[str, Code] = {c.code: c for c in Code}
"""The registry: `BY_CODE["MF011"].title`."""
