// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/texttable.h"

#include <algorithm>
#include <array>
#include <utility>

namespace society::cli {

namespace {

struct Span {
    char32_t first;
    char32_t last;
};

/// What East Asian Width calls wide or full, coarsely: terminals agree on these.
constexpr std::array Wide = {Span{0x1100, 0x115f}, Span{0x2e80, 0x303e}, Span{0x3041, 0xa4cf}, Span{0xac00, 0xd7a3},
    Span{0xf900, 0xfaff}, Span{0xfe30, 0xfe6f}, Span{0xff00, 0xff60}, Span{0xffe0, 0xffe6}, Span{0x1f300, 0x1f64f},
    Span{0x1f900, 0x1f9ff}, Span{0x20000, 0x3fffd}};

int widthOf(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Mark_NonSpacing:
    case QChar::Mark_Enclosing:
    case QChar::Other_Format:
        return 0;
    default:
        break;
    }
    const bool isWide =
        std::any_of(Wide.begin(), Wide.end(), [c](Span span) { return c >= span.first && c <= span.last; });
    return isWide ? 2 : 1;
}

QString padded(const QString &text, int width, TextTable::Align align)
{
    const QString blanks(std::max(0, width - displayWidth(text)), u' ');
    return align == TextTable::Align::Left ? text + blanks : blanks + text;
}

QString trimmedEnd(QString line)
{
    while (line.endsWith(u' '))
        line.chop(1);
    return line;
}

} // namespace

QString printable(QStringView text)
{
    QString safe;
    safe.reserve(text.size());
    for (const QChar c : text) {
        // Escape sequences in a name or a message must not reach the terminal; nor may text run backwards.
        const bool isControl =
            c.category() == QChar::Other_Control || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
        const bool turnsAround =
            (c >= QChar(0x202a) && c <= QChar(0x202e)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
        if (c == u'\n' || c == u'\t' || c == u'\r')
            safe += u' ';
        else
            safe += isControl || turnsAround ? QChar(QChar::ReplacementCharacter) : c;
    }
    return safe;
}

int displayWidth(QStringView text)
{
    int width = 0;
    for (const char32_t c : text.toUcs4())
        width += widthOf(c);
    return width;
}

TextTable::TextTable(QList<Column> columns)
    : m_columns(std::move(columns))
{
}

void TextTable::add(QStringList cells)
{
    for (QString &cell : cells)
        cell = printable(cell);
    cells.resize(m_columns.size());
    m_rows.append(std::move(cells));
}

QList<int> TextTable::widths() const
{
    QList<int> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        int width = displayWidth(m_columns.at(i).title);
        for (const QStringList &row : m_rows)
            width = std::max(width, displayWidth(row.at(i)));
        widths.append(width);
    }
    return widths;
}

QString TextTable::titleLine(const QList<int> &widths) const
{
    QStringList titles;
    for (const Column &column : m_columns)
        titles.append(column.title);
    return line(titles, widths);
}

QString TextTable::line(const QStringList &cells, const QList<int> &widths) const
{
    QStringList parts;
    for (qsizetype i = 0; i < cells.size(); ++i)
        parts.append(padded(cells.at(i), widths.at(i), m_columns.at(i).align));
    return trimmedEnd(parts.join(QStringLiteral("  ")));
}

QStringList TextTable::lines() const
{
    const QList<int> widths = this->widths();
    QStringList lines{titleLine(widths)};
    for (const QStringList &row : m_rows)
        lines.append(line(row, widths));
    return lines;
}

QStringList TextTable::takeLines()
{
    QStringList lines;
    if (m_rows.isEmpty())
        return lines;
    if (m_taken.isEmpty()) {
        m_taken = widths();
        lines.append(titleLine(m_taken));
    }
    for (const QStringList &row : std::exchange(m_rows, {}))
        lines.append(line(row, m_taken));
    return lines;
}

QStringList fieldLines(const QList<std::pair<QString, QString>> &fields)
{
    int width = 0;
    for (const auto &field : fields)
        width = std::max(width, displayWidth(field.first));
    QStringList lines;
    for (const auto &[name, value] : fields)
        lines.append(trimmedEnd(padded(name, width, TextTable::Align::Left) + QStringLiteral("  ") + printable(value)));
    return lines;
}

} // namespace society::cli
