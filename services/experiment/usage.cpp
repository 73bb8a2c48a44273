// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/experiment/usage.h"

#include "services/experiment/usagelines_p.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <algorithm>

namespace society::experiment {

namespace {

constexpr int Schema = 1;
constexpr qint64 TokensMax = 1'000'000'000'000; // of one call; the gateway's own bound

QString tr(const char *text)
{
    return QCoreApplication::translate("Usage", text);
}

bool isHeader(const QJsonObject &line)
{
    return line.contains(QLatin1String("schema"));
}

Result<> checkHeader(const QJsonObject &line)
{
    if (line.value(QLatin1String("schema")).toInt() > Schema)
        return fail(ErrorKind::Refused, "usage_newer",
            tr("The run's list of calls was written by a newer version of this program."),
            tr("Update Society Workbench."));
    return {};
}

qint64 sum(const QList<UsageTotal> &totals, qint64 UsageTotal::*field)
{
    qint64 all = 0;
    for (const UsageTotal &total : totals)
        all += total.*field;
    return all;
}

} // namespace

UsageReader::UsageReader(QString path)
    : m_path(std::move(path))
{
}

Result<> UsageReader::update()
{
    const auto takeLine = [this](const QByteArray &text) -> Result<bool> {
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        if (line.isEmpty()) {
            ++m_badLines;
        } else if (isHeader(line)) {
            SOCIETY_TRY(checkHeader(line));
        } else {
            take(line);
        }
        return true;
    };
    return eachLine(m_path, m_offset, m_cutLine, takeLine);
}

void UsageReader::take(const QJsonObject &line)
{
    const int entry = line.value(QLatin1String("entry")).toInt();
    const QString model = line.value(QLatin1String("model")).toString();
    const auto order = [](const UsageTotal &total, const std::pair<int, QString> &key) {
        return std::pair(total.entry, total.model) < key;
    };
    auto at = std::lower_bound(m_totals.begin(), m_totals.end(), std::pair(entry, model), order);
    if (at == m_totals.end() || at->entry != entry || at->model != model) {
        const qsizetype row = at - m_totals.begin();
        m_totals.insert(row, UsageTotal{.entry = entry, .model = model});
        at = m_totals.begin() + row;
    }
    // Counts outside these bounds can only come from a damaged file: they must not pay money back, nor overflow a sum.
    const auto count = [&line](const char *name) {
        return std::clamp(line.value(QLatin1String(name)).toInteger(), qint64(0), TokensMax);
    };
    const int status = line.value(QLatin1String("status")).toInt();
    const bool failed = status < 200 || status > 299 || !line.value(QLatin1String("error")).toString().isEmpty();
    ++at->calls;
    at->failed += failed ? 1 : 0;
    at->tokensIn += count("tokens_in");
    at->tokensOut += count("tokens_out");
    at->estimated += line.value(QLatin1String("estimated")).toBool() ? 1 : 0;
}

qint64 UsageReader::calls() const
{
    return sum(m_totals, &UsageTotal::calls);
}

qint64 UsageReader::tokensIn() const
{
    return sum(m_totals, &UsageTotal::tokensIn);
}

qint64 UsageReader::tokensOut() const
{
    return sum(m_totals, &UsageTotal::tokensOut);
}

Result<CallPage> readCalls(const QString &path, qint64 offset, int limit)
{
    CallPage page;
    page.next = offset;
    bool rest = false;
    const auto take = [&page, limit](const QByteArray &text) -> Result<bool> {
        const QJsonObject line = QJsonDocument::fromJson(text).object();
        if (!line.isEmpty() && !isHeader(line))
            page.calls.append(line);
        return page.calls.size() < limit;
    };
    SOCIETY_TRY(eachLine(path, page.next, rest, take));
    return page;
}

} // namespace society::experiment
