using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Probing;

/// <summary>What every monitor that probes is made of, whatever carries its probes.</summary>
internal sealed class ProbeRunner : IAsyncDisposable
{
    private readonly string _name;
    private readonly ProbeTiming _timing;
    private readonly ProbeSettings _settings;
    private readonly IProbeEngine _engine;
    private readonly ProbeStatistics _statistics;
    private readonly ProbeMeters _meters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private ProbeLoop? _loop;
    private int _disposed;

    public ProbeRunner(string name, string sentName, ProbeTiming timing, ProbeSettings settings, IProbeEngine engine, TimeProvider time, ILogger logger, IMeterFactory? meters)
    {
        _name = name;
        _timing = timing;
        _settings = settings;
        _engine = engine;
        _time = time;
        _logger = logger;
        _statistics = new ProbeStatistics(sentName, timing.Interval, time);
        _meters = new ProbeMeters(name, meters);
    }

    /// <summary>Tells whether this machine itself has lost its network; <see langword="null"/> for probes that don't go from here to the hosts. To be set before the run.</summary>
    public NetworkSelfCheck? SelfCheck { get; set; } = new(new SystemNetwork());

    /// <summary>Why nobody can be probed; <see langword="null"/> while they can. Thread-safe.</summary>
    public string? Problem => Volatile.Read(ref _loop)?.Problem;

    /// <summary>Probes on a thread of its own as long as the engine waits by blocking; the engine is disposed at the end.</summary>
    public async Task RunAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        try
        {
            var loop = new ProbeLoop(_name, _timing, _settings, _engine, _statistics, _meters, _time, _logger, SelfCheck);
            Volatile.Write(ref _loop, loop);
            await Task.Factory.StartNew(() => loop.RunAsync(hosts, reports, stopping), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().ConfigureAwait(false);
        }
        finally
        {
            await DisposeAsync().ConfigureAwait(false);
        }
    }

    public IReadOnlyDictionary<string, object?> GetStatistics() =>
        new Dictionary<string, object?>(_statistics.Get()) { ["self_check"] = Problem ?? "ok" };

    public ValueTask DisposeAsync() => Interlocked.Exchange(ref _disposed, 1) == 0 ? _engine.DisposeAsync() : ValueTask.CompletedTask;
}
