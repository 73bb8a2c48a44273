// SPDX-License-Identifier: GPL-3.0-or-later
// What single lines of AgentSociety 1.5.7 report, by the words of its sources.
#include "services/agentsociety/logline.h"
#include "services/agentsociety/logline_p.h"
#include "services/agentsociety/logphases.h"

#include <algorithm>
#include <array>

namespace society::agentsociety {

namespace {

constexpr int kDay = 86400;
constexpr int kLastStep = 1'000'000'000; // a larger one is nothing that a run has counted
constexpr qsizetype kCause = 80;

/// `YYYY-MM-DD HH:MM:SS,mmm`, 23 bytes, at the start.
bool startsWithTime(QByteArrayView line)
{
    constexpr char form[] = "dddd-dd-dd dd:dd:dd,ddd";
    if (line.size() < 23)
        return false;
    for (qsizetype i = 0; i < 23; ++i) {
        if (form[i] == 'd' ? !isDigit(line[i]) : line[i] != form[i])
            return false;
    }
    return true;
}

/// `Start simulation day 0 at 28801, step 3`; false where it is not exactly that.
bool takeClock(LineReport &report, QByteArrayView message)
{
    constexpr QByteArrayView begin = "Start simulation day ";
    if (!message.startsWith(begin))
        return false;
    const QList<QByteArray> words = message.sliced(begin.size()).toByteArray().split(' ');
    if (words.size() != 5 || words[1] != "at" || words[3] != "step" || !words[2].endsWith(','))
        return false;
    bool dayOk = false;
    bool secondOk = false;
    bool stepOk = false;
    report.day = words[0].toInt(&dayOk);
    report.secondOfDay = words[2].chopped(1).toInt(&secondOk);
    report.step = words[4].toInt(&stepOk);
    return dayOk && secondOk && stepOk && report.day >= 0 && report.secondOfDay >= 0 && report.secondOfDay < kDay &&
           report.step >= 0 && report.step <= kLastStep;
}

/// N of "… Retry N of M" at the end of a line, 0 if it does not end so.
int attemptAtEnd(QByteArrayView line)
{
    const QByteArrayView end = line.last(std::min<qsizetype>(line.size(), 32)).trimmed();
    const qsizetype begin = end.lastIndexOf("Retry ");
    const qsizetype of = end.lastIndexOf(" of ");
    if (begin < 0 || of < begin)
        return 0;
    return end.sliced(begin + 6, of - begin - 6).toInt();
}

/// N of "Retry N/10 failed: …".
int attemptAtStart(QByteArrayView message, qsizetype at)
{
    int attempt = 0;
    while (at < message.size() && isDigit(message[at]) && attempt < 1000)
        attempt = attempt * 10 + (message[at++] - '0');
    return at < message.size() && message[at] == '/' ? attempt : 0;
}

/// What stays the same of a message: its beginning, up to what differs from call to call.
QByteArray causeOf(QByteArrayView message)
{
    qsizetype end = std::min(message.size(), kCause);
    for (const QByteArrayView stop : {QByteArrayView(" for request "), QByteArrayView(" - {"),
             QByteArrayView(": line "), QByteArrayView(" at line "), QByteArrayView(", raw"),
             QByteArrayView(" with response="), QByteArrayView(" (char ")}) {
        const qsizetype at = message.first(end).indexOf(stop);
        end = at > 0 ? at : end;
    }
    while (end > 0 && end < message.size() && (static_cast<unsigned char>(message[end]) & 0xC0) == 0x80)
        --end; // not inside a character
    QByteArray cause = message.first(end).trimmed().toByteArray();
    cause.replace('`', "");
    while (cause.endsWith(' ') || cause.endsWith(':'))
        cause.chop(1);
    return cause;
}

bool startsWithAny(QByteArrayView message, const auto &beginnings)
{
    return std::any_of(
        beginnings.begin(), beginnings.end(), [&](QByteArrayView beginning) { return message.startsWith(beginning); });
}

void takeTrouble(LineReport &report, QByteArrayView message, QByteArrayView end)
{
    static constexpr std::array<QByteArrayView, 4> calls = {
        "API connection error: ", "OpenAIError: ", "TimeoutError: ", "LLM Error: "};
    static constexpr std::array<QByteArrayView, 10> parsing = {"Failed to extract JSON", "Error in parsing",
        "Error parsing", "Initial response error", "Error processing reflection response",
        "Error processing evaluation response", "Failed to analyze survey question",
        "Failed to generate survey response", "Failed to parse", "Invalid JSON"};
    if (startsWithAny(message, calls)) {
        report.attempt = attemptAtEnd(end);
    } else if (message.startsWith("Analysis retry ")) {
        report.attempt = attemptAtStart(message, 15);
        message = "Analysis of a survey question";
    } else if (message.startsWith("Retry ")) {
        report.attempt = attemptAtStart(message, 6);
        message = "Answer to a survey";
    } else if (startsWithAny(message, parsing)) {
        report.kind = LineReport::Kind::ParseFailure;
        if (constexpr QByteArrayView person = "Error parsing find person response"; message.startsWith(person))
            message = person; // the answer itself follows
        report.cause = causeOf(message);
        return;
    }
    if (report.attempt <= 0)
        return;
    report.kind = LineReport::Kind::Retry;
    report.cause = causeOf(message);
}

} // namespace

PlainLine::PlainLine(QByteArrayView line, qsizetype most)
    : m_bytes(line)
{
    // Sequences are taken out of what is copied.
    const QByteArrayView start = line.first(std::min(line.size(), 2 * most));
    if (start.contains('\x1b')) {
        m_own.reserve(start.size());
        for (qsizetype i = 0; i < start.size(); ++i) {
            if (start[i] != '\x1b' || i + 1 == start.size() || start[i + 1] != '[') {
                m_own += start[i];
                continue;
            }
            for (i += 2; i < start.size() && (start[i] < '@' || start[i] > '~'); ++i) {
            } // to the final byte
        }
        m_bytes = m_own;
    }
    if (m_bytes.startsWith('(')) {
        const qsizetype end = m_bytes.first(std::min<qsizetype>(m_bytes.size(), 80)).indexOf(") ");
        if (end > 0 && m_bytes.first(end).contains(" pid="))
            m_bytes = m_bytes.sliced(end + 2);
    }
}

QByteArrayView PlainLine::message() const
{
    if (!startsWithTime(m_bytes) || !m_bytes.sliced(23).startsWith(" - agentsociety - "))
        return {};
    const QByteArrayView rest = m_bytes.sliced(41);
    const qsizetype end = rest.first(std::min<qsizetype>(rest.size(), 20)).indexOf(" - ");
    return end < 0 ? QByteArrayView() : rest.sliced(end + 3);
}

LineReport reportOf(QByteArrayView line, QByteArrayView tail)
{
    LineReport report;
    const PlainLine plain(line);
    const QByteArrayView message = plain.message();
    if (message.isEmpty())
        return report;
    const char level = plain.bytes()[41];
    if (level == 'I' || level == 'D') {
        if (message.startsWith('S')) {
            report.kind = takeClock(report, message) ? LineReport::Kind::Step : LineReport::Kind::None;
            return report;
        }
        report.phase = phaseOf(message);
        report.kind = report.phase ? LineReport::Kind::Phase : LineReport::Kind::None;
        return report;
    }
    takeTrouble(report, message, tail.isEmpty() ? line : tail);
    return report;
}

} // namespace society::agentsociety
