// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/log/logdocument.h"

#include <QDialog>
#include <optional>

class QCheckBox;
class QLabel;
class QPlainTextEdit;
class QSpinBox;
class QToolButton;

namespace society::ui {

class LogFindBar;

/// One line of a log whole: as on a terminal, or raw with every byte, all states of a progress bar below each other. A
/// line of more than a million bytes part by part, raw. Finds in all of it, copies all of it. GUI thread; the document
/// must outlive it.
class LogLineDialog : public QDialog {
    Q_OBJECT
public:
    LogLineDialog(log::LogDocument &document, qint64 line, bool raw, QWidget *parent);
    ~LogLineDialog() override;

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void build();
    void ask(qint64 from);
    void take(const Result<log::LinePart> &answer);
    void showText();
    void step(bool forward);
    void lookFrom(qint64 from, bool forward, bool mayGoAround);
    void takeMatch(const log::LineMatch &match);
    void select(const log::LineMatch &match);
    void copyAll();
    [[nodiscard]] int positionOf(qsizetype column) const;
    [[nodiscard]] qint64 byteAtCursor() const;
    [[nodiscard]] bool isInParts() const;

    log::LogDocument &m_document;
    qint64 m_number;
    std::optional<quint64> m_generation;
    log::LinePart m_part;
    std::optional<log::PatternText> m_text;
    log::LineMatch m_match; // that is selected, or is to be as soon as its part is there
    std::shared_ptr<std::atomic_bool> m_stop;
    LogFindBar *m_find;
    QPlainTextEdit *m_edit;
    QCheckBox *m_raw;
    QSpinBox *m_parts;
    QToolButton *m_before, *m_after;
    QLabel *m_note;
};

} // namespace society::ui
