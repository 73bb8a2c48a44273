// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/logpictures.h"

#include "tests/log/logfixture.h"
#include "tests/ui/goonfor.h"
#include "ui/appsettings.h"
#include "ui/logdiffwindow.h"
#include "ui/logpane.h"
#include "ui/logview.h"

#include <QAction>
#include <QComboBox>
#include <QDateTime>
#include <QDialog>
#include <QLineEdit>
#include <QToolButton>

namespace society::test {

using namespace ui;

namespace {

/// Right-to-left text, bytes that are no UTF-8, control characters, repeated lines, a line that is too long to be
/// shown.
QByteArray oddLog()
{
    const auto say = [](const QByteArray &text) {
        return "2026-11-24 09:00:01,086 - agentsociety - INFO - " + text + '\n';
    };
    QByteArray log =
        say("\u05e9\u05dc\u05d5\u05dd, \u05d0\u05e0\u05d9 \u05d4\u05d5\u05dc\u05da \u05dc\u05e9\u05d5\u05e7");
    log += "\u0645\u0631\u062d\u0628\u0627\u060c \u0627\u0644\u0633\u0648\u0642 \u0645\u0632\u062f\u062d\u0645 "
           "\u0627\u0644\u064a\u0648\u0645\n";
    log += say("居民三说：今天市场上有人在谈论新的规定");
    log += say("a name in Latin-1: caf\xe9, half a character: \xe4\xbd, a real \xef\xbf\xbd");
    log += say(QByteArray("a zero: ") + '\0' + ", a bell: \a, text turned around: \u202eabc\u202c");
    log += "Loading agents:  10%|#         |\rLoading agents: 100%|##########|\n";
    log += "\x1b]0;title\a\x1b[32mdone\x1b[0m\x1b[2K\n";
    for (int i = 0; i < 37; ++i)
        log += "(LLMActor pid=4001) waiting for the model\n";
    return log + say(QByteArray("the morning was calm and the market was full, ").repeated(900));
}

class Photographer {
public:
    Photographer(AppSettings &settings, QString variant, QString folder)
        : m_settings(settings)
        , m_variant(std::move(variant))
        , m_folder(std::move(folder))
    {
        m_log.append(sampleLog(1, 60));
        m_other.append(sampleLog(2, 58));
    }

    void take(QWidget &widget, const char *name)
    {
        goOnFor(500); // what is drawn on timers is drawn
        widget.grab().save(QStringLiteral("%1/log-%2-%3.png").arg(m_folder, QLatin1String(name), m_variant));
    }

    void panes()
    {
        for (const char *flag : {"log/wrap", "log/troubles"})
            m_settings.setFlag(QLatin1String(flag), false);
        LogPane pane(m_settings);
        pane.resize(900, 560);
        pane.show();
        pane.open(m_log.path());
        pane.setLive(true);
        goOnFor(500);
        const auto press = [&pane](const char *action) { pane.findChild<QAction *>(QLatin1String(action))->trigger(); };
        auto *find = pane.findChild<QLineEdit *>(QStringLiteral("logFindText"));
        pane.goToLine(80);
        take(pane, "folded");
        press("logMark");
        find->setText(QStringLiteral("place 4"));
        goOnFor(300);
        press("logNext");
        take(pane, "search");
        press("logContext1");
        take(pane, "filter");
        press("logContext0");
        press("logOnlyHits");
        find->clear();
        pane.findChild<QComboBox *>(QStringLiteral("logLevel"))->setCurrentIndex(2);
        take(pane, "level");
        pane.findChild<QComboBox *>(QStringLiteral("logLevel"))->setCurrentIndex(0);
        press("logTroublesShown");
        press("logErrorNext");
        take(pane, "troubles");
        press("logTroublesShown");
        press("logWrap");
        press("logFold");
        pane.findChild<QToolButton *>(QStringLiteral("logRegex"))->setChecked(true);
        find->setText(QStringLiteral("mar(ket"));
        take(pane, "wrap");
        press("logFold");
        press("logWrap");
    }

