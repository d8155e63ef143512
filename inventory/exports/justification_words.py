# SPDX-License-Identifier: EUPL-1.2
"""What stands on the justification of a purchase, in Danish and in English."""

from inventory.exports.lca_words import WORDS as LCA_WORDS

HEADS = {
    "justification": (
        "what", "quantity", "unit", "price", "dismantling_price", "preparation_price", "carriage", "storage",
        "disposal", "total", "per_unit", "co2e_unit", "km", "days", "grade", "papers",
    ),
    "market": (
        "what", "least", "likely", "most", "unit", "status", "valid_from", "edition", "source",
    ),
    "thresholds": (
        "contract", "value", "currency", "valid_from", "valid_to", "stands", "verified", "source",
    ),
}  # fmt: skip
"""Columns of each table."""

WORDS: dict[str, tuple[str, str]] = LCA_WORDS | {
    "justification": ("Begrundelse for køb", "Justification of a purchase"),
    "market": ("Markedspris", "Market price"),
    "thresholds": ("Tærskelværdier", "Thresholds"),
    "justification_note": (
        (
            "Genbros plan er et forslag og ikke en tildeling. Priser er uden moms. Mængden, der"
            " sammenlignes, er den valgte, eller det der er."
        ),
        (
            "A plan of Genbro is a proposal, not an award. Prices are without VAT. What is compared is"
            " the quantity chosen, or what there is."
        ),
    ),
    "said": ("oplyst med partiet", "said with the lot"),
    "said_wanted": ("oplyst med behovet", "said with the requirement"),
    "what": ("Hvad", "What"),
    "chosen": ("Valgt: {lot}", "Chosen: {lot}"),
    "other": ("Andet parti: {lot}", "Other lot: {lot}"),
    "buy_new": ("Nyt", "New"),
    "price": ("Pris, kr.", "Price, DKK"),
    "dismantling_price": ("Nedtagning, kr.", "Dismantling, DKK"),
    "preparation_price": ("Klargøring, kr.", "Preparation, DKK"),
    "carriage": ("Transport, kr.", "Transport, DKK"),
    "storage": ("Lager, kr.", "Storage, DKK"),
    "disposal": ("Sparet bortskaffelse, kr.", "Disposal avoided, DKK"),
    "total": ("I alt, kr.", "In all, DKK"),
    "per_unit": ("Pr. enhed, kr.", "Per unit, DKK"),
    "co2e_unit": ("kg CO2e pr. enhed", "kg CO2e per unit"),
    "days": ("Dage på lager", "Days in storage"),
    "grade": ("Stand", "Grade"),
    "papers": ("Dokumentation", "Documentation"),
    "papers_none": ("ingen", "none"),
    "papers_basic": ("grundlæggende", "basic"),
    "papers_tested": ("prøvet", "tested"),
    "lot": ("Parti", "Lot"),
    "place": ("Kommune", "Municipality"),
    "match": ("Match nr.", "Match no."),
    "plan": ("Plan", "Plan"),
    "delivery": ("Hentes og leveres", "Fetched and delivered"),
    "amount": ("Købes", "Bought"),
    "paid": ("Pris uden moms", "Price without VAT"),
    "saved": ("Sparet mod nyt", "Saved against new"),
    "transfer": ("Heraf betaling mellem offentlige", "Of it paid between public bodies"),
    "dismantling": ("Nedtagning", "Dismantling"),
    "dismantling_seller": ("i prisen: sælger tager det ned", "in the price: the seller takes it down"),
    "dismantling_unknown": ("ikke oplyst; ikke lagt til", "not said; not added"),
    "dismantling_known": (
        "{money} ved siden af prisen; lagt til her, men ikke i planen",
        "{money} beside the price; added here, though not in the plan",
    ),
    "supplied_by": ("Leveres af", "Supplied by"),
    "chosen_by": ("Valgt", "Chosen"),
    "nobody_said": ("uden navn", "nobody said who"),
    "compared_then": ("Sammenlignet, da der blev valgt", "Compared when it was chosen"),
    "client": ("bygherren", "the client"),
    "contractor": ("entreprenøren", "the contractor"),
    "looked_at": ("Partier set på", "Lots looked at"),
    "not_looked": (
        "Ingen nu: behovet er dækket eller trukket tilbage, eller pladsen har ingen koordinat",
        "None now: the requirement is met or withdrawn, or the site has no coordinate",
    ),
    "rule": ("Regel", "Rule"),
    "least": ("Lavest, kr.", "Least, DKK"),
    "likely": ("Sandsynlig, kr.", "Likely, DKK"),
    "most": ("Højest, kr.", "Most, DKK"),
    "new_price": ("Prisen på nyt", "Price of new"),
    "used_price": ("Prisen på brugt", "Price of used"),
    "asked": ("Bedt om for {lots} andre partier i Genbro", "Asked for {lots} other lots in Genbro"),
    "asked_none": ("Ingen andre partier i Genbro nævner en pris", "No other lot in Genbro names a price"),
    "this_price": ("Prisen her", "The price here"),
    "in_genbro": ("Genbros egne partier den {day}", "Genbro's own lots on {day}"),
    "contract": ("Kontrakt", "Contract"),
    "currency": ("Valuta", "Currency"),
    "stands": ("Dette køb alene", "This purchase alone"),
    "below": ("under", "below"),
    "reached": ("når den", "reaches it"),
    "other_currency": (
        "ikke sammenlignet: kroneværdien er ikke fundet",
        "not compared: its value in kroner was not found",
    ),
    "expired": ("udløbet, vist til sammenligning", "expired, shown for comparison"),
}
"""Danish and English; what the climate sheet says too is said alike."""
