using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;
using VpcRouter.Tests.Support;
using VpcRouter.Watchers.ConfigFile;

namespace VpcRouter.Tests.Watchers;

/// <summary>The watcher on real files, in real time, woken by the events of the file system.</summary>
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class ConfigFileWatcherTests : IDisposable
{
    private readonly RecordingLogger<ConfigFileWatcher> _logger = new();
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Test]
    public async Task WatchAsync_Start_EmitsTheFile()
    {
        _folder.Write("spec.json", Spec(1));
        await using var running = Start("spec.json");

        (await running.NextAsync()).Should().Be("10.1.0.0/16");
    }

    [Test]
    public async Task WatchAsync_EditInPlace_EmitsTheChange()
    {
        _folder.Write("spec.json", Spec(1));
        await using var running = Start("spec.json");
        await running.NextAsync();

        _folder.Write("spec.json", Spec(2));

        (await running.NextAsync()).Should().Be("10.2.0.0/16");
    }

    [Test]
    public async Task WatchAsync_ReplacedByRename_EmitsEveryChange()
    {
        _folder.Write("spec.json", Spec(1));
        await using var running = Start("spec.json");
        await running.NextAsync();

        for (var i = 2; i < 5; i++)
        {
            _folder.Replace("spec.json", Spec(i));
            (await running.NextAsync()).Should().Be($"10.{i}.0.0/16");
        }
    }

    [Test]
    public async Task WatchAsync_ConfigMapSwapped_EmitsEveryChange()
    {
        _folder.Write("..2026_1/spec.json", Spec(1));
        _folder.Link("..data", "..2026_1");
        _folder.Link("spec.json", "..data/spec.json");
        await using var running = Start("spec.json");
        await running.NextAsync();

        for (var i = 2; i < 5; i++)
        {
            _folder.Write($"..2026_{i}/spec.json", Spec(i));
            _folder.Link("..data", $"..2026_{i}");
            Directory.Delete(_folder[$"..2026_{i - 1}"], recursive: true);
            (await running.NextAsync()).Should().Be($"10.{i}.0.0/16");
        }
    }

    [Test]
    public async Task WatchAsync_FolderReachedOverLinkSwapped_EmitsTheChange()
    {
        _folder.Write("release-1/etc/spec.json", Spec(1));
        _folder.Write("release-2/etc/spec.json", Spec(2));
        _folder.Link("current", "release-1");
        await using var running = Start("current/etc/spec.json");
        await running.NextAsync();

        _folder.Link("current", _folder["release-2"]);
        (await running.NextAsync()).Should().Be("10.2.0.0/16");

        _folder.Write("release-2/etc/spec.json", Spec(3));
        (await running.NextAsync()).Should().Be("10.3.0.0/16");
    }

    [Test]
    public async Task WatchAsync_DeletedAndCreatedAgain_KeepsTheSpecThenEmitsTheNew()
    {
        _folder.Write("spec.json", Spec(1));
        await using var running = Start("spec.json");
        await running.NextAsync();

        File.Delete(_folder["spec.json"]);
        (await _logger.NextContainingAsync("can't be read")).Should().Contain("last good route spec stays in force");
        running.HasSpec.Should().BeFalse();
        _folder.Write("spec.json", Spec(2));

        (await running.NextAsync()).Should().Be("10.2.0.0/16");
    }

    [Test]
    public async Task WatchAsync_FolderDeletedAndCreatedAgain_EmitsTheNewAndLaterChanges()
    {
        _folder.Write("etc/spec.json", Spec(1));
        await using var running = Start("etc/spec.json");
        await running.NextAsync();

        Directory.Delete(_folder["etc"], recursive: true);
        await _logger.NextContainingAsync("can't be read");
        _folder.Write("etc/spec.json", Spec(2));
        (await running.NextAsync()).Should().Be("10.2.0.0/16");

        _folder.Replace("etc/spec.json", Spec(3));
        (await running.NextAsync()).Should().Be("10.3.0.0/16");
    }

    [Test]
    public async Task WatchAsync_WrittenInPieces_EmitsOnlyTheWhole()
    {
        _folder.Write("spec.json", Spec(1));
        await using var running = Start("spec.json");
        await running.NextAsync();

        await using (var stream = new FileStream(_folder["spec.json"], FileMode.Create, FileAccess.Write, FileShare.ReadWrite))
        {
            foreach (var value in System.Text.Encoding.UTF8.GetBytes(Spec(2)))
            {
                stream.WriteByte(value);
                await stream.FlushAsync();
            }
        }

        (await running.NextAsync()).Should().Be("10.2.0.0/16");
        running.HasSpec.Should().BeFalse();
    }

    [Test]
    public void Constructor_FileMissing_NamesIt()
    {
        var making = () => Make("nowhere.json");

        making.Should().Throw<PluginException>().Which.Message.Should().Contain(_folder["nowhere.json"]);
    }

    [Test]
    public void Constructor_FileIsFolder_NamesIt()
    {
        Directory.CreateDirectory(_folder["spec.json"]);
        var making = () => Make("spec.json");

        making.Should().Throw<PluginException>().WithMessage("The route spec file * is a directory*");
    }

    [Test]
    [Platform("Linux")]
    public void Constructor_Pipe_SaysThatItCantBeWatched()
    {
        using var pipe = new System.IO.Pipes.AnonymousPipeServerStream(System.IO.Pipes.PipeDirection.In);
        var path = $"/proc/self/fd/{pipe.SafePipeHandle.DangerousGetHandle()}";

        var making = () => new ConfigFileWatcher(new ConfigFileSettings { File = path }, new RouteSpecReader(), TimeProvider.System, _logger);

        making.Should().Throw<PluginException>().WithMessage("*regular file*");
    }

    [Test]
    public void Constructor_NoFileNamed_NamesSetting()
    {
        var making = () => new ConfigFileWatcher(new ConfigFileSettings(), new RouteSpecReader(), TimeProvider.System, _logger);

        making.Should().Throw<SettingsException>().WithMessage("--file is required in configfile mode: name the route spec file");
    }

    private static string Spec(int number) => $$"""{"10.{{number}}.0.0/16": ["10.33.20.93"]}""";

    private RunningWatcher Start(string name) => new(Make(name));

    private ConfigFileWatcher Make(string name) =>
        new(new ConfigFileSettings { File = _folder[name] }, new RouteSpecReader(), TimeProvider.System, _logger);
}
