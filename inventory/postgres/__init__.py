# SPDX-License-Identifier: EUPL-1.2
"""The private PostGIS: a cluster of Genbro's own, on a socket, for people with no database."""
