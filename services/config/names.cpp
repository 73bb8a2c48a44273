// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/check.h"
#include "services/config/schema.h"

#include <algorithm>
#include <numeric>
#include <vector>

namespace society::config {

namespace {

// Restricted Damerau-Levenshtein distance: swapped neighbours count once.
int editDistance(const QString &a, const QString &b)
{
    const auto columns = static_cast<size_t>(b.size()) + 1;
    std::vector<int> beforeLast(columns);
    std::vector<int> last(columns);
    std::vector<int> row(columns);
    std::iota(last.begin(), last.end(), 0);
    for (qsizetype i = 1; i <= a.size(); ++i) {
        row[0] = static_cast<int>(i);
        for (qsizetype j = 1; j <= b.size(); ++j) {
            const auto at = static_cast<size_t>(j);
            const int swap = a[i - 1] == b[j - 1] ? 0 : 1;
            row[at] = std::min({last[at] + 1, row[at - 1] + 1, last[at - 1] + swap});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[at] = std::min(row[at], beforeLast[at - 2] + 1);
        }
        std::swap(beforeLast, last);
        std::swap(last, row);
    }
    return last[columns - 1];
}

} // namespace

QString nearest(const QString &word, const QStringList &candidates)
{
    constexpr qsizetype LongestWord = 64; // nobody mistypes a paragraph; keeps hostile keys cheap
    if (word.isEmpty() || word.size() > LongestWord)
        return {};
    const QString plain = word.toLower().remove(u'_').remove(u'-');
    QString best;
    int least = std::max(1, static_cast<int>(word.size()) / 3) + 1;
    for (const QString &candidate : candidates) {
        const QString other = candidate.toLower().remove(u'_').remove(u'-');
        const int distance = plain == other ? 0 : editDistance(plain, other);
        if (distance < least && distance < static_cast<int>(std::max(plain.size(), other.size()))) {
            least = distance;
            best = candidate;
        }
    }
    return best;
}

QByteArray schemaText(Kind kind)
{
    const Json *schema = schemaOf(kind);
    return schema ? dump(*schema) : QByteArray();
}

QStringList citizenClasses()
{
    return namesOf("citizens");
}

QStringList supervisorClasses()
{
    return namesOf("supervisors");
}

QStringList providerNames()
{
    return namesOf("providers");
}

} // namespace society::config
