// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/ui/uifixture.h"

namespace society::test {

/// Money of three months: recharges, runs of three models, a correction, holds with and without a run, prices, tenants.
[[nodiscard]] bool makeMoneySample(TestWorkspace &services);

/// Writes pictures of the Accounts page and its dialogs, `accounts-VARIANT.png` and so on, and a statement as
/// PDF into a folder.
void takeMoneyPictures(UiFixture &fixture, const QString &variant, const QString &folder);

/// People with roles in a ledger that is shared; needs a fixture on a server.
[[nodiscard]] bool makeMembersSample(TestWorkspace &services);
void takeMembersPicture(UiFixture &fixture, const QString &variant, const QString &folder);

} // namespace society::test
