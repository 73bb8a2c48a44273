// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logpane.h"

#include "models/format.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"
#include "ui/logview.h"

#include <QAction>
#include <QDialog>
#include <QDialogButtonBox>
#include <QEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QToolButton>
#include <QVBoxLayout>

namespace society::ui {

namespace {
constexpr int typingPauseMs = 150;
constexpr qsizetype shownOfOneLine = 1'000'000; // characters that a text widget takes without holding the window up
} // namespace

LogPane::LogPane(AppSettings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_search(m_document)
    , m_errors(m_document)
    , m_view(new LogView(m_document, this))
    , m_error(new ErrorPanel(this))
    , m_find(new QLineEdit(this))
    , m_hits(new QLabel(this))
    , m_status(new QLabel(this))
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMs);
    makeActions();
    buildLayout();
    connectSignals();
    m_view->setSearches(&m_search, &m_errors);
    m_errors.startAtLeast(log::Level::Error);
    m_wrapAction->setChecked(m_settings.flag(QStringLiteral("log/wrap"), false));
    m_view->setZoom(m_settings.number(QStringLiteral("log/zoom"), 0));
    retranslate();
}

LogPane::~LogPane()
{
    // The view refers to the document and the searches, which are members and would go first.
    delete m_view;
}

void LogPane::open(const QString &path)
{
    if (path == m_document.path())
        return;
    m_error->clear();
    m_view->setFollowing(true);
    m_document.open(path);
    updateStatus();
}

void LogPane::setLive(bool live)
{
    m_live = live;
    m_document.setLive(live);
    updateEmptyText();
}

void LogPane::goToLine(qint64 line)
{
    m_view->goToLine(line);
    m_view->setFocus();
}

void LogPane::startSearch()
{
    log::LogPattern pattern;
    pattern.text = m_find->text();
    pattern.isRegularExpression = m_regex->isChecked();
    pattern.isCaseSensitive = m_case->isChecked();
    if (pattern == m_search.pattern())
        return;
    m_badPattern.clear();
    m_search.start(pattern);
    updateHits();
}

void LogPane::goToHit(const log::HitList &hits, bool forward)
{
    if (&hits == &m_search.hits() && m_typing.isActive()) { // Return right after typing: this pattern is meant
        m_typing.stop();
        startSearch();
    }
    if (hits.isEmpty())
        return;
    const qint64 line = m_view->currentLine();
    // Where nothing was gone to yet, a hit at the top of the screen is the next one, too.
    const qint64 from = forward && m_view->hasCursor() ? line + 1 : line;
    qint64 index = hits.lowerBound(from) - (forward ? 0 : 1);
    index = (index + hits.count()) % hits.count(); // past the last one comes the first
    m_view->goToLine(hits.at(index));
    updateHits();
}

void LogPane::updateHits()
{
    const log::HitList &hits = m_search.hits();
    const bool has = !hits.isEmpty();
    m_nextAction->setEnabled(has);
    m_previousAction->setEnabled(has);
    m_errorNextAction->setEnabled(!m_errors.hits().isEmpty());
    m_errorPreviousAction->setEnabled(!m_errors.hits().isEmpty());
    if (!m_badPattern.isEmpty()) {
        m_hits->setText(m_badPattern);
    } else if (m_search.pattern().isEmpty()) {
        m_hits->clear();
    } else {
        const qint64 line = m_view->currentLine();
        QString text = hits.contains(line)
                           ? tr("%1 of %2").arg(models::count(hits.lowerBound(line) + 1), models::count(hits.count()))
                       : has ? tr("%Ln hit(s)", nullptr, static_cast<int>(hits.count()))
                             : tr("no hits");
        if (m_search.isRunning() && m_document.byteCount() > 0)
            text += QStringLiteral(" · ") + models::percent(static_cast<double>(m_search.searchedBytes()) /
                                                            static_cast<double>(m_document.byteCount()));
        m_hits->setText(text);
    }
}

void LogPane::updateStatus()
{
    using State = log::LogDocument::State;
    QString text =
        tr("%1 lines · %2").arg(models::count(m_document.lineCount()), models::bytes(m_document.byteCount()));
    const State state = m_document.state();
    if (state == State::Reading && m_document.fileBytes() > 0)
        text += QStringLiteral(" · ") + tr("reading, %1")
                                            .arg(models::percent(static_cast<double>(m_document.byteCount()) /
                                                                 static_cast<double>(m_document.fileBytes())));
    else if (state == State::Removed)
        text += QStringLiteral(" · ") + tr("the file was removed; this is what it held");
    if (const qint64 errors = m_errors.hits().count(); errors > 0)
        text += QStringLiteral(" · ") + tr("%Ln error line(s)", nullptr, static_cast<int>(errors));
    m_status->setText(text);
    if (state == State::Failed)
        m_error->showError(m_document.error());
    updateEmptyText();
}

