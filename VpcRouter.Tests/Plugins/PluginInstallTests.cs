using VpcRouter.Cli;
using VpcRouter.Cli.Installing;
using VpcRouter.Plugins;
using VpcRouter.Tests.Cli;
using VpcRouter.Tests.Plugins.Fixtures;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Plugins;

/// <summary>vpcrouter plugins add and remove.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PluginInstallTests : IDisposable
{
    private static readonly TimeSpan SdkPatience = TimeSpan.FromMinutes(5);
    private readonly TemporaryFolder _folder = new();

    private string Plugins => _folder["plugins"];

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task Add_Archive_InstallsItAndMakesTheFolder()
    {
        var result = await RunAsync("add", Archive("1.2.0"));

        ExpectFine(result).Should().Be($"Added Acme.Good 1.2.0 in {_folder["plugins/Acme.Good"]}: watcher Acme.Good");
        (await RunAsync()).Output.Should().Contain(line => line.StartsWith($"watcher Acme.Good (1.2.0, {_folder["plugins/Acme.Good"]})", StringComparison.Ordinal));
        ExpectOnly("Acme.Good");
    }

    [Test]
    public async Task Add_ArchiveOfAFolder_InstallsWhatIsInIt()
    {
        ExpectFine(await RunAsync("add", Archive("1.2.0", "publish/"))).Should().StartWith("Added Acme.Good 1.2.0");

        File.Exists(_folder["plugins/Acme.Good/Acme.Good.dll"]).Should().BeTrue();
    }

    [Test]
    public async Task Add_Folder_InstallsItUnderItsAssemblysName()
    {
        PluginCompiler.Compile(_folder["out/Acme.Good.dll"], PluginSources.SpecFromFlag);

        ExpectFine(await RunAsync("add", _folder["out"])).Should().StartWith("Added Acme.Good 1.2.3");

        ExpectOnly("Acme.Good");
    }

    [Test]
    public async Task Add_OtherVersionIsThere_ReplacesAllOfIt()
    {
        await RunAsync("add", Archive("1.2.0"));
        _folder.Write("plugins/Acme.Good/left-over.txt", "of the old version");

        ExpectFine(await RunAsync("add", Archive("1.3.0"))).Should().StartWith("Replaced Acme.Good 1.2.0 by 1.3.0");

        File.Exists(_folder["plugins/Acme.Good/left-over.txt"]).Should().BeFalse();
        ExpectOnly("Acme.Good");
    }

    [Test]
    public async Task Add_NewVersionCantBeLoaded_KeepsTheOld()
    {
        await RunAsync("add", Archive("1.2.0"));
        PluginCompiler.Compile(_folder["future/Acme.Good.dll"], PluginSources.Watcher("Acme.Good", declaration: ", 2"));

        ExpectLine(await RunAsync("add", _folder["future"]), 2).Should().ContainAll("\"" + _folder["future"] + "\" is not installed", "plugin API 2").And.NotContain(".adding");

        (await RunAsync()).Output.Should().Contain(line => line.StartsWith("watcher Acme.Good (1.2.0", StringComparison.Ordinal));
        ExpectOnly("Acme.Good");
    }

    // As a shell completes it.
    [Test]
    public async Task Add_DirectoryGivenWithASlash_ReplacesToo()
    {
        await RunAsync("add", Archive("1.2.0"));

        var result = await CliProcess.RunAsync(["plugins", "add", Archive("1.3.0"), "--plugin-dir", Plugins + "/"], ("HOME", _folder["home"]));

        ExpectFine(result).Should().Be($"Replaced Acme.Good 1.2.0 by 1.3.0 in {_folder["plugins/Acme.Good"]}: watcher Acme.Good");
    }

    [Test]
    public async Task Add_OldFolderIsSpelledOtherwise_TakesItsPlace()
    {
        await RunAsync("add", Archive("1.2.0"));
        Directory.Move(_folder["plugins/Acme.Good"], _folder["plugins/acme.GOOD"]);

        ExpectFine(await RunAsync("add", Archive("1.3.0"))).Should().StartWith("Replaced Acme.Good 1.2.0 by 1.3.0");

        ExpectOnly("Acme.Good");
    }

    // What an add leaves that is killed at its worst moment: the old version is out of the way, the new one not yet in place.
    [Test]
    public async Task Add_EarlierOneWasKilledBetweenOldAndNew_PutsTheOldBackFirst()
    {
        await RunAsync("add", Archive("1.2.0"));
        Directory.CreateDirectory(_folder["plugins/.adding-0a1b/.old"]);
        Directory.Move(_folder["plugins/Acme.Good"], _folder["plugins/.adding-0a1b/.old/Acme.Good"]);
        _folder.Write("plugins/.adding-0a1b/Acme.Good/Acme.Good.dll", "half of it");
        _folder.Write("plugins/.removing-2c3d/Acme.Gone.dll", "half gone");

        PluginCompiler.Compile(_folder["library/Acme.Library.dll"], "namespace Acme; public class Library;");
        ExpectLine(await RunAsync("add", _folder["library"]), 1);

        ExpectOnly("Acme.Good");
        (await RunAsync()).Output.Should().Contain(line => line.StartsWith("watcher Acme.Good (1.2.0", StringComparison.Ordinal));
    }

    [TestCase("add")]
    [TestCase("remove")]
    public async Task AddOrRemove_AnotherIsAtIt_ChangesNothing(string command)
    {
        await RunAsync("add", Archive("1.2.0"));
        using (PluginDirectoryLock.Take(Plugins))
            ExpectLine(await RunAsync(command, command == "add" ? Archive("1.3.0") : "Acme.Good"), 1).Should().ContainAll(Plugins, "another vpcrouter", "again");

        (await RunAsync()).Output.Should().Contain(line => line.StartsWith("watcher Acme.Good (1.2.0", StringComparison.Ordinal));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Add_EverybodyCanWriteThePluginDirectory_IsRefused()
    {
        Directory.CreateDirectory(Plugins);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Plugins, File.GetUnixFileMode(Plugins) | UnixFileMode.OtherWrite);

        ExpectLine(await RunAsync("add", Archive("1.2.0")), 2).Should().ContainAll("is not installed", "everybody can write to " + Plugins, "chmod o-w");

        ExpectOnly();
    }

    [Test]
    public async Task Add_SameNameInAnotherFolder_IsRefused()
    {
        await RunAsync("add", Archive("1.2.0"));
        PluginCompiler.Compile(_folder["out/Acme.Second.dll"], PluginSources.Watcher("Acme.Good"));

        ExpectLine(await RunAsync("add", _folder["out"]), 2).Should().ContainAll("\"Acme.Good\" would be there twice", _folder["plugins/Acme.Good"]);
    }

    [TestCase("../../evil.txt")]
    [TestCase("..\\..\\evil.txt")]
    [TestCase("/tmp/vpcrouter-evil.txt")]
    [TestCase("..")]
    public async Task Add_ArchiveWantsToWriteElsewhere_IsRefused(string name)
    {
        var result = await RunAsync("add", PackageMaker.Zip(_folder["evil.zip"], (name, [1])));

        ExpectLine(result, 1).Should().ContainAll("evil.zip", "outside the plugin's folder");
        ExpectOnly();
        File.Exists(_folder["evil.txt"]).Should().BeFalse();
        File.Exists("/tmp/vpcrouter-evil.txt").Should().BeFalse();
    }

    [Test]
    public async Task Add_ArchiveWithAnEntryThatNoFileCanBeNamed_IsRefused()
    {
        var result = await RunAsync("add", PackageMaker.Zip(_folder["odd.zip"], ("a\0b", [1])));

        ExpectLine(result, 1).Should().ContainAll("odd.zip", "is not installed");
        ExpectOnly();
    }

    [Test]
    public async Task Add_ArchiveOfTooManyFiles_IsRefused()
    {
        var result = await RunAsync("add", PackageMaker.Zip(_folder["many.zip"], [.. Enumerable.Range(0, 10_001).Select(i => ($"f{i}", Array.Empty<byte>()))]));

        ExpectLine(result, 1).Should().ContainAll("many.zip", "more than 10000 files");
        ExpectOnly();
    }

    // A megabyte of nothing is small in an archive, whatever its directory says.
    [Test]
    public void FromArchive_UnpackedTooBig_IsRefused()
    {
        var archive = PackageMaker.Zip(_folder["bomb.zip"], ("a", new byte[1024 * 1024]), ("b", [1]));
        Directory.CreateDirectory(_folder["target"]);

        new BoundedCopy(_folder["target"], mostBytes: 1024 * 1024).Invoking(copy => copy.FromArchive(archive)).Should().Throw<CommandFailedException>().WithMessage("*bigger than 1 MiB");
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void FromArchive_EntriesThatEverybodyMayWrite_AreTheOwnersOnly()
    {
        Directory.CreateDirectory(_folder["target"]);

        new BoundedCopy(_folder["target"]).FromArchive(PackageMaker.Zip(_folder["open.zip"], ("deep/down/a", [1])));

        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(_folder["target/deep/down/a"]).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
    }

    [Test]
    public async Task Add_PackageWithoutAnSdk_SaysWhatElseCanBeDone()
    {
        var result = await CliProcess.RunAsync(["plugins", "add", "Acme.Etcd", "--plugin-dir", Plugins], ("DOTNET_HOST_PATH", _folder["no/dotnet"]));

        ExpectLine(result, 1).Should().ContainAll("Acme.Etcd", ".NET SDK", _folder["no/dotnet"], "dotnet publish", "zip");
        ExpectOnly();
    }

    // Each case: exit code, what the line must say, separated by |, and the arguments; @ stands for the folder.
    [TestCase(2, "PLUGIN is required", "add")]
    [TestCase(2, "\"@/none.zip\" is not there|.nupkg", "add @/none.zip")]
    [TestCase(2, "\"no/such/folder\"|neither there nor the name of a package", "add no/such/folder")]
    [TestCase(2, "--version \"1.0\"|leave it out", "add @/text.zip --version 1.0")]
    [TestCase(2, "--source \"@/nowhere\"|no folder", "add Acme.Any --source @/nowhere")]
    [TestCase(2, "\"@/text.nupkg\" can't be read as a NuGet package", "add @/text.nupkg")]
    [TestCase(1, "\"@/text.zip\" is not installed", "add @/text.zip")]
    [TestCase(1, "\"@/library\" is not installed|VpcRouterPlugin", "add @/library")]
    [TestCase(1, "\"@/library\" is not installed in @/text.zip", "add @/library --plugin-dir @/text.zip")]
    [TestCase(2, "\"@\" is not installed|@/plugins is in it", "add @")]
    [TestCase(2, "--plugin-dir \"\" is empty", "add @/library --plugin-dir ")]
    [TestCase(2, "NAME is required", "remove")]
    [TestCase(2, "no plugin \"Acme.None\" in @/plugins", "remove Acme.None")]
    public async Task AddOrRemove_SomethingIsWrong_ExitsWithOneLine(int exitCode, string parts, string args)
    {
        _folder.Write("text.zip", "neither zip nor package");
        _folder.Write("text.nupkg", "neither zip nor package");
        PluginCompiler.Compile(_folder["library/Acme.Library.dll"], "namespace Acme; public class Library;");
        Directory.CreateDirectory(Plugins);
        string Real(string text) => text.Replace("@", _folder[""].TrimEnd('/'), StringComparison.Ordinal);

        var result = await CliProcess.RunAsync(["plugins", .. Real(args).Split(' '), .. args.Contains("--plugin-dir", StringComparison.Ordinal) ? (string[])[] : ["--plugin-dir", Plugins]], ("HOME", _folder["home"]));

        ExpectLine(result, exitCode).Should().ContainAll(Real(parts).Split('|'));
    }

    [Test]
    public async Task Remove_Installed_IsGone()
    {
        await RunAsync("add", Archive("1.2.0"));

        ExpectFine(await RunAsync("remove", "acme.GOOD")).Should().Be($"Removed Acme.Good 1.2.0 from {Plugins}");

        ExpectOnly();
    }

    [Test]
    public async Task Add_NoPluginDirectoryGiven_InstallsInTheUsersOwn()
    {
        var result = await CliProcess.RunAsync(["plugins", "add", Archive("1.2.0")], ("HOME", _folder["home"]));

        ExpectFine(result).Should().Contain(_folder["home/.vpcrouter/plugins/Acme.Good"]);
    }

    // The package needs a library of its own, and VpcRouter.Core, which needs another: that is the host's business.
    [Test]
    public async Task Add_Package_FetchesWhatItNeedsAndLeavesOutWhatTheHostHas()
    {
        // The temporary folder is everybody's: what lies there would have any code run.
        _folder.Write("tmp/global.json", """{ "sdk": { "version": "0.0.1", "rollForward": "disable" } }""");
        _folder.Write("tmp/Directory.Build.rsp", "-logger:None,none.dll");
        _folder.Write("tmp/Directory.Build.targets", "<Project><Target Name=\"Trap\" BeforeTargets=\"Restore;Build\"><Error Text=\"trapped\" /></Target></Project>");
        _folder.Write("nuget.config", "<configuration><packageSources><clear /></packageSources></configuration>");
        var feed = _folder["feed"];
        var library = PluginCompiler.Compile(_folder["build/Acme.Library.dll"], "namespace Acme.Library; public static class Text { public static string Hosts = \"127.0.1.10\"; }");
        PackageMaker.Pack(feed, "Acme.Library", "4.5.6", library);
        PackageMaker.Pack(feed, "Acme.Heavy", "1.0.0", PluginCompiler.Compile(_folder["build/Acme.Heavy.dll"], "namespace Acme; public class Heavy;"));
        PackageMaker.Pack(feed, "VpcRouter.Core", "0.1.0", typeof(IWatcherPlugin).Assembly.Location, ("Acme.Heavy", "1.0.0"));
        foreach (var version in new[] { "1.2.0", "1.3.0" })
        {
            var source = PluginSources.SpecFromFlag.Replace("= \"127.0.1.10\"", "= Acme.Library.Text.Hosts", StringComparison.Ordinal);
            PackageMaker.Pack(version == "1.2.0" ? feed : _folder["new"], "Acme.Good", version, PluginCompiler.Compile(_folder[$"build/{version}/Acme.Good.dll"], source, [library], version: version), ("Acme.Library", "4.5.6"), ("VpcRouter.Core", "0.1.0"));
        }

        ExpectFine(await SdkAsync("add", "acme.good", "--source", feed)).Should().Be($"Added Acme.Good 1.2.0 in {_folder["plugins/Acme.Good"]}: watcher Acme.Good");
        Directory.GetFiles(_folder["plugins/Acme.Good"]).Select(Path.GetFileName).Should().BeEquivalentTo("Acme.Good.dll", "Acme.Good.deps.json", "Acme.Library.dll");

        ExpectFine(await SdkAsync("add", _folder["new/Acme.Good.1.3.0.nupkg"], "--source", feed)).Should().StartWith("Replaced Acme.Good 1.2.0 by 1.3.0");
        ExpectOnly("Acme.Good");

        ExpectLine(await SdkAsync("add", "Acme.Absent@1.0.0", "--source", feed), 1).Should().ContainAll("the .NET SDK can't get the package Acme.Absent 1.0.0", "NU1101").And.NotContain("csproj");

        PackageMaker.Pack(feed, "Acme.Bare", "1.0.0", assembly: null);
        ExpectLine(await SdkAsync("add", "Acme.Bare", "--source", feed), 1).Should().ContainAll("\"Acme.Bare\" is not installed", "VpcRouterPlugin");
    }

    private static string ExpectFine(CliResult result)
    {
        result.ExitCode.Should().Be(0, string.Join('\n', result.Errors));
        return result.Output.Should().ContainSingle().Which;
    }

    private static string ExpectLine(CliResult result, int exitCode)
    {
        result.ExitCode.Should().Be(exitCode, string.Join('\n', result.Errors));
        result.Output.Should().BeEmpty();
        return result.Errors.Should().ContainSingle().Which;
    }

    private void ExpectOnly(params string[] names) =>
        Directory.GetFileSystemEntries(Plugins).Select(Path.GetFileName).Where(name => name != PluginDirectoryLock.FileName).Should().BeEquivalentTo(names);

    private string Archive(string version, string prefix = "")
    {
        var assembly = PluginCompiler.Compile(_folder[$"build/{version}/Acme.Good.dll"], PluginSources.SpecFromFlag, version: version);
        return PackageMaker.Zip(_folder[$"good-{version}.zip"], (prefix + "Acme.Good.dll", File.ReadAllBytes(assembly)), (prefix + "runtimes/linux-x64/native/lib.so", [1, 2, 3]));
    }

    private Task<CliResult> RunAsync(params string[] args) => CliProcess.RunAsync(["plugins", .. args, "--plugin-dir", Plugins], ("HOME", _folder["home"]));

    private async Task<CliResult> SdkAsync(params string[] args)
    {
        await using var process = CliProcess.StartIn(_folder[""], ["plugins", .. args, "--plugin-dir", Plugins], ("NUGET_PACKAGES", _folder["cache"]), ("TMPDIR", _folder["tmp"]));
        return await process.ExitAsync(SdkPatience);
    }
}
