// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/log/linetext.h"

#include <QStringDecoder>
#include <algorithm>
#include <array>

namespace society::log {

namespace {

constexpr char Escape = '\x1b';

/// Length of the escape sequence at the start of `text` (which begins with ESC); 0 if it does not end in `text`.
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
    return 2;
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

/// `sequence`: ESC [ 1 ; 36 m
void applySequence(TextStyle &style, QByteArrayView sequence)
{
    if (sequence.size() < 3 || sequence[1] != '[' || sequence.back() != 'm')
        return;
    QList<int> parameters(1, 0);
    for (const char c : sequence.sliced(2, sequence.size() - 3)) {
        if (c >= '0' && c <= '9')
            parameters.last() = std::min(parameters.last() * 10 + (c - '0'), 9999);
        else if (c == ';' || c == ':')
            parameters.append(0);
        else
            return;
    }
    for (qsizetype at = 0; at < parameters.size(); ++at)
        applyParameter(style, parameters, at);
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

/// Gathers the text of a line piece by piece and remembers where its style changes.
class LineBuilder {
public:
    explicit LineBuilder(LogLine &line)
        : m_line(line)
    {
    }

    void addText(QByteArrayView bytes)
    {
        if (bytes.isEmpty())
            return;
        QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
        QString text = decoder(bytes);
        m_line.invalid |= decoder.hasError();
        for (QChar &c : text) {
            if (c.unicode() < 0x20 && c != u'\t')
                c = QChar(static_cast<char16_t>(0x2400 + c.unicode()));
            else if (c.unicode() == 0x7f)
                c = QChar(0x2421);
        }
        m_line.text += text;
    }

    void addEscape(QByteArrayView sequence)
    {
        TextStyle style = m_style;
        applySequence(style, sequence);
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

/// Hands text and escape sequences to `builder`.
void build(LineBuilder &builder, QByteArrayView rest, bool withText)
{
    while (!rest.isEmpty()) {
        const qsizetype escape = rest.indexOf(Escape);
        if (withText)
            builder.addText(escape < 0 ? rest : rest.first(escape));
        if (escape < 0)
            return;
        rest = rest.sliced(escape);
        const qsizetype length = escapeLength(rest);
        if (length > 0)
            builder.addEscape(rest.first(length));
        else if (withText)
            builder.addText(rest.first(1)); // a lone ESC is shown
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
        build(builder, shownBytes(raw.data, isWhole), true);
    } else {
        build(builder, state.overwritten, false); // colours go on
        build(builder, shownBytes(state.bytes, isWhole || (state.isCollapsed && raw.finished)), true);
    }
    builder.endSpan();
    return line;
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
        if (length == 0)
            take(line.first(1));
        line = line.sliced(std::max<qsizetype>(length, 1));
    }
    plain.resize(out - plain.constData());
}

} // namespace society::log
