# SPDX-License-Identifier: EUPL-1.2
"""The ids of the sample's things, for tests that ask for one."""

from uuid import UUID

from inventory.tables import stable_id

RUN_ID = stable_id("run", "sample done")
FAILED_RUN_ID = stable_id("run", "sample failed")
WAITING_RUN_ID = stable_id("run", "sample waiting")


def lot_id(site: str, code: str, basis: str = "estimated") -> UUID:
    """Give the id of a lot of the sample."""
    return stable_id("lot", site, code, basis)


def site_id(name: str) -> UUID:
    """Give the id of a site of the sample."""
    return stable_id("site", name)


FIRM_ID = stable_id("organisation", "sample firm")
HUB_ID = stable_id("site", "hub", "sample")


def requirement_id(project: str, code: str) -> UUID:
    """Give the id of a requirement of the sample."""
    return stable_id("requirement", project, code)


def project_id(name: str) -> UUID:
    """Give the id of a project of the sample."""
    return stable_id("project", name)
