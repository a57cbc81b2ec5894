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
    private readonly CancellationTokenSource _disposing = new();
    private ProbeLoop? _loop;
    private int _isTaken;

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
    /// <exception cref="InvalidOperationException">It was run or disposed before.</exception>
    public async Task RunAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        if (!Take())
            throw new InvalidOperationException($"Monitor \"{_name}\" was run or disposed before; make another one.");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping, _disposing.Token);
        try
        {
            var loop = new ProbeLoop(_name, _timing, _settings, _engine, _statistics, _meters, _time, _logger, SelfCheck);
            Volatile.Write(ref _loop, loop);
            await Task.Factory.StartNew(() => loop.RunAsync(hosts, reports, ending.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().ConfigureAwait(false);
        }
        finally
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }
    }

    public IReadOnlyDictionary<string, object?> GetStatistics() =>
        new Dictionary<string, object?>(_statistics.Get()) { ["self_check"] = Problem ?? "ok" };

    /// <summary>Ends the run under way, without waiting for it.</summary>
    /// <remarks>The engine is left to the run: it has memory and descriptors that the kernel may be using for the loop just now.</remarks>
    public ValueTask DisposeAsync()
    {
        if (Take())
            return _engine.DisposeAsync();
        _disposing.Cancel();
        return ValueTask.CompletedTask;
    }

    /// <summary>Only the first to ask, a run or the disposal, has the engine.</summary>
    private bool Take() => Interlocked.Exchange(ref _isTaken, 1) == 0;
}
