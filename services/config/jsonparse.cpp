// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document_p.h"
#include "services/config/jsontext.h"

#include <QCoreApplication>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigDocument", text);
}

bool isTooDeep(const QByteArray &text)
{
    int depth = 0;
    bool inString = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text.at(i);
        if (inString) {
            if (c == '\\')
                ++i;
            else if (c == '"')
                inString = false;
        } else if (c == '"') {
            inString = true;
        } else if (c == '{' || c == '[') {
            if (++depth > MaxDocumentDepth)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

// The parser says where the token that it did not expect ends; people look for its beginning.
qsizetype tokenStart(const QByteArray &text, qsizetype offset)
{
    const auto isWord = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '+' ||
               c == '.';
    };
    qsizetype start = offset;
    for (qsizetype at = 0; at <= offset && at < text.size();) {
        start = at;
        if (text.at(at) == '"') {
            for (++at; at < text.size() && text.at(at) != '"'; ++at)
                at += text.at(at) == '\\' ? 1 : 0;
            ++at;
        } else if (isWord(text.at(at))) {
            while (at < text.size() && isWord(text.at(at)))
                ++at;
        } else {
            ++at;
        }
    }
    return start;
}

// What people who write JSON by hand, or from Python, get wrong.
QString remedyFor(const QByteArray &text, qsizetype offset)
{
    if (QByteArrayView(text).trimmed().isEmpty())
        return tr("The text is empty: write a document or import one.");
    if (offset >= text.size())
        return tr("The text ends too early: close every bracket, brace and quotation mark.");
    const char c = text.at(offset);
    qsizetype before = offset - 1;
    while (before >= 0 &&
           (text.at(before) == ' ' || text.at(before) == '\n' || text.at(before) == '\r' || text.at(before) == '\t'))
        --before;
    if ((c == '}' || c == ']') && before >= 0 && text.at(before) == ',')
        return tr("Take away the comma before the closing bracket.");
    if (c == '\'')
        return tr("Use double quotation marks: \" instead of '.");
    if (c == '/' || c == '#')
        return tr("JSON has no comments: take them away.");
    if (c == 'T' || c == 'F' || c == 'N')
        return tr("Write true, false and null in small letters.");
    if ((c == '"' || c == '{' || c == '[') && before >= 0 &&
        QByteArrayView("\"}]0123456789el").contains(text.at(before)))
        return tr("A comma is missing before this place.");
    if (c == '\n' || c == '\r')
        return tr("Close the quotation mark before the end of the line.");
    return tr("Correct the text at this place.");
}

} // namespace

Result<Json> parseJson(const QByteArray &text, const QString &name)
{
    if (isTooDeep(text)) {
        return fail(ErrorKind::Refused, "document_too_deep",
            tr("%1 is nested more than %2 levels deep").arg(name).arg(MaxDocumentDepth),
            tr("Use a document with fewer levels."));
    }
    try {
        return Json::parse(text.constBegin(), text.constEnd());
    } catch (const Json::parse_error &error) {
        auto offset = static_cast<qsizetype>(error.byte) - 1;
        if (offset < text.size() && QByteArrayView(error.what()).contains("unexpected"))
            offset = tokenStart(text, offset);
        return fail(ErrorKind::Refused, "json_invalid",
            tr("%1 is not valid JSON").arg(placeText(name, positionOf(text, offset))), remedyFor(text, offset),
            QString::fromUtf8(error.what()));
    } catch (const Json::exception &error) { // a number that no double holds
        return fail(ErrorKind::Refused, "json_invalid", tr("%1 has a number that is too large").arg(name),
            tr("Use numbers below 10^308."), QString::fromUtf8(error.what()));
    }
}

QString placeText(const QString &name, Position position)
{
    return tr("%1, line %2, column %3").arg(name).arg(position.line).arg(position.column);
}

} // namespace society::config
