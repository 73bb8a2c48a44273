// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ledger/values.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QDateEdit;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

/// Which bills a person wants to see: everything that was chosen narrows. Days are local ones.
struct BillChoice {
    std::optional<ledger::Item> item = {};
    std::optional<QString> model = {};           ///< empty text: bills that no model caused
    std::optional<ExperimentId> experiment = {}; ///< null: bills of no run
    QString experimentName = {};
    QDate from = {};                 ///< the first day; invalid: from the beginning
    QDate to = {};                   ///< the last day, included; invalid: until now
    std::optional<Money> least = {}; ///< a charge is negative
    std::optional<Money> most = {};
    QString text = {};

    [[nodiscard]] bool isEmpty() const { return *this == BillChoice(); }
    [[nodiscard]] ledger::BillFilter filter(const TenantId &tenant) const;
    bool operator==(const BillChoice &) const = default;
};

/// The controls of a BillChoice, in two lines. GUI thread.
class BillFilterBar : public QWidget {
    Q_OBJECT
public:
    /// `today` is what the days are set to at first.
    explicit BillFilterBar(QDate today, QWidget *parent = nullptr);

    [[nodiscard]] BillChoice choice() const;
    /// Shows another choice; changed() is emitted once.
    void setChoice(const BillChoice &choice);
    /// The models to choose from; the one that is chosen stays.
    void setModels(const QStringList &models);
    /// To the text, all of it selected.
    void focusText();
    /// Puts a widget at the end of the second line.
    void addToEnd(QWidget *widget, int stretch = 0);

signals:
    /// Another choice, a moment after the last key.
    void changed();
    /// The person wants all bills again; choice() is still what it was.
    void cleared();

protected:
    void changeEvent(QEvent *event) override;

private:
    void buildLayout();
    void connectSignals();
    void retranslate();
    void showState();
    void noteEdit();
    [[nodiscard]] std::optional<Money> amountOf(const QLineEdit *edit, QString &problem) const;

    std::optional<ExperimentId> m_experiment;
    QString m_experimentName;
    QTimer m_debounce;
    QLineEdit *m_text;
    QComboBox *m_item, *m_model;
    QPushButton *m_only; ///< "only: NAME", ends that filter
    QPushButton *m_clear;
    QCheckBox *m_fromOn, *m_toOn;
    QDateEdit *m_from, *m_to;
    QLabel *m_amountLabel, *m_amountTo;
    QLineEdit *m_least, *m_most;
    QLabel *m_problem;
    QHBoxLayout *m_second;
};

} // namespace society::ui
