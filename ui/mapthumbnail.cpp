// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapthumbnail.h"

#include <QEvent>
#include <QPainter>
#include <QPalette>
#include <QPolygonF>
#include <QTransform>
#include <algorithm>
#include <chrono>

namespace society::ui {

namespace {

using namespace std::chrono_literals;

struct Colours {
    QColor paper;
    QColor outline;
    QColor point;
    bool isDark = false;
};

// A tone per land use: neighbours in the list differ, the same use is the same everywhere.
QColor landColour(int landUse, bool isDark)
{
    const int hue = (landUse * 47 + 90) % 360;
    return isDark ? QColor::fromHsv(hue, 70, 110) : QColor::fromHsv(hue, 45, 232);
}

QRectF extentOf(const config::MapFile &map)
{
    QRectF extent;
    for (const config::MapArea &area : map.areas)
        extent = extent.united(QPolygonF(area.outline).boundingRect());
    return extent;
}

QImage drawMap(const config::MapFile &map, QSize size, qreal ratio, const Colours &colours)
{
    QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(colours.paper);
    const QRectF extent = extentOf(map);
    if (extent.isEmpty())
        return image;
    const qreal scale = std::min((size.width() - 16) / extent.width(), (size.height() - 16) / extent.height());
    QTransform toImage;
    toImage.translate(size.width() / 2.0, size.height() / 2.0);
    toImage.scale(scale, -scale); // north is up
    toImage.translate(-extent.center().x(), -extent.center().y());
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing, map.areas.size() < 20'000);
    painter.setPen(QPen(colours.outline, 0.7));
    for (const config::MapArea &area : map.areas) {
        if (!area.hasArea)
            continue;
        painter.setBrush(landColour(area.landUse, colours.isDark));
        painter.drawPolygon(toImage.map(QPolygonF(area.outline)));
    }
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.point);
    for (const config::MapPoint &point : map.points)
        painter.drawEllipse(toImage.map(point.position), 1.5, 1.5);
    return image;
}

} // namespace

MapThumbnail::MapThumbnail(Worker &worker, QWidget *parent)
    : QWidget(parent)
    , m_worker(worker)
{
    setObjectName(QStringLiteral("mapThumbnail"));
    setMinimumSize(160, 160);
    m_debounce.setSingleShot(true);
    m_debounce.setInterval(60ms);
    connect(&m_debounce, &QTimer::timeout, this, &MapThumbnail::draw);
}

void MapThumbnail::setMap(std::shared_ptr<const config::MapFile> map)
{
    m_map = std::move(map);
    m_image = {};
    ++m_request;
    update();
    draw();
}

void MapThumbnail::draw()
{
    if (!m_map || size().isEmpty())
        return;
    const QPalette &p = palette();
    const Colours colours{p.color(QPalette::Base), p.color(QPalette::Mid), p.color(QPalette::PlaceholderText),
        p.color(QPalette::Base).lightness() < 128};
    m_worker.run(
        this,
        [map = m_map, size = size(), ratio = devicePixelRatioF(), colours] {
            return drawMap(*map, size, ratio, colours);
        },
        [this, request = ++m_request](const QImage &image) {
            if (request != m_request)
                return;
            m_image = image;
            update();
        });
}

void MapThumbnail::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), palette().color(QPalette::Base));
    if (!m_image.isNull())
        painter.drawImage(rect(), m_image);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void MapThumbnail::resizeEvent(QResizeEvent *)
{
    m_debounce.start();
}

void MapThumbnail::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        m_debounce.start();
    QWidget::changeEvent(event);
}

} // namespace society::ui
