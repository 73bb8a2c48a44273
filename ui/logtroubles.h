// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/troublesmodel.h"
#include "services/log/logsearch.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QToolButton;

namespace society::log {
class LogOutline;
}
namespace society::models {
class ListFilterProxy;
}

namespace society::ui {

class AppSettings;
class DataTable;

/// The panel that says what went wrong in a run by its log, grouped and counted, and leads to the lines. Goes on as the
/// log grows. GUI thread; outline and search outlive it.
class LogTroubles : public QWidget {
    Q_OBJECT
public:
    /// `errors`: the search for error lines.
    LogTroubles(
        AppSettings &settings, const log::LogOutline &outline, const log::LogSearch &errors, QWidget *parent = nullptr);

    [[nodiscard]] const models::TroublesModel &model() const { return *m_model; }
    /// The next line of a row's trouble after `line`, or the one before it, around the ends; −1 where there is none.
    [[nodiscard]] qint64 lineFrom(const models::TroublesModel::Row &row, qint64 line, bool forward) const;

signals:
    /// The person wants to see a line of this trouble.
    void opened(const society::models::TroublesModel::Row &row);
    /// What is told has changed.
    void changed();
    void closeRequested();

protected:
    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void takeRows();
    void retranslate();

    const log::LogOutline &m_outline;
    const log::LogSearch &m_errors;
    models::TroublesModel *m_model;
    models::ListFilterProxy *m_sorted;
    DataTable *m_table;
    QLabel *m_summary;
    QToolButton *m_close;
    QTimer m_later; // while a log is read its troubles come hundreds of times a second
};

} // namespace society::ui
