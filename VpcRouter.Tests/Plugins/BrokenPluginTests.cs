using VpcRouter.Plugins;
using VpcRouter.Tests.Cli;
using VpcRouter.Tests.Plugins.Fixtures;
using VpcRouter.Tests.Support;

namespace VpcRouter.Tests.Plugins;

/// <summary>P3: every way a plugin can be wrong is one line that says which plugin, where, what it wanted and what was there; exit code 2.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BrokenPluginTests
{
    private static readonly string[] Place = ["-r", "us-east-1", "-v", "vpc-350d6a51", "-p", "0", "--endpoint-url", "http://127.0.0.1:9"];
    private TemporaryFolder _folder = null!;

    [OneTimeSetUp]
    public void MakePlugins()
    {
        _folder = new TemporaryFolder();
        Compile("Acme.Good", PluginSources.SpecFromFlag);
        Directory.CreateDirectory(_folder["plugins/Acme.Empty"]);
        _folder.Write("plugins/Acme.Corrupt/Acme.Corrupt.dll", "MZ, or something like it");
        Compile("Acme.Silent", "namespace Acme; public class Silent;");
        Compile("Acme.Other", PluginSources.Watcher("Acme.Inner"));
        Compile("Acme.Future", PluginSources.Watcher("Acme.Future", declaration: ", 2"));
        Compile("Acme.Past", PluginSources.Watcher("Acme.Past", declaration: ", 0"));
        Compile("Acme.Tomorrow", PluginSources.Watcher("Acme.Tomorrow"), framework: "v99.0");
        Compile("Acme.Throws", PluginSources.Watcher("Acme.Throws", "public W() => throw new System.InvalidOperationException(\"no luck\\ntoday\");"));
        Compile("Acme.Static", PluginSources.Watcher("Acme.Static", "static readonly int N = int.Parse(\"none\"); public W() => System.GC.KeepAlive(N);"));
        Compile("Acme.Wants", PluginSources.Watcher("Acme.Wants", "public W(System.Net.Sockets.Socket s) { }"));
        Compile("Acme.NoPlugin", PluginSources.Watcher("Acme.NoPlugin").Replace("typeof(Acme.W)", "typeof(Acme.None)", StringComparison.Ordinal) + "namespace Acme { public class None; }");
        Compile("Acme.Undotted", "[assembly: VpcRouter.Plugins.VpcRouterPlugin(\"Acme.Undotted\", \"\", typeof(Acme.W))]" + PluginSources.Watcher("undotted"));
        Compile("Acme.Port", PluginSources.WatcherWithSetting("Acme.Port", """[VpcRouter.Settings.Setting("port", "a port")] public int Port { get; set; }"""));
        Compile("Acme.Letter", PluginSources.WatcherWithSetting("Acme.Letter", """[VpcRouter.Settings.Setting("acme", "any", ShortName = "v")] public int Any { get; set; }"""));
        Compile("Acme.Fall", PluginSources.WatcherWithSetting("Acme.Fall", """[VpcRouter.Settings.Setting("tcp-check-port", "a port")] public int Port { get; set; }"""));
        Compile("Acme.Unreadable", PluginSources.WatcherWithSetting("Acme.Unreadable", """[VpcRouter.Settings.Setting("acme-list", "a list")] public object? List { get; set; }"""));
        Compile("Acme.Unwritable", PluginSources.WatcherWithSetting("Acme.Unwritable", """[VpcRouter.Settings.Setting("acme-list", "a list")] public string List => "";"""));
        Compile("Acme.Unmakable", PluginSources.WatcherWithSetting("Acme.Unmakable", """public S(int i) { } [VpcRouter.Settings.Setting("acme-list", "a list")] public string? List { get; set; }"""));
        Compile("Acme.Odd", PluginSources.WatcherWithSetting("Acme.Odd", """[VpcRouter.Settings.Setting("acme-odd", "an odd number")] public int Odd { get => 1; set { if (value % 2 == 0) throw new System.ArgumentException("must be\nodd"); } }"""));
        Compile("Acme.Strict", PluginSources.WatcherWithSetting("Acme.Strict", """[VpcRouter.Settings.Setting("acme-strict", "any")] [System.ComponentModel.DataAnnotations.MinLength(2)] public int Any { get; set; }"""));
        Compile("Acme.Listed", PluginSources.Watcher("Acme.Listed"));
        _folder.Write("plugins/Acme.Listed/Acme.Listed.deps.json", "{ \"runtimeTarget\": ");
        Compile("Acme.Twin", PluginSources.Watcher("Acme.Twin"));
        PluginCompiler.Compile(_folder["more/Acme.Second/Acme.Second.dll"], PluginSources.Watcher("acme.twin"));
        var lost = PluginCompiler.Compile(_folder["build/Acme.Library.dll"], "namespace Acme.Library; public class Thing { public static int One = 1; }", version: "7.1.0");
        PluginCompiler.Compile(_folder["plugins/Acme.Lost/Acme.Lost.dll"], PluginSources.Watcher("Acme.Lost", "public W() => Acme.Library.Thing.One = 2;"), [lost]);
        Compile("Acme.Open", PluginSources.Watcher("Acme.Open"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["plugins/Acme.Open/Acme.Open.dll"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
    }

    [OneTimeTearDown]
    public void RemovePlugins() => _folder.Dispose();

    // Each case: what the line must say, separated by |, and the arguments; @ stands for the folder.
    [TestCase("--plugin-dir|\"@/nowhere\"|no folder", "-m Acme.Good --plugin-dir @/nowhere")]
    [TestCase("--mode|\"Acme.Missing\"|@/plugins|Acme.Good|vpcrouter plugins add Acme.Missing|--plugin-dir", "-m Acme.Missing")]
    [TestCase("--mode|\"vpcrouter_romana_plugin.romana\"|vpcrouter plugins add VpcRouter.Romana)", "-m vpcrouter_romana_plugin.romana")]
    [TestCase("--mode|\"Acme.Good\"|hold no plugin|/plugins", "-m Acme.Good --no-plugin-dir")]
    [TestCase("--mode|\"Acme.Empty\"|@/plugins/Acme.Empty|no Acme.Empty.dll", "-m Acme.Empty")]
    [TestCase("--mode|\"Acme.Corrupt\"|@/plugins/Acme.Corrupt/Acme.Corrupt.dll|not a .NET assembly", "-m Acme.Corrupt")]
    [TestCase("--mode|\"Acme.Silent\"|@/plugins/Acme.Silent/Acme.Silent.dll|[assembly: VpcRouterPlugin(", "-m Acme.Silent")]
    [TestCase("--mode|\"Acme.Other\"|@/plugins/Acme.Other/Acme.Other.dll|declares Acme.Inner", "-m Acme.Other")]
    [TestCase("--mode|\"Acme.Future\"|@/plugins/Acme.Future/Acme.Future.dll|plugin API 2|plugin API 1|newer VpcRouter", "-m Acme.Future")]
    [TestCase("--mode|\"Acme.Past\"|@/plugins/Acme.Past/Acme.Past.dll|plugin API 0|plugin API 1|newer version of the plugin", "-m Acme.Past")]
    [TestCase("--mode|\"Acme.Tomorrow\"|@/plugins/Acme.Tomorrow/Acme.Tomorrow.dll|.NET 99.0|.NET 10.0", "-m Acme.Tomorrow")]
    [TestCase("\"Acme.Throws\"|@/plugins/Acme.Throws|can't be made: no luck today", "-m Acme.Throws")]
    [TestCase("\"Acme.Throws\"|@/plugins/Acme.Throws|can't be made: no luck today", "plan -m Acme.Throws")]
    [TestCase("\"Acme.Throws\"|@/plugins/Acme.Throws|can't be made: no luck today", "apply -m Acme.Throws")]
    [TestCase("\"Acme.Throws\"|@/plugins/Acme.Throws|can't be made: no luck today", "explain 10.1.0.0/16 -m Acme.Throws")]
    [TestCase("\"Acme.Static\"|@/plugins/Acme.Static|can't be made|'none'", "-m Acme.Static")]
    [TestCase("\"Acme.Wants\"|@/plugins/Acme.Wants|can't be made|System.Net.Sockets.Socket", "-m Acme.Wants")]
    [TestCase("--mode|\"Acme.NoPlugin\"|@/plugins/Acme.NoPlugin|Acme.None|neither IWatcherPlugin nor IMonitorPlugin", "-m Acme.NoPlugin")]
    [TestCase("--mode|\"undotted\"|@/plugins/Acme.Undotted|without a dot", "-m Acme.Undotted")]
    [TestCase("--mode|\"Acme.Lost\"|@/plugins/Acme.Lost|Acme.Library 7.1.0|neither in", "-m Acme.Lost")]
    [TestCase("--mode|\"Acme.Listed\"|@/plugins/Acme.Listed/Acme.Listed.dll|can't be loaded|Acme.Listed.deps.json", "-m Acme.Listed")]
    [TestCase("--mode|\"Acme.Twin\"|twice|@/plugins/Acme.Twin|@/more/Acme.Second|remove one", "-m Acme.Twin --plugin-dir @/more")]
    [TestCase("--health|\"Acme.Good\"|@/plugins/Acme.Good|is a watcher, not a monitor", "-m http -H Acme.Good")]
    [TestCase("--multi-plugins|\"Acme.Future\"|plugin API 2", "-m http -H multi --multi-plugins tcp:Acme.Future")]
    [TestCase("\"Acme.Port\"|@/plugins/Acme.Port|--port|vpcrouter itself", "-m Acme.Port")]
    [TestCase("\"Acme.Letter\"|@/plugins/Acme.Letter|-v|vpcrouter itself", "-m Acme.Letter")]
    [TestCase("\"Acme.Fall\"|@/plugins/Acme.Fall|--tcp-check-port|\"tcp\"|use one of them", "-m Acme.Fall -H tcp")]
    [TestCase("--mode|\"Acme.Unreadable\"|@/plugins/Acme.Unreadable|List|--acme-list|System.Object", "-m Acme.Unreadable")]
    [TestCase("--mode|\"Acme.Unwritable\"|@/plugins/Acme.Unwritable|List|no public setter", "-m Acme.Unwritable")]
    [TestCase("--mode|\"Acme.Unmakable\"|@/plugins/Acme.Unmakable|Acme.S|parameterless constructor", "-m Acme.Unmakable")]
    [TestCase("--acme-odd \"4\"|must be odd", "-m Acme.Odd --acme-odd 4")]
    [TestCase("\"Acme.Strict\"|@/plugins/Acme.Strict|can't check its settings", "-m Acme.Strict")]
    [TestCase("--good-destination|is required", "-m Acme.Good")]
    [TestCase("--good-colour|vpcrouter --help", "-m Acme.Good --good-destination 10.1.0.0/16 --good-colour red")]
    public async Task Start_PluginIsWrong_ExitsWithOneLine(string parts, string args)
    {
        var result = await RunAsync(args);

        result.ExitCode.Should().Be(2);
        result.Output.Should().BeEmpty();
        result.Errors.Should().ContainSingle().Which.Should().StartWith("vpcrouter: ").And.ContainAll(parts.Replace("@", _folder[""].TrimEnd('/'), StringComparison.Ordinal).Split('|'));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public async Task Start_EverybodyCanWriteThePlugin_IsRefused() =>
        (await RunAsync("-m Acme.Open")).Errors.Should().ContainSingle().Which.Should().ContainAll("\"Acme.Open\"", "everybody can write to " + _folder["plugins/Acme.Open/Acme.Open.dll"], "chmod o-w");

    [TestCase("plugins")]
    [TestCase("plugins/Acme.Good")]
    [Platform(Exclude = "Win")]
    public void Get_EverybodyCanWriteAFolder_IsRefused(string open)
    {
        using var folder = new TemporaryFolder();
        PluginCompiler.Compile(folder["plugins/Acme.Good/Acme.Good.dll"], PluginSources.SpecFromFlag);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder[open], File.GetUnixFileMode(folder[open]) | UnixFileMode.OtherWrite);

        FluentActions.Invoking(() => PluginCatalog.FromAssemblies().WithDirectories(folder["plugins"]).Get(PluginKind.Watcher, "Acme.Good"))
            .Should().Throw<PluginException>().WithMessage($"*everybody can write to {folder[open]},*");
    }

    // Whoever can exchange what a link leads to can exchange the plugin.
    [Test]
    [Platform(Exclude = "Win")]
    public void Get_EverybodyCanWriteTheFolderAroundALinksTarget_IsRefused()
    {
        using var folder = new TemporaryFolder();
        PluginCompiler.Compile(folder["open/Acme.Good/Acme.Good.dll"], PluginSources.SpecFromFlag);
        Directory.CreateDirectory(folder["plugins"]);
        folder.Link("plugins/Acme.Good", folder["open/Acme.Good"]);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder["open"], File.GetUnixFileMode(folder["open"]) | UnixFileMode.OtherWrite);

        FluentActions.Invoking(() => PluginCatalog.FromAssemblies().WithDirectories(folder["plugins"]).Get(PluginKind.Watcher, "Acme.Good"))
            .Should().Throw<PluginException>().WithMessage($"*everybody can write to {folder["open"]},*");
    }

    // Deterministic: the same bytes are damaged each time.
    [Test]
    public void Find_AssemblyIsDamagedAnywhere_IsReadOrRefused()
    {
        using var folder = new TemporaryFolder();
        var path = PluginCompiler.Compile(folder["Acme.Good/Acme.Good.dll"], PluginSources.SpecFromFlag);
        var good = File.ReadAllBytes(path);
        var random = new Random(1);
        for (var i = 0; i < 2000; i++)
        {
            var bad = good.ToArray();
            for (var j = 0; j < 1 + (i % 8); j++)
                bad[random.Next(bad.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, bad);

            FluentActions.Invoking(() => VpcRouter.Plugins.Loading.ExternalPlugin.Find(new VpcRouter.Plugins.Loading.PluginFolder("Acme.Good", folder["Acme.Good"]))).Should().NotThrow();
        }
    }

    [Test]
    public async Task Plugins_SomeAreBroken_ListsThemWithTheirLineAndTheOthersAsUsual()
    {
        var result = await CliProcess.RunAsync(["plugins", "--plugin-dir", _folder["plugins"]], ("HOME", _folder["home"]));

        result.ExitCode.Should().Be(0);
        result.Output.Should()
            .Contain($"watcher Acme.Good (1.2.3, {_folder["plugins/Acme.Good"]}): delivers the spec in its flag")
            .And.Contain(line => line.StartsWith("watcher configfile (built-in)", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith($"broken Acme.Future ({_folder["plugins/Acme.Future"]}): Plugin \"Acme.Future\"", StringComparison.Ordinal))
            .And.Contain(line => line.StartsWith("broken Acme.Corrupt", StringComparison.Ordinal));
        result.Output.Where(line => line[0] != ' ').Should().OnlyHaveUniqueItems();
    }

    private Task<CliResult> RunAsync(string args)
    {
        string[] given = [.. args.Replace("@", _folder[""].TrimEnd('/'), StringComparison.Ordinal).Split(' ').Where(arg => arg != "--no-plugin-dir")];
        string[] directories = args.Contains("--no-plugin-dir", StringComparison.Ordinal) ? [] : ["--plugin-dir", _folder["plugins"]];
        return CliProcess.RunAsync([.. given, .. given.Contains("-H") ? (string[])[] : ["-H", "always"], .. Place, .. directories], ("HOME", _folder["home"]));
    }

    private void Compile(string name, string source, string framework = "v10.0") =>
        PluginCompiler.Compile(_folder[$"plugins/{name}/{name}.dll"], source, framework: framework);
}
