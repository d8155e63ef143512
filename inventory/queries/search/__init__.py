# SPDX-License-Identifier: EUPL-1.2
"""What a person asks of the supply, and its answers: list, facets, map, sums and nearest ways out."""
