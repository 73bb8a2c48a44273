// SPDX-License-Identifier: GPL-3.0-or-later
// Going to a line or time, single lines whole, and saving.
#include "ui/logpane.h"

#include "models/format.h"
#include "ui/appsettings.h"
#include "ui/ask.h"
#include "ui/errorpanel.h"
#include "ui/loglinedialog.h"
#include "ui/logview.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QProgressBar>
#include <QToolButton>

namespace society::ui {

namespace {
constexpr int progressMs = 100;
} // namespace

void LogPane::goTo()
{
    askText(this, tr("Go to"), tr("Line number, or time such as 12:01:07"), QString(),
        [this](const QString &text) { goToTyped(text); });
}

void LogPane::goToTyped(const QString &text)
{
    bool isNumber = false;
    const qint64 number = QLocale().toLongLong(text, &isNumber);
    const qint64 lines = m_document.lineCount();
    if (isNumber && number >= 1 && number <= lines) {
        goToLine(number - 1);
        return;
    }
    if (isNumber) {
        m_error->showError(
            {ErrorKind::Refused, QStringLiteral("place_invalid"), tr("The log has no line %1.").arg(text.trimmed()),
                lines > 0 ? tr("Type a number from 1 to %1.").arg(models::count(lines)) : QString(), {}, {}});
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
    m_document.lines(0, 1000, this, [this, text, time, whole](const log::LinesAnswer &answer) {
        QDateTime wanted = whole;
        for (const log::LogLine &line : answer.lines) {
            if (whole.isValid() || !line.time.isValid())
                continue;
            wanted = QDateTime(line.time.date(), time);
            if (wanted < line.time)
                wanted = wanted.addDays(1);
            break;
        }
        if (!wanted.isValid()) {
            m_error->showError({ErrorKind::Refused, QStringLiteral("place_invalid"),
                tr("The day of “%1” is not known: the first lines of the log have no time.").arg(text),
                tr("Type the day, too, such as 2026-11-24 12:01:07."), {}, {}});
            return;
        }
        m_document.findTime(wanted, this, [this](qint64 line) {
            goToLine(line < 0 ? m_document.lineCount() - 1 : line);
            if (line < 0)
                setNote(tr("Nothing was written at or after that time; this is the last line."));
        });
    });
}

/// One line in a window of its own: all of a long one, or every byte of it.
void LogPane::showOneLine(bool raw)
{
    if (m_document.lineCount() > 0)
        (new LogLineDialog(m_document, m_view->currentLine(), raw, this))->show();
}

void LogPane::saveWholeLog()
{
    save({}, {});
}

void LogPane::save(const log::LineChoice &choice, const QString &suffix)
{
    if (m_document.state() == log::LogDocument::State::Closed) {
        m_error->showError(
            {ErrorKind::NotFound, QStringLiteral("file_missing"), tr("There is no log to be saved."), {}, {}, {}});
        return;
    }
    const QFileInfo log(m_document.path());
    const QString name = log.completeBaseName() + suffix + u'.' + log.suffix();
    const QString proposal = m_settings.lastFolder() + u'/' + name;
    auto *dialog = new QFileDialog(this, tr("Save the log"), proposal, tr("Text files (*.txt *.log);;All files (*)"));
    dialog->setObjectName(QStringLiteral("logSaveDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(proposal);
    connect(dialog, &QFileDialog::fileSelected, this, [this, choice](const QString &target) {
        m_settings.setLastFolder(QFileInfo(target).absolutePath());
        saveTo(choice, target);
    });
    dialog->open();
}

void LogPane::saveTo(const log::LineChoice &choice, const QString &target)
{
    // Empty where there is no such file: then none is that of the log.
    const QString log = QFileInfo(m_document.path()).canonicalFilePath();
    if (!log.isEmpty() && QFileInfo(target).canonicalFilePath() == log) {
        m_error->showError({ErrorKind::Refused, QStringLiteral("save_onto_log"),
            tr("“%1” is the log itself; nothing was written.").arg(target), tr("Choose another name or folder."), {},
            target});
        return;
    }
    if (m_saving)
        m_saving->stop = true; // one at a time
    const auto progress = std::make_shared<log::SaveProgress>();
    m_saving = progress;
    m_savingTimer.start(progressMs);
    m_error->clear();
    setNote(tr("Saving…"));
    m_document.save(choice, target, progress, this, [this, target, progress](const Result<> &done) {
        if (progress != m_saving)
            return; // another one was begun
        m_saving.reset();
        m_savingTimer.stop();
        m_progress->hide();
        m_cancel->hide();
        const bool isCancelled = !done && done.error().code == QLatin1String("cancelled");
        if (!done && !isCancelled)
            m_error->showError(done.error());
        setNote(done          ? tr("Saved as “%1”.").arg(target)
                : isCancelled ? tr("Not saved; the file is as it was.")
                              : QString());
    });
}

/// A copy that is done at once shows no bar.
void LogPane::updateProgress()
{
    if (!m_saving)
        return;
    const qint64 total = m_saving->totalBytes;
    m_progress->setValue(total > 0 ? static_cast<int>(100 * m_saving->doneBytes / total) : 0);
    m_progress->show();
    m_cancel->show();
}

} // namespace society::ui
