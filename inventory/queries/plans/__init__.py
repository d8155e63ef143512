# SPDX-License-Identifier: EUPL-1.2
"""What a run gave: as pages, as tables, explained."""
