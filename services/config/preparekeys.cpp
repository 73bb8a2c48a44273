// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/findings.h"
#include "services/config/parts.h"
#include "services/config/prepare_p.h"

#include <QCoreApplication>
#include <QSet>
#include <algorithm>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigImport", text);
}

// The number of the key that the edited version had for this entry; -1: it had none, or went to another address.
int keptNumber(qsizetype index, const Json &entry, const Earlier &earlier, const QSet<int> &taken)
{
    if (!earlier.base)
        return -1;
    const View before = llmView(*earlier.base);
    if (!before.json || !before.json->is_array() || index >= static_cast<qsizetype>(before.json->size()))
        return -1;
    const Json &old = (*before.json)[static_cast<size_t>(index)];
    const bool isSame =
        textOf(old, "provider") == textOf(entry, "provider") && textOf(old, "base_url") == textOf(entry, "base_url");
    const int number = secretNumber(textOf(old, "api_key"));
    return isSame && !taken.contains(number) ? number : -1;
}

// An edited entry that still goes to the same address keeps the number of its key; a new one gets a number that no
// version has used, so that an old version never sends the new key to the old address.
int numberFor(qsizetype index, const Json &entry, const Earlier &earlier, QSet<int> &taken)
{
    int number = keptNumber(index, entry, earlier, taken);
    if (number < 0) {
        number = static_cast<int>(index);
        while (taken.contains(number) || earlier.numbers.contains(number))
            ++number;
    }
    taken.insert(number);
    return number;
}

bool isMasked(const QString &key)
{
    return !key.isEmpty() &&
           std::all_of(key.begin(), key.end(), [](QChar c) { return c == u'*' || c == u'•' || c == u'●'; });
}

} // namespace

Result<Document> takeKeys(const Document &source, const Earlier &earlier, Prepared &prepared)
{
    Document document = source;
    const View entries = llmView(source);
    QSet<int> taken; // by entries that keep their reference
    for (qsizetype i = 0; i < source.size(entries.path); ++i)
        taken.insert(secretNumber(textOf((*entries.json)[static_cast<size_t>(i)], "api_key")));
    for (qsizetype i = 0; i < source.size(entries.path); ++i) {
        const Json &entry = (*entries.json)[static_cast<size_t>(i)];
        if (!entry.is_object())
            continue;
        const QString path = below(below(entries.path, i), QStringLiteral("api_key"));
        const Json *value = member(entry, "api_key");
        const QString key = value ? text(*value) : QString();
        if (secretNumber(key) >= 0 || (value && !value->is_string()))
            continue;
        const bool isAbsent = isNoKey(key) || isMasked(key);
        // An export leaves keys empty: coming back from one, an entry has its key still.
        const bool isKept = (isMasked(key) || (value && key.isEmpty())) && keptNumber(i, entry, earlier, taken) >= 0;
        if (isAbsent && !isKept && !isMasked(key) && !needsKey(textOf(entry, "provider")))
            continue;
        const int number = numberFor(i, entry, earlier, taken);
        SOCIETY_ASSIGN(document, document.with(path, quoted(QStringLiteral("@secret:%1").arg(number))));
        if (!isAbsent)
            prepared.keys.append({number, key.toUtf8()});
        else if (!isKept)
            prepared.notes.append({Severity::Warning, path, QStringLiteral("key_missing"),
                tr("The key of “%1” is not in the document").arg(textOf(entry, "model")), tr("Set it.")});
    }
    return document;
}

} // namespace society::config
