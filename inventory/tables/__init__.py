# SPDX-License-Identifier: EUPL-1.2
"""Tables: one table and its enumeration per file."""

from inventory.tables.attachment import Attachment, AttachmentKind, Proves
from inventory.tables.attribute import ATTRIBUTES, Attribute, AttributeKind
from inventory.tables.base import SRID, Base
from inventory.tables.building import Building
from inventory.tables.bulk_edit_lot import BulkEditLot
from inventory.tables.certificate import Certificate
from inventory.tables.class_attribute import ClassAttribute
from inventory.tables.class_word import ClassWord, WordLanguage
from inventory.tables.code_list import CodeList
from inventory.tables.cutting import Cutting, CuttingBar, CuttingPart, CuttingStatus, SawnKind
from inventory.tables.demolition import Demolition, DemolitionSource
from inventory.tables.design_option import DesignOption
from inventory.tables.event import Event
from inventory.tables.explanation import Explanation
from inventory.tables.factor import Factor, FactorStatus
from inventory.tables.hub import Hub
from inventory.tables.ids import stable_id
from inventory.tables.ifc_rule import IfcRule
from inventory.tables.import_change import ImportChange
from inventory.tables.import_mapping import ImportMapping
from inventory.tables.import_part import REFUSED_PARTS, TAKEOFF_PART, ImportPart
from inventory.tables.import_row import ImportRow
from inventory.tables.imported import Import, ImportKind, ImportStatus
from inventory.tables.learned_factor import LearnedFactor
from inventory.tables.lot import (
    Basis,
    Crane,
    Documentation,
    Lot,
    LotStatus,
    Party,
    PriceAt,
    ProductStatus,
    Reuse,
    Screening,
)
from inventory.tables.lot_origin import LotOrigin
from inventory.tables.lot_price import LotPrice
from inventory.tables.lot_search import CountPart, LotCount, LotSearch
from inventory.tables.lot_step import LotStep, StepNeed
from inventory.tables.lot_survey import (
    ConditionBasis,
    Described,
    Detachability,
    Fixing,
    LotSurvey,
    TradeUnit,
)
from inventory.tables.lot_test import LotTest, TestOutcome
from inventory.tables.map_cell import CellEdge, CellPart, MapCell
from inventory.tables.map_mark import MapMark, MarkKind
from inventory.tables.map_stale import MapStale
from inventory.tables.map_state import MapState
from inventory.tables.map_tile import MapTile
from inventory.tables.match import Match, MatchStatus, MatchStorage
from inventory.tables.material_class import MaterialClass, Unit
from inventory.tables.materialepas import Materialepas
from inventory.tables.municipality import Municipality
from inventory.tables.municipality_area import MunicipalityArea
from inventory.tables.organisation import PUBLIC_KINDS, Organisation, OrganisationKind
from inventory.tables.product_decision import ProductDecision
from inventory.tables.project import Project
from inventory.tables.project_outcome import ProjectOutcome
from inventory.tables.region import Region
from inventory.tables.requirement import Requirement, RequirementStatus, Supplier
from inventory.tables.requirement_piece import RequirementPiece
from inventory.tables.road_edge import RoadEdge, RoadEdgeKind
from inventory.tables.road_node import RoadNode
from inventory.tables.room import Room
from inventory.tables.run import Run, RunStatus, RunStep
from inventory.tables.sample import Sample
from inventory.tables.screening_limit import ScreeningLimit
from inventory.tables.site import Firmness, Site, SiteKind
from inventory.tables.site_look import SiteLook
from inventory.tables.substitute import Substitute
from inventory.tables.town import Town
from inventory.tables.unmet import Unmet

__all__ = [
    "ATTRIBUTES",
    "PUBLIC_KINDS",
    "REFUSED_PARTS",
    "SRID",
    "TAKEOFF_PART",
    "Attachment",
    "AttachmentKind",
    "Attribute",
    "AttributeKind",
    "Base",
    "Basis",
    "Building",
    "BulkEditLot",
    "CellEdge",
    "CellPart",
    "Certificate",
    "ClassAttribute",
    "ClassWord",
    "CodeList",
    "ConditionBasis",
    "CountPart",
    "Crane",
    "Cutting",
    "CuttingBar",
    "CuttingPart",
    "CuttingStatus",
    "Demolition",
    "DemolitionSource",
    "Described",
    "DesignOption",
    "Detachability",
    "Documentation",
    "Event",
    "Explanation",
    "Factor",
    "FactorStatus",
    "Firmness",
    "Fixing",
    "Hub",
    "IfcRule",
    "Import",
    "ImportChange",
    "ImportKind",
    "ImportMapping",
    "ImportPart",
    "ImportRow",
    "ImportStatus",
    "LearnedFactor",
    "Lot",
    "LotCount",
    "LotOrigin",
    "LotPrice",
    "LotSearch",
    "LotStatus",
    "LotStep",
    "LotSurvey",
    "LotTest",
    "MapCell",
    "MapMark",
    "MapStale",
    "MapState",
    "MapTile",
    "MarkKind",
    "Match",
    "MatchStatus",
    "MatchStorage",
    "MaterialClass",
    "Materialepas",
    "Municipality",
    "MunicipalityArea",
    "Organisation",
    "OrganisationKind",
    "Party",
    "PriceAt",
    "ProductDecision",
    "ProductStatus",
    "Project",
    "ProjectOutcome",
    "Proves",
    "Region",
    "Requirement",
    "RequirementPiece",
    "RequirementStatus",
    "Reuse",
    "RoadEdge",
    "RoadEdgeKind",
    "RoadNode",
    "Room",
    "Run",
    "RunStatus",
    "RunStep",
    "Sample",
    "SawnKind",
    "Screening",
    "ScreeningLimit",
    "Site",
    "SiteKind",
    "SiteLook",
    "StepNeed",
    "Substitute",
    "Supplier",
    "TestOutcome",
    "Town",
    "TradeUnit",
    "Unit",
    "Unmet",
    "WordLanguage",
    "stable_id",
]
