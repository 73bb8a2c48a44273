// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/logdiffwindow.h"

#include "models/format.h"
#include "services/core/worker.h"
#include "ui/appsettings.h"
#include "ui/errorpanel.h"
#include "ui/logview.h"

#include <QAction>
#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollBar>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace society::ui {

using log::LogDocument;

LogDiffWindow::LogDiffWindow(AppSettings &settings, const Side &left, const Side &right, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_error(new ErrorPanel(this))
    , m_text(new QLabel(this))
    , m_previous(new QToolButton(this))
    , m_next(new QToolButton(this))
    , m_again(new QToolButton(this))
    , m_times(new QCheckBox(this))
    , m_ids(new QCheckBox(this))
    , m_numbers(new QCheckBox(this))
    , m_wrap(new QCheckBox(this))
    , m_worker(std::make_unique<Worker>(QStringLiteral("log-diff")))
{
    setObjectName(QStringLiteral("logDiffWindow"));
    for (const auto &[shown, side] : {std::pair(&m_sides[0], &left), std::pair(&m_sides[1], &right)}) {
        shown->side = *side;
        shown->document = std::make_unique<LogDocument>();
        shown->view = new LogView(*shown->document, this);
        shown->view->setZoom(settings.number(QStringLiteral("log/zoom"), 0));
        shown->title = new QLabel(side->name, this);
        shown->title->setTextFormat(Qt::PlainText);
    }
    m_times->setChecked(settings.flag(QStringLiteral("logdiff/times"), true));
    m_ids->setChecked(settings.flag(QStringLiteral("logdiff/ids"), true));
    m_numbers->setChecked(settings.flag(QStringLiteral("logdiff/numbers"), false));
    buildLayout();
    connectSignals();
    retranslate();
    for (Shown &shown : m_sides) {
        shown.document->setLive(false);
        shown.view->setStill();
        shown.document->open(shown.side.path);
    }
    resize(1100, 680);
}

LogDiffWindow::~LogDiffWindow()
{
    if (m_stop)
        *m_stop = true;
    for (Shown &shown : m_sides)
        delete shown.view; // it refers to the document
}

void LogDiffWindow::buildLayout()
{
    m_sides[0].view->setObjectName(QStringLiteral("logDiffLeft"));
    m_sides[1].view->setObjectName(QStringLiteral("logDiffRight"));
    m_text->setObjectName(QStringLiteral("logDiffText"));
    m_previous->setObjectName(QStringLiteral("logDiffPrevious"));
    m_next->setObjectName(QStringLiteral("logDiffNext"));
    m_again->setObjectName(QStringLiteral("logDiffAgain"));
    m_times->setObjectName(QStringLiteral("logDiffTimes"));
    m_ids->setObjectName(QStringLiteral("logDiffIds"));
    m_numbers->setObjectName(QStringLiteral("logDiffNumbers"));
    m_wrap->setObjectName(QStringLiteral("logDiffWrap"));
    for (QToolButton *button : {m_previous, m_next, m_again})
        button->setAutoRaise(true);
    m_previous->setText(QStringLiteral("▲"));
    m_next->setText(QStringLiteral("▼"));
    m_previous->setShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F8));
    m_next->setShortcut(QKeySequence(Qt::Key_F8));
    auto *bar = new QHBoxLayout;
    bar->addWidget(m_previous);
    bar->addWidget(m_next);
    bar->addWidget(m_text, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_times, m_ids, m_numbers, m_wrap, m_again})
        bar->addWidget(widget);
    auto *splitter = new QSplitter(this);
    splitter->setChildrenCollapsible(false);
    for (Shown &shown : m_sides) {
        auto *side = new QWidget(splitter);
        auto *layout = new QVBoxLayout(side);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(4);
        layout->addWidget(shown.title);
        layout->addWidget(shown.view, 1);
        splitter->addWidget(side);
    }
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(bar);
    layout->addWidget(m_error);
    layout->addWidget(splitter, 1);
}

