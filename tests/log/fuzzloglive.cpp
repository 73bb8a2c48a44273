// SPDX-License-Identifier: GPL-3.0-or-later
// Documents and searches on a log that another thread writes meanwhile, cuts short, writes anew, replaces and removes:
// in the end all of them must have what std::getline and grep find in the file; on the way there is no hit that the
// file never had. Ends with 1 and the seed at the first thing that must not be.
//   fuzz-log-live [--rounds N] [--seed N]
#include "services/log/logdocument.h"
#include "services/log/logoutline.h"
#include "services/log/logsearch.h"
#include "tests/log/livewriter.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QProcess>
#include <cstdio>
#include <fstream>

using namespace society;
using namespace society::log;

namespace {

constexpr int PatienceMs = 60'000; // no step takes that long

/// What std::getline reads.
QByteArrayList linesByGetline(const QString &path)
{
    std::ifstream file(path.toStdString(), std::ios::binary);
    QByteArrayList lines;
    for (std::string line; std::getline(file, line);)
        lines += QByteArray::fromStdString(line);
    return lines;
}

/// The numbers (from 0) of the lines that grep finds; -1 in it where grep does not work.
std::vector<qint64> linesByGrep(const QStringList &arguments, const QString &path)
{
    QProcess grep;
    grep.setProcessEnvironment([] {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        return environment;
    }());
    grep.start(QStringLiteral("grep"),
        QStringList{QStringLiteral("-a"), QStringLiteral("-n")} + arguments + QStringList{path});
    if (!grep.waitForFinished(PatienceMs) || grep.exitCode() > 1)
        return {-1};
    std::vector<qint64> lines;
    for (const QByteArray &line : linesOfText(grep.readAllStandardOutput()))
        lines.push_back(line.left(line.indexOf(':')).toLongLong() - 1);
    return lines;
}

/// One log with all that reads it, and what is wrong with them.
class Round {
public:
    explicit Round(quint32 seed)
        : m_random(seed)
        , m_isAppending(seed % 3 == 0)
        , m_writer(m_log, seed,
              {.pieces = 40,
                  .mostLines = seed % 5 != 0   ? 600
                               : m_isAppending ? 2000
                                               : 20'000,
                  .onlyAppends = m_isAppending})
        , m_literal(m_document)
        , m_expression(m_document)
        , m_restarted(m_document)
        , m_outline(m_document)
    {
        m_document.setTailLines(20);
        QObject::connect(&m_document, &LogDocument::grown, &m_document, [this](qint64 count, const LinesAnswer &tail) {
            m_writer.readerGotOn();
            checkLines(tail);
            if (count != m_document.lineCount())
                fault("grown() tells another count");
            ask();
        });
        QObject::connect(&m_document, &LogDocument::reset, &m_document, [this] {
            m_writer.readerGotOn();
            if (m_document.lineCount() != 0)
                fault("lines are left after a reset");
        });
        for (LogSearch *search : {&m_literal, &m_expression, &m_restarted}) {
            QObject::connect(search, &LogSearch::hitsChanged, &m_document, [this, search] {
                m_writer.readerGotOn();
                checkHits(*search);
            });
        }
        m_document.open(m_log.path());
        m_literal.start(needle());
        m_expression.start({QStringLiteral("[0-9]+x"), true, true});
    }

    /// Empty where all is well.
    QByteArray run()
    {
        QDeadlineTimer deadline(PatienceMs);
        while (!m_writer.isDone() && m_fault.isEmpty() && !deadline.hasExpired())
            turn();
        const QByteArrayList lines = linesByGetline(m_log.path());
        // Escape sequences are taken out before a line is matched, which grep does not do.
        QByteArray plain;
        for (const QByteArray &line : lines)
            plain += withoutAnsi(line) + '\n';
        LogFixture stripped;
        stripped.append(plain);
        const auto needles = linesByGrep({QStringLiteral("-F"), QStringLiteral("needle")}, stripped.path());
        const auto expressions = linesByGrep({QStringLiteral("-E"), QStringLiteral("[0-9]+x")}, stripped.path());
        m_isEnding = true;
        deadline.setRemainingTime(PatienceMs);
        m_restarted.start(needle()); // what comes late must be the same
        QByteArray wrong = "nothing was looked at";
        while (m_fault.isEmpty() && !wrong.isEmpty() && !deadline.hasExpired()) {
            turn();
            wrong = wrongAtTheEnd(lines, needles, expressions);
        }
        m_document.close();
        return m_fault.isEmpty() ? wrong : m_fault;
    }

private:
    static LogPattern needle() { return {QStringLiteral("needle"), false, true}; }

    void fault(const char *what)
    {
        if (m_fault.isEmpty())
            m_fault = what;
    }

