// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/csvreader.h"

#include <QCoreApplication>

namespace society {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigProfiles", text);
}

QChar separatorOf(QStringView text)
{
    const QStringView first =
        text.left(qMax<qsizetype>(0, text.indexOf(u'\n') < 0 ? text.size() : text.indexOf(u'\n')));
    QChar best = u',';
    for (const QChar candidate : {QChar(u';'), QChar(u'\t')}) {
        if (first.count(candidate) > first.count(best))
            best = candidate;
    }
    return best;
}

} // namespace

Result<QList<QStringList>> readCsv(const QByteArray &bytes, QList<int> *lines)
{
    QString text = QString::fromUtf8(bytes);
    if (text.startsWith(QChar(0xFEFF)))
        text.remove(0, 1);
    const QChar separator = separatorOf(text);
    QList<QStringList> rows;
    QStringList row;
    QString field;
    int line = 1;
    int begun = 1; // the line that the row begins in
    const auto refuse = [](int at) {
        return fail(ErrorKind::Refused, "csv_invalid", tr("A quotation mark in line %1 is not closed properly").arg(at),
            tr("Close it, and double quotation marks inside a field."));
    };
    const auto endRow = [&] {
        row.append(field);
        if (row.size() > 1 || !row.first().trimmed().isEmpty()) {
            rows.append(row);
            if (lines)
                lines->append(begun);
        }
        row.clear();
        field.clear();
    };
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar c = text[i];
        if (c == u'"' && field.isEmpty()) {
            const int opened = line;
            for (++i;; ++i) {
                if (i >= text.size())
                    return refuse(opened);
                if (text[i] == u'\n')
                    ++line;
                if (text[i] != u'"')
                    field.append(text[i]);
                else if (i + 1 < text.size() && text[i + 1] == u'"')
                    field.append(text[++i]);
                else
                    break;
            }
            const QChar after = i + 1 < text.size() ? text[i + 1] : QChar(u'\n');
            if (after != separator && after != u'\n' && after != u'\r')
                return refuse(opened);
        } else if (c == separator) {
            row.append(field);
            field.clear();
        } else if (c == u'\n') {
            endRow();
            begun = ++line;
        } else if (c != u'\r' || (i + 1 < text.size() && text[i + 1] != u'\n')) {
            field.append(c);
        }
    }
    if (!field.isEmpty() || !row.isEmpty())
        endRow();
    return rows;
}

} // namespace society
