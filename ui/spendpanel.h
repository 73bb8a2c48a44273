// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/spendchart.h"
#include "ui/appcontext.h"
#include "ui/billfilterbar.h"
#include "ui/chartmodule.h"

#include <QWidget>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QStackedWidget;
class QToolButton;

namespace society::ui {

class DataTable;

/// What the account spends by day, and how its balance goes on: as a chart, or as a table with the same numbers. Reads
/// in a worker; can be folded away. GUI thread.
class SpendPanel : public QWidget {
    Q_OBJECT
public:
    explicit SpendPanel(const AppContext &context, QWidget *parent = nullptr);
    ~SpendPanel() override;

    /// What the bills beside it are narrowed to: the spend is of the same, its time aside unless that is asked for.
    void setChoice(const BillChoice &choice);
    /// Reads again; where it is not visible, when it is.
    void reload();
    /// Puts a widget at the end of the line above the chart; it stays when the chart is folded away.
    void addToEnd(QWidget *widget);
    [[nodiscard]] bool isFolded() const;
    void setFolded(bool folded);

signals:
    /// A bar or a row was chosen: its first and its last day.
    void daysPicked(QDate from, QDate to);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    enum What { ByItem, ByModel, Balance };
    enum Time { Month, Quarter, Year, Filtered };
    struct Span {
        QDate from; ///< invalid: from the first charge that is filtered
        QDate to, today;
        bool months = false; ///< bars are months; the first and the last one hold what is of this time
    };
    struct Read {
        Span span;
        ledger::Spending spending;
    };

    void buildLayout();
    void connectSignals();
    void retranslate();
    void load();
    [[nodiscard]] Span span() const;
    [[nodiscard]] static Result<Read> read(const AppContext &context, const ledger::BillFilter &filter, Span span);
    void take(const Read &read);
    void showChart();
    void drawBars();
    void drawCourse();
    void pick(int place);
    [[nodiscard]] QColor colour(int place) const;

    const AppContext &m_context;
    BillChoice m_choice;
    models::SpendTableModel m_numbers;
    models::SpendChart m_chart;
    ledger::BurnDown m_course;
    std::unique_ptr<ChartView> m_view;
    bool m_stale = true;
    bool m_loaded = false;
    int m_request = 0;

    QHBoxLayout *m_bar;
    QToolButton *m_fold;
    QComboBox *m_what, *m_time;
    QCheckBox *m_asTable;
    QLabel *m_sum;
    QWidget *m_body;
    QStackedWidget *m_stack;
    QWidget *m_chartPlace;
    QLabel *m_words; ///< in the chart's place: nothing to draw, or why it cannot be drawn
    DataTable *m_table;
    QLabel *m_forecast;
};

} // namespace society::ui
