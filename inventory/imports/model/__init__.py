# SPDX-License-Identifier: EUPL-1.2
"""Building models: types to material classes, quantities to lots or requirements, a place to a site."""
