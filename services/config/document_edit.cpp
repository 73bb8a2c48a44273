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

QByteArray moveRight(QByteArray value, const QByteArray &indentation)
{
    return value.replace("\n", "\n" + indentation);
}

} // namespace

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
