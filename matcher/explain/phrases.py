# SPDX-License-Identifier: EUPL-1.2
"""The phrases explanations are made of, in Danish and English; terms as in docs/glossary.md."""

from __future__ import annotations

from matcher.reasons import Reason

PHRASES: dict[str, dict[str, str]] = {
    "en": {
        "matched": "{quantity} of lot {lot} go to {requirement}.",
        "road": "It is {km} km by road.",
        "stored_site": "In between it waits {days} in storage on the donor's site.",
        "stored_builder": "In between it waits {days} in storage at the builder's site.",
        "stored_hub": "In between it waits {days} in storage at hub {hub}; the road is by way of it.",
        "costs": "All in all a {unit} costs DKK {cost}; new it would be DKK {new}, so DKK {saved} is saved.",
        "priced": "Others want the lot too: a {unit} more of it would save them DKK {price}.",
        "unpriced": "Nobody else goes short of it: there is enough for all who can use it.",
        "stopped": "Lot {lot} cannot serve {requirement}: {why}.",
        "too_dear": (
            "Lot {lot} could serve {requirement}, but a {unit} would cost DKK {cost}; new it costs DKK {new}."
        ),
        "taken": (
            "Lot {lot} could serve {requirement}, where a {unit} is worth DKK {worth}, but others save more"
            " by it: its price is DKK {price}."
        ),
        "hub_full": (
            "Lot {lot} could serve {requirement}, where a {unit} is worth DKK {worth}, but it would have to"
            " wait at hub {hub}, and there is no room."
        ),
        "hub_months": "Hub {hub} is full in {months}.",
        "hub_margin": "A square metre more there would save {savings}.",
        "hub_saving": "DKK {price} in {month}",
        "hub_fee": "The room a {unit} takes there is worth DKK {fee} to those who have it.",
        "no_room": "There are lots for more of it, but no room for them to wait in.",
        "or_no_room": "it saves more elsewhere, or finds no room to wait in",
        "tied": (
            "Lot {lot} could serve {requirement} just as well as those who got it: a {unit} is worth"
            " DKK {worth} to both. Either choice gives the same total."
        ),
        "not_needed": "Lot {lot} could serve {requirement}, but better ones were at hand.",
        "taker": "{quantity} went to {taker}, where a {unit} is worth DKK {worth}.",
        "lot_used": "{percent} % of lot {lot} is used.",
        "lot_unused": "Lot {lot} is not used by this plan.",
        "all_met": "{requirement} gets all of its {quantity}.",
        "part_met": "{requirement} wants {quantity}; {missing} of it is bought new.",
        "none_met": "{requirement} wants {quantity}; all of it is bought new.",
        "because": "The lots that came nearest were stopped here: {why}.",
        "stopped_here": "{lots} lots: {why}.",
        "stopped_here_one": "1 lot: {why}.",
        "advice": "What would help, one change at a time:",
        "no_advice": "No single change of its bounds would give it more.",
        "would_meet": "{change}: {quantity} more; in all DKK {saved} saved. Lots let in: {lots}.",
        "farther": "{by} km farther",
        "later": "Wanted {by} days later",
        "earlier": "Wanted {by} days earlier",
        "stored_longer": "{by} days longer in storage",
        "documentation": "Less documentation",
        "screening": "Lots not screened yet",
        "substitutes": "Substitutes",
        "attribute_minimum": "{attribute} from {value}",
        "attribute_maximum": "{attribute} up to {value}",
        "attribute_unknown": "{attribute} not known",
    },
    "da": {
        "matched": "{quantity} af parti {lot} går til {requirement}.",
        "road": "Der er {km} km ad vej.",
        "stored_site": "Undervejs ligger det {days} på lager på donorens grund.",
        "stored_builder": "Undervejs ligger det {days} på lager på byggepladsen.",
        "stored_hub": "Undervejs ligger det {days} på lager i hub {hub}; vejen går via den.",
        "costs": (
            "Alt i alt koster det {cost} kr. pr. {unit}; nyt ville koste {new} kr., så der spares {saved} kr."
        ),
        "priced": "Andre vil også have partiet: fik de mere af det, ville de spare {price} kr. pr. {unit}.",
        "unpriced": "Ingen andre mangler det: der er nok til alle, der kan bruge det.",
        "stopped": "Parti {lot} kan ikke dække {requirement}: {why}.",
        "too_dear": (
            "Parti {lot} kunne dække {requirement}, men koster {cost} kr. pr. {unit}; nyt koster {new} kr."
        ),
        "taken": (
            "Parti {lot} kunne dække {requirement}, hvor det er {worth} kr. værd pr. {unit}, men andre sparer"
            " mere ved det: dets pris er {price} kr."
        ),
        "hub_full": (
            "Parti {lot} kunne dække {requirement}, hvor det er {worth} kr. værd pr. {unit}, men det skulle"
            " ligge på lager i hub {hub}, og der er ikke plads."
        ),
        "hub_months": "Hub {hub} er fuld i {months}.",
        "hub_margin": "En kvadratmeter mere dér ville spare {savings}.",
        "hub_saving": "{price} kr. i {month}",
        "hub_fee": "Pladsen dér er {fee} kr. værd pr. {unit} for dem, der har den.",
        "no_room": "Der er partier til mere af det, men ikke plads til, at de kan ligge på lager.",
        "or_no_room": "det sparer mere et andet sted eller kan ikke få plads på lager",
        "tied": (
            "Parti {lot} kunne dække {requirement} lige så godt som dem, der fik det: det er {worth} kr. værd"
            " pr. {unit} begge steder. Begge valg giver samme resultat."
        ),
        "not_needed": "Parti {lot} kunne dække {requirement}, men bedre partier var ved hånden.",
        "taker": "{quantity} gik til {taker}, hvor det er {worth} kr. værd pr. {unit}.",
        "lot_used": "{percent} % af parti {lot} bruges.",
        "lot_unused": "Parti {lot} bruges ikke i denne plan.",
        "all_met": "{requirement} får alle sine {quantity}.",
        "part_met": "{requirement} ønsker {quantity}; heraf købes {missing} nyt.",
        "none_met": "{requirement} ønsker {quantity}; det hele købes nyt.",
        "because": "De partier, der kom nærmest, blev stoppet her: {why}.",
        "stopped_here": "{lots} partier: {why}.",
        "stopped_here_one": "1 parti: {why}.",
        "advice": "Hvad der ville hjælpe, én ændring ad gangen:",
        "no_advice": "Ingen enkelt ændring af dets grænser ville give det mere.",
        "would_meet": "{change}: {quantity} mere; i alt spares {saved} kr. Nye partier: {lots}.",
        "farther": "{by} km længere væk",
        "later": "Ønsket {by} dage senere",
        "earlier": "Ønsket {by} dage tidligere",
        "stored_longer": "{by} dage længere på lager",
        "documentation": "Mindre dokumentation",
        "screening": "Partier, der endnu ikke er screenet",
        "substitutes": "Erstatninger",
        "attribute_minimum": "{attribute} fra {value}",
        "attribute_maximum": "{attribute} op til {value}",
        "attribute_unknown": "{attribute} ukendt",
    },
}

