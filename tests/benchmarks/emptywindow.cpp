// SPDX-License-Identifier: GPL-3.0-or-later
// The peer of the window: an empty one of the same size, and what Qt costs before it.
#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(1120, 760);
    window.show();
    return QApplication::exec();
}