void LogDiffWindow::connectSignals()
{
    for (size_t i = 0; i < m_sides.size(); ++i) {
        connect(m_sides[i].document.get(), &LogDocument::stateChanged, this, &LogDiffWindow::compareWhenReady);
        connect(m_sides[i].view, &LogView::scrolled, this, [this, i] { follow(i); });
        connect(m_sides[i].view->horizontalScrollBar(), &QScrollBar::valueChanged,
            m_sides[1 - i].view->horizontalScrollBar(), &QScrollBar::setValue);
        connect(m_sides[i].view, &LogView::failed, m_error, &ErrorPanel::showError);
        connect(m_sides[i].view, &LogView::zoomChanged, m_sides[1 - i].view, &LogView::setZoom);
        // A log that is begun anew is another one.
        connect(m_sides[i].document.get(), &LogDocument::reset, this, [this] {
            if (m_stop)
                *m_stop = true;
            m_stop.reset();
            m_isCompared = false;
            m_hasFailed = false;
            take({});
        });
        // One that is replaced by a small one stays ready and has no other news.
        connect(m_sides[i].document.get(), &LogDocument::grown, this, &LogDiffWindow::compareWhenReady);
    }
    for (const auto &[box, name] :
        {std::pair(m_times, "times"), std::pair(m_ids, "ids"), std::pair(m_numbers, "numbers")}) {
        connect(
            box, &QCheckBox::toggled, this, [this, key = QStringLiteral("logdiff/") + QLatin1String(name)](bool on) {
                m_settings.setFlag(key, on);
                compare();
            });
    }
    connect(m_wrap, &QCheckBox::toggled, this, [this](bool on) {
        m_following = true; // each keeps its own place
        for (const Shown &shown : m_sides)
            shown.view->setWrapping(on);
        m_following = false;
    });
    connect(m_again, &QToolButton::clicked, this, &LogDiffWindow::compare);
    connect(m_previous, &QToolButton::clicked, this, [this] { go(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { go(true); });
}

log::DiffOptions LogDiffWindow::options() const
{
    return {m_times->isChecked(), m_ids->isChecked(), m_numbers->isChecked()};
}

void LogDiffWindow::compareWhenReady()
{
    for (const Shown &shown : m_sides) {
        if (shown.document->state() == LogDocument::State::Failed)
            m_error->showError(shown.document->error());
    }
    if (!m_isCompared && !m_stop)
        compare();
    updateText();
}

void LogDiffWindow::compare()
{
    for (const Shown &shown : m_sides) {
        const LogDocument::State state = shown.document->state();
        if (!shown.document->file() || (state != LogDocument::State::Ready && state != LogDocument::State::Removed))
            return; // not read to its end yet
    }
    if (m_stop)
        *m_stop = true;
    const auto stop = std::make_shared<std::atomic_bool>(false);
    m_stop = stop;
    updateText();
    const LogDocument &left = *m_sides[0].document;
    const LogDocument &right = *m_sides[1].document;
    m_worker->run(
        this,
        [first = left.file(), firstEnd = left.byteCount(), second = right.file(), secondEnd = right.byteCount(),
            wanted = options(), stop] { return diffLogs(*first, firstEnd, *second, secondEnd, wanted, *stop); },
        [this, stop](const Result<log::LogDiff> &diff) {
            if (stop != m_stop)
                return; // another one was asked for meanwhile
            m_stop.reset();
            m_isCompared = true;
            m_hasFailed = !diff;
            if (diff) {
                m_error->clear();
                take(*diff);
            } else {
                take({});
                m_error->showError(diff.error());
            }
            updateText();
            emit compared();
        });
}

void LogDiffWindow::take(const log::LogDiff &diff)
{
    m_diff = diff;
    m_hunk = -1;
    for (Shown &shown : m_sides)
        shown.changed.clear();
    for (const log::DiffHunk &hunk : m_diff.hunks) {
        for (qint64 line = hunk.left; line < hunk.left + hunk.leftCount; ++line)
            m_sides[0].changed.append(line);
        for (qint64 line = hunk.right; line < hunk.right + hunk.rightCount; ++line)
            m_sides[1].changed.append(line);
    }
    for (Shown &shown : m_sides)
        shown.view->setChangedLines(&shown.changed);
    updateText();
}

/// The other side shows what belongs to the line at the top of the one that was moved.
void LogDiffWindow::follow(size_t moved)
{
    if (m_following || !m_isCompared)
        return;
    m_following = true;
    const qint64 line = m_sides[moved].view->topLine();
    m_sides[1 - moved].view->setTopLine(moved == 0 ? m_diff.rightOf(line) : m_diff.leftOf(line));
    m_following = false;
}

void LogDiffWindow::go(bool forward)
{
    const auto count = static_cast<qint64>(m_diff.hunks.size());
    if (count == 0)
        return;
    m_hunk = m_hunk < 0 ? (forward ? 0 : count - 1) : (m_hunk + (forward ? 1 : count - 1)) % count;
    const log::DiffHunk &hunk = m_diff.hunks[static_cast<size_t>(m_hunk)];
    m_following = true;
    m_sides[0].view->goToLine(hunk.left);
    m_sides[1].view->goToLine(hunk.right);
    m_following = false;
    // Both at the same height.
    follow(hunk.leftCount > 0 ? 0 : 1);
    updateText();
}

QString LogDiffWindow::countsText() const
{
    if (m_diff.hunks.empty())
        return tr("No difference: all %Ln line(s) are the same.", nullptr, static_cast<int>(m_diff.sameLines));
    const auto number = [](qint64 count) { return static_cast<int>(qMin<qint64>(count, INT_MAX)); };
    QStringList parts;
    const auto count = static_cast<qint64>(m_diff.hunks.size());
    parts += m_hunk < 0 ? tr("%Ln difference(s)", nullptr, number(count))
                        : tr("Difference %1 of %2").arg(models::count(m_hunk + 1), models::count(count));
    parts += tr("%Ln line(s) only on the left", nullptr, number(m_sides[0].changed.count()));
    parts += tr("%Ln only on the right", nullptr, number(m_sides[1].changed.count()));
    parts += tr("%Ln the same", nullptr, number(m_diff.sameLines));
    if (m_diff.isPartial)
        parts += tr("only the first %1 lines were compared").arg(models::count(log::DiffMostLines));
    if (m_diff.isCoarse)
        parts += tr("compared roughly, as they differ in so much");
    return parts.join(QStringLiteral(" · "));
}

void LogDiffWindow::updateText()
{
    QString text;
    for (const Shown &shown : m_sides) {
        if (shown.document->state() == LogDocument::State::Missing)
            text = tr("“%1” has no log yet.").arg(shown.side.name);
        else if (shown.document->state() == LogDocument::State::Failed)
            text = tr("The log of “%1” cannot be read.").arg(shown.side.name);
    }
    if (text.isEmpty())
        text = m_stop || !m_isCompared ? tr("Comparing…") : m_hasFailed ? tr("Not compared") : countsText();
    m_text->setText(text);
    m_previous->setEnabled(!m_diff.hunks.empty());
    m_next->setEnabled(!m_diff.hunks.empty());
}

void LogDiffWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void LogDiffWindow::retranslate()
{
    setWindowTitle(tr("“%1” and “%2”").arg(m_sides[0].side.name, m_sides[1].side.name));
    m_previous->setToolTip(tr("Previous difference (Shift+F8)"));
    m_previous->setAccessibleName(tr("Previous difference"));
    m_next->setToolTip(tr("Next difference (F8)"));
    m_next->setAccessibleName(tr("Next difference"));
    m_times->setText(tr("Ignore times"));
    m_ids->setText(tr("Ignore ids"));
    m_numbers->setText(tr("Ignore numbers"));
    m_wrap->setText(tr("Wrap"));
    m_times->setToolTip(tr("Dates and times of day"));
    m_ids->setToolTip(tr("Identifiers, addresses, process numbers, ports"));
    m_numbers->setToolTip(tr("All other numbers"));
    m_again->setText(tr("Compare again"));
    m_sides[0].view->setAccessibleName(tr("Left log"));
    m_sides[1].view->setAccessibleName(tr("Right log"));
    for (Shown &shown : m_sides)
        shown.view->setEmptyText(tr("This run has left no log."));
    updateText();
}

} // namespace society::ui
