"""The words that the rules of good practice look for, in English and German. Called by the rules of this room.

Two kinds: words that are missed where they are not said (a way out, a landing), for which any likely wording counts;
and words that are better said otherwise, for which only plain cases count. A rule that is wrong once is not read
twice."""

from __future__ import annotations

import re

from mindful.script.clinical.view import Words


def _words(en: tuple[str, ...], de: tuple[str, ...]) -> Words:
    return {"en": re.compile("|".join(en), re.IGNORECASE), "de": re.compile("|".join(de), re.IGNORECASE)}


OPEN_EYES = _words(
    (
        r"\beyes?\b[^.!?]{0,160}\b(open|half[- ]open|resting|resting on)",
        r"\bopen(ing)? (your|the) eyes",
        r"\blook around",
        r"\beyes as you like",
        r"\beyes\b[^.!?]{0,160}\bhowever",
        r"\bthey (may|can) (be|stay|remain) open",
    ),
    (
        r"\bAugen\b[^.!?]{0,160}\b(offen|geöffnet|auf|öffnen)",
        r"\böffne\w*\b[^.!?]{0,160}\bAugen",
        r"\b(dich|sich) um(sehen|schauen|zu\w+)?\b",
        r"\boffene\w* Augen",
        r"\bmit offenen",
    ),
)
"""Eyes may be open."""

CLOSE_EYES = _words(
    (
        r"(^|[.!?:;,]\s*|\band )(?:now |then |please |gently |slowly |softly )*(?:close|shut) (?:your|"
        r"the) eyes",
    ),
    (
        r"(^|[.!?:;,]\s*|\bund )(?:jetzt |nun |dann |bitte )*schlie(?:ß|ss)\w*(?: Sie)?(?: jetzt| nun|"
        r" sanft| langsam| bitte)* (?:deine|Ihre|die) Augen",
    ),
)
"""Eyes are told to close."""

AS_YOU_LIKE = _words(
    (
        r"\b(if|may|can|could|as you|whenever|invite\w*|allow\w*|welcome|perhaps|maybe|would you|or not|"
        r"or leave|or rest)\b",
    ),
    (
        r"\b(wenn|falls|magst|mögen|möchte\w*|darfst|dürfen|kannst|können|vielleicht|gern\w*|"
        r"lad\w* \w+ ein|oder)\b",
    ),
)
"""Beside a request: an invitation."""

LEAVE_OUT = _words(
    (
        r"\b(leave|leaving|skip|skipping|pass over|passing over|miss) (out|over|any|it|this|that|them|"
        r"a part|a place|the)",
        r"\brather not",
        r"\bstay with (your|the) (hands|feet|sounds)",
        r"\b(not|isn't) a good place",
        r"\bno need to",
        r"\b(do not|don't) (have|need) to",
        r"\bneed not",
        r"\bleft out",
        r"\bmove on to",
        r"\bgo back to your (hands|feet)",
    ),
    (
        r"\b(aus|weg)(zu)?lassen",
        r"\büber(zu)?(springen|gehen)\b",
        r"\b(lass|lassen)\b[^.!?]{0,160}\b(aus|weg)\b",
        r"\blieber nicht",
        r"\bbleib\w*( Sie)? bei (deinen|Ihren|den) (Händen|Füßen)",
        r"\bmüssen nicht",
        r"\bmusst (du )?nicht",
        r"\bausgelassen",
    ),
)
"""A part may be left out."""

