// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/core/zip.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace society;
using namespace Qt::StringLiterals;

/// Archives are read back by Python's own reader, which checks every sum.
class TestZip : public QObject {
    Q_OBJECT
private slots:
    void holdsWhatWasPutIn()
    {
        const QByteArray large = QByteArray(3'000'000, 'x') + "end";
        write(u"large.txt"_s, large);
        write(u"empty"_s, {});
        write(u"town.pb"_s, QByteArray("\0\1\2\xff", 4));
        QVERIFY(QFile::link(path(u"town.pb"_s), path(u"link.pb"_s)));
        const QString zip = path(u"a.zip"_s);
        const Result<> written =
            writeZip(zip, {{u"早上 run/log.txt"_s, path(u"large.txt"_s)}, {u"早上 run/empty"_s, path(u"empty"_s)},
                              {u"早上 run/files/town.pb"_s, path(u"link.pb"_s)}});
        QVERIFY2(written.has_value(), written ? "" : qPrintable(written.error().detail));
        QCOMPARE(
            listed(zip), QByteArray("None\n早上 run/log.txt 3000003\n早上 run/empty 0\n早上 run/files/town.pb 4\n"));
        QVERIFY(QFileInfo(zip).size() < 100'000); // compressed
    }

    void leavesNothingOfAFailedOne()
    {
        write(u"one"_s, "1");
        const Result<> missing = writeZip(path(u"b.zip"_s), {{u"one"_s, path(u"one"_s)}, {u"two"_s, path(u"two"_s)}});
        QCOMPARE(missing.error().code, u"read_failed"_s);
        QVERIFY(missing.error().message.contains(path(u"two"_s)));
        QCOMPARE(writeZip(path(u"nowhere/b.zip"_s), {}).error().code, u"write_failed"_s);
        const std::atomic_bool cancelled = true;
        QCOMPARE(writeZip(path(u"b.zip"_s), {{u"one"_s, path(u"one"_s)}}, &cancelled).error().code, u"cancelled"_s);
        QCOMPARE(QDir(m_folder.path()).entryList({u"b.zip*"_s}), QStringList());
    }

private:
    QString path(const QString &name) const { return m_folder.filePath(name); }
    void write(const QString &name, const QByteArray &data) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(data) == data.size());
    }
    static QByteArray listed(const QString &zip)
    {
        QProcess python;
        python.start(u"python3"_s, {u"-c"_s,
                                       u"import sys,zipfile\nz=zipfile.ZipFile(sys.argv[1])\nprint(z.testzip())\n"
                                       "for i in z.infolist(): print(i.filename, i.file_size)"_s,
                                       zip});
        return python.waitForFinished() ? python.readAllStandardOutput() : QByteArray("no python3");
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestZip)
#include "tst_zip.moc"
