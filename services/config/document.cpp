// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document.h"

#include "services/config/document_p.h"
#include "services/config/jsontext.h"
#include "services/core/files.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QLocale>

namespace society::config {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ConfigDocument", text);
}

// The byte at which UTF-8 breaks off; -1: it does not.
qsizetype invalidUtf8(const QByteArray &text)
{
    qsizetype at = 0;
    const auto byte = [&](qsizetype i) { return static_cast<unsigned char>(text.at(i)); };
    while (at < text.size()) {
        const unsigned lead = byte(at);
        qsizetype more = 0;
        unsigned low = 0x80;
        unsigned high = 0xBF;
        if (lead < 0x80)
            more = 0;
        else if (lead >= 0xC2 && lead <= 0xDF)
            more = 1;
        else if (lead >= 0xE0 && lead <= 0xEF)
            more = 2;
        else if (lead >= 0xF0 && lead <= 0xF4)
            more = 3;
        else
            return at;
        if (lead == 0xE0)
            low = 0xA0; // overlong
        else if (lead == 0xED)
            high = 0x9F; // surrogates
        else if (lead == 0xF0)
            low = 0x90;
        else if (lead == 0xF4)
            high = 0x8F;
        for (qsizetype i = 1; i <= more; ++i) {
            if (at + i >= text.size() || byte(at + i) < low || byte(at + i) > high)
                return at;
            low = 0x80;
            high = 0xBF;
        }
        at += more + 1;
    }
    return -1;
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

QByteArray moveLeft(const QByteArray &value, const QByteArray &indentation)
{
    if (indentation.isEmpty() || !value.contains('\n'))
        return value;
    QByteArray moved;
    for (const QByteArray &line : value.split('\n')) {
        if (!moved.isNull())
            moved += '\n';
        qsizetype common = 0;
        while (common < indentation.size() && common < line.size() && line.at(common) == indentation.at(common))
            ++common;
        moved += moved.isNull() ? line : line.mid(common);
    }
    return moved;
}

QByteArray moveRight(QByteArray value, const QByteArray &indentation)
{
    return value.replace("\n", "\n" + indentation);
}

QByteArray quoted(const QString &key)
{
    return dump(Json(key.toStdString()), -1);
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

Document::Document()
{
    static const auto empty = [] {
        auto tree = std::make_shared<Tree>();
        tree->text = "null";
        return tree;
    }();
    m_tree = empty;
}

Document::Document(std::shared_ptr<const Tree> tree)
    : m_tree(std::move(tree))
{
}

Result<Document> Document::parse(const QByteArray &text, Format format, const QString &name)
{
    const QString shown = name.isEmpty() ? tr("The document") : name;
    if (text.size() > MaxDocumentBytes) {
        return fail(ErrorKind::Refused, "document_too_large",
            tr("%1 is larger than %2").arg(shown, QLocale().formattedDataSize(MaxDocumentBytes)),
            tr("Move large lists of people into a profile file."), {}, name);
    }
    if (const qsizetype broken = invalidUtf8(text); broken >= 0) {
        return fail(ErrorKind::Refused, "not_utf8",
            tr("%1 is not UTF-8 text").arg(placeText(shown, positionOf(text, broken))), tr("Save the file as UTF-8."),
            {}, name);
    }
    auto tree = std::make_shared<Tree>();
    tree->text = text;
    tree->format = format;
    if (format == Format::Yaml) {
        SOCIETY_TRY(parseYaml(text, shown, *tree));
        return Document(std::move(tree));
    }
    SOCIETY_ASSIGN(tree->root, parseJson(text, shown));
    JsonText(tree->text).visit([&](const QStringList &path, const JsonSpan &, bool repeated) {
        if (repeated)
            tree->duplicates.append(joinPath(path));
    });
    return Document(std::move(tree));
}

Result<Document> Document::parseAny(const QByteArray &text, const QString &name)
{
    const QByteArrayView trimmed = QByteArrayView(text).trimmed();
    const bool isJson = trimmed.isEmpty() || trimmed.front() == '{' || trimmed.front() == '[' || trimmed.front() == '"';
    return parse(text, isJson ? Format::Json : Format::Yaml, name);
}

Result<Document> Document::read(const QString &file)
{
    SOCIETY_ASSIGN(const QByteArray text, readFile(file, MaxDocumentBytes));
    const QFileInfo info(file);
    const QString suffix = info.suffix().toLower();
    const bool isYaml = suffix == QLatin1String("yaml") || suffix == QLatin1String("yml");
    auto document = parse(text, isYaml ? Format::Yaml : Format::Json, info.fileName());
    if (!document)
        document.error().path = file;
    return document;
}

Format Document::format() const
{
    return m_tree->format;
}

const QByteArray &Document::text() const
{
    return m_tree->text;
}

QByteArray Document::toJson() const
{
    return format() == Format::Json ? text() : dump(m_tree->root) + '\n';
}

Position Document::position(const QString &path) const
{
    if (format() == Format::Json) {
        const JsonText json(m_tree->text);
        return json.position(json.locate(splitPath(path)).span.mark());
    }
    for (QStringList parts = splitPath(path);; parts.removeLast()) {
        const auto found = m_tree->positions.constFind(joinPath(parts));
        if (found != m_tree->positions.constEnd())
            return *found;
        if (parts.isEmpty())
            return {1, 1};
    }
}

QStringList Document::duplicateKeys() const
{
    return m_tree->duplicates;
}

bool Document::contains(const QString &path) const
{
    return find(*this, path) != nullptr;
}

QJsonValue Document::value(const QString &path) const
{
    const Json *json = find(*this, path);
    return json ? toQt(*json) : QJsonValue(QJsonValue::Undefined);
}

QStringList Document::keys(const QString &path) const
{
    QStringList keys;
    if (const Json *json = find(*this, path); json && json->is_object()) {
        for (const auto &[key, value] : json->items())
            keys.append(keyText(key));
    }
    return keys;
}

qsizetype Document::size(const QString &path) const
{
    const Json *json = find(*this, path);
    return json && json->is_structured() ? static_cast<qsizetype>(json->size()) : 0;
}

QByteArray Document::slice(const QString &path) const
{
    const Json *json = find(*this, path);
    if (!json)
        return {};
    if (format() != Format::Json)
        return dump(*json);
    const JsonText text(m_tree->text);
    const JsonSpan span = text.locate(splitPath(path)).span;
    return moveLeft(m_tree->text.mid(span.begin, span.end - span.begin), text.indentation(span.begin));
}

Result<Document> Document::with(const QString &path, const QByteArray &json) const
{
    const QByteArray source = toJson();
    const JsonText text(source);
    const QStringList parts = splitPath(path);
    const JsonPlace place = text.locate(parts);
    if (place.depth == parts.size()) {
        const QByteArray value = moveRight(json, text.indentation(place.span.begin));
        return parse(source.left(place.span.begin) + value + source.mid(place.span.end), Format::Json);
    }
    const char open = source.at(place.span.begin);
    const bool isObject = open == '{';
    const bool isNext = open == '[' && parts.last() == QString::number(size(joinPath(parts.mid(0, place.depth))));
    if (place.depth != parts.size() - 1 || (!isObject && !isNext)) {
        return fail(ErrorKind::NotFound, "path_missing", tr("The document has no %1").arg(path),
            tr("Give a path that is there, or whose parent is."), {}, path);
    }
    const QByteArray key = isObject ? quoted(parts.last()) + ": " : QByteArray();
    const qsizetype last = text.lastEnd(place.span.begin);
    if (last < 0)
        return parse(source.left(place.span.begin + 1) + key + json + source.mid(place.span.end - 1), Format::Json);
    const bool onLines = source.mid(place.span.begin, last - place.span.begin).contains('\n');
    const QByteArray indentation = text.indentation(last);
    const QByteArray comma = onLines ? ",\n" + indentation : QByteArray(", ");
    return parse(source.left(last) + comma + key + moveRight(json, indentation) + source.mid(last), Format::Json);
}

Result<Document> Document::without(const QString &path) const
{
    const QByteArray source = toJson();
    const QStringList parts = splitPath(path);
    const JsonPlace place = JsonText(source).locate(parts);
    if (parts.isEmpty() || place.depth != parts.size()) {
        return fail(ErrorKind::NotFound, "path_missing", tr("The document has no %1").arg(path),
            tr("Give a path that is there."), {}, path);
    }
    // The comma goes with it: the one before, or for the first the one after.
    qsizetype begin = place.span.mark();
    qsizetype end = place.span.end;
    if (place.previousEnd >= 0)
        begin = place.previousEnd;
    else if (place.nextBegin >= 0)
        end = place.nextBegin;
    return parse(source.left(begin) + source.mid(end), Format::Json);
}

} // namespace society::config
