# SPDX-License-Identifier: EUPL-1.2
"""What an import writes, one kind of thing a file; and its own record."""