WAY_OUT = _words(
    (
        r"\b(leave|leaving|stop|stopping|pause|end|quit|break off|step out|skip|get out|"
        r"open your eyes)\b[^.!?]{0,160}\b(any ?time|at any|any step|whenever|when you|if you|early|the moment)",
        r"\b(whenever|any ?time|at any (time|moment|point))\b[^.!?]{0,160}\b(leave|stop|pause|end|quit)",
        r"\byou (can|may|are free to|could) (always |also |simply |just )?(stop|leave|pause|end|skip|"
        r"go back|step back)",
        r"\bstopping is",
        r"\b(ends?|stops?) (it|the (session|exercise|practice))",
        r"\bpress q\b",
    ),
    (
        r"\b(jederzeit|immer|wann immer|in jedem Moment)\b[^.!?]{0,160}\b(aufhören|abbrechen|beenden|anhalten|"
        r"unterbrechen|aussteigen|stoppen|auszusteigen|abzubrechen)",
        r"\b(aufhören|abbrechen|beenden|anhalten|unterbrechen|aussteigen|stoppen|überspringen|"
        r"auslassen)\b[^.!?]{0,160}\b(kannst|können|darfst|dürfen|jederzeit)",
        r"\b(kannst|können|darfst|dürfen)\b[^.!?]{0,160}\b(aufhören|abbrechen|beenden|anhalten|unterbrechen|"
        r"aussteigen|stoppen|überspringen|auslassen)",
        r"\b(hör|hören Sie)\b[^.!?]{0,160}\bauf\b",
    ),
)
"""One may stop."""

DIZZY = _words(
    (
        r"\b(dizz\w*|light[- ]?headed\w*|feels? light|faint\w*|tingl\w*|short of (air|breath)|"
        r"out of breath|too much|uncomfortable|unpleasant|not suit|strained?)",
    ),
    (
        r"\b(schwindel\w*|schwindl\w*|benommen\w*|kribbel\w*|Luftnot|Atemnot|außer Atem|zu viel|"
        r"unangenehm\w*|unwohl|schwummrig|anstrengend)\b",
    ),
)
"""What to do when it is too much."""

HOLD_WAY_ROUND = _words(
    (
        r"\brather not hold",
        r"\bbreathe on",
        r"\b(leave|leaving|skip|drop|without|shorten)\b[^.!?]{0,160}\b(hold\w*|pause\w*|rest\w*|it)\b",
        r"\bhold\w*\b[^.!?]{0,160}\b(if (it|that|you)|optional|only as long|as long as (it|you)|leave|skip|"
        r"need not|not have to|don't have to|shorter|left out|never force\w*)",
        r"\bno need to hold",
        r"\bwithout (holding|it|them|the holds?)",
        r"\b(do not|don't) have to hold",
    ),
    (
        r"\b(lass|lassen|weglassen|auslassen|überspringen|verkürz\w*|kürzer|ohne)\b[^.!?]{0,160}\b(pause\w*|"
        r"anhalten|halten|stille\w*)",
        r"\b(anhalten|halten|pause\w*)\b[^.!?]{0,160}\b(wenn|nur|solange|weglassen|auslassen|weglassen|"
        r"freiwillig|kürzer|überspringen|nicht)",
        r"\beinfach weiter",
    ),
)
"""The breath need not be held."""

LANDING = _words(
    (
        r"\b(eyes|look(ing)? around|around you|the room|this room|where you (are|sit|lie)|chair|floor|"
        r"stand\w*|rise|rising|get up|getting up|move|moving|stretch\w*|wiggle|stir|come back|coming back|"
        r"return\w*|back to|bring\w* (\w+ )?back|feet|before you go|go on|go gently|your day|the day|"
        r"what comes next|seated|stay seated|next)\b",
    ),
    (
        r"\b(Auge\w*|umsehen|umschauen|(dich|sich) (im Raum |langsam )?um|Raum|Zimmer|Stuhl|Boden|"
        r"aufsteh\w*|steh\w*|beweg\w*|streck\w*|räkel\w*|reck\w*|zurück\w*|Füße\w*|Alltag|Tag|weiter|"
        r"dehn\w*)\b",
    ),
)
"""Words that bring back to the room."""

SLEEP = re.compile(
    r"\b(sleep\w*|bed|bedtime|night|nights|schlaf\w*|einschlaf\w*|bett|nacht|nachts|abends im bett)\b", re.IGNORECASE
)
"""What it suits, or a tag: nobody is to be brought back from falling asleep."""

