// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/loglayout.h"

#include "ui/statechip.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QTextBoundaryFinder>
#include <algorithm>
#include <array>
#include <cmath>

namespace society::ui {

namespace {

constexpr qreal unlimitedWidth = 1e6; // pixels; a cut line has at most 4,096 characters

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Base).lightness() < 128;
}

// black, red, green, yellow, blue, magenta, cyan, white; then the bright ones. Terminals' own yellow and white cannot
// be read on white paper, their blue not on black.
constexpr std::array<QRgb, 16> onLight = {0xff1f2328, 0xffb62324, 0xff1a7f37, 0xff8a5a00, 0xff0b57b0, 0xff8a2bb0,
    0xff0e7490, 0xff5f6670, 0xff444c56, 0xffd1242f, 0xff26913f, 0xff9a6700, 0xff1f6feb, 0xffa33cd0, 0xff128197,
    0xff6e7781};
constexpr std::array<QRgb, 16> onDark = {0xff8b949e, 0xffff7b72, 0xff57c878, 0xffe3b341, 0xff79b8ff, 0xffd2a8ff,
    0xff56d4dd, 0xffc9d1d9, 0xffa0a8b3, 0xffffa198, 0xff7ee2a0, 0xfff2cc60, 0xffa5d0ff, 0xffe2c5ff, 0xff8be9f0,
    0xfff0f6fc};

/// One of the 256: 16 named, a cube of 6 × 6 × 6, then 24 greys.
QColor indexedColour(quint32 index, const QPalette &palette)
{
    if (index < 16)
        return QColor::fromRgb(isDark(palette) ? onDark[index] : onLight[index]);
    if (index >= 232) {
        const int grey = 8 + 10 * static_cast<int>(index - 232);
        return QColor(grey, grey, grey);
    }
    const auto level = [](quint32 step) { return step == 0 ? 0 : 55 + 40 * static_cast<int>(step); };
    const quint32 cube = index - 16;
    return QColor(level(cube / 36), level(cube / 6 % 6), level(cube % 6));
}

QTextCharFormat formatOf(const log::TextStyle &style, const QPalette &palette)
{
    QTextCharFormat format;
    QColor foreground = ansiColour(style.foreground, palette);
    QColor background = ansiColour(style.background, palette);
    if (style.inverse) {
        if (!foreground.isValid())
            foreground = palette.color(QPalette::Text);
        if (!background.isValid())
            background = palette.color(QPalette::Base);
        std::swap(foreground, background);
    }
    if (style.dim && !foreground.isValid())
        foreground = palette.color(QPalette::PlaceholderText);
    if (foreground.isValid())
        format.setForeground(foreground);
    if (background.isValid())
        format.setBackground(background);
    if (style.bold)
        format.setFontWeight(QFont::Bold);
    format.setFontItalic(style.italic);
    format.setFontUnderline(style.underline);
    return format;
}

QList<QTextLayout::FormatRange> formatsOf(const log::LogLine &line, const QPalette &palette, int markLength)
{
    QList<QTextLayout::FormatRange> formats;
    const int length = static_cast<int>(line.text.size());
    if (const QColor colour = levelColour(line.level, palette); colour.isValid()) {
        QTextCharFormat format;
        format.setForeground(colour);
        formats.append({0, length, format});
    }
    for (const log::StyleSpan &span : line.spans)
        formats.append({static_cast<int>(span.first), static_cast<int>(span.length), formatOf(span.style, palette)});
    for (const log::OddCell &cell : line.cells)
        formats.append({static_cast<int>(cell.first), static_cast<int>(cell.length), cellFormat(cell.kind, palette)});
    if (markLength > 0) {
        QTextCharFormat format;
        format.setForeground(palette.color(QPalette::PlaceholderText));
        format.setFontItalic(true);
        formats.append({length, markLength, format});
    }
    return formats;
}

