// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/loglinedialog.h"

#include "models/format.h"
#include "ui/logfindbar.h"
#include "ui/loglayout.h"
#include "ui/logview.h"

#include <QAction>
#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace society::ui {

namespace {
constexpr qint64 wholeBytes = 1'000'000; // that a text widget takes without holding the window up
constexpr qint64 partBytes = 256 * 1024; // where one goes back and forth
constexpr qsizetype mostCells = 5000;    // that look like cells; the text of others is there
} // namespace

LogLineDialog::LogLineDialog(log::LogDocument &document, qint64 line, bool raw, QWidget *parent)
    : QDialog(parent)
    , m_document(document)
    , m_number(line)
    , m_stop(std::make_shared<std::atomic_bool>(false))
    , m_find(new LogFindBar(this))
    , m_edit(new QPlainTextEdit(this))
    , m_raw(new QCheckBox(tr("&Raw: every byte"), this))
    , m_parts(new QSpinBox(this))
    , m_before(new QToolButton(this))
    , m_after(new QToolButton(this))
    , m_note(new QLabel(this))
{
    setObjectName(QStringLiteral("logWholeLine"));
    setAttribute(Qt::WA_DeleteOnClose);
    m_raw->setChecked(raw);
    build();
    connect(m_raw, &QCheckBox::toggled, this, [this] { ask(0); });
    connect(m_parts, &QSpinBox::valueChanged, this, [this](int part) {
        m_match = {};
        ask((part - 1) * partBytes);
    });
    connect(m_before, &QToolButton::clicked, m_parts, &QSpinBox::stepDown);
    connect(m_after, &QToolButton::clicked, m_parts, &QSpinBox::stepUp);
    connect(m_find, &LogFindBar::stepRequested, this, &LogLineDialog::step);
    connect(m_find, &LogFindBar::patternChanged, this, [this] {
        m_find->setHits({});
        if (!m_find->pattern().isEmpty())
            lookFrom(byteAtCursor(), true, true);
    });
    connect(m_find, &LogFindBar::left, m_edit, qOverload<>(&QWidget::setFocus));
    resize(760, 460);
    setWindowTitle(tr("Line %1").arg(models::count(line + 1)));
    ask(0);
}

LogLineDialog::~LogLineDialog()
{
    *m_stop = true;
}

void LogLineDialog::build()
{
    m_edit->setReadOnly(true);
    // To look for the ends of words in a line that has none takes seconds for each part.
    m_edit->setWordWrapMode(QTextOption::WrapAnywhere);
    m_edit->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_edit->setAccessibleName(tr("The whole line"));
    m_edit->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_raw->setObjectName(QStringLiteral("logLineRaw"));
    m_raw->setToolTip(tr("Escape sequences with ␛, all states of a progress bar below each other"));
    m_parts->setObjectName(QStringLiteral("logLinePart"));
    m_parts->setAccessibleName(tr("Part of the line"));
    m_note->setObjectName(QStringLiteral("logLineNote"));
    m_note->setWordWrap(true);
    m_before->setText(QStringLiteral("◀"));
    m_before->setAccessibleName(tr("Part before"));
    m_after->setText(QStringLiteral("▶"));
    m_after->setAccessibleName(tr("Next part"));
    m_find->setForOneLine();
    QList<QAction *> steps;
    for (const bool forward : {false, true}) {
        auto *action = new QAction(forward ? QStringLiteral("▼") : QStringLiteral("▲"), this);
        action->setObjectName(forward ? QStringLiteral("logLineNext") : QStringLiteral("logLinePrevious"));
        action->setShortcut(forward ? QKeySequence(Qt::Key_F3) : QKeySequence(Qt::SHIFT | Qt::Key_F3));
        connect(action, &QAction::triggered, this, [this, forward] { step(forward); });
        addAction(action);
        steps += action;
    }
    m_find->setSteps(steps[0], steps[1]);
    auto *row = new QHBoxLayout;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_before, m_parts, m_after}) {
        widget->hide();
        row->addWidget(widget);
    }
    row->addWidget(m_note, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    auto *copy = buttons->addButton(tr("&Copy the whole line"), QDialogButtonBox::ActionRole);
    copy->setObjectName(QStringLiteral("logLineCopy"));
    connect(copy, &QPushButton::clicked, this, &LogLineDialog::copyAll);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_find);
    layout->addWidget(m_edit, 1);
    layout->addLayout(row);
    auto *last = new QHBoxLayout;
    last->addWidget(m_raw);
    last->addWidget(buttons, 1);
    layout->addLayout(last);
    m_edit->setFocus();
}

bool LogLineDialog::isInParts() const
{
    return m_part.line.bytes > wholeBytes;
}

void LogLineDialog::ask(qint64 from)
{
    const log::TextForm form = m_raw->isChecked() ? log::TextForm::Raw : log::TextForm::AsOnATerminal;
    m_document.linePart(m_number, from, isInParts() ? partBytes : wholeBytes, form, this,
        [this](const Result<log::LinePart> &answer) { take(answer); });
}

