// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/store/migrations_p.h"

namespace society::store {

namespace {

/// Walks over a script and cuts it at the semicolons that end statements.
class Splitter {
public:
    explicit Splitter(const QString &script)
        : m_script(script)
    {
    }

    QStringList split()
    {
        while (m_at < m_script.size()) {
            if (skipComment())
                continue;
            const QChar c = m_script.at(m_at);
            if (c == u'\'' || c == u'"')
                takeQuoted(c);
            else if (c == u'$')
                takeDollarQuoted();
            else if (c.isLetter() || c == u'_')
                takeWord();
            else if (c == u';' && m_depth == 0)
                endStatement();
            else
                take(1);
        }
        endStatement();
        return m_statements;
    }

private:
    void take(qsizetype count)
    {
        m_statement += QStringView(m_script).mid(m_at, count);
        m_at += count;
    }

    bool skipComment()
    {
        const QStringView rest = QStringView(m_script).mid(m_at);
        if (!rest.startsWith(u"--") && !rest.startsWith(u"/*"))
            return false;
        const QStringView end = rest.startsWith(u"--") ? QStringView(u"\n") : QStringView(u"*/");
        const qsizetype found = rest.indexOf(end, 2);
        m_at = found < 0 ? m_script.size() : m_at + found + end.size();
        m_statement += u' ';
        return true;
    }

    void takeQuoted(QChar quote)
    {
        // A doubled quote inside is two quoted pieces side by side: the walk needs no rule for it.
        const qsizetype end = m_script.indexOf(quote, m_at + 1);
        take(end < 0 ? m_script.size() - m_at : end - m_at + 1);
    }

    /// PostgreSQL's `$$ … $$` and `$tag$ … $tag$`, in which functions are written.
    void takeDollarQuoted()
    {
        const qsizetype tagEnd = m_script.indexOf(u'$', m_at + 1);
        const QString tag = m_script.mid(m_at, tagEnd - m_at + 1);
        const qsizetype end = tagEnd < 0 ? -1 : m_script.indexOf(tag, tagEnd + 1);
        take(end < 0 ? 1 : end - m_at + tag.size());
    }

    void takeWord()
    {
        qsizetype end = m_at;
        while (end < m_script.size() && (m_script.at(end).isLetterOrNumber() || m_script.at(end) == u'_'))
            ++end;
        const QString word = m_script.mid(m_at, end - m_at).toUpper();
        if (m_words < 4 && word == QLatin1String("TRIGGER"))
            m_trigger = true; // CREATE [TEMP] TRIGGER
        else if (m_trigger && (word == QLatin1String("BEGIN") || word == QLatin1String("CASE")))
            ++m_depth;
        else if (m_trigger && word == QLatin1String("END"))
            --m_depth;
        ++m_words;
        take(end - m_at);
    }

    void endStatement()
    {
        if (const QString statement = m_statement.trimmed(); !statement.isEmpty())
            m_statements.append(statement);
        m_statement.clear();
        m_words = 0;
        m_depth = 0;
        m_trigger = false;
        ++m_at;
    }

    const QString &m_script;
    qsizetype m_at = 0;
    QString m_statement;
    QStringList m_statements;
    int m_words = 0;
    int m_depth = 0;
    bool m_trigger = false;
};

} // namespace

QStringList splitSql(const QString &script)
{
    return Splitter(script).split();
}

} // namespace society::store
