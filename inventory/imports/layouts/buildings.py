# SPDX-License-Identifier: EUPL-1.2
"""The columns of the building register's extract, under the register's own names, and our three."""

from inventory.imports.headers import Column, ColumnKind, Layout


def _register(
    name: str, raw: str, kind: ColumnKind, da: str, en: str, *, example: str = "", also: tuple[str, ...] = ()
) -> Column:
    # the register's own name is the Danish header; "byg026" with any ending is understood too
    return Column(
        name=name,
        da=raw,
        en=raw,
        kind=kind,
        help_da=da,
        help_en=en,
        also=(*((raw[:6],) if raw.startswith("byg") else ()), *also),
        example_da=example,
        example_en=example,
    )


BUILDING_LAYOUT = Layout(
    kind="buildings",
    required=("bbr_id", "status_code", "use_code"),
    columns=(
        _register(
            "bbr_id",
            "id_lokalId",
            "uuid",
            "Bygningens id (UUID).",
            "The building's id (UUID).",
            example="00000000-0000-4000-8000-000000000001",
        ),
        _register(
            "municipality", "kommunekode", "text", "Firecifret kode.", "Four-digit code.", example="0461"
        ),
        _register(
            "status_code",
            "status",
            "integer",
            "Livscyklus; kun 6 står.",
            "Life cycle; only 6 stands.",
            example="6",
            also=("livscyklus",),
        ),
        _register(
            "case_code",
            "forretningsproces",
            "integer",
            "Åben sag; 3, 31 og 32 er nedrivning.",
            "Open case; 3, 31 and 32 are demolition.",
            example="0",
            also=("sagstype",),
        ),
        _register(
            "register_date",
            "virkningFra",
            "text",
            "Hvornår registret sidst ændrede rækken.",
            "When the register last changed the row.",
            example="2024-05-27T17:37:48Z",
            also=("registreringFra",),
        ),
        _register(
            "number",
            "byg007Bygningsnummer",
            "integer",
            "Bygningens nummer på grunden.",
            "The building's number on its plot.",
            example="1",
        ),
        _register(
            "use_code",
            "byg021BygningensAnvendelse",
            "integer",
            "Anvendelse; 9xx er udhuse.",
            "Use; 9xx are outbuildings.",
            example="120",
        ),
        _register(
            "year_built",
            "byg026Opførelsesår",
            "integer",
            "Opførelsesår; 0, 1000 eller tom: ukendt.",
            "Year built; 0, 1000 or empty: unknown.",
            example="1938",
        ),
        _register(
            "year_rebuilt",
            "byg027OmTilbygningsår",
            "integer",
            "Om- eller tilbygningsår; 0: intet.",
            "Year rebuilt; 0: none.",
            example="0",
        ),
        _register(
            "wall_code", "byg032YdervæggensMateriale", "integer", "Ydervæg.", "Outer wall.", example="1"
        ),
        _register("roof_code", "byg033Tagdækningsmateriale", "integer", "Tag.", "Roof.", example="5"),
        _register(
            "wall2_code",
            "byg034SupplerendeYdervæggensMateriale",
            "integer",
            "Supplerende ydervæg.",
            "Supplementary outer wall.",
        ),
        _register(
            "roof2_code",
            "byg035SupplerendeTagdækningsMateriale",
            "integer",
            "Supplerende tag.",
            "Supplementary roof.",
        ),
        _register(
            "asbestos_code",
            "byg036AsbestholdigtMateriale",
            "integer",
            "Asbestholdigt materiale.",
            "Material containing asbestos.",
        ),
        _register(
            "material_source_code",
            "byg037KildeTilBygningensMaterialer",
            "integer",
            "Kilde til materialerne.",
            "Source of the materials.",
            example="1",
        ),
        _register(
            "total_area_m2",
            "byg038SamletBygningsareal",
            "number",
            "Samlet areal; 0: ikke registreret.",
            "Total area; 0: not registered.",
            example="146",
        ),
        _register(
            "dwelling_area_m2",
            "byg039BygningensSamledeBoligAreal",
            "number",
            "Boligareal.",
            "Dwelling area.",
            example="146",
        ),
        _register(
            "business_area_m2",
            "byg040BygningensSamledeErhvervsAreal",
            "number",
            "Erhvervsareal.",
            "Business area.",
            example="0",
        ),
        _register(
            "footprint_m2",
            "byg041BebyggetAreal",
            "number",
            "Bebygget areal; 0: ikke registreret.",
            "Footprint; 0: not registered.",
            example="146",
        ),
        _register(
            "floors",
            "byg054AntalEtager",
            "integer",
            "Etager; 0: ikke registreret.",
            "Floors; 0: not registered.",
            example="1",
        ),
        _register(
            "heating_code",
            "byg056Varmeinstallation",
            "integer",
            "Varmeinstallation.",
            "Heating.",
            example="1",
        ),
        _register("listed_code", "byg070Fredning", "integer", "Fredning.", "Listed building."),
        _register(
            "point",
            "byg404Koordinat",
            "text",
            "POINT (x y) i EPSG:25832.",
            "POINT (x y) in EPSG:25832.",
            example="POINT (588000 6139700)",
        ),
        _register(
            "address", "adresse", "text", "Adresse.", "Address.", example="Eksempelvej 1, 5000 Odense C"
        ),
        _register("postcode", "postnr", "text", "Postnummer.", "Postcode.", example="5000"),
        _register("town", "postdistrikt", "text", "Postdistrikt.", "Postal district.", example="Odense C"),
        _register("x", "x_utm32", "number", "Øst, EPSG:25832.", "East, EPSG:25832.", also=("x",)),
        _register("y", "y_utm32", "number", "Nord, EPSG:25832.", "North, EPSG:25832.", also=("y",)),
        _register("lon", "lon", "number", "Grader øst.", "Degrees east.", also=("longitude", "længdegrad")),
        _register("lat", "lat", "number", "Grader nord.", "Degrees north.", also=("latitude", "breddegrad")),
        Column(
            name="available_from",
            da="genbro_available_from",
            en="genbro_available_from",
            kind="date",
            help_da="Første dag i nedrivningsvinduet.",
            help_en="First day of the demolition window.",
            also=("ledig fra",),
            example_da="01-03-2027",
            example_en="2027-03-01",
        ),
        Column(
            name="available_to",
            da="genbro_available_to",
            en="genbro_available_to",
            kind="date",
            help_da="Første dag efter vinduet.",
            help_en="The first day after the window.",
            also=("ledig til",),
            example_da="01-06-2027",
            example_en="2027-06-01",
        ),
        Column(
            name="firmness",
            da="genbro_firmness",
            en="genbro_firmness",
            kind="word",
            words="firmness",
            help_da="Hvor sikker nedrivningen er.",
            help_en="How sure the demolition is.",
            also=("nedrivningens status",),
            example_da="tilladelse søgt",
            example_en="permit_applied",
        ),
    ),
)
# Columns of the register we know of and have no use for: not reported as unknown.
REGISTER_NOT_USED = frozenset(
    {
        "byg055AfvigendeEtager",
        "byg057Opvarmningsmiddel",
        "byg029DatoForMidlertidigOpførtBygning",
        "byg133KildeTilKoordinatsæt",
        "byg134KvalitetAfKoordinatsæt",
        "jordstykke",
        "husnummer",
        "grund",
    }
)