BODY = _words(
    (
        r"\b(toes?|soles?|heels?|foot|feet|ankles?|calves|calf|shins?|knees?|thighs?|legs?|hips?|pelvis|"
        r"seat|buttocks|belly|stomach|abdomen|back|spine|chest|ribs?|shoulders?|arms?|elbows?|wrists?|"
        r"hands?|fingers?|palms?|neck|throat|jaw|mouth|lips|cheeks?|nose|eyes|forehead|face|head|scalp)\b",
    ),
    (
        r"\b(Zehen?|Sohlen?|Fersen?|Fuß|Füße\w*|Knöchel|Waden?|Schienbein\w*|Knie\w*|Oberschenkel\w*|"
        r"Unterschenkel\w*|Beine?n?|Hüfte?n?|Becken\w*|Gesäß|Bauch\w*|Rücken\w*|Wirbelsäule|Brust\w*|"
        r"Rippen|Schultern?|Arme?n?|Ellbogen|Handgelenk\w*|Hand|Hände\w*|Finger\w*|Nacken\w*|Hals\w*|"
        r"Kiefer\w*|Mund\w*|Lippen|Wangen?|Nase\w*|Augen|Stirn\w*|Gesicht\w*|Kopf\w*)\b",
    ),
)
"""Parts of the body."""

WATER = _words(
    (r"\b(water|bath\w*|pool|swim\w*|shower\w*|driv\w*|wheel|road)\b",),
    (r"\b(Wasser\w*|Bad\w*|schwimm\w*|Dusche\w*|Becken|fahr\w*|fährst|Auto|Steuer|Lenkrad)\b",),
)
"""Where a strong practice can kill."""

SEATED = _words(
    (r"\b(sit|sits|sitting|seated|lie|lies|lying|chair|bed|mat|floor|couch|sofa)\b",),
    (r"\b(sitz\w*|setz\w*|lieg\w*|leg\w*( Sie)?( dich| sich)|Stuhl|Bett|Matte|Boden|Sofa)\b",),
)
"""How to be when one may faint."""

CALMING = _words(
    (
        r"\b(breathe|breathing|breath|breaths)\b[^.!?]{0,160}\b(slow\w*|calm\w*|deep\w*|away|longer|gentl\w*)",
        r"\b(slow|calm|deep|long)\w* (breath\w*|exhal\w*)",
        r"\bcalm (yourself|down)",
        r"\brelax(?!ation)",
        r"\bsooth\w*",
    ),
    (
        r"\b(atme\w*|Atem\w*)\b[^.!?]{0,160}\b(langsam\w*|ruhig\w*|tief\w*|länger\w*|sanft\w*)",
        r"\b(langsam|ruhig|tief)\w* (Atem\w*|ein\w*|aus\w*)",
        r"\bberuhig\w*",
        r"\bentspann\w*",
    ),
)
"""Words that calm."""

REASSURING = _words(
    (
        r"\bnothing (?:bad|terrible|awful|dangerous|serious) (?:(?:can|could|will|would|is going to) (?:really )?"
        r"happen|happens)(?: to you)?\b",
        r"\b(?:it|this|that|he|she|they|nothing(?: here)?) (?:can(?:no|')t|can’t|can not|won't|won’t|will not|"
        r"(?<=nothing )(?:can|will)|(?<=nothing here )(?:can|will)) (?:really )?(?:hurt|harm|kill) you\b",
        r"\byou(?:'re|’re| are) (?:completely |perfectly |totally |quite |absolutely )?safe\b(?! to| enough)",
        r"\bthere(?:'s|’s| is) (?:really )?(?:no(?:thing)? (?:danger|to (?:be afraid of|fear|worry about)))\b",
        r"\b(?:everything|it|all)(?:'ll|’ll| will| is going to) be (?:fine|ok|okay|alright|all right)\b",
        r"\byou(?:'ll|’ll| will) be (?:fine|ok|okay|alright|all right)\b",
        r"\b(?:don't|don’t|do not) (?:worry|be afraid)\b",
    ),
    (
        r"\b(?:es|dir|Ihnen|hier) (?:kann|wird) (?:dir |Ihnen |hier )?nichts (?:Schlimmes |Böses )?"
        r"(?:passieren|geschehen)\b",
        r"\bnichts Schlimmes (?:kann |wird )?(?:passiert|geschieht|passieren|geschehen)\b",
        r"\b(?:du bist|Sie sind) (?:ganz |völlig |hier |vollkommen )*(?:sicher|in Sicherheit)\b(?!,? (?:dass|genug))",
        r"\bes (?:besteht|gibt) (?:hier )?keine Gefahr\b",
        r"\b(?:alles|es) wird (?:wieder |schon )?gut\b",
        r"\b(?:keine Angst|keine Sorge|mach(?:en Sie)? (?:dir|sich) keine Sorgen)\b(?! (?:mehr|vor))",
    ),
)
"""Words that say that what is feared will not come."""

