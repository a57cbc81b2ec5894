using System.Collections.Concurrent;
using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VpcRouter.Probing;

namespace VpcRouter.Tests.Probing;

/// <summary>Hosts answer as the test says; those it doesn't name answer at once.</summary>
internal sealed class FakeProbeMonitor(TimeSpan interval, TimeProvider time, TimeSpan? timeout = null, ILogger? logger = null)
    : ProbeMonitor("fake", "probes_sent", ProbeTiming.Of(interval, timeout), new FakeSettings(), time, logger ?? NullLogger.Instance)
{
    private readonly ConcurrentDictionary<string, Func<CancellationToken, ValueTask<ProbeResult>>> _answers = new();
    private readonly ConcurrentDictionary<string, int> _running = new();

    /// <summary>Nothing goes over the network here, unless a test is about that.</summary>
    public bool OverNetwork { get; init; }

    protected override bool ReachesHostsItself => OverNetwork;

    public Channel<string> Started { get; } = Channel.CreateUnbounded<string>();

    public Channel<string> Ended { get; } = Channel.CreateUnbounded<string>();

    public int Running => _running.Values.Sum();

    public int RunningOf(string host) => _running.GetValueOrDefault(host);

    public void Alive(string host) => Answer(host, _ => ValueTask.FromResult(ProbeResult.Alive(TimeSpan.FromMilliseconds(1))));

    public void Refuse(string host) => Answer(host, _ => ValueTask.FromResult(ProbeResult.Dead("refused")));

    public void Throw(string host, Exception exception) => Answer(host, _ => throw exception);

    public void Silence(string host) => Answer(host, async deadline =>
    {
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, deadline);
        return default;
    });

    public async Task<int> ProbedAsync(string host, int times)
    {
        for (var count = 0; count < times;)
            count += await Started.Reader.ReadAsync() == host ? 1 : 0;
        return times;
    }

    protected override async ValueTask<ProbeResult> ProbeAsync(IPAddress host, CancellationToken deadline)
    {
        var name = host.ToString();
        _running.AddOrUpdate(name, 1, (_, running) => running + 1);
        Started.Writer.TryWrite(name);
        try
        {
            return _answers.TryGetValue(name, out var answer) ? await answer(deadline) : ProbeResult.Alive(TimeSpan.FromMilliseconds(1));
        }
        finally
        {
            _running.AddOrUpdate(name, 0, (_, running) => running - 1);
            Ended.Writer.TryWrite(name);
        }
    }

    private void Answer(string host, Func<CancellationToken, ValueTask<ProbeResult>> answer) => _answers[host] = answer;

    private sealed class FakeSettings : ProbeSettings;
}
