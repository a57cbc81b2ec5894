using System.Net;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using VpcRouter.Health;
using VpcRouter.RouteSpecs;

namespace VpcRouter.Monitors.Probing;

/// <summary>
/// Probes hosts by a schedule and reports who failed. One loop owns all state; probes run beside it and hand their results back through
/// a channel, so that a slow one delays nobody. Runs once.
/// </summary>
internal sealed partial class ProbeLoop
{
    private const int LogEvery = 100;
    private readonly string _observer;
    private readonly TimeSpan _timeout;
    private readonly Func<IPAddress, CancellationToken, ValueTask<ProbeResult>> _probe;
    private readonly ProbeStatistics _statistics;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly HealthTracker _tracker;
    private readonly ProbeSchedule _schedule;
    private readonly Channel<ProbeEvent> _events = Channel.CreateUnbounded<ProbeEvent>(new UnboundedChannelOptions { SingleReader = true });
    private readonly long _start;
    private bool _hasHosts;
    private bool _reported;
    private bool _changed;
    private long _inconclusive;

    public ProbeLoop(
        string observer,
        ProbeTiming timing,
        ProbeSettings settings,
        Func<IPAddress, CancellationToken, ValueTask<ProbeResult>> probe,
        ProbeStatistics statistics,
        TimeProvider time,
        ILogger logger)
    {
        _observer = observer;
        _timeout = timing.Timeout;
        _probe = probe;
        _statistics = statistics;
        _time = time;
        _logger = logger;
        _tracker = new HealthTracker(settings.Fall, settings.Rise);
        _schedule = new ProbeSchedule(timing.Interval, Random.Shared);
        _start = time.GetTimestamp();
    }

    private TimeSpan Now => _time.GetElapsedTime(_start);

    public async Task RunAsync(ChannelReader<HostList> hosts, ChannelWriter<HealthReport> reports, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = _time.CreateTimer(static state => ((ChannelWriter<ProbeEvent>)state!).TryWrite(default), _events.Writer, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var pump = PumpHostsAsync(hosts, ended.Token);
        try
        {
            while (await _events.Reader.WaitToReadAsync(stopping).ConfigureAwait(false))
            {
                while (_events.Reader.TryRead(out var happened))
                    Handle(happened);
                while (_schedule.TryTakeDue(Now, out var due))
                    Start(due);
                Report(reports);
                Arm(timer);
            }
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await StopProbesAsync().ConfigureAwait(false);
            await pump.ConfigureAwait(false);
        }
    }

    private async Task PumpHostsAsync(ChannelReader<HostList> hosts, CancellationToken ended)
    {
        try
        {
            await foreach (var list in hosts.ReadAllAsync(ended).ConfigureAwait(false))
                _events.Writer.TryWrite(new ProbeEvent(list, null, default));
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            // Without new lists the monitor would go on with a stale one for ever; ending the loop has the host restart it.
            _events.Writer.TryComplete(e);
        }
    }

    private void Handle(ProbeEvent happened)
    {
        if (happened.Hosts is { } hosts)
            SetHosts(hosts);
        else if (happened.Finished is { } probe)
            Finish(probe, happened.Result);
    }

    private void SetHosts(HostList hosts)
    {
        _hasHosts = true;
        _changed |= _tracker.SetHosts(hosts) || hosts.Count == 0;
        foreach (var removed in _schedule.SetHosts(hosts, Now))
            removed.Deadline!.Cancel();
    }

    private void Start(HostProbe probe)
    {
        probe.Deadline = new CancellationTokenSource(_timeout, _time);
        _statistics.Sent();
        probe.Running = RunProbeAsync(probe, probe.Deadline.Token);
    }

    private async Task RunProbeAsync(HostProbe probe, CancellationToken deadline)
    {
        ProbeResult result;
        try
        {
            result = await _probe(probe.Host, deadline).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            result = ProbeResult.Dead($"no answer within {_timeout.TotalMilliseconds:0} ms");
        }
        catch (Exception e)
        {
            // Whatever this is, it's not the host's doing, and one probe must not end the monitoring of all others.
            result = ProbeResult.Inconclusive(e.Message);
        }

        _events.Writer.TryWrite(new ProbeEvent(null, probe, result));
    }

    private void Finish(HostProbe probe, ProbeResult result)
    {
        probe.Deadline!.Dispose();
        probe.Deadline = null;
        if (probe.Counts)
            Record(probe.Host, result);
        _schedule.Finish(probe, Now, Next(probe.Host, result));
    }

    private void Record(IPAddress host, ProbeResult result)
    {
        switch (result.Outcome)
        {
            case ProbeOutcome.Alive:
                _statistics.Answered(host, result.RoundTrip);
                if (_tracker.Record(host, success: true))
                {
                    _changed = true;
                    LogBack(host, _observer);
                }

                break;
            case ProbeOutcome.Dead:
                _statistics.Unanswered();
                if (_tracker.Record(host, success: false))
                {
                    _changed = true;
                    LogFailed(host, _observer, result.Reason);
                }

                break;
            default:
                _tracker.RecordInconclusive(host);
                if (_inconclusive++ % LogEvery == 0)
                    LogInconclusive(host, _observer, result.Reason, _inconclusive);
                break;
        }
    }

    private NextProbe Next(IPAddress host, ProbeResult result) => result.Outcome switch
    {
        ProbeOutcome.Dead when !_tracker.IsFailed(host) => NextProbe.AtOnce,
        ProbeOutcome.Inconclusive when !_tracker.IsHostDecided(host) => NextProbe.Soon,
        _ => NextProbe.AfterInterval,
    };

    private void Report(ChannelWriter<HealthReport> reports)
    {
        if (!_hasHosts || !(_reported ? _changed : _tracker.IsDecided))
            return;
        _reported = true;
        _changed = false;
        reports.TryWrite(new HealthReport(_tracker.Failed, [], _time.GetUtcNow(), _observer));
    }

    private void Arm(ITimer timer)
    {
        var wait = _schedule.NextDue - Now;
        timer.Change(wait is null ? Timeout.InfiniteTimeSpan : wait > TimeSpan.Zero ? RoundUp(wait.Value) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Timers count whole milliseconds and cut fractions off; rounding down would have the loop spin through the last one.</summary>
    private static TimeSpan RoundUp(TimeSpan wait) => TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));

    private async Task StopProbesAsync()
    {
        var started = _schedule.Probes.Where(probe => probe.Deadline is not null).ToArray();
        foreach (var probe in started)
            await probe.Deadline!.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(started.Select(probe => probe.Running)).ConfigureAwait(false);
        foreach (var probe in started)
            probe.Deadline!.Dispose();
    }
}