    static void turn()
    {
        QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

    /// Lines that the file has had at any time, where it is only appended to.
    void checkLines(const LinesAnswer &answer)
    {
        if (!m_isAppending)
            return;
        const QByteArray content = m_writer.content();
        for (const LogLine &line : answer.lines) {
            const qint64 end = line.offset + line.bytes;
            const bool isThere = end <= content.size() && (line.offset == 0 || content[line.offset - 1] == '\n') &&
                                 (!line.finished || (end < content.size() && content[end] == '\n'));
            if (!isThere)
                return fault("a line that the file never had");
        }
    }

    void checkHits(const LogSearch &search)
    {
        if (search.hits().count() > 0 && search.hits().at(search.hits().count() - 1) >= m_document.lineCount())
            return fault("a hit behind the last line");
        if (!m_isAppending || &search == &m_expression)
            return;
        // All but the last one, whose line may go on.
        const QByteArrayList lines = linesOfText(m_writer.content());
        for (const qint64 hit : search.hits().lines(0, search.hits().count())) {
            if (!withoutAnsi(lines.value(hit)).contains("needle"))
                return fault("a hit that the file never had");
        }
    }

    /// Whatever people do meanwhile.
    void ask()
    {
        const qint64 count = m_document.lineCount();
        const auto line = [&] { return static_cast<qint64>(m_random.generate() % static_cast<quint64>(count + 2)); };
        QObject *const context = &m_document;
        switch (m_random.bounded(8)) {
        case 0:
        case 1:
            m_document.lines(line(), 40, context, [this](const LinesAnswer &answer) { checkLines(answer); });
            break;
        case 2:
            m_document.text(line(), line(), 1 << 20, context, [](const Result<QString> &) {});
            break;
        case 3:
            m_document.linePart(line(), 0, 1 << 20, TextForm::Raw, context, [](const Result<LinePart> &) {});
            break;
        case 4:
            m_document.findTime(QDateTime(QDate(2026, 11, 24), QTime(2, 3, 25)), context, [](qint64) {});
            break;
        case 5:
            m_document.save(0, -1, m_log.other(QStringLiteral("copy")), context, [](const Result<> &) {});
            break;
        default:
            if (m_isEnding)
                break;
            m_restarted.cancel();
            if (m_random.bounded(2) == 0)
                m_restarted.start(needle());
            break;
        }
    }

    QByteArray wrongAtTheEnd(
        const QByteArrayList &lines, const std::vector<qint64> &needles, const std::vector<qint64> &expressions)
    {
        const qint64 bytes = QFileInfo(m_log.path()).size();
        if (m_document.state() != LogDocument::State::Ready || m_document.byteCount() != bytes)
            return "the document does not reach the end";
        if (m_document.lineCount() != lines.size())
            return "another number of lines than std::getline";
        const auto differ = [](const LogSearch &search, const std::vector<qint64> &expected) {
            return search.isRunning() || search.hits().lines(0, search.hits().count()) != expected;
        };
        if (differ(m_literal, needles) || differ(m_restarted, needles))
            return "other hits than grep";
        if (differ(m_expression, expressions))
            return "other hits of an expression than grep";
        return wrongLines(lines);
    }

    QByteArray wrongLines(const QByteArrayList &lines)
    {
        QList<LogLine> got;
        for (qint64 first = 0; first < lines.size(); first += 500) {
            const QDeadlineTimer deadline(PatienceMs);
            bool isThere = false;
            m_document.lines(first, 500, &m_document, [&](const LinesAnswer &answer) {
                got += answer.lines;
                isThere = true;
            });
            while (!isThere && !deadline.hasExpired())
                turn();
        }
        if (got.size() != lines.size())
            return "not all lines are given";
        qint64 offset = 0;
        for (qsizetype i = 0; i < lines.size(); ++i) {
            RawLine raw;
            raw.bytes = lines[i].size();
            raw.data = QByteArrayView(lines[i]).first(std::min(raw.bytes, LogDocument::LineBytes));
            if (raw.isCut())
                raw.tail = QByteArrayView(lines[i]).last(LogDocument::LineBytes);
            raw.finished = got[i].finished;
            const bool isSame = got[i].number == i && got[i].offset == offset && got[i].bytes == raw.bytes &&
                                got[i].text == toLogLine(raw).text && (raw.finished || i + 1 == lines.size());
            if (!isSame)
                return "line " + QByteArray::number(i) + " is another one";
            offset += raw.bytes + 1;
        }
        return {};
    }

    LogFixture m_log;
    QRandomGenerator m_random;
    bool m_isAppending;
    LiveWriter m_writer;
    LogDocument m_document;
    LogSearch m_literal;
    LogSearch m_expression;
    LogSearch m_restarted;
    LogOutline m_outline;
    bool m_isEnding = false;
    QByteArray m_fault;
};

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{QStringLiteral("rounds"), QStringLiteral("How many logs; 1000 for long."), QStringLiteral("n"),
                           QStringLiteral("8")},
        {QStringLiteral("seed"), QStringLiteral("That of the first; the others follow."), QStringLiteral("n"),
            QStringLiteral("1")}});
    parser.process(application);
    const quint32 first = parser.value(QStringLiteral("seed")).toUInt();
    const quint32 count = parser.value(QStringLiteral("rounds")).toUInt();
    for (quint32 seed = first; seed < first + count; ++seed) {
        const QByteArray wrong = Round(seed).run();
        if (!wrong.isEmpty()) {
            std::fprintf(stderr, "%s: fuzz-log-live --rounds 1 --seed %u\n", wrong.constData(), seed);
            return 1;
        }
    }
    std::printf("%u rounds\n", count);
    return 0;
}
