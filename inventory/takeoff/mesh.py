# SPDX-License-Identifier: EUPL-1.2
"""Volume, area and length of a closed mesh, however it is turned."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A face belongs to a side of a plate where it leans less than 30 degrees from it: a mitred end does not.
_WITH_THE_SIDE = np.cos(np.pi / 6)
# A face of a roof looks up where it is less steep than some 84 degrees.
_LOOKS_UP = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What a mesh measures, in m, m² and m³.

    `side_m2` is the mean of the two sides of a plate (a wall, slab or board), openings taken off; `upper_m2`
    what looks up; `length_m` the extent along the axis of a bar.
    """

    volume_m3: float
    side_m2: float
    upper_m2: float
    length_m: float


def measure_mesh(points: NDArray[np.float64], faces: NDArray[np.intp]) -> Body:
    """Measure a closed mesh.

    The faces' normals, weighted by their area, say how a body lies: those of a plate point across it, and the
    axis of a bar is square to those of its sides. So neither depends on how the part is turned in the model.

    Parameters
    ----------
    points
        Shape (n, 3), metres.
    faces
        Shape (m, 3), indices of points, all turned the same way.
    """
    first, second, third = (points[faces[:, at]] for at in range(3))
    across = np.cross(second - first, third - first)
    areas = np.linalg.norm(across, axis=1) / 2
    real = areas > 0
    if not real.any():
        return Body(volume_m3=0.0, side_m2=0.0, upper_m2=0.0, length_m=0.0)
    volume = abs(float(np.einsum("ij,ij->", first, across))) / 6
    areas, normals = areas[real], across[real] / (2 * areas[real, None])
    _, directions = np.linalg.eigh(np.einsum("i,ij,ik->jk", areas, normals, normals))
    axis, plate = directions[:, 0], directions[:, 2]
    return Body(
        volume_m3=volume,
        side_m2=float(areas[np.abs(normals @ plate) > _WITH_THE_SIDE].sum()) / 2,
        upper_m2=float(areas[normals[:, 2] > _LOOKS_UP].sum()),
        length_m=float(np.ptp(points @ axis)),
    )