/// Whether some font has a glyph for a character; else a box would stand for it.
bool isDrawable(const QFont &font, QChar character)
{
    QTextLayout layout{QString(character), font};
    layout.beginLayout();
    QTextLine line = layout.createLine();
    line.setLineWidth(unlimitedWidth);
    layout.endLayout();
    const QList<QGlyphRun> runs = layout.glyphRuns();
    return !runs.isEmpty() &&
           std::none_of(runs.begin(), runs.end(), [](const QGlyphRun &run) { return run.glyphIndexes().contains(0U); });
}

/// The text as it is drawn: where no font has ␇, its letter stands there on the same ground, as in ^G.
QString drawnText(const log::LogLine &line, const LogLook &look)
{
    QString text = line.text;
    if (look.hasPictures)
        return text;
    for (const log::OddCell &cell : line.cells) {
        if (cell.kind == log::OddCell::Kind::Control && cell.length == 1)
            text[cell.first] = QChar(static_cast<char16_t>(cell.value ^ 0x40));
    }
    return text;
}

QString cutMark(const log::LogLine &line, const LogLook &look)
{
    QString mark;
    if (line.collapsed)
        mark += QStringLiteral(" ↺"); // a progress bar: earlier states are on demand
    if (line.hasHidden)
        mark += look.hasPictures ? QStringLiteral(" ␛")
                                 : QStringLiteral(" ESC"); // escape sequences that are no colours, on demand as well
    if (line.cut)
        mark += QStringLiteral(" … %1").arg(QLocale().formattedDataSize(line.bytes, 1));
    return mark;
}

} // namespace

LogLook LogLook::of(const QFont &font, const QPalette &palette)
{
    const QFontMetricsF metrics(font);
    LogLook look;
    look.font = font;
    look.palette = palette;
    look.rowHeight = std::ceil(metrics.height()) + 1;
    look.baseline = std::ceil(metrics.ascent());
    look.hasPictures = isDrawable(font, u'␛') && isDrawable(font, u'␀');
    return look;
}

QColor ansiColour(const log::AnsiColour &colour, const QPalette &palette)
{
    switch (colour.kind) {
    case log::AnsiColour::Kind::Default:
        return {};
    case log::AnsiColour::Kind::Indexed:
        return indexedColour(colour.value, palette);
    case log::AnsiColour::Kind::Rgb:
        return QColor::fromRgb(0xff000000U | colour.value);
    }
    return {};
}

QTextCharFormat cellFormat(log::OddCell::Kind kind, const QPalette &palette)
{
    const bool dark = isDark(palette);
    QTextCharFormat format;
    if (kind == log::OddCell::Kind::NoUtf8) {
        format.setForeground(QColor::fromRgb(dark ? 0xfff0d9ff : 0xff6b21a8));
        format.setBackground(QColor::fromRgb(dark ? 0xff5b2a86 : 0xffeedcff));
    } else {
        format.setForeground(QColor::fromRgb(dark ? 0xffc5d1de : 0xff334155));
        format.setBackground(QColor::fromRgb(dark ? 0xff3a4654 : 0xffdde4ec));
    }
    return format;
}

QString cellText(const log::OddCell &cell)
{
    // The names that ASCII gives them.
    static constexpr std::array names = {"NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT",
        "FF", "CR", "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS",
        "GS", "RS", "US"};
    const auto code = [&](int digits) {
        return QString::number(cell.value, 16).toUpper().rightJustified(digits, u'0');
    };
    switch (cell.kind) {
    case log::OddCell::Kind::NoUtf8:
        return QCoreApplication::translate("LogView", "Byte %1, which is no UTF-8 here").arg(code(2));
    case log::OddCell::Kind::Control:
        return QCoreApplication::translate("LogView", "Control character %1 (%2)")
            .arg(code(2), QLatin1String(cell.value < names.size() ? names[cell.value] : "DEL"));
    case log::OddCell::Kind::Invisible:
        return QCoreApplication::translate("LogView", "Character U+%1, which cannot be seen").arg(code(4));
    case log::OddCell::Kind::Escape:
        return QCoreApplication::translate("LogView", "Escape sequence");
    }
    return {};
}

