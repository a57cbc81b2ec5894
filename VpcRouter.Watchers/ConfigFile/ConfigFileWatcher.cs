using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Watchers.ConfigFile;

/// <summary>
/// Reads the route spec from a file and follows every way in which a file changes: written in place, replaced by rename, deleted and
/// created again, or reached over a symbolic link that is swapped. Events of the file system make it quick; a poll makes it certain.
/// </summary>
internal sealed partial class ConfigFileWatcher : IWatcherPlugin, IPluginStatistics
{
    // A change must arrive within a second even where there are no events.
    internal static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(500);

    // A writer that fills the file in several steps gets this long between two of them before what stands there is called broken.
    internal static readonly TimeSpan SettlingTime = TimeSpan.FromMilliseconds(100);

    // One write raises several events; they are answered by one look.
    private static readonly TimeSpan EventBurst = TimeSpan.FromMilliseconds(10);

    private readonly string _path;
    private readonly RouteSpecReader _reader;
    private readonly TimeProvider _timeProvider;
    private readonly ILogger _logger;
    private readonly ChangeSignal _signal;
    private readonly DirectoryEvents _events;
    private FileFingerprint _fingerprint;
    private FileObservation? _suspect;
    private string? _handled;
    private bool _isBroken;
    private bool _toldEmpty;
    private RouteSpec? _lastSpec;
    private DateTimeOffset? _lastUpdate;

    /// <exception cref="SettingsException">No file is named.</exception>
    /// <exception cref="PluginException">The file can't be read.</exception>
    public ConfigFileWatcher(ConfigFileSettings settings, RouteSpecReader reader, TimeProvider timeProvider, ILogger<ConfigFileWatcher> logger)
    {
        if (SettingsBinder.Validate(settings) is { Count: > 0 } errors)
            throw new SettingsException(errors);
        _path = Path.GetFullPath(settings.File!);
        _reader = reader;
        _timeProvider = timeProvider;
        _logger = logger;
        _signal = new ChangeSignal(timeProvider);
        _events = new DirectoryEvents(_signal, logger);
        CheckReadable();
    }

    /// <summary>Whether events of the file system are used beside the poll.</summary>
    internal bool UsesEvents { get; init; } = true;

    public async Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        var raised = true;
        while (true)
        {
            await LookAsync(specs, raised, stopping).ConfigureAwait(false);
            raised = await _signal.WaitAsync(_suspect is null ? PollInterval : SettlingTime, stopping).ConfigureAwait(false);
            if (raised)
                await Task.Delay(EventBurst, _timeProvider, stopping).ConfigureAwait(false);
        }
    }

    public IReadOnlyDictionary<string, object?> GetStatistics()
    {
        lock (_signal)
            return new Dictionary<string, object?> { ["last_route_spec_update"] = _lastUpdate };
    }

    public ValueTask DisposeAsync()
    {
        _events.Dispose();
        return ValueTask.CompletedTask;
    }

    private void CheckReadable()
    {
        if (Directory.Exists(_path))
            throw new PluginException($"The route spec file {_path} (--file) is a directory; name a file in it");
        try
        {
            using var stream = FileObservation.Open(_path);
            // What is read once and gone can't be watched, and has no length.
            if (!stream.CanSeek)
                throw new PluginException($"The route spec file {_path} (--file) is a pipe or a device; give a regular file");
            stream.ReadByte();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PluginException($"The route spec file {_path} (--file) can't be read: {e.Message}", e);
        }
    }

    private async Task LookAsync(ChannelWriter<RouteSpec> specs, bool raised, CancellationToken stopping)
    {
        // The order matters: whatever changes after the watchers are set raises the signal, so the file is read last.
        var fingerprint = FollowLinks();
        if (!raised && _suspect is null && fingerprint == _fingerprint && !fingerprint.IsCheapToRead)
            return;
        var found = await FileObservation.MakeAsync(_path, stopping).ConfigureAwait(false);
        _fingerprint = fingerprint;
        if (found.Identity == _handled)
        {
            _suspect = null;
            return;
        }

        // The poll saw what no event told: the watchers may be deaf, so they are set anew.
        if (!raised && _suspect is null)
            _events.Reset();
        Handle(found, specs);
    }

    private FileFingerprint FollowLinks()
    {
        try
        {
            var chain = LinkChain.Of(_path);
            if (UsesEvents)
                _events.Watch(chain);
            return FileFingerprint.Of(chain.Target);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is wrong with the path comes to light, and to the log, when the file is read.
            return default;
        }
    }

    private void Handle(FileObservation found, ChannelWriter<RouteSpec> specs)
    {
        var result = found.Content is { } content ? _reader.Read(content) : null;
        if (result is { IsAccepted: true })
        {
            _suspect = null;
            _handled = found.Identity;
            Accept(result, specs);
        }
        else if (_suspect?.Identity == found.Identity)
        {
            _suspect = null;
            _handled = found.Identity;
            Refuse(found, result, specs);
        }
        else
        {
            _suspect = found;
        }
    }

    private void Accept(RouteSpecReadResult result, ChannelWriter<RouteSpec> specs)
    {
        foreach (var warning in result.Warnings)
            LogWarning(_path, warning);
        if (_isBroken)
            LogMended(_path);
        _isBroken = false;
        // To a router that was told an empty spec the same spec is news: it refuses nothing any more.
        if (!_toldEmpty && result.Spec!.Equals(_lastSpec))
            return;
        _toldEmpty = false;
        _lastSpec = result.Spec!;
        lock (_signal)
            _lastUpdate = _timeProvider.GetUtcNow();
        LogAccepted(_path, _lastSpec.Entries.Length, _lastSpec.Hosts.Count);
        specs.TryWrite(_lastSpec);
    }

    private void Refuse(FileObservation found, RouteSpecReadResult? result, ChannelWriter<RouteSpec> specs)
    {
        _isBroken = true;
        var consequence = _lastSpec is null ? "there is no route spec until it is mended" : "the last good route spec stays in force";
        if (result is null)
        {
            LogUnreadable(_path, found.Failure!, consequence);
            return;
        }

        LogBroken(_path, result.Errors.Length, consequence);
        foreach (var error in result.Errors)
            LogError(_path, error);
        // The router refuses it too, and shows that it does.
        _toldEmpty |= result.IsRefusedAsEmpty && specs.TryWrite(RouteSpec.Empty);
    }
}
