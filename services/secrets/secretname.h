// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/ids.h"

#include <compare>

namespace society::secrets {

/// What a stored key belongs to: the one that configuration `config` of `tenant` calls `@secret:INDEX`. A server's
/// password has a name of this form, too, of no configuration. No secret itself.
struct SecretName {
    TenantId tenant;
    ConfigId config;
    int index = 0;

    /// "tenant/configuration/index", with `_` for the public tenant: the name in the keychain.
    [[nodiscard]] QString text() const;
    /// Reads that form. Error: `secret_name_invalid`.
    [[nodiscard]] static Result<SecretName> parse(QStringView text);
    std::strong_ordering operator<=>(const SecretName &) const = default; // NOLINT(modernize-use-nullptr)
};

} // namespace society::secrets
