# SPDX-License-Identifier: EUPL-1.2
"""The columns of a file of lots that say how it is reused, who may sell it and on what terms."""

from inventory.imports.headers import Column

MOVED_COLUMN = Column(
    name="moved",
    da="Flyttet ind eller ud",
    en="Moved in or out",
    kind="number",
    help_da="Så meget af mængden kom fra andre partier; med minus: så meget gik til andre. Skrives ved"
    " eksport og læses kun for partier, der er her i forvejen.",
    help_en="So much of the quantity came from other lots; with a minus: so much went to others. Written by"
    " the export, and read only for lots that are here already.",
)


def _party(name: str, da: str, en: str, *also: str) -> Column:
    return Column(
        name=name,
        da=da,
        en=en,
        kind="word",
        words="party",
        also=also,
        help_da="Tom: som det er sagt før.",
        help_en="Empty: as said before.",
        example_da="sælger",
        example_en="seller",
    )


TRADE_COLUMNS: tuple[Column, ...] = (
    Column(
        name="reuse",
        da="Genbrugsmåde",
        en="Way of reuse",
        kind="word",
        words="way_of_reuse",
        also=("genbrug", "reuse decision", "beslutning om genbrug"),
        help_da="Direkte genbrug, eller forberedelse til genbrug, hvor det er affald så længe; tom: som det"
        " er besluttet før.",
        help_en="Direct reuse, or preparation for reuse, where it is waste until then; empty: as decided"
        " before.",
        example_da="direkte genbrug",
        example_en="direct reuse",
    ),
    Column(
        name="waste_number",
        da="Affaldets løbenummer",
        en="Waste running number",
        kind="text",
        also=("affaldsanmeldelse", "running number", "waste notification number"),
        help_da="Løbenummeret fra affaldsanmeldelsen; kun ved forberedelse til genbrug. Tom: som før.",
        help_en="Running number of the waste notification; only for preparation for reuse. Empty: as before.",
    ),
    Column(
        name="waste_receiver",
        da="Affaldets modtager",
        en="Waste receiver",
        kind="text",
        also=("affaldsmodtager", "modtageanlæg", "receiver of the waste"),
        help_da="Første modtager af affaldet; kun ved forberedelse til genbrug. Tom: som før.",
        help_en="First receiver of the waste; only for preparation for reuse. Empty: as before.",
    ),
    Column(
        name="materials_owner",
        da="Materialernes ejer",
        en="Owner of the materials",
        kind="text",
        also=("ejer af materialerne", "sælges af", "materials owner", "sold by"),
        help_da="Hvem der ejer materialerne og må sælge dem; tom: som før, ellers som stedet siger.",
        help_en="Who owns the materials and may sell them; empty: as before, else as the site says.",
        example_da="Fyns Nedrivning",
        example_en="Fyns Nedrivning",
    ),
    Column(
        name="sellable_from",
        da="Må sælges fra",
        en="May sell from",
        kind="date",
        also=("salgsret fra", "right to sell from", "sellable from"),
        help_da="Første dag, ejeren må sælge; tom: som før, ellers som stedet siger.",
        help_en="First day on which the owner may sell; empty: as before, else as the site says.",
        example_da="01-02-2027",
        example_en="2027-02-01",
    ),
    Column(
        name="right_paper",
        da="Dokument for salgsretten",
        en="Paper of the right to sell",
        kind="text",
        also=("salgsdokument", "kontrakt", "right paper", "contract"),
        help_da="Navnet på et dokument, der ligger ved partiet eller stedet, fx nedrivningskontrakten. Tom:"
        " som før.",
        help_en="Name of a document kept with the lot or its site, such as the demolition contract. Empty: as"
        " before.",
    ),
    Column(
        name="price_at",
        da="Prisen gælder",
        en="Price holds",
        kind="word",
        words="price_at",
        also=("leveringssted", "price at", "the price covers"),
        help_da="Hentet på stedet, eller leveret; prisen er uden moms. Tom: som før.",
        help_en="Fetched at the site, or delivered; the price is without VAT. Empty: as before.",
        example_da="på stedet",
        example_en="at the site",
    ),
    _party("dismantled_by", "Tages ned af", "Taken down by", "nedtagning", "demonteres af", "dismantled by"),
    _party("loaded_by", "Læsses af", "Loaded by", "læsning"),
    _party("unloaded_by", "Aflæsses af", "Unloaded by", "aflæsning"),
    Column(
        name="crane",
        da="Løftegrej",
        en="Lifting gear",
        kind="word",
        words="crane",
        also=("kran", "lift"),
        help_da="Kran, lift eller teleskoplæsser; tom: som før.",
        help_en="Crane, lift or telehandler; empty: as before.",
        example_da="skal lejes",
        example_en="to be hired",
    ),
    Column(
        name="minimum_hire_hours",
        da="Mindste leje (timer)",
        en="Minimum hire (hours)",
        kind="integer",
        also=("mindsteleje", "minimum hire"),
        help_da="Det mindste, løftegrejet lejes for; tom: som før.",
        help_en="The least the lifting gear is hired for; empty: as before.",
        example_da="4",
        example_en="4",
    ),
    Column(
        name="access_note",
        da="Adgang",
        en="Access",
        kind="text",
        also=("adgangsforhold", "access note"),
        help_da="Hvordan man kommer til det: port, trappe, lift. Tom: som før.",
        help_en="How to get at it: gate, stairs, lift. Empty: as before.",
        example_da="Port mod gården, 3 m",
        example_en="Gate to the yard, 3 m",
    ),
    Column(
        name="storage_place",
        da="Lagerplads",
        en="Storage place",
        kind="text",
        also=("opbevaring", "hylde", "shelf"),
        help_da="Hvor det lægges, når det er taget ned. Tom: som før.",
        help_en="Where it is put once it is down. Empty: as before.",
        example_da="Reol 4",
        example_en="Rack 4",
    ),
)
TRADE_NAMES: tuple[str, ...] = tuple(column.name for column in TRADE_COLUMNS)
