# SPDX-License-Identifier: EUPL-1.2
"""Key figures of a plan, each defined once, from the exact rates of its matches."""
