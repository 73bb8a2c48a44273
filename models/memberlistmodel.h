// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/core/clock.h"
#include "services/store/members.h"

namespace society::models {

inline QString memberKey(const store::Member &row)
{
    return row.login + u'\n' + row.tenant;
}
using MemberRows = MergedRows<store::Member, memberKey>;

/// A role in words, such as “owner”.
[[nodiscard]] QString roleText(const QString &role);
/// What somebody is, such as “admin; member of physics”; says so where there is none.
[[nodiscard]] QString rolesText(const QList<store::Member> &roles);

/// Who may do what in a shared ledger. GUI thread.
class MemberListModel : public MemberRows {
    Q_OBJECT
public:
    enum Column { Login, Tenant, Role, Since, ColumnCount };
    Q_ENUM(Column)

    /// `clock` tells what "2 min ago" is; it outlives the model.
    explicit MemberListModel(const Clock &clock, QObject *parent = nullptr);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    /// IdRole is the row's memberKey().
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const store::Member &row, int column) const;

    const Clock &m_clock;
};

} // namespace society::models