void LogPane::updateEmptyText()
{
    m_view->setEmptyText(
        m_live ? tr("The log appears here as soon as the runner writes it.") : tr("This run has left no log."));
}

void LogPane::goTo()
{
    askText(this, tr("Go to"), tr("Line number, or time such as 12:01:07"), QString(),
        [this](const QString &text) { goToTyped(text); });
}

void LogPane::goToTyped(const QString &text)
{
    bool isNumber = false;
    const qint64 number = QLocale().toLongLong(text, &isNumber);
    if (isNumber) {
        goToLine(number - 1);
        return;
    }
    QTime time;
    for (const char *format : {"H:m:s", "H:m"}) {
        if (!time.isValid())
            time = QTime::fromString(text, QLatin1String(format));
    }
    const QDateTime whole = QDateTime::fromString(text, Qt::ISODate);
    if (!time.isValid() && !whole.isValid()) {
        m_error->showError({ErrorKind::Refused, QStringLiteral("place_invalid"),
            tr("“%1” is neither a line number nor a time.").arg(text),
            tr("Type a number such as 1204, or a time such as 12:01:07."), {}, {}});
        return;
    }
    // A time alone belongs to the day on which the log begins, or to the next one where that lies before its beginning.
    m_document.lines(0, 1000, this, [this, time, whole](const log::LinesAnswer &answer) {
        QDateTime wanted = whole;
        for (const log::LogLine &line : answer.lines) {
            if (whole.isValid() || !line.time.isValid())
                continue;
            wanted = QDateTime(line.time.date(), time);
            if (wanted < line.time)
                wanted = wanted.addDays(1);
            break;
        }
        m_document.findTime(
            wanted, this, [this](qint64 line) { goToLine(line < 0 ? m_document.lineCount() - 1 : line); });
    });
}

void LogPane::showWholeLine()
{
    m_document.wholeLine(m_view->currentLine(), this, [this](const log::LinesAnswer &answer) {
        if (answer.lines.isEmpty() || answer.generation != m_document.generation())
            return;
        const log::LogLine &line = answer.lines.first();
        auto *dialog = new QDialog(this);
        dialog->setObjectName(QStringLiteral("logWholeLine"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setWindowTitle(tr("Line %1 · %2").arg(models::count(line.number + 1), models::bytes(line.bytes)));
        auto *edit = new QPlainTextEdit(line.text.left(shownOfOneLine), dialog);
        edit->setReadOnly(true);
        edit->setAccessibleName(tr("The whole line"));
        auto *layout = new QVBoxLayout(dialog);
        layout->addWidget(edit);
        if (line.text.size() > shownOfOneLine)
            layout->addWidget(
                new QLabel(tr("Only its first %1 characters are shown; saving the selected line gives all of it.")
                               .arg(models::count(shownOfOneLine)),
                    dialog));
        auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
        connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::reject);
        layout->addWidget(buttons);
        dialog->resize(720, 420);
        dialog->show();
    });
}

void LogPane::saveWholeLog()
{
    save(0, -1);
}

void LogPane::save(qint64 first, qint64 last)
{
    const QString proposal = m_settings.lastFolder() + u'/' + QFileInfo(m_document.path()).fileName();
    auto *dialog = new QFileDialog(this, tr("Save the log"), proposal, tr("Text files (*.txt *.log);;All files (*)"));
    dialog->setObjectName(QStringLiteral("logSaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(proposal);
    connect(dialog, &QFileDialog::fileSelected, this, [this, first, last](const QString &target) {
        m_settings.setLastFolder(QFileInfo(target).absolutePath());
        m_status->setText(tr("Saving…"));
        m_document.save(first, last, target, this, [this, target](const Result<> &done) {
            if (!done)
                m_error->showError(done.error());
            updateStatus();
            if (done)
                m_status->setText(tr("Saved as “%1”.").arg(target));
        });
    });
    dialog->open();
}

bool LogPane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            goToHit(m_search.hits(), !(key->modifiers() & Qt::ShiftModifier));
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            m_find->clear();
            m_view->setFocus();
            return true;
        }
        if (key->key() == Qt::Key_Down) {
            m_view->setFocus();
            return true;
        }
    }
    if (watched == m_view && event->type() == QEvent::ContextMenu) {
        showMenu(static_cast<QContextMenuEvent *>(event)->globalPos());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LogPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace society::ui
