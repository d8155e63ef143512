# SPDX-License-Identifier: EUPL-1.2
"""The map's marks and cells, kept current."""