void LogLineDialog::take(const Result<log::LinePart> &answer)
{
    if (!answer) {
        m_note->setText(answer.error().message);
        return;
    }
    if (m_generation && *m_generation != answer->generation) {
        m_note->setText(tr("The log was written anew meanwhile; this is what the line was."));
        return;
    }
    const bool wasInParts = isInParts();
    m_generation = answer->generation;
    m_part = *answer;
    setWindowTitle(tr("Line %1 · %2").arg(models::count(m_number + 1), models::bytes(m_part.line.bytes)));
    if (!isInParts()) {
        showText();
        return;
    }
    if (!wasInParts) {
        const QSignalBlocker rawBlocker(m_raw);
        const QSignalBlocker partsBlocker(m_parts);
        m_raw->setChecked(true);
        m_raw->setEnabled(false);
        const auto parts = static_cast<int>((m_part.line.bytes + partBytes - 1) / partBytes);
        m_parts->setRange(1, parts);
        m_parts->setSuffix(tr(" of %1").arg(models::count(parts)));
        for (QWidget *widget : std::initializer_list<QWidget *>{m_before, m_parts, m_after})
            widget->show();
        ask(0);
        return;
    }
    m_note->setText(tr("Bytes %1 to %2 of %3")
                        .arg(models::count(m_part.from + 1), models::count(m_part.from + m_part.bytes),
                            models::count(m_part.line.bytes)));
    showText();
}

void LogLineDialog::showText()
{
    const log::LogLine &line = m_part.line;
    m_text.emplace(line.text, line.cells);
    m_edit->clear();
    QTextCursor cursor(m_edit->document());
    cursor.beginEditBlock();
    qsizetype taken = 0;
    const QTextCharFormat plain;
    const QStringView text(line.text);
    for (qsizetype i = 0; i < line.cells.size(); ++i) {
        const log::OddCell &cell = line.cells[i];
        const bool isReturn = cell.kind == log::OddCell::Kind::Control && cell.value == u'\r';
        if (i >= mostCells && !isReturn)
            continue;
        cursor.insertText(text.sliced(taken, cell.first - taken).toString(), plain);
        cursor.insertText(text.sliced(cell.first, cell.length).toString(), cellFormat(cell.kind, palette()));
        if (isReturn)
            cursor.insertText(QStringLiteral("\n"), plain); // one state a row
        taken = cell.first + cell.length;
    }
    cursor.insertText(text.sliced(taken).toString(), plain);
    cursor.endEditBlock();
    m_edit->moveCursor(QTextCursor::Start);
    if (m_match.first >= 0)
        select(m_match);
}

/// In the text widget, where a row ends behind each carriage return.
int LogLineDialog::positionOf(qsizetype column) const
{
    const auto &cells = m_part.line.cells;
    return static_cast<int>(column + std::count_if(cells.begin(), cells.end(), [&](const log::OddCell &cell) {
        return cell.kind == log::OddCell::Kind::Control && cell.value == u'\r' && cell.first < column;
    }));
}

qint64 LogLineDialog::byteAtCursor() const
{
    if (!m_text)
        return m_part.from;
    const int position = m_edit->textCursor().selectionStart();
    qsizetype column = position;
    while (column > 0 && positionOf(column) > position)
        --column;
    return m_part.from + m_text->byteOf(std::min(column, m_part.line.text.size()));
}

void LogLineDialog::step(bool forward)
{
    m_find->takeTyped();
    const qint64 at = byteAtCursor();
    const bool isOnMatch = m_match.first >= 0 && m_edit->textCursor().hasSelection();
    lookFrom(forward && isOnMatch ? at + 1 : at, forward, true);
}

void LogLineDialog::lookFrom(qint64 from, bool forward, bool mayGoAround)
{
    if (m_find->pattern().isEmpty() || !m_text)
        return;
    *m_stop = true; // what was looked for before
    m_stop = std::make_shared<std::atomic_bool>(false);
    m_find->setHits(tr("searching…"));
    m_document.findInLine(m_number, m_find->pattern(), from, forward, m_stop, this,
        [this, stop = m_stop, forward, mayGoAround](const Result<log::LineMatch> &found) {
            if (stop != m_stop)
                return;
            if (!found)
                m_find->setHits(found.error().message);
            else if (found->first >= 0)
                takeMatch(*found);
            else if (mayGoAround)
                lookFrom(forward ? 0 : m_part.line.bytes + 1, forward, false);
            else
                m_find->setHits(tr("no hits"));
        });
}

void LogLineDialog::takeMatch(const log::LineMatch &match)
{
    m_match = match;
    m_find->setHits(tr("byte %1").arg(models::count(match.first + 1)));
    if (!isInParts() && !m_raw->isChecked() && m_text->bytes().size() != m_part.line.bytes) {
        m_raw->setChecked(true); // it may be in what a terminal does not show
    } else if (match.first < m_part.from || match.first >= m_part.from + m_part.bytes) {
        const QSignalBlocker blocker(m_parts);
        const qint64 part = match.first / partBytes;
        m_parts->setValue(static_cast<int>(part) + 1);
        ask(part * partBytes);
    } else {
        select(match);
    }
}

void LogLineDialog::select(const log::LineMatch &match)
{
    const auto position = [&](qint64 byte) {
        return positionOf(m_text->columnOf(std::clamp<qint64>(byte - m_part.from, 0, m_text->bytes().size())));
    };
    QTextCursor cursor(m_edit->document());
    cursor.setPosition(position(match.first));
    cursor.setPosition(position(match.first + match.length), QTextCursor::KeepAnchor);
    m_edit->setTextCursor(cursor);
    m_edit->ensureCursorVisible();
}

void LogLineDialog::copyAll()
{
    m_document.text({m_number, m_number, nullptr}, LogView::CopyBytes, m_raw->isChecked(), this,
        [this](const Result<QString> &text) {
            if (text)
                QGuiApplication::clipboard()->setText(*text);
            m_note->setText(text ? tr("%1 characters were copied.").arg(models::count(text->size()))
                                 : text.error().message + u' ' + text.error().remedy);
        });
}

void LogLineDialog::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Find))
        m_find->focusText();
    else
        QDialog::keyPressEvent(event);
}

} // namespace society::ui
