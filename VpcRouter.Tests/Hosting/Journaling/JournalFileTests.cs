using System.Text;
using VpcRouter.Hosting.Journaling;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Hosting.Journaling;

[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class JournalFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["journal"];

    [Test]
    public void Append_NewFile_HoldsTheLines()
    {
        Append("one\ntwo\n");

        File.ReadAllText(FilePath).Should().Be("one\ntwo\n");
    }

    [Test]
    public void Append_ExistingFile_GoesOn()
    {
        Append("one\n");

        Append("two\n");

        File.ReadAllText(FilePath).Should().Be("one\ntwo\n");
    }

    [Test]
    public void Append_LastLineCutOffByACrash_IsEndedFirst()
    {
        _folder.Write("journal", "one\n{\"kind\":\"wri");

        Append("two\n");

        File.ReadAllText(FilePath).Should().Be("one\n{\"kind\":\"wri\ntwo\n");
    }

    [Test]
    public void Append_FileIsFull_SetsItAside()
    {
        using var file = new JournalFile(FilePath, size: 8, kept: 2);
        foreach (var line in (string[])["first\n", "second\n", "third\n"])
            file.Append(Encoding.UTF8.GetBytes(line));

        JournalFile.FilesOf(FilePath, 2).Select(File.ReadAllText).Should().Equal("first\n", "second\n", "third\n");
    }

    [Test]
    public void Append_MoreFilesThanAreKept_DropsTheOldest()
    {
        using var file = new JournalFile(FilePath, size: 8, kept: 1);
        foreach (var line in (string[])["first\n", "second\n", "third\n"])
            file.Append(Encoding.UTF8.GetBytes(line));

        Directory.GetFiles(Path.GetDirectoryName(FilePath)!).Should().HaveCount(2);
        File.ReadAllText(FilePath + ".1").Should().Be("second\n");
    }

    [Test]
    public void Append_CantBeSetAside_GoesOnGrowingAndSaysWhy()
    {
        Directory.CreateDirectory(_folder["journal.1/occupied"]);
        using var file = new JournalFile(FilePath, size: 8, kept: 1);
        file.Append("first\n"u8);

        var problem = file.Append("second\n"u8);

        (problem is null, File.ReadAllText(FilePath)).Should().Be((false, "first\nsecond\n"));
    }

    [Test]
    public void Append_LineLongerThanTheFileMayBe_IsWritten()
    {
        Append(new string('x', 100) + "\n", size: 8);

        File.ReadAllText(FilePath).Should().HaveLength(101);
    }

    [Test]
    public void Append_DiskFullInTheMiddle_LeavesNothingBehind()
    {
        using var disk = new SmallDisk(capacity: 12);
        using var file = new JournalFile(FilePath, 1000, 1, disk.Open);
        file.Append("one\n"u8);

        FluentActions.Invoking(() => file.Append("two\nthree\nfour\n"u8)).Should().Throw<IOException>();

        disk.Content.Should().Be("one\n");
    }

    [Test]
    public void Append_DiskHasRoomAgain_WritesEachLineOnce()
    {
        using var disk = new SmallDisk(capacity: 12);
        using var file = new JournalFile(FilePath, 1000, 1, disk.Open);
        file.Append("one\n"u8);
        FluentActions.Invoking(() => file.Append("two\nthree\nfour\n"u8)).Should().Throw<IOException>();
        disk.Capacity = 100;

        file.Append("two\nthree\nfour\n"u8);

        disk.Content.Should().Be("one\ntwo\nthree\nfour\n");
    }

    [Test]
    public void Open_FolderMissing_Throws()
    {
        using var file = new JournalFile(_folder["no/journal"], 1000, 1);

        file.Invoking(it => it.Open()).Should().Throw<IOException>();
    }

    public void Dispose() => _folder.Dispose();

    private void Append(string lines, long size = 1000)
    {
        using var file = new JournalFile(FilePath, size, 2);
        file.Append(Encoding.UTF8.GetBytes(lines));
    }
}
