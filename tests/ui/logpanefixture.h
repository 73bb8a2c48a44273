// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/log/logfixture.h"
#include "ui/appsettings.h"
#include "ui/logpane.h"
#include "ui/logview.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <memory>

/// A log pane on a log that the test writes to, with what its tests ask again and again.
class LogPaneFixture {
public:
    LogPaneFixture()
        : settings(society::Workspace(m_folder.path()), m_folder.filePath(QStringLiteral("user.ini")))
        , pane(std::make_unique<society::ui::LogPane>(settings))
        , view(pane->view())
    {
        pane->resize(900, 420);
        pane->show();
    }

    template <class T>
    T *child(const char *name)
    {
        T *found = pane->findChild<T *>(QString::fromLatin1(name));
        if (!found)
            qFatal("there is no %s", name);
        return found;
    }

    void show(const QByteArray &bytes)
    {
        log.append(bytes);
        pane->open(log.path());
        pane->setLive(true);
        QVERIFY(QTest::qWaitForWindowExposed(pane.get()));
        QTRY_COMPARE(pane->document().byteCount(), bytes.size());
        QTRY_VERIFY(bytes.isEmpty() || !view->visibleText().isEmpty());
    }

    static int rowHeight()
    {
        const auto look = society::ui::LogLook::of(QFontDatabase::systemFont(QFontDatabase::FixedFont), QPalette());
        return qRound(look.rowHeight);
    }

    QString firstVisible() { return view->visibleText().section(u'\n', 0, 0); }
    QString lastVisible() { return view->visibleText().section(u'\n', -1); }

    QString copied()
    {
        QSignalSpy spy(view, &society::ui::LogView::copied);
        QTest::keyClick(view, Qt::Key_C, Qt::ControlModifier);
        if (spy.isEmpty())
            spy.wait();
        return QGuiApplication::clipboard()->text();
    }

private:
    QTemporaryDir m_folder;

public:
    LogFixture log;
    society::ui::AppSettings settings;
    std::unique_ptr<society::ui::LogPane> pane;
    society::ui::LogView *view;
};

/// What test classes inherit beside QObject: each of their functions has a pane of its own, made by init() and dropped
/// by cleanup().
class LogPaneTest {
protected:
    void makePane()
    {
        m_fixture = std::make_unique<LogPaneFixture>();
        m_log = &m_fixture->log;
        m_pane = m_fixture->pane.get();
        m_view = m_fixture->view;
    }
    void dropPane() { m_fixture.reset(); }

    template <class T>
    T *child(const char *name)
    {
        return m_fixture->child<T>(name);
    }
    void show(const QByteArray &bytes) { m_fixture->show(bytes); }
    static int rowHeight() { return LogPaneFixture::rowHeight(); }
    QString firstVisible() { return m_fixture->firstVisible(); }
    QString lastVisible() { return m_fixture->lastVisible(); }
    QString copied() { return m_fixture->copied(); }

    std::unique_ptr<LogPaneFixture> m_fixture;
    LogFixture *m_log = nullptr;
    society::ui::LogPane *m_pane = nullptr;
    society::ui::LogView *m_view = nullptr;
};
