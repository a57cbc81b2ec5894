using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Romana.Etcd;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Romana.Tests.Support;

/// <summary>A watcher at work, with settings fit for tests.</summary>
internal sealed class RunningWatcher : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<RouteSpec> _specs = Channel.CreateUnbounded<RouteSpec>();
    private readonly CollectingLogger _logger = new();
    private readonly Task _running;

    private RunningWatcher(RomanaSettings settings, TimeProvider time)
    {
        Watcher = new RomanaWatcher(settings, time, _logger);
        _running = Task.Run(() => Watcher.WatchAsync(_specs.Writer, _stopping.Token));
    }

    public RomanaWatcher Watcher { get; }

    public bool HasSpecs => _specs.Reader.TryPeek(out _);

    public bool HasEnded => _running.IsCompleted;

    public long Connections => (long)Watcher.GetStatistics()["connections"]!;

    public IReadOnlyList<(LogLevel Level, string Text)> Log => _logger.Lines;

    /// <summary>Settings that check often, and by default have patience with a machine that has much else to do.</summary>
    public static RomanaSettings SettingsFor(string addresses, double timeoutSeconds = 10) => new()
    {
        EtcdAddr = EtcdAddresses.Parse(addresses),
        EtcdTimeout = TimeSpan.FromSeconds(timeoutSeconds),
        EtcdCheckInterval = TimeSpan.FromSeconds(0.5),
    };

    public static RunningWatcher Start(RomanaSettings settings, TimeProvider? time = null) => new(settings, time ?? TimeProvider.System);

    public static RunningWatcher Start(string addresses, double timeoutSeconds = 10) => Start(SettingsFor(addresses, timeoutSeconds));

    /// <summary>Waits for a spec that is like this; those before it may be of the past.</summary>
    public async Task<RouteSpec> SpecAsync(Func<RouteSpec, bool> isRight, string what)
    {
        using var limit = new CancellationTokenSource(Limits.Generous, TimeProvider.System);
        try
        {
            while (true)
            {
                var spec = await _specs.Reader.ReadAsync(limit.Token);
                if (isRight(spec))
                    return spec;
            }
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"no spec with {what}; problem: {Watcher.Problem}; log:\n{string.Join('\n', Log)}");
            throw;
        }
    }

    public Task<RouteSpec> SpecWithAsync(string destination) =>
        SpecAsync(spec => spec.TryGetEntry(RouteDestination.Parse(destination), out _), destination);

    public Task ProblemAsync(string part) =>
        Limits.UntilAsync(() => Watcher.Problem?.Contains(part, StringComparison.Ordinal) == true, $"a problem that says \"{part}\" (now: {Watcher.Problem})");

    public Task NoProblemAsync() => Limits.UntilAsync(() => Watcher.Problem is null, "no problem any more");

    public async ValueTask DisposeAsync()
    {
        if (_running.IsCompleted)
            Assert.Fail($"the watcher has ended by itself: {_running.Exception?.ToString() ?? _running.Status.ToString()}");
        await _stopping.CancelAsync();
        try
        {
            await _running.WaitAsync(Limits.Generous);
        }
        catch (OperationCanceledException)
        {
        }

        await Watcher.DisposeAsync();
        _stopping.Dispose();
    }
}
