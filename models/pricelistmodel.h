// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/mergedrows.h"
#include "models/roles.h"
#include "services/core/clock.h"
#include "services/ledger/pricefile.h"

namespace society::models {

/// Where a price stands at a moment.
enum class PricePhase { Past, InForce, Future };

/// A price of the book and where it stands.
struct PriceRow {
    ledger::Price price;
    PricePhase phase = PricePhase::InForce;
    int place = 0; ///< in the book
    bool operator==(const PriceRow &) const = default;
};
inline int priceKey(const PriceRow &row)
{
    return row.place;
}
using PriceRows = MergedRows<PriceRow, priceKey>;

/// "per 1,000,000 tokens", "per second".
[[nodiscard]] QString priceUnitText(ledger::Item item);

/// The price book: past prices, those in force, and those that are still to come. GUI thread.
class PriceListModel : public PriceRows {
    Q_OBJECT
public:
    enum Column { Item, Model, Price, Unit, From, Phase, ColumnCount };
    Q_ENUM(Column)
    enum OwnRole {
        PhaseRole = FirstOwnRole, ///< int(PricePhase)
    };

    /// `clock` tells what is past; it outlives the model.
    explicit PriceListModel(const Clock &clock, QObject *parent = nullptr);

    /// The whole book as Ledger::priceList() gives it.
    void setPrices(const QList<ledger::Price> &prices);

    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const PriceRow &row, int column) const;

    const Clock &m_clock;
};

/// What the import of a price file would change. Made once from a file that was read. GUI thread.
class PriceChangeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Line, Item, Model, Before, After, From, What, ColumnCount };
    Q_ENUM(Column)

    explicit PriceChangeModel(QList<ledger::PriceChange> changes, QObject *parent = nullptr);

    [[nodiscard]] const QList<ledger::PriceChange> &changes() const { return m_changes; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<ledger::PriceChange> m_changes;
};

} // namespace society::models
