// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listfilterproxy.h"
#include "models/pricelistmodel.h"
#include "ui/appcontext.h"
#include "ui/writingdialog.h"

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;

/// The price book: what holds, held and will hold; a new price; files of prices; the sign that stands before amounts.
/// An unlikely price is questioned. Does not wait. GUI thread.
class PricesDialog : public WritingDialog {
    Q_OBJECT
public:
    explicit PricesDialog(const AppContext &context, QWidget *parent = nullptr);
    ~PricesDialog() override;

signals:
    /// Another sign stands before amounts from now on.
    void currencySignChanged();

protected:
    void writingChanged() override { check(); }

private:
    void buildLayout();
    [[nodiscard]] QWidget *makeForm();
    [[nodiscard]] QWidget *makeSignRow();
    void connectSignals();
    void load();
    void takeRow(const QModelIndex &index);
    void check();
    [[nodiscard]] ledger::Price entered() const;
    void setPrice(const ledger::Price &price, bool agreed);
    void priceAnswered(const ledger::Price &price, const Result<ledger::Price> &written);
    void askWhetherMeant(const ledger::Price &price, const Error &unlikely);
    void chooseImport();
    void preview(const QList<ledger::PriceChange> &changes);
    void importAll(const QList<ledger::PriceChange> &changes, bool agreed);
    void chooseExport();
    void saveSign();

    const AppContext &m_context;
    models::PriceListModel m_prices;
    models::ListFilterProxy m_proxy;
    Money m_amount;
    QStringList m_known; ///< models that have a price of their own

    QLineEdit *m_filter;
    DataTable *m_table;
    QComboBox *m_item, *m_model;
    QLineEdit *m_edit;
    QLabel *m_unit;
    QCheckBox *m_free, *m_later;
    QDateTimeEdit *m_from;
    QLabel *m_problem;
    QPushButton *m_set, *m_import, *m_export;
    QLineEdit *m_sign;
    QPushButton *m_saveSign;
    ErrorPanel *m_error;
    QLabel *m_done;
};

} // namespace society::ui
