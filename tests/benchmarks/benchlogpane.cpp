// SPDX-License-Identifier: GPL-3.0-or-later
// The log pane in a window of its own, while a log is written and while somebody scrolls.
//   bench-log-pane live FILE --lines N --rate N      shows what `bench-log write` writes, following
//   bench-log-pane scroll FILE --pages N             goes through a log page by page, each painted
#include "figures.h"

#include "ui/appsettings.h"
#include "ui/logpane.h"
#include "ui/logview.h"

#include <QApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTimer>
#include <cstdio>

using namespace society;

namespace {

/// Runs the event loop until a condition holds, looked at as often as the loop comes round; false after a minute.
bool waitFor(const std::function<bool()> &condition)
{
    QTimer look;
    bool holds = false;
    QObject::connect(&look, &QTimer::timeout, qApp, [&] {
        if (condition()) {
            holds = true;
            QApplication::quit();
        }
    });
    look.start(10);
    QTimer::singleShot(60'000, &look, [] { QApplication::quit(); });
    QApplication::exec();
    return holds;
}

/// How long the event loop stood still: what a key or the mouse would have waited.
class Gaps {
public:
    Gaps()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [this] {
            const double now = bench::nowMs();
            if (m_last > 0)
                m_gaps.add(std::max(0.0, now - m_last - IntervalMs));
            m_last = now;
        });
        m_timer.start(IntervalMs);
    }
    [[nodiscard]] const bench::Samples &samples() const { return m_gaps; }

private:
    static constexpr int IntervalMs = 1;
    QTimer m_timer;
    bench::Samples m_gaps;
    double m_last = 0;
};

int live(const bench::Report &report, ui::LogPane &pane, const QString &path, qint64 lines, qint64 rate)
{
    pane.open(path);
    pane.setLive(true);
    if (!waitFor([&pane] { return pane.document().state() == log::LogDocument::State::Ready; }))
        return 1;
    QProcess writer;
    const Gaps gaps;
    writer.start(QCoreApplication::applicationDirPath() + QStringLiteral("/bench-log"),
        {QStringLiteral("write"), path, QStringLiteral("--lines"), QString::number(lines), QStringLiteral("--rate"),
            QString::number(rate)});
    const bool ended = waitFor([&] {
        return writer.state() == QProcess::NotRunning &&
               pane.document().byteCount() == QFileInfo(path).size();
    });
    report.samples("gap between events", gaps.samples());
    report.value("gap between events, p99", gaps.samples().p99(), "ms");
    report.value("gap between events, longest", gaps.samples().at(1), "ms");
    report.value("lost", static_cast<double>(lines - pane.document().lineCount()), "lines");
    report.value("last line is shown", pane.view()->visibleText().endsWith(QString::number(lines - 1)) ? 1 : 0, "");
    return ended && writer.exitCode() == 0 ? 0 : 1;
}

int scroll(const bench::Report &report, ui::LogPane &pane, const QString &path, int pages)
{
    pane.open(path);
    if (!waitFor([&pane] { return pane.document().state() == log::LogDocument::State::Ready; }))
        return 1;
    pane.goToLine(pane.document().lineCount() / 2);
    if (!waitFor([&pane] { return !pane.view()->visibleText().isEmpty(); }))
        return 1;
    bench::Samples frames;
    for (int page = 0; page < pages; ++page) {
        const QString before = pane.view()->visibleText();
        const double begun = bench::nowMs();
        QKeyEvent press(QEvent::KeyPress, Qt::Key_PageDown, Qt::NoModifier);
        QApplication::sendEvent(pane.view(), &press);
        // A frame is over when other lines stand there and are painted.
        while (pane.view()->visibleText() == before && bench::nowMs() - begun < 1000)
            QApplication::processEvents(QEventLoop::WaitForMoreEvents, 5);
        pane.view()->viewport()->repaint();
        frames.add(bench::nowMs() - begun);
    }
    report.samples("a page, painted", frames);
    report.value("a page, painted, p99", frames.p99(), "ms");
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const bench::Report report(bench::hasFlag(argc, argv, "json"));
    const std::string task = argc > 2 ? argv[1] : "";
    const QTemporaryDir folder;
    ui::AppSettings settings(Workspace(folder.path()), folder.filePath(QStringLiteral("user.ini")));
    ui::LogPane pane(settings);
    pane.resize(1000, 700);
    pane.show();
    const QString path = argc > 2 ? QString::fromLocal8Bit(argv[2]) : QString();
    if (task == "live")
        return live(report, pane, path, std::stoll(bench::option(argc, argv, "lines", "1000000")),
            std::stoll(bench::option(argc, argv, "rate", "1000000")));
    if (task == "scroll")
        return scroll(report, pane, path, bench::option(argc, argv, "pages", 1000));
    std::fputs("usage: bench-log-pane live|scroll FILE [options]\n", stderr);
    return 2;
}
