// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/output.h"

#include <QJsonDocument>
#include <cstdio>
#include <unistd.h>

namespace society::cli {

namespace {

void put(std::FILE *to, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<size_t>(bytes.size()), to);
    std::fflush(to);
}

/// One sentence after another, whether or not they were written with a full stop.
QString sentences(const QString &message, const QString &remedy)
{
    const auto ended = [](const QString &text) {
        static const QString ends = QStringLiteral(".!?。！？…");
        return text.isEmpty() || ends.contains(text.back()) ? text : text + u'.';
    };
    const QString advice = printable(ended(remedy));
    return printable(ended(message)) + (advice.isEmpty() ? QString() : u' ' + advice);
}

} // namespace

void Output::write(std::FILE *to, const QString &text)
{
    if (!m_progress.isEmpty() && isWatched())
        put(stderr, "\r\x1b[K"); // the line that changes makes room
    m_progress.clear();
    put(to, text.toUtf8() + '\n');
}

void Output::progress(const QString &text)
{
    const QString line = printable(text);
    if (line == m_progress)
        return;
    if (isWatched())
        put(stderr, "\r\x1b[K" + line.toUtf8());
    else
        put(stderr, line.toUtf8() + '\n');
    m_progress = line;
}

void Output::print(const QByteArray &document)
{
    if (!m_json || std::exchange(m_printed, true))
        return;
    bytes(document);
}

void Output::document(const QJsonObject &document)
{
    print(QJsonDocument(document).toJson());
}

void Output::document(const QJsonArray &document)
{
    print(QJsonDocument(document).toJson());
}

void Output::listed(const QByteArray &piece)
{
    m_printed = true;
    bytes(piece);
}

void Output::line(const QString &text)
{
    if (!m_json)
        write(stdout, text);
}

void Output::table(const TextTable &table, const QString &whenEmpty)
{
    if (table.isEmpty())
        return line(whenEmpty);
    for (const QString &text : table.lines())
        line(text);
}

void Output::fields(const QList<std::pair<QString, QString>> &fields)
{
    for (const QString &text : fieldLines(fields))
        line(text);
}

void Output::remark(const QString &text)
{
    write(stderr, printable(text));
}

void Output::remark(const QString &message, const QString &remedy)
{
    write(stderr, sentences(message, remedy));
}

void Output::error(const Error &error)
{
    write(stderr, QStringLiteral("society-cli: ") + sentences(error.message, error.remedy));
    document(QJsonObject{{QStringLiteral("error"),
        QJsonObject{{QStringLiteral("code"), error.code}, {QStringLiteral("message"), error.message},
            {QStringLiteral("remedy"), error.remedy}, {QStringLiteral("path"), error.path},
            {QStringLiteral("detail"), error.detail}}}});
}

bool Output::bytes(QByteArrayView bytes)
{
    const auto size = static_cast<size_t>(bytes.size());
    return std::fwrite(bytes.data(), 1, size, stdout) == size && std::fflush(stdout) == 0;
}

bool isWatched()
{
    return ::isatty(STDERR_FILENO) == 1;
}

int exitCode(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Refused:
        return 1;
    case ErrorKind::Usage:
        return 2;
    case ErrorKind::NotFound:
        return 3;
    case ErrorKind::Forbidden:
        return 4;
    case ErrorKind::Funds:
        return 5;
    case ErrorKind::Runner:
        return 6;
    case ErrorKind::Database:
        return 7;
    case ErrorKind::TimedOut:
        return 8;
    }
    return 1;
}

} // namespace society::cli
