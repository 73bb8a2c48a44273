// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/config/document.h"

#include "services/config/document_p.h"
#include "services/config/jsontext.h"
#include "services/config/utf8.h"
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

} // namespace

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

} // namespace society::config
