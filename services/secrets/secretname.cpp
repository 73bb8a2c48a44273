// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/secrets/secretname.h"
#include "services/secrets/words_p.h"

#include <QStringList>

namespace society::secrets {

namespace {

/// More entries than any list of LLMs has; a bound on what is read back from a file.
constexpr int MaxIndex = 9999;

} // namespace

QString SecretName::text() const
{
    return (tenant.isEmpty() ? QStringLiteral("_") : tenant) + u'/' + config.text() + u'/' + QString::number(index);
}

Result<SecretName> SecretName::parse(QStringView text)
{
    const auto invalid = [text] {
        return fail(ErrorKind::Refused, "secret_name_invalid",
            Words::tr("“%1” does not name a key.").arg(text.left(160)),
            Words::tr("A key's name is TENANT/CONFIGURATION/NUMBER."));
    };
    const QList<QStringView> parts = text.split(u'/');
    if (parts.size() != 3)
        return invalid();
    SecretName name;
    if (parts.at(0) != u"_") {
        const auto tenant = parseTenantId(parts.at(0));
        if (!tenant)
            return invalid();
        name.tenant = *tenant;
    }
    const auto config = ConfigId::parse(parts.at(1));
    bool isNumber = false;
    const int index = parts.at(2).toInt(&isNumber);
    if (!config || !isNumber || index < 0 || index > MaxIndex)
        return invalid();
    name.config = *config;
    name.index = index;
    return name;
}

} // namespace society::secrets
