# SPDX-License-Identifier: EUPL-1.2
"""Take-off: what a building model (IFC) holds, per type, with declared volumes checked against geometry."""
