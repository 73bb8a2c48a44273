// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/config/mapfile.h"
#include "services/core/worker.h"

#include <QImage>
#include <QTimer>
#include <QWidget>
#include <memory>

namespace society::ui {

/// A map seen from above: its areas, coloured by what the land is used for, and its points. Drawn in a worker, since a
/// city has 10^5 areas. GUI thread.
class MapThumbnail : public QWidget {
    Q_OBJECT
public:
    explicit MapThumbnail(Worker &worker, QWidget *parent = nullptr);

    /// Shows a map; null: nothing.
    void setMap(std::shared_ptr<const config::MapFile> map);
    [[nodiscard]] QSize sizeHint() const override { return {320, 320}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void draw();

    Worker &m_worker;
    std::shared_ptr<const config::MapFile> m_map;
    QImage m_image;
    QTimer m_debounce;
    int m_request = 0;
};

} // namespace society::ui