    /// What stands before the text, and what the button says of what comes while one reads.
    void columns()
    {
        for (const LogColumn column : allLogColumns)
            LogColumnChoice::of(m_settings).setShown(column, true);
        LogFixture log;
        log.append(sampleLog(1, 24));
        LogPane pane(m_settings);
        pane.resize(1100, 560);
        pane.show();
        pane.open(log.path());
        pane.setLive(true);
        goOnFor(500);
        pane.view()->setTopLine(0);
        take(pane, "columns");
        for (const LogColumn column : allLogColumns)
            LogColumnChoice::of(m_settings).setShown(column, column == LogColumn::Number);
        pane.resize(900, 420);
        pane.view()->setTopLine(40);
        goOnFor(300);
        log.append(sampleLog(1, 60));
        take(pane, "new-lines");
    }

    /// What is no usual text.
    void texts()
    {
        LogFixture log;
        log.append(oddLog());
        LogPane pane(m_settings);
        pane.resize(900, 420);
        pane.show();
        pane.open(log.path());
        pane.setLive(false);
        goOnFor(500);
        take(pane, "text");
        pane.goToLine(pane.document().lineCount() - 1);
        pane.findChild<QAction *>(QStringLiteral("logWholeLineAction"))->trigger();
        goOnFor(500);
        if (auto *dialog = pane.findChild<QDialog *>()) {
            dialog->resize(820, 460);
            dialog->findChild<QLineEdit *>()->setText(QStringLiteral("market"));
            goOnFor(500);
            take(*dialog, "line");
        }
    }

    void diff()
    {
        LogDiffWindow window(m_settings, {QStringLiteral("A short morning"), m_log.path()},
            {QStringLiteral("A second morning"), m_other.path()});
        window.resize(1100, 620);
        window.show();
        goOnFor(700);
        window.findChild<QToolButton *>(QStringLiteral("logDiffNext"))->click();
        take(window, "diff");
    }

private:
    AppSettings &m_settings;
    QString m_variant;
    QString m_folder;
    LogFixture m_log;
    LogFixture m_other;
};

} // namespace

QByteArray sampleLog(int seed, int steps)
{
    QDateTime time(QDate(2026, 11, 24), QTime(9, 0, 1, 86));
    QByteArray log;
    const auto say = [&](const QByteArray &level, const QByteArray &text) {
        time = time.addMSecs(337 + seed);
        log += time.toString(u"yyyy-MM-dd HH:mm:ss,zzz").toUtf8() + " - agentsociety - " + level + " - " + text + "\n";
    };
    say("INFO", "Initializing LLM...");
    say("INFO", "Environment initialized");
    log += "Loading agents:  10%|#         |\rLoading agents:  60%|######    |\rLoading agents: 100%|##########|\n";
    for (int step = 0; step < steps; ++step) {
        say("INFO", "Start simulation day 0 at " + QByteArray::number(28'800 + step * 900) + ", step " +
                        QByteArray::number(step));
        for (int agent = 1; agent < 6; ++agent)
            say("INFO", "\x1b[36mAgent " + QByteArray::number(agent) + "\x1b[0m goes to place " +
                            QByteArray::number((agent * 37 + step * 11) % 900));
        say("DEBUG", "居民三说：今天市场上有人在谈论新的规定，你听说了吗？");
        if (step % 4 == seed % 4)
            say("WARNING", "OpenAIError: Error code: 429 - {'error': 'slow down'} Retry 1 of 10");
        if (step % 9 == 4) {
            for (int i = 0; i < 12; ++i)
                log += "(LLMActor pid=" + QByteArray::number(4000 + seed) + ") waiting for the model\n";
        }
        if (step % 11 == 6) {
            time = time.addSecs(95);
            say("ERROR", "Failed to parse: expected an object, raw: not json");
            log += "Traceback (most recent call last):\n  File \"agentsociety/agent/block.py\", line 118, in forward\n"
                   "    answer = json.loads(text)\n  File \"json/decoder.py\", line 355, in raw_decode\n"
                   "    raise JSONDecodeError(\"Expecting value\", s, err.value)\n"
                   "json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)\n";
        }
        if (step % 6 == 5)
            say("INFO",
                "Reflection of agent 2: " + QByteArray("the morning was calm and the market was full, ").repeated(9) +
                    "so I went home.");
    }
    say("INFO", "Closing agent groups");
    return log;
}

void takeLogPictures(AppSettings &settings, const QString &variant, const QString &folder)
{
    Photographer photographer(settings, variant, folder);
    photographer.panes();
    photographer.columns();
    photographer.texts();
    photographer.diff();
}

} // namespace society::test
