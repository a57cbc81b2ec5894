using System.Diagnostics;

namespace VpcRouter.Tests.Cli;

[Parallelizable(ParallelScope.All)]
internal sealed class ConfigFileModeTests
{
    private const string First = "10.1.0.0/16";
    private const string Second = "10.2.0.0/16";

    [Test]
    public async Task File_EditedInPlace_ReachesTheVpc()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", CliRig.SpecOf(First));
        await using var router = await StartAsync(rig, file);

        await File.WriteAllTextAsync(file, CliRig.SpecOf(Second));

        await rig.Awaiting(it => it.UntilRoutedAsync(Second)).Should().NotThrowAsync(router.Output.Text);
    }

    [Test]
    public async Task File_Renamed_ReachesTheVpc()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", CliRig.SpecOf(First));
        await using var router = await StartAsync(rig, file);

        File.Move(rig.Folder.Write("spec.json.new", CliRig.SpecOf(Second)), file, overwrite: true);

        await rig.Awaiting(it => it.UntilRoutedAsync(Second)).Should().NotThrowAsync(router.Output.Text);
    }

    [Test]
    public async Task File_SwappedAsAConfigMap_ReachesTheVpc()
    {
        await using var rig = await CliRig.StartAsync();
        rig.Folder.Write("..v1/spec.json", CliRig.SpecOf(First));
        rig.Folder.Write("..v2/spec.json", CliRig.SpecOf(Second));
        Directory.CreateSymbolicLink(rig.Folder["..data"], "..v1");
        var file = rig.Folder["spec.json"];
        File.CreateSymbolicLink(file, "..data/spec.json");
        await using var router = await StartAsync(rig, file);

        Directory.CreateSymbolicLink(rig.Folder["..data_tmp"], "..v2");
        await RenameOverAsync(rig.Folder["..data_tmp"], rig.Folder["..data"]);

        await rig.Awaiting(it => it.UntilRoutedAsync(Second)).Should().NotThrowAsync(router.Output.Text);
    }

    [Test]
    public async Task File_DeletedAndCreated_ReachesTheVpc()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", CliRig.SpecOf(First));
        await using var router = await StartAsync(rig, file);

        File.Delete(file);
        await router.LineAsync("can't be read");
        await File.WriteAllTextAsync(file, CliRig.SpecOf(Second));

        await rig.Awaiting(it => it.UntilRoutedAsync(Second)).Should().NotThrowAsync(router.Output.Text);
    }

    [Test]
    public async Task File_Broken_ChangesNothingAndLogsEveryError()
    {
        await using var rig = await CliRig.StartAsync();
        var file = rig.Folder.Write("spec.json", CliRig.SpecOf(First));
        // With nobody's health to go by: a busy machine may take a host for dead, and its failover would count as a write.
        await using var router = rig.Start("-m", "configfile", "-f", file, "-H", "always");
        await rig.UntilRoutedAsync(First);
        var routes = rig.Simulator.Vpc.GetState().RouteTables;

        await File.WriteAllTextAsync(file, """{ "10.1.0.0/33": ["127.0.1.10"], "10.2.0.0/16": ["127.0.1.300"] }""");
        await router.LineAsync("10.1.0.0/33");
        await router.LineAsync("127.0.1.300");

        rig.Simulator.Vpc.GetState().RouteTables.Should().BeEquivalentTo(routes);
    }

    private static async Task<CliProcess> StartAsync(CliRig rig, string file)
    {
        var router = rig.Start("-m", "configfile", "-f", file, "-H", "tcp", "--tcp-check-port", $"{rig.Simulator.ProbePort}", "--tcp-check-interval", "0.2");
        await rig.UntilRoutedAsync(First);
        return router;
    }

    // File.Move follows the link, and what it leads to is a folder.
    private static async Task RenameOverAsync(string link, string other)
    {
        using var rename = Process.Start("mv", ["-T", link, other]);
        await rename.WaitForExitAsync().WaitAsync(CliProcess.Patience);
    }
}