QColor levelColour(log::Level level, const QPalette &palette)
{
    switch (level) {
    case log::Level::Debug:
        return palette.color(QPalette::PlaceholderText);
    case log::Level::Warning:
        return severityColour(Severity::Warning, palette);
    case log::Level::Error:
    case log::Level::Critical:
        return severityColour(Severity::Fault, palette);
    default:
        return {};
    }
}

QChar levelLetter(log::Level level)
{
    switch (level) {
    case log::Level::Warning:
        return u'W';
    case log::Level::Error:
        return u'E';
    case log::Level::Critical:
        return u'C';
    default:
        return {};
    }
}

LineLayout::LineLayout(const log::LogLine &line, const LogLook &look, const QString &foldMark)
    : m_mark(foldMark)
    , m_rowHeight(look.rowHeight)
    , m_length(static_cast<int>(line.text.size()))
{
    const QString mark = cutMark(line, look) + foldMark;
    m_layout.setText(drawnText(line, look) + mark);
    m_layout.setFont(look.font);
    m_layout.setCacheEnabled(true);
    QTextOption option;
    option.setWrapMode(look.wrapWidth > 0 ? QTextOption::WrapAtWordBoundaryOrAnywhere : QTextOption::NoWrap);
    option.setTabStopDistance(QFontMetricsF(look.font).horizontalAdvance(u' ') * 8);
    m_layout.setTextOption(option);
    m_layout.setFormats(formatsOf(line, look.palette, static_cast<int>(mark.size())));
    m_layout.beginLayout();
    for (int row = 0;; ++row) {
        QTextLine textLine = m_layout.createLine();
        if (!textLine.isValid())
            break;
        // A line has no ascent before it was given a width.
        textLine.setLineWidth(look.wrapWidth > 0 ? look.wrapWidth : unlimitedWidth);
        // Rows are equally high and stand on one baseline, whatever fonts a line needs.
        textLine.setPosition(QPointF(0, row * look.rowHeight + look.baseline - textLine.ascent()));
    }
    m_layout.endLayout();
}

void LineLayout::draw(QPainter *painter, const QPointF &at, const QList<QTextLayout::FormatRange> &marks) const
{
    m_layout.draw(painter, at, marks);
}

int LineLayout::columnAt(const QPointF &point) const
{
    const int row = qBound(0, static_cast<int>(std::floor(point.y() / m_rowHeight)), rows() - 1);
    return qMin(m_length, m_layout.lineAt(row).xToCursor(point.x()));
}

int LineLayout::characterAt(const QPointF &point) const
{
    const int row = static_cast<int>(std::floor(point.y() / m_rowHeight));
    if (point.y() < 0 || row >= rows())
        return -1;
    const QTextLine line = m_layout.lineAt(row);
    if (point.x() < line.naturalTextRect().left() || point.x() > line.naturalTextRect().right())
        return -1;
    return qMin(m_length, line.xToCursor(point.x(), QTextLine::CursorOnCharacter));
}

QPointF LineLayout::positionOf(int column) const
{
    const QTextLine line = m_layout.lineForTextPosition(column);
    return line.isValid() ? QPointF(line.cursorToX(column), line.lineNumber() * m_rowHeight) : QPointF();
}

int LineLayout::rowOf(int column) const
{
    const QTextLine line = m_layout.lineForTextPosition(qMin(column, m_length));
    return line.isValid() ? line.lineNumber() : 0;
}

int LineLayout::firstColumnOf(int row) const
{
    return row > 0 && row < rows() ? m_layout.lineAt(row).textStart() : 0;
}

std::pair<int, int> LineLayout::wordAt(int column) const
{
    const QString all = text();
    QTextBoundaryFinder finder(QTextBoundaryFinder::Word, all);
    finder.setPosition(qMin(column + 1, m_length));
    const qsizetype first = qMax<qsizetype>(0, finder.toPreviousBoundary());
    const qsizetype end = finder.toNextBoundary();
    return {static_cast<int>(first), static_cast<int>(end < 0 ? m_length : end)};
}

} // namespace society::ui
