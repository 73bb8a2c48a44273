// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/jsontext.h"

#include <QSet>

namespace society::config {

// One child of an object or list at a time.
struct JsonText::Cursor {
    const JsonText &json;
    qsizetype at; // at the next child, or at the closing bracket
    bool object;
    qsizetype index = -1;
    QString key;
    JsonSpan span;

    Cursor(const JsonText &text, qsizetype begin)
        : json(text)
        , at(text.skipSpace(begin + 1))
        , object(text.charAt(begin) == '{')
    {
    }

    bool next()
    {
        if (index >= 0) {
            at = json.skipSpace(span.end);
            if (json.charAt(at) == ',')
                at = json.skipSpace(at + 1);
        }
        const char c = json.charAt(at);
        if (c == '}' || c == ']' || c == '\0')
            return false;
        ++index;
        span.keyBegin = -1;
        qsizetype begin = at;
        if (object) {
            const qsizetype end = json.skipString(at);
            key = json.keyAt(at, end);
            span.keyBegin = at;
            begin = json.skipSpace(json.skipSpace(end) + 1);
        } else {
            key = QString::number(index);
        }
        span.begin = begin;
        span.end = json.skipValue(begin);
        return true;
    }
};

JsonPlace JsonText::locate(const QStringList &path) const
{
    JsonPlace place;
    place.span.begin = skipSpace(m_text.startsWith("\xEF\xBB\xBF") ? 3 : 0);
    place.span.end = skipValue(place.span.begin);
    for (const QString &part : path) {
        const char c = charAt(place.span.begin);
        if (c != '{' && c != '[')
            return place;
        // The last of two equal keys is the one that counts.
        JsonPlace found;
        bool isFound = false;
        qsizetype previousEnd = -1;
        Cursor cursor(*this, place.span.begin);
        while (cursor.next()) {
            if (isFound && found.nextBegin < 0)
                found.nextBegin = cursor.span.mark();
            if (cursor.key == part) {
                isFound = true;
                found.span = cursor.span;
                found.previousEnd = previousEnd;
                found.nextBegin = -1;
            }
            previousEnd = cursor.span.end;
        }
        if (!isFound)
            return place;
        found.depth = place.depth + 1;
        place = found;
    }
    return place;
}

qsizetype JsonText::lastEnd(qsizetype begin) const
{
    qsizetype end = -1;
    Cursor cursor(*this, begin);
    while (cursor.next())
        end = cursor.span.end;
    return end;
}

void JsonText::visit(
    const std::function<void(const QStringList &path, const JsonSpan &span, bool repeated)> &found) const
{
    struct Level {
        Cursor cursor;
        QSet<QString> keys;
    };
    QStringList path;
    const JsonSpan root = locate({}).span;
    found(path, root, false);
    if (charAt(root.begin) != '{' && charAt(root.begin) != '[')
        return;
    std::vector<Level> levels;
    levels.push_back({Cursor(*this, root.begin), {}});
    while (!levels.empty()) {
        Level &level = levels.back();
        if (!level.cursor.next()) {
            levels.pop_back();
            if (!levels.empty())
                path.removeLast();
            continue;
        }
        path.append(level.cursor.key);
        const bool repeated = level.cursor.object && level.keys.contains(level.cursor.key);
        if (level.cursor.object)
            level.keys.insert(level.cursor.key);
        const JsonSpan span = level.cursor.span;
        found(path, span, repeated);
        if (charAt(span.begin) == '{' || charAt(span.begin) == '[')
            levels.push_back({Cursor(*this, span.begin), {}});
        else
            path.removeLast();
    }
}

} // namespace society::config
