// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linetext.h"

#include <QStringDecoder>
#include <algorithm>
#include <array>

namespace society::log {

namespace {

constexpr char Escape = '\x1b';

/// Length of the escape sequence at the start of `text` (which begins with ESC); 0 if it does not end in `text`, -1 if
/// the ESC begins none.
qsizetype escapeLength(QByteArrayView text)
{
    if (text.size() < 2)
        return 0;
    if (text[1] == '[') { // CSI: parameters, then a final byte
        for (qsizetype i = 2; i < text.size(); ++i) {
            const auto c = static_cast<unsigned char>(text[i]);
            if (c >= 0x40 && c <= 0x7e)
                return i + 1;
            if (c < 0x20 || c > 0x7e)
                return i; // broken off: what follows is text
        }
        return 0;
    }
    if (text[1] == ']') { // OSC: up to BEL or ESC \ (string terminator)
        for (qsizetype i = 2; i < text.size(); ++i) {
            if (text[i] == '\a')
                return i + 1;
            if (text[i] == Escape && i + 1 < text.size() && text[i + 1] == '\\')
                return i + 2;
        }
        return 0;
    }
    return text[1] >= ' ' && text[1] <= '~' ? 2 : -1; // half a character is not swallowed, nor another ESC
}

/// Reads the colour that starts at parameter `at` (38 or 48) and moves `at` to its last parameter.
AnsiColour extendedColour(const QList<int> &parameters, qsizetype &at)
{
    const auto value = [&](qsizetype offset) {
        return static_cast<quint32>(std::clamp(parameters.value(at + offset, 0), 0, 255));
    };
    AnsiColour colour;
    if (parameters.value(at + 1) == 5) {
        colour = {AnsiColour::Kind::Indexed, value(2)};
        at += 2;
    } else if (parameters.value(at + 1) == 2) {
        colour = {AnsiColour::Kind::Rgb, value(2) << 16 | value(3) << 8 | value(4)};
        at += 4;
    }
    return colour;
}

void applyParameter(TextStyle &style, const QList<int> &parameters, qsizetype &at)
{
    const int code = parameters[at];
    const auto indexed = [](int index) { return AnsiColour{AnsiColour::Kind::Indexed, static_cast<quint32>(index)}; };
    if (code >= 30 && code <= 37)
        style.foreground = indexed(code - 30);
    else if (code >= 90 && code <= 97)
        style.foreground = indexed(code - 90 + 8);
    else if (code >= 40 && code <= 47)
        style.background = indexed(code - 40);
    else if (code >= 100 && code <= 107)
        style.background = indexed(code - 100 + 8);
    switch (code) {
    case 0:
        style = {};
        break;
    case 1:
        style.bold = true;
        break;
    case 2:
        style.dim = true;
        break;
    case 3:
        style.italic = true;
        break;
    case 4:
        style.underline = true;
        break;
    case 7:
        style.inverse = true;
        break;
    case 22:
        style.bold = style.dim = false;
        break;
    case 23:
        style.italic = false;
        break;
    case 24:
        style.underline = false;
        break;
    case 27:
        style.inverse = false;
        break;
    case 38:
        style.foreground = extendedColour(parameters, at);
        break;
    case 39:
        style.foreground = {};
        break;
    case 48:
        style.background = extendedColour(parameters, at);
        break;
    case 49:
        style.background = {};
        break;
    default:
        break;
    }
}

/// `sequence`: ESC [ 1 ; 36 m. False: it is another one.
bool applySequence(TextStyle &style, QByteArrayView sequence)
{
    if (sequence.size() < 3 || sequence[1] != '[' || sequence.back() != 'm')
        return false;
    QList<int> parameters(1, 0);
    for (const char c : sequence.sliced(2, sequence.size() - 3)) {
        if (c >= '0' && c <= '9')
            parameters.last() = std::min(parameters.last() * 10 + (c - '0'), 9999);
        else if (c == ';' || c == ':')
            parameters.append(0);
        else
            return false;
    }
    for (qsizetype at = 0; at < parameters.size(); ++at)
        applyParameter(style, parameters, at);
    return true;
}

/// How many bytes at the end are the beginning of a character whose rest is missing.
qsizetype cutCharacterLength(QByteArrayView text)
{
    for (qsizetype back = 1; back <= std::min<qsizetype>(3, text.size()); ++back) {
        const auto c = static_cast<unsigned char>(text[text.size() - back]);
        if ((c & 0xC0) == 0x80)
            continue;
        const qsizetype whole = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : c >= 0xC0 ? 2 : 1;
        return whole > back ? back : 0;
    }
    return 0;
}

/// Length of the character at the start of `bytes`; 0 if they begin with no UTF-8.
qsizetype characterLength(QByteArrayView bytes)
{
    const auto at = [&](qsizetype i) { return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U; };
    const unsigned lead = at(0);
    if (lead < 0x80)
        return 1;
    // The second byte's range excludes longer forms than needed, surrogates, and what is beyond U+10FFFF.
    const unsigned low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    const unsigned high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    const qsizetype length = lead < 0xC2 || lead > 0xF4 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    if (length == 0 || at(1) < low || at(1) > high)
        return 0;
    for (qsizetype i = 2; i < length; ++i) {
        if ((at(i) & 0xC0) != 0x80)
            return 0;
    }
    return length;
}

/// How many bytes at the start are UTF-8.
qsizetype validLength(QByteArrayView bytes)
{
    if (bytes.isValidUtf8())
        return bytes.size();
    qsizetype at = 0;
    for (qsizetype length = 1; at < bytes.size() && length > 0; at += length)
        length = characterLength(bytes.sliced(at));
    return at;
}

/// `bytes`: UTF-8, whose mark of byte order, too, is a character.
QString charactersOf(QByteArrayView bytes)
{
    QStringDecoder decoder(
        QStringDecoder::Utf8, QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    return decoder(bytes);
}

/// Whether a character cannot be seen and is no part of ordinary text: C1 controls, separators of lines, marks of byte
/// order, and what turns the direction of others. (Joiners and the marks of a direction belong to scripts.)
bool isInvisible(char16_t c)
{
    return (c >= 0x80 && c <= 0x9f) || c == 0x200b || (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0xfeff;
}

QString codeOf(char kind, char16_t value, int digits)
{
    return QStringLiteral("\\%1%2")
        .arg(QLatin1Char(kind))
        .arg(QString::number(value, 16).toUpper().rightJustified(digits, u'0'));
}

/// Gathers the text of a line piece by piece and remembers where its style changes.
class LineBuilder {
public:
    explicit LineBuilder(LogLine &line)
        : m_line(line)
    {
    }

    void addText(QByteArrayView bytes)
    {
        while (!bytes.isEmpty()) {
            const qsizetype valid = validLength(bytes);
            addCharacters(bytes.first(valid));
            bytes = bytes.sliced(valid);
            for (; !bytes.isEmpty() && characterLength(bytes) == 0; bytes = bytes.sliced(1)) {
                const auto byte = static_cast<unsigned char>(bytes.front());
                addCell(codeOf('x', byte, 2), OddCell::Kind::NoUtf8, byte);
                m_line.invalid = true;
            }
        }
    }

    /// A sequence as it is, in one cell.
    void showEscape(QByteArrayView sequence)
    {
        const qsizetype first = m_line.text.size();
        const qsizetype cells = m_line.cells.size();
        addText(sequence);
        m_line.cells.resize(cells);
        m_line.cells.append({first, m_line.text.size() - first, OddCell::Kind::Escape, static_cast<char16_t>(Escape)});
    }

    void addEscape(QByteArrayView sequence)
    {
        TextStyle style = m_style;
        m_line.hasHidden |= !applySequence(style, sequence);
        if (style == m_style)
            return;
        endSpan();
        m_style = style;
    }

    void endSpan()
    {
        if (m_style != TextStyle() && m_line.text.size() > m_spanStart)
            m_line.spans.append({m_spanStart, m_line.text.size() - m_spanStart, m_style});
        m_spanStart = m_line.text.size();
    }

private:
    void addCell(const QString &shown, OddCell::Kind kind, char16_t value)
    {
        m_line.cells.append({m_line.text.size(), shown.size(), kind, value});
        m_line.text += shown;
    }

    /// `bytes`: UTF-8
    void addCharacters(QByteArrayView bytes)
    {
        const QString text = charactersOf(bytes);
        qsizetype taken = 0;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const char16_t c = text[i].unicode();
            const bool isControl = (c < 0x20 && c != u'\t') || c == 0x7f;
            if (!isControl && !isInvisible(c))
                continue;
            m_line.text += QStringView(text).sliced(taken, i - taken);
            taken = i + 1;
            if (isControl)
                addCell(QChar(static_cast<char16_t>(c == 0x7f ? 0x2421 : 0x2400 + c)), OddCell::Kind::Control, c);
            else
                addCell(codeOf('u', c, 4), OddCell::Kind::Invisible, c);
        }
        m_line.text += QStringView(text).sliced(taken);
    }

    LogLine &m_line;
    TextStyle m_style;
    qsizetype m_spanStart = 0;
};

/// The bytes to show: without the carriage return of a CRLF, and without a character or sequence that is cut in half
/// because the rest is not there (yet).
QByteArrayView shownBytes(QByteArrayView bytes, bool isWhole)
{
    if (isWhole)
        return bytes.endsWith('\r') ? bytes.chopped(1) : bytes;
    bytes = bytes.chopped(cutCharacterLength(bytes));
    const qsizetype escape = bytes.lastIndexOf(Escape);
    return escape >= 0 && escapeLength(bytes.sliced(escape)) == 0 ? bytes.first(escape) : bytes;
}

/// What a line shows on a terminal: a carriage return that is not at its end goes back to its start.
struct LastState {
    QByteArrayView overwritten; // what stood there before, as far as it is known
    QByteArrayView bytes;
    bool isCollapsed = false;
};

QByteArrayView withoutReturns(QByteArrayView bytes)
{
    while (bytes.endsWith('\r'))
        bytes.chop(1);
    return bytes;
}

LastState lastStateOf(const RawLine &raw)
{
    const QByteArrayView head = withoutReturns(raw.data);
    const QByteArrayView end = raw.isCut() ? withoutReturns(raw.tail) : head;
    const qsizetype last = end.lastIndexOf('\r');
    if (last >= 0)
        return {raw.isCut() ? QByteArrayView() : end.first(last), end.sliced(last + 1), true};
    // In a long line, a state longer than what is read of its end: its end stands for it.
    if (raw.isCut() && head.contains('\r'))
        return {{}, end, true};
    return {{}, raw.isCut() ? raw.data : head, false};
}

enum class Escapes { TakenOut, AloneTaken, Shown };

/// Hands text and escape sequences to `builder`.
void build(LineBuilder &builder, QByteArrayView rest, Escapes escapes)
{
    const bool withText = escapes != Escapes::AloneTaken;
    while (!rest.isEmpty()) {
        const qsizetype escape = rest.indexOf(Escape);
        if (withText)
            builder.addText(escape < 0 ? rest : rest.first(escape));
        if (escape < 0)
            return;
        rest = rest.sliced(escape);
        const qsizetype length = escapeLength(rest);
        if (length > 0) {
            if (escapes == Escapes::Shown)
                builder.showEscape(rest.first(length));
            builder.addEscape(rest.first(length));
        } else if (withText) {
            builder.addText(rest.first(1)); // a lone ESC is shown
        }
        rest = rest.sliced(std::max<qsizetype>(length, 1));
    }
}

} // namespace

LogLine toLogLine(const RawLine &raw, TextForm form)
{
    LogLine line;
    line.number = raw.number;
    line.offset = raw.offset;
    line.bytes = raw.bytes;
    line.cut = raw.isCut();
    line.finished = raw.finished;
    line.level = levelOf(raw.data);
    line.time = timeOf(raw.data);
    LineBuilder builder(line);
    const LastState state = lastStateOf(raw);
    line.collapsed = state.isCollapsed;
    const bool isWhole = raw.finished && !raw.isCut();
    if (form == TextForm::Raw) {
        // Half a character at the end of what is read is the reader's doing, at the end of the file it is the log's.
        build(builder, raw.isCut() ? shownBytes(raw.data, false) : raw.data, Escapes::Shown);
    } else {
        build(builder, state.overwritten, Escapes::AloneTaken); // colours go on
        build(builder, shownBytes(state.bytes, isWhole || (state.isCollapsed && raw.finished)), Escapes::TakenOut);
    }
    builder.endSpan();
    return line;
}

QString markedText(QByteArrayView bytes)
{
    QString text;
    for (QByteArrayView rest = bytes; !rest.isEmpty();) {
        const qsizetype valid = validLength(rest);
        text += charactersOf(rest.first(valid));
        rest = rest.sliced(valid);
        for (; !rest.isEmpty() && characterLength(rest) == 0; rest = rest.sliced(1))
            text += codeOf('x', static_cast<unsigned char>(rest.front()), 2);
    }
    return text;
}

PatternText::PatternText(const QString &text, const QList<OddCell> &cells)
    : m_text(text)
{
    const QStringView view(text);
    qsizetype taken = 0;
    const auto addText = [&](qsizetype end) {
        if (end > taken)
            m_stretches.append({m_bytes.size(), taken, false});
        m_bytes += view.sliced(taken, end - taken).toUtf8();
    };
    for (const OddCell &cell : cells) {
        addText(cell.first);
        m_stretches.append({m_bytes.size(), cell.first, true});
        if (cell.kind == OddCell::Kind::NoUtf8)
            m_bytes += static_cast<char>(cell.value);
        else if (cell.kind == OddCell::Kind::Escape)
            m_bytes += Escape + view.sliced(cell.first + 1, cell.length - 1).toUtf8();
        else
            m_bytes += QString(QChar(static_cast<char16_t>(cell.value))).toUtf8();
        taken = cell.first + cell.length;
    }
    addText(text.size());
    m_stretches.append({m_bytes.size(), text.size(), true});
}

qsizetype PatternText::columnOf(qsizetype byte) const
{
    const auto after = std::upper_bound(m_stretches.begin(), m_stretches.end(), byte,
        [](qsizetype at, const Stretch &stretch) { return at < stretch.byte; });
    if (after == m_stretches.begin())
        return 0;
    const Stretch &in = *std::prev(after);
    if (in.isCell)
        return in.column;
    return in.column + QString::fromUtf8(QByteArrayView(m_bytes).sliced(in.byte, byte - in.byte)).size();
}

qsizetype PatternText::byteOf(qsizetype column) const
{
    const auto after = std::upper_bound(m_stretches.begin(), m_stretches.end(), column,
        [](qsizetype at, const Stretch &stretch) { return at < stretch.column; });
    if (after == m_stretches.begin())
        return 0;
    const Stretch &in = *std::prev(after);
    return in.isCell ? in.byte : in.byte + QStringView(m_text).sliced(in.column, column - in.column).toUtf8().size();
}

QByteArray withoutAnsi(QByteArrayView line)
{
    QByteArray plain;
    withoutAnsi(line, plain);
    return plain;
}

void withoutAnsi(QByteArrayView line, QByteArray &plain)
{
    plain.resize(line.size()); // appending piece by piece would look at its room each time
    char *out = plain.data();
    const auto take = [&](QByteArrayView piece) { out = std::copy(piece.begin(), piece.end(), out); };
    while (!line.isEmpty()) {
        const qsizetype escape = line.indexOf(Escape);
        take(escape < 0 ? line : line.first(escape));
        if (escape < 0)
            break;
        line = line.sliced(escape);
        const qsizetype length = escapeLength(line);
        if (length <= 0)
            take(line.first(1));
        line = line.sliced(std::max<qsizetype>(length, 1));
    }
    plain.resize(out - plain.constData());
}

} // namespace society::log
