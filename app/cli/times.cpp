// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/times.h"

#include "app/cli/words.h"

namespace society::cli {

Result<QDateTime> timeArgument(const std::string &argument)
{
    const QString text = QString::fromStdString(argument).trimmed();
    if (text.isEmpty())
        return QDateTime();
    QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (const QDate day = QDate::fromString(text, Qt::ISODate); day.isValid())
        time = day.startOfDay(Qt::UTC);
    if (!time.isValid())
        return fail(ErrorKind::Usage, "time_invalid", Cli::tr("“%1” is not a time.").arg(text.left(40)),
            Cli::tr("Write 2026-11-24 or 2026-11-24T08:00:00Z."));
    if (time.timeSpec() == Qt::LocalTime)
        time.setTimeSpec(Qt::UTC); // the same digits
    return time.toUTC();
}

QString localTime(const QDateTime &time)
{
    return time.isValid() ? time.toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss")) : QString();
}

} // namespace society::cli