REASON_PHRASES: dict[str, dict[Reason, str]] = {
    "en": {
        Reason.NO_LOT_OF_CLASS: "nobody offers this material",
        Reason.DOCUMENTATION: "its documentation is not enough",
        Reason.SCREENING: "it is not cleared for harmful substances",
        Reason.ATTRIBUTE: "its dimensions or properties are not those asked for",
        Reason.DISTANCE: "it is farther away than the requirement allows",
        Reason.NO_ROAD: "no road or bridge leads there",
        Reason.WINDOW: "it is not there when it is wanted, and cannot be stored that long",
        Reason.MINIMUM_TAKE: "it is only given away in larger quantities",
        Reason.FULFILMENT: "it does not reach the share the project insists on",
        Reason.MOST_DONORS: "the project would have to fetch from too many places",
        Reason.BUDGET: "it would take the project over its budget",
        Reason.TAKEN: "it saves more elsewhere",
        Reason.TOO_DEAR: "it costs more than new",
        Reason.STALE: "it changed while the plan was made",
    },
    "da": {
        Reason.NO_LOT_OF_CLASS: "ingen udbyder dette materiale",
        Reason.DOCUMENTATION: "dokumentationen er ikke god nok",
        Reason.SCREENING: "det er ikke frikendt for skadelige stoffer",
        Reason.ATTRIBUTE: "mål eller egenskaber er ikke som krævet",
        Reason.DISTANCE: "det ligger længere væk, end behovet tillader",
        Reason.NO_ROAD: "ingen vej eller bro fører dertil",
        Reason.WINDOW: "det er der ikke, når det ønskes, og kan ikke ligge på lager så længe",
        Reason.MINIMUM_TAKE: "det afgives kun i større mængder",
        Reason.FULFILMENT: "det dækker ikke den andel, projektet kræver",
        Reason.MOST_DONORS: "projektet skulle hente for mange steder",
        Reason.BUDGET: "det ville bringe projektet over budgettet",
        Reason.TAKEN: "det sparer mere et andet sted",
        Reason.TOO_DEAR: "det koster mere end nyt",
        Reason.STALE: "det blev ændret, mens planen blev lavet",
    },
}

MANY: dict[str, dict[str, str]] = {"en": {"piece": "pieces", "tonne": "tonnes"}, "da": {}}
"""Unit words that change where there is more than one."""

UNIT_WORDS: dict[str, dict[str, str]] = {
    "en": {"piece": "piece", "m": "m", "m2": "m²", "m3": "m³", "kg": "kg", "t": "tonne"},
    "da": {"piece": "stk.", "m": "m", "m2": "m²", "m3": "m³", "kg": "kg", "t": "ton"},
}

MONTHS: dict[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "da": (
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ),
}

DAYS: dict[str, tuple[str, str]] = {"en": ("day", "days"), "da": ("dag", "dage")}
"""What one day and several are called."""

AND: dict[str, str] = {"en": " and ", "da": " og "}
"""What stands before the last of several."""
