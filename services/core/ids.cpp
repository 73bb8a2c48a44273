// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/ids.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUuid>

namespace society {

template <class Tag>
Id<Tag> Id<Tag>::random()
{
    return Id(QUuid::createUuid().toString(QUuid::WithoutBraces));
}

template <class Tag>
Result<Id<Tag>> Id<Tag>::parse(QStringView text)
{
    static const QRegularExpression form(QStringLiteral("^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$"),
        QRegularExpression::CaseInsensitiveOption);
    QString digits = text.trimmed().toString();
    if (!form.match(digits).hasMatch())
        return fail(ErrorKind::Refused, "id_invalid",
            QCoreApplication::translate("Id", "“%1” is not an id.").arg(text.left(60)),
            QCoreApplication::translate("Id", "An id has 32 hexadecimal digits, in groups of 8, 4, 4, 4 and 12."));
    digits = digits.toLower().remove(QChar(u'-'));
    for (const int at : {8, 13, 18, 23})
        digits.insert(at, u'-');
    return Id(digits);
}

template class Id<ExperimentTag>;
template class Id<ConfigTag>;
template class Id<BillTag>;

Result<TenantId> parseTenantId(QStringView text)
{
    static const QRegularExpression form(QStringLiteral("^[a-z0-9][a-z0-9._-]{0,62}\\z"));
    if (!form.match(text.toString()).hasMatch())
        return fail(ErrorKind::Refused, "tenant_invalid",
            QCoreApplication::translate("Id", "“%1” cannot be a tenant's id.").arg(text.left(80)),
            QCoreApplication::translate("Id", "Use up to 63 of a–z, 0–9, point, dash and underscore, a letter or digit first."));
    return text.toString();
}

} // namespace society
