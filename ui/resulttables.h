// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/listfilterproxy.h"
#include "models/resulttablemodel.h"
#include "models/rowsource.h"
#include "ui/activities.h"
#include "ui/appcontext.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPushButton;

namespace society::ui {

class DataTable;
class ErrorPanel;

/// One read-only table of a run: its rows page by page as one scrolls, a filter, a CSV file of all of it. What is shown
/// grows with the run and stays in place. GUI thread; rows are read by the prober.
class ResultTab : public QWidget {
    Q_OBJECT
public:
    /// `name` is the object name and the key under which columns are remembered.
    ResultTab(const AppContext &context, Activities &activities, const QString &name, QWidget *parent = nullptr);
    ~ResultTab() override;

    /// Another run's rows; `fileName` is proposed for the CSV file.
    void setSource(const models::RowSource &source, const QString &fileName);
    /// Reads what is new, where something is shown.
    void grow();
    /// What the table is called to who does not see it, and what it says while it is empty.
    void setWords(const QString &name, const QString &emptyText);
    [[nodiscard]] int rowCount() const { return m_model.rowCount(); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void readPage(qint64 cursor);
    void takePage(qint64 cursor, const Result<agentsociety::ResultPage> &page);
    void wantAll();
    void updateCount();
    void chooseFile();
    void save(const QString &target);

    const AppContext &m_context;
    Activities &m_activities;
    models::ResultTableModel m_model;
    models::ListFilterProxy m_proxy;
    models::RowSource m_source;
    QString m_fileName;
    quint64 m_sourceNumber = 0; // answers to questions about an earlier source are dropped
    bool m_wantsAll = false;
    QLineEdit *m_filter;
    QLabel *m_count;
    QPushButton *m_export;
    ErrorPanel *m_error;
    DataTable *m_table;
};

} // namespace society::ui
