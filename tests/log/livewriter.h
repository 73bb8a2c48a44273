// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/log/logfixture.h"

#include <QRandomGenerator>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

/// A runner that nobody can rely on: a thread that writes a log in random pieces, and where it may, cuts it short,
/// writes it anew, puts another one in its place or removes it. What it has written last is content().
class LiveWriter {
public:
    struct Conduct {
        int pieces = 60;
        int mostLines = 400; ///< of a piece
        bool onlyAppends = false;
    };

    LiveWriter(const LogFixture &log, quint32 seed, Conduct conduct)
        : m_log(log)
        , m_random(seed)
        , m_conduct(conduct)
        , m_thread([this] { run(); })
    {
    }

    /// The readers have got on: the next piece may come. It comes after a moment anyway.
    void readerGotOn()
    {
        const std::lock_guard lock(m_mutex);
        ++m_turns;
        m_wake.notify_one();
    }
    [[nodiscard]] bool isDone() const { return m_isDone; }
    /// What the file has, or is about to have. Any thread.
    [[nodiscard]] QByteArray content() const
    {
        const std::lock_guard lock(m_mutex);
        return m_content;
    }

    /// A line without its newline.
    [[nodiscard]] static QByteArray randomLine(QRandomGenerator &random)
    {
        static const QByteArrayList words = {"needle", "NEEDLE", "nee", "dle", " ", "  ", "2026-11-24 02:03:25,086",
            " - agentsociety - ERROR - ", " - agentsociety - INFO - ", "Start simulation day 0 at 28801, step 3",
            "Traceback (most recent call last):", "  File \"a.py\", line 3", "ValueError: x", "\x1b[31m", "\x1b[0m",
            "\x1b]8;;a\a", "\r", "\xe4\xbd\xa0", "\xe4\xbd", "\xff", "123x", "a", "Retry 1 of 10", "\t"};
        QByteArray line;
        for (int i = random.bounded(12); i > 0; --i) {
            line += random.bounded(12) == 0 ? QByteArray(1, static_cast<char>(random.bounded(256)))
                                            : words[random.bounded(qint32(words.size()))];
        }
        if (random.bounded(3000) == 0) // longer than what is read at once, and than what is shown
            line += QByteArray(random.bounded(400'000), 'l') + "needle";
        line.replace('\n', ' ');
        return line;
    }

private:
    void run()
    {
        begin();
        for (int i = 0; i < m_conduct.pieces; ++i) {
            waitForReaders();
            const int what = m_conduct.onlyAppends ? 99 : m_random.bounded(100);
            if (what < 4)
                cut();
            else if (what < 8)
                begin();
            else if (what < 12)
                replace();
            else if (what < 15)
                remove();
            else
                append(randomLines());
        }
        m_isDone = true;
    }

    QByteArray randomLines()
    {
        QByteArray bytes;
        for (int i = m_random.bounded(m_conduct.mostLines); i > 0; --i)
            bytes += randomLine(m_random) + '\n';
        if (m_random.bounded(3) == 0) // the line goes on with the next piece, perhaps inside a character
            bytes += "nee\xe4\xbd";
        return bytes;
    }

    void append(const QByteArray &bytes)
    {
        setContent(m_content + bytes);
        m_log.append(bytes);
    }

    /// As a shell's > does.
    void begin()
    {
        setContent(randomLines());
        m_log.rewrite(m_content);
    }

    void cut()
    {
        setContent(m_content.first(m_content.isEmpty() ? 0 : m_random.bounded(qint32(m_content.size()))));
        if (!QFile::resize(m_log.path(), m_content.size()))
            qFatal("cannot cut the log short");
    }

    void replace()
    {
        setContent(randomLines());
        m_log.replace(m_content);
    }

    void remove()
    {
        m_log.remove();
        waitForReaders();
        setContent(randomLines());
        m_log.append(m_content);
    }

    void setContent(const QByteArray &content)
    {
        const std::lock_guard lock(m_mutex);
        m_content = content;
    }

    void waitForReaders()
    {
        if (m_random.bounded(3) == 0)
            return; // in the middle of whatever they do
        std::unique_lock lock(m_mutex);
        const qint64 wanted = m_turns + m_random.bounded(1, 4);
        m_wake.wait_for(lock, std::chrono::milliseconds(30), [&] { return m_turns >= wanted; });
    }

    const LogFixture &m_log;
    QRandomGenerator m_random; // of the writer's thread
    Conduct m_conduct;
    mutable std::mutex m_mutex; // guards the three below
    std::condition_variable m_wake;
    QByteArray m_content; // changed by the writer's thread only
    qint64 m_turns = 0;
    std::atomic_bool m_isDone = false;
    std::jthread m_thread; // last: it uses the others
};

/// The lines of a text as std::getline would give them.
inline QByteArrayList linesOfText(const QByteArray &text)
{
    QByteArrayList lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}
