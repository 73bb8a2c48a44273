// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace society::config {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// Bytes of UTF-8 that continue a character.
bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

} // namespace

qsizetype JsonText::skipSpace(qsizetype at) const
{
    while (at < m_text.size() && isSpace(m_text.at(at)))
        ++at;
    return at;
}

qsizetype JsonText::skipString(qsizetype at) const
{
    for (++at; at < m_text.size(); ++at) {
        if (m_text.at(at) == '\\')
            ++at;
        else if (m_text.at(at) == '"')
            return at + 1;
    }
    return m_text.size();
}

qsizetype JsonText::skipValue(qsizetype at) const
{
    int depth = 0;
    while (at < m_text.size()) {
        const char c = m_text.at(at);
        if (c == '"') {
            at = skipString(at);
        } else if (c == '{' || c == '[') {
            ++depth;
            ++at;
        } else if (c == '}' || c == ']') {
            if (depth == 0)
                return at;
            --depth;
            ++at;
        } else if (depth == 0 && (c == ',' || isSpace(c))) {
            return at;
        } else {
            ++at;
            continue;
        }
        if (depth == 0)
            return at;
    }
    return m_text.size();
}

QString JsonText::keyAt(qsizetype begin, qsizetype end) const
{
    const QByteArray quoted = m_text.mid(begin, end - begin);
    if (!quoted.contains('\\'))
        return QString::fromUtf8(quoted.mid(1, quoted.size() - 2));
    return QJsonDocument::fromJson('[' + quoted + ']').array().at(0).toString();
}

QByteArray JsonText::indentation(qsizetype offset) const
{
    const qsizetype line = offset > 0 ? m_text.lastIndexOf('\n', offset - 1) + 1 : 0;
    qsizetype end = line;
    while (end < offset && (m_text.at(end) == ' ' || m_text.at(end) == '\t'))
        ++end;
    return m_text.mid(line, end - line);
}

Position JsonText::position(qsizetype offset) const
{
    return positionOf(m_text, offset);
}

Position positionOf(const QByteArray &text, qsizetype offset)
{
    offset = qBound<qsizetype>(0, offset, text.size());
    Position position{1, 1};
    qsizetype line = 0;
    for (qsizetype at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) {
        ++position.line;
        line = at + 1;
    }
    for (qsizetype at = line; at < offset; ++at) {
        if (!isContinuation(text.at(at)))
            ++position.column;
    }
    return position;
}

} // namespace society::config
