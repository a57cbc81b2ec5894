using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Plugins;
using VpcRouter.Romana.Etcd;
using VpcRouter.Romana.Topology;
using VpcRouter.RouteSpecs;
using VpcRouter.Settings;

namespace VpcRouter.Romana;

/// <summary>
/// Makes route specs of the topology that Romana keeps in etcd. A connection is used until anything is wrong with it; then the next member is
/// connected to, the topology is read anew, and watched from there.
/// </summary>
internal sealed partial class RomanaWatcher : IWatcherPlugin, IPluginStatistics, IPluginCondition
{
    // A watch that didn't live as long doesn't prove that etcd is well again.
    private static readonly TimeSpan LongEnough = TimeSpan.FromSeconds(5);
    private const int LoggedRounds = 30;

    private readonly RomanaSettings _settings;
    private readonly IReadOnlyList<EtcdEndpoint> _endpoints;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private volatile WatcherStatus _status = new();
    private byte[]? _handled;
    private RouteSpec? _lastSpec;
    private long? _watchingSince;
    private int _member;
    private int _failures;

    /// <exception cref="SettingsException">The settings contradict each other.</exception>
    /// <exception cref="PluginException">A certificate file can't be used.</exception>
    public RomanaWatcher(RomanaSettings settings, TimeProvider time, ILogger<RomanaWatcher> logger)
    {
        if (SettingsBinder.Validate(settings) is { Count: > 0 } errors)
            throw new SettingsException(errors);
        EtcdCertificates.Read(settings)?.Dispose();
        _settings = settings;
        _endpoints = settings.Endpoints;
        _time = time;
        _logger = logger;
        if (settings is { EtcdUser: not null, EtcdCaCert: null })
            LogPlainPassword();
    }

    public string? Problem => _status.Problem;

    private string Consequence => _lastSpec is null ? "no route is touched until then" : "the last good topology stays in force";

    public async Task WatchAsync(ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        while (true)
        {
            _watchingSince = null;
            try
            {
                await FollowAsync(_endpoints[_member], specs, stopping).ConfigureAwait(false);
            }
            catch (EtcdException e)
            {
                if (_watchingSince is { } since && _time.GetElapsedTime(since) >= LongEnough)
                    _failures = 0;
                await RetreatAsync(_endpoints[_member], e, stopping).ConfigureAwait(false);
            }
        }
    }

    public IReadOnlyDictionary<string, object?> GetStatistics()
    {
        var status = _status;
        return new Dictionary<string, object?>
        {
            ["connected_to"] = status.ConnectedTo,
            ["connections"] = status.Connections,
            ["etcd_revision"] = status.Revision,
            ["last_topology_change"] = status.LastTopologyChange,
            ["last_route_spec_update"] = status.LastRouteSpecUpdate,
            ["topologies_read"] = status.TopologiesRead,
            ["topologies_refused"] = status.TopologiesRefused,
            ["routes"] = status.Routes,
            ["hosts"] = status.Hosts,
        };
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task FollowAsync(EtcdEndpoint endpoint, ChannelWriter<RouteSpec> specs, CancellationToken stopping)
    {
        using var connection = await EtcdConnection.OpenAsync(endpoint, _settings, _time, stopping).ConfigureAwait(false);
        var follower = new KeyFollower(connection, _settings.EtcdKey, _settings.EtcdCheckInterval, _time);
        var state = await follower.ReadAsync(stopping).ConfigureAwait(false);
        Handle(state, specs);
        await follower.FollowAsync(state.Revision + 1, () => OnWatching(endpoint, state.Revision), change => Handle(change, specs), stopping).ConfigureAwait(false);
    }

    private void OnWatching(EtcdEndpoint endpoint, long revision)
    {
        _watchingSince = _time.GetTimestamp();
        _status = _status with { ConnectedTo = endpoint.ToString(), ConnectionProblem = null, Connections = _status.Connections + 1 };
        LogWatching(_settings.EtcdKey, endpoint, revision);
    }

    /// <summary>Turns to the next member; when all have failed in a row, waits and says so.</summary>
    private async Task RetreatAsync(EtcdEndpoint endpoint, EtcdException e, CancellationToken stopping)
    {
        _failures++;
        _status = _status with { ConnectedTo = null };
        if (e.IsRoutine && _failures == 1)
        {
            LogRoutine(endpoint, e.Message);
            return;
        }

        if (_failures <= _endpoints.Count)
            LogLost(endpoint, e.Message, Consequence);
        _member = (_member + 1) % _endpoints.Count;
        var (round, rest) = Math.DivRem(_failures, _endpoints.Count);
        if (rest > 0)
            return;
        _status = _status with { ConnectionProblem = $"etcd can't be watched (the last to be asked was {endpoint}: {e.Message}); {Consequence}" };
        if (round % LoggedRounds == 0)
            LogStillLost(round, endpoint, e.Message, Consequence);
        await Task.Delay(Retreat.After(round, Random.Shared.NextDouble()), _time, stopping).ConfigureAwait(false);
    }

    private void Handle(KeyState state, ChannelWriter<RouteSpec> specs)
    {
        _status = _status with { Revision = state.Revision };
        // After a reconnect the same topology is read again, and Romana writes the key for more than routes; what was said isn't said twice.
        var identity = state.Value is { } value ? SHA256.HashData(value.Span) : [];
        if (_handled is not null && identity.AsSpan().SequenceEqual(_handled))
            return;
        _handled = identity;
        _status = _status with { LastTopologyChange = _time.GetUtcNow(), TopologiesRead = _status.TopologiesRead + 1 };
        if (state.Value is null)
            HandleMissing();
        else
            HandleTopology(TopologyReader.Read(state.Value.Value), state, specs);
    }

    // A key that is gone says no more about routes than an etcd that is: to delete all of them is an order that must be given as a topology.
    private void HandleMissing()
    {
        LogMissing(_settings.EtcdKey, Consequence);
        _status = _status with { TopologyProblem = $"etcd has no key {_settings.EtcdKey}; {Consequence}" };
    }

    private void HandleTopology(TopologyReadResult result, KeyState state, ChannelWriter<RouteSpec> specs)
    {
        if (result.Spec is not { } spec)
        {
            LogBroken(state.ModRevision, result.Errors.Length, Consequence);
            foreach (var error in result.Errors)
                LogError(error);
            var first = result.Errors[0] + (result.Errors.Length > 1 ? $" (and {result.Errors.Length - 1} more)" : "");
            _status = _status with { TopologyProblem = $"the topology of revision {state.ModRevision} is broken: {first}; {Consequence}", TopologiesRefused = _status.TopologiesRefused + 1 };
            return;
        }

        if (_status.TopologyProblem is not null)
            LogMended(state.ModRevision);
        _status = _status with { TopologyProblem = null, Routes = spec.Entries.Length, Hosts = spec.Hosts.Count };
        if (spec.Equals(_lastSpec))
        {
            LogUnchanged(state.ModRevision);
            return;
        }

        foreach (var warning in result.Warnings)
            LogWarning(warning);
        LogAccepted(state.ModRevision, spec.Entries.Length, spec.Hosts.Count);
        _lastSpec = spec;
        _status = _status with { LastRouteSpecUpdate = _time.GetUtcNow() };
        specs.TryWrite(spec);
    }
}
