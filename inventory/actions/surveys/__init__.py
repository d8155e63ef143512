# SPDX-License-Identifier: EUPL-1.2
"""What is surveyed on site: written down, corrected, taken out."""