OPEN_WHETHER = _words(
    (
        r"\b(whether|if|expect\w*|predict\w*|promis\w*|guess\w*|believ\w*|thoughts?|find out|found out|"
        r"not (?:say|tell|know)|tell yourself|telling yourself|rather than|instead of|without)\b",
    ),
    (
        r"\b(ob|falls|wenn|erwart\w*|vorher\w*|versprech\w*|glaub\w*|Gedanke\w*|herausfinden|herausgefunden|"
        r"sag dir|statt|ohne|nicht (?:sagen|wissen))\b",
    ),
)
"""In a sentence that leaves it open, or tells of a thought."""

HOW_TO = _words(
    (
        r"\b(breathe|breath|inhale|exhale|in|out|hold)\b[^.!?]{0,30}\b(for|to|"
        r"of)\s+(?:a count of )?(?:\d+|two|three|four|five|six|seven|eight|nine|ten|"
        r"twelve)\b(?!\s+(?:more|minutes?|min|hours?|days?|weeks?|breaths?|times|rounds?))",
        r"\b(breathe|breath|inhale|exhale|in|out)\b[^.!?]{0,16}\bthrough (your|the) (nose|mouth|lips)",
    ),
    (
        r"\b(atme\w*|einatmen|ausatmen|ein|aus|halte\w*)\b[^.!?]{0,30}\b(für|auf|bis|"
        r"zähle\w* bis)\s+(?:\d+|eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|"
        r"zwölf)\b(?!\s+(?:Minuten?|Stunden?|Tage?|Wochen?|Atemzüge?|Mal|Runden?))",
        r"\b(atme\w*|ein|aus|einatmen|ausatmen)\b[^.!?]{0,16}\bdurch (die|den|deine|deinen|Ihre|"
        r"Ihren) (Nase|Mund|Lippen)",
    ),
)
"""How a pattern goes."""

_BEFORE = "".join(
    f"(?<!{word} )"
    for word in ("if", "when", "what", "until", "before", "nothing", "anything", "all", "whatever", "that", "do")
)
"""What may stand before `you have to` where it is no order: `all you have to do`."""

COMMAND = _words(
    (
        _BEFORE + r"\byou (?:must|have to|need to|ought to|should)\b",
        r"\b(?:clear|empty|blank) (?:your|the) mind\b",
        r"(?:^|[.!?;,:]\s*|\band |\bjust |\bso )(?:don't|do not|never|stop|no) think(?:ing)?\b",
        r"(?:^|[.!?;,:]\s*)(?:now |just )?think of nothing\b",
        r"(?:^|[.!?;,:]\s*)(?:now |just )?(?:don't|do not) move\b",
        r"\btry harder\b",
        r"(?:^|[.!?;,:]\s*)(?:now |just )?calm down\b",
        r"(?:^|[.!?;,:]\s*)(?:now |just )?concentrate\b",
        r"\bmake sure (?:you|that|to)\b",
    ),
    (
        r"(?<!wenn )(?<!was )(?<!nichts )(?<!bevor )(?<!falls )\b(?:du (?:musst|sollst|solltest)|"
        r"Sie (?:müssen|sollen|sollten)|musst du|müssen Sie|sollst du|sollen Sie)\b(?![^.!?,]{0,160}\b(?:nicht|"
        r"nichts|kein\w*|niemand\w*)\b)",
        r"\bdenk\w*(?: Sie)? (?:an )?nichts?\b",
        r"\bnicht (?:mehr )?denken\b",
        r"\bleere?n?(?: Sie)? (?:deinen|Ihren|den) (?:Geist|Kopf)",
        r"\bmach\w*(?: Sie)? (?:deinen|Ihren|den) (?:Geist|Kopf) (?:leer|frei)",
        r"\bberuhige?n?(?: Sie)? (?:dich|sich)\b",
        r"(?:^|[.!?;,:]\s*)konzentriere?n?(?: Sie)? (?:dich|sich)\b",
        r"\bstrenge?n?(?: Sie)? (?:dich|sich) an\b",
        r"(?:^|[.!?;,:]\s*)beweg\w*(?: Sie)? (?:dich|sich) nicht",
    ),
)
"""Orders."""

