using VpcRouter.Storage;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Storage;

internal sealed class StateFolderTests
{
    [Test]
    public void Read_NothingWritten_IsNull()
    {
        using var folder = new TemporaryFolder();

        new StateFolder(folder["missing"]).Read("spec.json").Should().BeNull();
    }

    [Test]
    public void Write_OverOlderContent_ReplacesItAndLeavesNothingBeside()
    {
        using var folder = new TemporaryFolder();
        var state = new StateFolder(folder["a/b"]);

        state.Write("spec.json", "a longer first content"u8);
        state.Write("spec.json", "second"u8);

        state.Read("spec.json").Should().Equal("second"u8.ToArray());
        Directory.GetFiles(state.Path).Should().ContainSingle();
    }

    [Test]
    public void Write_UnfinishedFileOfACrash_IsReplaced()
    {
        using var folder = new TemporaryFolder();
        var state = new StateFolder(folder["."]);
        File.WriteAllText(folder["spec.json.new"], "cut off in the mid");

        state.Write("spec.json", "whole"u8);

        state.Read("spec.json").Should().Equal("whole"u8.ToArray());
    }

    [Test]
    public void Write_FolderIsAFile_ThrowsIOException()
    {
        using var folder = new TemporaryFolder();
        var file = folder["file"];
        File.WriteAllText(file, "");

        var writing = () => new StateFolder(file).Write("spec.json", "x"u8);

        writing.Should().Throw<IOException>();
    }

    [Test]
    public void Claim_ByAnother_ThrowsUntilTheFirstLetsGo()
    {
        using var folder = new TemporaryFolder();
        using var first = new StateFolder(folder["state"]);
        using var second = new StateFolder(folder["state"]);
        first.Claim();
        first.Claim();

        second.Invoking(it => it.Claim()).Should().Throw<IOException>();
        first.Dispose();

        second.Invoking(it => it.Claim()).Should().NotThrow();
    }

    [Test]
    public void Claim_Always_LeavesNobodyElseALockToHold()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Ignore("Windows has no such modes.");
            return;
        }

        using var folder = new TemporaryFolder();
        using var state = new StateFolder(folder["state"]);

        state.Claim();

        File.GetUnixFileMode(folder["state/lock"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [TestCase("/given", "/service:/second", "/home/state", ExpectedResult = "/given")]
    [TestCase(null, "/service:/second", "/home/state", ExpectedResult = "/service")]
    [TestCase(null, "", "/home/state", ExpectedResult = "/home/state/vpcrouter")]
    public string Find_SettingThenServiceManagerThenUser_InThatOrder(string? configured, string? service, string? user) =>
        StateFolder.Find(configured, name => name switch { "STATE_DIRECTORY" => service, "XDG_STATE_HOME" => user, _ => null }).Path;
}
