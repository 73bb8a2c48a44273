// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/error.h"

#include <QHashFunctions>
#include <QMetaType>
#include <QString>
#include <compare>

namespace society {

/// A random UUID in lower case with dashes, typed by what it names, so that one cannot stand in for another.
template <class Tag>
class Id {
public:
    Id() = default;
    /// A fresh random (version 4) id.
    [[nodiscard]] static Id random();
    /// Reads a UUID with or without dashes, in any case. Error: `id_invalid`.
    [[nodiscard]] static Result<Id> parse(QStringView text);

    [[nodiscard]] const QString &text() const { return m_text; }
    /// The 32 hex digits without dashes, as AgentSociety's SQLite stores ids (contract §3.3).
    [[nodiscard]] QString digits() const { return QString(m_text).remove(QChar(u'-')); }
    [[nodiscard]] bool isNull() const { return m_text.isEmpty(); }
    std::strong_ordering operator<=>(const Id &) const = default; // NOLINT(modernize-use-nullptr)
    friend size_t qHash(const Id &id, size_t seed = 0) { return ::qHash(id.m_text, seed); }

private:
    explicit Id(QString text) : m_text(std::move(text)) {}
    QString m_text;
};

using ExperimentId = Id<struct ExperimentTag>;
using ConfigId = Id<struct ConfigTag>;
using BillId = Id<struct BillTag>;

/// A tenant's id: `[a-z0-9][a-z0-9._-]{0,62}`, or empty for the public tenant.
using TenantId = QString;

/// Checks a tenant id that a person typed (the public one is not accepted). Error: `tenant_invalid`.
[[nodiscard]] Result<TenantId> parseTenantId(QStringView text);

} // namespace society

Q_DECLARE_METATYPE(society::ExperimentId)
Q_DECLARE_METATYPE(society::ConfigId)
Q_DECLARE_METATYPE(society::BillId)
