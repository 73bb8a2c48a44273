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

/// One line for people. Escape sequences are taken out and became spans, other control characters are shown by their
/// Unicode pictures (NUL as ␀), bytes that are no UTF-8 as U+FFFD.
struct LogLine {
    qint64 number = 0; ///< from 0
    qint64 offset = 0; ///< bytes from the start of the file
    qint64 bytes = 0;  ///< the whole line's length in the file, without the newline
    QString text;
    QList<StyleSpan> spans;
    Level level = Level::None;
    QDateTime time;         ///< the logger's time stamp (local), invalid where the line has none
    bool cut = false;       ///< the file has more of this line than `text`
    bool invalid = false;   ///< some bytes were no UTF-8
    bool finished = true;   ///< a newline follows in the file
    bool collapsed = false; ///< a progress bar: it has earlier states, which TextForm::Raw shows
};

/// What becomes of carriage returns inside a line.
enum class TextForm {
    AsOnATerminal, ///< of a progress bar only its last state is shown
    Raw,           ///< all states are shown, with ␍ between them
};

/// Turns a raw line into one for people.
[[nodiscard]] LogLine toLogLine(const RawLine &raw, TextForm form = TextForm::AsOnATerminal);

/// The bytes without ANSI escape sequences.
[[nodiscard]] QByteArray withoutAnsi(QByteArrayView line);
/// The same into `plain`, whose room is used again.
void withoutAnsi(QByteArrayView line, QByteArray &plain);

} // namespace society::log