RELAX = _words(
    (
        r"(?:^|[.!?;:,]\s*|\band |\bnow,? |\bjust )relax(?: now| completely| deeply| fully|"
        r" totally)?\s*(?=[.!,;…]|$)",
    ),
    (
        r"\b(?:entspanne?|entspannen Sie) (?:dich|sich)(?: jetzt| ganz| völlig| tief|"
        r" vollkommen)*\s*(?=[.!,;…]|$)",
    ),
)
"""An order to relax. It is a step of its own where muscles were tensed before."""

TENSE = _words(
    (r"\b(tense|tensing|tighten\w*|squeez\w*|clench\w*|make a fist|fists?)\b",),
    (r"\b(spann\w*|anspann\w*|Faust|Fäuste|ball\w*|kneif\w*|press\w*)\b",),
)
"""Muscles are tensed."""

PROMISE = _words(
    (
        r"\byou(?:'ll|’ll| will) (?:soon |then |now |quickly |always |start to |begin to )*(?:feel|"
        r"fall asleep|sleep better|become|be (?:calm\w*|relaxed|free|healed|cured|safe|happy|happier|well|"
        r"better))\b",
        r"\b(?:this|it|that|which|the (?:practice|exercise|session|breath\w*)) (?:(?:will|is going to|"
        r"can) )?(?:cures?|heals?)\b",
        r"\b(?:this|it|that|which|the (?:practice|exercise|session|breath\w*)) (?:will|"
        r"is going to) (?:make you|calm you|relax you|fix|remove|take away|stop|get rid|help you (?:sleep|"
        r"relax|feel))",
        r"\bguaranteed?\b",
        r"\b(?:always works|never fails)",
        r"\b(?:scientifically|clinically) proven",
        r"\bmiracles?\b",
        r"\bdetox\w*",
    ),
    (
        r"\b(?:du wirst|Sie werden|wirst du|werden Sie)\b[^.!?]{0,160}\b(?:fühlen|spüren|einschlafen|schlafen|"
        r"ruhiger|entspannter|gesund)\b",
        r"\b(?:heilt|wirkt immer|garantiert\w*|wissenschaftlich bewiesen|klinisch bewiesen|Wundermittel|"
        r"entgiftet)\b",
        r"\bwird (?:dich|Sie|dir|Ihnen) (?:\w+ )?(?:heilen|beruhigen|entspannen|helfen)",
    ),
)
"""What nobody can know."""

DEEP = _words(
    (
        r"\bdeep\w*(?:,? \w+)? (?:breaths?|in-?breaths?|inhales?|exhales?)\b",
        r"\b(?:breathe|inhale|exhale)(?: in| out| in and out)? (?:very |really |as |nice and )*(?:deep|"
        r"deeply)\b",
        r"\bas deeply as\b",
        r"\bfill your lungs\b",
    ),
    (
        r"\btief\w* (?:Atemz\w+|Luft\b)",
        r"\batme\w*(?: Sie)?(?: jetzt| nun| einmal| mal| ganz| bitte)* tief",
        r"\btief (?:ein|aus|durch) (?:zu)?(?:atmen|\b)",
        r"\bhol\w*(?: Sie)? tief Luft",
    ),
)
"""Deep breaths."""

NOT = {
    "en": re.compile(
        r"\b(not|n't|n’t|no|never|nothing|without|rather than|instead of|less|need not)\b[^.!?;]{0,100}$", re.IGNORECASE
    ),
    "de": re.compile(r"\b(nicht|nichts|kein\w*|nie|ohne|statt|weniger)\b[^.!?;]{0,100}$", re.IGNORECASE),
}
"""Before a word: it is said not to."""
