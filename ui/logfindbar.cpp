// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logfindbar.h"

#include "ui/clearbutton.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QToolButton>

namespace society::ui {

namespace {

constexpr int typingPauseMs = 150;

QToolButton *option(const char *name, const QString &text, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setCheckable(true);
    button->setAutoRaise(true);
    return button;
}

} // namespace

QStringList wordsOf(const QString &text)
{
    QStringList words;
    QString word;
    bool isQuoted = false;
    const auto take = [&] {
        if (!word.isEmpty())
            words.append(word);
        word.clear();
    };
    for (const QChar c : text) {
        if (c == u'"') {
            take();
            isQuoted = !isQuoted;
        } else if (c.isSpace() && !isQuoted) {
            take();
        } else {
            word += c;
        }
    }
    take();
    return words;
}

LogFindBar::LogFindBar(QWidget *parent)
    : QWidget(parent)
    , m_find(new QLineEdit(this))
    , m_regex(option("logRegex", QStringLiteral(".*"), this))
    , m_case(option("logCase", QStringLiteral("Aa"), this))
    , m_word(option("logWord", QStringLiteral("|ab|"), this))
    , m_options(new QToolButton(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_menu(new QMenu(this))
    , m_terms(new QActionGroup(this))
    , m_hits(new QLabel(this))
{
    m_typing.setSingleShot(true);
    m_typing.setInterval(typingPauseMs);
    makeMenu();
    buildLayout();
    connect(m_find, &QLineEdit::textChanged, &m_typing, qOverload<>(&QTimer::start));
    connect(&m_typing, &QTimer::timeout, this, &LogFindBar::patternChanged);
    for (QToolButton *button : {m_regex, m_case, m_word})
        connect(button, &QToolButton::toggled, this, &LogFindBar::optionsChanged);
    for (QAction *action : m_menu->actions())
        connect(action, &QAction::toggled, this, &LogFindBar::optionsChanged);
    retranslate();
}

void LogFindBar::makeMenu()
{
    const auto make = [this](const char *name) {
        auto *action = new QAction(this);
        action->setObjectName(QString::fromLatin1(name));
        action->setCheckable(true);
        m_menu->addAction(action);
        return action;
    };
    m_oneText = make("logOneText");
    m_anyWord = make("logAnyWord");
    m_allWords = make("logAllWords");
    for (QAction *action : {m_oneText, m_anyWord, m_allWords})
        m_terms->addAction(action);
    m_oneText->setChecked(true);
    m_menu->addSeparator();
    m_inverse = make("logInverse");
    m_menu->setObjectName(QStringLiteral("logFindMenu"));
}

void LogFindBar::buildLayout()
{
    m_find->setObjectName(QStringLiteral("logFindText"));
    offerClearing(m_find);
    m_find->setMinimumWidth(120);
    m_find->installEventFilter(this);
    m_hits->setObjectName(QStringLiteral("logHits"));
    m_hits->setMinimumWidth(80);
    m_options->setObjectName(QStringLiteral("logFindOptions"));
    m_options->setAutoRaise(true);
    m_options->setPopupMode(QToolButton::InstantPopup);
    m_options->setMenu(m_menu);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(m_find, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_regex, m_case, m_word, m_options, m_previous, m_next})
        layout->addWidget(widget);
    layout->addSpacing(4);
    layout->addWidget(m_hits);
    setFocusProxy(m_find);
}

void LogFindBar::setSteps(QAction *previous, QAction *next)
{
    for (const auto &[button, action] : {std::pair(m_previous, previous), std::pair(m_next, next)}) {
        button->setDefaultAction(action);
        button->setAutoRaise(true);
        button->setToolButtonStyle(Qt::ToolButtonTextOnly);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
    }
    retranslate();
}

void LogFindBar::setForOneLine()
{
    m_isForOneLine = true;
    m_inverse->setVisible(false);
    retranslate();
}

void LogFindBar::setCompact(bool compact)
{
    for (QWidget *widget : std::initializer_list<QWidget *>{m_regex, m_case, m_word, m_options})
        widget->setVisible(!compact);
    m_find->setMinimumWidth(compact ? 60 : 120);
    m_hits->setMinimumWidth(compact ? 0 : 80);
}

void LogFindBar::addOptions(QMenu &menu)
{
    for (QToolButton *button : {m_regex, m_case, m_word}) {
        QAction *action = menu.addAction(button->toolTip());
        action->setCheckable(true);
        action->setChecked(button->isChecked());
        connect(action, &QAction::toggled, button, &QToolButton::setChecked);
    }
    m_menu->setTitle(m_options->toolTip());
    menu.addMenu(m_menu);
}

log::LogPattern LogFindBar::pattern() const
{
    log::LogPattern pattern;
    pattern.text = m_find->text();
    pattern.isRegularExpression = m_regex->isChecked();
    pattern.isCaseSensitive = m_case->isChecked();
    pattern.isWholeWord = m_word->isChecked();
    pattern.isInverse = m_inverse->isChecked();
    if (!m_oneText->isChecked()) {
        const QStringList words = wordsOf(m_find->text());
        pattern.text = words.value(0);
        pattern.moreTexts = words.mid(1);
        pattern.needsAll = m_allWords->isChecked() && words.size() > 1;
    }
    return pattern;
}

void LogFindBar::setText(const QString &text)
{
    m_find->setText(text);
    m_typing.stop();
    emit patternChanged();
}

void LogFindBar::focusText()
{
    m_find->setFocus();
    m_find->selectAll();
}

bool LogFindBar::takeTyped()
{
    if (!m_typing.isActive())
        return false;
    m_typing.stop();
    emit patternChanged();
    return true;
}

void LogFindBar::setHits(const QString &text)
{
    m_hits->setText(text);
}

QString LogFindBar::hits() const
{
    return m_hits->text();
}

void LogFindBar::optionsChanged()
{
    // Of two actions of a group that change together the first is not yet all of it.
    if (!m_terms->checkedAction())
        return;
    retranslate();
    emit patternChanged();
}

bool LogFindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_find && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        switch (key->key()) {
        case Qt::Key_Return:
        case Qt::Key_Enter:
            emit stepRequested(!(key->modifiers() & Qt::ShiftModifier));
            return true;
        case Qt::Key_Escape:
            m_find->clear();
            takeTyped();
            emit left();
            return true;
        case Qt::Key_Down:
            emit left();
            return true;
        default:
            break;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LogFindBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LogFindBar::retranslate()
{
    m_find->setPlaceholderText(m_isForOneLine           ? tr("Find in this line…")
                               : m_oneText->isChecked() ? tr("Find in the whole log…")
                               : m_anyWord->isChecked() ? tr("Find any of these words…")
                                                        : tr("Find all of these words…"));
    m_find->setAccessibleName(tr("Find in the log"));
    m_regex->setToolTip(tr("Regular expression"));
    m_regex->setAccessibleName(tr("Find by regular expression"));
    m_case->setToolTip(tr("Match case"));
    m_case->setAccessibleName(tr("Find with matching case"));
    m_word->setToolTip(tr("Whole words"));
    m_word->setAccessibleName(tr("Find whole words"));
    // What is not usual can be seen without opening the menu.
    //: how the text to find is meant: as one text; any of its words; all of its words
    const QString terms = m_anyWord->isChecked() ? tr("any") : m_allWords->isChecked() ? tr("all") : tr("text");
    m_options->setText(m_inverse->isChecked() ? u'≠' + terms : terms);
    m_options->setToolTip(tr("How the text is meant"));
    m_options->setAccessibleName(m_options->toolTip());
    m_oneText->setText(tr("The text as it is"));
    m_anyWord->setText(tr("Any of its words"));
    m_allWords->setText(tr("All of its words, in any order"));
    m_anyWord->setToolTip(tr("Quotation marks hold words together"));
    m_inverse->setText(tr("Lines that do not have it"));
    m_previous->setAccessibleName(tr("Previous hit"));
    m_next->setAccessibleName(tr("Next hit"));
    m_hits->setAccessibleName(tr("Hits"));
}

} // namespace society::ui
