// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/core/workspace.h"

#include <QByteArray>
#include <QObject>
#include <QSettings>
#include <QStringList>

namespace society::ui {

enum class Look { System, Light, Dark };

/// What the window remembers, typed; the only user of QSettings. How it looks belongs to the person (their
/// configuration folder), what was chosen last belongs to the workspace (`window.ini` in it). What runs need (default
/// hold, mode, city) is in the workspace's database instead, since society-cli obeys it, too. GUI thread.
class AppSettings : public QObject {
    Q_OBJECT
public:
    /// `userFile` empty: `society-workbench/workbench.ini` in the person's configuration folder.
    explicit AppSettings(const Workspace &workspace, const QString &userFile = {}, QObject *parent = nullptr);

    [[nodiscard]] Look look() const;
    void setLook(Look look);
    /// "system", "en" or "zh_CN".
    [[nodiscard]] QString language() const;
    void setLanguage(const QString &language);

    [[nodiscard]] QByteArray windowGeometry() const;
    void setWindowGeometry(const QByteArray &geometry);
    /// The page that was open when the window closed, by the object name of its action on the rail; empty at first.
    [[nodiscard]] QString windowPage() const;
    void setWindowPage(const QString &name);
    /// State of a splitter or a header (columns, widths, order, sort), by the object name of the widget.
    [[nodiscard]] QByteArray widgetState(const QString &name) const;
    void setWidgetState(const QString &name, const QByteArray &state);

    /// Last choice on the Launch page: `picker` is "llm", "agents", "map" or "workflow"; an id, or empty.
    [[nodiscard]] QString lastChoice(const QString &picker) const;
    void setLastChoice(const QString &picker, const QString &id);
    /// A page's flag, such as "log/wrap".
    [[nodiscard]] bool flag(const QString &name, bool fallback) const;
    void setFlag(const QString &name, bool on);
    /// A page's number, such as "log/zoom".
    [[nodiscard]] int number(const QString &name, int fallback) const;
    void setNumber(const QString &name, int number);
    /// Folder of the last file dialog; the home folder at first.
    [[nodiscard]] QString lastFolder() const;
    void setLastFolder(const QString &folder);

signals:
    void lookChanged(society::ui::Look look);
    void languageChanged(const QString &language);

private:
    QSettings m_user;
    QSettings m_workspace;
};

} // namespace society::ui
