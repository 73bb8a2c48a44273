// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/memberlistmodel.h"

#include "models/format.h"

namespace society::models {

using store::Member;

QString roleText(const QString &role)
{
    if (role == QLatin1String("observer"))
        return MemberListModel::tr("observer");
    if (role == QLatin1String("member"))
        return MemberListModel::tr("member");
    if (role == QLatin1String("owner"))
        return MemberListModel::tr("owner");
    return role == QLatin1String("admin") ? MemberListModel::tr("admin") : role;
}

QString rolesText(const QList<Member> &roles)
{
    QStringList words;
    for (const Member &role : roles)
        words += role.tenant.isEmpty() ? roleText(role.role)
                                       : MemberListModel::tr("%1 of %2").arg(roleText(role.role), role.tenant);
    return words.isEmpty() ? MemberListModel::tr("no role") : words.join(QStringLiteral(", "));
}

MemberListModel::MemberListModel(const Clock &clock, QObject *parent)
    : MemberRows(parent)
    , m_clock(clock)
{
}

int MemberListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant MemberListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Member &row = rowAt(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Since ? exactTime(row.since) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    case SortRole:
        if (index.column() == Since)
            return row.since;
        if (index.column() == Role)
            return static_cast<int>(store::memberRoles().indexOf(row.role));
        return text(row, index.column());
    case TieRole:
        return row.since;
    case SearchRole:
        return QString(row.login + u'\n' + row.tenant + u'\n' + roleText(row.role));
    case IdRole:
        return memberKey(row);
    default:
        return {};
    }
}

QString MemberListModel::text(const Member &row, int column) const
{
    switch (column) {
    case Login:
        return row.login;
    case Tenant:
        return row.tenant.isEmpty() ? tr("all") : row.tenant;
    case Role:
        return roleText(row.role);
    case Since:
        return row.since.isValid() ? relativeTime(row.since, m_clock.now()) : QString();
    default:
        return {};
    }
}

QVariant MemberListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Login:
        return tr("Login");
    case Tenant:
        return tr("Tenant");
    case Role:
        return tr("Role");
    case Since:
        return tr("Since");
    default:
        return {};
    }
}

} // namespace society::models
