// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/resulttablemodel.h"

#include "services/core/clock.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <array>

namespace society::models {

namespace {

using Kind = agentsociety::ResultColumn::Kind;

QString jsonText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Object:
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    case QJsonValue::Array:
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    case QJsonValue::String:
        return value.toString();
    case QJsonValue::Null:
    case QJsonValue::Undefined:
        return {};
    default:
        return value.toVariant().toString();
    }
}

/// Titles of the columns that AgentSociety's tables and the list of calls have.
QString columnTitle(const QString &name)
{
    struct Title {
        const char *name;
        const char *text;
    };
    static constexpr std::array titles = {
        Title{"id", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Agent")},
        Title{"name", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Name")},
        Title{"profile", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Profile")},
        Title{"day", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Day")},
        Title{"second", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Second of day")},
        Title{"lng", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Longitude")},
        Title{"lat", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Latitude")},
        Title{"parent_id", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Place")},
        Title{"action", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Action")},
        Title{"status", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Status")},
        Title{"created_at", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Written")},
        Title{"type", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Kind")},
        Title{"speaker", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Speaker")},
        Title{"content", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Content")},
        Title{"survey_id", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Survey")},
        Title{"answers", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Answers")},
        Title{"step", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Tick")},
        Title{"key", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Key")},
        Title{"value", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Value")},
        Title{"prompt", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Prompt")},
        Title{"seq", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Number")},
        Title{"t", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Time")},
        Title{"entry", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "LLM entry")},
        Title{"model", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Model")},
        Title{"kind", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Prompt kind")},
        Title{"tokens_in", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Tokens in")},
        Title{"tokens_out", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Tokens out")},
        Title{"estimated", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Estimated")},
        Title{"latency_ms", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Latency (ms)")},
        Title{"http", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "HTTP status")},
        Title{"error", QT_TRANSLATE_NOOP("society::models::ResultTableModel", "Error")},
    };
    for (const Title &title : titles) {
        if (name == QLatin1String(title.name))
            return ResultTableModel::tr(title.text);
    }
    return name;
}

} // namespace

QString resultText(const QVariant &value, Kind kind)
{
    if (value.isValid() && kind == Kind::Real)
        return QLocale().toString(value.toDouble(), 'g', 8);
    if (value.isValid() && kind == Kind::Time)
        return QLocale().toString(value.toDateTime().toLocalTime(), QLocale::ShortFormat);
    return resultCsvText(value, kind);
}

QString resultCsvText(const QVariant &value, Kind kind)
{
    if (!value.isValid())
        return {};
    switch (kind) {
    case Kind::Integer:
        return QString::number(value.toLongLong());
    case Kind::Real:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case Kind::Time:
        return toIso(value.toDateTime());
    case Kind::Json:
        return jsonText(value.toJsonValue());
    case Kind::Text:
        return value.toString();
    }
    return {};
}

void ResultTableModel::setColumns(const QList<Column> &columns)
{
    beginResetModel();
    m_columns = columns;
    m_rows.clear();
    m_lastCursor = m_next = 0;
    m_lastFirst = 0;
    m_read = m_asked = false;
    endResetModel();
}

void ResultTableModel::takePage(qint64 cursor, const QList<QVariantList> &rows, qint64 next)
{
    const bool isNext = !m_read ? cursor == 0 : m_next > 0 && cursor == m_next;
    const bool isAgain = m_read && cursor == m_lastCursor;
    if (!m_asked || (!isNext && !isAgain))
        return; // an answer to a question about another table
    m_asked = false;
    if (!isAgain) {
        m_lastCursor = cursor;
        m_lastFirst = rowCount();
    }
    m_read = true;
    m_next = next == cursor ? 0 : next;
    replaceFrom(m_lastFirst, rows);
}

void ResultTableModel::replaceFrom(int first, const QList<QVariantList> &rows)
{
    const int known = rowCount() - first;
    const int now = static_cast<int>(rows.size());
    if (now < known) {
        beginRemoveRows({}, first + now, rowCount() - 1);
        m_rows.resize(first + now);
        endRemoveRows();
    }
    for (int i = 0; i < std::min(known, now); ++i) {
        if (m_rows[first + i] == rows[i])
            continue;
        m_rows[first + i] = rows[i];
        emit dataChanged(index(first + i, 0), index(first + i, columnCount() - 1));
    }
    if (now > known) {
        beginInsertRows({}, first + known, first + now - 1);
        m_rows.append(rows.sliced(known));
        endInsertRows();
    }
}

void ResultTableModel::askForGrowth()
{
    if (m_asked || m_columns.isEmpty() || m_next > 0)
        return; // further pages are there: a view asks for them when it needs them
    m_asked = true;
    emit pageWanted(m_lastCursor);
}

int ResultTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResultTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_columns.size());
}

QVariant ResultTableModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const QVariantList &row = m_rows[index.row()];
    const Column &column = m_columns[index.column()];
    const QVariant value = row.value(index.column());
    switch (role) {
    case Qt::DisplayRole:
        return resultText(value, column.kind);
    case Qt::ToolTipRole:
        return column.kind == Kind::Time ? resultCsvText(value, column.kind) : resultText(value, column.kind);
    case Qt::TextAlignmentRole: {
        const bool number = column.kind == Kind::Integer || column.kind == Kind::Real;
        return QVariant(number ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignLeft | Qt::AlignVCenter);
    }
    case SortRole:
        return column.kind == Kind::Json ? QVariant(resultText(value, column.kind)) : value;
    case TieRole:
        return -index.row();
    case SearchRole: {
        QStringList texts;
        for (qsizetype i = 0; i < m_columns.size(); ++i)
            texts.append(resultText(row.value(i), m_columns[i].kind));
        return texts.join(u'\n');
    }
    default:
        return {};
    }
}

QVariant ResultTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return {};
    return columnTitle(m_columns[section].name);
}

bool ResultTableModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_asked && !m_columns.isEmpty() && (!m_read || m_next > 0);
}

void ResultTableModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_asked = true;
    emit pageWanted(m_read ? m_next : 0);
}

void ResultTableModel::retranslate()
{
    if (columnCount() > 0)
        emit headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
}

} // namespace society::models
