# SPDX-License-Identifier: EUPL-1.2
"""The forms in which people write down the papers of a lot."""
