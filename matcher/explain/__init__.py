# SPDX-License-Identifier: EUPL-1.2
"""Why a pair meets or not, why a part is unmet, and what would help: as codes and as sentences."""
