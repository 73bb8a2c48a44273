// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/activities.h"
#include "ui/appcontext.h"
#include "ui/writingdialog.h"

class QComboBox;
class QDateEdit;
class QLabel;
class QPushButton;

namespace society::ui {

class ErrorPanel;

/// Asks for the period of a statement, says what it will come to, and writes it as PDF or CSV. Does not wait. GUI
/// thread.
class StatementDialog : public WritingDialog {
    Q_OBJECT
public:
    /// Days that are valid are proposed, else the last whole month.
    StatementDialog(const AppContext &context, Activities &activities, QDate from, QDate to, QWidget *parent = nullptr);

protected:
    void writingChanged() override;

private:
    void buildLayout();
    void choosePeriod(int which);
    void preview();
    void chooseFile(bool pdf);
    void writeTo(const QString &path, bool pdf);

    const AppContext &m_context;
    Activities &m_activities;
    int m_request = 0;
    bool m_hasSums = false; ///< of the period: it can be written
    QComboBox *m_period;
    QDateEdit *m_from, *m_to;
    QLabel *m_preview;
    QLabel *m_done;
    ErrorPanel *m_error;
    QPushButton *m_pdf, *m_csv;
};

} // namespace society::ui
