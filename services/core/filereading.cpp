// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/files.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QFile>
#include <QJsonDocument>

namespace society {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Files", text);
}

/// Opens first and asks for the reason afterwards: QFile::exists() says no for a moment while a file is being replaced
/// (it finds the old one, whose last name is just gone).
Result<> openToRead(QFile &file)
{
    if (file.open(QIODevice::ReadOnly))
        return {};
    if (file.exists())
        return readFailed(file.fileName(), file.errorString());
    return fail(ErrorKind::NotFound, "file_missing", tr("There is no file “%1”.").arg(file.fileName()),
        tr("Check the name and the folder."), {}, file.fileName());
}

} // namespace

tl::unexpected<Error> readFailed(const QString &path, const QString &detail)
{
    return fail(ErrorKind::Refused, "read_failed", tr("“%1” could not be read.").arg(path),
        tr("Check that you may read it."), detail, path);
}

Result<QByteArray> readFile(const QString &path, qint64 maxBytes)
{
    QFile file(path);
    SOCIETY_TRY(openToRead(file));
    const QByteArray data = file.read(maxBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return readFailed(path, file.errorString());
    if (data.size() > maxBytes)
        return fail(ErrorKind::Refused, "file_too_large", tr("“%1” is larger than %2 bytes.").arg(path).arg(maxBytes),
            tr("Choose a smaller file."), {}, path);
    return data;
}

Result<QJsonObject> readJsonObject(const QString &path, qint64 maxBytes)
{
    SOCIETY_ASSIGN(const QByteArray data, readFile(path, maxBytes));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(data, &error);
    if (!document.isObject())
        return fail(ErrorKind::Refused, "json_invalid", tr("“%1” is not a JSON object.").arg(path),
            tr("Restore it from a copy, or remove it."),
            QStringLiteral("offset %1: %2").arg(error.offset).arg(error.errorString()), path);
    return document.object();
}

Result<QString> sha256OfFile(const QString &path)
{
    QFile file(path);
    SOCIETY_TRY(openToRead(file));
    QCryptographicHash hash(QCryptographicHash::Sha256);
    if (!hash.addData(&file))
        return readFailed(path, file.errorString());
    return QString::fromLatin1(hash.result().toHex());
}

} // namespace society
