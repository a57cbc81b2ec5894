using VpcRouter.Storage;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Storage;

internal sealed class AtomicFileTests
{
    [Test]
    public void Write_FolderCantBeSynced_OldContentIsBack()
    {
        using var folder = new TemporaryFolder();
        var file = folder["spec"];
        AtomicFile.Write(file, "old"u8);

        var writing = () => AtomicFile.Write(file, "new"u8, CantSync);

        writing.Should().Throw<IOException>().WithMessage("no");
        File.ReadAllText(file).Should().Be("old");
        Directory.GetFiles(folder["."]).Should().ContainSingle();
    }

    [Test]
    public void Write_FolderCantBeSyncedAndNothingWasThere_NothingIsThere()
    {
        using var folder = new TemporaryFolder();

        var writing = () => AtomicFile.Write(folder["spec"], "new"u8, CantSync);

        writing.Should().Throw<IOException>();
        Directory.GetFiles(folder["."]).Should().BeEmpty();
    }

    [Test]
    public void Write_OldContentCantBePutBackEither_SaysThatTheNewOneCounts()
    {
        using var folder = new TemporaryFolder();
        var file = folder["spec"];
        AtomicFile.Write(file, "old"u8);

        var writing = () => AtomicFile.Write(file, "new"u8, path =>
        {
            Directory.CreateDirectory(file + ".new/in the way");
            CantSync(path);
        });

        writing.Should().Throw<IOException>().WithMessage("no, nor can the old content be put back, so that the new one counts after a restart*");
        File.ReadAllText(file).Should().Be("new");
    }

    [Test]
    public void Write_LinkLiesWhereItWritesFirst_LeavesItsTargetAlone()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["elsewhere"], "somebody's");
        File.CreateSymbolicLink(folder["spec.new"], folder["elsewhere"]);

        AtomicFile.Write(folder["spec"], "new"u8);

        File.ReadAllText(folder["elsewhere"]).Should().Be("somebody's");
        new FileInfo(folder["spec"]).LinkTarget.Should().BeNull();
    }

    private static void CantSync(string folder) => throw new IOException("no");
}
