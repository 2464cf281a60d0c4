"""An invented collection: what several documents tell of three affairs, and what only looks alike.

Each line: the occurrence, the document, the day or month, the title. A title's names are its words with capitals.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.unit.linking.reports import report

if TYPE_CHECKING:
    from dateline.linking.model import Report

_LINES = """
bridge falls|a|2027-09-11|The Merrow bridge collapses with 31 cars on it
bridge falls|b|2027-09-11|Merrow bridge caves in during the evening rush
bridge falls|c|2027-09-12|Bridge over the Merrow collapses
bridge falls|d|2027-09|Collapse of the Merrow bridge
bridge closed|a|2027-09-11|Police close the Merrow bridge to lorries
second bridge|b|2027-09-14|The Tarn bridge is closed after the Merrow collapse
inspection|a|2027-06-02|Engineers inspect the Merrow bridge
inspection|c|2027-06-02|The Merrow bridge is examined by engineers of the province
inspection before|d|2025-06-02|Engineers examine the Merrow bridge
other inspection|b|2027-06-03|Engineers inspect the Tarn bridge
warned|a|2027-06-20|Engineer Sella Oduya warns the province that the Merrow bridge is unsafe
warned|d|2027-06-20|Sella Oduya writes to the province about cracks in the Merrow bridge
minister informed|c|2027-06-21|Sella Oduya warns the minister, Aldo Brix, about the Merrow bridge
visit|a|2027-09-13|President Ione Calder visits Merrow
visit|b|2027-09-13|Ione Calder travels to Merrow
visit|c|2027-09-13|The president, Ione Calder, comes to Merrow
other visit|d|2027-09-13|Aldo Brix visits Merrow
quits|b|2027-10-01|Aldo Brix resigns as transport minister
quits|c|2027-10-02|Transport minister Brix steps down
quits|d|2027-10|Aldo Brix quits over the bridge
successor|b|2027-10-01|Wanda Isk is named to succeed Aldo Brix
memorial|a|2027-09-18|A vigil for the victims is held at the cathedral of Merrow
memorial|c|2027-09-18|Candlelight vigil for the dead at Merrow cathedral
year later|d|2028-09-11|A vigil marks the first anniversary of the Merrow collapse
contract|a|2028-02-05|Ostra Steel wins the contract to rebuild the Merrow bridge for 90 million crowns
contract|b|2028-02-05|The contract for the new Merrow bridge goes to Ostra Steel for 85 million crowns
first stone|c|2028-04-05|Work on the new Merrow bridge begins
strike|e|2030-03-04|Bus drivers in Lyle go on strike
strike|f|2030-03-04|Drivers of Lyle's buses walk out
strike ends|e|2030-03-09|Bus drivers in Lyle end their strike
second strike|f|2030-04-04|Bus drivers in Lyle go on strike for a second time
talks|e|2030-03-07|Union and city hold talks on pay
talks|f|2030-03-07|City and union negotiate over pay
deal|e|2030-03-09|Union and city reach agreement on pay
match|g|2031-06-14|Northfield beat Sable 3-1
match|h|2031-06-14|Northfield defeat Sable in the semi-final
match before|g|2031-06-07|Northfield beat Sable 2-0
final|h|2031-06-21|Northfield win the final against Corrin
raid|i|2029-01-05|Gunmen attack the market of Dura, killing 12 people
raid|j|2029-01-05|Twelve people are killed in an attack on Dura market
raid next day|j|2029-01-06|Gunmen attack Dura again; 12 people are killed
raid elsewhere|i|2029-01-05|Gunmen attack the market of Feyl, killing 3 people
talks with gunmen|i|2029-01-20|The governor of Dura, Musa Tal, meets the leader of the gunmen
talks with gunmen|j|2029-01-20|Governor Musa Tal holds talks with the gunmen's leader
arrest|i|2029-02-02|Police arrest two suspects in the Dura attack
other arrest|j|2029-02-02|A suspect in the Feyl attack is arrested
"""


def occurrences() -> dict[str, list[Report]]:
    """Return the reports of each occurrence."""
    found: dict[str, list[Report]] = {}
    for number, line in enumerate(_LINES.strip().splitlines()):
        name, doc, on, title = line.split("|")
        names = [word.strip(",;'s") for word in title.split()[1:] if word[0].isupper()]
        first = title.split()[0]
        names += [first] if first in {"Merrow", "Aldo", "Ione", "Sella", "Wanda", "Ostra", "Northfield"} else []
        found.setdefault(name, []).append(report(title, on, doc=doc, number=number, names=names))
    return found
