# SPDX-License-Identifier: EUPL-1.2
"""What the map shows: marks, the cells they are summed in, and tiles of both."""
