# SPDX-License-Identifier: EUPL-1.2
"""Models for the tests, made by ifcopenshell in a process of its own, as they are read."""

import subprocess
import sys
from pathlib import Path

BEGIN = """
import sys
import numpy as np
import ifcopenshell, ifcopenshell.guid
from ifcopenshell.api import run
VERSION = sys.argv[2]
model = run("project.create_file", version=VERSION)
if VERSION == "IFC2X3":  # every element has an author there
    run("owner.add_person_and_organisation", model, person=run("owner.add_person", model),
        organisation=run("owner.add_organisation", model))
    run("owner.add_application", model)
project = run("root.create_entity", model, ifc_class="IfcProject", name="P")
length = run("unit.add_si_unit", model, unit_type="LENGTHUNIT", prefix="MILLI")
volume = run("unit.add_si_unit", model, unit_type="VOLUMEUNIT")
area = run("unit.add_si_unit", model, unit_type="AREAUNIT")
run("unit.assign_unit", model, units=[length, volume, area])
whole = run("context.add_context", model, context_type="Model")
body = run("context.add_context", model, context_type="Model", context_identifier="Body",
           target_view="MODEL_VIEW", parent=whole)
site = run("root.create_entity", model, ifc_class="IfcSite", name="S")
run("aggregate.assign_object", model, products=[site], relating_object=project)

def place(element, x=0.0, y=0.0, z=0.0):
    matrix = np.eye(4)
    matrix[:3, 3] = (x, y, z)
    run("geometry.edit_object_placement", model, product=element, matrix=matrix)

def add(ifc_class, name, type_name=None, predefined=None, **attributes):
    element = run("root.create_entity", model, ifc_class=ifc_class, name=name, predefined_type=predefined)
    element.ObjectType = type_name
    for key, value in attributes.items():
        setattr(element, key, value)
    place(element)
    return element

def make_of(material, *elements):
    run("material.assign_material", model, products=list(elements),
        material=run("material.add_material", model, name=material))

def layer(elements, *layers):
    layer_set = run("material.add_material_set", model, name="layers", set_type="IfcMaterialLayerSet")
    for name, thickness in layers:
        one = run("material.add_layer", model, layer_set=layer_set,
                  material=run("material.add_material", model, name=name))
        run("material.edit_layer", model, layer=one, attributes={"LayerThickness": thickness})
    run("material.assign_material", model, products=list(elements), material=layer_set)

def wall(element, long=4.0, high=2.5, thick=0.2):
    shape = run("geometry.add_wall_representation", model, context=body, length=long, height=high,
                thickness=thick)
    run("geometry.assign_representation", model, product=element, representation=shape)

def bar(element, x, y, long):
    profile = model.create_entity("IfcRectangleProfileDef", ProfileType="AREA", ProfileName=f"{x}x{y}",
                                  XDim=float(x), YDim=float(y),
                                  Position=model.create_entity("IfcAxis2Placement2D",
                                      model.create_entity("IfcCartesianPoint", (0.0, 0.0))))
    shape = run("geometry.add_profile_representation", model, context=body, profile=profile, depth=long)
    run("geometry.assign_representation", model, product=element, representation=shape)

def declare(element, name, **quantities):
    found = run("pset.add_qto", model, product=element, name=name)
    run("pset.edit_qto", model, qto=found, properties=quantities)

def say(element, name, **properties):
    found = run("pset.add_pset", model, product=element, name=name)
    run("pset.edit_pset", model, pset=found, properties=properties)
"""

# Three walls of 4 x 0.2 x 2.5 m in millimetres: the second has the first one's GUID and stands elsewhere,
# the third declares 2000 m3 and gross areas; a copy of the first; an opening, a void to
# be, and a virtual element.
WALLS = """
walls = [add("IfcWall", f"W-{at}", "heavy" if at == 3 else "plain") for at in (1, 2, 3, 4)]
for at, one in enumerate(walls):
    wall(one)
    place(one, y=[0.0, 3.0, 6.0, 0.0][at])
make_of("Brick", *walls)
walls[1].GlobalId = walls[3].GlobalId = walls[0].GlobalId
declare(walls[2], "Qto_WallBaseQuantities", NetVolume=2000.0, GrossSideArea=12.0, Length=4000.0)
add("IfcOpeningElement", "O")
add("IfcVirtualElement", "V")
add("IfcBuildingElementProxy", "Clearance 1")
"""

# A house of what is traded: doors, windows, a radiator and a toilet by piece, layered walls and boards by
# area, rafters and a steel beam by length, something nobody can name, a georeference.
HOUSE = """
for at in range(3):
    door = add("IfcDoor", f"Dør-{at}", "Inderdør 9x21", OverallWidth=890.0, OverallHeight=2090.0)
    say(door, "Pset_DoorCommon", IsExternal=False)
for at in range(2):
    window = add("IfcWindow", f"Vindue-{at}", "Trævindue 12x12", OverallWidth=1188.0, OverallHeight=1188.0)
outer = [add("IfcWall", f"Y-{at}", "Ydervæg 408") for at in range(2)]
for at, one in enumerate(outer):
    wall(one, long=10.0, high=2.8, thick=0.408)
    place(one, y=10.0 * at)
    say(one, "Pset_WallCommon", IsExternal=True)
    declare(one, "Qto_WallBaseQuantities" if VERSION == "IFC4" else "BaseQuantities", NetSideArea=28.0)
layer(outer, ("Mursten, gul", 108.0), ("Mineraluld", 190.0), ("Letbeton", 110.0))
inner = add("IfcWall", "I-1", "Skillevæg gips")
wall(inner, long=5.0, high=2.5, thick=0.1)
place(inner, y=30.0)
layer([inner], ("Gipsplade", 25.0), ("Gipsplade", 25.0), ("Mineraluld", 50.0))
for at in range(4):
    rafter = add("IfcMember", f"Spær-{at}", "Spær 45x195", predefined="RAFTER" if VERSION == "IFC4" else None)
    bar(rafter, 45, 195, 6.0)
    place(rafter, x=at, y=40.0)
    make_of("Konstruktionstræ C24", rafter)
beam = add("IfcBeam", "B-1", "HEB200")
bar(beam, 200, 200, 7.25)
place(beam, y=50.0)
make_of("Stål S235", beam)
declare(beam, "Qto_BeamBaseQuantities" if VERSION == "IFC4" else "BaseQuantities", Length=7250000.0)
if VERSION == "IFC4":
    add("IfcSanitaryTerminal", "WC-1", "Gulvstående", predefined="TOILETPAN")
    add("IfcSpaceHeater", "R-1", "Stålradiator 600x1200", predefined="RADIATOR")
odd = add("IfcBuildingElementProxy", "Kunstværk", "Skulptur")
wall(odd, long=1.0, high=1.0, thick=1.0)
place(odd, y=60.0)
"""

# Odense, by each way there is.
LATITUDE = """
site.RefLatitude, site.RefLongitude = (55, 24, 0, 0), (10, 23, 0, 0)
"""
CONVERSION = """
run("georeference.add_georeferencing", model)
run("georeference.edit_georeferencing", model, projected_crs={"Name": "EPSG:25832"},
    coordinate_operation={"Eastings": 588000000.0, "Northings": 6139700000.0})
"""
END = """
model.write(sys.argv[1])
"""


def make_model(path: Path, *parts: str, version: str = "IFC4") -> Path:
    """Make a model of some of the parts above."""
    program = "\n".join([BEGIN, *parts, END])
    done = subprocess.run(
        [sys.executable, "-c", program, path, version], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return path
