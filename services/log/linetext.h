// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/agentsociety/logline.h"
#include "services/log/linereader.h"

#include <QDateTime>
#include <QList>
#include <QString>

namespace society::log {

// What a line says about itself is the runner's affair.
using agentsociety::Level;
using agentsociety::levelOf;
using agentsociety::timeOf;

/// A colour as an ANSI sequence names it: nothing, one of 256, or red, green and blue.
struct AnsiColour {
    enum class Kind { Default, Indexed, Rgb };
    Kind kind = Kind::Default;
    quint32 value = 0; ///< index 0-255, or 0xRRGGBB

    bool operator==(const AnsiColour &) const = default;
};

/// How a stretch of a line is to look. Colours are named; what they are on a screen is for who paints.
struct TextStyle {
    AnsiColour foreground;
    AnsiColour background;
    bool bold = false;
    bool dim = false;
    bool italic = false;
    bool underline = false;
    bool inverse = false;

    bool operator==(const TextStyle &) const = default;
};

/// Characters first … first + length - 1 of a line's text in one style that is not the default one.
struct StyleSpan {
    qsizetype first = 0;
    qsizetype length = 0;
    TextStyle style;

    bool operator==(const StyleSpan &) const = default;
};

/// Characters of a line's text that stand for something that is no text, so that they can be told from the same
/// characters in the file.
struct OddCell {
    enum class Kind {
        NoUtf8,    ///< a byte that is no UTF-8, shown as \xE9
        Control,   ///< a control character of ASCII, shown by its Unicode picture (NUL as ␀)
        Invisible, ///< a character that has no form or turns others around, shown as \u202E
        Escape,    ///< a whole escape sequence (TextForm::Raw only), shown with ␛ for its ESC
    };
    qsizetype first = 0;
    qsizetype length = 0;
    Kind kind = Kind::NoUtf8;
    char16_t value = 0; ///< the byte or character

    bool operator==(const OddCell &) const = default;
};

/// One line for people. Escape sequences are taken out, colours became spans; what is no text is shown by cells.
struct LogLine {
    qint64 number = 0; ///< from 0
    qint64 offset = 0; ///< bytes from the start of the file
    qint64 bytes = 0;  ///< the whole line's length in the file, without the newline
    QString text;
    QList<StyleSpan> spans;
    QList<OddCell> cells; ///< left to right, none inside another
    Level level = Level::None;
    QDateTime time;         ///< the logger's time stamp (local), invalid where the line has none
    bool cut = false;       ///< the file has more of this line than `text`
    bool invalid = false;   ///< some bytes were no UTF-8
    bool finished = true;   ///< a newline follows in the file
    bool collapsed = false; ///< a progress bar: it has earlier states, which TextForm::Raw shows
    bool hasHidden = false; ///< it has escape sequences that are no colours, which TextForm::Raw shows
};

/// What becomes of carriage returns inside a line, and of escape sequences.
enum class TextForm {
    AsOnATerminal, ///< of a progress bar only its last state is shown, escape sequences are taken out
    Raw,           ///< every byte is shown: all states with ␍ between them, escape sequences with ␛
};

/// Turns a raw line into one for people.
[[nodiscard]] LogLine toLogLine(const RawLine &raw, TextForm form = TextForm::AsOnATerminal);

/// The text of a line as a pattern is to see it: bytes in which a cell is the byte or character that it stands for.
class PatternText {
public:
    PatternText(const QString &text, const QList<OddCell> &cells);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// Where in the text a byte stands, or the end of the one before it.
    [[nodiscard]] qsizetype columnOf(qsizetype byte) const;
    /// Which byte a column of the text begins with, or the cell that it is in.
    [[nodiscard]] qsizetype byteOf(qsizetype column) const;

private:
    struct Stretch {
        qsizetype byte = 0;
        qsizetype column = 0;
        bool isCell = false;
    };
    QString m_text;
    QByteArray m_bytes;
    QList<Stretch> m_stretches;
};

/// The bytes as they are, but for those that are no UTF-8, which are written as \xE9.
[[nodiscard]] QString markedText(QByteArrayView bytes);

/// The bytes without ANSI escape sequences.
[[nodiscard]] QByteArray withoutAnsi(QByteArrayView line);
/// The same into `plain`, whose room is used again.
void withoutAnsi(QByteArrayView line, QByteArray &plain);

} // namespace society::log
