# SPDX-License-Identifier: EUPL-1.2
"""Sites, hubs, towns, municipalities and regions."""
