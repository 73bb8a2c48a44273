// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/sourceedit.h"

#include <QEvent>
#include <QFontDatabase>
#include <QHelpEvent>
#include <QToolTip>
#include <Qsci/qscilexerjson.h>
#include <Qsci/qscilexeryaml.h>
#include <Qsci/qsciscintilla.h>

namespace society::ui {

namespace {

constexpr int numberMargin = 0;
constexpr int markMargin = 1;
constexpr int foldMargin = 2;
constexpr int markMarginWidth = 18;
constexpr int faultMarker = 1;
constexpr int warningMarker = 2;

} // namespace

SourceEdit::SourceEdit(QWidget *parent)
    : m_editor(new QsciScintilla(parent))
{
    m_editor->setObjectName(QStringLiteral("sourceEditor"));
    m_editor->setUtf8(true);
    m_editor->setEolMode(QsciScintilla::EolUnix);
    m_editor->setIndentationsUseTabs(false);
    m_editor->setIndentationWidth(2);
    m_editor->setTabWidth(2);
    m_editor->setAutoIndent(true);
    m_editor->setBackspaceUnindents(true);
    m_editor->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_editor->setCaretLineVisible(true);
    m_editor->setFolding(QsciScintilla::BoxedTreeFoldStyle, foldMargin);
    m_editor->setMarginType(numberMargin, QsciScintilla::NumberMargin);
    m_editor->setMarginType(markMargin, QsciScintilla::SymbolMargin);
    m_editor->setMarginWidth(markMargin, markMarginWidth);
    m_editor->setMarginMarkerMask(markMargin, (1 << faultMarker) | (1 << warningMarker));
    m_editor->setWrapMode(QsciScintilla::WrapWhitespace);
    m_editor->setWrapIndentMode(QsciScintilla::WrapIndentSame);
    // Tab leaves the editor like any other field would trap the keyboard: Ctrl+Tab goes on, Tab indents.
    m_editor->viewport()->installEventFilter(this);
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        const int digits = static_cast<int>(QString::number(m_editor->lines()).size());
        m_editor->setMarginWidth(numberMargin, QString(digits + 1, QLatin1Char('9')));
        if (!m_setting && edited)
            edited();
    });
    connect(m_editor, &QsciScintilla::modificationChanged, this, [this](bool modified) {
        if (!m_setting && modificationChanged)
            modificationChanged(modified);
    });
    setLexer(config::Format::Json);
}

QWidget *SourceEdit::widget()
{
    return m_editor;
}

void SourceEdit::setLexer(config::Format format)
{
    QsciLexer *before = m_lexer;
    if (format == config::Format::Json) {
        auto *lexer = new QsciLexerJSON(m_editor);
        lexer->setHighlightComments(false);
        lexer->setFoldCompact(false);
        m_lexer = lexer;
    } else {
        m_lexer = new QsciLexerYAML(m_editor);
    }
    m_editor->setLexer(m_lexer);
    delete before;
    applyColours();
}

void SourceEdit::setText(const QString &text, config::Format format)
{
    m_setting = true;
    if ((format == config::Format::Json) != (qobject_cast<QsciLexerJSON *>(m_lexer) != nullptr))
        setLexer(format);
    m_editor->setText(text);
    m_editor->setModified(false);
    m_editor->SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    m_setting = false;
}

QString SourceEdit::text() const
{
    return m_editor->text();
}

void SourceEdit::replaceText(const QString &text)
{
    m_editor->beginUndoAction();
    m_editor->selectAll();
    m_editor->replaceSelectedText(text);
    m_editor->endUndoAction();
    m_editor->setCursorPosition(0, 0);
}

bool SourceEdit::isModified() const
{
    return m_editor->isModified();
}

void SourceEdit::setModified(bool modified)
{
    m_editor->setModified(modified);
}

void SourceEdit::setReadOnly(bool readOnly)
{
    m_editor->setReadOnly(readOnly);
}

bool SourceEdit::isReadOnly() const
{
    return m_editor->isReadOnly();
}

void SourceEdit::setMarks(const QList<SourceMark> &marks)
{
    m_marks = marks;
    m_editor->markerDeleteAll(faultMarker);
    m_editor->markerDeleteAll(warningMarker);
    for (const SourceMark &mark : std::as_const(m_marks))
        m_editor->markerAdd(mark.line - 1, mark.isFault ? faultMarker : warningMarker);
}

