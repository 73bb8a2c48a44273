// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/agentsociety/logline.h"
#include "services/agentsociety/logphases.h"

#include <QCoreApplication>
#include <QFile>

namespace society::agentsociety {

namespace {

constexpr qint64 kBlock = 256 * 1024;
constexpr qsizetype kLooked = 4096; // of a line; retry warnings hold whole prompts

void takePhase(LogProgress &progress, const char *phase)
{
    const QList<QString> &names = phaseNames();
    const qsizetype begun = names.indexOf(QLatin1String(phase));
    if (begun > names.indexOf(progress.phase))
        progress.phase = names[begun];
}

} // namespace

void takeLine(LogProgress &progress, QByteArrayView line)
{
    const QByteArrayView start = line.first(qMin(line.size(), kLooked));
    const PlainLine plain(start, kLooked);
    const QByteArrayView message = plain.message();
    if (message.isEmpty())
        return;
    const LineReport report = reportOf(start);
    if (report.kind == LineReport::Kind::Phase)
        return takePhase(progress, report.phase);
    if (report.kind == LineReport::Kind::Step) {
        progress.day = report.day;
        progress.secondOfDay = report.secondOfDay;
        progress.step = report.step;
        return;
    }
    for (const QByteArrayView begin : {QByteArrayView("Init error: "), QByteArrayView("Simulation error: ")}) {
        if (!message.startsWith(begin))
            continue;
        progress.error = QString::fromUtf8(message.sliced(begin.size()));
        progress.errorPhase = progress.phase;
    }
}

Result<LogProgress> readProgress(const QString &logFile, LogProgress progress)
{
    QFile file(logFile);
    if (!file.exists())
        return progress;
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Refused, "read_failed",
            QCoreApplication::translate("LogPhases", "“%1” could not be read.").arg(logFile),
            QCoreApplication::translate("LogPhases", "Check that you may read it."), file.errorString(), logFile);
    if (file.size() < progress.offset)
        progress = {};
    file.seek(progress.offset);
    QByteArray carry;
    while (true) {
        const QByteArray block = file.read(kBlock);
        if (block.isEmpty())
            return progress;
        qsizetype from = 0;
        for (qsizetype end = block.indexOf('\n'); end >= 0; end = block.indexOf('\n', from)) {
            const QByteArrayView rest = QByteArrayView(block).sliced(from, end - from);
            if (carry.isEmpty())
                takeLine(progress, rest);
            else
                takeLine(progress, carry + rest.toByteArray());
            carry.clear();
            from = end + 1;
        }
        if (from > 0)
            progress.offset = file.pos() - (block.size() - from);
        // Of a line that goes on, only as much as is looked at.
        if (carry.size() < kLooked)
            carry += block.mid(from, kLooked);
    }
}

} // namespace society::agentsociety