void SourceEdit::goTo(config::Position position)
{
    const int line = qBound(0, position.line - 1, m_editor->lines() - 1);
    m_editor->ensureLineVisible(line);
    m_editor->setCursorPosition(line, qBound(0, position.column - 1, qMax(0, m_editor->lineLength(line) - 1)));
    m_editor->ensureCursorVisible();
    m_editor->setFocus(Qt::OtherFocusReason);
}

config::Position SourceEdit::cursor() const
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    return {line + 1, column + 1};
}

bool SourceEdit::findNext(const QString &text)
{
    return !text.isEmpty() && m_editor->findFirst(text, false, false, false, true);
}

bool SourceEdit::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int line = m_editor->lineAt(help->pos()) + 1;
        QStringList words;
        for (const SourceMark &mark : std::as_const(m_marks)) {
            if (mark.line == line)
                words += mark.message;
        }
        QToolTip::showText(help->globalPos(), words.join(u'\n'), m_editor);
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void SourceEdit::takePalette(const QPixmap &fault, const QPixmap &warning)
{
    m_editor->markerDefine(fault, faultMarker);
    m_editor->markerDefine(warning, warningMarker);
    applyColours();
}

void SourceEdit::applyColours()
{
    const QPalette &colours = m_editor->parentWidget()->palette();
    const bool isDark = colours.color(QPalette::Base).lightness() < 128;
    const QColor text = colours.color(QPalette::Text);
    const QColor base = colours.color(QPalette::Base);
    const auto tone = [isDark](QRgb onLight, QRgb onDark) { return QColor::fromRgb(isDark ? onDark : onLight); };
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(m_editor->parentWidget()->font().pointSizeF());

    m_lexer->setDefaultFont(fixed);
    m_lexer->setDefaultPaper(base);
    m_lexer->setDefaultColor(text);
    m_lexer->setFont(fixed, -1);
    m_lexer->setPaper(base, -1);
    m_lexer->setColor(text, -1);
    if (qobject_cast<QsciLexerJSON *>(m_lexer)) {
        m_lexer->setColor(tone(0xff0b5cad, 0xff7ab8ff), QsciLexerJSON::Property);
        m_lexer->setColor(tone(0xff1a7f37, 0xff7fd18b), QsciLexerJSON::String);
        m_lexer->setColor(tone(0xff9a4a00, 0xffe3b341), QsciLexerJSON::Number);
        m_lexer->setColor(tone(0xff7a3fb5, 0xffc297ff), QsciLexerJSON::Keyword);
        m_lexer->setColor(tone(0xffc62828, 0xffff7b72), QsciLexerJSON::UnclosedString);
        m_lexer->setColor(tone(0xffc62828, 0xffff7b72), QsciLexerJSON::Error);
    } else {
        m_lexer->setColor(tone(0xff0b5cad, 0xff7ab8ff), QsciLexerYAML::Identifier);
        m_lexer->setColor(tone(0xff9a4a00, 0xffe3b341), QsciLexerYAML::Number);
        m_lexer->setColor(tone(0xff7a3fb5, 0xffc297ff), QsciLexerYAML::Keyword);
        m_lexer->setColor(colours.color(QPalette::PlaceholderText), QsciLexerYAML::Comment);
    }
    m_editor->setCaretForegroundColor(text);
    m_editor->setCaretLineBackgroundColor(colours.color(QPalette::AlternateBase));
    m_editor->setSelectionBackgroundColor(colours.color(QPalette::Highlight));
    m_editor->setSelectionForegroundColor(colours.color(QPalette::HighlightedText));
    m_editor->setMarginsBackgroundColor(colours.color(QPalette::AlternateBase));
    m_editor->setMarginsForegroundColor(colours.color(QPalette::PlaceholderText));
    m_editor->setMarginsFont(fixed);
    m_editor->setFoldMarginColors(colours.color(QPalette::AlternateBase), colours.color(QPalette::AlternateBase));
    m_editor->setMatchedBraceForegroundColor(colours.color(QPalette::Link));
    m_editor->setMatchedBraceBackgroundColor(base);
}

} // namespace society::ui
